"""Numbers and dates, made comparable."""

import pytest

from factdesk.nlp.values import values_in


def found(text):
    return [(v.kind, v.unit, v.amount, v.about) for v in values_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about 250 soldiers died", [("number", "soldier", 250, True)]),
        ("around 20% of the land", [("number", "percent", 20, True)]),
        ("13 square kilometers", [("number", "km2", 13, False)]),
        ("two kilometers away", [("number", "km", 2, False)]),
        ("$1.5 million was paid", [("number", "money", 1_500_000, False)]),
        ("27,100 houses", [("number", "house", 27_100, False)]),
        ("on March 18, 2025", [("date", "day", 318, False)]),
        ("on 4 June", [("date", "day", 604, False)]),
        ("in mid-March", [("date", "part", 315, True)]),
        ("in late March", [("date", "part", 326, True)]),
        ("since 2014", [("date", "year", 2014, False)]),
        ("on Friday", [("date", "weekday", 4, False)]),
        ("nobody came", []),
    ],
)
def test_a_value_is_normalised(text, expected):
    assert found(text) == expected


def test_a_date_is_not_counted_as_a_number_too():
    assert [v.kind for v in values_in("On March 18 some 40 boats left.")] == ["date", "number"]


def test_spans_are_exact():
    text = "🚢 about 250 soldiers on March 18"
    assert [text[v.start : v.end] for v in values_in(text)] == ["250", "March 18"]
