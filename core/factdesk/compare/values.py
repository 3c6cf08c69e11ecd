"""Whether two articles state the same number, date or time, and how to show one.

Approximations count: "about 250" is the same as 240, "at least 12" as 14, "dozens" as 60; "mid-March" is the same as 18 March.
"""

import math
from collections.abc import Sequence
from datetime import date

from factdesk.compare.nouns import plural
from factdesk.compare.units import UNITS, in_base, measure
from factdesk.model.values import Approximation, Value, ValueKind

_CLOSE = 0.15  # how far "about" reaches
_UNITS_DIFFER = 0.05  # 60 miles are 100 kilometres, as articles convert
_FURTHER = 1.5  # how far "more than" reaches
_HOURS = 0.6  # hours that "about four o'clock" spans
_ALIKE = (
    "person people individual", "soldier troop serviceman servicewoman fighter combatant", "dead killed death fatality body", "injured wounded injury casualty", "home house dwelling",
    "arrested arrest detained detainee", "policeman officer policewoman", "child kid", "drone uav", "aircraft plane aeroplane airplane", "settlement village", "firm company",
    "blast explosion", "worker employee", "pupil schoolchild", "prisoner inmate",
)  # fmt: skip
_SYNONYM = {word: group.split()[0] for group in _ALIKE for word in group.split()}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def comparable(a: Value, b: Value) -> bool:
    """Whether both say how much or when of the same sort of thing, so that they can differ at all."""
    if a.kind is not b.kind:
        return False
    match a.kind:
        case ValueKind.NUMBER:
            return bool(a.unit and b.unit) and _thing(a.unit) == _thing(b.unit)
        case ValueKind.PERCENT:
            return (a.unit == "") == (b.unit == "")
        case ValueKind.MONEY:
            return a.unit == b.unit
        case ValueKind.QUANTITY:
            return measure(a.unit) == measure(b.unit)
        case ValueKind.DATE:
            return _form(a) == _form(b) != "" or {_form(a), _form(b)} in ({"day", "yearless"}, {"day", "weekday"})
        case _:
            return a.time.endswith("Z") == b.time.endswith("Z")


def same_value(a: Value, b: Value) -> bool:
    """Whether both may state one and the same value, by their approximations and the exactness of their units."""
    if a.kind is not b.kind:
        return False
    if a.kind is ValueKind.DATE:
        return comparable(a, b) and _same_days(a, b)
    if a.kind is ValueKind.NUMBER and not (a.unit and b.unit):
        return _same_amount(a, b)
    if not comparable(a, b):
        return False
    return _same_hours(a, b) if a.kind is ValueKind.TIME else _same_amount(a, b)


def differing(a: Sequence[Value], b: Sequence[Value]) -> list[tuple[Value, Value]]:
    """What differs: values of one claim without an equal in the other, each with the nearest comparable one that has none either."""
    mine = [x for x in a if not any(same_value(x, y) for y in b)]
    theirs = [y for y in b if not any(same_value(x, y) for x in a)]
    pairs = []
    for x in mine:
        others = [y for y in theirs if comparable(x, y) and _of_one_size(x, y)]
        if others:
            nearest = min(others, key=lambda y: (_distance(x, y), y.span))
            theirs.remove(nearest)
            pairs.append((x, nearest))
    return pairs


def _thing(unit: str) -> str:
    unit = unit.casefold()
    return _SYNONYM.get(unit, unit)


def _base(v: Value) -> tuple[float, float]:
    low, high = v.low or 0.0, v.high or 0.0
    if v.kind in {ValueKind.QUANTITY, ValueKind.PERCENT}:
        return in_base(low, v.unit), in_base(high, v.unit)
    return low, high


def _reach(v: Value) -> tuple[float, float]:
    """The amounts that the statement allows."""
    low, high = sorted(_base(v))
    size = max(abs(low), abs(high))
    match v.approximation:
        case Approximation.ABOUT:
            return low - _CLOSE * size, high + _CLOSE * size
        case Approximation.MORE:
            return low * 0.97, max(high * _FURTHER, high + 3)
        case Approximation.LESS:
            return min(low / _FURTHER, low - 3), high * 1.03
        case Approximation.VAGUE:
            return low * 0.8, high * 1.2
        case _:
            return low, high


def _same_amount(a: Value, b: Value) -> bool:
    if a.low is None or b.low is None:
        return False
    one, two = _reach(a), _reach(b)
    if a.approximation is b.approximation and a.approximation in {Approximation.MORE, Approximation.LESS}:
        return _near(_base(a)[0], _base(b)[0], _CLOSE)
    slack = (
        _UNITS_DIFFER * max(abs(x) for x in (*one, *two)) if a.unit != b.unit and a.kind is ValueKind.QUANTITY else 0
    )
    if measure(a.unit) == "temperature":
        slack = 1.0 if a.unit != b.unit else 0.0
    if one[0] <= two[1] + slack + 1e-9 and two[0] <= one[1] + slack + 1e-9:
        return True
    return a.low == a.high and b.low == b.high and _rounded(*sorted((a, b), key=_exactness))


