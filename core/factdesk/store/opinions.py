"""What each reviewer last said about a claim, read from the history: undone steps do not count."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
    came_at: str = field(
        default="", compare=False
    )  # when it came in by merging, by the clock here; "" for what was decided here

    @property
    def known_since(self) -> str:
        """Since when this project has it."""
        return self.came_at or self.decided_at


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
        said = (*here.get(claim, ()), *elsewhere.get(claim, ()))
        for opinion in sorted(said, key=lambda each: (each.decided_at, each.reviewer)):
            latest.pop(opinion.reviewer, None)
            latest[opinion.reviewer] = opinion
        found[claim] = list(latest.values())
    return found


_COLUMNS = "d.claim_id, p.name AS reviewer, d.verdict, d.reason, d.note, d.confidence, d.decided_at, d.cause"


def _decided_elsewhere(r: Queryable, which: str, params: tuple[str, ...]) -> dict[str, list[Opinion]]:
    """What came in by merging: each reviewer's own entries, whatever file they came with and in which order."""
    rows = r.rows(
        f"SELECT {_COLUMNS}, 0 AS is_echo, d.step, d.place, d.session_id, d.came_at, d.step = '' AS is_loose "
        "FROM claims c JOIN opinions d ON d.claim_id = c.id JOIN reviewers p ON p.id = d.reviewer_id "
        f"WHERE {which} ORDER BY d.decided_at, d.place, d.id",
        params,
    )
    by_claim: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_claim[row["claim_id"]].append(row)
    found: dict[str, list[Opinion]] = {}
    for claim, entries in by_claim.items():
        by_reviewer: dict[str, list[Row]] = defaultdict(list)
        for row in _in_force(entries):
            by_reviewer[row["reviewer"]].append(row)
        said = [opinion for each in by_reviewer.values() for opinion in _opinions(_standing(each))]
        if said:
            found[claim] = said
    return found


def _in_force(rows: list[Row]) -> list[Row]:
    """Without the entries of steps that were undone in their copy, in the order in which they were decided.

    A step belongs to one copy, whose own count of entries (`place`) says which is the last of them. Within a sitting
    that count also says more than a clock that was set back.
    """
    last: dict[str, Row] = {}
    for row in rows:
        if row["step"] and (row["step"] not in last or row["place"] > last[row["step"]]["place"]):
            last[row["step"]] = row
    kept = [
        row
        for row in rows
        if row["is_loose"] or (row["cause"] == "do" and last[row["step"]]["cause"] != "undo")
    ]  # fmt: skip
    latest: dict[str, str] = {}
    moment: dict[int, str] = {}
    for at, row in sorted(enumerate(kept), key=lambda each: each[1]["place"]):
        moment[at] = latest[row["session_id"]] = max(latest.get(row["session_id"], ""), row["decided_at"])
    return [kept[at] for at in sorted(moment, key=lambda at: (moment[at], kept[at]["place"], at))]


def _decided_here(r: Queryable, which: str, params: tuple[str, ...]) -> dict[str, list[Opinion]]:
    marks = ", ".join("?" * len(NOT_OPINIONS))
    rows = r.rows(
        f"SELECT {_COLUMNS}, coalesce(o.name IN ({marks}), 0) AS is_echo, '' AS came_at, d.operation IS NULL AS is_loose "
        "FROM claims c JOIN decisions d ON d.claim_id = c.id JOIN reviewers p ON p.id = d.reviewer_id "
        "LEFT JOIN operations o ON o.seq = d.operation "
        f"WHERE {which} AND (d.operation IS NULL OR (d.cause = 'do' AND o.state = 'done')) ORDER BY d.number",
        (*NOT_OPINIONS, *params),
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
    """What each reviewer said last.

    Who only writes a note, or accepts the claim, judges nothing by that; nor does who puts in force what others said, or
    writes a note about that later.
    """
    said: dict[str, Opinion] = {}
    before: tuple[Any, ...] = (None, None, None)
    author = ""
    for row in rows:
        reviewer, now = row["reviewer"], (row["verdict"], row["reason"], row["confidence"])
        judgement = judgement_of(row["verdict"], row["reason"], row["note"], row["confidence"])
        if row["is_echo"]:
            before, author = now, ""
        elif now != before:
            said.pop(reviewer, None)
            if row["verdict"] is not None:
                said[reviewer] = Opinion(reviewer, judgement, row["decided_at"], row["came_at"])
            before, author = now, reviewer
        elif reviewer == author and reviewer in said:
            said[reviewer] = replace(said[reviewer], judgement=judgement)
    return list(said.values())
