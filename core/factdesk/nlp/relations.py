"""How two linked claims stand to each other, and why, in one line. Conflicts are called only where they are likely to be real."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from factdesk.compare.units import in_base
from factdesk.compare.values import differing, normal_form, same_value
from factdesk.model.claims import Relation
from factdesk.model.spans import Span
from factdesk.model.values import Approximation, Value, ValueKind
from factdesk.nlp.denials import contradicted
from factdesk.nlp.fates import counts_people, fate, is_fate
from factdesk.nlp.outcomes import opposite
from factdesk.nlp.surroundings import agreement, touching

_SAME = 0.75  # score from which on two claims are taken to state one fact
_SAME_MATTER = (
    0.25  # agreement of the words around two numbers from which on they count the same, in a link just offered
)
_SURER = 0.25  # how much less it may be for each point of the score above that
_HIDDEN = 0.27  # the same for claims that are too little alike to be linked otherwise
_SAME_DAY = 0.3  # the same for days and hours, which name more than one thing in most sentences
_SAME_PART = 0.45  # the same for parts of the day: through the night, in the morning
_LONG = 2.0  # hours from which on a time of day is a part of it
_SURE = 0.65  # score from which on another day or outcome means a conflict
_ONE_FATE = 0.65  # where only one of two numbers of people says what became of them
_TIMES = 3.0  # numbers further apart than this count different things
_TIMES_VAGUE = 12.0  # "several" and "dozens"
_AGE, _YEARS = "year old", 2  # how far apart reports of one person's age may be
_WHEN = {ValueKind.DATE, ValueKind.TIME}


class Stated(Protocol):
    """What the comparison needs of a claim."""

    @property
    def span(self) -> Span:
        """Where it stands in its article, as its values do."""

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
    if not offered:
        both = ", ".join(sorted(a.names & b.names)[:3])
        return Relation.DIFFERS, f"both name {both}" if both else "some of the same words"
    pairs = differing(a.values, b.values) if a.values and b.values else []
    clash = _contradiction(a, b, score, pairs)
    if clash:
        return Relation.CONFLICTS, clash
    other = next((f"{normal_form(x)} / {normal_form(y)}" for x, y in pairs), "")
    if score >= _SAME and not other:
        return Relation.SAME, _in_common(a, b, "both: {}", "nearly the same words")
    if other:
        return Relation.DIFFERS, other
    return Relation.DIFFERS, _in_common(
        a, b, "both name {}, but say different things about it", "some of the same words"
    )


def _contradiction(a: Stated, b: Stated, score: float, pairs: Sequence[tuple[Value, Value]]) -> str:
    if a.names and b.names and not a.names & b.names:
        return ""  # about other people or places
    clash = _toll_clash(a, b) or _other_value(a, b, score, pairs)
    if not clash and score >= _SURE:
        clash = opposite(a.text, b.text, named=bool(a.names & b.names))
    return clash or contradicted(a.text, b.text)


def hidden_clash(a: Stated, b: Stated) -> str:
    """Different numbers of the same thing in claims that share few other words, "" when there are none."""
    if not (a.values and b.values):
        return ""
    for x, y in differing(a.values, b.values):
        vague = Approximation.VAGUE in {x.approximation, y.approximation}
        if (
            x.kind not in _WHEN
            and not vague
            and _of_one_size(x, y)
            and _about(a, x, b, y) >= _enough(a, x, b, y, _HIDDEN)
        ):
            return f"{normal_form(x)} / {normal_form(y)}"
    return ""


def other_toll(a: Stated, b: Stated) -> str:
    """Different numbers of people with one fate in claims that name no other people or places, "" when there are none."""
    if not (a.values and b.values) or (a.names and b.names and not a.names & b.names):
        return ""
    return _toll_clash(a, b)


def _in_common(a: Stated, b: Stated, named: str, otherwise: str) -> str:
    both = sorted(a.names & b.names)[:3]
    both += [normal_form(x) for x in a.values if any(same_value(x, y) for y in b.values)][:1]
    return named.format(", ".join(both)) if both else otherwise


def _other_value(a: Stated, b: Stated, score: float, pairs: Sequence[tuple[Value, Value]]) -> str:
    for x, y in pairs:
        if x.kind in _WHEN:
            alone = all(sum(v.kind is x.kind for v in claim.values) == 1 for claim in (a, b))
            enough = _SAME_PART if _is_long(x, y) else _SAME_DAY
            clash = alone and score >= _SURE and _about(a, x, b, y) >= enough
            clash = clash and touching(a.text, _within(a, x), b.text, _within(b, y))
        else:
            enough = _enough(a, x, b, y, _SAME_MATTER - _SURER * max(0.0, score - 0.5))
            clash = _of_one_size(x, y) and _about(a, x, b, y) >= enough and not _is_left_open(a, x, b, y)
        if clash:
            return f"{normal_form(x)} / {normal_form(y)}"
    return ""


def _toll_clash(a: Stated, b: Stated) -> str:
    """Two numbers of people who met the same fate."""
    mine, theirs = _tolls(a), _tolls(b)
    for what, x in mine.items():
        y = theirs.get(what)
        if y is not None and _of_one_size(x, y) and not _same_number(x, y):
            known = any(_same_number(x, v) for v in b.values) or any(_same_number(y, v) for v in a.values)
            if not known:
                return f"{normal_form(x)} / {normal_form(y)}"
    return ""


def _same_number(x: Value, y: Value) -> bool:
    """Whether two may be one number, of whatever people: of three men and three workers."""
    return (
        same_value(replace(x, unit=""), replace(y, unit=""))
        if x.kind is y.kind is ValueKind.NUMBER
        else same_value(x, y)
    )


def _is_left_open(a: Stated, x: Value, b: Stated, y: Value) -> bool:
    """Whether one sentence has the other's number too, without saying of what: "shot at three people, killing one"."""
    return any(
        (not v.unit or is_fate(v.unit)) and (_same_number(w, v) or _same_figure(w, v))
        for w, claim in ((x, b), (y, a))
        for v in claim.values
    )


