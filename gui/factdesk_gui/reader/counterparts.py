"""What the other articles say about the current claim: which passages, how they stand to it, what they word otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from factdesk.compare.standing import relation_between
from factdesk.compare.tokens import words_of
from factdesk.compare.values import differing
from factdesk.compare.wording import Diff, word_diff
from factdesk.model.claims import Claim, Relation, Status
from factdesk.model.clusters import Member
from factdesk.model.spans import Span
from factdesk.store.clusters import absent_articles, cluster_of
from factdesk.store.connection import Queryable
from factdesk_gui.reader.presence import HERE, NOT_FOUND, NOT_MENTIONED, Presence, presence_of

_ALIKE = 0.4  # below this share of common words all is put otherwise, and only values are worth setting off,
_LONG = 80  # in a text of more letters: a short one is read at a glance anyway
_TELLING = 3  # weight of a word from which on it is worth looking at
_FIRST = {Relation.CONFLICTS: 0, Relation.SAME: 1, Relation.DIFFERS: 2}


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The claims of other articles about what one claim says; the nearest of each article first."""

    claim: Claim
    by_article: dict[str, tuple[tuple[Relation, Member], ...]] = field(default_factory=dict)
    not_mentioned: frozenset[str] = frozenset()
    _diffs: dict[str, Diff] = field(default_factory=dict, compare=False)  # by claim: panes ask several times

    def nearest(self, article_id: str) -> Claim | None:
        """The one to show in an article; None where there is none, and in the claim's own article."""
        found = self.by_article.get(article_id)
        return found[0][1].claim if found else None

    def claims(self) -> set[str]:
        """Ids of all claims that are compared."""
        others = (member.claim.id for pairs in self.by_article.values() for _, member in pairs)
        return {self.claim.id, *others}

    def presence(self, article_id: str) -> Presence:
        """What a pane's head says."""
        if article_id == self.claim.article_id:
            return HERE
        found = self.by_article.get(article_id)
        if found:
            relation, member = found[0]
            return presence_of(relation, len(found), suggested=member.status is Status.SUGGESTED)
        return NOT_MENTIONED if article_id in self.not_mentioned else NOT_FOUND

    def differences(self, article_id: str) -> tuple[Span, ...]:
        """What the nearest claim of an article words otherwise, as spans of its article."""
        other = self.nearest(article_id)
        if other is None or not self._is_alike(other):
            return ()
        return _moved(_telling(other.quote, self._diff(other).b_spans), other)

    def values(self, article_id: str) -> tuple[Span, ...]:
        """Numbers, dates and times of an article that do not go with the current claim's."""
        other = self.nearest(article_id)
        pairs = differing(self.claim.values, other.values) if other is not None else []
        return tuple(dict.fromkeys(theirs.span for _, theirs in pairs))

    def own_differences(self, articles: Iterable[str]) -> tuple[Span, ...]:
        """What none of these articles says in the current claim's words, as spans of its article."""
        others = [other for other in map(self.nearest, dict.fromkeys(articles)) if other is not None]
        alike = [other for other in others if self._is_alike(other)]
        if not alike:
            return ()
        spans = [self._diff(other).a_spans for other in alike]
        return _moved(_telling(self.claim.quote, _common(spans)), self.claim)

    def own_values(self, articles: Iterable[str]) -> tuple[Span, ...]:
        """Numbers, dates and times of the current claim that one of these articles has otherwise."""
        others = [other for other in map(self.nearest, dict.fromkeys(articles)) if other is not None]
        pairs = [pair for other in others for pair in differing(self.claim.values, other.values)]
        return tuple(dict.fromkeys(mine.span for mine, _ in pairs))

    def _is_alike(self, other: Claim) -> bool:
        return min(len(self.claim.quote), len(other.quote)) <= _LONG or self._diff(other).share >= _ALIKE

    def _diff(self, other: Claim) -> Diff:
        if other.id not in self._diffs:
            self._diffs[other.id] = word_diff(self.claim.quote, other.quote)
        return self._diffs[other.id]


def counterparts(r: Queryable, case_id: str, claim: Claim) -> Counterparts:
    """Looks up what is known about a claim in the other articles of a case."""
    cluster = cluster_of(r, case_id, claim.id)
    if cluster is None:
        return Counterparts(claim)
    found: dict[str, list[tuple[Relation, Member]]] = {}
    for member in cluster.members:
        if member.claim.article_id != claim.article_id:
            relation = relation_between(cluster, claim.id, member.claim.id)
            found.setdefault(member.claim.article_id, []).append((relation, member))
    nearest = {article: tuple(sorted(pairs, key=_nearest)) for article, pairs in found.items()}
    return Counterparts(claim, nearest, frozenset(absent_articles(r, cluster.id)))


def _nearest(pair: tuple[Relation, Member]) -> tuple[int, bool, float]:
    relation, member = pair
    return _FIRST[relation], member.status is Status.SUGGESTED, -member.score


def _moved(spans: Iterable[Span], claim: Claim) -> tuple[Span, ...]:
    by = claim.span.start
    return tuple(Span(span.start + by, span.end + by) for span in spans)


def _telling(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Those with at least one word that says something: a lone “the” or “his” is no difference to look at."""
    words = [Span(word.start, word.end) for word in words_of(text) if word.weight >= _TELLING]
    return tuple(span for span in spans if any(span.overlaps(word) for word in words))


def _common(lists: list[tuple[Span, ...]]) -> tuple[Span, ...]:
    """What is in each of several lists of spans."""
    first, *rest = lists
    for other in rest:
        first = tuple(Span(max(a.start, b.start), min(a.end, b.end)) for a in first for b in other if a.overlaps(b))
    return first
