"""Claims of different articles that state the same fact, say more or less, or contradict each other.

A pair's score weighs shared names, shared words by how rare they are in the case, likeness of the word vectors, and values.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from factdesk.model.analysis import FoundLink
from factdesk.model.spans import Span
from factdesk.nlp import data
from factdesk.nlp.relations import compare
from factdesk.nlp.values import Value, values_in
from factdesk.nlp.wording import stems

SUGGEST = 0.5
"""Links from this score on are offered; weaker ones are kept for ranking."""

KEEP = 0.05
_MOST_PER_CLAIM = 40
_COMMON = 400  # postings of a word longer than this bring no candidates


@dataclass(slots=True)
class Unit:
    """One claim as the links see it."""

    article_id: str
    span: Span
    text: str
    names: frozenset[str]
    vector: tuple[float, ...] = ()
    words: Counter[str] = field(default_factory=Counter)
    values: tuple[Value, ...] = ()
    norm: float = 0.0

    def prepare(self) -> None:
        """Computes words and values once."""
        self.words = Counter(stems(self.text))
        self.values = tuple(values_in(self.text))


def find_links(units: Sequence[Unit]) -> list[FoundLink]:
    """Every pair worth keeping, best first, the same for the same units."""
    for unit in units:
        unit.prepare()
    rarity = _rarity(units)
    for unit in units:
        unit.norm = math.sqrt(sum((_tf(n) * rarity[w]) ** 2 for w, n in unit.words.items())) or 1.0
    found = []
    for a, b in _candidates(units):
        features = pair_features(a, b, rarity)
        score = _score(features)
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
        relation, reason = compare(a, b, score)
        links.append(
            FoundLink(
                a.article_id,
                a.span,
                b.article_id,
                b.span,
                relation,
                round(score, 4),
                reason,
                suggested=score >= SUGGEST,
            )
        )
    return links


def _tf(count: int) -> float:
    return 1.0 + math.log(count)


def _rarity(units: Sequence[Unit]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for unit in units:
        seen.update(unit.words.keys())
    total = len(units) + 1
    return {word: math.log(1 + total / (0.5 + n)) for word, n in seen.items()}


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


def pair_features(a: Unit, b: Unit, rarity: dict[str, float]) -> dict[str, float]:
    """How alike two claims are, by feature name."""
    shared = a.words.keys() & b.words.keys()
    dot = sum(_tf(a.words[w]) * _tf(b.words[w]) * rarity[w] ** 2 for w in shared)
    names = a.names & b.names
    smaller = min(len(a.names), len(b.names))
    values_a = {(v.kind, v.unit, v.amount) for v in a.values}
    values_b = {(v.kind, v.unit, v.amount) for v in b.values}
    weight_a, weight_b = sum(rarity[w] for w in a.words), sum(rarity[w] for w in b.words)
    shared_weight = sum(rarity[w] for w in shared)
    return {
        "wording": dot / (a.norm * b.norm),
        "covered": shared_weight / max(min(weight_a, weight_b), 1e-9),
        "meaning": _cosine(a.vector, b.vector),
        "names": len(names) / smaller if smaller else 0.0,
        "names_count": min(len(names), 4) / 4,
        "values": min(len(values_a & values_b), 2) / 2,
        "rarest": max((rarity[w] for w in shared), default=0.0) / 5,
    }


def _cosine(x: tuple[float, ...], y: tuple[float, ...]) -> float:
    return sum(p * q for p, q in zip(x, y, strict=True)) if x and len(x) == len(y) else 0.0


def _score(features: dict[str, float]) -> float:
    weights = data.weights("links")
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))
