"""What operations on clusters have in common: places, leads and relations, changed row by row. Parts of a step."""

from typing import Any

from factdesk.errors import FactdeskError
from factdesk.model.claims import Relation, Status
from factdesk.model.ids import link_id, new_id
from factdesk.ops.inheritance import pass_on, take_over
from factdesk.store.membership import Place, links_with, place_in, place_of, places_in, relation_between
from factdesk.store.stored_words import RELATIONS
from factdesk.store.transaction import Transaction

_WEIGHT = {Relation.SAME: 0, Relation.DIFFERS: 1, Relation.CONFLICTS: 2}


def make_cluster(tx: Transaction, case_id: str, claim_id: str) -> str:
    """A new cluster of one claim, which leads it."""
    cluster = new_id()
    tx.insert(
        "clusters",
        {"id": cluster, "case_id": case_id, "lead": claim_id, "made_by": tx.reviewer_id, "made_at": tx.now},
    )
    add_place(tx, cluster, claim_id, Relation.SAME)
    return cluster


def cluster_for(tx: Transaction, case_id: str, claim_id: str) -> str:
    """The cluster of a claim, made if there is none."""
    place = place_of(tx, case_id, claim_id)
    if place is not None:
        return place.cluster_id
    cluster = make_cluster(tx, case_id, claim_id)
    take_over(tx, cluster)
    return cluster


def add_place(tx: Transaction, cluster_id: str, claim_id: str, relation: Relation) -> None:
    """Put a claim into a cluster, accepted; a refused place there becomes its place again."""
    known = place_in(tx, cluster_id, claim_id)
    if known is not None:
        change_place(tx, known, relation=relation, status=Status.ACCEPTED)
    else:
        tx.insert(
            "cluster_claims",
            {
                "id": new_id(),
                "cluster_id": cluster_id,
                "claim_id": claim_id,
                "relation": relation,
                "status": Status.ACCEPTED,
                "made_by": tx.reviewer_id,
                "made_at": tx.now,
            },
        )
    forget_absence(tx, cluster_id, claim_id)


def change_place(tx: Transaction, place: Place, **columns: Any) -> bool:
    """Change a place; the machine then leaves its cluster and claim where they are."""
    if not tx.set_columns("cluster_claims", place.id, columns):
        return False
    tx.touch("clusters", place.cluster_id)
    tx.touch("claims", place.claim_id)
    return True


def accept_place(tx: Transaction, place: Place) -> None:
    """A person says that the claim belongs there, and that the link with the lead is right."""
    if change_place(tx, place, status=Status.ACCEPTED):
        lead = tx.image("clusters", place.cluster_id)["lead"]
        if place.status == Status.REFUSED:
            put_link(tx, place.claim_id, lead, RELATIONS[place.relation])
        for link in links_with(tx, place.claim_id, [lead]):
            tx.update("links", link, status=Status.ACCEPTED)
        forget_absence(tx, place.cluster_id, place.claim_id)


def refuse_place(tx: Transaction, place: Place) -> None:
    """Take a claim out of its cluster for good; links with the others are refused with it."""
    others = [each for each in places_in(tx, place.cluster_id) if each.claim_id != place.claim_id]
    if place.is_lead:
        relead(tx, place.cluster_id, others[0].claim_id)
    for link in links_with(tx, place.claim_id, [each.claim_id for each in others]):
        tx.update("links", link, status=Status.REFUSED)
    change_place(tx, place, status=Status.REFUSED)


def relead(tx: Transaction, cluster_id: str, claim_id: str) -> None:
    """Compare the claims of a cluster with another one of them."""
    chosen = place_in(tx, cluster_id, claim_id)
    if chosen is None or chosen.status == Status.REFUSED:
        raise FactdeskError("This claim is not in the cluster.", "Link it first.")
    if chosen.is_lead:
        return
    turned = RELATIONS[chosen.relation]
    for place in places_in(tx, cluster_id):
        if place.claim_id == claim_id:
            relation = Relation.SAME
        elif place.is_lead:
            relation = turned
        else:
            relation = joined(tx, claim_id, place.claim_id, turned, RELATIONS[place.relation])
        change_place(tx, place, relation=relation)
    tx.update("clusters", cluster_id, lead=claim_id)


def joined(tx: Transaction, claim: str, other: str, first: Relation, second: Relation) -> Relation:
    """How two claims stand to each other, known from a link, else from how both stand to a third."""
    known = relation_between(tx, claim, other)
    return RELATIONS[known] if known is not None else max(first, second, key=_WEIGHT.__getitem__)


