"""Claims, their history and their links, read."""

import json
from collections.abc import Sequence
from sqlite3 import Row
from typing import NamedTuple

from factdesk.errors import NotFoundError
from factdesk.model.claims import Claim, Decision, Judgement, Link, Relation
from factdesk.model.spans import Span
from factdesk.model.stated import attribution_from_json, values_from_json, within
from factdesk.store.connection import Queryable
from factdesk.store.sessions import MACHINE
from factdesk.store.soundness import from_row
from factdesk.store.stored_words import ANCHORS, KINDS, REASONS, RELATIONS, STATUSES, VERDICTS

_ANY_CLAIMS = """
SELECT c.number, c.id, c.article_id, c.start, c."end", c.quote, c.kind, c.score, c.claimant, c.normalised, c.features,
       c.status, m.name AS made_by, c.repeat_of, c.verdict, c.reason, c.note, c.confidence, d.name AS decided_by,
       c.decided_at, c.linked, c.conflicts, c.evidence_count, c.cue, c.inherited_from, c.anchor{more}
FROM claims c LEFT JOIN reviewers m ON m.id = c.made_by LEFT JOIN reviewers d ON d.id = c.decided_by
"""
CLAIMS = _ANY_CLAIMS.format(more=", c.attribution, c.stated_values")
"""The query for whole claims, for `claim_of`; conditions go behind it."""
_IN_SHORT = _ANY_CLAIMS.format(more=", '[]', '[]'")  # for pages: taking JSON apart would cost more than all the rest

# Looked up once for each row of a page: a dictionary is several times faster than calling the enumeration.
_UNDECIDED = Judgement()


class ClaimMark(NamedTuple):
    """What a pane needs to paint a claim."""

    id: str
    start: int
    end: int
    verdict: str | None
    status: str
    made_by_machine: bool
    has_conflict: bool


def get_claim(r: Queryable, claim_id: str) -> Claim:
    """One claim."""
    row = r.one(f"{CLAIMS} WHERE c.id = ?", (claim_id,))
    if row is None:
        raise NotFoundError(f"There is no claim {claim_id} in this project.")
    return claim_of(row)


def claims_by_ids(r: Queryable, rowids: Sequence[int]) -> list[tuple[int, Claim]]:
    """A page of the queue: claims by number, in the order given; numbers that are gone are left out.

    They come without their values and attribution, which no list shows: `get_claim` has them.
    """
    rows = r.rows(f"{_IN_SHORT} WHERE c.number IN (SELECT value FROM json_each(?))", (json.dumps(list(rowids)),))
    found = {row["number"]: row for row in rows}
    return [(number, claim_of(found[number])) for number in rowids if number in found]


def claims_by_names(r: Queryable, claim_ids: Sequence[str]) -> dict[str, Claim]:
    """Claims by their ids, whole; those that are gone are left out."""
    rows = r.rows(f"{CLAIMS} WHERE c.id IN (SELECT value FROM json_each(?))", (json.dumps(list(claim_ids)),))
    return {row["id"]: claim_of(row) for row in rows}


def claims_of_article(r: Queryable, article_id: str, include_refused: bool = False) -> list[Claim]:  # noqa: FBT001, FBT002 - called by keyword
    """The claims of an article by span; longer ones first where several start together."""
    hidden = "" if include_refused else "AND c.status <> 'refused'"
    rows = r.rows(f'{CLAIMS} WHERE c.article_id = ? {hidden} ORDER BY c.start, c."end" DESC, c.number', (article_id,))
    return [claim_of(row) for row in rows]


def claim_marks(r: Queryable, article_id: str) -> list[ClaimMark]:
    """Light rows for painting, by span; refused claims left out."""
    rows = r.rows(
        'SELECT id, start, "end", verdict, status, made_by IS NULL, conflicts > 0 FROM claims '
        "WHERE article_id = ? AND status <> 'refused' ORDER BY start, \"end\" DESC, number",
        (article_id,),
    )
    return [
        ClaimMark(id_, start, end, verdict, status, bool(machine), bool(conflict))
        for id_, start, end, verdict, status, machine, conflict in rows
    ]


