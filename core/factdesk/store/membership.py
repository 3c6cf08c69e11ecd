"""Places of claims in clusters as plain rows, for the operations that change them."""

from typing import NamedTuple

from factdesk.store.connection import Queryable

_PLACES = """
SELECT m.id, m.cluster_id, m.claim_id, m.relation, m.status, k.lead = m.claim_id AS is_lead
FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id
"""


class Place(NamedTuple):
    """A claim's place in a cluster."""

    id: str
    cluster_id: str
    claim_id: str
    relation: str
    status: str
    is_lead: bool


def place_of(r: Queryable, case_id: str, claim_id: str) -> Place | None:
    """Where a claim stands in a case; refused places do not count."""
    row = r.one(
        f"{_PLACES} WHERE m.claim_id = ? AND m.status <> 'refused' AND k.case_id = ? ORDER BY m.made_at, m.id LIMIT 1",
        (claim_id, case_id),
    )
    return None if row is None else Place(*row)


def place_in(r: Queryable, cluster_id: str, claim_id: str) -> Place | None:
    """A claim's place in a certain cluster, refused or not."""
    row = r.one(f"{_PLACES} WHERE m.cluster_id = ? AND m.claim_id = ?", (cluster_id, claim_id))
    return None if row is None else Place(*row)


def get_place(r: Queryable, member_id: str) -> Place | None:
    """One place by its id."""
    row = r.one(f"{_PLACES} WHERE m.id = ?", (member_id,))
    return None if row is None else Place(*row)


def places_in(r: Queryable, cluster_id: str, *, refused: bool = False) -> list[Place]:
    """All places of a cluster: accepted ones first, then in the order of the case and the text."""
    hidden = "" if refused else "AND m.status <> 'refused'"
    rows = r.rows(
        f"{_PLACES} JOIN claims c ON c.id = m.claim_id LEFT JOIN case_articles ca ON ca.article_id = c.article_id "
        f"AND ca.case_id = k.case_id WHERE m.cluster_id = ? {hidden} "
        "ORDER BY m.status <> 'accepted', ca.position IS NULL, ca.position, ca.article_id, c.start, m.claim_id",
        (cluster_id,),
    )
    return [Place(*row) for row in rows]


def relation_between(r: Queryable, claim: str, other: str) -> str | None:
    """What a link that was not refused says about two claims."""
    found: str | None = r.value(
        "SELECT relation FROM links WHERE (claim_a, claim_b) IN (VALUES (?, ?), (?, ?)) AND status <> 'refused'",
        (claim, other, other, claim),
    )
    return found


def links_with(r: Queryable, claim: str, others: list[str]) -> list[str]:
    """Ids of the links between a claim and some others, refused ones left out."""
    known = set(others)
    rows = r.rows(
        "SELECT id, claim_b AS other FROM links WHERE claim_a = :claim AND status <> 'refused' "
        "UNION ALL SELECT id, claim_a FROM links WHERE claim_b = :claim AND status <> 'refused'",
        {"claim": claim},
    )
    return [row["id"] for row in rows if row["other"] in known]
