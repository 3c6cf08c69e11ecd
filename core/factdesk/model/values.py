"""Numbers, dates and times that a claim states, normalised so that two sources can be compared."""

from dataclasses import dataclass
from enum import StrEnum

from factdesk.model.spans import Span


class ValueKind(StrEnum):
    """What is measured or named."""

    NUMBER = "number"  # a count of something; the unit is what is counted ("soldier"), "" when unknown
    PERCENT = "percent"
    MONEY = "money"  # the unit is an ISO 4217 code where known, else the sign as written
    QUANTITY = "quantity"  # the unit is one of the SI or its everyday name ("km", "km2", "kg", "day")
    DATE = "date"
    TIME = "time"


class Approximation(StrEnum):
    """How exact a value claims to be."""

    EXACT = ""
    ABOUT = "about"
    MORE = "more than"
    LESS = "less than"
    VAGUE = "vague"  # "dozens", "several": an order of magnitude


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a claim."""

    kind: ValueKind
    span: Span  # in the article's text
    text: str  # as written
    unit: str = ""
    low: float | None = None  # number, share or amount in `unit`; both ends are the same for one number
    high: float | None = None
    approximation: Approximation = Approximation.EXACT
    first_day: str = ""  # ISO 8601 dates, both ends included; "" when the day is not known
    last_day: str = ""
    time: str = ""  # ISO 8601 time of day, as precise as stated


@dataclass(frozen=True, slots=True)
class Attribution:
    """One voice in the chain of who says it, the one the article names as the speaker first, its source next."""

    name: str  # canonical name where known
    span: Span | None = None  # where the article names it
    cue: str = ""  # the word of saying: "said", "according to", "citing"
