"""The inspector: everything about the current claim, and every step one can take with it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.claims import Claim
from factdesk.model.evidence import Evidence, Stance
from factdesk.ops.claims import (
    accept_claims,
    mark_claim,
    refuse_claims,
    restore_claims,
    set_claim_kind,
    set_confidence,
    set_reason,
)
from factdesk.ops.evidence import add_passage, edit_evidence, remove_evidence
from factdesk.ops.links import accept_links, refuse_links
from factdesk.store.articles import article_text, get_article
from factdesk.store.claims import get_claim, history_of, links_of
from factdesk.store.evidence import evidence_of
from factdesk_gui.panels.details_box import DetailsBox
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.evidence_list import EvidenceList
from factdesk_gui.panels.history_list import HistoryList
from factdesk_gui.panels.links_list import LinksList
from factdesk_gui.panels.note_box import NoteBox
from factdesk_gui.panels.quote_box import QuoteBox
from factdesk_gui.panels.text_saver import Save
from factdesk_gui.panels.verdict_box import VerdictBox
from factdesk_gui.review import Passage, Review
from factdesk_gui.session import Session

DEFAULT_KEYS = {
    "verified": "V",
    "disputed": "D",
    "unverified": "U",
    "clear": "Backspace",
    "accept": "A",
    "refuse": "X",
    "note": "Enter",
    "evidence": "E",
}

Operation = Callable[..., Changes]


class InspectorPanel(QWidget):
    """Shows the claim that `Review` calls current.

    Signals:
        source_wanted: the dialog for an outside source is wanted.
    """

    source_wanted = Signal()

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._claim: Claim | None = None
        self.quote = QuoteBox()
        self.verdict = VerdictBox()
        self.note = NoteBox(session)
        self.evidence = EvidenceList()
        self.links = LinksList()
        self.details = DetailsBox(session)
        self.history = HistoryList()
        self._empty = EmptyNote("Choose a claim in the queue or in an article to decide about it.")
        self._scroll = QScrollArea()
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self.set_keys(DEFAULT_KEYS)
        self._load(review.claim_id)

    @property
    def claim(self) -> Claim | None:
        """The claim on show."""
        return self._claim

    def focus_note(self) -> None:
        """Puts the cursor into the note."""
        if self._claim is not None:
            self._scroll.ensureWidgetVisible(self.note)
            self.note.editor.setFocus()

    def save_pending(self) -> None:
        """Sends everything typed or moved to the disk without waiting for a pause: before closing, undo, export."""
        self.verdict.flush()
        self.note.saver.flush()
        self.details.flush()

    def unsaved(self) -> list[tuple[Save, str, str]]:
        """What was typed and is not on disk: operations, each with claim and text."""
        return self.note.saver.unsaved() + self.details.unsaved()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Which keys do what (see DEFAULT_KEYS for the names), to be shown on buttons and in tooltips."""
        self.quote.set_keys(keys)
        self.verdict.set_keys(keys)
        self.note.set_key(keys.get("note", ""))
        self.evidence.set_key(keys.get("evidence", ""))

    def _build(self) -> None:
        locked = QLabel("Open for reading only: nothing can be changed here.", wordWrap=True)
        locked.setAccessibleName("Open for reading only")
        locked.setVisible(self._session.read_only)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(10, 8, 10, 10)
        box.setSpacing(11)
        box.addWidget(locked)
        for part in (self.quote, self.verdict, self.note, self.evidence, self.links, self.details, self.history):
            box.addWidget(part)
        box.addStretch(1)
        self.note.editor.setReadOnly(self._session.read_only)
        self._scroll.setWidget(page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setMinimumWidth(280)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_changed)
        self._session.failed.connect(self._reload)
        self._review.claim_chosen.connect(self._load)
        self._review.selection_changed.connect(self._on_selection)
        quote, evidence, links = self.quote, self.evidence, self.links
        quote.accept_wanted.connect(lambda: self._do_with_list(accept_claims))
        quote.refuse_wanted.connect(lambda: self._do_with_list(refuse_claims))
        quote.restore_wanted.connect(lambda: self._do_with_list(restore_claims))
        quote.place_wanted.connect(lambda: self._review.choose_claim(self._review.claim_id))
        quote.first_copy_wanted.connect(self._go_to_first_copy)
        self.verdict.verdict_chosen.connect(lambda verdict: self._do(mark_claim, verdict))
        self.verdict.reason_chosen.connect(lambda reason: self._do(set_reason, reason))
        self.verdict.confidence_chosen.connect(lambda id_, value: self._session.run(set_confidence, id_, value))
        self.details.kind_chosen.connect(lambda kind: self._do(set_claim_kind, kind))
        evidence.source_wanted.connect(self.source_wanted)
        evidence.selection_wanted.connect(self._add_selection)
        evidence.stance_chosen.connect(lambda id_, stance: self._session.run(edit_evidence, id_, stance=stance))
        evidence.removal_wanted.connect(lambda id_: self._session.run(remove_evidence, id_))
        evidence.passage_wanted.connect(self._show_passage)
        links.claim_wanted.connect(self._review.choose_claim)
        links.accept_wanted.connect(lambda id_: self._session.run(accept_links, [id_]))
        links.refuse_wanted.connect(lambda id_: self._session.run(refuse_links, [id_]))

    def _do(self, operation: Operation, *values: object) -> None:
        if self._claim is not None:
            self._session.run(operation, self._claim.id, *values)

    def _do_with_list(self, operation: Operation) -> None:
        if self._claim is not None:
            self._session.run(operation, [self._claim.id])

    def _on_changed(self, changes: Changes) -> None:
        touched = changes.claims or changes.links or changes.evidence or changes.articles or changes.everything
        if touched and self._review.claim_id:
            self._reload()

    def _reload(self) -> None:
        self._load(self._review.claim_id)

    def _load(self, claim_id: str) -> None:
        claim = self._find(claim_id) if claim_id else None
        other = (claim.id if claim else "") != (self._claim.id if self._claim else "")
        if claim is None:
            self.save_pending()
        self._claim = claim
        self._pages.setCurrentWidget(self._empty if claim is None else self._scroll)
        if claim is None:
            return
        reader, read_only = self._session.reader, self._session.read_only
        evidence, links = evidence_of(reader, claim.id), links_of(reader, claim.id)
        named = {claim.article_id, *(piece.article_id for piece in evidence), *(pair[1].article_id for pair in links)}
        articles = {id_: get_article(reader, id_).label for id_ in named if id_}
        self.quote.show_claim(claim, articles[claim.article_id], read_only=read_only)
        self.verdict.show_claim(claim, read_only=read_only)
        self.note.saver.show(claim.id, claim.judgement.note)
        self.evidence.show_evidence(claim.id, evidence, articles, read_only=read_only)
        self._on_selection(self._review.selection)
        self.links.show_links(claim.id, links, articles, read_only=read_only)
        self.details.show_claim(claim, read_only=read_only)
        self.history.show_history(claim.id, history_of(reader, claim.id))
        if other:
            self._scroll.verticalScrollBar().setValue(0)

    def _find(self, claim_id: str) -> Claim | None:
        try:
            return get_claim(self._session.reader, claim_id)
        except NotFoundError:  # taken back by undo, or its article was read anew
            return None

    def _go_to_first_copy(self) -> None:
        if self._claim is not None and self._claim.repeat_of:
            self._review.choose_claim(self._claim.repeat_of)

    def _on_selection(self, passage: Passage | None) -> None:
        quote = ""
        if passage is not None:
            text = article_text(self._session.reader, passage.article_id)
            quote = passage.span.of(text)
        self.evidence.set_selection(quote)

    def _add_selection(self, stance: Stance) -> None:
        passage = self._review.selection
        if passage is not None:
            self._do(add_passage, passage.article_id, passage.span, stance)

    def _show_passage(self, evidence: Evidence) -> None:
        if evidence.article_id and evidence.span:
            self._review.show_passage(evidence.article_id, evidence.span)
