"""Evidence, read."""

from sqlite3 import Row

from factdesk.errors import NotFoundError
from factdesk.model.evidence import AttachedFile, ClusterEvidence, Evidence
from factdesk.model.spans import Span
from factdesk.store.connection import Queryable
from factdesk.store.packing import unpacked
from factdesk.store.soundness import from_row
from factdesk.store.stored_words import ANCHORS, EVIDENCE_KINDS, RELATIONS, STANCES

_COLUMNS = """
SELECT v.id, v.claim_id, v.kind, v.stance, v.quote, v.article_id, v.start, v."end", v.url, v.note, v.captured_at,
       v.made_at, v.sha256, v.anchor, p.name AS author, f.name AS file_name, f.media_type, f.size,
       coalesce(nullif(v.source, ''), nullif(s.publisher, ''), nullif(s.title, ''), s.source_name, '') AS source,
       coalesce(nullif(v.published_at, ''), s.published_at, '') AS published_at
"""
_JOINED = """
LEFT JOIN reviewers p ON p.id = v.made_by LEFT JOIN articles s ON s.id = v.article_id
LEFT JOIN attachments f ON f.sha256 = v.sha256 AND v.kind <> 'passage'
"""
_EVIDENCE = f"{_COLUMNS} FROM evidence v {_JOINED}"

_MEMBERS = """
WITH mine AS (SELECT m.cluster_id, m.relation FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id
              WHERE m.claim_id = :claim AND m.status <> 'refused' AND (:case = '' OR k.case_id = :case)),
members (claim_id, relation, accepted, opposes, own) AS (
  SELECT :claim, coalesce((SELECT relation FROM mine), 'same'), 1, 0, 1
  UNION ALL
  SELECT m.claim_id, m.relation, m.status = 'accepted' AND c.anchor <> 'orphan',
         (m.relation = 'conflicts') <> (mine.relation = 'conflicts'), 0
  FROM mine JOIN cluster_claims m ON m.cluster_id = mine.cluster_id JOIN claims c ON c.id = m.claim_id
  WHERE m.claim_id <> :claim AND m.status <> 'refused' AND c.status <> 'refused')
"""


def get_evidence(r: Queryable, evidence_id: str) -> Evidence:
    """One piece of evidence."""
    row = r.one(f"{_EVIDENCE} WHERE v.id = ?", (evidence_id,))
    if row is None:
        raise NotFoundError(f"There is no evidence {evidence_id} in this project.")
    return _evidence(row)


def evidence_of(r: Queryable, claim_id: str) -> list[Evidence]:
    """The evidence about a claim, in the order it was added."""
    return [_evidence(row) for row in r.rows(f"{_EVIDENCE} WHERE v.claim_id = ? ORDER BY v.made_at, v.id", (claim_id,))]


def all_evidence(r: Queryable) -> list[Evidence]:
    """All evidence of the project."""
    return [_evidence(row) for row in r.rows(_EVIDENCE)]


def evidence_for_cluster(r: Queryable, case_id: str, claim_id: str) -> list[ClusterEvidence]:
    """The evidence about a claim and about every other claim of its cluster, its own first; "" asks in all cases."""
    rows = r.rows(
        f"{_MEMBERS} {_COLUMNS}, members.relation, members.accepted, members.opposes, members.own "
        f"FROM members CROSS JOIN evidence v ON v.claim_id = members.claim_id {_JOINED} "
        "GROUP BY v.id ORDER BY members.own DESC, v.made_at, v.id",
        {"claim": claim_id, "case": case_id},
    )
    return [
        ClusterEvidence(
            _evidence(row), RELATIONS[row["relation"]], bool(row["own"]), bool(row["accepted"]), bool(row["opposes"])
        )
        for row in rows
    ]


def passages_in(r: Queryable, article_id: str) -> list[Evidence]:
    """The passages of an article that serve as evidence, by span."""
    rows = r.rows(f'{_EVIDENCE} WHERE v.article_id = ? ORDER BY v.start, v."end" DESC, v.id', (article_id,))
    return [_evidence(row) for row in rows]


def get_attachment(r: Queryable, sha256: str) -> AttachedFile:
    """What is known about a file in the project."""
    row = r.one("SELECT sha256, name, media_type, size FROM attachments WHERE sha256 = ?", (sha256,))
    if row is None:
        raise NotFoundError(f"This project has no attached file with the SHA-256 {sha256[:12]}….")
    return AttachedFile(*row)


def attachment_bytes(r: Queryable, sha256: str) -> bytes:
    """A file as it was attached."""
    row = r.one("SELECT zlib, size, name FROM attachments WHERE sha256 = ?", (sha256,))
    if row is None:
        raise NotFoundError(f"This project has no attached file with the SHA-256 {sha256[:12]}….")
    return unpacked(row[0], row[1], f"The attached file “{row[2]}”")


@from_row("evidence")
def _evidence(row: Row) -> Evidence:
    file = AttachedFile(row["sha256"], row["file_name"], row["media_type"], row["size"]) if row["file_name"] else None
    return Evidence(
        id=row["id"],
        claim_id=row["claim_id"],
        kind=EVIDENCE_KINDS[row["kind"]],
        stance=STANCES[row["stance"]],
        quote=row["quote"],
        article_id=row["article_id"],
        span=None if row["start"] is None else Span(row["start"], row["end"]),
        url=row["url"],
        note=row["note"],
        captured_at=row["captured_at"],
        made_by=row["author"] or "",
        made_at=row["made_at"],
        source=row["source"],
        published_at=row["published_at"],
        sha256=row["sha256"],
        anchor=ANCHORS[row["anchor"]],
        file=file,
    )
