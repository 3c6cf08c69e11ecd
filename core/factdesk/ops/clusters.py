"""Operations on clusters: who belongs together, what the cluster says, and one verdict for all of it."""

from collections.abc import Sequence

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Claim, Reason, Relation, Status, Verdict
from factdesk.model.ids import new_id
from factdesk.model.spans import Span
from factdesk.ops.claims import claim_at, judge
from factdesk.ops.cluster_rows import (
    accept_place,
    add_place,
    change_place,
    cluster_for,
    joined,
    make_cluster,
    merge_into,
    put_link,
    refresh,
    refuse_place,
    relead,
)
from factdesk.ops.gate import require_evidence
from factdesk.ops.inheritance import judge_cluster, settle
from factdesk.ops.judging import judged
from factdesk.ops.passages import quote_at
from factdesk.ops.wording import counted, quoted
from factdesk.store.articles import get_article
from factdesk.store.claims import get_claim
from factdesk.store.clusters import get_cluster
from factdesk.store.membership import Place, get_place, links_with, place_in, place_of, places_in, relation_between
from factdesk.store.stored_words import RELATIONS
from factdesk.store.transaction import Transaction

_ALONE = "It stands alone in its cluster."


def mark_cluster(
    tx: Transaction,
    case_id: str,
    claim_id: str,
    verdict: Verdict | None,
    reason: Reason | None = None,
    note: str | None = None,
    confidence: int | None = None,
) -> Changes:
    """Give the whole cluster of a claim a verdict, or take it away with None; a claim that stands alone gets its own.

    Deciding from a claim accepts its place, and its verdict is then that of the cluster; it leads if nobody has looked at
    the lead. A claim that conflicts with the lead is decided for itself. None takes away what the claim has of its own
    first.
    """
    claim = get_claim(tx, claim_id)
    require_evidence(tx, [claim_id], verdict, note, case_id)
    place = _shared(tx, case_id, claim, verdict)
    count = 1 if place is None else len(places_in(tx, place.cluster_id))
    name = "Clear the verdict" if verdict is None else f"Mark {verdict}"
    tx.record(f"{name}: {quoted(claim.quote)}" + (f" and {count - 1:,} linked" if count > 1 else ""))
    _mark(tx, case_id, claim, verdict, reason, note, confidence)
    return tx.changes()


def mark_clusters(tx: Transaction, claim_ids: Sequence[str], verdict: Verdict | None, case_id: str) -> Changes:
    """Give the clusters of several claims the same verdict as one step."""
    require_evidence(tx, claim_ids, verdict, case_id=case_id)
    name = "Clear the verdict of" if verdict is None else f"Mark {verdict}:"
    tx.record(f"{name} {counted(claim_ids, 'claim')}")
    for claim_id in claim_ids:
        claim = get_claim(tx, claim_id)
        if verdict is None or claim.verdict != verdict or claim.status == Status.REFUSED:
            _mark(tx, case_id, claim, verdict)
    return tx.changes()


def link_claims(tx: Transaction, case_id: str, claim_a: str, claim_b: str, relation: Relation) -> Changes:
    """Say how two claims stand to each other, and bring them into one cluster; clusters of both become one.

    `created` is the cluster.
    """
    one, other = get_claim(tx, claim_a), get_claim(tx, claim_b)
    if one.article_id == other.article_id:
        raise FactdeskError(
            "Both claims are in the same article.", "Link a claim with one that stands in another article."
        )
    tx.record(f"Link ({relation}) {quoted(one.quote)} with {quoted(other.quote)}")
    return tx.changes(created=_link(tx, case_id, one.id, other.id, relation))


def unlink_claim(tx: Transaction, case_id: str, claim_id: str) -> Changes:
    """Take a claim out of its cluster; no later run puts it back."""
    claim = get_claim(tx, claim_id)
    place = place_of(tx, case_id, claim_id)
    if place is None or len(places_in(tx, place.cluster_id)) < 2:
        raise FactdeskError("This claim is linked with no other.", _ALONE)
    tx.record(f"Unlink {quoted(claim.quote)}")
    refuse_place(tx, place)
    settle(tx, [claim_id])
    refresh(tx, place.cluster_id)
    return tx.changes()


