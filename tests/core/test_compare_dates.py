"""Dates as precise as they are known."""

import pytest

from factdesk.compare.dates import in_words, is_date, moment


@pytest.mark.parametrize(
    ("later", "earlier", "is_certain"),
    [
        ("2031-05-04", "2031-05-03", True),
        ("2031-05-04", "2031-05-04", False),
        ("2031-05", "2031-05-03", False),
        ("2031-06", "2031-05-31", True),
        ("2031", "2030-12-31T23:59:59Z", True),
        ("2031-05-04T10:00:00Z", "2031-05-04T09:59:59Z", True),
        ("2031-05-04T10:00:00+02:00", "2031-05-04T09:00:00Z", False),
        ("2031-05-04T10:00", "2031-05-04T09:00", False),
        ("2031-05-06T10:00", "2031-05-04T09:00", True),
        ("2031-05-04", "2031-05-04T23:00:00Z", False),
    ],
)
def test_one_date_is_after_another_only_when_that_is_certain(later, earlier, is_certain):
    assert moment(later).is_after(moment(earlier)) is is_certain
    assert not (is_certain and moment(earlier).is_after(moment(later)))


def test_days_between_are_those_that_certainly_passed():
    assert moment("2032-05-04").days_after(moment("2031-05-04")) == 366
    assert moment("2032").days_after(moment("2031-12")) == 1
    assert moment("2031").days_after(moment("2032")) == 0


@pytest.mark.parametrize("text", ["", "spring", "2031-13", "2031-02-30", "10:00", "18 May 2031", "20310504T1000x"])
def test_what_is_no_date_is_unknown(text):
    assert moment(text) is None
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2031", "2031"),
        ("2031-05", "May 2031"),
        ("2031-05-04", "4 May 2031"),
        ("2031-05-04T10:00:00Z", "4 May 2031"),
        ("spring", "spring"),
    ],
)
def test_dates_are_written_for_people_as_precise_as_they_are(text, words):
    assert in_words(text) == words
