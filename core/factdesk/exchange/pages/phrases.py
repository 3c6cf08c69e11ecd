"""Short strings that files say about themselves, made fit to be shown: titles, names, addresses, dates."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from factdesk.compare.dates import is_date
from factdesk.exchange.written_dates import iso_date
from factdesk.text.normalise import normalise

LONGEST = 300  # code points of a title or name

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"https?://[^\s/$.?#<>\"][^\s<>\"]*", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))*")
_BY = re.compile(r"^(?:words |text |story |written |reported |posted )?by[:\s]+(?=\S)", re.IGNORECASE)
_INSTANT = re.compile(
    r"(\d{4}-?\d{2}-?\d{2})[T ]+(\d{1,2}:?\d{2}(?::?\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.I
)
_FIRST_YEAR, _LAST_YEAR = 1700, 2200


def has_words(text: str) -> bool:
    """Whether there is anything to read in a text."""
    return bool(text.replace("\ufffd", "").replace("\ufeff", "").strip())


def tidy(value: object, longest: int = LONGEST) -> str:
    """One line of text: no control characters, no runs of blanks, no invisible direction marks, not longer than said."""
    if not isinstance(value, str):
        return ""
    line = _DIRECTIONS.sub("", _INVISIBLE.sub("", normalise(value[: 20 * longest])))
    line = " ".join(line.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def tidy_address(value: object) -> str:
    """An address on the web, or "" for anything else (scripts, data, file names)."""
    line = tidy(value, 2048)
    if not _ADDRESS.fullmatch(line) or line.endswith("…"):
        return ""
    try:
        return line if urlsplit(line).hostname else ""
    except ValueError:  # brackets without an address in them
        return ""


def tidy_language(value: object) -> str:
    """A BCP 47 code from what a file says, such as “en_GB”; "" when it is none."""
    line = tidy(value, 35).split(",")[0].split(";")[0].strip()
    if not _LANGUAGE.fullmatch(line) or line.casefold() in {"und", "mul", "zxx", "x", "default"}:
        return ""
    first, *others = line.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in others)])


def tidy_name(value: object) -> str:
    """The name of a person or of several, without “By”; "" for an address."""
    line = _BY.sub("", tidy(value)).strip(" ,;|·•—–-")
    return "" if line.casefold().startswith(("http://", "https://", "@")) or not any(map(str.isalpha, line)) else line


def joined_names(names: list[str]) -> str:
    """Several names as a byline, each once."""
    return tidy(", ".join(dict.fromkeys(filter(None, names))))


def tidy_date(value: object) -> str:
    """A date, or date and time with its zone, in ISO 8601; "" when it is none or could mean two days."""
    line = tidy(value, 80)
    for read in (_of_instant, _of_seconds, _of_mail, iso_date):
        if (found := read(line)) and is_date(found) and _FIRST_YEAR <= int(found[:4]) <= _LAST_YEAR:
            return found
    return ""


def tidy_moment(value: object) -> str:
    """A date with its time and zone as the same moment in UTC; "" when it is less."""
    found = tidy_date(value)
    if "T" not in found or not is_finer(found, found[:19]):
        return ""
    return _written(datetime.fromisoformat(found).astimezone(UTC))


def is_finer(one: str, other: str) -> bool:
    """Whether the first of two ISO dates says more: a time is more than a day, a time with its zone more than one without."""
    return _fineness(one) > _fineness(other)


def _fineness(date: str) -> int:
    if "T" not in date:
        return len(date)
    return 100 if date.endswith("Z") or re.search(r"[+-]\d{2}:\d{2}$", date) else 50


def _of_instant(line: str) -> str:
    found = _INSTANT.fullmatch(line)
    if found is None:
        return ""
    day, time, zone = found[1], found[2], (found[3] or "").upper()
    time = time if len(time) not in {4, 7} or ":" not in time else f"0{time}"
    try:
        moment = datetime.fromisoformat(f"{day}T{time}{'Z' if zone in {'UTC', 'GMT'} else zone}")
    except ValueError:
        return ""
    if zone in {"", "Z", "UTC", "GMT", "+00:00", "+0000"} and not (moment.hour or moment.minute or moment.second):
        return moment.date().isoformat()  # midnight: a day that a program wrote as a time
    return _written(moment)


def _of_seconds(line: str) -> str:
    """Seconds or thousandths of them since 1970."""
    if not (line.isascii() and line.isdigit() and len(line) in {10, 13}):
        return ""
    return _written(datetime.fromtimestamp(int(line[:10]), UTC))


def _of_mail(line: str) -> str:
    if not re.search(r"\d{1,2}:\d{2}", line):
        return ""
    try:
        moment = parsedate_to_datetime(line)
        return _written(moment.replace(tzinfo=UTC) if line.endswith("-0000") else moment)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ""


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
