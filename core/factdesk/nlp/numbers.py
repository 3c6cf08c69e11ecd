"""Numbers in a sentence with what they count or measure: counts, shares, sums of money, quantities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factdesk.compare.units import UNITS
from factdesk.model.spans import Span
from factdesk.model.values import Approximation, Value, ValueKind
from factdesk.nlp.counting import approximation, counted, suffix_approximation
from factdesk.nlp.number_words import DIGITS, NUMBER_SCALE, SHORT_SCALE, SPELLED, digits, scale, spelled
from factdesk.nlp.unit_words import CODES, COSTS, CURRENCIES, CURRENCY, NAMES, SIGNS, SYMBOLS, UNIT

_MONEY_SIGN = r"(?:US\$|AU?\$|CA?\$|HK\$|NZ\$|S\$|R\$|[$€£¥₽₴₹₩₺₪₦]|\b(?:" + "|".join(sorted(CODES)) + r")[ \u00a0]?)"


def _number(which: int) -> str:
    written = rf"(?P<n{which}>{DIGITS}|(?i:\b{SPELLED}\b))"
    return written + rf"(?P<s{which}>[\s-]?(?i:{NUMBER_SCALE})\b|\s?{SHORT_SCALE}(?!\w))?"


_NUMBER = re.compile(
    rf"(?<![\w.,:/#-])(?P<minus>(?:minus |[−-](?=\d)))?(?P<sign>{_MONEY_SIGN}\s?)?(?<![\w.,:/#])" + _number(1) + r"(?P<plus>\+)?"
    rf"(?:(?P<gap>\s?%|\s?(?i:per cent|percent))?(?P<to>\s?[–—-]\s?|\s(?:to|and|or)\s)(?P<sign2>{_MONEY_SIGN}\s?)?" + _number(2) + r"(?!(?:st|nd|rd|th)\b))?"
    r"(?![\d]|[.,:/]\d)"
)  # fmt: skip
_RISE = re.compile(r"\bfrom\s+(?:(?:about|around|some|nearly)\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|from|rang(?:e|es|ed|ing) from|anywhere from)\s+(?:(?:about|an estimated|some)\s+)?$", re.IGNORECASE
)
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|anywhere|between) (?:from )?$", re.IGNORECASE)
_MAGNITUDE = re.compile(r"\bmagnitude(?:[ -]| of | was )$", re.IGNORECASE)
_AGE = re.compile(r"\b(?:aged?|at the age of|at age)(?: of| between| from)? $", re.IGNORECASE)
_AGE_BEHIND_NAME = re.compile(r"[A-Z][\w’'-]+, $|[A-Z][\w’'-]+ \($")
_HEADS = re.compile(
    r"\b(?:article|section|chapter|page|pages|paragraph|figure|table|room|gate|route|highway|interstate|line|platform|flight|level|tier|stage|phase|step|grade|category|type|"
    r"version|unit|squad|zone|ward|number|nos?\.?|item|question|round|season|episode|game|resolution|clause|annex|rule|channel|boeing|airbus|apollo|windows|model|class|formula|"
    r"world war|air force|part|volume|area|block|building|apartment|suite|pier|terminal|lot|volume|verse|psalm|act|scene|exit|bus|tram|district|precinct|pp?\.|§+|#)\s?$",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"(?:^|\n)\s*(?:[(\[])?$")
_LOOSE_MONEY = frozenset({"won", "real", "rand", "dong", "lei", "lev", "leu"})
_HYPHENED = re.compile(
    r"-(?P<noun>member|person|strong|seat|storey|story|bed|page|point|vote|man|woman|car|room|nation|country)\b"
)
_ONE = re.compile(
    r"\s(?:(?:other|more|young|old|elderly|\w+ian|\w+ese|\w+ish|local|senior|pregnant) ){0,2}(?P<noun>person|man|woman|child|boy|girl|teenager|soldier|civilian|officer|policeman|"
    r"policewoman|passenger|student|pupil|employee|worker|victim|resident|body|pilot|sailor|guard|protester|police officer|firefighter|journalist|patient|prisoner|hostage|casualty|"
    r"fatality|death|tourist|driver|suspect|house|drone|missile|rocket|tank|ship|boat|plane|helicopter|aircraft|vehicle|bridge|injury|arrest)\b"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A number with what stands around it."""

    low: float
    high: float
    end: int
    approximation: Approximation


