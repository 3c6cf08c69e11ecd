"""Operations on rows of the board, each one step of undo; a row may be a single claim without a cluster yet."""

from collections.abc import Sequence

from factdesk.model.changes import Changes
from factdesk.model.claims import Relation
from factdesk.ops.clusters import (
    confirm_absence,
    ensure_cluster,
    link_claims,
    merge_clusters,
    unlink_claim,
    withdraw_absence,
)
from factdesk.ops.wording import counted, quoted
from factdesk.store.claims import get_claim
from factdesk.store.clusters import cluster_of
from factdesk.store.transaction import Transaction


def merge_rows(tx: Transaction, case_id: str, claim_ids: Sequence[str]) -> Changes:
    """Make the rows of these claims one; that of the first keeps its words and its lead."""
    keep, *others = dict.fromkeys(ensure_cluster(tx, case_id, claim_id).created for claim_id in claim_ids)
    merge_clusters(tx, keep, others)
    tx.record(f"Merge {counted((keep, *others), 'row')}")
    return tx.changes(created=keep)


def move_claims(tx: Transaction, case_id: str, claim_ids: Sequence[str], target: str) -> Changes:
    """Take claims out of their rows and into that of another claim."""
    for claim_id in claim_ids:
        cluster = cluster_of(tx, case_id, claim_id)
        if cluster is not None and len(cluster.members) > 1:
            unlink_claim(tx, case_id, claim_id)
        link_claims(tx, case_id, _other_article(tx, case_id, target, claim_id), claim_id, Relation.SAME)
    tx.record(f"Move {counted(claim_ids, 'claim')} to {quoted(get_claim(tx, target).quote)}")
    return tx.changes()


def remove_claims(tx: Transaction, case_id: str, claim_ids: Sequence[str]) -> Changes:
    """Take claims out of their rows; each becomes a row of its own."""
    for claim_id in claim_ids:
        unlink_claim(tx, case_id, claim_id)
    tx.record(f"Take {counted(claim_ids, 'claim')} out of the row")
    return tx.changes()


def confirm_absences(tx: Transaction, case_id: str, cells: Sequence[tuple[str, str]]) -> Changes:
    """Confirm for pairs of a row's claim and an article that the article does not mention it."""
    for claim_id, article_id in cells:
        confirm_absence(tx, case_id, claim_id, article_id)
    if len(cells) > 1:
        tx.record(f"Not mentioned: {counted(cells, 'cell')}")
    return tx.changes()


def withdraw_absences(tx: Transaction, case_id: str, cells: Sequence[tuple[str, str]]) -> Changes:
    """Take that back."""
    for claim_id, article_id in cells:
        withdraw_absence(tx, case_id, claim_id, article_id)
    if len(cells) > 1:
        tx.record(f"Not sure that not mentioned: {counted(cells, 'cell')}")
    return tx.changes()


def _other_article(tx: Transaction, case_id: str, target: str, claim_id: str) -> str:
    """A claim of the target's row that stands in another article than a claim, best the target itself."""
    article = get_claim(tx, claim_id).article_id
    cluster = cluster_of(tx, case_id, target)
    members = () if cluster is None else (member.claim for member in cluster.members)
    ready = (claim.id for claim in (get_claim(tx, target), *members) if claim.article_id != article)
    return next(ready, target)