def _exactness(v: Value) -> int:
    """Significant digits as written."""
    return len(f"{_base(v)[0]:.10g}".replace(".", "").replace("-", "").strip("0"))


def _rounded(coarse: Value, fine: Value) -> bool:
    """Whether the coarser number is the finer one rounded: 27,000 for 27,100, 12% for 12.4%."""
    x, y = _base(coarse)[0], _base(fine)[0]
    figures = _exactness(coarse)
    if not x or not y or (figures < 2 and (y == int(y) or abs(y) < 1)):
        return False
    step = 10 ** (math.floor(math.log10(abs(x))) - figures + 1)
    return abs(x - y) <= step / 2 + 1e-9 and _near(x, y, 0.05)


def _near(x: float, y: float, share: float) -> bool:
    return abs(x - y) <= share * max(abs(x), abs(y), 1e-9)


def _same_hours(a: Value, b: Value) -> bool:
    one, two = ((v.low or 0.0, v.high or 0.0) for v in (a, b))
    slack = _HOURS * (Approximation.ABOUT in {a.approximation, b.approximation}) + 1e-3
    nights = (0, 24, -24)  # a night goes on after midnight
    return any(one[0] + turn <= two[1] + slack and two[0] <= one[1] + turn + slack for turn in nights)


def _form(v: Value) -> str:
    """How a date is known: by its day, without the year, by its weekday, or not at all."""
    day = v.first_day
    return "" if not day else "weekday" if day.startswith("-W") else "yearless" if day.startswith("--") else "day"


def _same_days(a: Value, b: Value) -> bool:
    forms = {_form(a), _form(b)}
    one, two = (_days_as(v, forms) for v in (a, b))
    if "weekday" in forms or "yearless" in forms:
        return one[0] <= two[1] and two[0] <= one[1]
    slack = 3 if Approximation.ABOUT in {a.approximation, b.approximation} else 0
    x, y = _numbers(*one), _numbers(*two)
    if a.approximation is not b.approximation:
        x, y = _open(x, a.approximation), _open(y, b.approximation)
    within = x[0] - slack <= y[0] and y[1] <= x[1] + slack
    return within or (y[0] - slack <= x[0] and x[1] <= y[1] + slack) or _last_days(a, b, x, y)


def _last_days(a: Value, b: Value, x: tuple[int, int], y: tuple[int, int]) -> bool:
    """Two stretches of like length that share most of their days: the past week, last week."""
    shared = min(x[1], y[1]) - max(x[0], y[0]) + 1
    return a.first_day != a.last_day and b.first_day != b.last_day and shared * 2 >= max(x[1] - x[0], y[1] - y[0]) + 1


def _open(days: tuple[int, int], how: Approximation) -> tuple[int, int]:
    if how is Approximation.MORE:
        return days[0], days[1] + 3_650_000
    return (days[0] - 3_650_000, days[1]) if how is Approximation.LESS else days


def _numbers(first: str, last: str) -> tuple[int, int]:
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def _days_as(v: Value, forms: set[str]) -> tuple[str, str]:
    """Both ends in the poorer of the two forms, so that they can be compared."""
    first, last = v.first_day, v.last_day
    if _form(v) != "day":
        return first, last
    if "yearless" in forms:
        return "--" + first[5:], "--" + last[5:]
    if "weekday" in forms:
        one, two = date.fromisoformat(first), date.fromisoformat(last)
        return (f"-W-{one.isoweekday()}", f"-W-{two.isoweekday()}") if (two - one).days < 6 else ("-W-1", "-W-7")
    return first, last


def _of_one_size(x: Value, y: Value) -> bool:
    """Whether a difference means anything: a day against a month, not a day against a year."""
    if x.kind is ValueKind.NUMBER or x.kind is not ValueKind.DATE or {_form(x), _form(y)} != {"day"}:
        return True
    long = [b - a > 32 for a, b in (_numbers(v.first_day, v.last_day) for v in (x, y))]
    return long[0] == long[1]


def _distance(x: Value, y: Value) -> float:
    if x.kind is ValueKind.DATE:
        if {_form(x), _form(y)} != {"day"}:
            return 0.0
        return abs(_numbers(x.first_day, x.last_day)[0] - _numbers(y.first_day, y.last_day)[0])
    a, b = sum(_base(x)) / 2, sum(_base(y)) / 2
    return abs(a - b) / max(abs(a), abs(b), 1e-9)


