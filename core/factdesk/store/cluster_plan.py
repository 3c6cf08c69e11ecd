"""Which clusters a case should have, worked out from its links without writing anything.

Clusters that a person has a hand in stay as they are; claims may only be suggested for them, and never one that was
refused there. A claim whose place a person has chosen is left where it is. All other clusters are made anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from factdesk.compare.clusters import PairLink, cluster_links
from factdesk.model.claims import Relation, Status
from factdesk.store.cluster_source import Material, Pair, load_material
from factdesk.store.connection import Queryable
from factdesk.store.stored_words import RELATIONS

_COPY = "the same text again in this article"
_WORST_FIRST = (Relation.CONFLICTS, Relation.DIFFERS, Relation.SAME)


@dataclass(frozen=True, slots=True)
class PlannedMember:
    """A claim for a cluster."""

    claim_id: str
    relation: Relation
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedCluster:
    """A cluster to be suggested; its lead is the first member."""

    lead: str
    members: tuple[PlannedMember, ...]


@dataclass(slots=True)
class ClusterPlan:
    """What to make of the links of a case, as they were when `step` was the newest step of the project."""

    material: Material
    step: int
    clusters: list[PlannedCluster] = field(default_factory=list)
    additions: dict[str, list[PlannedMember]] = field(default_factory=dict)  # to clusters that a person has a hand in


def plan_clusters(r: Queryable, case_id: str) -> ClusterPlan:
    """Work it out. Slow for very many links: may be done with a reader, before the step that stores it."""
    step = newest_step(r)
    material = load_material(r, case_id)
    plan = ClusterPlan(material, step)
    links = _Links(pair for pair in material.pairs if pair.status != Status.REFUSED)
    homes = {claim: k.id for k in material.clusters.values() if k.is_touched for claim in k.standing}
    groups = _groups(material, homes)
    for group in groups:
        here = [claim for claim in group if claim in homes]
        free = [claim for claim in group if claim not in homes]
        if here:
            _add(plan, links, homes, here, free)
        elif len({material.article_of[claim] for claim in free}) > 1:
            plan.clusters.append(_cluster(material, links, free))
    _place_copies(plan, homes)
    return plan


def lacks_clusters(r: Queryable, case_id: str) -> bool:
    """Whether a case has links but no cluster yet, as files of the first release have."""
    return bool(
        r.value(
            "SELECT NOT EXISTS (SELECT 1 FROM clusters WHERE case_id = :case) AND EXISTS (SELECT 1 FROM case_articles ca "
            "CROSS JOIN claims c ON c.article_id = ca.article_id CROSS JOIN links l ON l.claim_a = c.id "
            "WHERE ca.case_id = :case AND l.status <> 'refused')",
            {"case": case_id},
        )
    )


def newest_step(r: Queryable) -> int:
    """The number of the newest step, by which one sees whether anything was done since."""
    return int(r.value("SELECT coalesce(max(seq), 0) FROM operations"))


class _Links:
    """The links of each claim."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._of: dict[str, dict[str, Pair]] = {}
        for pair in pairs:
            self._of.setdefault(pair.a, {})[pair.b] = pair
            self._of.setdefault(pair.b, {})[pair.a] = pair

    def of(self, claim: str) -> Mapping[str, Pair]:
        """The links of a claim by the other one."""
        return self._of.get(claim, {})

    def weight(self, claim: str, others: Iterable[str]) -> float:
        """How strongly a claim is linked with others."""
        mine = self.of(claim)
        return sum(mine[other].score for other in others if other in mine)


