"""Clusters and origins, read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sqlite3 import Row

from factdesk.errors import NotFoundError
from factdesk.model.claims import Claim, Relation, Verdict
from factdesk.model.clusters import Cluster, Member, Origin
from factdesk.store.claims import claims_by_names, judgement_of
from factdesk.store.connection import Queryable
from factdesk.store.sessions import MACHINE
from factdesk.store.soundness import from_row
from factdesk.store.stored_words import RELATIONS, STATUSES, VERDICTS

_CLUSTERS = """
SELECT k.*, d.name AS decider, m.name AS maker
FROM clusters k LEFT JOIN reviewers d ON d.id = k.decided_by LEFT JOIN reviewers m ON m.id = k.made_by
"""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Verdicts of claims in one cluster that do not go together."""

    cluster_id: str
    verdict: Verdict | None  # of the cluster
    claims: tuple[tuple[str, Verdict], ...]  # claims with a verdict of their own, in case order
    reason: str  # in words


def get_cluster(r: Queryable, cluster_id: str) -> Cluster:
    """One cluster with its members."""
    row = r.one(f"{_CLUSTERS} WHERE k.id = ?", (cluster_id,))
    if row is None:
        raise NotFoundError(f"There is no cluster {cluster_id} in this project.")
    return _cluster(r, row)


def cluster_of(r: Queryable, case_id: str, claim_id: str) -> Cluster | None:
    """The cluster of a case that holds a claim, or None while it stands alone."""
    row = r.one(
        f"{_CLUSTERS} JOIN cluster_claims p ON p.cluster_id = k.id "
        "WHERE p.claim_id = ? AND p.status <> 'refused' AND k.case_id = ? ORDER BY p.made_at, p.id LIMIT 1",
        (claim_id, case_id),
    )
    return None if row is None else _cluster(r, row)


def absent_articles(r: Queryable, cluster_id: str) -> list[str]:
    """Articles of which a person confirmed that they do not mention the fact of a cluster."""
    rows = r.rows("SELECT article_id FROM absences WHERE cluster_id = ? ORDER BY made_at, id", (cluster_id,))
    return [row[0] for row in rows]


def origins_of(r: Queryable, case_id: str) -> list[Origin]:
    """Groups of articles of a case that share their text, in case order."""
    rows = r.rows(
        "SELECT o.origin, o.article_id, o.share, p.name AS maker FROM origins o "
        "JOIN case_articles ca ON ca.case_id = o.case_id AND ca.article_id = o.article_id "
        "LEFT JOIN reviewers p ON p.id = o.made_by WHERE o.case_id = ? ORDER BY ca.position, o.article_id",
        (case_id,),
    )
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["origin"], []).append(row)
    return [
        Origin(
            origin,
            tuple(row["article_id"] for row in group),
            tuple(row["share"] for row in group),
            next((row["maker"] for row in group if row["maker"]), MACHINE),
        )
        for origin, group in groups.items()
        if len(group) > 1
    ]


def contradictions(r: Queryable, case_id: str) -> list[Contradiction]:
    """Clusters of a case in which verdicts of claims contradict each other, or that of the cluster."""
    rows = r.rows(
        "SELECT k.id, k.verdict, c.id AS claim, c.verdict AS own, c.inherited_from, p.relation FROM clusters k "
        "JOIN cluster_claims p ON p.cluster_id = k.id AND p.status = 'accepted' "
        "JOIN claims c ON c.id = p.claim_id AND c.verdict IS NOT NULL AND c.status <> 'refused' "
        "JOIN case_articles ca ON ca.case_id = k.case_id AND ca.article_id = c.article_id "
        "WHERE k.case_id = ? ORDER BY k.id, ca.position, ca.article_id, c.start",
        (case_id,),
    )
    clusters: dict[str, list[Row]] = {}
    for row in rows:
        clusters.setdefault(row["id"], []).append(row)
    found = [_contradiction(id_, members) for id_, members in clusters.items()]
    return [each for each in found if each is not None]


def _contradiction(cluster_id: str, members: list[Row]) -> Contradiction | None:
    own = [row for row in members if row["inherited_from"] is None]
    agreeing = [row for row in own if row["relation"] != Relation.CONFLICTS]
    against = [row for row in members if row["relation"] == Relation.CONFLICTS]
    verdict = members[0]["verdict"]
    verdicts = {row["own"] for row in agreeing} | ({verdict} if verdict else set())
    if len(verdicts) > 1:
        reason = f"One fact, different verdicts: {_listed(verdicts)}."
        chosen = agreeing
    elif Verdict.VERIFIED in verdicts and any(row["own"] == Verdict.VERIFIED for row in against):
        reason = "Both sides of a conflict are verified."
        chosen = own
    else:
        return None
    claims = tuple((row["claim"], VERDICTS[row["own"]]) for row in chosen)
    return Contradiction(cluster_id, VERDICTS[verdict] if verdict else None, claims, reason)


def _listed(verdicts: Iterable[str]) -> str:
    return " and ".join(sorted(verdicts))


def _cluster(r: Queryable, row: Row) -> Cluster:
    members = _members(r, row["id"], row["case_id"])
    ids = [member.claim.id for member in members]
    return Cluster(
        id=row["id"],
        case_id=row["case_id"],
        normalised=row["normalised"],
        lead=row["lead"] if row["lead"] in ids or not ids else ids[0],
        judgement=judgement_of(row["verdict"], row["reason"], row["note"], row["confidence"]),
        decided_by=row["decider"] or "",
        decided_at=row["decided_at"] or "",
        made_by=row["maker"] or MACHINE,
        members=tuple(members),
    )


def _members(r: Queryable, cluster_id: str, case_id: str) -> list[Member]:
    rows = r.rows(
        "SELECT p.*, m.name AS maker FROM cluster_claims p JOIN claims c ON c.id = p.claim_id AND c.status <> 'refused' "
        "JOIN case_articles ca ON ca.article_id = c.article_id AND ca.case_id = ? "
        "LEFT JOIN reviewers m ON m.id = p.made_by WHERE p.cluster_id = ? AND p.status <> 'refused' "
        'ORDER BY ca.position, ca.article_id, c.start, c."end" DESC, c.id',
        (case_id, cluster_id),
    )
    claims = claims_by_names(r, [row["claim_id"] for row in rows])
    return [_member(row, claims) for row in rows]


@from_row("cluster_claims")
def _member(row: Row, claims: Mapping[str, Claim]) -> Member:
    return Member(
        id=row["id"],
        claim=claims[row["claim_id"]],
        relation=RELATIONS[row["relation"]],
        status=STATUSES[row["status"]],
        score=row["score"],
        reason=row["reason"],
        made_by=row["maker"] or MACHINE,
    )
