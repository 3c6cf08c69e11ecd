"""What the board is made of, read in a few large queries: articles, places in clusters, claims, absences."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from factdesk.store.connection import Queryable
from factdesk.store.search import match_query


class Stated(NamedTuple):
    """A claim on the board: where it is, who says it, and its place in a cluster."""

    id: str
    article_id: str
    start: int
    claimant: str
    score: float
    verdict: str | None
    is_own: bool  # the verdict is not that of the cluster
    relation: str
    is_suggested: bool


class Clash(NamedTuple):
    """A claim of another row that contradicts one."""

    link_id: str
    article_id: str
    reason: str


class Group(NamedTuple):
    """A row under way: a cluster, or a claim that is in none."""

    key: str
    cluster_id: str | None
    lead: str
    normalised: str
    verdict: str | None
    claims: list[Stated]


class Words(NamedTuple):
    """What a claim says."""

    quote: str
    normalised: str
    values: str  # JSON
    start: int
    end: int


_CLUSTERS = """
SELECT k.id, k.lead, k.normalised, k.verdict FROM clusters k WHERE k.case_id = ?
"""
_IN_CLUSTERS = """
SELECT m.cluster_id, c.id, c.article_id, c.start, c.claimant, c.score, c.verdict, c.inherited_from, m.relation, m.status
FROM clusters k CROSS JOIN cluster_claims m ON m.cluster_id = k.id AND m.status <> 'refused'
CROSS JOIN claims c ON c.id = m.claim_id AND c.status <> 'refused'
JOIN case_articles ca ON ca.article_id = c.article_id AND ca.case_id = k.case_id
WHERE k.case_id = ? ORDER BY ca.position, ca.article_id, c.start, c."end" DESC, c.id
"""
_ALONE = """
SELECT c.id, c.article_id, c.start, c.claimant, c.score, c.verdict, c.status, c.repeat_of
FROM case_articles ca CROSS JOIN claims c ON c.article_id = ca.article_id AND c.status <> 'refused'
WHERE ca.case_id = :case AND NOT EXISTS (
  SELECT 1 FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id AND k.case_id = :case
  WHERE m.claim_id = c.id AND m.status <> 'refused')
ORDER BY ca.position, ca.article_id, c.start, c."end" DESC, c.id
"""
_OF_ENTITY = """
SELECT DISTINCT c.id FROM mentions m CROSS JOIN claims c ON c.article_id = m.article_id
AND c.start < m."end" AND c."end" > m.start WHERE m.entity_id = ? AND m.status <> 'refused'
"""


_CLASHES = """
SELECT l.id, l.claim_a, l.claim_b, a.article_id AS article_a, b.article_id AS article_b, l.reason
FROM case_articles ca CROSS JOIN claims a ON a.article_id = ca.article_id AND a.conflicts > 0 AND a.status <> 'refused'
CROSS JOIN links l ON l.claim_a = a.id AND l.relation = 'conflicts' AND l.status <> 'refused'
JOIN claims b ON b.id = l.claim_b AND b.status <> 'refused'
JOIN case_articles cb ON cb.article_id = b.article_id AND cb.case_id = ca.case_id
WHERE ca.case_id = ? ORDER BY l.score DESC, l.id
"""


def load_clashes(r: Queryable, case_id: str, groups: Iterable[Group]) -> dict[str, list[Clash]]:
    """For each claim the links by which claims of other rows contradict it: a row alone would hide them."""
    links = r.lists("id, claim_a, claim_b, article_a, article_b, reason", _CLASHES, (case_id,))
    found: dict[str, list[Clash]] = {}
    row_of = {claim.id: group.key for group in groups for claim in group.claims} if links else {}
    for link, a, b, article_a, article_b, reason in links:
        if row_of.get(a) != row_of.get(b):
            found.setdefault(a, []).append(Clash(link, article_b, reason))
            found.setdefault(b, []).append(Clash(link, article_a, reason))
    return found


def load_groups(r: Queryable, case_id: str) -> list[Group]:
    """All rows of a case: clusters first, then claims that stand alone, in the order of the case and the text."""
    groups: dict[str, Group] = {}
    homes: dict[str, Group] = {}
    for id_, lead, normalised, verdict in r.lists("id, lead, normalised, verdict", _CLUSTERS, (case_id,)):
        groups[id_] = Group(id_, id_, lead, normalised, verdict, [])
    columns = "cluster_id, id, article_id, start, claimant, score, verdict, inherited_from, relation, status"
    for cluster, id_, article, start, who, score, verdict, source, relation, status in r.lists(
        columns, _IN_CLUSTERS, (case_id,)
    ):
        own = verdict is not None and source != cluster
        stated = Stated(id_, article, start, who, _score(score), verdict, own, relation, status == "suggested")
        groups[cluster].claims.append(stated)
        homes[id_] = groups[cluster]
    columns = "id, article_id, start, claimant, score, verdict, status, repeat_of"
    for id_, article, start, who, score, verdict, status, first in r.lists(columns, _ALONE, {"case": case_id}):
        own = verdict is not None
        stated = Stated(id_, article, start, who, _score(score), verdict, own, "same", status == "suggested")
        home = homes.get(first) if first else None
        if home is None:
            home = groups[id_] = homes[id_] = Group(id_, None, id_, "", None, [])
        home.claims.append(stated)
    return [group for group in groups.values() if group.claims]


def load_words(r: Queryable, claim_ids: Iterable[str]) -> dict[str, Words]:
    """What claims say."""
    rows = r.lists(
        'id, quote, normalised, stated_values, start, "end"',
        'SELECT id, quote, normalised, stated_values, start, "end" '
        "FROM claims WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(claim_ids)),),
    )
    return {row[0]: Words(*row[1:]) for row in rows}


def load_absences(r: Queryable, case_id: str) -> set[tuple[str, str]]:
    """Clusters and articles of which a person confirmed that they do not mention them."""
    rows = r.rows(
        "SELECT a.cluster_id, a.article_id FROM absences a JOIN clusters k ON k.id = a.cluster_id WHERE k.case_id = ?",
        (case_id,),
    )
    return {(row[0], row[1]) for row in rows}


def claims_of_entity(r: Queryable, entity_id: str) -> set[str]:
    """Claims in which an entity is named."""
    return {row[0] for row in r.rows(_OF_ENTITY, (entity_id,))}


def claims_with_words(r: Queryable, search: str) -> set[str]:
    """Claims that have what a person typed in their quote, plain words or claimant."""
    query = match_query(search)
    if query:
        sql = "SELECT c.id FROM claims_fts f JOIN claims c ON c.number = f.rowid WHERE f.claims_fts MATCH ?"
        return {row[0] for row in r.rows(sql, (query,))}
    rows = r.rows("SELECT id FROM claims WHERE instr(lower(quote), lower(?)) > 0", (search.strip(),))
    return {row[0] for row in rows}


def _score(score: float | None) -> float:
    """A claim made by hand counts as fully check-worthy."""
    return 1.0 if score is None else score
