"""Storing the clusters that follow from the links of a case. A step of the machine: never over what a person did."""

from typing import Any

from factdesk.model.changes import Changes
from factdesk.model.claims import Status
from factdesk.model.ids import cluster_id, member_id, new_id
from factdesk.ops.wording import counted
from factdesk.store.cluster_plan import ClusterPlan, PlannedCluster, PlannedMember, newest_step, plan_clusters
from factdesk.store.cluster_source import Known
from factdesk.store.touching import named_by_steps
from factdesk.store.transaction import Transaction

Row = dict[str, Any]


def store_clusters(tx: Transaction, case_id: str, plan: ClusterPlan | None = None) -> Changes:
    """Suggest the clusters of a case from its links; those that nobody has touched are replaced.

    A plan made before is used if nothing was done since.
    """
    if plan is None or plan.step != newest_step(tx) or plan.material.case_id != case_id:
        plan = plan_clusters(tx, case_id)
    tx.record_machine(f"Group claims: {counted(plan.clusters, 'cluster')}")
    _Keeper(tx, plan).keep()
    return tx.changes()


class _Keeper:
    """Turns a plan into rows, changing only those that are different."""

    def __init__(self, tx: Transaction, plan: ClusterPlan) -> None:
        self._tx = tx
        self._plan = plan
        clusters = plan.material.clusters
        self._untouched = {known.lead: known for known in clusters.values() if not known.is_touched}
        self._cluster_ids = clusters.keys() | named_by_steps(tx, "clusters")
        self._member_ids = named_by_steps(tx, "cluster_claims")
        self._member_ids |= {member.id for known in clusters.values() for member in known.members.values()}
        self._gone: list[tuple[str, str, str]] = []  # member id, cluster, claim
        self._new_clusters: list[Row] = []
        self._new_members: list[Row] = []
        self._changed: list[Row] = []

    def keep(self) -> None:
        """Write it."""
        for cluster in self._plan.clusters:
            self._cluster(cluster, self._untouched.pop(cluster.lead, None))
        for known in self._untouched.values():
            self._gone += [(member.id, known.id, claim) for claim, member in known.members.items()]
        for name, members in self._plan.additions.items():
            for member in members:
                self._add(name, member)
        self._write()

    def _cluster(self, planned: PlannedCluster, known: Known | None) -> None:
        name = known.id if known is not None else self._fresh(self._cluster_ids, cluster_id(self._case, planned.lead))
        if known is None:
            row = {"id": name, "case_id": self._case, "lead": planned.lead, "made_at": self._tx.now}
            self._new_clusters.append(row)
        stored = {} if known is None else dict(known.members)
        for member in planned.members:
            old = stored.pop(member.claim_id, None)
            if old is None:
                self._add(name, member)
            elif (old.relation, old.score, old.reason) != (member.relation, member.score, member.reason):
                changed: Row = {"id": old.id, "relation": member.relation}
                self._changed.append(changed | {"score": member.score, "reason": member.reason})
                self._note(name, member.claim_id)
        self._gone += [(old.id, name, claim) for claim, old in stored.items()]

    def _add(self, cluster: str, member: PlannedMember) -> None:
        row = {
            "id": self._fresh(self._member_ids, member_id(cluster, member.claim_id)),
            "cluster_id": cluster,
            "claim_id": member.claim_id,
            "relation": member.relation,
            "status": Status.SUGGESTED,
            "score": member.score,
            "reason": member.reason,
            "made_at": self._tx.now,
        }
        self._new_members.append(row)
        self._note(cluster, member.claim_id)

    def _write(self) -> None:
        for _, cluster, claim in self._gone:
            self._note(cluster, claim)
        self._tx.executemany("DELETE FROM cluster_claims WHERE id = ?", [(each[0],) for each in self._gone])
        self._tx.executemany("DELETE FROM clusters WHERE id = ?", [(known.id,) for known in self._untouched.values()])
        self._tx.bulk_insert("clusters", self._new_clusters)
        self._tx.bulk_update("cluster_claims", self._changed)
        self._tx.bulk_insert("cluster_claims", self._new_members)

    @property
    def _case(self) -> str:
        return self._plan.material.case_id

    def _note(self, cluster: str, claim: str) -> None:
        self._tx.note("cluster_claims", {"cluster_id": cluster, "claim_id": claim})

    @staticmethod
    def _fresh(taken: set[str], name: str) -> str:
        """The name, unless it is or may again become that of another row."""
        if name in taken:
            name = new_id()
        taken.add(name)
        return name
