"""Numbers, dates and times that a text states, normalised so that two articles can be compared.

Spans are spans of the article. Dates are resolved against the day of publication; where that is not known, a date keeps what the
text says: "--03-18" without a year, "-W-2" for a Tuesday, nothing for "yesterday".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from factdesk.model.spans import Span
from factdesk.model.values import Value, ValueKind
from factdesk.nlp.calendar import Calendar, parsed
from factdesk.nlp.dates import dates
from factdesk.nlp.hints import hints
from factdesk.nlp.loose_numbers import loose_numbers
from factdesk.nlp.numbers import numbers
from factdesk.nlp.times import times

_NO_VALUES = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|[@#]\w+"  # addresses
    r"|\+\d[\d\s().-]{6,}\d|\(\d{2,5}\)\s?\d[\d\s-]{4,}\d|\b\d{3}[-.\s]\d{3,4}[-.\s]\d{4}\b|\b\d{3}-\d{4}\b"  # telephone numbers
    r"|\b[vV]?\d+\.\d+\.\d+(?:\.\d+)*\b(?!\.?\d)|\bv\d+(?:\.\d+)?\b"  # versions
    r"|\b(?:\d{1,2}/\d{1,2})\b(?!/)|\b24/7\b|\b\d+:\d+:\d+:\d+\b"  # 9/11
    r"|(?<![\w-])\d{1,3}[–-]\d{1,3}(?:[–-]\d{1,3})?(?= (?:win|loss|defeat|victory|draw|record|lead|vote)\b)"
    r"|\b(?:early|mid|late)[ -]\d0s\b|\bin (?:his|her|their) \d0s\b"
)
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d")


def values_in(text: str, offset: int = 0, *, published: str = "", calendar: Calendar | None = None) -> list[Value]:
    """The values of a sentence in text order; `offset` is where it stands in its article.

    A `calendar` carries the day named last from sentence to sentence, for "the same day" and "three days later".
    """
    calendar = Calendar(parsed(published)) if calendar is None else calendar
    shown = hints(text)
    if not shown:
        return []
    clean = _NO_VALUES.sub(_blank, text) if "digit" in shown else text
    found: list[Value] = []
    taken: list[Span] = []
    for value in _all(clean, calendar, shown):
        if not any(value.span.overlaps(other) for other in taken):
            found.append(value)
            taken.append(value.span)
    found.sort(key=lambda value: value.span)
    _remember(found, calendar)
    return [_moved(value, text, offset) for value in found]


def values_of(text: str, spans: Sequence[Span], published: str = "") -> list[tuple[Value, ...]]:
    """The values in each of these stretches of an article, which stand in text order."""
    calendar = Calendar(parsed(published))
    return [tuple(values_in(span.of(text), span.start, calendar=calendar)) for span in spans]


def _blank(match: re.Match[str]) -> str:
    return match.group() if _DOTTED_DATE.fullmatch(match.group()) else "_" * len(match.group())


def _all(text: str, calendar: Calendar, shown: frozenset[str]) -> Iterable[Value]:
    """Readings by rank: what comes first wins where two overlap."""
    yield from times(text, shown)
    yield from dates(text, calendar, shown)
    yield from loose_numbers(text, shown)
    if "digit" in shown or "number" in shown:
        yield from numbers(text)


def _remember(found: Iterable[Value], calendar: Calendar) -> None:
    for value in found:
        if value.kind is ValueKind.DATE and value.first_day == value.last_day:
            calendar.named = parsed(value.first_day) or calendar.named


def _moved(value: Value, text: str, offset: int) -> Value:
    span = Span(value.span.start + offset, value.span.end + offset)
    return replace(value, span=span, text=value.span.of(text))
