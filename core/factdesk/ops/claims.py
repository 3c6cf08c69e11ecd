"""Operations on claims: verdicts, suggestions, new claims and their edges."""

from collections.abc import Sequence
from typing import Any

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import REASONS, Claim, ClaimKind, Reason, Status, Verdict
from factdesk.model.ids import new_id
from factdesk.model.spans import Span
from factdesk.ops.gate import require_evidence
from factdesk.ops.passages import quote_at
from factdesk.ops.wording import counted, quoted
from factdesk.store.claims import get_claim
from factdesk.store.transaction import Transaction


def mark_claim(
    tx: Transaction,
    claim_id: str,
    verdict: Verdict | None,
    reason: Reason | None = None,
    note: str | None = None,
    confidence: int | None = None,
) -> Changes:
    """Give a claim a verdict, or take it away with None; a suggestion is accepted by it.

    A note or confidence that is None stays, and so does the reason while the verdict is the same.
    """
    claim = get_claim(tx, claim_id)
    require_evidence(tx, [claim_id], verdict, note)
    name = "Clear the verdict" if verdict is None else f"Mark {verdict}"
    tx.record(f"{name}: {quoted(claim.quote)}")
    _judge(tx, claim, verdict, reason, note, confidence)
    return tx.changes()


def mark_claims(tx: Transaction, ids: Sequence[str], verdict: Verdict | None) -> Changes:
    """Give several claims the same verdict as one step."""
    require_evidence(tx, ids, verdict)
    name = "Clear the verdict of" if verdict is None else f"Mark {verdict}:"
    tx.record(f"{name} {counted(ids, 'claim')}")
    for claim_id in ids:
        _judge(tx, get_claim(tx, claim_id), verdict)
    return tx.changes()


def set_reason(tx: Transaction, claim_id: str, reason: Reason | None) -> Changes:
    """Give the reason of a verdict, or take it away."""
    claim = get_claim(tx, claim_id)
    if reason is not None and claim.verdict is None:
        raise FactdeskError("This claim has no verdict yet.", "Choose the verdict first, then its reason.")
    tx.record(f"Reason: {reason or 'none'}")
    if reason != claim.judgement.reason:
        _check_reason(claim.verdict, reason)
        tx.update("claims", claim_id, reason=reason, **_signed(tx))
    return tx.changes()


def set_note(tx: Transaction, claim_id: str, note: str) -> Changes:
    """Write the note of a claim. Typing in one go is one step."""
    claim = get_claim(tx, claim_id)
    tx.record(f"Note on {quoted(claim.quote)}", merge_key=f"note {claim_id}")
    tx.update("claims", claim_id, note=note)
    return tx.changes()


def set_confidence(tx: Transaction, claim_id: str, confidence: int | None) -> Changes:
    """Say how sure one is, in percent. Dragging a slider in one go is one step."""
    claim = get_claim(tx, claim_id)
    _check_confidence(confidence)
    tx.record("Confidence" if confidence is None else f"Confidence {confidence} %", merge_key=f"confidence {claim_id}")
    if confidence != claim.judgement.confidence:
        signature = _signed(tx) if claim.verdict is not None else {}
        tx.update("claims", claim_id, confidence=confidence, **signature)
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
    quote = quote_at(tx, article_id, span)
    tx.record(f"New claim {quoted(quote)}")
    known = _claim_at(tx, article_id, span)
    if known is not None:
        tx.update("claims", known, status=Status.ACCEPTED)
        return tx.changes(created=known)
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
    return tx.changes(created=claim_id)


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


def _judge(
    tx: Transaction,
    claim: Claim,
    verdict: Verdict | None,
    reason: Reason | None = None,
    note: str | None = None,
    confidence: int | None = None,
) -> None:
    before = claim.judgement
    if reason is None and verdict == before.verdict:
        reason = before.reason
    _check_reason(verdict, reason)
    _check_confidence(confidence)
    columns: dict[str, Any] = {"verdict": verdict, "reason": reason}
    if verdict is not None:
        columns["status"] = Status.ACCEPTED
    if note is not None:
        columns["note"] = note
    if confidence is not None:
        columns["confidence"] = confidence
    if (verdict, reason) != (before.verdict, before.reason) or confidence not in {None, before.confidence}:
        columns |= _signed(tx) if verdict is not None else {"decided_by": None, "decided_at": None}
    tx.set_columns("claims", claim.id, columns)


def _check_reason(verdict: Verdict | None, reason: Reason | None) -> None:
    if reason is not None and (verdict is None or reason not in REASONS[verdict]):
        allowed = ", ".join(REASONS[verdict]) if verdict is not None else "none"
        raise FactdeskError(
            f"The reason “{reason}” does not go with the verdict “{verdict or 'no verdict yet'}”.",
            f"Reasons for it: {allowed}.",
        )


def _check_confidence(confidence: int | None) -> None:
    if confidence is not None and not 0 <= confidence <= 100:
        raise FactdeskError(f"{confidence} is no confidence.", "Give a percentage from 0 to 100.")


def _signed(tx: Transaction) -> dict[str, Any]:
    return {"decided_by": tx.reviewer_id, "decided_at": tx.now}


def _set_status(tx: Transaction, ids: Sequence[str], verb: str, status: Status | None) -> Changes:
    if len(ids) == 1:
        tx.record(f"{verb} {quoted(get_claim(tx, ids[0]).quote)}")
    else:
        tx.record(f"{verb} {counted(ids, 'claim')}")
    for claim_id in ids:
        tx.update("claims", claim_id, status=status or _restored(tx, claim_id))
    return tx.changes()


def _restored(tx: Transaction, claim_id: str) -> Status:
    row = tx.image("claims", claim_id)
    if row["status"] != Status.REFUSED:
        return Status(row["status"])
    return Status.SUGGESTED if row["made_by"] is None and row["verdict"] is None else Status.ACCEPTED


def _correct(tx: Transaction, claim: Claim, **columns: Any) -> Changes:
    row = tx.image("claims", claim.id)
    if any(row[column] != value for column, value in columns.items()):
        tx.update("claims", claim.id, status=Status.ACCEPTED, **columns)
    return tx.changes()


def _claim_at(tx: Transaction, article_id: str, span: Span) -> str | None:
    found: str | None = tx.value(
        'SELECT id FROM claims WHERE article_id = ? AND start = ? AND "end" = ?', (article_id, span.start, span.end)
    )
    return found
