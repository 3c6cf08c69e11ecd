"""What the queue shows beside its rows: numbers by verdict, names of the articles, ids for steps with many claims."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from factdesk.store.connection import Queryable
from factdesk.store.queue import NO_VERDICT, QueueFilter, any_state_conditions, resolved

REFUSED = "refused"


class Count(NamedTuple):
    """Numbers of claims in one state."""

    claims: int = 0
    conflicts: int = 0


NOTHING = Count()


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Numbers by state; refused claims are a state of their own, whatever verdict they have."""

    none: Count = NOTHING
    verified: Count = NOTHING
    disputed: Count = NOTHING
    unverified: Count = NOTHING
    refused: Count = NOTHING

    def within(self, wanted: QueueFilter) -> tuple[int, int]:
        """How many claims of the filter are decided, and how many are in conflict."""
        states = (
            frozenset({"none", "verified", "disputed", "unverified"}) if wanted.verdicts is None else wanted.verdicts
        )
        if wanted.statuses == frozenset({REFUSED}):
            states = frozenset({REFUSED})
        counts = {state: getattr(self, state) for state in states}
        decided = sum(count.claims for state, count in counts.items() if state not in {NO_VERDICT, REFUSED})
        return decided, sum(count.conflicts for count in counts.values())


def queue_counts(r: Queryable, wanted: QueueFilter) -> QueueCounts:
    """Counts the claims that fit, whatever their verdict and status: one walk along an index answers for all switches."""
    conditions, params = any_state_conditions(resolved(r, wanted))
    rows = r.rows(
        f"SELECT iif(c.status = '{REFUSED}', '{REFUSED}', coalesce(c.verdict, '{NO_VERDICT}')), count(*), "
        "sum(c.conflicts > 0) FROM case_articles ca CROSS JOIN claims c ON c.article_id = ca.article_id "
        f"WHERE {' AND '.join(['ca.case_id = :case', *conditions])} GROUP BY 1",
        params,
    )
    return QueueCounts(**{state: Count(claims, conflicts) for state, claims, conflicts in rows})


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
