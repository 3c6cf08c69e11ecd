"""How two linked claims stand to each other, and why, in one line."""

import re
from typing import Protocol

from factdesk.model.claims import Relation
from factdesk.nlp.values import Value

_SAME = 0.75  # score from which on two claims are taken to state one fact
_SAME_NUMBER = 0.03
_OPPOSITES = (
    (r"confirm\w*|acknowledg\w*|admit\w*", r"den(?:y|ies|ied)\w*|reject\w*|refut\w*"),
    (r"captur\w+|seiz\w+|advanc\w+|occup\w+|reached|entered|broke through|broken through|operating", r"repel\w+|prevent\w+|pull\w* back|retreat\w*|withdr\w+|had not fallen|failed|foiled|thwart\w+"),
    (r"succe\w+", r"fail\w+|unsuccessful\w*"),
    (r"increas\w+|rose|risen|grew|up", r"decreas\w+|fell|fallen|declin\w+|drop\w+|down"),
    (r"guilty|convict\w+", r"innocent|acquit\w+|not guilty"),
    (r"alive|surviv\w+", r"died|dead|killed"),
    (r"support\w*|back\w*", r"oppos\w+"),
    (r"agree\w*", r"refus\w+|disagree\w*|did not agree"),
)  # fmt: skip
_NOT = re.compile(r"\b(?:not|no|never|n['’]t|without|denied|denies)\b|n['’]t\b", re.IGNORECASE)


class Stated(Protocol):
    """What the comparison needs of a claim."""

    @property
    def text(self) -> str:
        """Its wording."""

    @property
    def names(self) -> frozenset[str]:
        """The canonical names in it."""

    @property
    def values(self) -> tuple[Value, ...]:
        """Its values."""


def compare(a: Stated, b: Stated, score: float, *, offered: bool = True) -> tuple[Relation, str]:
    """The relation and its reason; conflicts only where a value or an outcome of the same thing differs."""
    clash = _other_number(a, b) or _other_date(a, b)
    if clash and offered:
        return Relation.CONFLICTS, clash
    outcome = _other_outcome(a.text, b.text)
    if outcome and offered:
        return Relation.CONFLICTS, outcome
    both = ", ".join(sorted(a.names & b.names)[:3])
    if score >= _SAME:
        return Relation.SAME, f"both: {both}" if both else "nearly the same words"
    return (
        Relation.DIFFERS,
        f"both name {both}, but say different things about it" if both else "some of the same words",
    )


def _other_number(a: Stated, b: Stated) -> str:
    for x in a.values:
        for y in b.values:
            if x.kind == y.kind == "number" and x.unit and x.unit == y.unit and not _near(x, y):
                if any(_near(x, z) and z.unit == x.unit for z in b.values) or any(
                    _near(y, z) and z.unit == y.unit for z in a.values
                ):
                    continue
                return f"{a.text[x.start : x.end]} / {b.text[y.start : y.end]}".strip()
    return ""


def _near(x: Value, y: Value) -> bool:
    if x.vague or y.vague:
        return max(x.amount, y.amount) <= 4 * max(min(x.amount, y.amount), 1e-9)
    slack = 0.15 if x.about or y.about else _SAME_NUMBER
    return abs(x.amount - y.amount) <= slack * max(abs(x.amount), abs(y.amount), 1e-9)


def _other_date(a: Stated, b: Stated) -> str:
    days_a = [v for v in a.values if v.kind == "date" and v.unit in {"day", "part"}]
    days_b = [v for v in b.values if v.kind == "date" and v.unit in {"day", "part"}]
    if len(days_a) != 1 or len(days_b) != 1:
        return ""
    x, y = days_a[0], days_b[0]
    slack = 6 if x.about or y.about else 0
    if abs(x.amount - y.amount) <= slack:
        return ""
    return f"{a.text[x.start : x.end]} / {b.text[y.start : y.end]}"


def _other_outcome(a: str, b: str) -> str:
    for yes, no in _OPPOSITES:
        for x, y in ((a, b), (b, a)):
            first = re.search(rf"\b(?:{yes})\b", x, re.IGNORECASE)
            second = re.search(rf"\b(?:{no})\b", y, re.IGNORECASE)
            if (
                first
                and second
                and not re.search(rf"\b(?:{no})\b", x, re.IGNORECASE)
                and not re.search(rf"\b(?:{yes})\b", y, re.IGNORECASE)
            ):
                return f"{first.group()} / {second.group()}" if x is a else f"{second.group()} / {first.group()}"
    return ""
