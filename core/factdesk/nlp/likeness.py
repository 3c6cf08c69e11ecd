"""How alike two claims are: the features that the score of a link weighs."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

from factdesk.compare.values import same_value
from factdesk.model.spans import Span
from factdesk.model.values import Value
from factdesk.nlp.alignment import Alignment
from factdesk.nlp.events import Events, dot
from factdesk.nlp.values import values_in
from factdesk.nlp.wording import all_stems, stems

_TINY_CASE = 80  # claims: all pairs are looked at
_SMALL_CASE = 400
_DEEP, _SHALLOW = 60, 16  # candidates looked at for each claim, in small cases and in large ones
_NOWHERE = Span(0, 1)
_COMMON = 100  # in large cases, words of more claims than this bring no candidates


@dataclass(slots=True)
class Unit:
    """One claim as the links see it."""

    article_id: str
    span: Span
    text: str
    names: frozenset[str]
    values: tuple[Value, ...] = ()
    heading: bool = False
    sentences: int = 0  # of its article, 0 when not known
    forms: tuple[Value, ...] = ()  # its values without their place, so that equal ones are compared once
    words: frozenset[str] = frozenset()  # content words, for candidates and for the likeness of articles
    terms: dict[str, float] = field(default_factory=dict)  # weight of each word, of length one
    phrases: dict[str, float] = field(default_factory=dict)  # the same with pairs of words


class Context:
    """What the case as a whole says about the rarity of words and the likeness of its articles."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        singles: list[frozenset[str]] = []
        doubles: list[frozenset[str]] = []
        for unit in units:
            unit.words = frozenset(stems(unit.text))
            unit.values = unit.values or tuple(values_in(unit.text, unit.span.start))
            unit.forms = tuple(replace(value, span=_NOWHERE, text="") for value in unit.values)
            every = all_stems(unit.text)
            singles.append(frozenset(every))
            doubles.append(frozenset(every) | {f"{x} {y}" for x, y in pairwise(every)})
        term_rarity, phrase_rarity = _rarity(singles), _rarity(doubles)
        for unit, one, two in zip(units, singles, doubles, strict=True):
            unit.terms, unit.phrases = _unit_length(one, term_rarity), _unit_length(two, phrase_rarity)
        self._most = math.log(1 + len(units)) + 1
        self._words = _rarity([unit.words for unit in units])
        self._names = _rarity([unit.names for unit in units])
        self._events = Events(units)
        self._alignment = Alignment([unit.text for unit in units], [unit.names for unit in units])

    def candidates(self) -> list[tuple[int, list[int]]]:
        """For each claim the later ones of other articles that are worth a closer look, by their shared rare words and names."""
        if len(self._units) <= _TINY_CASE:
            return self._all_pairs()
        small = len(self._units) <= _SMALL_CASE
        postings = self._postings(common=len(self._units) if small else _COMMON)
        most = _DEEP if small else _SHALLOW
        wanted: dict[int, set[int]] = defaultdict(set)
        for i, unit in enumerate(self._units):
            shared: dict[int, float] = defaultdict(float)
            for key, rows in self._keys(unit, postings):
                for j in rows:
                    shared[j] += key
            own = unit.article_id
            pairs = [(weight, -j) for j, weight in shared.items() if self._units[j].article_id != own]
            for _, minus_j in nlargest(most, pairs):
                wanted[min(i, -minus_j)].add(max(i, -minus_j))
        return [(i, sorted(wanted[i])) for i in sorted(wanted)]

    def _all_pairs(self) -> list[tuple[int, list[int]]]:
        found = []
        for i, unit in enumerate(self._units):
            later = range(i + 1, len(self._units))
            found.append((i, [j for j in later if self._units[j].article_id != unit.article_id]))
        return [(i, others) for i, others in found if others]

    def _postings(self, common: int) -> dict[str, list[int]]:
        postings: dict[str, list[int]] = defaultdict(list)
        for i, unit in enumerate(self._units):
            for key in (*unit.words, *("\0" + name for name in unit.names)):
                postings[key].append(i)
        return {key: rows for key, rows in postings.items() if 1 < len(rows) <= common}

    def _keys(self, unit: Unit, postings: Mapping[str, list[int]]) -> list[tuple[float, list[int]]]:
        found = [(self._words[word] ** 2, postings[word]) for word in sorted(unit.words) if word in postings]
        return found + [(self._names[n], postings["\0" + n]) for n in sorted(unit.names) if "\0" + n in postings]

    def features(self, i: int, others: Sequence[int]) -> list[dict[str, float]]:
        """How alike a claim and each of the others are, by feature name."""
        aligned = self._alignment.scores(i, others)
        return [
            {**self._pair(self._units[i], self._units[j]), "alignment": float(aligned[k])} for k, j in enumerate(others)
        ]

    def _pair(self, a: Unit, b: Unit) -> dict[str, float]:
        agreed = sum(any(_agree(x, y) for y in b.forms) for x in a.forms) if b.forms else 0
        return {
            "wording": dot(a.terms, b.terms),
            "phrasing": dot(a.phrases, b.phrases),
            "rarest": max((self._words[word] for word in a.words & b.words), default=0.0) / self._most,
            "names": sum(sorted(self._names[name] for name in a.names & b.names)) / self._most,
            "values": min(agreed, 2) / 2,
            "articles": self._events.likeness(a.article_id, b.article_id),
            "brief": self._events.brief(a.article_id, b.article_id),
            "heading": float(a.heading or b.heading),
        }


@lru_cache(maxsize=100_000)
def _agree(x: Value, y: Value) -> bool:
    return same_value(x, y)


def _rarity(bags: Sequence[frozenset[str]]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for bag in bags:
        seen.update(bag)
    total = len(bags) + 1
    return {word: math.log(total / (1 + n)) + 1 for word, n in seen.items()}


def _unit_length(bag: frozenset[str], rarity: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(math.fsum(rarity[word] ** 2 for word in bag)) or 1.0
    return {word: rarity[word] / length for word in sorted(bag)}
