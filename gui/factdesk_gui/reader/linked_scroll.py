"""Locked scrolling: every pane shows its own passage about the current claim."""

from collections.abc import Iterable
from enum import StrEnum

from factdesk.model.claims import Relation
from factdesk.model.spans import Span
from factdesk.store.claims import links_of
from factdesk.store.connection import Queryable


class ScrollMode(StrEnum):
    """How panes scroll."""

    LOCKED = "locked"  # to the claims linked with the current one
    FREE = "free"


_CLOSENESS = {Relation.CONFLICTS: 0, Relation.SAME: 1, Relation.DIFFERS: 2}


def linked_spans(r: Queryable, claim_id: str, articles: Iterable[str]) -> dict[str, Span]:
    """For each of these articles the passage that is most like the claim: conflicts first, then the surest."""
    wanted = set(articles)
    found: dict[str, Span] = {}
    if not claim_id or not wanted:
        return found
    links = sorted(links_of(r, claim_id), key=lambda pair: (_CLOSENESS[pair[0].relation], -pair[0].score))
    for _, claim in links:
        if claim.article_id in wanted:
            found.setdefault(claim.article_id, claim.span)
    return found
