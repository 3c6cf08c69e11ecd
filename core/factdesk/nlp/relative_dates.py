"""Dates told from another day: yesterday, last week, three days later, the same day, two years ago."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from factdesk.nlp.calendar import Calendar, month_shifted, month_span, shifted, week_of, year_span
from factdesk.nlp.number_words import ONES

_Days = tuple[str, str]
_COUNT = rf"(?P<n>\d{{1,3}}|an?|a few|several|a couple of|{'|'.join(sorted(ONES, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year|decade|century|centurie)s?"
_LOOSE = {"a few": (2, 6), "several": (3, 9), "a couple of": (2, 2), "a": (1, 1), "an": (1, 1)}
_WORDS = {
    "today": (0, 0), "tonight": (0, 0), "this morning": (0, 0), "this afternoon": (0, 0), "this evening": (0, 0), "yesterday": (-1, -1), "last night": (-1, -1),
    "tomorrow": (1, 1), "overnight": (-1, 0), "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2),
}  # fmt: skip


def _word(match: re.Match[str], calendar: Calendar) -> _Days:
    first, last = _WORDS[match.group().casefold()]
    return shifted(calendar.published, first), shifted(calendar.published, last)


def _current(match: re.Match[str], calendar: Calendar) -> _Days:
    """This week, last month, next year; the same of the day named last for "that month"."""
    how, unit = match["how"].casefold(), match["unit"].casefold()
    base = calendar.named if how in {"that", "the same", "the following", "the previous"} else calendar.published
    if base is None:
        return "", ""
    step = {"last": -1, "the previous": -1, "next": 1, "the following": 1, "the coming": 1, "the past": -1}.get(how, 0)
    return _whole(base, unit, step)


def _whole(base: date, unit: str, step: int) -> _Days:
    if unit == "week":
        return week_of(base, step)
    if unit == "weekend":
        return shifted(base, 5 - base.weekday() + 7 * step), shifted(base, 6 - base.weekday() + 7 * step)
    if unit == "year":
        return year_span(base.year + step, base.year + step)
    month = month_shifted(base, step)
    return month_span(*month) if month is not None else ("", "")


def _same_day(match: re.Match[str], calendar: Calendar) -> _Days:
    low = match.group().casefold()
    step = -1 if re.search("before|previous|earlier", low) else 1 if re.search("next|following|after|later", low) else 0
    day = shifted(calendar.named, step)
    return day, day


def _amount(match: re.Match[str]) -> tuple[int, int]:
    word = match["n"].casefold()
    if word in _LOOSE:
        return _LOOSE[word]
    number = int(word) if word.isdigit() else ONES[word]
    return number, number


def _away(base: date | None, unit: str, low: int, high: int) -> _Days:
    """So many units from a day (past ones negative), as exact as the unit is."""
    if base is None:
        return "", ""
    first, last = sorted((low, high))
    if unit in {"day", "week", "fortnight"}:
        size, slack = {"day": (1, 0), "week": (7, 3), "fortnight": (14, 3)}[unit]
        return shifted(base, first * size - slack), shifted(base, last * size + slack)
    if unit == "month":
        one, two = month_shifted(base, first), month_shifted(base, last)
        return (month_span(*one)[0], month_span(*two)[1]) if one is not None and two is not None else ("", "")
    size = {"year": 1, "decade": 10}.get(unit, 100)
    slack = 0 if size == 1 else size // 10
    first_year, last_year = base.year + first * size - slack, base.year + last * size + slack
    return year_span(first_year, last_year) if first_year > 0 and last_year < 10_000 else ("", "")


def _ago(match: re.Match[str], calendar: Calendar) -> _Days:
    low, high = _amount(match)
    return _away(calendar.published, match["unit"].casefold(), -low, -high)


def _later(match: re.Match[str], calendar: Calendar) -> _Days:
    low, high = _amount(match)
    sign = -1 if match["way"].casefold() in {"earlier", "before", "previously"} else 1
    return _away(calendar.named, match["unit"].casefold(), sign * low, sign * high)


def _past(match: re.Match[str], calendar: Calendar) -> _Days:
    """Over the last three days: a stretch that ends, or begins, on the day of publication."""
    today = calendar.published
    if today is None:
        return "", ""
    _, high = _amount(match)
    sign = 1 if (match["way"] or "past").casefold() in {"next", "coming"} else -1
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}.get(
        match["unit"].casefold(), 36525
    )
    try:
        other = today + timedelta(sign * high * days)
    except OverflowError:
        return "", ""
    return min(today, other).isoformat(), max(today, other).isoformat()


_I = re.IGNORECASE
RELATIVE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Calendar], _Days | None]], ...] = (
    (re.compile(rf"\b{_COUNT} {_UNIT} ago\b", _I), _ago),
    (re.compile(rf"\b{_COUNT} {_UNIT} (?P<way>later|earlier|afterwards|previously|before(?= *[.,;]))(?! than\b)", _I), _later),
    (re.compile(rf"\b(?:the (?P<way>last|past|next|coming)|(?<=over )(?P<way2>last|past)) (?!an? ){_COUNT} {_UNIT}\b", _I), _past),
    (re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b(?!['’]s [A-Z])", _I), _word),
    (re.compile(r"\b(?:(?:that|the) same day|that day|(?:the )?(?:next|following|previous) day|the day (?:before|after)(?= *[.,;])|a day (?:later|earlier))\b", _I), _same_day),
    (re.compile(r"\b(?P<how>this|last|next|that|the same|the following|the previous|the coming) (?P<unit>week|weekend|month|year)\b", _I), _current),
)  # fmt: skip
"""Patterns and their readers, in the order in which they are tried."""
