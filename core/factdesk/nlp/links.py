"""Claims of different articles that state the same fact, say more or less, or contradict each other.

A pair's score is a logistic model over the features of likeness.py, and over what a third claim says: two claims that are both like
it are more likely to belong together. Its weights are a resource.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from factdesk.model.analysis import FoundLink
from factdesk.model.claims import Relation
from factdesk.nlp import data
from factdesk.nlp.disputes import contested
from factdesk.nlp.likeness import Context, Unit
from factdesk.nlp.relations import compare, hidden_clash, other_toll

SUGGEST = 0.5
"""Links from this score on are offered; weaker ones are kept for ranking."""

KEEP = 0.0005
_WORTH_A_LOOK = (
    0.12  # score from which on a differing number of the same thing makes a link between articles about one event
)
_SAME_FATE = 0.05  # the same for numbers of people with one fate
_ONE_STORY = 0.4  # how surely two brief items tell one event, from which on a denial in one contests the other
_MOST_PER_CLAIM = 60
_MIDDLE = 0.2  # what a third claim must be worth to both to bring them closer

_Pair = tuple[int, int]


class _Found(NamedTuple):
    """Two claims with their score, and how surely their articles are about one event: as long ones and as brief ones."""

    score: float
    a: Unit
    b: Unit
    one_event: float
    one_story: float


def find_links(units: Sequence[Unit]) -> list[FoundLink]:
    """Every pair worth keeping, best first, the same for the same units."""
    context = Context(units)
    weights = data.weights("links")
    first: dict[_Pair, float] = {}
    events: dict[_Pair, tuple[float, float]] = {}
    for i, others in context.candidates():
        for j, features in zip(others, context.features(i, others), strict=True):
            events[i, j] = features["articles"], features["brief"]
            first[i, j] = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    closer = _through_a_third(first)
    found = []
    for (i, j), total in first.items():
        score = _logistic(total + weights["third"] * closer.get((i, j), 0.0))
        if score >= KEEP:
            found.append(_Found(score, units[i], units[j], *events[i, j]))
    found.sort(key=lambda item: (-item.score, item.a.article_id, item.a.span, item.b.article_id, item.b.span))
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


def _as_links(found: list[_Found]) -> list[FoundLink]:
    seen: Counter[tuple[str, object]] = Counter()
    links = []
    for each in found:
        a, b = each.a, each.b
        if min(seen[a.article_id, a.span], seen[b.article_id, b.span]) >= _MOST_PER_CLAIM:
            continue
        seen[a.article_id, a.span] += 1
        seen[b.article_id, b.span] += 1
        score, relation, reason = _judged(each)
        offered = score >= SUGGEST
        links.append(FoundLink(a.article_id, a.span, b.article_id, b.span, relation, round(score, 4), reason, offered))
    links.sort(key=lambda link: -link.score)
    return links


def _judged(found: _Found) -> tuple[float, Relation, str]:
    """The score at which a pair is offered or kept, its relation and the reason; a clash is offered whatever the score."""
    score, a, b, one_event, one_story = found
    words = contested(a.text, b.text) if one_story >= _ONE_STORY and a.names & b.names else ""
    words = words and f"only one says: {words}"
    if score >= SUGGEST:
        relation, reason = compare(a, b, score)
        return (score, Relation.CONFLICTS, words) if words else (score, relation, reason)
    clash = ""
    if one_event >= 1:
        clash = hidden_clash(a, b) if score >= _WORTH_A_LOOK else ""
        clash = clash or (other_toll(a, b) if score >= _SAME_FATE else "")
    if (clash or words) and not (a.heading or b.heading):
        return SUGGEST, Relation.CONFLICTS, clash or words
    return score, *compare(a, b, score, offered=False)
