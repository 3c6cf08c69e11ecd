"""Numbers, dates and times, made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.model.spans import Span
from factdesk.model.values import Approximation, ValueKind
from factdesk.nlp.values import values_in, values_of

PUBLISHED = "2031-05-14"  # a Wednesday


def shown(value):
    """A value as a short row: kind, text and what it is worth."""
    how = value.approximation.value
    if value.kind is ValueKind.DATE:
        return (value.text, value.first_day, value.last_day, how)
    if value.kind is ValueKind.TIME:
        return (value.text, value.time, how)
    return (value.kind.value, value.text, value.unit, value.low, value.high, how)


def found(text, published=PUBLISHED):
    return [shown(value) for value in values_in(text, published=published)]


def number(text, unit, low, high=None, how=""):
    return ("number", text, unit, low, low if high is None else high, how)


def quantity(text, unit, low, high=None, how=""):
    return ("quantity", text, unit, low, low if high is None else high, how)


def percent(text, low, high=None, how="", unit=""):
    return ("percent", text, unit, low, low if high is None else high, how)


def money(text, unit, low, high=None, how=""):
    return ("money", text, unit, low, low if high is None else high, how)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about 250 soldiers died", [number("250", "soldier", 250, how="about")]),
        ("27,100 houses", [number("27,100", "house", 27_100)]),
        ("70 000 visitors", [number("70 000", "visitor", 70_000)]),
        ("200 privately owned boats", [number("200", "boat", 200)]),
        ("12 Norwegian T-4 tanks", [number("12", "tank", 12)]),
        ("1,200 men and women", [number("1,200", "person", 1200)]),
        ("15 others were taken away", [number("15", "person", 15)]),
        ("300 or so people", [number("300", "person", 300, how="about")]),
        ("200+ people", [number("200+", "person", 200, how="more than")]),
        ("at least a dozen ships", [number("a dozen", "ship", 12, how="more than")]),
        ("two dozen ships", [number("two dozen", "ship", 24)]),
        ("half a million people", [number("half a million", "person", 500_000)]),
        ("two hundred and five homes", [number("two hundred and five", "home", 205)]),
        ("twenty-three thousand voters", [number("twenty-three thousand", "voter", 23_000)]),
        ("up to 40 boats", [number("40", "boat", 40, how="less than")]),
        ("no more than 40 boats", [number("40", "boat", 40, how="less than")]),
        ("fewer than ten children", [number("ten", "child", 10, how="less than")]),
        ("over 40 boats", [number("40", "boat", 40, how="more than")]),
        ("between 30 and 40 people", [number("30 and 40", "person", 30, 40)]),
        ("30-40 people", [number("30-40", "person", 30, 40)]),
        ("30 to 40 people", [number("30 to 40", "person", 30, 40)]),
        ("40m people", [number("40m", "person", 40_000_000)]),
        ("killing 12 and injuring 30", [number("12", "dead", 12), number("30", "injured", 30)]),
        ("12 were killed", [number("12", "dead", 12)]),
        ("12 dead and 30 wounded", [number("12", "dead", 12), number("30", "injured", 30)]),
        ("the death toll rose to 31", [number("31", "dead", 31)]),
        ("one person was hurt", [number("one", "person", 1)]),
        ("a five-storey building", [number("five", "storey", 5)]),
        ("some 2000 soldiers", [number("2000", "soldier", 2000, how="about")]),
        ("dozens of people", [number("dozens", "person", 24, 99, "vague")]),
        ("tens of thousands of homes", [number("tens of thousands", "home", 2e4, 9.9e4, "vague")]),
        ("several hundred sailors", [number("several hundred", "sailor", 300, 900, "vague")]),
        ("a handful of sailors", [number("a handful of", "sailor", 3, 6, "vague")]),
        ("a couple of sailors", [number("a couple of", "sailor", 2, how="about")]),
        ("9 parties and 4 churches", [number("9", "party", 9), number("4", "church", 4)]),
    ],
)
def test_a_count_knows_what_it_counts(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("around 20% of the land", [percent("20%", 20, how="about")]),
        ("2.5 per cent", [percent("2.5 per cent", 2.5)]),
        ("forty percent", [percent("forty percent", 40)]),
        ("rose from 3% to 5%", [percent("3%", 3), percent("5%", 5)]),
        ("between 3 and 5 percent", [percent("3 and 5 percent", 3, 5)]),
        ("3-5% of the votes", [percent("3-5%", 3, 5)]),
        ("by 2 percentage points", [percent("2 percentage points", 2, unit="point")]),
        ("by 25 basis points", [percent("25 basis points", 25, unit="basis point")]),
        ("a third of voters", [percent("a third", 33.3333)]),
        ("nearly two-thirds agreed", [percent("two-thirds", 66.6667, how="about")]),
        ("half the houses", [percent("half", 50)]),
        ("fell by half", [percent("half", 50)]),
        ("one in five adults", [percent("one in five", 20)]),
        ("nine out of 10 boats", [percent("nine out of 10", 90)]),
        ("$1.5 million was paid", [money("$1.5 million", "USD", 1_500_000)]),
        ("a fine of €1.2bn", [money("€1.2bn", "EUR", 1_200_000_000)]),
        ("US$5m-$10m", [money("US$5m-$10m", "USD", 5e6, 1e7)]),
        ("between $5 and $7 million", [money("$5 and $7 million", "USD", 5e6, 7e6)]),
        ("19% to $857 million", [percent("19%", 19), money("$857 million", "USD", 857e6)]),
        ("NOK 300 million", [money("NOK 300 million", "NOK", 3e8)]),
        ("300 million Swedish kronor", [money("300 million Swedish kronor", "SEK", 3e8)]),
        ("40 euros a night", [money("40 euros", "EUR", 40)]),
        ("C$20", [money("C$20", "CAD", 20)]),
        ("5 million pounds", [money("5 million pounds", "GBP", 5e6)]),
        ("fined 200 pounds", [money("200 pounds", "GBP", 200)]),
        ("200 pounds of fish", [quantity("200 pounds", "pound", 200)]),
        ("millions of dollars", [money("millions of dollars", "USD", 2e6, 9.9e6, "vague")]),
    ],
)
def test_shares_and_sums_of_money(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13 square kilometers", [quantity("13 square kilometers", "km2", 13)]),
        ("13 sq km", [quantity("13 sq km", "km2", 13)]),
        ("13 km²", [quantity("13 km²", "km2", 13)]),
        ("five square miles", [quantity("five square miles", "square mile", 5)]),
        ("two kilometers away", [quantity("two kilometers", "km", 2)]),
        ("a 10-mile-long convoy", [quantity("10-mile", "mile", 10)]),
        ("5-10 km", [quantity("5-10 km", "km", 5, 10)]),
        ("200m away", [quantity("200m", "m", 200)]),
        ("over 3 hectares", [quantity("3 hectares", "hectare", 3, how="more than")]),
        ("it was -5°C", [quantity("-5°C", "°C", -5)]),
        ("41 degrees Fahrenheit", [quantity("41 degrees Fahrenheit", "°F", 41)]),
        ("90 km/h", [quantity("90 km/h", "km/h", 90)]),
        ("a 6.2-magnitude quake", [quantity("6.2-magnitude", "magnitude", 6.2)]),
        ("a quake of magnitude 6.2", [quantity("6.2", "magnitude", 6.2)]),
        ("40 tonnes of coal", [quantity("40 tonnes", "tonne", 40)]),
        ("in two and a half years", [quantity("two and a half years", "year", 2.5)]),
        ("half an hour", [quantity("half an hour", "hour", 0.5)]),
        ("a year and a half", [quantity("a year and a half", "year", 1.5)]),
        ("for a week", [quantity("a week", "week", 1)]),
        ("several hours", [quantity("several hours", "hour", 3, 9, "vague")]),
        ("a three-day visit", [quantity("three-day", "day", 3)]),
        ("three times", [quantity("three times", "time", 3)]),
        ("the 34-year-old pilot", [quantity("34-year-old", "year old", 34)]),
        ("Hanna Brandt, 34, left", [quantity("34", "year old", 34)]),
        ("a pilot aged 34", [quantity("34", "year old", 34)]),
        ("aged between 18 and 30", [quantity("18 and 30", "year old", 18, 30)]),
        ("a 40 MW turbine", [quantity("40 MW", "MW", 40)]),
    ],
)
def test_quantities_have_units(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "nobody came",
        "the 225th Regiment",
        "the G7 and the F-16",
        "a Boeing 737 landed",
        "call +47 22 22 22 22 or 555-0199",
        "version 3.8.1 of v2",
        "see Article 5",
        "No. 10 denied it",
        "they won 3-1",
        "open 24/7",
        "one of them left",
        "no one came, and one day they will",
        "World War Two",
        "write to a12@b34.example",
        "he may march again",
        "the second and third boats",
        "a woman in her 30s",
        "https://example.org/2031/05/14/12",
        "he came first",
    ],
)
def test_names_versions_and_the_like_are_no_values(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on March 18, 2025", "2025-03-18", "2025-03-18"),
        ("on 4 June", "2031-06-04", "2031-06-04"),
        ("on 4 December", "2030-12-04", "2030-12-04"),
        ("on the 4th of May", "2031-05-04", "2031-05-04"),
        ("on Tuesday, May 13", "2031-05-13", "2031-05-13"),
        ("on 2031-05-02", "2031-05-02", "2031-05-02"),
        ("on 18.03.2025", "2025-03-18", "2025-03-18"),
        ("in mid-March", "2031-03-10", "2031-03-20"),
        ("in late March 2025", "2025-03-20", "2025-03-31"),
        ("at the end of February 2028", "2028-02-20", "2028-02-29"),
        ("in March", "2031-03-01", "2031-03-31"),
        ("in May 2030", "2030-05-01", "2030-05-31"),
        ("last June", "2030-06-01", "2030-06-30"),
        ("in March last year", "2030-03-01", "2030-03-31"),
        ("early 2019", "2019-01-01", "2019-04-30"),
        ("in 2019", "2019-01-01", "2019-12-31"),
        ("the 2019 elections", "2019-01-01", "2019-12-31"),
        ("the first quarter of 2024", "2024-01-01", "2024-03-31"),
        ("the second half of 2024", "2024-07-01", "2024-12-31"),
        ("the summer of 2023", "2023-06-01", "2023-08-31"),
        ("in the early 1990s", "1990-01-01", "1993-12-31"),
        ("the 19th century", "1801-01-01", "1900-12-31"),
        ("on Friday", "2031-05-09", "2031-05-09"),
        ("on Wednesday", "2031-05-14", "2031-05-14"),
        ("last Wednesday", "2031-05-07", "2031-05-07"),
        ("will meet on Friday", "2031-05-16", "2031-05-16"),
        ("next Friday", "2031-05-16", "2031-05-16"),
        ("yesterday", "2031-05-13", "2031-05-13"),
        ("last night", "2031-05-13", "2031-05-13"),
        ("tomorrow", "2031-05-15", "2031-05-15"),
        ("last week", "2031-05-05", "2031-05-11"),
        ("this month", "2031-05-01", "2031-05-31"),
        ("last year", "2030-01-01", "2030-12-31"),
        ("two days ago", "2031-05-12", "2031-05-12"),
        ("three months ago", "2031-02-01", "2031-02-28"),
        ("ten years ago", "2021-01-01", "2021-12-31"),
        ("over the past three days", "2031-05-11", "2031-05-14"),
        ("between 3 and 5 May", "2031-05-03", "2031-05-05"),
        ("from 3 to 5 May 2024", "2024-05-03", "2024-05-05"),
        ("May 3–5", "2031-05-03", "2031-05-05"),
        ("from 14 March to 2 April", "2031-03-14", "2031-04-02"),
        ("from Monday to Tuesday", "2031-05-12", "2031-05-13"),
        ("Monday to Friday", "2031-05-05", "2031-05-09"),
        ("from 2014 to 2018", "2014-01-01", "2018-12-31"),
        ("in 2023/24", "2023-01-01", "2024-12-31"),
        ("the same day", "", ""),
    ],
)
def test_a_date_is_resolved_against_the_publication(text, first, last):
    values = values_in(text, published=PUBLISHED)
    assert [(v.kind, v.first_day, v.last_day) for v in values] == [(ValueKind.DATE, first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on March 18", "--03-18", "--03-18"),
        ("in late March", "--03-20", "--03-31"),
        ("on Tuesday", "-W-2", "-W-2"),
        ("yesterday", "", ""),
        ("last week", "", ""),
        ("on March 18, 2025", "2025-03-18", "2025-03-18"),
    ],
)
def test_without_a_publication_date_what_is_said_is_kept(text, first, last):
    values = values_in(text)
    assert [(v.first_day, v.last_day) for v in values] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("since Tuesday", Approximation.MORE),
        ("until 18 March", Approximation.LESS),
        ("about 18 March", Approximation.ABOUT),
        ("on 18 March", Approximation.EXACT),
    ],
)
def test_a_date_keeps_whether_it_is_a_start_or_an_end(text, how):
    assert [v.approximation for v in values_in(text, published=PUBLISHED)] == [how]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 4 a.m.", [("4 a.m.", "04:00", "")]),
        ("at 12:05 p.m.", [("12:05 p.m.", "12:05", "")]),
        ("at 16:30 local time", [("16:30 local time", "16:30", "")]),
        ("at 1630 GMT", [("1630 GMT", "16:30Z", "")]),
        ("around noon", [("noon", "12:00", "about")]),
        ("at midnight", [("midnight", "00:00", "")]),
        ("at four o'clock in the afternoon", [("four o'clock in the afternoon", "16:00", "")]),
        ("between 4 and 5 p.m.", [("4 and 5 p.m.", "16:00", "")]),
        ("in the morning", [("morning", "", "vague")]),
    ],
)
def test_times_of_day(text, expected):
    assert found(text) == expected


def test_several_values_stand_in_text_order():
    text = "On March 18 at 4 a.m. some 40 boats left; 20% sank, at a cost of $3 million."
    kinds = [v.kind.value for v in values_in(text, published=PUBLISHED)]
    assert kinds == ["date", "time", "number", "percent", "money"]


def test_two_days_of_one_month_are_two_dates():
    days = [v.first_day for v in values_in("On 3 and 5 May two ships sank.", published=PUBLISHED)]
    assert days == ["2031-05-03", "2031-05-05", ""]


def test_the_day_named_last_goes_from_sentence_to_sentence():
    text = "The ferry sank on 3 March. The same day a boat burnt. It was found three days later."
    spans = [Span(0, 26), Span(27, 53), Span(54, len(text))]
    days = [values[0].first_day for values in values_of(text, spans, PUBLISHED)]
    assert days == ["2031-03-03", "2031-03-03", "2031-03-06"]


def test_spans_are_spans_of_the_article():
    text = "🚢 Storm. About 250 soldiers left on March 18."
    values = values_in(text[9:], 9)
    assert [v.span.of(text) for v in values] == ["250", "March 18"] == [v.text for v in values]


WORDS = st.sampled_from(
    ["about", "3", "40", "1,200", "million", "%", "percent", "km", "miles", "soldiers", "people", "May", "March", "18", "2019", "Tuesday", "since", "between", "and", "to", "from", "-", "–", "$", "€", "pounds", "the", "a", "half", "dozen", "third", "of", "days", "later", "ago", "last", "week", "at", "noon", "4", "a.m.", "16:30", ",", ".", "one", "two", "hundred", "in", "early", "mid-", "yesterday", "1990s", "½", "²", "°C", "+", "~"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14), st.integers(0, 50), st.sampled_from(["", PUBLISHED, "0001-01-01", "9999-12-31"]))
def test_any_words_give_exact_spans_in_order(words, offset, published):
    text = " ".join(words)
    article = "x" * offset + text
    end = 0
    for value in values_in(text, offset, published=published):
        assert value.span.of(article) == value.text
        assert value.span.start >= end
        assert value.low is None or value.high is None or value.low <= value.high
        end = value.span.end


@given(st.text(max_size=60))
def test_any_text_is_survived(text):
    for value in values_in(text, published=PUBLISHED):
        assert value.span.of(text) == value.text
