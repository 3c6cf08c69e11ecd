"""Operations on links between claims of different articles."""

from collections.abc import Sequence

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Relation, Status
from factdesk.ops.cluster_rows import put_link
from factdesk.ops.wording import counted, quoted
from factdesk.store.claims import get_claim
from factdesk.store.transaction import Transaction


def accept_links(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Confirm suggested links."""
    return _set_status(tx, ids, "Accept", Status.ACCEPTED)


def refuse_links(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Put links aside; a later run does not bring them back."""
    return _set_status(tx, ids, "Refuse", Status.REFUSED)


def add_link(tx: Transaction, claim_a: str, claim_b: str, relation: Relation) -> Changes:
    """Link two claims, or correct the relation of a link that is there; clusters stay as they are."""
    one, other = get_claim(tx, claim_a), get_claim(tx, claim_b)
    if one.article_id == other.article_id:
        raise FactdeskError(
            "Both claims are in the same article.", "Link a claim with one that stands in another article."
        )
    tx.record(f"Link ({relation}) {quoted(one.quote)} with {quoted(other.quote)}")
    link = put_link(tx, claim_a, claim_b, relation)
    return tx.changes(created=link)


def _set_status(tx: Transaction, ids: Sequence[str], verb: str, status: Status) -> Changes:
    tx.record(f"{verb} {counted(ids, 'link')}")
    for link in ids:
        tx.update("links", link, status=status)
    return tx.changes()