def numbers(text: str) -> Iterator[Value]:
    """The values of a sentence that are numbers, in text order; spans within the sentence."""
    for match in _NUMBER.finditer(text):
        yield from _values(text, match)


def _amount(match: re.Match[str], which: int) -> float:
    written = match[f"n{which}"]
    plain = digits(written) if written[0].isdigit() or not written[0].isalpha() else spelled(written)
    return plain * scale((match[f"s{which}"] or "").strip(" -"))


def _values(text: str, match: re.Match[str]) -> Iterator[Value]:
    if match["n2"] is None:
        yield from _single(text, match, 1)
        return
    first, second = _amount(match, 1), _amount(match, 2)
    before = text[: match.start()]
    connector = match["to"].strip()
    alike = not match["gap"] or UNIT.match(text, match.end()) is not None
    alike = alike and (bool(match["sign"]) or not match["sign2"])
    bounded = (
        alike
        and first < second
        and (
            (connector == "and" and _RANGING.search(before))
            or (connector == "to" and (not _RISE.search(before) or _RANGING.search(before)))
            or (connector in {"-", "–", "—"} and _named(text, match, 2))
        )
    )
    if bounded:
        if not match["s1"] and match["s2"] and first < 1000:
            first *= scale((match["s2"] or "").strip(" -"))
        yield from _built(text, match, match.end("s2") if match["s2"] else match.end("n2"), first, second)
    elif connector not in {"-", "–", "—"} or match["gap"] or match["sign"]:
        yield from _single(text, match, 1)
        again = _NUMBER.match(text, match.end("to")) if match.end("to") < len(text) else None
        if again is not None:
            yield from _values(text, again)


def _named(text: str, match: re.Match[str], which: int) -> bool:
    """Whether a unit or something counted stands behind, so that it is no score, flight or telephone number."""
    end = match.end(f"s{which}") if match[f"s{which}"] else match.end(f"n{which}")
    return bool(
        match["sign"] or match["gap"] or UNIT.match(text, end) or CURRENCY.match(text, end) or counted(text, end)
    )


def _single(text: str, match: re.Match[str], which: int) -> Iterator[Value]:
    end = match.end(f"s{which}") if match[f"s{which}"] else match.end(f"n{which}")
    end = match.end("plus") if match["plus"] and which == 1 else end
    amount = _amount(match, which)
    short = (match[f"s{which}"] or "").strip()
    if short == "m" and not (match["sign"] or CURRENCY.match(text, end) or counted(text, end)):
        end, amount = match.end(f"n{which}"), amount / 1e6  # metres
    yield from _built(text, match, end, amount, amount)


def _built(text: str, match: re.Match[str], end: int, low: float, high: float) -> Iterator[Value]:
    if match["minus"]:
        low, high = -high, -low
    read = _Read(low, high, end, _how_sure(text, match, end, low, high))
    made = _money(text, match, read) or _measured(text, match, read) or _count(text, match, read)
    if made is not None:
        yield made


def _how_sure(text: str, match: re.Match[str], end: int, low: float, high: float) -> Approximation:
    if low != high:
        return Approximation.EXACT
    if match["plus"]:
        return Approximation.MORE
    return approximation(text[: match.start()]) or suffix_approximation(text, end)


def _value(
    match: re.Match[str], kind: ValueKind, read: _Read, end: int, unit: str, *, start: int | None = None
) -> Value:
    at = match.start() if start is None else start
    text = match.string[at:end].rstrip()
    span = Span(at, at + len(text))
    return Value(kind, span, text, unit, round(read.low, 6), round(read.high, 6), read.approximation)


def _money(text: str, match: re.Match[str], read: _Read) -> Value | None:
    if match["sign"]:
        sign = match["sign"].strip()
        return _value(match, ValueKind.MONEY, read, read.end, "CNY" if sign == "RMB" else SIGNS.get(sign, sign))
    found = CURRENCY.match(text, read.end)
    if found is None:
        return None
    if found["pounds"]:
        near = text[max(0, match.start() - 60) : found.end() + 40]
        if not (read.high >= 1e5 or COSTS.search(near)) or text[found.end() : found.end() + 4] == " of ":
            return None
        unit = "GBP"
    elif found["name"]:
        name = found["name"].casefold()
        if name in _LOOSE_MONEY and read.high < 100:
            return None
        unit = CURRENCIES[name]
    else:
        unit = SIGNS.get(found["sign"], found["sign"]) if found["sign"] else found["code"].replace("RMB", "CNY")
    return _value(match, ValueKind.MONEY, read, found.end(), unit)


