"""Clusters as a machine's run leaves them, for tests of what people do with them."""

from factdesk.model.claims import Relation, Status
from factdesk.model.ids import new_id


def suggest_cluster(bench, lead, *others, relation=Relation.CONFLICTS):
    """A cluster of claims that nobody has accepted yet; gives its id."""
    cluster = new_id()

    def suggest(tx):
        tx.record_machine("Suggest a cluster")
        tx.insert("clusters", {"id": cluster, "case_id": bench.case, "lead": lead.id, "made_at": tx.now})
        for claim in (lead, *others):
            tx.insert(
                "cluster_claims",
                {
                    "id": new_id(),
                    "cluster_id": cluster,
                    "claim_id": claim.id,
                    "relation": Relation.SAME if claim is lead else relation,
                    "status": Status.SUGGESTED,
                    "score": 0.8,
                    "reason": "" if claim is lead else "12 / 15",
                    "made_at": tx.now,
                },
            )
        return tx.changes()

    bench.run(suggest)
    return cluster
