"""Operations on evidence."""

from typing import Any

from factdesk.compare.dates import is_date
from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.evidence import Attachment, EvidenceKind, Stance
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
    article = get_article(tx, article_id)
    place = {"article_id": article_id, "start": span.start, "end": span.end, "quote": quote}
    captured = {"captured_at": article.captured_at, "sha256": article.text_sha256}
    return _add(tx, claim_id, EvidenceKind.PASSAGE, stance, place | captured)


def add_source(
    tx: Transaction,
    claim_id: str,
    kind: EvidenceKind,
    stance: Stance,
    quote: str = "",
    url: str = "",
    note: str = "",
    *,
    source: str = "",
    published_at: str = "",
    captured_at: str = "",
    attachment: Attachment | None = None,
) -> Changes:
    """Attach an outside source (a URL, a file, a note) to a claim. Without a capture time it is captured now."""
    get_claim(tx, claim_id)
    if kind is EvidenceKind.PASSAGE:
        raise ValueError("a passage is added with its article and span")
    title = url or quote or note or source or (attachment.file.name if attachment is not None else "")
    if not title.strip():
        raise FactdeskError("The evidence is empty.", "Give a URL, a quotation, a file or a note.")
    tx.record(f"Evidence that {_says(stance)}: {quoted(title)}")
    columns = {
        "quote": quote.strip(),
        "url": url.strip(),
        "note": note,
        "source": source.strip(),
        "published_at": _date(published_at),
        "captured_at": _date(captured_at) or tx.now,
        "sha256": "" if attachment is None else _keep(tx, attachment),
    }
    return _add(tx, claim_id, kind, stance, columns)


def edit_evidence(
    tx: Transaction,
    evidence_id: str,
    stance: Stance | None = None,
    note: str | None = None,
    quote: str | None = None,
    url: str | None = None,
    *,
    source: str | None = None,
    published_at: str | None = None,
    captured_at: str | None = None,
    kind: EvidenceKind | None = None,
    attachment: Attachment | None = None,
) -> Changes:
    """Change a piece of evidence; what is None stays. The quotation of a passage is its text and cannot be changed."""
    evidence = get_evidence(tx, evidence_id)
    is_passage = evidence.kind is EvidenceKind.PASSAGE
    if is_passage and quote is not None:
        raise ValueError("the quote of a passage is what stands in its article")
    if (is_passage and (kind is not None or attachment is not None)) or kind is EvidenceKind.PASSAGE:
        raise ValueError("a passage stays one, and nothing else becomes one")
    given = {
        "stance": stance,
        "note": note,
        "quote": quote,
        "url": url,
        "source": source,
        "published_at": None if published_at is None else _date(published_at),
        "captured_at": None if captured_at is None else _date(captured_at),
        "kind": kind,
        "sha256": None if attachment is None else _keep(tx, attachment),
    }
    columns = {name: value for name, value in given.items() if value is not None}
    tx.record("Edit evidence", merge_key=f"evidence note {evidence_id}" if columns.keys() == {"note"} else "")
    tx.set_columns("evidence", evidence_id, columns)
    return tx.changes()


def remove_attachment(tx: Transaction, evidence_id: str) -> Changes:
    """Take the file from a piece of evidence; the evidence stays, and undo brings the file back."""
    evidence = get_evidence(tx, evidence_id)
    if evidence.kind is EvidenceKind.PASSAGE:
        raise ValueError("a passage has no file")
    tx.record(f"Take the file from evidence {quoted(evidence.quote or evidence.url or evidence.note)}")
    tx.update("evidence", evidence_id, sha256="")
    return tx.changes()


def remove_evidence(tx: Transaction, evidence_id: str) -> Changes:
    """Take a piece of evidence away."""
    evidence = get_evidence(tx, evidence_id)
    tx.record(f"Remove evidence {quoted(evidence.quote or evidence.url or evidence.note or evidence.source)}")
    tx.delete("evidence", evidence_id)
    return tx.changes()


def _add(tx: Transaction, claim_id: str, kind: EvidenceKind, stance: Stance, columns: dict[str, Any]) -> Changes:
    evidence_id = new_id()
    signature = {"made_by": tx.reviewer_id, "made_at": tx.now}
    tx.insert(
        "evidence", {"id": evidence_id, "claim_id": claim_id, "kind": kind, "stance": stance} | columns | signature
    )
    return tx.changes(created=evidence_id)


def _keep(tx: Transaction, attachment: Attachment) -> str:
    """Keep a file, which is content and therefore outside the journal; the same bytes are kept once."""
    file = attachment.file
    if tx.value("SELECT 1 FROM attachments WHERE sha256 = ?", (file.sha256,)) is None:
        row = {"sha256": file.sha256, "name": file.name, "media_type": file.media_type, "size": file.size}
        tx.put("attachments", row | {"zlib": attachment.zlib, "added_by": tx.reviewer_id, "added_at": tx.now})
    return file.sha256


def _date(text: str) -> str:
    text = text.strip()
    if text and not is_date(text):
        raise FactdeskError(
            f"“{text}” is no date that can be compared.",
            "Write it as 2026, 2026-03, 2026-03-18 or 2026-03-18T09:30, as precise as it is known.",
        )
    return text


def _says(stance: Stance) -> str:
    return {Stance.SUPPORTS: "supports", Stance.REFUTES: "refutes", Stance.CONTEXT: "gives context"}[stance]