def _measured(text: str, match: re.Match[str], read: _Read) -> Value | None:
    before = text[max(0, match.start() - 30) : match.start()]
    found = UNIT.match(text, read.end)
    kind, end, unit = ValueKind.QUANTITY, read.end, ""
    if found is None and match["gap"]:
        kind, end = ValueKind.PERCENT, max(read.end, match.end("gap"))
    elif found is not None and (found["percent"] or found["per"]):
        kind, end = ValueKind.PERCENT, found.end()
        unit = "point" if "point" in (found["per"] or "").casefold() else ""
    elif _MAGNITUDE.search(before):
        unit = "magnitude"
    elif text.startswith(("-magnitude", " magnitude"), read.end):
        unit, end = "magnitude", read.end + len("-magnitude")
    elif _is_age(text, match, read, before, found):
        unit = "year old"
    elif found is not None:
        unit, end = _unit_of(found), found.end()
        if (
            unit not in UNITS
            or (unit == "time" and read.low > 100)
            or (found.group() == " day" and match["n1"] == "one")
        ):
            return None
        kind = ValueKind.PERCENT if unit == "basis point" else kind
    else:
        return None
    return _value(match, kind, read, end, unit)


def _unit_of(found: re.Match[str]) -> str:
    if found["symbol"]:
        return SYMBOLS[found["symbol"]]
    if found["heat"]:
        return "°" + str(found["heat"])
    name = re.sub(r"\s+", " ", found["name"].casefold())
    return NAMES.get(name) or NAMES.get(name.replace("-", " "), "")


def _is_age(text: str, match: re.Match[str], read: _Read, before: str, found: re.Match[str] | None) -> bool:
    if found is not None or not 0 < read.high <= 120:
        return False
    if _AGE.search(before):
        return True
    if read.low != read.high:
        return False
    behind = text[read.end : read.end + 1]
    return bool(
        match["n1"].isdigit() and _AGE_BEHIND_NAME.search(before) and behind in {",", ")", "."} and before[-3:-2] != "."
    )


def _count(text: str, match: re.Match[str], read: _Read) -> Value | None:
    before = text[: match.start()]
    written = match["n1"]
    if written.casefold() in {"one", "a", "an"} and not match["s1"]:
        one = _ONE.match(text, read.end)
        if one is None or before.casefold().endswith(("no ", "the ", "any ")):
            return None
        return _value(match, ValueKind.NUMBER, read, read.end, one["noun"].rsplit(" ", 1)[-1])
    hyphened = _HYPHENED.match(text, read.end)
    if hyphened is not None:
        noun = {"strong": "", "story": "storey"}.get(hyphened["noun"], hyphened["noun"])
        return _value(match, ValueKind.NUMBER, read, read.end, noun)
    behind = text[read.end : read.end + 2]
    if re.match(r"[-–]\w|\w", behind) or _part_of_name(text, match, read.end, before):
        return None
    unit = counted(text, read.end, before)
    if not unit and written.isdigit() and _LIST_MARK.search(before) and re.match(r"[.)]", behind):
        return None
    return _value(match, ValueKind.NUMBER, read, read.end, unit)


def _part_of_name(text: str, match: re.Match[str], end: int, before: str) -> bool:
    """Boeing 737, World War Two, Article 5: no count."""
    if _HEADS.search(before) or before.endswith("Group of "):
        return True
    written = match["n1"]
    first = not before.strip(" \"'“”‘’„«([—–-") or re.search(r"[.!?:]\s+[\"“‘(]?$", before) is not None
    if written[0].isupper():
        return not first
    last = re.search(r"(\w[\w’'.-]*)\s$", before)
    if last is None or not written[0].isdigit() or "," in written or match["s1"]:
        return False
    word = last[1]
    capital = word[0].isupper() and before[: last.start()].strip(" \"'“”‘’„«([—–-") != ""
    return capital and not counted(text, end) and word.casefold() not in {"some", "about", "over", "nearly", "almost"}
