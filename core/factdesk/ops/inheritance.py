"""How the verdict of a cluster reaches its claims.

A claim inherits when a person accepted it in a cluster, it does not conflict with the lead, and it has no verdict of its
own. Its columns are then those of the cluster, so that queue, progress and exports need not know about clusters. A note
of its own stays.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from factdesk.model.claims import Relation, Status
from factdesk.store.connection import Queryable
from factdesk.store.many_rows import images_of
from factdesk.store.membership import places_in
from factdesk.store.transaction import Transaction

JUDGEMENT = ("verdict", "reason", "confidence", "decided_by", "decided_at")


def settle(tx: Transaction, claim_ids: Iterable[str], notes: Mapping[str, str] | None = None) -> None:
    """Let claims have the verdict that they inherit now, or none; one of their own stays.

    `notes`: for clusters whose note was just changed, the one that their claims may still carry.
    """
    images = images_of(tx, "claims", claim_ids)
    heirs = _heirs(tx, images)
    for claim_id, row in images.items():
        if row["verdict"] is not None and row["inherited_from"] is None:
            continue
        source = _source(tx, claim_id) if claim_id in heirs and row["status"] != Status.REFUSED else None
        if source is None and row["inherited_from"] is None:
            continue
        note = own_note(tx, row, notes or {})
        columns: dict[str, Any] = dict.fromkeys((*JUDGEMENT, "inherited_from")) | {"note": note}
        if source is not None:
            columns = {name: source[name] for name in JUDGEMENT}
            columns |= {"status": Status.ACCEPTED, "note": note or source["note"], "inherited_from": source["id"]}
        tx.set_columns("claims", claim_id, columns)


def pass_on(tx: Transaction, cluster_id: str, notes: Mapping[str, str] | None = None) -> None:
    """Let all claims of a cluster have what they inherit now."""
    settle(tx, [place.claim_id for place in places_in(tx, cluster_id)], notes)


def judge_cluster(tx: Transaction, cluster_id: str, columns: dict[str, Any]) -> None:
    """Change the judgement of a cluster and pass it on."""
    before = tx.image("clusters", cluster_id)
    tx.set_columns("clusters", cluster_id, columns)
    pass_on(tx, cluster_id, {cluster_id: before["note"]})


def take_over(tx: Transaction, cluster_id: str) -> None:
    """A cluster without a verdict takes that of its claims, if those that have one are of one mind."""
    if tx.image("clusters", cluster_id)["verdict"] is not None:
        return
    rows = [
        row
        for place in places_in(tx, cluster_id)
        if place.status == Status.ACCEPTED and place.relation != Relation.CONFLICTS
        and (row := tx.image("claims", place.claim_id))["verdict"] is not None and row["inherited_from"] is None
    ]  # fmt: skip
    if len({row["verdict"] for row in rows}) != 1:
        return
    newest = max(rows, key=lambda row: (row["decided_at"], row["id"]))
    tx.set_columns("clusters", cluster_id, {name: newest[name] for name in (*JUDGEMENT, "note")})
    for row in rows:
        tx.update("claims", row["id"], inherited_from=cluster_id)


def own_note(tx: Queryable, row: Mapping[str, Any], notes: Mapping[str, str]) -> str:
    """The note of a claim, unless it is only that of the cluster whose verdict it has."""
    source, note = row["inherited_from"], str(row["note"])
    if source is None:
        return note
    passed = notes.get(source) or tx.value("SELECT note FROM clusters WHERE id = ?", (source,)) or ""
    return "" if note == passed else note


def _heirs(r: Queryable, claim_ids: Iterable[str]) -> frozenset[str]:
    """Those of the claims for which the verdict of a cluster may hold."""
    rows = r.rows(
        "SELECT DISTINCT m.claim_id FROM json_each(?) wanted CROSS JOIN cluster_claims m ON m.claim_id = wanted.value "
        "JOIN clusters k ON k.id = m.cluster_id WHERE k.verdict IS NOT NULL",
        (json.dumps(list(claim_ids)),),
    )
    return frozenset(row[0] for row in rows)


def _source(r: Queryable, claim_id: str) -> Mapping[str, Any] | None:
    """The cluster whose verdict holds for a claim: the one decided last, if the claim is in several cases."""
    row = r.one(
        "SELECT k.* FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id WHERE m.claim_id = ? "
        "AND m.status = 'accepted' AND m.relation <> 'conflicts' AND k.verdict IS NOT NULL "
        "ORDER BY k.decided_at DESC, k.id LIMIT 1",
        (claim_id,),
    )
    return None if row is None else dict(row)
