"""Numbers without figures: dozens, several, a handful, a third, one in five."""

import re
from collections.abc import Iterator

from factdesk.compare.units import UNITS
from factdesk.model.spans import Span
from factdesk.model.values import Approximation, Value, ValueKind
from factdesk.nlp.counting import approximation, counted
from factdesk.nlp.number_words import ONES
from factdesk.nlp.unit_words import CURRENCIES, CURRENCY, NAMES, UNIT

_VAGUE: dict[str, tuple[float, float]] = {
    "tens of millions": (2e7, 9.9e7), "tens of thousands": (2e4, 9.9e4), "hundreds of thousands": (2e5, 9.9e5), "hundreds of millions": (2e8, 9.9e8),
    "thousands": (2e3, 9999), "millions": (2e6, 9.9e6), "billions": (2e9, 9.9e9), "hundreds": (200, 999), "dozens": (24, 99), "scores": (40, 99),
    "several hundred": (300, 900), "several thousand": (3e3, 9e3), "several million": (3e6, 9e6), "several billion": (3e9, 9e9), "several dozen": (36, 99),
    "a few hundred": (200, 600), "a few thousand": (2e3, 6e3), "a few million": (2e6, 6e6), "a few dozen": (24, 72), "several": (3, 9), "a few": (2, 6),
    "a handful of": (3, 6), "a couple of": (2, 2), "a couple": (2, 2),
}  # fmt: skip
_LOOSE = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in sorted(_VAGUE, key=len, reverse=True)) + r")\b(?! other than)", re.IGNORECASE
)  # fmt: skip
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20,
}  # fmt: skip
_FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<many>two|three|four|five|six|seven|eight|nine)[ -](?P<parts>thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths)\b"
    r"|(?P<one>(?:a|one)[ -](?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twentieth)|half)(?= of (?!an? (?:hour|mile|century|day|year|million))|\s+(?:the|its|their|his|her|all|our)\b)"
    r"|(?<=\bby )(?P<by>(?:a|one)[ -](?:third|quarter|fifth|tenth)|half)\b)",
    re.IGNORECASE,
)  # fmt: skip
_UNIT_HALF = re.compile(
    r"\b(?P<whole>(?:an?|one) (?P<w>hour|year|month|week|day|century|mile|kilomet(?:er|re)) and a half)\b|\bhalf (?:an?|a) (?P<half>hour|year|century|mile|kilomet(?:er|re)|day)\b|\bhalf-(?P<hy>hour|mile|century)\b",
    re.IGNORECASE,
)  # fmt: skip
_WORD = "|".join(sorted(ONES, key=len, reverse=True))
_IN = re.compile(
    rf"\b(?P<a>\d{{1,3}}|{_WORD})[ -](?:in(?: every)?|out of(?: every)?)[ -](?P<b>\d{{1,3}}|{_WORD})\b(?!,\d)",
    re.IGNORECASE,
)
_STATED = "hour|day|week|month|year|minute|mile|kilometer|kilometre|meter|metre|degree"
_A_UNIT = re.compile(
    rf"(?<=\bfor )an? (?P<unit>{_STATED})\b(?! and a half)|(?<=\bthan )an? (?P<more>{_STATED}|decade|century)\b(?! and a half)",
    re.IGNORECASE,
)


def loose_numbers(text: str, shown: frozenset[str]) -> Iterator[Value]:
    """The values of a sentence whose size is told by a word alone; spans within it; `shown` are its hints."""
    if "ratio" in shown and ("digit" in shown or "number" in shown):
        yield from _ratios(text)
    if "loose" not in shown:
        return
    yield from _shares(text)
    yield from _halves(text)
    for match in _A_UNIT.finditer(text):
        unit = NAMES[(match["unit"] or match["more"]).casefold()]
        yield _made(match, ValueKind.QUANTITY, unit, 1.0, 1.0, approximation(text[: match.start()]))
    for match in _LOOSE.finditer(text):
        yield from _vague(text, match)


def _made(
    match: re.Match[str],
    kind: ValueKind,
    unit: str,
    low: float,
    high: float,
    how: Approximation,
    end: int | None = None,
) -> Value:
    span = Span(match.start(), match.end() if end is None else end)
    return Value(kind, span, span.of(match.string), unit, low, high, how)


def _vague(text: str, match: re.Match[str]) -> Iterator[Value]:
    word = match.group().casefold()
    low, high = _VAGUE[word]
    how = Approximation.ABOUT if low == high else Approximation.VAGUE
    if word == "scores" and not text.startswith(" of ", match.end()):
        return
    behind = match.end() + 3 if text.startswith(" of", match.end()) else match.end()
    if word.endswith(" of"):
        behind = match.end()
    unit = UNIT.match(text, behind)
    if unit is not None and unit["name"]:
        name = NAMES.get(re.sub(r"\s+", " ", unit["name"].casefold()), "")
        if name in UNITS:
            yield _made(match, ValueKind.QUANTITY, name, low, high, how, unit.end())
        return
    money = CURRENCY.match(text, behind)
    if money is not None and (money["name"] or money["pounds"]):
        code = "GBP" if money["pounds"] else CURRENCIES[money["name"].casefold()]
        yield _made(match, ValueKind.MONEY, code, low, high, how, money.end())
        return
    noun = counted(text, behind)
    if noun or word not in {"several", "a few", "a couple", "thousands", "hundreds"}:
        yield _made(match, ValueKind.NUMBER, noun, low, high, how)


def _shares(text: str) -> Iterator[Value]:
    for match in _FRACTION.finditer(text):
        if match["many"]:
            share = ONES[match["many"].casefold()] / _PARTS[match["parts"].casefold().removesuffix("s")]
        else:
            share = 1 / _PARTS[re.split(r"[ -]", (match["one"] or match["by"]).casefold())[-1]]
        amount = round(100 * share, 4)
        if amount <= 100:
            yield _made(match, ValueKind.PERCENT, "", amount, amount, approximation(text[: match.start()]))


def _ratios(text: str) -> Iterator[Value]:
    for match in _IN.finditer(text):
        part, whole = (
            ONES.get(w.casefold()) or float(w) if not w.isdigit() else float(w) for w in (match["a"], match["b"])
        )
        if 0 < part < whole:
            amount = round(100 * part / whole, 4)
            yield _made(match, ValueKind.PERCENT, "", amount, amount, approximation(text[: match.start()]))


def _halves(text: str) -> Iterator[Value]:
    for match in _UNIT_HALF.finditer(text):
        word = (match["w"] or match["half"] or match["hy"]).casefold()
        how = approximation(text[: match.start()])
        amount = 1.5 if match["w"] else 0.5
        yield _made(match, ValueKind.QUANTITY, NAMES[word], amount, amount, how)
