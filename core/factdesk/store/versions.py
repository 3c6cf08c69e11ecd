"""Versions of articles, and the marks that a newer version moved a little or left behind."""

import json
from collections.abc import Sequence
from sqlite3 import Row
from typing import Any

from factdesk.compare.text_diff import TextDiff, text_diff
from factdesk.errors import NotFoundError
from factdesk.model.claims import Anchor
from factdesk.model.spans import Span
from factdesk.model.versions import ArticleVersion, CarriedMark, MarkKind
from factdesk.store.articles import article_text
from factdesk.store.connection import Queryable
from factdesk.store.stored_words import ANCHORS

_LINEAGE = """
WITH RECURSIVE earlier (id) AS (
  SELECT :article UNION SELECT a.replaces FROM earlier JOIN articles a ON a.id = earlier.id
  WHERE a.replaces IS NOT NULL),
lineage (id) AS (
  SELECT id FROM earlier UNION SELECT a.id FROM lineage JOIN articles a ON a.replaces = lineage.id)
"""

_OF_CASE = """
WITH RECURSIVE versions (current, id) AS (
  SELECT article_id, article_id FROM case_articles WHERE case_id = :case
  UNION SELECT v.current, a.replaces FROM versions v JOIN articles a ON a.id = v.id WHERE a.replaces IS NOT NULL)
"""

_CLAIM_OF = {MarkKind.CLAIM: "t.id", MarkKind.MENTION: "''", MarkKind.EVIDENCE: "t.claim_id"}


def versions_of(r: Queryable, article_id: str) -> list[ArticleVersion]:
    """All versions of an article, oldest first; one alone if it was never replaced."""
    rows = r.rows(
        f"{_LINEAGE} SELECT a.id, a.replaces, a.published_at, a.captured_at, a.imported_at, a.text_sha256, "
        "EXISTS (SELECT 1 FROM case_articles ca WHERE ca.article_id = a.id) AS current "
        "FROM lineage JOIN articles a ON a.id = lineage.id ORDER BY a.number",
        {"article": article_id},
    )
    return _in_succession([_version(row) for row in rows])


def is_newest(r: Queryable, article_id: str) -> bool:
    """Whether no corrected version has taken the article's place."""
    return versions_of(r, article_id)[-1].article_id == article_id


def earlier_versions(r: Queryable, article_id: str) -> list[str]:
    """Ids of the versions that this one replaced, the newest of them first."""
    found: list[str] = []
    while (before := r.value("SELECT replaces FROM articles WHERE id = ?", (article_id,))) and before not in found:
        found.append(before)
        article_id = before
    return found


def version_diff(r: Queryable, old: str, new: str) -> TextDiff:
    """What changed between two versions."""
    return text_diff(article_text(r, old), article_text(r, new))


def replaced_articles(r: Queryable) -> frozenset[str]:
    """Ids of articles that have a newer version."""
    return frozenset(row[0] for row in r.rows("SELECT DISTINCT replaces FROM articles WHERE replaces IS NOT NULL"))


def orphans_of(r: Queryable, case_id: str) -> list[CarriedMark]:
    """Marks that stayed with an earlier version of an article of this case because their words are gone."""
    return _marks(r, case_id, Anchor.ORPHAN)


def fuzzy_marks(r: Queryable, case_id: str) -> list[CarriedMark]:
    """Marks whose words a newer version changed a little, and that nobody has looked at since."""
    return _marks(r, case_id, Anchor.FUZZY)


def current_version(r: Queryable, article_id: str) -> str:
    """The version of an article that is in a case now; the article itself if none is."""
    row = r.one(
        f"{_LINEAGE} SELECT ca.article_id FROM lineage JOIN case_articles ca ON ca.article_id = lineage.id "
        "JOIN articles a ON a.id = lineage.id ORDER BY a.id = :article DESC, a.number DESC",
        {"article": article_id},
    )
    return article_id if row is None else str(row[0])


def _marks(r: Queryable, case_id: str, anchor: Anchor) -> list[CarriedMark]:
    found: list[CarriedMark] = []
    for kind, claim in _CLAIM_OF.items():
        standing = "" if kind is MarkKind.EVIDENCE else "AND t.status <> 'refused'"
        rows = r.rows(
            f'{_OF_CASE} SELECT t.id, t.article_id, v.current, t.start, t."end", t.quote, {claim} AS claim, '
            f"(SELECT json_extract(rc.before, '$.quote') FROM row_changes rc JOIN operations o ON o.seq = rc.operation "
            f" WHERE rc.table_name = '{kind}' AND rc.row_id = t.id AND o.state = 'done' AND o.cause = 'do' "
            " AND json_extract(rc.after, '$.quote') IS NOT NULL ORDER BY o.seq DESC LIMIT 1) AS before "
            f"FROM versions v JOIN {kind} t ON t.article_id = v.id AND t.anchor <> 'exact' AND t.anchor = :anchor {standing} "
            "JOIN case_articles ca ON ca.case_id = :case AND ca.article_id = v.current "
            'ORDER BY ca.position, t.article_id, t.start, t."end", t.id',
            {"case": case_id, "anchor": anchor},
        )
        found += [_mark(kind, anchor, row) for row in rows]
    return found