def put_link(tx: Transaction, claim: str, other: str, relation: Relation) -> str:
    """A person's link between two claims: a new one, or the one that is there, corrected. None within an article."""
    link = link_id(claim, other)
    if tx.value("SELECT 1 FROM links WHERE id = ?", (link,)) is not None:
        tx.update("links", link, relation=relation, status=Status.ACCEPTED)
        return link
    articles = [tx.value("SELECT article_id FROM claims WHERE id = ?", (each,)) for each in (claim, other)]
    if articles[0] == articles[1]:
        return ""
    first, second = sorted((claim, other))
    tx.insert(
        "links",
        {
            "id": link,
            "claim_a": first,
            "claim_b": second,
            "relation": relation,
            "score": 1.0,
            "status": Status.ACCEPTED,
            "made_by": tx.reviewer_id,
            "made_at": tx.now,
        },
    )
    return link


def merge_into(tx: Transaction, keep: str, other: str, relation: Relation | None = None) -> None:
    """Move all that is in one cluster to another. `relation`: of the other's lead to the lead of the one that stays."""
    first, second = tx.image("clusters", keep), tx.image("clusters", other)
    bridge = relation or joined(tx, first["lead"], second["lead"], Relation.SAME, Relation.SAME)
    agrees = bridge is not Relation.CONFLICTS
    if agrees and first["verdict"] is None and second["verdict"] is not None:
        taken = ("verdict", "reason", "confidence", "decided_by", "decided_at")
        tx.set_columns("clusters", keep, {name: second[name] for name in taken})
        first |= {name: second[name] for name in taken}
    if not first["note"]:
        tx.update("clusters", keep, note=second["note"])
    if not first["normalised"]:
        tx.update("clusters", keep, normalised=second["normalised"])
    if second["verdict"] is not None:
        _free_inheritors(tx, other, keep if agrees and first["verdict"] == second["verdict"] else None)
    for place in places_in(tx, other, refused=True):
        _move_place(tx, place, first, bridge)
    for row in tx.rows("SELECT id, article_id FROM absences WHERE cluster_id = ?", (other,)):
        if tx.value("SELECT 1 FROM absences WHERE cluster_id = ? AND article_id = ?", (keep, row["article_id"])):
            tx.delete("absences", row["id"])
        else:
            tx.update("absences", row["id"], cluster_id=keep)
    tx.touch("clusters", keep)
    tx.delete("clusters", other)
    _drop_stated_absences(tx, keep)
    refresh(tx, keep)


def refresh(tx: Transaction, cluster_id: str) -> None:
    """After places changed: the verdict of the claims becomes that of the cluster, or the other way round."""
    take_over(tx, cluster_id)
    pass_on(tx, cluster_id)


def forget_absence(tx: Transaction, cluster_id: str, claim_id: str) -> None:
    """What an article states is not absent from it."""
    absence = tx.value(
        "SELECT b.id FROM absences b JOIN claims c ON c.article_id = b.article_id WHERE b.cluster_id = ? AND c.id = ?",
        (cluster_id, claim_id),
    )
    if absence is not None:
        tx.delete("absences", absence)


def _move_place(tx: Transaction, place: Place, keep: dict[str, Any], bridge: Relation) -> None:
    known = place_in(tx, keep["id"], place.claim_id)
    if known is not None and place.status == Status.REFUSED:
        tx.delete("cluster_claims", place.id)
        return
    if known is not None:
        tx.delete("cluster_claims", known.id)
    relation = bridge if place.is_lead else joined(tx, keep["lead"], place.claim_id, bridge, RELATIONS[place.relation])
    status = Status.ACCEPTED if place.is_lead else place.status
    change_place(tx, place, cluster_id=keep["id"], relation=relation, status=status)
    tx.touch("clusters", keep["id"])


def _free_inheritors(tx: Transaction, cluster_id: str, keep: str | None) -> None:
    """Claims that have the verdict of a cluster have it of another one, or as their own, so that none is lost unseen."""
    for row in tx.rows("SELECT id FROM claims WHERE inherited_from = ?", (cluster_id,)):
        tx.update("claims", row["id"], inherited_from=keep)


def _drop_stated_absences(tx: Transaction, cluster_id: str) -> None:
    for place in places_in(tx, cluster_id):
        if place.status == Status.ACCEPTED:
            forget_absence(tx, cluster_id, place.claim_id)
