"""How two claims of one cluster stand to each other, when each is known to stand somehow to the cluster's lead."""

from factdesk.compare.values import differing
from factdesk.model.claims import Relation
from factdesk.model.clusters import Cluster


def relation_between(cluster: Cluster, one: str, other: str) -> Relation:
    """How the claim `other` stands to the claim `one`; claims that are not in the cluster count as the same.

    Two claims that both contradict the lead need not contradict each other: they do only if their values differ, and
    otherwise they need not state the same either.
    """
    if one == other:
        return Relation.SAME
    members = {member.claim.id: member for member in cluster.members}
    first, second = (members[id_].relation if id_ in members else Relation.SAME for id_ in (one, other))
    if Relation.SAME in {first, second}:
        return second if first is Relation.SAME else first
    if first is not second:
        return Relation.CONFLICTS
    if first is Relation.CONFLICTS and differing(members[one].claim.values, members[other].claim.values):
        return Relation.CONFLICTS
    return Relation.DIFFERS
