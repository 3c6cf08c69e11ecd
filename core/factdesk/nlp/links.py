"""Claims of different articles that state the same fact, say more or less, or contradict each other.

A pair's score is a logistic model over the features of likeness.py, and over what a third claim says: two claims that are both like
it are more likely to belong together. Its weights are a resource.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from factdesk.model.analysis import FoundLink
from factdesk.model.claims import Relation
from factdesk.nlp import data
from factdesk.nlp.likeness import Context, Unit
from factdesk.nlp.relations import compare, hidden_clash

SUGGEST = 0.5
"""Links from this score on are offered; weaker ones are kept for ranking."""

KEEP = 0.0005
_WORTH_A_LOOK = 0.15  # score from which on a differing number of the same thing makes a link
_MOST_PER_CLAIM = 60
_MIDDLE = 0.2  # what a third claim must be worth to both to bring them closer

_Pair = tuple[int, int]


def find_links(units: Sequence[Unit]) -> list[FoundLink]:
    """Every pair worth keeping, best first, the same for the same units."""
    context = Context(units)
    weights = data.weights("links")
    first: dict[_Pair, float] = {}
    for i, others in context.candidates():
        for j, features in zip(others, context.features(i, others), strict=True):
            first[i, j] = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    closer = _through_a_third(first)
    found = []
    for (i, j), total in first.items():
        score = _logistic(total + weights["third"] * closer.get((i, j), 0.0))
        if score >= KEEP:
            found.append((score, units[i], units[j]))
    found.sort(key=lambda item: (-item[0], item[1].article_id, item[1].span, item[2].article_id, item[2].span))
    return _as_links(found)


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-total))


def _through_a_third(first: Mapping[_Pair, float]) -> dict[_Pair, float]:
    """For pairs that are both like a third claim: how like, 0 to 1."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), total in first.items():
        score = _logistic(total)
        if score >= _MIDDLE:
            near[i][j] = near[j][i] = score
    found: dict[_Pair, float] = {}
    for around in near.values():
        rows = sorted(around)
        for n, i in enumerate(rows):
            for j in rows[n + 1 :]:
                if (i, j) in first:
                    found[i, j] = max(found.get((i, j), 0.0), around[i] * around[j])
    return found


def _as_links(found: list[tuple[float, Unit, Unit]]) -> list[FoundLink]:
    seen: Counter[tuple[str, object]] = Counter()
    links = []
    for score, a, b in found:
        if min(seen[a.article_id, a.span], seen[b.article_id, b.span]) >= _MOST_PER_CLAIM:
            continue
        seen[a.article_id, a.span] += 1
        seen[b.article_id, b.span] += 1
        clash = hidden_clash(a, b) if _WORTH_A_LOOK <= score < SUGGEST and not (a.heading or b.heading) else ""
        if clash:
            score, relation, reason = SUGGEST, Relation.CONFLICTS, clash  # noqa: PLW2901  # it is offered after all
        else:
            relation, reason = compare(a, b, score, offered=score >= SUGGEST)
        offered = score >= SUGGEST
        links.append(FoundLink(a.article_id, a.span, b.article_id, b.span, relation, round(score, 4), reason, offered))
    links.sort(key=lambda link: -link.score)
    return links