def _same_figure(x: Value, bare: Value) -> bool:
    """Whether a number without a unit is the same: 40 million euros, 40 million."""
    return bare.kind is ValueKind.NUMBER and not bare.unit and x.low is not None and x.low == x.high == bare.low


def _is_loose(x: Value, y: Value) -> bool:
    """Whether neither says enough to contradict the other: "several" and "at least 24"."""
    bounds = {Approximation.MORE, Approximation.LESS}
    return any(
        one.approximation is Approximation.VAGUE and other.approximation in bounds for one, other in ((x, y), (y, x))
    )


def _tolls(claim: Stated) -> dict[str, Value]:
    """The first number of people with each fate."""
    found: dict[str, Value] = {}
    for value in claim.values:
        if counts_people(value) and (what := fate(claim.text, _within(claim, value))):
            found.setdefault(what, value)
    return found


def _enough(a: Stated, x: Value, b: Stated, y: Value, usual: float) -> float:
    """The agreement of the words around two numbers that shows that they count the same."""
    one, other = (
        fate(claim.text, _within(claim, value)) if counts_people(value) else "" for claim, value in ((a, x), (b, y))
    )
    return usual if one == other else max(usual, _ONE_FATE)


def _about(a: Stated, x: Value, b: Stated, y: Value) -> float:
    return agreement(a.text, _within(a, x), b.text, _within(b, y))


def _within(claim: Stated, value: Value) -> Span:
    return Span(value.span.start - claim.span.start, value.span.end - claim.span.start)


def _is_long(x: Value, y: Value) -> bool:
    return any(v.kind is ValueKind.TIME and (v.high or 0.0) - (v.low or 0.0) > _LONG for v in (x, y))


def _of_one_size(x: Value, y: Value) -> bool:
    """Whether two numbers are near enough to be about one thing."""
    if _is_loose(x, y):
        return False
    if x.unit == y.unit == _AGE and abs((x.low or 0.0) - (y.low or 0.0)) > _YEARS:
        return False  # the ages of two people
    one, other = sorted(abs(in_base(v.low or 0.0, v.unit) + in_base(v.high or 0.0, v.unit)) for v in (x, y))
    vague = Approximation.VAGUE in {x.approximation, y.approximation}
    return other <= (_TIMES_VAGUE if vague else _TIMES) * one
