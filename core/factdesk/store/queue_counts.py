"""How many claims the queue holds, by verdict: for the switches above it and the line below it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from factdesk.store.connection import Queryable
from factdesk.store.queue import QueueFilter, filter_conditions


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Numbers of claims; those of the verdicts leave refused claims out."""

    total: int = 0
    none: int = 0
    verified: int = 0
    disputed: int = 0
    unverified: int = 0
    refused: int = 0
    conflicts: int = 0

    @property
    def decided(self) -> int:
        """Claims with a verdict."""
        return self.verified + self.disputed + self.unverified


def queue_counts(r: Queryable, wanted: QueueFilter) -> QueueCounts:
    """Counts the claims that fit."""
    conditions, params = filter_conditions(wanted)
    row = r.one(
        "SELECT count(*), sum(c.verdict IS NULL AND c.status <> 'refused'), "
        "sum(c.verdict IS 'verified' AND c.status <> 'refused'), sum(c.verdict IS 'disputed' AND c.status <> 'refused'), "
        "sum(c.verdict IS 'unverified' AND c.status <> 'refused'), sum(c.status = 'refused'), sum(c.conflicts > 0) "
        "FROM case_articles ca CROSS JOIN claims c ON c.article_id = ca.article_id "
        f"WHERE ca.case_id = :case AND {' AND '.join(conditions)}",
        params,
    )
    return QueueCounts(*(number or 0 for number in row)) if row is not None else QueueCounts()


def claim_ids(r: Queryable, rowids: Sequence[int]) -> list[str]:
    """The ids behind numbers of the queue, in the same order; numbers that are gone are left out."""
    found = {
        row[0]: row[1]
        for row in r.rows(
            "SELECT number, id FROM claims WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(rowids)),),
        )
    }
    return [found[number] for number in rowids if number in found]
