"""Settling what reviewers disagree on: one verdict is in force, the others stay as opinions."""

from collections.abc import Sequence

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Judgement
from factdesk.model.ids import new_id
from factdesk.ops.claims import mark_claim
from factdesk.ops.clusters import mark_cluster
from factdesk.ops.wording import quoted
from factdesk.store.claims import get_claim
from factdesk.store.opinions import opinions_about
from factdesk.store.transaction import Transaction


def adjudicate(
    tx: Transaction, case_id: str, claim_id: str, judgement: Judgement, chosen: str = "", others: Sequence[str] = ()
) -> Changes:
    """Put a verdict in force for a claim on which reviewers disagree, and for others of the same fact.

    Args:
        tx: the transaction.
        case_id: the case in which the claim is looked at.
        claim_id: the claim.
        judgement: what is in force from now on, with its reason and note.
        chosen: name of the reviewer whose verdict it is; "" for a verdict of the adjudicator's own.
        others: further claims that are settled with it.

    Raises:
        FactdeskError: there is no verdict, or fewer than two reviewers judged the claim.
    """
    if judgement.verdict is None:
        raise FactdeskError("There is no verdict to put in force.", "Choose one of the reviewers' or another one.")
    ids = [claim_id, *others]
    opinions = opinions_about(tx, ids)
    if len(opinions.get(claim_id, [])) < 2:
        raise FactdeskError("Only one reviewer judged this claim.", "There is nothing to adjudicate.")
    for each in ids:
        _put_in_force(tx, case_id, each, judgement)
    winner = tx.value("SELECT id FROM reviewers WHERE name = ?", (chosen,)) if chosen else None
    for each in ids:
        known = tx.value("SELECT id FROM adjudications WHERE claim_id = ?", (each,))
        said = (opinion.known_since for opinion in opinions.get(each, ()))
        now = max(tx.now, *said, tx.now)  # also by a clock that was set back it comes after what it settles
        row = {"chosen": winner, "made_by": tx.reviewer_id, "made_at": now}
        if known is not None:
            tx.update("adjudications", known, **row)
        else:
            tx.insert("adjudications", {"id": new_id(), "claim_id": each} | row)
    tx.record(f"Adjudicate {quoted(get_claim(tx, claim_id).quote)}: {judgement.verdict}")
    return tx.changes()


def _put_in_force(tx: Transaction, case_id: str, claim_id: str, judgement: Judgement) -> None:
    """A verdict that came from the cluster is changed there; one of the claim's own is changed at the claim."""
    claim = get_claim(tx, claim_id)
    parts = (judgement.verdict, judgement.reason, judgement.note, judgement.confidence)
    if claim.verdict is not None and claim.inherited_from is None:
        mark_claim(tx, claim_id, *parts)
    else:
        mark_cluster(tx, case_id, claim_id, *parts)
