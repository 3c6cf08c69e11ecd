"""Evidence, read."""

from sqlite3 import Row

from factdesk.errors import NotFoundError
from factdesk.model.evidence import Evidence, EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.store.connection import Queryable

_EVIDENCE = "SELECT v.*, p.name AS author FROM evidence v LEFT JOIN reviewers p ON p.id = v.made_by"


def get_evidence(r: Queryable, evidence_id: str) -> Evidence:
    """One piece of evidence."""
    row = r.one(f"{_EVIDENCE} WHERE v.id = ?", (evidence_id,))
    if row is None:
        raise NotFoundError(f"There is no evidence {evidence_id} in this project.")
    return _evidence(row)


def evidence_of(r: Queryable, claim_id: str) -> list[Evidence]:
    """The evidence about a claim, in the order it was added."""
    return [_evidence(row) for row in r.rows(f"{_EVIDENCE} WHERE v.claim_id = ? ORDER BY v.made_at, v.id", (claim_id,))]


def passages_in(r: Queryable, article_id: str) -> list[Evidence]:
    """The passages of an article that serve as evidence, by span."""
    rows = r.rows(f'{_EVIDENCE} WHERE v.article_id = ? ORDER BY v.start, v."end" DESC, v.id', (article_id,))
    return [_evidence(row) for row in rows]


def _evidence(row: Row) -> Evidence:
    return Evidence(
        id=row["id"],
        claim_id=row["claim_id"],
        kind=EvidenceKind(row["kind"]),
        stance=Stance(row["stance"]),
        quote=row["quote"],
        article_id=row["article_id"],
        span=None if row["start"] is None else Span(row["start"], row["end"]),
        url=row["url"],
        note=row["note"],
        captured_at=row["captured_at"],
        made_by=row["author"] or "",
        made_at=row["made_at"],
    )
