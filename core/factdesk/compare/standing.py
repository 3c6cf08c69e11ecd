"""How two claims of one cluster stand to each other, when each is known to stand somehow to the cluster's lead."""

from factdesk.model.claims import Relation
from factdesk.model.clusters import Cluster, Member


def relation_between(cluster: Cluster, one: str, other: str) -> Relation:
    """How the claim `other` stands to the claim `one`; claims that are not in the cluster count as the same.

    Two claims that both contradict the lead need not contradict each other: they do not state the same for sure
    either, so they differ.
    """
    first, second = _relation(cluster, one), _relation(cluster, other)
    if one == other:
        return Relation.SAME
    if Relation.SAME in {first, second}:
        return second if first is Relation.SAME else first
    if first is second:
        return Relation.DIFFERS
    return Relation.CONFLICTS


def members_by_article(cluster: Cluster) -> dict[str, list[Member]]:
    """The members of each article, in the order of the cluster."""
    found: dict[str, list[Member]] = {}
    for member in cluster.members:
        found.setdefault(member.claim.article_id, []).append(member)
    return found


def _relation(cluster: Cluster, claim_id: str) -> Relation:
    return next((member.relation for member in cluster.members if member.claim.id == claim_id), Relation.SAME)
