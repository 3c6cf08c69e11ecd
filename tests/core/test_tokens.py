import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.exchange.annotation.tokens import sentence_spans, tokenised, word_spans
from factdesk.model.spans import Span
from factdesk.text.normalise import normalise
from loose_documents import document_of
from unicode_texts import texts


def words(text, language="en"):
    return [span.of(text) for span in word_spans(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mr. Brill won’t pay $240.", "en", ["Mr.", "Brill", "wo", "n’t", "pay", "$", "240", "."]),
        ("乗客は240人だった。", "ja", ["乗", "客", "は", "240", "人", "だ", "っ", "た", "。"]),
        ("テスト 東京", "ja-JP", ["テスト", "東", "京"]),
        ("북항은 조용했다.", "ko", ["북항은", "조용했다", "."]),
        ("no\u00a0break\u2003here\tand\x85there", "xx", ["no", "break", "here", "and", "there"]),
        ("a👩\u200d👩\u200d👧b 🇪🇺 e\u0301te\u0301", "en", ["a", "👩\u200d👩\u200d👧", "b", "🇪🇺", "e\u0301te\u0301"]),
        ("en ferje bl.a. her", "no", ["en", "ferje", "bl.a.", "her"]),
        ("a b", "tlh", ["a", "b"]),
        (" \n\t", "en", []),
    ],
)
def test_words_are_those_of_the_language_and_never_hold_a_space(text, language, expected):
    assert words(text, language) == expected


def test_sentences_of_the_pre_annotation_stay_and_the_rest_is_filled_in():
    text = "Harbour news\n• The ferry sank. Nobody was hurt. The sea was calm\nAn end."
    known = Span(15, 30)
    assert known.of(text) == "The ferry sank."
    assert [span.of(text) for span in sentence_spans(text, [known])] == [
        "Harbour news", "• The ferry sank.", "Nobody was hurt.", "The sea was calm", "An end.",
    ]  # fmt: skip


def test_a_sentence_over_a_line_break_is_parted_and_overlapping_ones_do_not_share_a_word():
    text = "We lost the\nrudder today."
    assert sentence_spans(text, [Span(0, 18), Span(3, 25)]) == [Span(0, 11), Span(12, 18), Span(19, 25)]


def test_sentences_end_at_full_stops_of_other_scripts_too():
    assert len(sentence_spans("هل وصلت السفينة؟ نعم وصلت.")) == 2
    assert len(sentence_spans("जहाज डूब गया। सब बच गए।")) == 2
    assert len(sentence_spans("沈没した。終わり。")) == 2


def test_a_token_is_cut_where_a_mark_begins_or_ends():
    text = "The line_7 is 35km long."
    marks = (Span(9, 10), Span(14, 16))
    found = tokenised(document_of(text, marks))
    assert [span.of(text) for span in found.tokens] == ["The", "line_", "7", "is", "35", "km", "long", "."]
    assert found.cut == 1  # spaCy parts 35 and km itself
    assert all(found.fits(span) for span in marks)
    whole = tokenised(document_of(text, marks), cut_at_marks=False)
    assert whole.cut == 0
    assert not whole.fits(marks[0])
    assert [whole.tokens[n].of(text) for n in whole.covering(marks[0])] == ["line_7"]


def test_a_span_is_told_by_sentence_and_token():
    text = "One two. Three four. Five."
    found = tokenised(document_of(text))
    assert found.parts(Span(4, 24)) == [(0, range(1, 3)), (1, range(3)), (2, range(1))]
    assert found.parts(Span(8, 9)) == []
    assert found.parts(Span(9, 14)) == [(1, range(1))]


@settings(deadline=None, max_examples=150)
@given(texts, st.sampled_from(["en", "ja", "ar", ""]), st.data())
def test_every_character_but_spaces_is_in_one_token_of_one_sentence(text, language, data):
    text = normalise(text)
    ends = st.integers(0, len(text))
    spans = [
        Span(min(a, b), max(a, b))
        for a, b in data.draw(st.lists(st.tuples(ends, ends), max_size=6))
        if a != b
    ]  # fmt: skip
    found = tokenised(document_of(text, spans[:3], sentences=spans[3:], language=language))
    covered = [at for token in found.tokens for at in range(token.start, token.end)]
    assert covered == [at for at, character in enumerate(text) if not character.isspace()]
    assert [token for sentence in found.sentences for token in sentence.tokens] == list(found.tokens)
    assert not any("\n" in sentence.span.of(text) for sentence in found.sentences)
    for span in spans[:3]:
        inside = [at for at in range(span.start, span.end) if not text[at].isspace()]
        named = [at for n in found.covering(span) for at in range(found.tokens[n].start, found.tokens[n].end)]
        assert named == inside
        numbers = [
            found.firsts[sentence] + token for sentence, tokens in found.parts(span) for token in tokens
        ]  # fmt: skip
        assert numbers == list(found.covering(span))
