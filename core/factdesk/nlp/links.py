"""Claims of different articles that state the same fact, say more or less, or contradict each other.

A pair's score weighs shared words and pairs of words by how rare they are in the case, shared names and values, and how much the
two articles are about the same event at all.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from factdesk.model.analysis import FoundLink
from factdesk.model.spans import Span
from factdesk.nlp import data
from factdesk.nlp.relations import compare
from factdesk.nlp.values import Value, values_in
from factdesk.nlp.wording import all_stems, stems

SUGGEST = 0.5
"""Links from this score on are offered; weaker ones are kept for ranking."""

KEEP = 0.02
_MOST_PER_CLAIM = 60
_COMMON = 400  # in larger cases, words of more claims than this bring no candidates
_SAME_EVENT = 0.2  # likeness of two articles from which on they are taken to be about one event


@dataclass(slots=True)
class Unit:
    """One claim as the links see it."""

    article_id: str
    span: Span
    text: str
    names: frozenset[str]
    words: Counter[str] = field(
        default_factory=Counter
    )  # content words, for candidates and for the likeness of articles
    terms: dict[str, float] = field(default_factory=dict)  # weight of each word, of length one
    phrases: dict[str, float] = field(default_factory=dict)  # the same with pairs of words
    values: tuple[Value, ...] = ()


def find_links(units: Sequence[Unit]) -> list[FoundLink]:
    """Every pair worth keeping, best first, the same for the same units."""
    context = Context(units)
    found = []
    for a, b in _candidates(units):
        score = _score(context.features(a, b))
        if score >= KEEP:
            found.append((score, a, b))
    found.sort(key=lambda item: (-item[0], item[1].article_id, item[1].span, item[2].article_id, item[2].span))
    return _as_links(found)


def _as_links(found: list[tuple[float, Unit, Unit]]) -> list[FoundLink]:
    seen: Counter[tuple[str, Span]] = Counter()
    links = []
    for score, a, b in found:
        if min(seen[a.article_id, a.span], seen[b.article_id, b.span]) >= _MOST_PER_CLAIM:
            continue
        seen[a.article_id, a.span] += 1
        seen[b.article_id, b.span] += 1
        offered = score >= SUGGEST
        relation, reason = compare(a, b, score, offered=offered)
        links.append(FoundLink(a.article_id, a.span, b.article_id, b.span, relation, round(score, 4), reason, offered))
    return links


class Context:
    """What the case as a whole says about the rarity of words and the likeness of its articles."""

    def __init__(self, units: Sequence[Unit]) -> None:
        singles: list[Counter[str]] = []
        doubles: list[Counter[str]] = []
        for unit in units:
            unit.words = Counter(stems(unit.text))
            unit.values = tuple(values_in(unit.text))
            every = all_stems(unit.text)
            singles.append(Counter(every))
            doubles.append(Counter(every + [f"{x} {y}" for x, y in pairwise(every)]))
        term_rarity, phrase_rarity = _rarity(singles), _rarity(doubles)
        for unit, one, two in zip(units, singles, doubles, strict=True):
            unit.terms, unit.phrases = _unit_length(one, term_rarity), _unit_length(two, phrase_rarity)
        self._words = _rarity([unit.words for unit in units])
        names = _rarity([Counter(unit.names) for unit in units])
        most = math.log(1 + len(units)) + 1
        self._names = {name: rarity / most for name, rarity in names.items()}
        self._likeness = _likeness(units)
        self._most = most

    def features(self, a: Unit, b: Unit) -> dict[str, float]:
        """How alike two claims are, by feature name."""
        shared = a.words.keys() & b.words.keys()
        values_a = {(v.kind, v.unit, v.amount) for v in a.values}
        values_b = {(v.kind, v.unit, v.amount) for v in b.values}
        return {
            "wording": _dot(a.terms, b.terms),
            "phrasing": _dot(a.phrases, b.phrases),
            "rarest": max((self._words[word] for word in shared), default=0.0) / self._most,
            "names": sum(self._names[name] for name in a.names & b.names),
            "values": min(len(values_a & values_b), 2) / 2,
            "articles": min(self._likeness.get((a.article_id, b.article_id), 0.0), _SAME_EVENT) / _SAME_EVENT,
        }


def _rarity(bags: Sequence[Counter[str]]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for bag in bags:
        seen.update(bag.keys())
    total = len(bags) + 1
    return {word: math.log(total / (1 + n)) + 1 for word, n in seen.items()}


def _unit_length(bag: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    weights = {word: n * rarity[word] for word, n in bag.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _dot(x: Mapping[str, float], y: Mapping[str, float]) -> float:
    if len(y) < len(x):
        x, y = y, x
    return sum(weight * y[word] for word, weight in x.items() if word in y)


def _likeness(units: Sequence[Unit]) -> dict[tuple[str, str], float]:
    """How alike any two articles are in their words, 0 to 1."""
    bags: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in units:
        bags[unit.article_id].update(unit.words)
    seen: Counter[str] = Counter()
    for bag in bags.values():
        seen.update(bag.keys())
    total = len(bags) + 1
    vectors: dict[str, dict[str, float]] = {}
    for article, bag in bags.items():
        damped = Counter({word: 1 + math.log(n) for word, n in bag.items()})
        vectors[article] = _unit_length(damped, {word: math.log(1 + total / (0.5 + seen[word])) for word in bag})
    found: dict[tuple[str, str], float] = {}
    for one, other in combinations(vectors, 2):
        found[one, other] = found[other, one] = _dot(vectors[one], vectors[other])
    return found


def _candidates(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        for word in unit.words:
            postings[word].append(i)
        for name in unit.names:
            postings["\0" + name].append(i)
    pairs: set[tuple[int, int]] = set()
    few = len(units) <= _COMMON
    for rows in postings.values():
        if few or len(rows) <= _COMMON // 4:
            for n, i in enumerate(rows):
                pairs |= {(i, j) for j in rows[n + 1 :] if units[i].article_id != units[j].article_id}
    for i, j in sorted(pairs):
        yield units[i], units[j]


def _score(features: dict[str, float]) -> float:
    weights = data.weights("links")
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))
