"""Dates in a sentence, exact and vague ones, as first and last day."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from factdesk.model.spans import Span
from factdesk.model.values import Approximation, Value, ValueKind
from factdesk.nlp import data
from factdesk.nlp.calendar import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Calendar,
    iso,
    likely_year,
    month_span,
    parsed,
    season_span,
    shifted,
    weekday,
    year_span,
)
from factdesk.nlp.counting import counted
from factdesk.nlp.relative_dates import RELATIVE

_Days = tuple[str, str]
_Reader = Callable[[re.Match[str], Calendar], _Days | None]

_LONG = [name.capitalize() for name in data.words("values.months")]
_MONTH = (
    r"(?:"
    + "|".join([*_LONG, *(n.upper() for n in _LONG)])
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_SURE = r"(?:January|February|April|June|July|September|October|November|December)"
_WEEKDAY = r"(?:" + "|".join(name.capitalize() for name in WEEKDAYS) + r")"
_ON = rf"(?:{_WEEKDAY},? (?:the )?)?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_NO_MORE = r"(?![\d]|[.,:/]\d| ?%| (?:million|billion|thousand|percent|per cent)\b)"
_DASH = r"\s?(?:[–—-]|to|until|till|through|thru)\s?"
_PARTS = r"(?P<part>early|mid|late|the (?:beginning|start|middle|end) of|beginning|start|middle|end of)[- ](?:in |on )?"
_FUTURE = re.compile(
    r"\b(?:will|due|scheduled|plans?|planned|planning|set to|expected|expects|next|coming|upcoming|ahead of|to be held|shall|going to|until|by)\b|['’]ll\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:about|around|some|over|under|nearly|almost|than|least|roughly|approximately|to|up|estimated|another|all|with|and|of|has|have|had|were|"
    r"kill\w*|injur\w+|wound\w+|lost|los(?:e|ing)|destroy\w+|sent|send\w*|employ\w*|captur\w+|arrest\w+|deploy\w*|buil[dt]\w*|sold|reach\w*)\s+$",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did|said|told|\w{3,}ed)\b")


def _part(word: str) -> str:
    low = word.casefold()
    return "early" if "start" in low or "beginning" in low or low == "early" else "mid" if "mid" in low else "late"


def _month(word: str) -> int:
    return MONTHS[word.casefold().rstrip(".")]


def _year_of(match: re.Match[str], calendar: Calendar, month: int, day: int) -> int | None:
    if match["y"]:
        return int(match["y"])
    return likely_year(calendar, month, day)


def _numeric(match: re.Match[str], _calendar: Calendar) -> _Days | None:
    if match["iso"]:
        day = parsed(match["iso"])
        return (day.isoformat(),) * 2 if day is not None else None
    a, b, year = int(match["a"]), int(match["b"]), int(match["ny"])
    readings = sorted(d for d in (iso(year, b, a), iso(year, a, b) if match["sep"] != "." else "") if d)
    return (readings[0], readings[-1]) if readings else None


def _day(match: re.Match[str], calendar: Calendar) -> _Days | None:
    month, day = _month(match["m"]), int(match["d"])
    found = iso(_year_of(match, calendar, month, day), month, day)
    return (found, found) if found else None


def _days(match: re.Match[str], calendar: Calendar) -> _Days | None:
    month, first, last = _month(match["m"]), int(match["d"]), int(match["e"])
    year = _year_of(match, calendar, month, first)
    span = iso(year, month, first), iso(year, month, last)
    return span if all(span) and first < last else None


def _month_part(match: re.Match[str], calendar: Calendar) -> _Days | None:
    month = _month(match["m"])
    return month_span(_year_of(match, calendar, month, 15), month, _part(match["part"]))


def _whole_month(match: re.Match[str], calendar: Calendar) -> _Days | None:
    month = _month(match["m"])
    how = (match["how"] or "").casefold()
    year = _year_of(match, calendar, month, 15)
    if calendar.published is not None and not match["y"]:
        away = (match["away"] or "").casefold()
        if away:
            year = calendar.published.year + {"last": -1, "this": 0, "next": 1}[away.split()[0]]
        elif how == "last":
            year = calendar.published.year - (month >= calendar.published.month)
        elif how == "next":
            year = calendar.published.year + (month <= calendar.published.month)
    return month_span(year, month)


def _quarter(match: re.Match[str], calendar: Calendar) -> _Days | None:
    word = (match["q"] or match["q2"]).casefold()
    number = int(word[-1]) if word[-1].isdigit() else ["first", "second", "third", "fourth"].index(word) + 1
    length = 6 if match["span"] == "half" else 3
    first = (number - 1) * length + 1
    year = int(match["y"]) if match["y"] else likely_year(calendar, min(first + 1, 12), 15, back=True)
    if year is None or first > 12:
        return None
    return month_span(year, first)[0], month_span(year, first + length - 1)[1]


def _season(match: re.Match[str], calendar: Calendar) -> _Days | None:
    name = (match["season"] or match["bare"]).casefold()
    how = (match["how"] or "").casefold()
    if match["y"]:
        return season_span(int(match["y"]), name)
    if calendar.published is None:
        return "", ""
    year = likely_year(calendar, SEASONS[name], 15, ahead=how == "next", back=how == "last")
    return season_span(year or calendar.published.year, name)


def _year_part(match: re.Match[str], _calendar: Calendar) -> _Days | None:
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[_part(match["part"])]
    year = int(match["y"])
    return month_span(year, first)[0], month_span(year, last)[1]


def _years(match: re.Match[str], _calendar: Calendar) -> _Days | None:
    first = int(match["y"])
    last = int(match["z"]) if len(match["z"]) == 4 else first // 100 * 100 + int(match["z"])
    return year_span(first, last) if first < last <= first + 300 else None


def _decade(match: re.Match[str], _calendar: Calendar) -> _Days | None:
    short = match["short"]
    first = int(match["y"]) if match["y"] else 1900 + int(short) if int(short) > 20 else 2000 + int(short)
    part = (match["part"] or "").casefold().rstrip("- ")
    a, b = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return year_span(first + a, first + b)


def _century(match: re.Match[str], _calendar: Calendar) -> _Days | None:
    number = int(match["c"])
    return year_span((number - 1) * 100 + 1, number * 100) if 1 <= number <= 30 else None


def _year(match: re.Match[str], _calendar: Calendar) -> _Days | None:
    before = match.string[max(0, match.start() - 20) : match.start()]
    if _COUNTS.search(before) and counted(match.string, match.end()):
        return None  # some 2000 soldiers
    return year_span(int(match["y"]), int(match["y"]))


def _weekday(match: re.Match[str], calendar: Calendar) -> _Days | None:
    how, text = (match["how"] or "").casefold(), match.string
    near = text[max(0, match.start() - 50) : match.start()]
    ahead = how in {"next", "this coming", "coming"} or (
        how != "last" and bool(_FUTURE.search(near)) and not _PAST.search(near)
    )
    found = weekday(calendar, match["w"], ahead=ahead, before_today=how == "last")
    return (found, found) if found else None


_READERS: tuple[tuple[frozenset[str], tuple[tuple[re.Pattern[str], _Reader], ...]], ...] = (
    (frozenset({"digit"}), (
        (re.compile(r"(?<![\w-])(?:(?P<iso>\d{4}-\d\d-\d\d)(?!\d)|(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<ny>(?:19|20)\d\d))(?!\d)"), _numeric),
    )),
    (frozenset({"digit", "month"}), (
        (re.compile(rf"(?<![\w.,-])(?:(?:from|between) )?(?P<d>{_DAY})(?:st|nd|rd|th)?{_DASH}(?P<e>{_DAY})(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?{_NO_MORE}"), _days),
        (re.compile(rf"(?<![\w.,-])between (?P<d>{_DAY})(?:st|nd|rd|th)? and (?P<e>{_DAY})(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?{_NO_MORE}"), _days),
        (re.compile(rf"\b(?:from )?(?P<m>{_MONTH}) (?P<d>{_DAY})(?:st|nd|rd|th)?{_DASH}(?P<e>{_DAY})(?:st|nd|rd|th)?(?:,? (?P<y>{_YEAR}))?(?! [A-Z]){_NO_MORE}"), _days),
        (re.compile(rf"\bbetween (?P<m>{_MONTH}) (?P<d>{_DAY})(?:st|nd|rd|th)? and (?P<e>{_DAY})(?:st|nd|rd|th)?(?:,? (?P<y>{_YEAR}))?(?! [A-Z]){_NO_MORE}"), _days),
        (re.compile(rf"(?<![\w.,-])(?P<d>{_DAY})(?:st|nd|rd|th)?(?=(?:(?: and| or|,) {_DAY}(?:st|nd|rd|th)?){{1,3}} (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?\b)"), _day),
        (re.compile(rf"(?<![\w.,-]){_ON}(?P<d>{_DAY})(?:st|nd|rd|th)?[ -](?:of )?(?P<m>{_MONTH})(?:,? (?:of )?(?P<y>{_YEAR}))?\b"), _day),
        (re.compile(rf"\b{_ON}(?P<m>{_MONTH}) (?:the )?(?P<d>{_DAY})(?:st|nd|rd|th)?(?:,? (?P<y>{_YEAR}))?{_NO_MORE}(?!\w)"), _day),
    )),
    (frozenset({"month"}), (
        (re.compile(rf"\b{_PARTS}(?P<m>{_MONTH})(?:,? (?:of )?(?P<y>{_YEAR}))?\b", re.IGNORECASE), _month_part),
        (re.compile(rf"\b(?:(?P<how>[Ll]ast|[Nn]ext|[Tt]his) )?(?P<m>{_MONTH})(?:,? (?:of )?(?P<y>{_YEAR})\b|,? (?P<away>(?:last|this|next) year))"), _whole_month),
        (re.compile(rf"\b(?:(?P<how>[Ll]ast|[Nn]ext|[Tt]his) |(?<=[Ii]n )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Bb]y )|(?<=[Ff]rom )|(?<=before )|(?<=after )|(?<=during )|(?<=through )|(?<=of )(?!May|March|August))(?P<m>{_MONTH})(?P<y>(?!))?(?P<away>(?!))?(?! \d| [A-Z]|[’'])\b"), _whole_month),
    )),
    (frozenset({"season"}), (
        (re.compile(rf"\b(?:the )?(?:(?P<q>first|second|third|fourth) (?P<span>quarter|half)|(?P<q2>Q[1-4]))(?:(?: of)? (?P<y>{_YEAR})| of (?:the|this) year)\b"), _quarter),
        (re.compile(rf"\b(?:(?P<season>spring|summer|autumn|fall|winter)(?: of)? (?P<y>{_YEAR})|(?P<how>last|next|this) (?P<bare>spring|summer|autumn|winter))\b", re.IGNORECASE), _season),
    )),
    (frozenset({"digit"}), (
        (re.compile(rf"\b(?P<part>early|mid|late|late in|early in|the (?:beginning|start|middle|end) of|(?:beginning|start|middle|end) of)[- ](?P<y>{_YEAR})\b(?!s)", re.IGNORECASE), _year_part),
        (re.compile(rf"(?<![\w.,/-])(?:(?:from|between) )?(?P<y>{_YEAR})(?:\s?[–—/-]\s?|\s(?:to|until|through)\s)(?P<z>{_YEAR}|\d\d)(?![\w,]|[.:]\d)"), _years),
        (re.compile(rf"\bbetween (?P<y>{_YEAR}) and (?P<z>{_YEAR})\b"), _years),
        (re.compile(r"\b(?:the )?(?P<part>early|mid|late)?[ -]?(?:(?P<y>1[5-9]\d0|20\d0)|['’](?P<short>\d0))['’]?s\b"), _decade),
        (re.compile(r"\b(?:the )?(?P<c>\d{1,2})(?:st|nd|rd|th)[ -]century\b"), _century),
    )),
    (frozenset({"relative"}), (
        *RELATIVE,
    )),
    (frozenset({"weekday"}), (
        (re.compile(rf"\b(?:(?P<how>[Ll]ast|[Nn]ext|[Tt]his coming|[Cc]oming|[Tt]his) )?(?P<w>{_WEEKDAY})\b(?!['’]s [A-Z])"), _weekday),
    )),
    (frozenset({"digit"}), (
        (re.compile(rf"(?<![\w.,/$€£-])(?P<y>{_YEAR})(?![\w-]|[.,/:]\d|,\d| ?%)"), _year),
    )),
    (frozenset({"month"}), (
        (re.compile(rf"(?<=[a-z(] )(?P<m>{_SURE})(?P<y>(?!))?(?P<how>(?!))?(?P<away>(?!))?(?! \d| [A-Z]|[’'])\b"), _whole_month),
    )),
)  # fmt: skip
"""Patterns with their readers, by what a sentence must show for them; what comes first is taken first."""


def dates(text: str, calendar: Calendar, shown: frozenset[str]) -> Iterator[Value]:
    """The dates of a sentence, spans within it, ranges as one value, longest readings first; `shown` are its hints."""
    taken: list[tuple[int, int]] = []
    found: list[Value] = []
    for pattern, reader in (each for needed, readers in _READERS if needed <= shown for each in readers):
        for match in pattern.finditer(text):
            if any(match.start() < e and s < match.end() for s, e in taken):
                continue
            days = reader(match, calendar)
            if days is None:
                continue
            taken.append(match.span())
            found.append(_value(text, match.start(), match.end(), days))
    found.sort(key=lambda value: value.span)
    yield from _joined(text, found)


_FROM_ON = re.compile(r"\b(?:since|after|from|following|starting|beginning)(?: about| around)? $", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:until|till|before|by|no later than|prior to|through)(?: about| around)? $", re.IGNORECASE)
_NEARLY = re.compile(r"\b(?:about|around|approximately|circa|roughly)(?: the)? $", re.IGNORECASE)
_TO = re.compile(r"\s?(?:[–—-]|to|until|till|through|and)\s?(?:the )?")
_RANGE = re.compile(r"\b(from|between)(?: about)? $", re.IGNORECASE)


def _value(text: str, start: int, end: int, days: _Days) -> Value:
    before = text[max(0, start - 24) : start]
    how = Approximation.EXACT
    if _NEARLY.search(before):
        how = Approximation.ABOUT
    elif _FROM_ON.search(before):
        how = Approximation.MORE
    elif _UP_TO.search(before):
        how = Approximation.LESS
    span = Span(start, end)
    return Value(ValueKind.DATE, span, span.of(text), approximation=how, first_day=days[0], last_day=days[1])


def _joined(text: str, found: list[Value]) -> Iterator[Value]:
    """Two dates with "to" between them as one range."""
    waiting: Value | None = None
    for value in found:
        if waiting is not None and _are_range(text, waiting, value):
            if waiting.first_day > value.last_day:  # Monday to Friday, told on a Thursday
                waiting = replace(waiting, first_day=shifted(parsed(waiting.first_day), -7))
            span = Span(waiting.span.start, value.span.end)
            waiting = Value(ValueKind.DATE, span, span.of(text), first_day=waiting.first_day, last_day=value.last_day)
            continue
        if waiting is not None:
            yield waiting
        waiting = value
    if waiting is not None:
        yield waiting


def _are_range(text: str, first: Value, second: Value) -> bool:
    between = text[first.span.end : second.span.start]
    if not _TO.fullmatch(between) or not (first.first_day and second.last_day):
        return False
    if first.first_day[:2] != second.last_day[:2]:
        return False
    days = {first.text.casefold(), second.text.casefold()} <= WEEKDAYS.keys() and first.first_day[0] != "-"
    if first.first_day >= second.last_day and not days:
        return False
    opening = _RANGE.search(text[: first.span.start])
    word = between.strip().removesuffix(" the")
    if word == "and":
        return opening is not None and opening[1].casefold() == "between"
    return opening is not None or word != "to" or days
