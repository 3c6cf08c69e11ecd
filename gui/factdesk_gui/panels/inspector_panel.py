"""The inspector: everything about the current claim, and every step one can take with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.claims import Claim, Verdict
from factdesk.model.evidence import Evidence
from factdesk.model.memory import Remembered
from factdesk.store.articles import article_text
from factdesk_gui.panels.claim_extras import ClaimExtras, ExtrasFeed
from factdesk_gui.panels.claim_view import ClaimView, load_view
from factdesk_gui.panels.inspector_parts import InspectorParts
from factdesk_gui.panels.inspector_steps import InspectorSteps
from factdesk_gui.panels.memory_box import earlier_words
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.strip_entries import strip_entries
from factdesk_gui.panels.voices import chain_of, first_seen_words
from factdesk_gui.review import Passage, Review
from factdesk_gui.session import Session


class InspectorPanel(InspectorParts):
    """Shows the claim that `Review` calls current.

    Signals:
        source_wanted: the dialog for an outside source is wanted.
        folded: a person folded or opened a section.
    """

    source_wanted = Signal()
    folded = Signal()

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._session = session
        self._review = review
        self._view: ClaimView | None = None
        self.steps = InspectorSteps(session, review, lambda: self._view, self)
        self.extras = ExtrasFeed(session, self)
        self._connect()
        self._connect_cluster()
        self._load(review.claim_id)

    @property
    def view(self) -> ClaimView | None:
        """What is on show."""
        return self._view

    @property
    def claim(self) -> Claim | None:
        """The claim on show."""
        return self._view.claim if self._view is not None else None

    def focus_note(self) -> None:
        """Puts the cursor into the note."""
        self._focus(self.note, self.note.editor)

    def focus_plain_words(self) -> None:
        """Puts the cursor into the claim in plain words."""
        self._focus(self.plain_words, self.plain_words.editor)

    def _connect(self) -> None:
        steps, quote, verdict, evidence = self.steps, self.quote, self.verdict, self.evidence
        self._session.changed.connect(self._on_changed)
        self._session.failed.connect(lambda _: self._load(self._review.claim_id, with_extras=False))
        self._review.claim_chosen.connect(self._load)
        self._review.selection_changed.connect(self._on_selection)
        quote.accept_wanted.connect(steps.accept)
        quote.refuse_wanted.connect(steps.refuse)
        quote.restore_wanted.connect(steps.restore)
        quote.place_wanted.connect(lambda: self._review.choose_claim(self._review.claim_id))
        quote.first_copy_wanted.connect(self._go_to_first_copy)
        verdict.verdict_chosen.connect(self.judge)
        verdict.only_here_chosen.connect(lambda chosen: self.judge(chosen, only_here=True))
        verdict.reason_chosen.connect(steps.give_reason)
        verdict.confidence_chosen.connect(steps.give_confidence)
        verdict.claim_wanted.connect(self._review.choose_claim)
        self.details.kind_chosen.connect(steps.set_kind)
        evidence.source_wanted.connect(self.source_wanted)
        evidence.selection_wanted.connect(steps.add_selection)
        evidence.stance_chosen.connect(steps.set_stance)
        evidence.removal_wanted.connect(steps.remove_evidence)
        evidence.passage_wanted.connect(self._show_passage)

    def _connect_cluster(self) -> None:
        steps, cluster = self.steps, self.cluster
        cluster.claim_wanted.connect(self._review.choose_claim)
        cluster.accept_wanted.connect(steps.accept_member)
        cluster.refuse_wanted.connect(steps.refuse_member)
        cluster.lead_wanted.connect(steps.make_lead)
        cluster.relation_chosen.connect(lambda member, relation: steps.relate(relation, member))
        cluster.accept_all_wanted.connect(steps.accept_all)
        cluster.unlink_wanted.connect(steps.unlink)
        self.values.claim_wanted.connect(self._review.choose_claim)
        self.extras.came.connect(self._on_extras)
        self.extras.remembered.connect(self._on_remembered)
        for section in self.sections():
            section.folded.connect(lambda *_: self.folded.emit())

    def judge(self, verdict: object, *, only_here: bool = False) -> None:
        """Gives the claim's cluster a verdict, or this article alone; what was noted so far goes to the disk first."""
        if self._view is not None and not self._session.read_only:
            self.note.saver.flush()
            self.steps.judge(verdict if isinstance(verdict, Verdict) else None, only_here=only_here)

    def _focus(self, section: Section, editor: QWidget) -> None:
        if self._view is not None:
            section.fold(folded=False)
            self._scroll.ensureWidgetVisible(section)
            editor.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        touched = changes.claims or changes.links or changes.evidence or changes.articles or changes.clusters
        if (touched or changes.settings or changes.everything) and self._review.claim_id:
            self._load(self._review.claim_id)

    def _load(self, claim_id: str, *, with_extras: bool = True) -> None:
        before = self._view.claim.id if self._view is not None else ""
        view = self._find(claim_id) if claim_id else None
        if view is None:
            self.save_pending()
        self._view = view
        self._pages.setCurrentWidget(self._empty if view is None else self._scroll)
        if view is None:
            return
        read_only, claim = self._session.read_only, view.claim
        other = claim.id != before
        if other:
            self._on_extras(ClaimExtras(claim.id))
            self.memory.show_earlier(claim.id, ())
        self.quote.show_claim(
            claim, view.label(claim.article_id), chain_of(view), first_seen_words(view), read_only=read_only
        )
        self.verdict.show_view(view, read_only=read_only)
        self.note.show_view(view)
        self.plain_words.show_view(view, read_only=read_only)
        self.evidence.show_view(view, read_only=read_only)
        self._on_selection(self._review.selection)
        self.cluster.show_view(view, read_only=read_only)
        self.details.show_claim(claim, read_only=read_only)
        self.history.show_history(claim.id, view.history, view.people)
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        if with_extras:  # not after a failure: it may have been theirs
            self.extras.ask(view.case_id, claim.id)

    def _find(self, claim_id: str) -> ClaimView | None:
        try:
            return load_view(self._session.reader, self._review.case_id, claim_id)
        except NotFoundError:  # taken back by undo, or its article was read anew
            return None

    def _on_extras(self, extras: ClaimExtras) -> None:
        view = self._view
        if view is None or view.claim.id != extras.claim_id:
            return
        self.values.show_entries(extras.claim_id, strip_entries(extras.strip, extras.claim_id))
        self.verdict.missing.show_missing(extras.missing)
        self.verdict.contradictions.show_contradictions(extras.contradictions)
        self.evidence.show_warnings(extras.warnings)
        self.others.show_said(extras.said, self._session.project.reviewer_name)

    def _on_remembered(self, claim_id: str, found: list[Remembered]) -> None:
        if self.claim is not None and self.claim.id == claim_id:
            self.memory.show_earlier(claim_id, [earlier_words(one) for one in found], self.extras.nothing_words())

    def _go_to_first_copy(self) -> None:
        if self.claim is not None and self.claim.repeat_of:
            self._review.choose_claim(self.claim.repeat_of)

    def _on_selection(self, passage: Passage | None) -> None:
        quote = ""
        if passage is not None:
            text = article_text(self._session.reader, passage.article_id)
            quote = passage.span.of(text)
        self.evidence.set_selection(quote)

    def _show_passage(self, evidence: Evidence) -> None:
        if evidence.article_id and evidence.span:
            self._review.show_passage(evidence.article_id, evidence.span)