def _groups(material: Material, homes: Mapping[str, str]) -> list[list[str]]:
    claims = [
        claim
        for claim in material.article_of
        if claim in homes or (claim not in material.settled and claim not in material.copies)
    ]
    together = [
        (k.lead, claim) for k in material.clusters.values() if k.is_touched for claim in k.standing if claim != k.lead
    ]
    together += [(p.a, p.b) for p in material.pairs if p.status == Status.ACCEPTED]
    apart = [(p.a, p.b) for p in material.pairs if p.status == Status.REFUSED]
    apart += [
        (k.lead, claim)
        for k in material.clusters.values()
        for claim, member in k.members.items()
        if member.status == Status.REFUSED
    ]
    links = [PairLink(p.a, p.b, RELATIONS[p.relation], p.score) for p in material.pairs if p.status != Status.REFUSED]
    return cluster_links(claims, links, together, apart, article_of=material.article_of)


def _add(plan: ClusterPlan, links: _Links, homes: Mapping[str, str], here: list[str], free: list[str]) -> None:
    """Suggest claims for the one of a person's clusters that they fit best."""
    material = plan.material
    members: dict[str, list[str]] = {}
    for claim in here:
        members.setdefault(homes[claim], []).append(claim)
    for claim in free:
        best = max(members, key=lambda cluster: (links.weight(claim, members[cluster]), cluster))
        known = material.clusters[best]
        if claim in known.members or (best, material.article_of[claim]) in material.absences:
            continue
        relations = {each: RELATIONS[known.members[each].relation] for each in known.standing}
        plan.additions.setdefault(best, []).append(_member(links, known.lead, claim, relations))


def _cluster(material: Material, links: _Links, claims: list[str]) -> PlannedCluster:
    """The claim that most others are linked with leads; one that the machine made, so that its undoing removes no row."""
    order = {claim: n for n, claim in enumerate(claims)}
    lead = min(
        claims, key=lambda claim: (claim in material.handmade, -round(links.weight(claim, claims), 6), order[claim])
    )
    relations = {lead: Relation.SAME}
    members = [PlannedMember(lead, Relation.SAME, 1.0, "")]
    waiting = [claim for claim in claims if claim != lead]
    while waiting:
        claim = max(waiting, key=lambda each: (lead in links.of(each), links.weight(each, relations), -order[each]))
        waiting.remove(claim)
        member = _member(links, lead, claim, relations)
        relations[claim] = member.relation
        members.append(member)
    return PlannedCluster(lead, tuple(members))


def _member(links: _Links, lead: str, claim: str, relations: Mapping[str, Relation]) -> PlannedMember:
    """A claim's relation to the lead: from their link, else through the others. A conflict is never lost on the way."""
    mine = {other: pair for other, pair in links.of(claim).items() if other in relations}
    direct = mine.get(lead)
    if direct is not None:
        return PlannedMember(claim, RELATIONS[direct.relation], direct.score, direct.reason)
    if not mine:
        return PlannedMember(claim, Relation.SAME, 0.0, "")
    best = max(mine.values(), key=lambda pair: (pair.score, pair.a, pair.b))
    found = {RELATIONS[pair.relation] for other, pair in mine.items() if relations[other] is Relation.SAME}
    found = found or {relations[other] for other, pair in mine.items() if pair.relation == Relation.SAME}
    relation = next((each for each in _WORST_FIRST if each in found), Relation.DIFFERS)
    return PlannedMember(claim, relation, best.score, best.reason)


def _place_copies(plan: ClusterPlan, homes: Mapping[str, str]) -> None:
    """A copy of a claim within its article goes where the first one is."""
    material = plan.material
    where = {member.claim_id: n for n, cluster in enumerate(plan.clusters) for member in cluster.members}
    relations = {member.claim_id: member.relation for cluster in plan.clusters for member in cluster.members}
    for copy, first in material.copies.items():
        if copy in homes or copy in material.settled:
            continue
        if first in where:
            cluster = plan.clusters[where[first]]
            member = PlannedMember(copy, relations[first], 1.0, _COPY)
            plan.clusters[where[first]] = PlannedCluster(cluster.lead, (*cluster.members, member))
        elif first in homes and copy not in material.clusters[homes[first]].members:
            relation = RELATIONS[material.clusters[homes[first]].members[first].relation]
            plan.additions.setdefault(homes[first], []).append(PlannedMember(copy, relation, 1.0, _COPY))
