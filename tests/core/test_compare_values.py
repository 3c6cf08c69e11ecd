"""Whether two articles state the same value, and how a value is shown."""

import pytest

from factdesk.compare.nouns import plural, singular
from factdesk.compare.values import comparable, differing, normal_form, same_value
from factdesk.nlp.values import values_in

PUBLISHED = "2031-05-14"


def one(text, published=PUBLISHED):
    [value] = values_in(text, published=published)
    return value


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("about 250 soldiers", "240 soldiers"),
        ("200 soldiers", "200 troops"),
        ("at least 12 people", "14 people"),
        ("dozens of people", "60 people"),
        ("up to 300 people", "250 people"),
        ("27,100 houses", "27,000 homes"),
        ("1.5 million people", "1,487,000 people"),
        ("between 30 and 40 people", "35 people"),
        ("half of the houses", "50% of the houses"),
        ("a third of voters", "about 33% of voters"),
        ("12.4 percent", "12%"),
        ("10 miles", "16 km"),
        ("13 square kilometres", "5 square miles"),
        ("a temperature of 20°C", "68 degrees Fahrenheit"),
        ("for two weeks", "14 days"),
        ("$1.5 million", "USD 1.5m"),
        ("12 dead", "12 were killed"),
        ("on 18 March", "in mid-March"),
        ("on 18 March", "in March"),
        ("on Tuesday", "on 13 May"),
        ("yesterday", "on Tuesday"),
        ("at noon", "around 12:20"),
        ("at 4 p.m.", "16:00"),
        ("at 3 p.m.", "in the afternoon"),
        ("in 2019", "in March 2019"),
    ],
)
def test_these_may_be_one_value(a, b):
    x, y = one(a), one(b)
    assert comparable(x, y)
    assert same_value(x, y)
    assert same_value(y, x)
    assert differing([x], [y]) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("200 soldiers", "about 250 soldiers"),
        ("12 people", "15 people"),
        ("at least 12 people", "40 people"),
        ("dozens of people", "900 people"),
        ("20%", "25%"),
        ("5%", "5.3 million percent"),
        ("10 miles", "10 km"),
        ("$5 million", "$5 billion"),
        ("on 18 March", "in late March"),
        ("on 18 March", "on 19 March"),
        ("on 18 March 2030", "on 18 March 2031"),
        ("on Monday", "on Tuesday"),
        ("in 2019", "in 2020"),
        ("at 4 a.m.", "at 4 p.m."),
        ("at 3 p.m.", "in the morning"),
    ],
)
def test_these_are_two_values(a, b):
    x, y = one(a), one(b)
    assert not same_value(x, y)
    assert not same_value(y, x)
    assert differing([x], [y]) == [(x, y)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("12 soldiers", "12 ships"),
        ("12 km", "12 kg"),
        ("$12", "€12"),
        ("20%", "20 percentage points"),
        ("20%", "20 people"),
        ("on 18 March", "yesterday"),
        ("at 4 a.m.", "at 0400 GMT"),
    ],
)
def test_these_cannot_be_compared(a, b):
    published = "" if "yesterday" in b else PUBLISHED
    x, y = one(a, published), one(b, published)
    assert not comparable(x, y)
    assert not same_value(x, y)
    assert differing([x], [y]) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("on 18 March", "on 18 March 2025", True),
        ("on 19 March", "on 18 March 2025", False),
        ("on Tuesday", "on 18 March 2025", True),
        ("on Monday", "on 18 March 2025", False),
    ],
)
def test_a_date_of_an_unknown_year_meets_a_full_one(a, b, same):
    assert same_value(one(a, ""), one(b, "")) is same


def test_what_differs_is_paired_by_nearness():
    a = values_in("12 people and 300 boats were lost, 5 people were found.")
    b = values_in("310 boats were lost with 14 people; 5 people were found.")
    assert [(x.text, y.text) for x, y in differing(a, b)] == [("12", "14"), ("300", "310")]


def test_a_day_is_not_set_against_a_year():
    assert differing(values_in("on 18 March 2025"), values_in("since 2014")) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("around 250 soldiers", "about 250 soldiers"),
        ("over two thousand homes", "more than 2,000 homes"),
        ("up to five churches", "less than 5 churches"),
        ("one child", "1 child"),
        ("dozens of children", "dozens of children"),
        ("several ships", "several ships"),
        ("between 30 and 40 people", "between 30 and 40 people"),
        ("13 square kilometers", "13 km²"),
        ("ten miles", "10 miles"),
        ("20 per cent", "20%"),
        ("two percentage points", "2 percentage points"),
        ("$1.5m", "1.5 million USD"),
        ("aged 34", "34 years old"),
        ("18 March 2025", "18 March 2025"),
        ("on Tuesday", "13 May 2031"),
        ("in mid-March", "mid-March 2031"),
        ("in late March", "late March 2031"),
        ("in March", "March 2031"),
        ("in 2019", "2019"),
        ("from 2014 to 2018", "2014–2018"),
        ("between 3 and 5 May", "3–5 May 2031"),
        ("from 14 March to 2 April", "14 March – 2 April 2031"),
        ("the first quarter of 2024", "January–March 2024"),
        ("since Tuesday", "from 13 May 2031 on"),
        ("by 18 March", "until 18 March 2031"),
        ("at 4 p.m.", "16:00"),
        ("around 1630 GMT", "about 16:30 UTC"),
        ("in the evening", "evening"),
    ],
)
def test_a_value_is_shown_in_one_form(text, shown):
    assert normal_form(one(text)) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("on 18 March", "18 March"), ("on Tuesday", "Tuesday"), ("yesterday", "yesterday")]
)
def test_a_date_that_is_not_known_is_shown_as_far_as_it_is(text, shown):
    assert normal_form(one(text, "")) == shown


@pytest.mark.parametrize(
    ("one_form", "many"),
    [
        ("soldier", "soldiers"), ("person", "people"), ("child", "children"), ("party", "parties"), ("church", "churches"), ("house", "houses"), ("bus", "buses"),
        ("aircraft", "aircraft"), ("life", "lives"), ("journey", "journeys"), ("injury", "injuries"), ("box", "boxes"), ("base", "bases"), ("crisis", "crises"),
    ],
)  # fmt: skip
def test_nouns_in_one_and_many(one_form, many):
    assert singular(many) == one_form
    assert plural(one_form) == many
