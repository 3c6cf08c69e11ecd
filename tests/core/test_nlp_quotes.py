"""Passages in quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.model.spans import Span
from factdesk.nlp.quotes import quoted


def quotes(text):
    return [span.of(text) for span in quoted(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We left,” she said. “Nobody stayed.”", ["“We left,”", "“Nobody stayed.”"]),
        ('He said "no" twice.', ['"no"']),
        ("‘It isn’t over,’ he said.", ["‘It isn’t over,’"]),
        ("The sailors’ boat sank.", []),
        ("„Wir gehen“, sagte er.", ["„Wir gehen“"]),
        ("«On part», dit-il.", ["«On part»"]),
        ("''It is late,'' he said.", ["''It is late,''"]),
        ("“It goes on. And on.", ["“It goes on. And on."]),
        ("5' 11\" tall", []),
    ],
)
def test_quotes_are_found_with_their_marks(text, expected):
    assert quotes(text) == expected


@given(st.text(alphabet="ab “”\"'‘’„«». \n", min_size=1, max_size=80))
def test_any_marks_give_spans_in_order(text):
    end = 0
    for span in quoted(text, Span(0, len(text))):
        assert span.start >= end
        end = span.end