def normal_form(v: Value) -> str:
    """The value for people: "about 250 soldiers", "20%", "between 30 and 40 km", "18 March 2025", "16:30 UTC"."""
    match v.kind:
        case ValueKind.DATE:
            return _date_form(v)
        case ValueKind.TIME:
            return _time_form(v)
        case ValueKind.PERCENT | ValueKind.MONEY | ValueKind.QUANTITY | ValueKind.NUMBER:
            return _amount_form(v)


def _amount_form(v: Value) -> str:
    low, high = v.low or 0.0, v.high or 0.0
    unit = _unit_form(v, high)
    if v.approximation is Approximation.VAGUE:
        word = v.text if not v.unit or v.kind is ValueKind.NUMBER else ""
        of = " of" if word.casefold().endswith("s") and v.unit and not word.casefold().startswith("several") else ""
        return f"{word}{of}{unit}" if word else v.text
    amount = _figures(low) if low == high else f"between {_figures(low)} and {_figures(high)}"
    lead = f"{v.approximation.value} " if v.approximation else ""
    return f"{lead}{amount}{unit}"


def _unit_form(v: Value, amount: float) -> str:
    if v.kind is ValueKind.PERCENT:
        return "%" if not v.unit else " percentage points" if v.unit == "point" else " basis points"
    if not v.unit:
        return ""
    if v.unit in {"year old", "month old"}:
        return f" {plural(v.unit.removesuffix(' old')) if amount != 1 else v.unit.removesuffix(' old')} old"
    known = UNITS.get(v.unit)
    if v.kind is ValueKind.MONEY or (known is not None and known.symbol):
        return " " + v.unit.replace("m2", "m²").replace("m3", "m³")
    return " " + (v.unit if amount == 1 else plural(v.unit))


def _figures(amount: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(amount) >= size and len(f"{amount / size:.10g}") <= 5:
            return f"{amount / size:.10g} {word}"
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.10g}" if abs(amount) >= 1000 else f"{amount:.4g}"


def _time_form(v: Value) -> str:
    if not v.time:
        return v.text
    shown = v.time.removesuffix("Z")
    if v.high is not None and v.low is not None and v.high > v.low:
        shown += f" to {int(v.high) % 24:02d}:{round(v.high % 1 * 60):02d}"
    lead = f"{v.approximation.value} " if v.approximation is Approximation.ABOUT else ""
    return lead + shown + (" UTC" if v.time.endswith("Z") else "")


def _date_form(v: Value) -> str:
    form = _form(v)
    if not form:
        return v.text
    if form == "weekday":
        shown = "–".join(dict.fromkeys(_WEEKDAYS[int(day[-1]) - 1] for day in (v.first_day, v.last_day)))
    else:
        shown = _days_form(v.first_day, v.last_day)
    lead = {Approximation.ABOUT: "about ", Approximation.MORE: "from ", Approximation.LESS: "until "}
    tail = " on" if v.approximation is Approximation.MORE else ""
    return lead.get(v.approximation, "") + shown + tail


def _days_form(first: str, last: str) -> str:
    year, month, day = _parts(first)
    year2, month2, day2 = _parts(last)
    if first == last:
        return _day_form(day, month, year)
    if (year, month) == (year2, month2):
        named = f"{_MONTHS[month - 1]} {year}".rstrip()
        stretch = {
            (1, 10): "early ",
            (10, 20): "mid-",
            (20, _month_end(year, month)): "late ",
            (1, _month_end(year, month)): "",
        }
        return stretch[day, day2] + named if (day, day2) in stretch else f"{day}–{day2} {named}"
    if (day, day2) == (1, _month_end(year2, month2)):
        if (month, month2) == (1, 12):
            return year if year == year2 else f"{year}–{year2}"
        start = _MONTHS[month - 1] + (f" {year}" if year != year2 else "")
        return f"{start}–{_MONTHS[month2 - 1]} {year2}".rstrip()
    return f"{_day_form(day, month, year if year != year2 else '')} – {_day_form(day2, month2, year2)}"


def _day_form(day: int, month: int, year: str) -> str:
    return f"{day} {_MONTHS[month - 1]} {year}".rstrip()


def _month_end(year: str, month: int) -> int:
    if month == 2:
        leap = not year or (int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0))
        return 29 if leap else 28
    return 30 if month in {4, 6, 9, 11} else 31


def _parts(day: str) -> tuple[str, int, int]:
    if day.startswith("--"):
        return "", int(day[2:4]), int(day[5:7])
    return str(int(day[:4])), int(day[5:7]), int(day[8:10])
