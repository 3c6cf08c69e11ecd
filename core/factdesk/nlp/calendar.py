"""Days that words mean: which year "18 March" is in, which date "Tuesday" was, seen from the day of publication."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from factdesk.nlp import data

MONTHS = {name: number for number, name in enumerate(data.words("values.months"), 1)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())} | {"sept": 9}
WEEKDAYS = {name: number for number, name in enumerate(data.words("values.days"))}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@dataclass(slots=True)
class Calendar:
    """What is known while an article is read: its day of publication, and the day it named last."""

    published: date | None = None
    named: date | None = None


def parsed(published: str) -> date | None:
    """The day of an ISO 8601 date or time; None when the day is not known."""
    try:
        return date.fromisoformat(published[:10]) if len(published) >= 10 else None
    except ValueError:
        return None


def iso(year: int | None, month: int, day: int) -> str:
    """ISO 8601, without the year ("--03-18") where it is not known; "" for a day that does not exist."""
    try:
        date(year if year is not None else 2000, month, day)
    except ValueError:
        return ""
    return f"--{month:02d}-{day:02d}" if year is None else f"{year:04d}-{month:02d}-{day:02d}"


def last_of(year: int | None, month: int) -> int:
    """The last day of a month."""
    return monthrange(year if year is not None and 1 <= year <= 9999 else 2000, month)[1]


def likely_year(calendar: Calendar, month: int, day: int, *, ahead: bool = False, back: bool = False) -> int | None:
    """The year a date without one is in: the nearest to the publication, the past sooner than the future."""
    today = calendar.published
    if today is None:
        return None
    best, best_cost = today.year, 1e9
    for year in (today.year - 1, today.year, today.year + 1):
        if not 1 <= year <= 9999:
            continue
        away = (date(year, month, min(day, last_of(year, month))) - today).days
        if (ahead and away < 0) or (back and away > 0):
            continue
        cost = away * 1.5 if away > 0 else -away
        if cost < best_cost:
            best, best_cost = year, cost
    return best


def weekday(calendar: Calendar, name: str, *, ahead: bool, before_today: bool = False) -> str:
    """The date of a weekday: the last one up to the publication, or the next; "-W-2" when that day is not known."""
    wanted = WEEKDAYS[name.casefold()]
    today = calendar.published
    if today is None:
        return f"-W-{wanted + 1}"
    if ahead:
        return shifted(today, (wanted - today.weekday()) % 7)
    back = (today.weekday() - wanted) % 7
    return shifted(today, -(back or 7 if before_today else back))


def shifted(day: date | None, days: int) -> str:
    """The ISO date so many days later; "" where there is none."""
    if day is None:
        return ""
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return ""


def month_shifted(day: date, months: int) -> tuple[int, int] | None:
    """Year and month so many months later."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return (year, month + 1) if 1 <= year <= 9999 else None


def week_of(day: date | None, weeks: int) -> tuple[str, str]:
    """Monday and Sunday of the week so many weeks later."""
    if day is None:
        return "", ""
    return shifted(day, 7 * weeks - day.weekday()), shifted(day, 7 * weeks - day.weekday() + 6)


def year_span(first: int, last: int) -> tuple[str, str]:
    """From new year of the first to the end of the last year."""
    return iso(max(1, first), 1, 1), iso(min(9999, last), 12, 31)


def month_span(year: int | None, month: int, part: str = "") -> tuple[str, str]:
    """First and last day of a month or of its early, middle or late part."""
    first, last = {"early": (1, 10), "mid": (10, 20), "late": (20, 0)}.get(part, (1, 0))
    return iso(year, month, first), iso(year, month, last or last_of(year, month))


def season_span(year: int, name: str) -> tuple[str, str]:
    """The three months of a season; winter begins in December of its year."""
    month = SEASONS[name]
    end_year, end_month = (year, month + 2) if month < 12 else (year + 1, 2)
    return iso(year, month, 1), iso(end_year, end_month, last_of(end_year, end_month))
