"""Rows of the board from links: claims that state one fact, or contradict each other about it.

Groups grow by average likeness: two of them become one only while the mean score over all pairs between them stays above a bar,
a pair without a link counting nothing. So a chain of claims, each a little like the next, does not become one row. A claim left
alone then joins the group of the claim that it contradicts, so that no contradiction is hidden. What a person brought together or kept apart always wins.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factdesk.model.claims import Relation

BAR = 0.5
"""Mean score of the pairs between two groups from which on they become one."""

_CLASH_BONUS = (
    0.15  # a contradiction must not be lost in two rows: it holds its claims together more than likeness alone
)


@dataclass(frozen=True, slots=True)
class PairLink:
    """A link between two claims, as the grouping sees it."""

    a: str
    b: str
    relation: Relation
    score: float


def cluster_links(
    claims: Sequence[str],
    links: Sequence[PairLink],
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    *,
    article_of: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """Every claim in exactly one group, many of them alone; the same for the same input, whatever the order of the links.

    Where `article_of` is given, claims of one article, which are never linked, do not count as unlike. A pair of `together` that
    would bring a pair of `apart` into one group is passed over. Claims that are not in `claims` are left out.
    """
    groups = _Groups(claims, article_of or {})
    for one, other in apart:
        groups.keep_apart(one, other)
    for one, other in together:
        groups.bring_together(one, other)
    groups.add_links(links)
    groups.grow()
    groups.show_clashes()
    return groups.result()


class _Groups:
    """Groups under way, each known by the place of its first claim in the list of claims."""

    def __init__(self, claims: Sequence[str], article_of: Mapping[str, str]) -> None:
        self._claims = list(dict.fromkeys(claims))
        self._place = {claim: i for i, claim in enumerate(self._claims)}
        self._members = {i: [i] for i in range(len(self._claims))}
        self._group = list(range(len(self._claims)))
        self._articles = {
            i: Counter({article_of[claim]: 1} if claim in article_of else {}) for i, claim in enumerate(self._claims)
        }
        self._sums: dict[int, dict[int, float]] = {}  # group -> other group -> sum of the scores between them
        self._apart: dict[int, set[int]] = {}
        self._clashes: list[tuple[int, int]] = []  # contradicting claims, strongest first

    def keep_apart(self, one: str, other: str) -> None:
        """Says that two claims must never share a group."""
        if one != other and one in self._place and other in self._place:
            a, b = self._place[one], self._place[other]
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def bring_together(self, one: str, other: str) -> None:
        """Joins the groups of two claims, unless claims that must stay apart would meet."""
        if one in self._place and other in self._place:
            a, b = self._group[self._place[one]], self._group[self._place[other]]
            if a != b and b not in self._apart.get(a, ()):
                self._join(a, b)

    def add_links(self, links: Sequence[PairLink]) -> None:
        """Takes the best link of each pair."""
        best: dict[tuple[int, int], float] = {}
        clashes: dict[tuple[int, int], float] = {}
        for link in links:
            if link.a in self._place and link.b in self._place and link.a != link.b:
                x, y = self._place[link.a], self._place[link.b]
                weight = min(1.0, link.score + _CLASH_BONUS) if link.relation is Relation.CONFLICTS else link.score
                pair = (min(x, y), max(x, y))
                best[pair] = max(best.get(pair, 0.0), weight)
                if link.relation is Relation.CONFLICTS:
                    clashes[pair] = max(clashes.get(pair, 0.0), link.score)
        self._clashes = sorted(clashes, key=lambda pair: (-clashes[pair], pair))
        for (x, y), weight in sorted(best.items()):
            a, b = self._group[x], self._group[y]
            if a != b:
                for one, other in ((a, b), (b, a)):
                    row = self._sums.setdefault(one, {})
                    row[other] = row.get(other, 0.0) + weight

    def grow(self) -> None:
        """Joins the two groups that fit best, again and again, while any fit."""
        heap = [(-self._mean(a, b), a, b) for a, row in self._sums.items() for b in row if a < b]
        heapq.heapify(heap)
        while heap:
            likeness, a, b = heapq.heappop(heap)
            if -likeness < BAR:
                return
            if a not in self._members or b not in self._members or b in self._apart.get(a, ()):
                continue
            if self._mean(a, b) != -likeness:
                continue  # an older figure: the groups have grown since, and stand in the heap anew
            kept = self._join(a, b)
            for other in self._sums.get(kept, {}):
                heapq.heappush(heap, (-self._mean(kept, other), min(kept, other), max(kept, other)))

    def show_clashes(self) -> None:
        """Brings claims that are still alone to the group of what they contradict most."""
        alone = {i for i, members in self._members.items() if len(members) == 1}
        for x, y in self._clashes:
            a, b = self._group[x], self._group[y]
            if a != b and (x in alone or y in alone) and b not in self._apart.get(a, ()):
                self._join(a, b)
                alone -= {x, y}

    def result(self) -> list[list[str]]:
        """The groups, and the claims in each, in the order of the claims."""
        return [[self._claims[i] for i in sorted(self._members[group])] for group in sorted(self._members)]

    def _mean(self, a: int, b: int) -> float:
        """The mean score of the pairs that could have a link; one place more for two claims of an article in one group."""
        x, y = self._articles[a], self._articles[b]
        same = sum(n * y[article] for article, n in x.items() if article in y)
        pairs = len(self._members[a]) * len(self._members[b]) - same
        return round(self._sums[a][b] / max(pairs, 1), 9)

    def _join(self, a: int, b: int) -> int:
        keep, gone = min(a, b), max(a, b)
        self._members[keep] += self._members.pop(gone)
        for i in self._members[keep]:
            self._group[i] = keep
        self._articles[keep] += self._articles.pop(gone)
        for other in self._apart.pop(gone, set()):
            self._apart[other].discard(gone)
            self._apart[other].add(keep)
            self._apart.setdefault(keep, set()).add(other)
        row = self._sums.setdefault(keep, {})
        row.pop(gone, None)
        for other, total in self._sums.pop(gone, {}).items():
            self._sums[other].pop(gone, None)
            if other != keep:
                row[other] = row.get(other, 0.0) + total
                self._sums[other][keep] = row[other]
        return keep
