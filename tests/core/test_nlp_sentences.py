"""Sentence spans from the characters alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.model.spans import Span
from factdesk.nlp.sentences import bare, split


def sentences(text):
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank. Two died.", ["The ferry sank.", "Two died."]),
        ("Gen. Ola Berg left. He was ill.", ["Gen. Ola Berg left.", "He was ill."]),
        ("The U.S. Navy sent ships to the U.S. The first came on Jan. 3 at 5 p.m. local time.",
         ["The U.S. Navy sent ships to the U.S.", "The first came on Jan. 3 at 5 p.m. local time."]),
        ("The wall is 3 km. long. It fell.", ["The wall is 3 km. long.", "It fell."]),
        ("J. R. Holm resigned. No. 5 was hit.", ["J. R. Holm resigned.", "No. 5 was hit."]),
        ("“We won!” she said. “Nobody helped.” He left.", ["“We won!” she said.", "“Nobody helped.”", "He left."]),
        ("„Wir sind da.“ Dann ging er.", ["„Wir sind da.“", "Dann ging er."]),
        ("It was over.The dam broke.Nobody knew.", ["It was over.", "The dam broke.", "Nobody knew."]),
        ("He wrote to www.example.Org about v2.Beta and left.", ["He wrote to www.example.Org about v2.Beta and left."]),
        ("- Ferry sinks\n• Two dead\n1. Third item", ["Ferry sinks", "Two dead", "Third item"]),
        ("Prices rose 3.5 percent. Wages did not.", ["Prices rose 3.5 percent.", "Wages did not."]),
        ("Was it safe? Nobody knew… Later it sank.", ["Was it safe?", "Nobody knew…", "Later it sank."]),
        ("彼は来た。雨が降った。", ["彼は来た。", "雨が降った。"]),
        ("", []),
        (" \n\t\n ", []),
    ],
)  # fmt: skip
def test_a_text_is_split_where_a_reader_would(text, expected):
    assert sentences(text) == expected


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=300))
def test_sentences_are_in_order_and_clean_for_any_text(text):
    end = 0
    for span in split(text):
        assert span.start >= end
        assert span.of(text) == span.of(text).strip()
        assert "\n" not in span.of(text)
        end = span.end
    for span in split(text):
        inner = bare(text, span)
        if inner is not None:
            assert inner.of(text)[0] not in " \n\"'“”•-"
            assert inner.of(text)[-1] not in " \n\"'“”•-"


@given(st.text(max_size=300))
def test_the_same_text_splits_the_same(text):
    assert split(text) == split(text)


def test_an_endless_line_is_cut_into_pieces():
    text = "word " * 10_000
    assert max(len(span) for span in split(text)) <= 4000


def test_bare_drops_quotes_and_bullets_at_the_edges():
    text = "• “The ferry sank.”\n"
    inner = bare(text, Span(0, len(text)))
    assert inner is not None
    assert inner.of(text) == "The ferry sank."
    assert bare("“ ”", Span(0, 3)) is None