def _mark(kind: MarkKind, anchor: Anchor, row: Row) -> CarriedMark:
    quote = row["quote"]
    before = quote if anchor is Anchor.ORPHAN else row["before"] or quote
    span = Span(row["start"], row["end"])
    return CarriedMark(kind, row["id"], anchor, row["article_id"], row["current"], span, quote, before, row["claim"])


def mark_place(r: Queryable, kind: MarkKind, mark_id: str) -> tuple[str, Span, str, Anchor]:
    """Article, span, quote and anchor of a mark."""
    row = r.one(f'SELECT article_id, start, "end", quote, anchor FROM {kind} WHERE id = ?', (mark_id,))
    if row is None or row["article_id"] is None:
        raise NotFoundError(f"There is no such mark {mark_id} in this project.")
    return row["article_id"], Span(row["start"], row["end"]), row["quote"], ANCHORS[row["anchor"]]


def orphans_in(r: Queryable, kind: MarkKind, article_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Marks left behind in these versions, as whole rows."""
    rows = r.rows(
        f"SELECT * FROM {kind} WHERE anchor <> 'exact' AND anchor = 'orphan' "
        "AND article_id IN (SELECT value FROM json_each(?)) ORDER BY start, id",
        (json.dumps(list(article_ids)),),
    )
    return [dict(row) for row in rows]


def marks_by_ids(r: Queryable, kind: MarkKind, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Marks as whole rows, by place in the text."""
    rows = r.rows(
        f"SELECT * FROM {kind} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY start, id",
        (json.dumps(list(ids)),),
    )
    return [dict(row) for row in rows]


def evidence_in(r: Queryable, article_id: str) -> list[dict[str, Any]]:
    """Passages of an article that serve as evidence, as whole rows."""
    return [
        dict(row) for row in r.rows("SELECT * FROM evidence WHERE article_id = ? ORDER BY start, id", (article_id,))
    ]


def links_left_behind(r: Queryable, article_id: str) -> list[str]:
    """Suggested links with claims that nobody touched and that stayed in a replaced version: they count no more."""
    rows = r.rows(
        "SELECT l.id FROM claims c JOIN links l ON l.claim_a = c.id WHERE c.article_id = :article "
        "AND c.anchor <> 'orphan' AND l.status = 'suggested' AND l.made_by IS NULL UNION "
        "SELECT l.id FROM claims c JOIN links l ON l.claim_b = c.id WHERE c.article_id = :article "
        "AND c.anchor <> 'orphan' AND l.status = 'suggested' AND l.made_by IS NULL",
        {"article": article_id},
    )
    return [row[0] for row in rows]


def absences_in(r: Queryable, article_id: str) -> list[dict[str, Any]]:
    """What a person confirmed that an article does not mention: id, texts of the fact, whether the newer one has it."""
    rows = r.rows(
        "SELECT b.id, json_array(k.normalised, c.quote) AS facts, EXISTS (SELECT 1 FROM absences x "
        "  JOIN articles a ON a.id = x.article_id AND a.replaces = b.article_id WHERE x.cluster_id = k.id) AS is_known "
        "FROM absences b JOIN clusters k ON k.id = b.cluster_id JOIN claims c ON c.id = k.lead WHERE b.article_id = ?",
        (article_id,),
    )
    return [dict(row) | {"facts": [text for text in json.loads(row["facts"]) if text]} for row in rows]


def _version(row: Row) -> ArticleVersion:
    times = (row["published_at"], row["captured_at"], row["imported_at"])
    return ArticleVersion(row["id"], row["replaces"], *times, row["text_sha256"], bool(row["current"]))


def _in_succession(versions: list[ArticleVersion]) -> list[ArticleVersion]:
    """A version behind the one it replaces, also where an older text was imported later."""
    left = {version.article_id: version for version in versions}
    ordered: list[ArticleVersion] = []
    while left:
        ready = [version for version in left.values() if version.replaces not in left]
        ordered += [left.pop(version.article_id) for version in ready or list(left.values())]
    return ordered
