"""Differences of wording, word by word."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.compare.tokens import tokens_of
from factdesk.compare.wording import likeness, word_diff
from factdesk.text.clusters import cluster_edges
from unicode_texts import texts


def pieces(text, spans):
    return [span.of(text) for span in spans]


def diff(a, b, **how):
    found = word_diff(a, b, **how)
    return pieces(a, found.a_spans), pieces(b, found.b_spans)


@pytest.mark.parametrize(
    ("a", "b", "only_a", "only_b"),
    [
        pytest.param("12 people were hurt", "15 people were hurt", ["12"], ["15"], id="number"),
        pytest.param("It did not fall", "It did fall", ["not"], [], id="negation"),
        pytest.param("The dam held.", "“the Dam held”", [], [], id="case, quotes and full stop"),
        pytest.param("It cost 1,200 crowns", "It cost 1200 crowns", [], [], id="thousands"),
        pytest.param("Ostrava’s bridge", "Ostrava bridge", [], [], id="possessive"),
        pytest.param("It didn’t fall", "It didn't fall", [], [], id="apostrophes"),
        pytest.param("a rise of 20%", "a rise of 20", ["%"], [], id="per cent"),
        pytest.param("cost $40", "cost €40", ["$"], ["€"], id="currency"),
        pytest.param("The UN spoke", "The EU spoke", ["UN"], ["EU"], id="acronym"),
        pytest.param("十二人受伤", "十五人受伤", ["二"], ["五"], id="Chinese, sign by sign"),
        pytest.param("saw 👩‍👩‍👧 there", "saw 👩‍👧 there", ["👩‍👩‍👧"], ["👩‍👧"], id="emoji stay whole"),
        pytest.param("cafe\u0301 open", "cafe open", ["cafe\u0301"], ["cafe"], id="marks stay with their letter"),
        pytest.param("שלום לכולם היום", "שלום לכולם מחר", ["היום"], ["מחר"], id="right to left"),
        pytest.param("same", "same", [], [], id="equal"),
        pytest.param("", "new", [], ["new"], id="empty"),
    ],
)
def test_diff_shows_what_the_other_lacks(a, b, only_a, only_b):
    assert diff(a, b) == (only_a, only_b)


def test_little_words_between_differences_are_shown_with_them():
    a = "The minister said that the old mill in the valley burned"
    b = "The minister said that a barn on the hillside burned"
    assert diff(a, b) == (["the old mill in the valley"], ["a barn on the hillside"])


def test_moved_words_are_told_apart_from_missing_ones():
    a, b = "On Sunday the bridge collapsed", "The bridge collapsed on Sunday"
    found = word_diff(a, b)
    assert (found.a_spans, found.b_spans) == ((), ())
    assert pieces(a, found.a_moved) == ["On Sunday"]
    assert pieces(b, found.b_moved) == ["on Sunday"]
    assert not found.is_empty


def test_words_in_common_are_told_for_texts_that_share_little():
    a = "Officials in Brno counted 40 boats that were lost in the flood"
    b = "The flood took forty boats, a newspaper wrote from Brno"
    found = word_diff(a, b)
    assert pieces(a, found.a_shared) == ["Brno", "boats", "the flood"]
    assert pieces(b, found.b_shared) == ["The flood", "boats", "Brno"]
    assert 0.3 < found.share < 0.6
    same = word_diff(a, a)
    assert (same.is_empty, same.share, pieces(a, same.a_shared)) == (True, 1.0, [a])


def test_exact_diff_shows_case_and_punctuation():
    assert diff("The dam held.", "the dam held!", exact=True) == (["The", "."], ["the", "!"])


def test_paraphrase_is_mostly_unmarked():
    a = "Officials said on Monday that 12 people were hurt when the bridge fell"
    b = "Twelve people were hurt when the bridge fell, officials said"
    assert diff(a, b) == (["on Monday that 12"], ["Twelve"])
    assert likeness(a, b) > 0.7


@given(texts, texts)
def test_spans_are_in_order_apart_and_cut_no_visible_character(a, b):
    found = word_diff(a, b)
    for text, spans in ((a, found.a_spans), (b, found.b_spans), (a, found.a_moved), (b, found.b_moved)):
        edges = cluster_edges(text)
        assert all(span.start in edges and span.end in edges for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert all(span.of(text).strip() for span in spans)


@given(texts, texts)
def test_diff_the_other_way_round_shows_as_much(a, b):
    there, back = word_diff(a, b), word_diff(b, a)
    assert bool(there.a_spans) == bool(back.b_spans)
    assert there.is_empty == back.is_empty


@given(texts)
def test_tokens_together_are_the_text(text):
    tokens = tokens_of(text)
    assert "".join(token.text for token in tokens) == text
    edges = cluster_edges(text)
    assert all(token.start in edges and token.end in edges for token in tokens)


@given(st.text(st.one_of(st.characters(max_codepoint=0x52F), st.sampled_from("“”’–…€ab12,. ")), max_size=30))
def test_plain_texts_are_cut_like_any_others(text):
    plain, marked = tokens_of(text), tokens_of(text + " 👩‍👩‍👧")
    assert [token.text for token in plain if token.is_word] == [token.text for token in marked if token.is_word][:-1]


def test_plain_texts_are_compared_without_the_large_pattern_library():
    code = (
        "import sys; from factdesk.compare.wording import word_diff; "
        "word_diff('“12 men” – said Nová’s aide, €5', 'Twelve men, he said'); print('regex' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@given(texts, texts)
def test_likeness_is_a_share_and_the_same_both_ways(a, b):
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, a) == 1


@given(st.lists(st.sampled_from(["storm", "12", "the", "hurt", "Brno"]), max_size=12))
def test_words_that_only_one_text_has_are_marked_whole(words):
    found = word_diff("", " ".join(words))
    assert pieces(" ".join(words), found.b_spans) == ([" ".join(words)] if words else [])
