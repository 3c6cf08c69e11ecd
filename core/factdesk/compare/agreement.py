"""How far reviewers agree: Cohen's kappa, Krippendorff's alpha, agreement on each label and on spans.

Each figure comes with how many things it rests on, a 95 % interval, and a sentence where it is undefined or weak.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from factdesk.model.spans import Span

SMALL = 30
"""Fewer things than this say little; the remark tells so."""

NO_SHARED = "They marked nothing in the same article."

_RESAMPLES = 1000
_Z = 1.959964  # of a normal distribution, for 95 %

Rating = Mapping[str, str]
"""What reviewers said about one thing: label by reviewer's name."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two reviewers on what both judged.

    Attributes:
        table: how often the first said a label (row) where the second said one (column), in the order of `labels`.
        observed: share of things on which they agree; None without any.
        kappa: Cohen's kappa (1960); None where undefined.
        interval: of kappa, by its asymptotic standard error (Fleiss, Cohen and Everitt 1969).
        on_label: for each label the share of its uses by either on which both agree (specific agreement).
    """

    reviewers: tuple[str, str]
    labels: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    count: int
    observed: float | None
    kappa: float | None
    interval: tuple[float, float] | None
    on_label: dict[str, float]
    remark: str


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha for nominal labels: any number of reviewers, not all of whom judged everything."""

    value: float | None
    interval: tuple[float, float] | None  # percentiles of a bootstrap over the things judged
    count: int  # things judged by two or more
    reviewers: int
    remark: str


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How far two reviewers marked the same passages."""

    reviewers: tuple[str, str]
    first: int  # spans of each
    second: int
    exact: int  # spans that both have, edge for edge
    touching: int  # spans of the first that share a character with one of the second, one to one
    remark: str

    @property
    def f1_exact(self) -> float | None:
        """Harmonic mean of the shares of spans that the other has too, edge for edge."""
        return _f1(self.exact, self.first, self.second)

    @property
    def f1_touching(self) -> float | None:
        """The same, counting overlapping spans."""
        return _f1(self.touching, self.first, self.second)


def pairs_of(ratings: Sequence[Rating]) -> list[tuple[str, str]]:
    """All pairs of reviewers who judged something in common, by name."""
    found = {pair for rating in ratings for pair in combinations(sorted(rating), 2)}
    return sorted(found)


def agree(ratings: Sequence[Rating], first: str, second: str, labels: Sequence[str]) -> PairAgreement:
    """Two reviewers on the things that both judged."""
    said = [(rating[first], rating[second]) for rating in ratings if first in rating and second in rating]
    counts = Counter(said)
    table = tuple(tuple(counts[one, other] for other in labels) for one in labels)
    count = len(said)
    observed = sum(one == other for one, other in said) / count if count else None
    kappa, error = _kappa(table, count)
    interval = None
    if kappa is not None and error is not None:
        interval = (max(-1.0, kappa - _Z * error), min(1.0, kappa + _Z * error))
    return PairAgreement(
        reviewers=(first, second),
        labels=tuple(labels),
        table=table,
        count=count,
        observed=observed,
        kappa=kappa,
        interval=interval,
        on_label=_specific(table, labels),
        remark=_remark(count, kappa, said),
    )


def alpha(ratings: Sequence[Rating], labels: Sequence[str]) -> Alpha:
    """Krippendorff's alpha over everything that two or more reviewers judged."""
    rated = [rating for rating in ratings if len(rating) > 1]
    reviewers = len({name for rating in rated for name in rating})
    used = {label for rating in rated for label in rating.values()}
    if not rated:
        return Alpha(None, None, 0, reviewers, "Nothing was judged by two reviewers.")
    if len(used) < 2:
        only = next(iter(used))
        return Alpha(
            None, None, len(rated), reviewers,
            f"Everybody said “{only}” every time. Without a second label, agreement by chance cannot be told apart.",
        )  # fmt: skip
    rows = [[Counter(rating.values())[label] for label in labels] for rating in rated]
    value, known = _alphas(rows)
    interval = (known[int(0.025 * len(known))], known[int(0.975 * len(known))]) if len(known) > SMALL else None
    remark = _few(len(rated), "claim") if len(rated) < SMALL else ""
    return Alpha(value, interval, len(rated), reviewers, remark)


