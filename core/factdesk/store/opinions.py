"""What each reviewer last said about a claim, read from the history: undone steps do not count."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from sqlite3 import Row
from typing import Any

from factdesk.model.claims import Judgement
from factdesk.store.claims import judgement_of
from factdesk.store.connection import Queryable


@dataclass(frozen=True, slots=True)
class Opinion:
    """A reviewer's last verdict on a claim."""

    reviewer: str  # name
    judgement: Judgement
    decided_at: str


def opinions_in(r: Queryable, article_id: str) -> dict[str, list[Opinion]]:
    """The last verdicts on each claim of an article, one for each reviewer who has one, oldest first."""
    return _told(r, "c.article_id = ?", (article_id,))


def opinions_of(r: Queryable, article_ids: Sequence[str]) -> dict[str, list[Opinion]]:
    """The same for the claims of many articles at once."""
    return _told(r, "c.article_id IN (SELECT value FROM json_each(?))", (json.dumps(list(article_ids)),))


def _told(r: Queryable, which: str, params: tuple[str, ...]) -> dict[str, list[Opinion]]:
    rows = r.rows(
        "SELECT d.claim_id, p.name AS reviewer, d.verdict, d.reason, d.note, d.confidence, d.decided_at, d.cause, "
        "d.operation IS NULL AS is_loose "
        "FROM claims c JOIN decisions d ON d.claim_id = c.id JOIN reviewers p ON p.id = d.reviewer_id "
        "LEFT JOIN operations o ON o.seq = d.operation "
        f"WHERE {which} AND (d.operation IS NULL OR (d.cause = 'do' AND o.state = 'done')) ORDER BY d.number",
        params,
    )
    by_claim: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_claim[row["claim_id"]].append(row)
    found = {claim: _opinions(_standing(entries)) for claim, entries in by_claim.items()}
    return {claim: opinions for claim, opinions in found.items() if opinions}


def _standing(rows: list[Row]) -> list[Row]:
    """Without the entries that were undone. Those of an import without steps know that only by their order."""
    done: list[Row] = []
    undone: list[Row] = []
    for row in rows:
        if not row["is_loose"] or row["cause"] == "do":
            done.append(row)
            undone = []
        elif row["cause"] == "undo" and done:
            undone.append(done.pop())
        elif undone:
            done.append(undone.pop())
    return done


def _opinions(rows: list[Row]) -> list[Opinion]:
    """What each reviewer said last. Who only writes a note, or accepts the claim, judges nothing by that."""
    said: dict[str, Opinion] = {}
    before: tuple[Any, ...] = (None, None, None)
    author = ""
    for row in rows:
        reviewer, now = row["reviewer"], (row["verdict"], row["reason"], row["confidence"])
        judgement = judgement_of(row["verdict"], row["reason"], row["note"], row["confidence"])
        if now != before:
            said.pop(reviewer, None)
            if row["verdict"] is not None:
                said[reviewer] = Opinion(reviewer, judgement, row["decided_at"])
            before, author = now, reviewer
        elif reviewer == author and reviewer in said:
            said[reviewer] = replace(said[reviewer], judgement=judgement)
    return list(said.values())
