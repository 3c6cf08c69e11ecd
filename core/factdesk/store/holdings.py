"""How much of each sort of thing a project holds: what a format that cannot hold it would lose."""

import json
from collections.abc import Sequence

from factdesk.store.connection import Queryable

_SQL = {
    "articles": "SELECT count(*) FROM picked",
    "texts_changed": "SELECT count(*) FROM picked JOIN articles a USING (id) WHERE a.media_type NOT LIKE 'text/plain%'",
    "sentences": "SELECT count(*) FROM analyses n JOIN picked p ON p.id = n.article_id",
    "mentions": "SELECT count(*) FROM mentions m JOIN picked p ON p.id = m.article_id WHERE m.status <> 'refused'",
    "entities": "SELECT count(DISTINCT m.entity_id) FROM mentions m JOIN picked p ON p.id = m.article_id "
    "WHERE m.status <> 'refused'",
    "claims": "SELECT count(*) FROM standing",
    "suggestions": "SELECT count(*) FROM standing WHERE status = 'suggested'",
    "refused": "SELECT count(*) FROM claims c JOIN picked p ON p.id = c.article_id WHERE c.status = 'refused'",
    "verdicts": "SELECT count(*) FROM standing WHERE verdict IS NOT NULL",
    "reasons": "SELECT count(*) FROM standing WHERE reason IS NOT NULL",
    "notes": "SELECT count(*) FROM standing WHERE note <> ''",
    "confidence": "SELECT count(*) FROM standing WHERE confidence IS NOT NULL",
    "reviewers": "SELECT count(DISTINCT decided_by) FROM standing",
    "disagreeing": "SELECT count(*) FROM (SELECT d.claim_id FROM decisions d JOIN standing s ON s.id = d.claim_id "
    "WHERE d.verdict IS NOT NULL GROUP BY 1 HAVING count(DISTINCT d.reviewer_id) > 1)",
    "decisions": "SELECT count(*) FROM decisions d JOIN standing s ON s.id = d.claim_id",
    "claimants": "SELECT count(*) FROM standing WHERE claimant <> '' OR attribution <> '[]'",
    "values": "SELECT count(*) FROM standing WHERE stated_values <> '[]'",
    "normalised": "SELECT count(*) FROM standing WHERE normalised <> ''",
    "clusters": "SELECT count(*) FROM (SELECT cluster_id FROM cluster_claims m JOIN standing s ON s.id = m.claim_id "
    "WHERE m.status <> 'refused' GROUP BY 1 HAVING count(*) > 1)",
    "links": "SELECT count(*) FROM links l JOIN standing a ON a.id = l.claim_a JOIN standing b ON b.id = l.claim_b "
    "WHERE l.status <> 'refused'",
    "absences": "SELECT count(*) FROM absences x JOIN picked p ON p.id = x.article_id",
    "origins": "SELECT count(*) FROM (SELECT origin FROM origins o JOIN picked p ON p.id = o.article_id "
    "GROUP BY o.case_id, origin HAVING count(*) > 1)",
    "passages": "SELECT count(*) FROM evidence v JOIN standing s ON s.id = v.claim_id WHERE v.kind = 'passage'",
    "sources": "SELECT count(*) FROM evidence v JOIN standing s ON s.id = v.claim_id WHERE v.kind <> 'passage'",
    "files": "SELECT count(*) FROM evidence v JOIN standing s ON s.id = v.claim_id WHERE v.kind = 'file'",
    "versions": "SELECT count(*) FROM picked JOIN articles a USING (id) WHERE a.replaces IS NOT NULL",
}


def count_holdings(r: Queryable, article_ids: Sequence[str]) -> dict[str, int]:
    """How many of each sort there are in these articles; claims without those that were refused."""
    ids = json.dumps(list(article_ids))
    head = (
        "WITH picked AS (SELECT value AS id FROM json_each(?)), "
        "standing AS (SELECT c.* FROM claims c JOIN picked p ON p.id = c.article_id WHERE c.status <> 'refused') "
    )
    return {name: int(r.value(head + sql, (ids,)) or 0) for name, sql in _SQL.items()}


def overlapping_claims(r: Queryable, article_ids: Sequence[str]) -> int:
    """Standing claims that share characters with another claim or hold a mention."""
    found = r.value(
        "WITH picked AS (SELECT value AS id FROM json_each(?)) "
        "SELECT count(*) FROM claims c JOIN picked p ON p.id = c.article_id WHERE c.status <> 'refused' AND ("
        "EXISTS (SELECT 1 FROM claims d WHERE d.article_id = c.article_id AND d.status <> 'refused' AND d.id <> c.id "
        'AND d.start < c."end" AND d."end" > c.start) OR '
        "EXISTS (SELECT 1 FROM mentions m WHERE m.article_id = c.article_id AND m.status <> 'refused' "
        'AND m.start < c."end" AND m."end" > c.start))',
        (json.dumps(list(article_ids)),),
    )
    return int(found or 0)