def span_agreement(first: str, second: str, spans: Mapping[str, Mapping[str, Sequence[Span]]]) -> SpanAgreement:
    """Two reviewers' spans, by reviewer and article; only articles in which both marked something count."""
    mine, theirs = spans.get(first, {}), spans.get(second, {})
    shared = sorted(set(mine) & set(theirs))
    exact = sum(len(set(mine[article]) & set(theirs[article])) for article in shared)
    touching = sum(_matched(mine[article], theirs[article]) for article in shared)
    counts = (sum(len(set(mine[a])) for a in shared), sum(len(set(theirs[a])) for a in shared))
    remark = "" if shared else NO_SHARED
    if shared and min(counts) < SMALL:
        remark = _few(min(counts), "mark", "of one of them")
    return SpanAgreement((first, second), *counts, exact, touching, remark)


def _kappa(table: tuple[tuple[int, ...], ...], count: int) -> tuple[float | None, float | None]:
    """Kappa and its standard error (Fleiss, Cohen and Everitt 1969, for a kappa that is not 0)."""
    if not count:
        return None, None
    size = range(len(table))
    p = [[table[i][j] / count for j in size] for i in size]
    rows, columns = [sum(p[i]) for i in size], [sum(p[i][j] for i in size) for j in size]
    observed = sum(p[i][i] for i in size)
    chance = sum(rows[i] * columns[i] for i in size)
    if chance >= 1 - 1e-12:
        return None, None
    kappa = (observed - chance) / (1 - chance)
    on = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in size)
    off = sum(p[i][j] * (columns[i] + rows[j]) ** 2 for i in size for j in size if i != j)
    variance = on + (1 - kappa) ** 2 * off - (kappa - chance * (1 - kappa)) ** 2
    return kappa, math.sqrt(max(0.0, variance) / count) / (1 - chance)


def _specific(table: tuple[tuple[int, ...], ...], labels: Sequence[str]) -> dict[str, float]:
    found = {}
    for place, label in enumerate(labels):
        uses = sum(table[place]) + sum(row[place] for row in table)
        if uses:
            found[label] = 2 * table[place][place] / uses
    return found


def _remark(count: int, kappa: float | None, said: Sequence[tuple[str, str]]) -> str:
    if not count:
        return "They judged nothing in common."
    if kappa is None:
        return (
            f"Both said “{said[0][0]}” every time. Without a second label, agreement by chance cannot be told apart, "
            "and kappa is undefined."
        )
    return _few(count, "claim") if count < SMALL else ""


def _few(count: int, thing: str, whose: str = "") -> str:
    things = " ".join(filter(None, (f"{count} {thing}{'' if count == 1 else 's'}", whose)))
    return f"Only {things}: the figure may be far off."


def _alphas(rows: Sequence[Sequence[int]]) -> tuple[float, list[float]]:
    """Alpha of these rows, and of samples drawn anew from them, in ascending order without those where it is undefined.

    Nominal alpha is 1 - D / E: disagreement seen, and expected of chance (Krippendorff 2011). Only as many rows differ as
    there are ways to judge a thing, so that a sample is how often each of them is drawn.

    Args:
        rows: for each thing how often each label was given to it, two or more in all, and not all things one label.
    """
    import numpy as np  # noqa: PLC0415 - most of the program never needs it

    kinds = Counter(map(tuple, rows))
    counts, often = np.array(list(kinds), dtype=float), np.array(list(kinds.values()))
    judged = counts.sum(axis=1)
    alike = (counts * (counts - 1)).sum(axis=1) / (judged - 1)
    rng = np.random.default_rng(1)  # the same each time
    drawn = rng.multinomial(len(rows), often / len(rows), size=_RESAMPLES)
    times = np.vstack([often, drawn])
    totals = times @ counts
    whole = totals.sum(axis=1)
    seen = 1 - (times @ alike) / whole
    expected = 1 - (totals * (totals - 1)).sum(axis=1) / (whole * (whole - 1))
    defined = expected > 0
    value, *others = (1 - seen[defined] / expected[defined]).tolist()
    return value, sorted(others)


def _matched(first: Sequence[Span], second: Sequence[Span]) -> int:
    """How many pairs of overlapping spans there are if each span is used once: greedily, in the order of their ends."""
    count, used = 0, set()
    others = sorted(set(second), key=lambda span: (span.end, span.start))
    for span in sorted(set(first), key=lambda span: (span.end, span.start)):
        for place, other in enumerate(others):
            if place not in used and span.start < other.end and other.start < span.end:
                used.add(place)
                count += 1
                break
    return count


def _f1(matched: int, first: int, second: int) -> float | None:
    return 2 * matched / (first + second) if first + second else None
