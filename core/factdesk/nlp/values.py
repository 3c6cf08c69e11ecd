"""Numbers, dates and times in a sentence, normalised so that two articles can be compared."""

import re
from dataclasses import dataclass

from factdesk.nlp import data

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "half": 0.5,
}  # fmt: skip
_VAGUE = {
    "several": 5,
    "dozens": 40,
    "scores": 60,
    "hundreds": 400,
    "thousands": 4000,
    "tens of thousands": 40000,
    "millions": 4e6,
}
_LOOSE = re.compile(
    r"\b(?P<word>tens of thousands|several|dozens|scores|hundreds|thousands|millions)\b(?! (?:hundred|thousand|million|dozen|other))",
    re.IGNORECASE,
)
_SCALE = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
_UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "percentage points": "percent", "km": "km", "kilometers": "km", "kilometres": "km", "kilometer": "km",
    "kilometre": "km", "miles": "mile", "mile": "mile", "meters": "m", "metres": "m", "square kilometers": "km2", "square kilometres": "km2", "square miles": "mi2",
    "years": "year", "year": "year", "months": "month", "weeks": "week", "days": "day", "hours": "hour", "minutes": "minute", "months old": "month",
    "tons": "ton", "tonnes": "ton", "kg": "kg", "mm": "mm", "degrees": "degree",
}  # fmt: skip
_MONTHS = {m: i for i, m in enumerate(data.words("values.months"), 1)}
_MONTHS |= {m[:3]: i for m, i in list(_MONTHS.items()) if m != "may"} | {"sept": 9}
_DAYS = {d: i for i, d in enumerate(data.words("values.days"))}
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|up to|at least|more than|less than|over|under|as many as|an estimated|close to)\s*$",
    re.IGNORECASE,
)

_NUMBER = re.compile(
    r"(?P<money>[$€£¥₽₴]\s?)?(?<![\w.,-])(?P<digits>\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:(?P<scale>\s?(?:hundred|thousand|million|billion|trillion|bn|tn|k|m))\b)?"
    r"(?P<unit>\s?(?:%|per ?cent|percentage points|square (?:kilomet(?:er|re)s|miles)|kilomet(?:er|re)s?|km|miles?|met(?:er|re)s|years?|months|weeks|days|hours|minutes|tons|tonnes|kg|mm|degrees))?(?!\w)",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"\b(?P<word>"
    + "|".join(w for w in _WORDS if w not in {"half"})
    + r")(?:[- ](?P<second>one|two|three|four|five|six|seven|eight|nine))?"
    r"(?P<scale>\s(?:hundred|thousand|million|billion|trillion|dozen))?"
    r"(?P<unit>\s(?:percent|per cent|square kilomet(?:er|re)s|kilomet(?:er|re)s?|miles?|met(?:er|re)s|years?|months|weeks|days|hours|minutes|tons|tonnes))?\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{m})\.?|(?P<m2>{m})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)(?:,?\s+(?P<y>(?:19|20)\d\d))?\b".replace(
        "{m}", "|".join(sorted(_MONTHS, key=len, reverse=True))
    ),
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?P<part>early|mid|late)[- ](?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|of|since|by|until|from|during|last|early|late)\s+(?P<year>(?:1[5-9]|20)\d\d)\b")
_WEEKDAY = re.compile(r"\b(" + "|".join(_DAYS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """One comparable value: a number with its unit and what is counted, or a date."""

    start: int
    end: int
    kind: str  # "number", "date"
    unit: str  # for numbers: the unit or the noun counted; for dates: day, part, year or weekday
    amount: float
    about: bool = False  # with an approximator
    month: int = 0  # for dates
    vague: bool = False  # only an order of magnitude


def values_in(text: str) -> list[Value]:
    """The values of a sentence in text order, dates first where they overlap with numbers."""
    found = list(_dates(text))
    taken = [(v.start, v.end) for v in found]
    for value in [*_digits(text), *_spelled(text), *_vague(text)]:
        if not any(value.start < e and s < value.end for s, e in taken):
            found.append(value)
            taken.append((value.start, value.end))
    return sorted(found, key=lambda v: v.start)


def _dates(text: str) -> list[Value]:
    found = []
    for match in _DATE.finditer(text):
        month = _MONTHS[(match["m1"] or match["m2"]).casefold()]
        day = int(match["d1"] or match["d2"])
        if 1 <= day <= 31:
            found.append(Value(match.start(), match.end(), "date", "day", month * 100 + day, month=month))
    for match in _PART.finditer(text):
        month = _MONTHS[match["month"].casefold()]
        middle = {"early": 5, "mid": 15, "late": 26}[match["part"].casefold()]
        found.append(Value(match.start(), match.end(), "date", "part", month * 100 + middle, about=True, month=month))
    found += [Value(m.start("year"), m.end("year"), "date", "year", float(m["year"])) for m in _YEAR.finditer(text)]
    found += [
        Value(m.start(), m.end(), "date", "weekday", float(_DAYS[m[1].casefold()])) for m in _WEEKDAY.finditer(text)
    ]
    return found


def _counted(text: str, end: int) -> str:
    """The noun that a bare number counts: the last of up to three words after it, without its plural s."""
    words = re.match(r"(?:\s+(?:of\s+)?[\w'’-]+){1,3}", text[end : end + 60])
    if words is None:
        return ""
    for word in words.group().split():
        low = word.casefold()
        if low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "'s", "’s")):
            return low.removesuffix("s")
        if low in {"people", "children", "men", "women", "police", "personnel"}:
            return low
    return ""


def _digits(text: str) -> list[Value]:
    found = []
    for match in _NUMBER.finditer(text):
        number = float(re.sub(r"[,\u00a0 ]", "", match["digits"]))
        scale = (match["scale"] or "").strip().casefold()
        unit = (match["unit"] or "").strip().casefold().replace("percent", "percent")
        name = "money" if match["money"] else _UNITS.get(unit, "")
        if not name and 1500 <= number <= 2100 and not scale and "," not in match["digits"]:
            found.append(Value(match.start(), match.end(), "date", "year", number))
            continue
        name = name or _counted(text, match.end())
        found.append(
            Value(
                match.start(),
                match.end(),
                "number",
                name,
                number * _SCALE.get(scale, 1),
                bool(_ABOUT.search(text[: match.start()])),
            )
        )
    return found


def _vague(text: str) -> list[Value]:
    """Several, dozens, hundreds: an order of magnitude."""
    return [
        Value(
            m.start(), m.end(), "number", _counted(text, m.end()), _VAGUE[m["word"].casefold()], about=True, vague=True
        )
        for m in _LOOSE.finditer(text)
    ]


def _spelled(text: str) -> list[Value]:
    found = []
    for match in _SPELLED.finditer(text):
        number = float(_WORDS[match["word"].casefold()] + _WORDS.get((match["second"] or "").casefold(), 0))
        scale = (match["scale"] or "").strip().casefold()
        unit = (match["unit"] or "").strip().casefold()
        name = _UNITS.get(unit, "") or _counted(text, match.end())
        if match["word"].casefold() == "one" and not (unit or scale):
            continue
        factor = 12 if scale == "dozen" else _SCALE.get(scale, 1)
        found.append(
            Value(
                match.start(), match.end(), "number", name, number * factor, bool(_ABOUT.search(text[: match.start()]))
            )
        )
    return found
