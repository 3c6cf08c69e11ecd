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

NOT_OPINIONS = ("merging.take_over", "adjudication.adjudicate")
"""Operations whose decisions repeat or settle what others said: never a reviewer's own opinion."""


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


def opinions_about(r: Queryable, claim_ids: Sequence[str]) -> dict[str, list[Opinion]]:
    """The same for some claims."""
    return _told(r, "c.id IN (SELECT value FROM json_each(?))", (json.dumps(list(claim_ids)),))


def _told(r: Queryable, which: str, params: tuple[str, ...]) -> dict[str, list[Opinion]]:
    here, elsewhere = _decided_here(r, which, params), _decided_elsewhere(r, which, params)
    if not elsewhere:
        return here
    found: dict[str, list[Opinion]] = {}
    for claim in here.keys() | elsewhere.keys():
        latest: dict[str, Opinion] = {}
        for opinion in sorted((*here.get(claim, ()), *elsewhere.get(claim, ())), key=lambda each: each.decided_at):
            latest.pop(opinion.reviewer, None)
            latest[opinion.reviewer] = opinion
        found[claim] = list(latest.values())
    return found


def _decided_elsewhere(r: Queryable, which: str, params: tuple[str, ...]) -> dict[str, list[Opinion]]:
    """What came in by merging: each reviewer's own entries, in the order in which they were made in the copy."""
    rows = r.rows(
        "SELECT d.claim_id, p.name AS reviewer, d.verdict, d.reason, d.note, d.confidence, d.decided_at, d.cause, "
        "1 AS is_loose FROM claims c JOIN opinions d ON d.claim_id = c.id JOIN reviewers p ON p.id = d.reviewer_id "
        f"WHERE {which} ORDER BY d.decided_at, d.place",
        params,
    )
    entries: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        entries[row["claim_id"], row["reviewer"]].append(row)
    found: dict[str, list[Opinion]] = defaultdict(list)
    for (claim, _), each in entries.items():
        found[claim] += _opinions(_standing(each))
    return found


def _decided_here(r: Queryable, which: str, params: tuple[str, ...]) -> dict[str, list[Opinion]]:
    marks = ", ".join("?" * len(NOT_OPINIONS))
    rows = r.rows(
        "SELECT d.claim_id, p.name AS reviewer, d.verdict, d.reason, d.note, d.confidence, d.decided_at, d.cause, "
        "d.operation IS NULL AS is_loose "
        "FROM claims c JOIN decisions d ON d.claim_id = c.id JOIN reviewers p ON p.id = d.reviewer_id "
        "LEFT JOIN operations o ON o.seq = d.operation "
        f"WHERE {which} AND (d.operation IS NULL OR (d.cause = 'do' AND o.state = 'done' AND o.name NOT IN ({marks}))) "
        "ORDER BY d.number",
        (*params, *NOT_OPINIONS),
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
