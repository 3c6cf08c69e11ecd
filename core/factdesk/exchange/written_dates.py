"""Dates as tables and documents write them, in ISO 8601; those that could be read in two ways are left alone."""

import re
from datetime import UTC, date
from email.utils import parsedate_to_datetime

from factdesk.compare.dates import is_date

_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ ,T]+(\d{1,2}:\d{2}(?::\d{2})?))?")
_BACKWARDS = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_DAY_MONTH = re.compile(r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+([^\W\d]+)\.?,?\s+(\d{4})")
_MONTH_DAY = re.compile(r"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero",
            "feb february februar février febrero",
            "mar march märz mars marzo",
            "apr april avril abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio",
            "aug august août agosto",
            "sep sept september septembre septiembre",
            "oct october oktober okt octobre octubre",
            "nov november novembre noviembre",
            "dec december dezember dez décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}


def iso_date(text: str) -> str:
    """A date, or date and time, in ISO 8601; "" when it is none or could mean two days."""
    text = " ".join(text.split())
    if not text or len(text) > 60:
        return ""
    if is_date(text):
        return text.replace(" ", "T", 1) if text[10:11] == " " else text
    if found := _BACKWARDS.fullmatch(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _of_numbers(found)
    if found := _DAY_MONTH.fullmatch(text):
        return _iso(int(found[3]), _MONTHS.get(found[2].casefold(), 0), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _iso(int(found[3]), _MONTHS.get(found[1].casefold(), 0), int(found[2]))
    return _of_mail(text)


def _of_numbers(found: re.Match[str]) -> str:
    """With dots the day comes first; with strokes only when the other number can be no month."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12 or first == second:
        day = _iso(year, second, first)
    elif second > 12:
        day = _iso(year, first, second)
    else:
        return ""
    time = found[5] or ""
    return f"{day}T{time:0>5}" if day and time and is_date(f"{day}T{time:0>5}") else day


def _of_mail(text: str) -> str:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    if moment.tzinfo is None:
        return moment.isoformat(timespec="seconds")
    try:
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError:
        return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
