import pytest

from factdesk.model.spans import Span
from factdesk.text.offsets import Utf16Map
from factdesk_gui.reader.found import FoundHits, TextSearch

TEXT = "Café, cafe\u0301 and CAFE.\nShe said: “It’s 200\nsoldiers” – 😀 200\xa0soldiers."


def found(wanted, **how):
    return [span.of(TEXT) for span in TextSearch(TEXT).find(wanted, **how)]


@pytest.mark.parametrize(
    ("wanted", "hits"),
    [
        ("cafe", ["Café", "cafe\u0301", "CAFE"]),
        ("CAFÉ", ["Café", "cafe\u0301", "CAFE"]),
        ("it's", ["It’s"]),
        ('"it', ["“It"]),
        ("200 soldiers", ["200\nsoldiers", "200\xa0soldiers"]),
        ("a.e", []),
        ("", []),
        ("  ", []),
        ("😀", ["😀"]),
    ],
)
def test_accents_capitals_quotes_and_line_breaks_make_no_difference(wanted, hits):
    assert found(wanted) == hits


def test_accents_can_matter():
    assert found("café", fold=False) == ["Café"]
    assert found("cafe", fold=False) == ["cafe", "CAFE"]


def test_hits_step_forward_and_back_and_round():
    hits = FoundHits()
    spans = [Span(2, 4), Span(10, 12), Span(20, 22)]
    hits.set_spans(spans, Utf16Map("x" * 30))
    assert hits.step(9, forward=True) == spans[1]
    assert hits.step(0, forward=True) == spans[2]
    assert hits.step(0, forward=True) == spans[0]
    assert hits.step(0, forward=False) == spans[2]


def test_the_first_step_back_goes_to_the_hit_before_the_place():
    hits = FoundHits()
    hits.set_spans([Span(2, 4), Span(10, 12)], Utf16Map("x" * 30))
    assert hits.step(9, forward=False) == Span(2, 4)


def test_only_hits_of_a_stretch_are_given():
    hits = FoundHits()
    hits.set_spans([Span(i * 10, i * 10 + 3) for i in range(100)], Utf16Map("x" * 1000))
    first, between = hits.between(205, 240)
    assert first == 20
    assert between == [(200, 203), (210, 213), (220, 223), (230, 233)]
