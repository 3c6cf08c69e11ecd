"""What a person has worked on, and the machine therefore leaves alone."""

import json
from collections.abc import Sequence
from sqlite3 import Row

from factdesk.store.connection import Queryable

LIVE = """
EXISTS (SELECT 1 FROM row_changes rc JOIN operations o ON o.seq = rc.operation
        WHERE rc.table_name = '{table}' AND rc.row_id = {row} AND o.state IN ('done', 'undone'))
"""
"""A step that was done, or could be done again, names the row: even an undone one must find it for its redo."""

CLUSTER_TOUCHED = f"""
(k.made_by IS NOT NULL OR k.verdict IS NOT NULL OR k.normalised <> '' OR k.note <> '' OR k.confidence IS NOT NULL
 OR EXISTS (SELECT 1 FROM cluster_claims y WHERE y.cluster_id = k.id
            AND (y.status <> 'suggested' OR y.made_by IS NOT NULL))
 OR EXISTS (SELECT 1 FROM absences y WHERE y.cluster_id = k.id)
 OR {LIVE.format(table="clusters", row="k.id")})
"""
"""What a person says about one claim of a cluster holds all of it in place."""

CLAIM_TOUCHED = f"""
(c.status <> 'suggested' OR c.made_by IS NOT NULL OR c.verdict IS NOT NULL OR c.note <> '' OR c.confidence IS NOT NULL
 OR c.evidence_count > 0
 OR EXISTS (SELECT 1 FROM links l WHERE l.claim_a = c.id AND (l.status <> 'suggested' OR l.made_by IS NOT NULL))
 OR EXISTS (SELECT 1 FROM links l WHERE l.claim_b = c.id AND (l.status <> 'suggested' OR l.made_by IS NOT NULL))
 OR EXISTS (SELECT 1 FROM cluster_claims p JOIN clusters k ON k.id = p.cluster_id
            WHERE p.claim_id = c.id AND {CLUSTER_TOUCHED})
 OR {LIVE.format(table="claims", row="c.id")})
"""

MENTION_TOUCHED = f"""
(m.status <> 'suggested' OR m.made_by IS NOT NULL OR {LIVE.format(table="mentions", row="m.id")})
"""

LINK_TOUCHED = f"""
(l.status <> 'suggested' OR l.made_by IS NOT NULL OR {LIVE.format(table="links", row="l.id")})
"""

ENTITY_TOUCHED = f"""
(e.made_by IS NOT NULL OR e.merged_into IS NOT NULL OR {LIVE.format(table="entities", row="e.id")})
"""


def has_decisions(r: Queryable, article_id: str) -> bool:
    """Whether a person has worked on an article: decided, corrected, added a mark, or quoted it as evidence."""
    found = r.value(
        f"SELECT EXISTS (SELECT 1 FROM claims c WHERE c.article_id = :article AND {CLAIM_TOUCHED}) "
        f"OR EXISTS (SELECT 1 FROM mentions m WHERE m.article_id = :article AND {MENTION_TOUCHED}) "
        "OR EXISTS (SELECT 1 FROM evidence v WHERE v.article_id = :article) "
        "OR EXISTS (SELECT 1 FROM absences b WHERE b.article_id = :article)",
        {"article": article_id},
    )
    return bool(found)


def claims_before(r: Queryable, article_id: str) -> list[Row]:
    """The claims of an article before a new run: id, start, end, touched."""
    return r.rows(
        f'SELECT c.id, c.start, c."end", {CLAIM_TOUCHED} AS touched FROM claims c WHERE c.article_id = ?', (article_id,)
    )


def mentions_before(r: Queryable, article_id: str) -> list[Row]:
    """The mentions of an article before a new run: id, start, end, entity_id, touched."""
    return r.rows(
        f'SELECT m.id, m.start, m."end", m.entity_id, {MENTION_TOUCHED} AS touched FROM mentions m '
        "WHERE m.article_id = ?",
        (article_id,),
    )


def untouched_links(r: Queryable, case_id: str) -> list[dict[str, str]]:
    """The links between claims of a case that a new run may replace: id, claim_a, claim_b."""
    rows = r.rows(
        "SELECT l.id, l.claim_a, l.claim_b FROM case_articles ca CROSS JOIN claims c ON c.article_id = ca.article_id "
        "CROSS JOIN links l ON l.claim_a = c.id JOIN claims o ON o.id = l.claim_b "
        "JOIN case_articles oa ON oa.article_id = o.article_id AND oa.case_id = ca.case_id "
        f"WHERE ca.case_id = ? AND NOT {LINK_TOUCHED}",
        (case_id,),
    )
    return [dict(row) for row in rows]


def named_by_steps(r: Queryable, table: str) -> set[str]:
    """The rows of a table that steps name which were done or could be done again, whether they are there now or not."""
    rows = r.rows(
        "SELECT DISTINCT rc.row_id FROM row_changes rc JOIN operations o ON o.seq = rc.operation "
        "WHERE rc.table_name = ? AND o.state IN ('done', 'undone')",
        (table,),
    )
    return {row[0] for row in rows}


def settled_claims(r: Queryable) -> set[str]:
    """Claims whose place in a cluster a person has chosen or changed, also in steps that are undone at present."""
    rows = r.rows(
        "SELECT DISTINCT coalesce(json_extract(rc.before, '$.claim_id'), json_extract(rc.after, '$.claim_id'), m.claim_id) "
        "FROM row_changes rc JOIN operations o ON o.seq = rc.operation LEFT JOIN cluster_claims m ON m.id = rc.row_id "
        "WHERE rc.table_name = 'cluster_claims' AND o.state IN ('done', 'undone')"
    )
    return {row[0] for row in rows if row[0] is not None}


def unused_entities(r: Queryable, candidates: Sequence[str]) -> list[str]:
    """Those of the entities that nothing names any more and nobody touched."""
    rows = r.rows(
        f"SELECT e.id FROM entities e WHERE e.id IN (SELECT value FROM json_each(?)) AND NOT {ENTITY_TOUCHED} "
        "AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.entity_id = e.id) "
        "AND NOT EXISTS (SELECT 1 FROM entities x WHERE x.merged_into = e.id)",
        (json.dumps(list(candidates)),),
    )
    return [row["id"] for row in rows]
