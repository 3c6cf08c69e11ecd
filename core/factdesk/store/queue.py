"""The claim queue: which claims, in which order, as an array of row numbers."""

import json
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from factdesk.store.connection import Queryable
from factdesk.store.disagreements import disagreements
from factdesk.store.search import match_query

if TYPE_CHECKING:
    from array import array

NO_VERDICT = "none"  # in a filter: claims without a verdict


class QueueOrder(Enum):
    """How the queue is sorted."""

    DISPUTE_FIRST = "dispute first"  # undecided first, of these the conflicting ones, then by score
    SCORE = "score"
    TEXT_ORDER = "text order"
    RECENT = "recent"  # last decided first


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which claims of a case are wanted; None means all, and refused ones only if asked for by status."""

    case_id: str
    verdicts: frozenset[str] | None = None  # "verified", "disputed", "unverified", "none"
    statuses: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    article_ids: frozenset[str] | None = None
    entity_id: str | None = None
    only_conflicts: bool = False
    only_divided: bool = False  # reviewers gave different verdicts, and nobody settled it yet
    claim_ids: frozenset[str] | None = None
    search: str = ""


# Sorting by one integer is much cheaper than by several columns: a bit for each yes or no, then the score in a million
# steps, then the row number so that the order is always the same. A claim made by hand counts as fully check-worthy.
_BY_SCORE = "(cast((1.0 - coalesce(c.score, 1.0)) * 1048575 AS INTEGER) << 40) | c.number"
_ORDERS = {
    QueueOrder.DISPUTE_FIRST: f"((c.verdict IS NOT NULL) << 62) | ((c.conflicts = 0) << 61) | ({_BY_SCORE})",
    QueueOrder.SCORE: _BY_SCORE,
    QueueOrder.TEXT_ORDER: 'ca.position, ca.article_id, c.start, c."end" DESC, c.number',
    QueueOrder.RECENT: "c.decided_at DESC, c.number DESC",
}

_SEARCHED = "c.number IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH :search)"
_OF_ENTITY = """
c.number IN (SELECT o.number FROM mentions m CROSS JOIN claims o ON o.article_id = m.article_id
             AND o.start < m."end" AND o."end" > m.start WHERE m.entity_id = (WITH RECURSIVE merged (id, next, steps) AS (
               SELECT id, merged_into, 0 FROM entities WHERE id = :entity
               UNION SELECT e.id, e.merged_into, steps + 1 FROM merged JOIN entities e ON e.id = merged.next
               WHERE steps < 100) SELECT id FROM merged ORDER BY steps DESC LIMIT 1)
             AND m.status <> 'refused')
"""


def queue_ids(r: Queryable, wanted: QueueFilter, order: QueueOrder = QueueOrder.DISPUTE_FIRST) -> "array[int]":
    """The numbers of the wanted claims, in order."""
    conditions, params = filter_conditions(resolved(r, wanted))
    # CROSS JOIN fixes the plan: articles of the case first, then their claims from one covering index.
    return r.numbers(
        "SELECT c.number FROM case_articles ca CROSS JOIN claims c ON c.article_id = ca.article_id "
        f"WHERE ca.case_id = :case AND {' AND '.join(conditions)} ORDER BY {_ORDERS[order]}",
        params,
    )


def resolved(r: Queryable, wanted: QueueFilter) -> QueueFilter:
    """The same question with what SQL cannot ask by itself looked up: on which claims reviewers disagree."""
    if not wanted.only_divided:
        return wanted
    divided = {name for each in disagreements(r, wanted.case_id) for name in (each.claim.id, *each.others)}
    return replace(wanted, only_divided=False, claim_ids=frozenset(divided))


def rowid_of(r: Queryable, claim_id: str) -> int | None:
    """The number of a claim, or None if it is gone."""
    number: int | None = r.value("SELECT number FROM claims WHERE id = ?", (claim_id,))
    return number


def filter_conditions(wanted: QueueFilter) -> tuple[list[str], dict[str, Any]]:
    """The filter as SQL conditions on `case_articles ca` and `claims c`, and their parameters (`:case` among them)."""
    conditions, params = any_state_conditions(wanted)
    if wanted.statuses is None:
        conditions.append("c.status <> 'refused'")
    else:
        conditions.append("c.status IN (SELECT value FROM json_each(:statuses))")
        params["statuses"] = json.dumps(sorted(wanted.statuses))
    if wanted.verdicts is not None:
        conditions.append("coalesce(c.verdict, 'none') IN (SELECT value FROM json_each(:verdicts))")
        params["verdicts"] = json.dumps(sorted(wanted.verdicts))
    return conditions, params


def any_state_conditions(wanted: QueueFilter) -> tuple[list[str], dict[str, Any]]:
    """The same without what the filter says about verdict and status."""
    params: dict[str, Any] = {"case": wanted.case_id}
    conditions: list[str] = []
    if wanted.kinds is not None:
        conditions.append("c.kind IN (SELECT value FROM json_each(:kinds))")
        params["kinds"] = json.dumps(sorted(wanted.kinds))
    if wanted.article_ids is not None:
        conditions.append("ca.article_id IN (SELECT value FROM json_each(:articles))")
        params["articles"] = json.dumps(sorted(wanted.article_ids))
    if wanted.entity_id is not None:
        conditions.append(_OF_ENTITY)
        params["entity"] = wanted.entity_id
    if wanted.claim_ids is not None:
        conditions.append("c.id IN (SELECT value FROM json_each(:claims))")
        params["claims"] = json.dumps(sorted(wanted.claim_ids))
    if wanted.only_conflicts:
        conditions.append("c.conflicts > 0")
    if wanted.search.strip():
        query = match_query(wanted.search)
        conditions.append(_SEARCHED if query else "instr(lower(c.quote), lower(:search)) > 0")
        params["search"] = query or wanted.search.strip()
    return conditions, params
