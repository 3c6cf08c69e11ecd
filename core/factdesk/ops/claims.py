"""Operations on claims: verdicts, suggestions, new claims and their edges.

A verdict given here is the claim's own; those for whole clusters are given by `ops.clusters`. Reason, note and confidence
of an inherited verdict belong to its cluster and are changed there.
"""

from collections.abc import Sequence
from typing import Any

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Claim, ClaimKind, Judgement, Reason, Status, Verdict
from factdesk.model.ids import new_id
from factdesk.model.spans import Span
from factdesk.ops.gate import require_evidence
from factdesk.ops.inheritance import judge_cluster, own_note, settle
from factdesk.ops.judging import check_confidence, check_reason, judged, signed
from factdesk.ops.passages import quote_at
from factdesk.ops.wording import counted, quoted
from factdesk.store.claims import get_claim, judgement_of
from factdesk.store.journal import Row
from factdesk.store.many_rows import images_of, set_many
from factdesk.store.stored_words import STATUSES
from factdesk.store.transaction import Transaction


def mark_claim(
    tx: Transaction,
    claim_id: str,
    verdict: Verdict | None,
    reason: Reason | None = None,
    note: str | None = None,
    confidence: int | None = None,
) -> Changes:
    """Give this claim alone a verdict, or take it away with None; a suggestion is accepted by it.

    A note or confidence that is None stays, and so does the reason while the verdict is the same. Without a verdict of
    its own the claim has that of its cluster, if there is one.
    """
    claim = get_claim(tx, claim_id)
    require_evidence(tx, [claim_id], verdict, note)
    name = "Clear the verdict" if verdict is None else f"Mark {verdict}"
    tx.record(f"{name}: {quoted(claim.quote)}")
    judge(tx, claim, verdict, reason, note, confidence)
    return tx.changes()


def mark_claims(tx: Transaction, ids: Sequence[str], verdict: Verdict | None) -> Changes:
    """Give several claims the same verdict as one step."""
    require_evidence(tx, ids, verdict)
    name = "Clear the verdict of" if verdict is None else f"Mark {verdict}:"
    tx.record(f"{name} {counted(ids, 'claim')}")
    images = images_of(tx, "claims", ids)
    own = {claim_id: _verdict(tx, row, verdict) for claim_id, row in images.items() if row["inherited_from"] is None}
    set_many(tx, "claims", own, images)
    if verdict is None:
        settle(tx, own)
    for claim_id in images:
        if claim_id not in own:
            judge(tx, get_claim(tx, claim_id), verdict)
    return tx.changes()


def set_reason(tx: Transaction, claim_id: str, reason: Reason | None) -> Changes:
    """Give the reason of a verdict, or take it away."""
    claim = get_claim(tx, claim_id)
    if reason is not None and claim.verdict is None:
        raise FactdeskError("This claim has no verdict yet.", "Choose the verdict first, then its reason.")
    tx.record(f"Reason: {reason or 'none'}")
    if reason != claim.judgement.reason:
        check_reason(claim.verdict, reason)
        _judge_here(tx, claim, {"reason": reason} | signed(tx))
    return tx.changes()


def set_note(tx: Transaction, claim_id: str, note: str) -> Changes:
    """Write the note of a claim. Typing in one go is one step."""
    claim = get_claim(tx, claim_id)
    tx.record(f"Note on {quoted(claim.quote)}", merge_key=f"note {claim_id}")
    row = tx.image("claims", claim_id)
    if claim.inherited_from is None or own_note(tx, row, {}):
        tx.update("claims", claim_id, note=note)
    else:
        judge_cluster(tx, claim.inherited_from, {"note": note})
    return tx.changes()


def set_confidence(tx: Transaction, claim_id: str, confidence: int | None) -> Changes:
    """Say how sure one is, in percent. Dragging a slider in one go is one step."""
    claim = get_claim(tx, claim_id)
    check_confidence(confidence)
    tx.record("Confidence" if confidence is None else f"Confidence {confidence} %", merge_key=f"confidence {claim_id}")
    if confidence != claim.judgement.confidence:
        signature = signed(tx) if claim.verdict is not None else {}
        _judge_here(tx, claim, {"confidence": confidence} | signature)
    return tx.changes()


