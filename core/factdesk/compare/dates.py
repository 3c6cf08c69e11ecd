"""Dates as precise as they are known: a year, a month, a day, a moment."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

_PART = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """From the first to the last instant that a date may mean, in UTC."""

    first: datetime
    last: datetime

    def is_after(self, other: "Moment") -> bool:
        """Whether it certainly is later."""
        return self.first > other.last

    def days_after(self, other: "Moment") -> int:
        """How many days later it certainly is, a day begun counted whole; 0 when it is not certainly later."""
        return max(0, -((other.last - self.first) // timedelta(days=1)))


def moment(text: str) -> Moment | None:
    """What an ISO 8601 date, or date and time, means; None when it is empty or not understood."""
    text = text.strip()
    part = _PART.fullmatch(text)
    try:
        if part is not None:
            return _stretch(*(None if number is None else int(number) for number in part.groups()))
        return _instant(text)
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Whether a text is a date that can be compared."""
    return moment(text) is not None


def _stretch(year: int | None, month: int | None, day: int | None) -> Moment:
    first = date(year or 1, month or 1, day or 1)
    last_month = month or 12
    last = date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])
    return Moment(datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC))


def _instant(text: str) -> Moment:
    if not text[:4].isdigit() or len(text) < len("2026-03-18T09"):
        raise ValueError(text)
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:  # somewhere on Earth: the offsets in use go from -12 to +14 hours
        return Moment(
            (found - timedelta(hours=14)).replace(tzinfo=UTC), (found + timedelta(hours=12)).replace(tzinfo=UTC)
        )
    there = found.astimezone(UTC)
    return Moment(there, there)


def in_words(text: str) -> str:
    """A date for people, as precise as it is: “March 2031”, “18 March 2031”; what is no date stays as it is."""
    found = moment(text)
    if found is None:
        return text.strip()
    parts = _PART.match(text.strip())
    year, month, day = parts.groups() if parts is not None else (text[:4], None, None)
    words = [str(int(day))] if day else []
    if month:
        words.append(calendar.month_name[int(month)])
    return " ".join([*words, year])
