"""How far two articles tell one event: by their own words, and by which other articles they are like.

A brief item of two or three sentences tells little but its event; so where two of them tell the same one, their sentences belong
together even if they share few words. In longer articles most sentences are about something else, and this says nothing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Protocol

from factdesk.nlp.wording import stems

_SAME_EVENT = 0.2  # likeness of two articles from which on they are taken to be about one event
_BRIEF = 2  # sentences of an item that tells nothing but its event
_NEAR = 0.05  # likeness from which on an article belongs to the surroundings of another


class Part(Protocol):
    """What is looked at of a claim."""

    @property
    def article_id(self) -> str:
        """The article it stands in."""

    @property
    def text(self) -> str:
        """Its wording."""

    @property
    def sentences(self) -> int:
        """How many sentences its article has, 0 when that is not known."""


class Events:
    """The articles of a case, compared by the words of their claims."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._vectors = _vectors(parts)
        self._sentences = {part.article_id: part.sentences for part in parts}
        self._likeness: dict[tuple[str, str], float] = {}
        for one, other in combinations(self._vectors, 2):
            found = dot(self._vectors[one], self._vectors[other])
            self._likeness[one, other] = self._likeness[other, one] = found
        self._kinship: dict[tuple[str, str], float] = {}

    def likeness(self, one: str, other: str) -> float:
        """How alike two articles are in their words; 1 for those taken to be about one event."""
        return min(self._likeness.get((one, other), 0.0), _SAME_EVENT) / _SAME_EVENT

    def brief(self, one: str, other: str) -> float:
        """How surely two brief items tell one event, 0 to 1; next to nothing for longer articles."""
        long = self._sentences[one] * self._sentences[other]
        if not long:
            return 0.0
        return min(1.0, _BRIEF**2 / long) * self._kin(one, other)

    def _kin(self, one: str, other: str) -> float:
        """How alike the surroundings of two articles are."""
        found = self._kinship.get((one, other))
        if found is None:
            mine, theirs = self._around[one], self._around[other]
            product = math.fsum(weight * theirs[name] for name, weight in mine.items() if name in theirs)
            found = product / math.sqrt(_square(mine) * _square(theirs))
            self._kinship[one, other] = self._kinship[other, one] = found
        return found

    @cached_property
    def _around(self) -> dict[str, dict[str, float]]:
        """Each article with those that it is like, itself among them."""
        rows: dict[str, dict[str, float]] = {name: {} for name in self._vectors}
        for (one, other), found in self._likeness.items():
            if found >= _NEAR:
                rows[one][other] = found
        for name, row in rows.items():
            row[name] = max(*row.values(), _SAME_EVENT) if row else _SAME_EVENT
        return rows


def dot(x: Mapping[str, float], y: Mapping[str, float]) -> float:
    """The product of two weighted bags of words."""
    if len(y) < len(x):
        x, y = y, x
    return sum(weight * y[word] for word, weight in x.items() if word in y)


def _square(row: Mapping[str, float]) -> float:
    return math.fsum(weight**2 for weight in row.values())


def _vectors(parts: Sequence[Part]) -> dict[str, dict[str, float]]:
    """The words of each article by rarity, of length one."""
    bags: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        bags[part.article_id].update(stems(part.text))
    seen = Counter(word for bag in bags.values() for word in bag)
    total = len(bags) + 1
    rarity = {word: math.log(1 + total / (0.5 + n)) for word, n in seen.items()}
    vectors: dict[str, dict[str, float]] = {}
    for article, bag in bags.items():
        weights = {word: (1 + math.log(n)) * rarity[word] for word, n in sorted(bag.items())}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
        vectors[article] = {word: weight / length for word, weight in weights.items()}
    return vectors
