"""Times of day in a sentence: "at 4 a.m.", "16:30 local time", "noon", "on Monday evening"."""

import re
from collections.abc import Iterator

from factdesk.model.spans import Span
from factdesk.model.values import Approximation, Value, ValueKind
from factdesk.nlp.counting import approximation
from factdesk.nlp.number_words import ONES

_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_ZONE = r"(?:\s(?:(?P<zone>GMT|UTC)|local time|[A-Z]{2,4}T\b))?"
_HOUR = rf"(?:{'|'.join(list(ONES)[:12])}|1[0-2]|0?[1-9])"
_CLOCK = re.compile(
    rf"(?<![\w.,:/$€£-])(?:(?P<from>{_HOUR})(?:[:.](?P<fm>[0-5]\d))?(?:\s?{_HALF.replace('half', 'fhalf')})?\s?(?:to|and|[–—-])\s?)?"
    rf"(?P<h>{_HOUR})(?:[:.](?P<m>[0-5]\d))?\s?{_HALF}{_ZONE}"
    rf"|(?<![\w.,:/$€£-])(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?::[0-5]\d)?(?![\w:]|\.\d){_ZONE.replace('zone', 'zone24')}"
    r"|(?<![\w.,:/$€£-])(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)\s?(?:(?P<zone4>GMT|UTC)|hours\b|local time)"
    r"|\bat (?P<hd>[01]?\d|2[0-3])\.(?P<md>[0-5]\d)\b(?=\s+(?:on|local|yesterday|today|GMT)|[.,;]|$)"
    rf"|\b(?P<clock>{_HOUR}) o['’]clock(?: in the (?P<part>morning|afternoon|evening))?"
    r"|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)  # fmt: skip
_PARTS = {
    "morning": (5, 12), "afternoon": (12, 18), "evening": (17, 23), "night": (20, 30), "dawn": (4, 7), "dusk": (17, 21), "early morning": (4, 8), "small hours": (0, 5),
    "early hours": (0, 6),
}  # fmt: skip
_PART = re.compile(
    r"(?:(?<=day )|\b(?:in the |at |on the |the |yesterday |tomorrow |before |since |by )(?:(?:late|following|previous|next|same) )?)(?P<part>early morning|morning|afternoon|evening|night|dawn|dusk|small hours|early hours)\b(?! (?:shift|school|club|train|news|after|before))",
    re.IGNORECASE,
)


def times(text: str, shown: frozenset[str]) -> Iterator[Value]:
    """The times of a sentence; hours stand in `low` and `high` too, so that they can be compared. `shown` are its hints."""
    if "digit" in shown or "clock" in shown:
        yield from (_clock(text, match) for match in _CLOCK.finditer(text))
    if "clock" not in shown:
        return
    for match in _PART.finditer(text):
        first, last = _PARTS[match["part"].casefold()]
        yield Value(ValueKind.TIME, Span(*match.span("part")), match["part"], "", first, last, Approximation.VAGUE)


def _hour(written: str) -> int:
    return ONES.get(written.casefold()) or int(written)


def _clock(text: str, match: re.Match[str]) -> Value:
    start, low = match.start(), None
    zone = match["zone"] or match["zone24"] or match["zone4"]
    if match["word"]:
        hour, minute = (0, 0) if match["word"].casefold() == "midnight" else (12, 0)
    elif match["h"]:
        hour, minute = _hour(match["h"]) % 12 + 12 * (match["half"].casefold() == "p"), int(match["m"] or 0)
        if match["from"]:
            early = (match["fhalf"] or match["half"]).casefold() == "p"
            low = _hour(match["from"]) % 12 + 12 * early + int(match["fm"] or 0) / 60
    elif match["clock"]:
        hour, minute = _hour(match["clock"]), 0
        hour = hour % 12 + 12 if match["part"] and match["part"].casefold() != "morning" else hour
    else:
        hour = int(match["h24"] or match["h4"] or match["hd"])
        minute = int(match["m24"] or match["m4"] or match["md"])
        start = match.start("hd") if match["hd"] else start
    high = hour + minute / 60
    if low is not None and low > high:
        low = None
    written = text[start : match.end()].rstrip()
    end = start + len(written)
    if written.endswith(".") and not re.search(r"[ap]\.\s?m\.$", written, re.IGNORECASE):
        end -= 1
    first = high if low is None else low
    stated = f"{int(first):02d}:{round(first % 1 * 60):02d}" + ("Z" if zone else "")
    how = approximation(text[:start])
    span = Span(start, end)
    return Value(ValueKind.TIME, span, span.of(text), "", round(first, 4), round(high, 4), how, time=stated)
