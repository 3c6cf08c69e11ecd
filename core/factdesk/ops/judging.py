"""What a verdict is made of, checked: the same for a claim and for a cluster."""

from typing import Any

from factdesk.errors import FactdeskError
from factdesk.model.claims import REASONS, Judgement, Reason, Verdict
from factdesk.store.transaction import Transaction


def judged(
    tx: Transaction,
    before: Judgement,
    verdict: Verdict | None,
    reason: Reason | None = None,
    note: str | None = None,
    confidence: int | None = None,
) -> dict[str, Any]:
    """The columns of a judgement that follows another one, signed if anything but its note is different.

    A note or confidence that is None stays, and so does the reason while the verdict is the same.
    """
    if reason is None and verdict == before.verdict:
        reason = before.reason
    check_reason(verdict, reason)
    check_confidence(confidence)
    columns: dict[str, Any] = {"verdict": verdict, "reason": reason}
    if note is not None:
        columns["note"] = note
    if confidence is not None:
        columns["confidence"] = confidence
    if (verdict, reason) != (before.verdict, before.reason) or confidence not in {None, before.confidence}:
        columns |= signed(tx) if verdict is not None else {"decided_by": None, "decided_at": None}
    return columns


def check_reason(verdict: Verdict | None, reason: Reason | None) -> None:
    """Refuse a reason that does not go with the verdict."""
    if reason is not None and (verdict is None or reason not in REASONS[verdict]):
        allowed = ", ".join(REASONS[verdict]) if verdict is not None else "none"
        raise FactdeskError(
            f"The reason “{reason}” does not go with the verdict “{verdict or 'no verdict yet'}”.",
            f"Reasons for it: {allowed}.",
        )


def check_confidence(confidence: int | None) -> None:
    """Refuse what is no percentage."""
    if confidence is not None and not 0 <= confidence <= 100:
        raise FactdeskError(f"{confidence} is no confidence.", "Give a percentage from 0 to 100.")


def signed(tx: Transaction) -> dict[str, Any]:
    """Who decides, and when."""
    return {"decided_by": tx.reviewer_id, "decided_at": tx.now}
