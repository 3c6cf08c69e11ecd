"""How much of each sort of thing a project holds: what a format that cannot hold it would lose."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from factdesk.store.connection import Queryable

_ARTICLES = {
    "articles": "SELECT count(*) FROM picked",
    "sentences": "SELECT count(*) FROM analyses WHERE article_id IN picked",
    "refused": "SELECT count(*) FROM claims c WHERE article_id IN picked AND status = 'refused' {chosen}",
    "absences": "SELECT count(*) FROM absences WHERE article_id IN picked",
    "origins": "SELECT count(*) FROM (SELECT 1 FROM origins WHERE article_id IN picked "
    "GROUP BY case_id, origin HAVING count(*) > 1)",
    "versions": "SELECT count(*) FROM articles WHERE id IN picked AND replaces IS NOT NULL",
}
_MENTIONS = {
    "mentions": "count(*)",
    "entities": "count(DISTINCT entity_id)",
}
_CLAIMS = {
    "claims": "count(*)",
    "suggestions": "sum(status = 'suggested')",
    "verdicts": "count(verdict)",
    "reasons": "count(reason)",
    "notes": "sum(note <> '')",
    "confidence": "count(confidence)",
    "claimants": "sum(claimant <> '' OR attribution <> '[]')",
    "values": "sum(stated_values <> '[]')",
    "normalised": "sum(normalised <> '')",
}
_HANGING = {
    "decisions": "SELECT count(*) FROM decisions WHERE claim_id IN standing",
    "clusters": "SELECT count(*) FROM (SELECT 1 FROM cluster_claims m WHERE {member} AND claim_id IN standing "
    "GROUP BY cluster_id HAVING count(*) > 1)",
    "links": "SELECT count(*) FROM links WHERE {member} AND claim_a IN standing AND claim_b IN standing",
}
_EVIDENCE = {
    "passages": "sum(kind = 'passage')",
    "sources": "sum(kind <> 'passage')",
    "files": "sum(kind = 'file')",
}


_TOUCHED = (
    "SELECT claim_id AS id FROM evidence UNION SELECT claim_a FROM links WHERE status = 'accepted' "
    "UNION SELECT claim_b FROM links WHERE status = 'accepted' "
    "UNION SELECT claim_id FROM cluster_claims WHERE status = 'accepted' "
    "UNION SELECT k.lead FROM clusters k JOIN cluster_claims m ON m.cluster_id = k.id WHERE m.status = 'accepted'"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a project is counted."""

    article_ids: Sequence[str]
    claim_ids: Collection[str] = ()  # of the claims only these; empty for all
    decisions_only: bool = False


def touched_claims(r: Queryable) -> frozenset[str]:
    """Ids of claims that a person's evidence, link or cluster hangs on."""
    return frozenset(row["id"] for row in r.rows(_TOUCHED))


def count_holdings(r: Queryable, part: Part, wanted: Collection[str]) -> dict[str, int]:
    """How many of each wanted sort there are; claims without those that were refused."""
    params = {"articles": json.dumps(list(part.article_ids)), "claims": json.dumps(sorted(part.claim_ids))}
    chosen = "AND c.id IN (SELECT value FROM json_each(:claims))" if part.claim_ids else ""
    kept = "status = 'accepted'" if part.decisions_only else "status <> 'refused'"
    picked = "WITH picked AS MATERIALIZED (SELECT value AS id FROM json_each(:articles))"
    which = f"FROM claims c WHERE article_id IN picked AND {_standing(part)} {chosen}"
    standing = f"{picked}, standing AS MATERIALIZED (SELECT id {which})"
    single = {name: f"{picked} {sql.format(chosen=chosen)}" for name, sql in _ARTICLES.items()}
    single |= {name: f"{standing} {sql.format(member=kept)}" for name, sql in _HANGING.items()}
    found = {name: int(r.value(sql, params) or 0) for name, sql in single.items() if name in wanted}
    for columns, source in (
        (_MENTIONS, f"{picked} SELECT {{}} FROM mentions WHERE article_id IN picked AND {kept}"),
        (_CLAIMS, f"{picked} SELECT {{}} {which}"),
        (_EVIDENCE, f"{standing} SELECT {{}} FROM evidence WHERE claim_id IN standing"),
    ):
        together = {name: column for name, column in columns.items() if name in wanted}
        if together:
            row = r.one(source.format(", ".join(together.values())), params)
            found |= {name: int((row[at] if row is not None else 0) or 0) for at, name in enumerate(together)}
    return found


def overlapping_claims(r: Queryable, part: Part) -> int:
    """Claims that share characters with another claim or with a mention.

    All marks in the order of their start are looked at once: one overlaps another if an earlier one reaches into it, or
    the next one begins in it.
    """
    chosen = "AND id IN (SELECT value FROM json_each(:claims))" if part.claim_ids else ""
    kept = "status = 'accepted'" if part.decisions_only else "status <> 'refused'"
    found = r.value(
        "WITH picked AS MATERIALIZED (SELECT value AS id FROM json_each(:articles)), marks AS ("
        f'SELECT article_id, start, "end", 1 AS is_claim FROM claims WHERE article_id IN picked AND {_standing(part)} {chosen} '
        f'UNION ALL SELECT article_id, start, "end", 0 FROM mentions WHERE article_id IN picked AND {kept}), '
        'near AS (SELECT is_claim, start, "end", '
        'max("end") OVER (in_order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached, '
        "lead(start) OVER in_order AS follows "
        'FROM marks WINDOW in_order AS (PARTITION BY article_id ORDER BY start, "end")) '
        'SELECT count(*) FROM near WHERE is_claim AND (reached > start OR follows < "end")',
        {"articles": json.dumps(list(part.article_ids)), "claims": json.dumps(sorted(part.claim_ids))},
    )
    return int(found or 0)


def _standing(part: Part) -> str:
    """The condition for claims."""
    if not part.decisions_only:
        return "status <> 'refused'"
    return f"(status = 'accepted' OR (status = 'suggested' AND id IN ({_TOUCHED})))"