def accept_members(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Confirm that claims belong to their clusters; the claim they are compared with is confirmed too."""
    places = [_place(tx, member) for member in ids]
    tx.record(f"Accept {counted(places, 'link')}")
    for place in places:
        _require_free(tx, place)
        accept_place(tx, place)
        lead = place_in(tx, place.cluster_id, tx.image("clusters", place.cluster_id)["lead"])
        if lead is not None:
            accept_place(tx, lead)
    for cluster in dict.fromkeys(place.cluster_id for place in places):
        refresh(tx, cluster)
    return tx.changes()


def refuse_members(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Take claims out of their clusters; no later run puts them back. The last claim of a cluster stays."""
    places = [_place(tx, member) for member in ids]
    tx.record(f"Refuse {counted(places, 'link')}")
    for place in places:
        now = _place(tx, place.id)
        if now.status != Status.REFUSED and len(places_in(tx, now.cluster_id)) > 1:
            refuse_place(tx, now)
    settle(tx, dict.fromkeys(place.claim_id for place in places))
    for cluster in dict.fromkeys(place.cluster_id for place in places):
        refresh(tx, cluster)
    return tx.changes()


def accept_cluster(tx: Transaction, cluster_ids: Sequence[str]) -> Changes:
    """Confirm all suggested members of clusters."""
    clusters = [get_cluster(tx, cluster) for cluster in cluster_ids]
    waiting = [place for k in clusters for place in places_in(tx, k.id) if place.status == Status.SUGGESTED]
    tx.record(f"Accept {counted(waiting, 'link')} in {counted(clusters, 'cluster')}")
    for place in waiting:
        accept_place(tx, place)
    for cluster in clusters:
        refresh(tx, cluster.id)
    return tx.changes()


def set_relation(tx: Transaction, member_id: str, relation: Relation) -> Changes:
    """Correct how a claim stands to the lead of its cluster; that also confirms that it belongs there."""
    place = _place(tx, member_id)
    claim = get_claim(tx, place.claim_id)
    if place.is_lead:
        raise FactdeskError(
            "The other claims are compared with this one.", "Choose another lead first, or correct the others."
        )
    tx.record(f"{relation.capitalize()}: {quoted(claim.quote)}")
    lead = tx.image("clusters", place.cluster_id)["lead"]
    _require_free(tx, place)
    accept_place(tx, place)
    change_place(tx, place, relation=relation)
    put_link(tx, place.claim_id, lead, relation)
    refresh(tx, place.cluster_id)
    return tx.changes()


def set_lead(tx: Transaction, cluster_id: str, claim_id: str) -> Changes:
    """Compare the claims of a cluster with another one of them."""
    claim = get_claim(tx, claim_id)
    tx.record(f"Compare with {quoted(claim.quote)}")
    relead(tx, cluster_id, claim_id)
    refresh(tx, cluster_id)
    return tx.changes()


def merge_clusters(tx: Transaction, keep: str, others: Sequence[str]) -> Changes:
    """Make one cluster of several. If their verdicts differ, claims keep theirs as their own, and are flagged."""
    kept = get_cluster(tx, keep)
    rest = [get_cluster(tx, other) for other in dict.fromkeys(others) if other != keep]
    if any(other.case_id != kept.case_id for other in rest):
        raise FactdeskError("These clusters belong to different cases.", "Merge clusters of one case.")
    tx.record(f"Merge {counted([kept, *rest], 'cluster')}")
    for other in rest:
        merge_into(tx, keep, other.id)
    return tx.changes(created=keep)


def split_cluster(tx: Transaction, cluster_id: str, claim_ids: Sequence[str]) -> Changes:
    """Move some claims of a cluster to one of their own, which has no verdict yet. `created` is the new one."""
    cluster = get_cluster(tx, cluster_id)
    places = {place.claim_id: place for place in places_in(tx, cluster_id)}
    chosen = [claim for claim in places if claim in set(claim_ids)]
    if not chosen or len(chosen) == len(places):
        raise FactdeskError("Choose some of the claims of this cluster, not all of them.", "The others stay together.")
    tx.record(f"Split {counted(chosen, 'claim')} off")
    rest = [claim for claim in places if claim not in chosen]
    if any(places[claim].is_lead for claim in chosen):
        relead(tx, cluster_id, rest[0])
    relations = {claim: _place(tx, places[claim].id).relation for claim in chosen}
    new, lead = new_id(), chosen[0]
    row = {"id": new, "case_id": cluster.case_id, "lead": lead, "made_by": tx.reviewer_id, "made_at": tx.now}
    tx.insert("clusters", row)
    for claim in chosen:
        first, second = RELATIONS[relations[lead]], RELATIONS[relations[claim]]
        relation = Relation.SAME if claim == lead else joined(tx, lead, claim, first, second)
        change_place(tx, places[claim], cluster_id=new, relation=relation, status=Status.ACCEPTED)
        for link in links_with(tx, claim, rest):
            tx.update("links", link, status=Status.REFUSED)
    tx.touch("clusters", cluster_id)
    settle(tx, chosen)
    refresh(tx, new)
    refresh(tx, cluster_id)
    return tx.changes(created=new)


def ensure_cluster(tx: Transaction, case_id: str, claim_id: str) -> Changes:
    """The cluster of a claim in `created`; made, of this claim alone, if there is none."""
    claim = get_claim(tx, claim_id)
    tx.record(f"New cluster {quoted(claim.quote)}")
    return tx.changes(created=cluster_for(tx, case_id, claim_id))


def set_normalised_claim(tx: Transaction, case_id: str, claim_id: str, text: str) -> Changes:
    """Name the fact of a claim's cluster in plain words. Typing in one go is one step."""
    claim = get_claim(tx, claim_id)
    tx.record(f"Claim in plain words: {quoted(text or claim.quote)}", merge_key=f"normalised claim {claim_id}")
    cluster = cluster_for(tx, case_id, claim_id)
    tx.update("clusters", cluster, normalised=text)
    return tx.changes(created=cluster)


def confirm_absence(tx: Transaction, case_id: str, claim_id: str, article_id: str) -> Changes:
    """A person says that an article does not mention the fact of a claim; claims suggested there are refused."""
    claim, article = get_claim(tx, claim_id), get_article(tx, article_id)
    tx.record(f"{quoted(article.label)} does not mention {quoted(claim.quote)}")
    cluster = cluster_for(tx, case_id, claim_id)
    for place in places_in(tx, cluster):
        if _article_of(tx, place.claim_id) == article_id:
            if place.status == Status.ACCEPTED or place.is_lead:
                raise FactdeskError(
                    f"{quoted(article.label)} states it: {quoted(get_claim(tx, place.claim_id).quote)}.",
                    "Unlink that claim first.",
                )
            refuse_place(tx, place)
    if _absence(tx, cluster, article_id) is None:
        tx.insert(
            "absences",
            {
                "id": new_id(),
                "cluster_id": cluster,
                "article_id": article_id,
                "made_by": tx.reviewer_id,
                "made_at": tx.now,
            },
        )
    return tx.changes(created=cluster)


def withdraw_absence(tx: Transaction, case_id: str, claim_id: str, article_id: str) -> Changes:
    """Take back that an article does not mention the fact of a claim."""
    tx.record(f"{quoted(get_article(tx, article_id).label)}: not sure that it is not mentioned")
    place = place_of(tx, case_id, claim_id)
    absence = None if place is None else _absence(tx, place.cluster_id, article_id)
    if absence is not None:
        tx.delete("absences", absence)
    return tx.changes()


def point_at(
    tx: Transaction, case_id: str, claim_id: str, article_id: str, span: Span, relation: Relation = Relation.SAME
) -> Changes:
    """Make a passage of another article a claim, and link it with this one. `created` is the new claim."""
    claim = get_claim(tx, claim_id)
    quote = quote_at(tx, article_id, span)
    if claim.article_id == article_id:
        raise FactdeskError("The passage is in the article of the claim itself.", "Choose one in another article.")
    tx.record(f"{get_article(tx, article_id).label} says {quoted(quote)}")
    found = claim_at(tx, article_id, span, claim.kind)
    _link(tx, case_id, claim_id, found, relation)
    return tx.changes(created=found)


def _shared(tx: Transaction, case_id: str, claim: Claim, verdict: Verdict | None) -> Place | None:
    """The place whose cluster is decided when one decides from this claim."""
    place = place_of(tx, case_id, claim.id)
    if place is None or place.relation == Relation.CONFLICTS:
        return None
    has_own = claim.verdict is not None and claim.inherited_from is None
    return None if verdict is None and has_own else place


def _mark(
    tx: Transaction,
    case_id: str,
    claim: Claim,
    verdict: Verdict | None,
    reason: Reason | None = None,
    note: str | None = None,
    confidence: int | None = None,
) -> None:
    place = _shared(tx, case_id, claim, verdict)
    if place is None:
        conflicting = place_of(tx, case_id, claim.id)
        if conflicting is not None and verdict is not None:
            accept_place(tx, conflicting)
        judge(tx, claim, verdict, reason, note, confidence)
        return
    before = get_cluster(tx, place.cluster_id).judgement
    if before.verdict is None and claim.inherited_from is None:  # what was noted so far goes along
        note = claim.judgement.note or None if note is None and not before.note else note
        confidence = claim.judgement.confidence if confidence is None else confidence
    if verdict is not None:
        _lead_if_unread(tx, place)
        accept_place(tx, place)
        tx.update("claims", claim.id, inherited_from=place.cluster_id, status=Status.ACCEPTED)  # it may be refused
    judge_cluster(tx, place.cluster_id, judged(tx, before, verdict, reason, note, confidence))


def _lead_if_unread(tx: Transaction, place: Place) -> None:
    """The words that a person decides about stand for the fact, not those of a lead that nobody has looked at."""
    lead = place_in(tx, place.cluster_id, tx.image("clusters", place.cluster_id)["lead"])
    is_read = lead is not None and (
        lead.status == Status.ACCEPTED or get_claim(tx, lead.claim_id).status == Status.ACCEPTED
    )
    if not is_read and place.status != Status.REFUSED:
        relead(tx, place.cluster_id, place.claim_id)


def _link(tx: Transaction, case_id: str, claim_a: str, claim_b: str, relation: Relation) -> str:
    put_link(tx, claim_a, claim_b, relation)
    one, other = place_of(tx, case_id, claim_a), place_of(tx, case_id, claim_b)
    if one is None and other is None:
        cluster = make_cluster(tx, case_id, claim_a)
        add_place(tx, cluster, claim_b, relation)
    elif one is not None and other is None:
        cluster = _join(tx, one, claim_b, relation)
    elif other is not None and one is None:
        cluster = _join(tx, other, claim_a, relation)
    elif one is not None and other is not None:
        relate = _relate_inside if one.cluster_id == other.cluster_id else _link_clusters
        cluster = relate(tx, one, other, relation)
    refresh(tx, cluster)
    return cluster


def _join(tx: Transaction, here: Place, claim_id: str, relation: Relation) -> str:
    lead = tx.image("clusters", here.cluster_id)["lead"]
    accept_place(tx, here)
    add_place(tx, here.cluster_id, claim_id, joined(tx, lead, claim_id, RELATIONS[here.relation], relation))
    return here.cluster_id


def _relate_inside(tx: Transaction, one: Place, other: Place, relation: Relation) -> str:
    accept_place(tx, one)
    accept_place(tx, other)
    lead = tx.image("clusters", one.cluster_id)["lead"]
    known = relation_between(tx, lead, other.claim_id) is not None and relation_between(tx, lead, one.claim_id) is None
    moved, fixed = (one, other) if other.is_lead or (known and not one.is_lead) else (other, one)
    if fixed.relation != Relation.SAME:
        relation = joined(tx, lead, moved.claim_id, RELATIONS[fixed.relation], relation)
    change_place(tx, moved, relation=relation)
    return one.cluster_id


def _link_clusters(tx: Transaction, one: Place, other: Place, relation: Relation) -> str:
    accept_place(tx, one)
    accept_place(tx, other)
    decided = [tx.image("clusters", place.cluster_id)["verdict"] is not None for place in (one, other)]
    keep, rest = (other, one) if decided == [False, True] else (one, other)
    steps = (RELATIONS[keep.relation], relation, RELATIONS[rest.relation])
    bridge = max(steps, key=[Relation.SAME, Relation.DIFFERS, Relation.CONFLICTS].index)
    merge_into(tx, keep.cluster_id, rest.cluster_id, bridge)
    return keep.cluster_id


def _place(tx: Transaction, member_id: str) -> Place:
    place = get_place(tx, member_id)
    if place is None:
        raise FactdeskError("This claim is not in the cluster any more.", "It may have been moved meanwhile.")
    return place


def _require_free(tx: Transaction, place: Place) -> None:
    """A claim that was refused here may have found its place in another cluster since."""
    if place.status == Status.REFUSED:
        held = place_of(tx, tx.image("clusters", place.cluster_id)["case_id"], place.claim_id)
        if held is not None:
            raise FactdeskError("This claim is in another cluster now.", "Unlink it there first.")


def _article_of(tx: Transaction, claim_id: str) -> str:
    return str(tx.value("SELECT article_id FROM claims WHERE id = ?", (claim_id,)))


def _absence(tx: Transaction, cluster_id: str, article_id: str) -> str | None:
    found: str | None = tx.value(
        "SELECT id FROM absences WHERE cluster_id = ? AND article_id = ?", (cluster_id, article_id)
    )
    return found