def claims_with_history(r: Queryable) -> frozenset[str]:
    """Ids of claims about which anything was ever decided."""
    return frozenset(row[0] for row in r.rows("SELECT DISTINCT claim_id FROM decisions"))


def history_of(r: Queryable, claim_id: str) -> list[Decision]:
    """What was decided about a claim, newest first. Of a note typed in one go only the last state counts."""
    rows = r.rows(
        "SELECT d.*, r.name AS reviewer FROM decisions d JOIN reviewers r ON r.id = d.reviewer_id "
        "WHERE d.claim_id = ? AND (d.operation IS NULL OR NOT EXISTS (SELECT 1 FROM decisions x "
        "WHERE x.claim_id = d.claim_id AND x.operation = d.operation AND x.number > d.number)) ORDER BY d.number DESC",
        (claim_id,),
    )
    return [_decision(row) for row in rows]


def links_of(r: Queryable, claim_id: str) -> list[tuple[Link, Claim]]:
    """The claims linked with this one, conflicts first; refused links and claims left out."""
    links = r.rows(
        "SELECT * FROM (SELECT *, claim_b AS other FROM links WHERE claim_a = :claim "
        "UNION ALL SELECT *, claim_a AS other FROM links WHERE claim_b = :claim) WHERE status <> 'refused'",
        {"claim": claim_id},
    )
    others = r.rows(
        f"{CLAIMS} WHERE c.id IN (SELECT value FROM json_each(?)) AND c.status <> 'refused'",
        (json.dumps([link["other"] for link in links]),),
    )
    claims = {row["id"]: claim_of(row) for row in others}
    found = [(link_of(link), claims[link["other"]]) for link in links if link["other"] in claims]
    return sorted(found, key=lambda pair: (pair[0].relation != Relation.CONFLICTS, -pair[0].score, pair[1].id))


@from_row("decisions")
def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        claim_id=row["claim_id"],
        judgement=judgement_of(row["verdict"], row["reason"], row["note"], row["confidence"]),
        cause=row["cause"],
        title=row["title"],
        reviewer=row["reviewer"],
        session_id=row["session_id"],
        decided_at=row["decided_at"],
        tool_version=row["tool_version"],
    )


@from_row("claims")
def claim_of(row: Row) -> Claim:
    """A row of the claims query as a value. Taken apart by place, which is much faster than by name."""
    (_, id_, article, start, end, quote, kind, score, claimant, normalised, features, status, made_by, repeat_of,
     verdict, reason, note, confidence, decided_by, decided_at, linked, conflicts, evidence, cue, inherited_from,
     anchor, attribution, values) = row  # fmt: skip
    return Claim(
        id=id_,
        article_id=article,
        span=Span(start, end),
        quote=quote,
        kind=KINDS[kind],
        score=score,
        claimant=claimant,
        normalised=normalised,
        features=() if features == "[]" else tuple(json.loads(features)),
        status=STATUSES[status],
        made_by=made_by or MACHINE,
        repeat_of=repeat_of,
        judgement=judgement_of(verdict, reason, note, confidence),
        decided_by=decided_by or "",
        decided_at=decided_at or "",
        linked=linked,
        conflicts=conflicts,
        evidence_count=evidence,
        cue=cue,
        attribution=attribution_from_json(attribution),
        values=within(values_from_json(values), start, end),
        inherited_from=inherited_from,
        anchor=ANCHORS[anchor],
    )


@from_row("links")
def link_of(row: Row) -> Link:
    """A row of the links table as a value."""
    return Link(
        id=row["id"],
        claim_a=row["claim_a"],
        claim_b=row["claim_b"],
        relation=RELATIONS[row["relation"]],
        score=row["score"],
        reason=row["reason"],
        status=STATUSES[row["status"]],
    )


def judgement_of(verdict: str | None, reason: str | None, note: str, confidence: int | None) -> Judgement:
    """The columns of a judgement as a value."""
    if verdict is None and not note and confidence is None:
        return _UNDECIDED
    return Judgement(
        VERDICTS[verdict] if verdict is not None else None,
        REASONS[reason] if reason is not None else None,
        note,
        confidence,
    )
