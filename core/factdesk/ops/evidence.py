"""Operations on evidence."""

from typing import Any

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.ids import new_id
from factdesk.model.spans import Span
from factdesk.ops.passages import quote_at
from factdesk.ops.wording import quoted
from factdesk.store.articles import get_article
from factdesk.store.claims import get_claim
from factdesk.store.evidence import get_evidence
from factdesk.store.transaction import Transaction


def add_passage(tx: Transaction, claim_id: str, article_id: str, span: Span, stance: Stance) -> Changes:
    """Attach a passage of an article to a claim; the same passage a second time only changes its stance."""
    get_claim(tx, claim_id)
    quote = quote_at(tx, article_id, span)
    tx.record(f"Evidence that {_says(stance)}: {quoted(quote)}")
    known = tx.value(
        'SELECT id FROM evidence WHERE claim_id = ? AND article_id = ? AND start = ? AND "end" = ?',
        (claim_id, article_id, span.start, span.end),
    )
    if known is not None:
        tx.update("evidence", known, stance=stance)
        return tx.changes(created=known)
    captured = get_article(tx, article_id).captured_at
    return _add(
        tx,
        claim_id,
        EvidenceKind.PASSAGE,
        stance,
        {"article_id": article_id, "start": span.start, "end": span.end, "quote": quote, "captured_at": captured},
    )


def add_source(
    tx: Transaction, claim_id: str, kind: EvidenceKind, stance: Stance, quote: str = "", url: str = "", note: str = ""
) -> Changes:
    """Attach an outside source (a URL, a file, a note) to a claim."""
    get_claim(tx, claim_id)
    if kind is EvidenceKind.PASSAGE:
        raise ValueError("a passage is added with its article and span")
    if not (quote.strip() or url.strip() or note.strip()):
        raise FactdeskError("The evidence is empty.", "Give a URL, a quotation or a note.")
    tx.record(f"Evidence that {_says(stance)}: {quoted(url or quote or note)}")
    return _add(
        tx,
        claim_id,
        kind,
        stance,
        {"quote": quote.strip(), "url": url.strip(), "note": note, "captured_at": tx.now},
    )


def edit_evidence(
    tx: Transaction,
    evidence_id: str,
    stance: Stance | None = None,
    note: str | None = None,
    quote: str | None = None,
    url: str | None = None,
) -> Changes:
    """Change a piece of evidence; what is None stays. The quotation of a passage is its text and cannot be changed."""
    evidence = get_evidence(tx, evidence_id)
    if quote is not None and evidence.kind is EvidenceKind.PASSAGE:
        raise ValueError("the quote of a passage is what stands in its article")
    given = {"stance": stance, "note": note, "quote": quote, "url": url}
    only_note = stance is None and quote is None and url is None
    tx.record("Edit evidence", merge_key=f"evidence note {evidence_id}" if only_note else "")
    tx.set_columns("evidence", evidence_id, {name: value for name, value in given.items() if value is not None})
    return tx.changes()


def remove_evidence(tx: Transaction, evidence_id: str) -> Changes:
    """Take a piece of evidence away."""
    evidence = get_evidence(tx, evidence_id)
    tx.record(f"Remove evidence {quoted(evidence.quote or evidence.url or evidence.note)}")
    tx.delete("evidence", evidence_id)
    return tx.changes()


def _add(tx: Transaction, claim_id: str, kind: EvidenceKind, stance: Stance, columns: dict[str, Any]) -> Changes:
    evidence_id = new_id()
    signature = {"made_by": tx.reviewer_id, "made_at": tx.now}
    tx.insert(
        "evidence", {"id": evidence_id, "claim_id": claim_id, "kind": kind, "stance": stance} | columns | signature
    )
    return tx.changes(created=evidence_id)


def _says(stance: Stance) -> str:
    return {Stance.SUPPORTS: "supports", Stance.REFUTES: "refutes", Stance.CONTEXT: "gives context"}[stance]