def accept_claims(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Take suggestions over as claims."""
    return _set_status(tx, ids, "Accept", Status.ACCEPTED)


def refuse_claims(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Put claims aside; a later pre-annotation does not bring them back."""
    return _set_status(tx, ids, "Refuse", Status.REFUSED)


def restore_claims(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Bring refused claims back: the machine's as suggestions, unless they have a verdict."""
    return _set_status(tx, ids, "Restore", None)


def add_claim(tx: Transaction, article_id: str, span: Span, kind: ClaimKind = ClaimKind.EVENT) -> Changes:
    """Make a claim of a passage. If one with these edges is there already, that one is accepted."""
    tx.record(f"New claim {quoted(quote_at(tx, article_id, span))}")
    return tx.changes(created=claim_at(tx, article_id, span, kind))


def claim_at(tx: Transaction, article_id: str, span: Span, kind: ClaimKind = ClaimKind.EVENT) -> str:
    """The id of the claim with these edges, accepted, or of a new one; part of a step."""
    quote = quote_at(tx, article_id, span)
    known = _claim_at(tx, article_id, span)
    if known is not None:
        tx.update("claims", known, status=Status.ACCEPTED)
        settle(tx, [known])
        return known
    claim_id = new_id()
    tx.insert(
        "claims",
        {
            "id": claim_id,
            "article_id": article_id,
            "start": span.start,
            "end": span.end,
            "quote": quote,
            "kind": kind,
            "status": Status.ACCEPTED,
            "made_by": tx.reviewer_id,
            "made_at": tx.now,
        },
    )
    return claim_id


def move_claim(tx: Transaction, claim_id: str, span: Span) -> Changes:
    """Move the edges of a claim; a corrected suggestion counts as accepted."""
    claim = get_claim(tx, claim_id)
    quote = quote_at(tx, claim.article_id, span)
    other = _claim_at(tx, claim.article_id, span)
    if other not in {None, claim_id}:
        raise FactdeskError(
            "There is already a claim with these edges.", "Choose other edges, or refuse one of the two."
        )
    tx.record(f"Move the edges of {quoted(claim.quote)}")
    if span != claim.span:
        tx.set_columns(
            "claims", claim_id, {"start": span.start, "end": span.end, "quote": quote, "status": Status.ACCEPTED}
        )
        settle(tx, [claim_id])  # it may have been refused, and inherits again
    return tx.changes()


def set_claim_kind(tx: Transaction, claim_id: str, kind: ClaimKind) -> Changes:
    """Say what sort of statement a claim is; a corrected suggestion counts as accepted."""
    claim = get_claim(tx, claim_id)
    tx.record(f"Kind of claim: {kind}")
    return _correct(tx, claim, kind=kind)


def set_normalised(tx: Transaction, claim_id: str, text: str) -> Changes:
    """Write the claim in plain words of one's own. Typing in one go is one step."""
    claim = get_claim(tx, claim_id)
    tx.record(f"Plain words for {quoted(claim.quote)}", merge_key=f"normalised {claim_id}")
    return _correct(tx, claim, normalised=text)


def set_claimant(tx: Transaction, claim_id: str, claimant: str, span: Span | None = None) -> Changes:
    """Say who makes the claim, and where the article names them. Typing in one go is one step."""
    claim = get_claim(tx, claim_id)
    if span is not None:
        quote_at(tx, claim.article_id, span)
    tx.record(f"Claimant of {quoted(claim.quote)}", merge_key=f"claimant {claim_id}")
    start, end = (None, None) if span is None else (span.start, span.end)
    return _correct(tx, claim, claimant=claimant.strip(), claimant_start=start, claimant_end=end)


def judge(
    tx: Transaction,
    claim: Claim,
    verdict: Verdict | None,
    reason: Reason | None = None,
    note: str | None = None,
    confidence: int | None = None,
) -> None:
    """Give one claim a verdict of its own, or take that away; part of a step."""
    before = claim.judgement
    columns: dict[str, Any] = {"inherited_from": None}
    if claim.inherited_from is not None:
        if verdict is None:
            return  # it has none of its own
        row = tx.image("claims", claim.id)
        before = Judgement(note=own_note(tx, row, {}))
        columns |= {"note": before.note, "confidence": None}
    columns |= judged(tx, before, verdict, reason, note, confidence)
    if verdict is not None:
        columns["status"] = Status.ACCEPTED
    tx.set_columns("claims", claim.id, columns)
    if verdict is None:
        settle(tx, [claim.id])


def _verdict(tx: Transaction, row: Row, verdict: Verdict | None) -> Row:
    """The columns of a claim that gets a verdict and has inherited none."""
    before = judgement_of(row["verdict"], row["reason"], row["note"], row["confidence"])
    columns = judged(tx, before, verdict)
    return columns if verdict is None else columns | {"status": Status.ACCEPTED}


def _judge_here(tx: Transaction, claim: Claim, columns: dict[str, Any]) -> None:
    """Change a judgement where it was made: at the claim, or at the cluster that it comes from."""
    if claim.inherited_from is None:
        tx.set_columns("claims", claim.id, columns)
    else:
        judge_cluster(tx, claim.inherited_from, columns)


def _set_status(tx: Transaction, ids: Sequence[str], verb: str, status: Status | None) -> Changes:
    if len(ids) == 1:
        tx.record(f"{verb} {quoted(get_claim(tx, ids[0]).quote)}")
    else:
        tx.record(f"{verb} {counted(ids, 'claim')}")
    images = images_of(tx, "claims", ids)
    set_many(tx, "claims", {name: {"status": status or _restored(row)} for name, row in images.items()}, images)
    settle(tx, ids)  # a refused claim inherits nothing
    return tx.changes()


def _restored(row: Row) -> Status:
    if row["status"] != Status.REFUSED:
        return STATUSES[row["status"]]
    return Status.SUGGESTED if row["made_by"] is None and row["verdict"] is None else Status.ACCEPTED


def _correct(tx: Transaction, claim: Claim, **columns: Any) -> Changes:
    row = tx.image("claims", claim.id)
    if any(row[column] != value for column, value in columns.items()):
        tx.update("claims", claim.id, status=Status.ACCEPTED, **columns)
        settle(tx, [claim.id])  # it may have been refused, and inherits again
    return tx.changes()


def _claim_at(tx: Transaction, article_id: str, span: Span) -> str | None:
    found: str | None = tx.value(
        'SELECT id FROM claims WHERE article_id = ? AND start = ? AND "end" = ?', (article_id, span.start, span.end)
    )
    return found
