"""The list of marks that a corrected version changed or left behind, and what a person decides about each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from factdesk.model.changes import Changes
from factdesk.model.claims import Anchor
from factdesk.model.versions import CarriedMark, MarkKind
from factdesk.ops.claims import refuse_claims
from factdesk.ops.evidence import remove_evidence
from factdesk.ops.mentions import refuse_mentions
from factdesk.ops.versions import reattach, settle_anchor
from factdesk.store.articles import article_names, article_text
from factdesk.store.connection import Reader
from factdesk.store.versions import fuzzy_marks, orphans_of
from factdesk.text.words import trim_span
from factdesk_gui.review import Passage
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk_gui.dialogs.carried_dialog import CarriedDialog


class CarriedControl(QObject):
    """Keeps the list in step with the project while it is open."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._review = workspace.review
        self._window = workspace.desk.window
        self._dialog: CarriedDialog | None = None
        self._session.changed.connect(self._on_changed)
        self._review.selection_changed.connect(self._on_selection)
        self._review.case_chosen.connect(lambda _: self._ask())

    def open(self) -> None:
        """Shows the list, or brings it to the front."""
        from factdesk_gui.dialogs.carried_dialog import CarriedDialog

        if self._dialog is None:
            dialog = CarriedDialog(self._window(), writable=not self._session.read_only)
            dialog.show_wanted.connect(self._show)
            dialog.settle_wanted.connect(lambda mark: self._session.run(settle_anchor, mark.kind, mark.id))
            dialog.attach_wanted.connect(self._attach)
            dialog.drop_wanted.connect(self._drop)
            dialog.finished.connect(self._on_finished)
            self.destroyed.connect(dialog.deleteLater)
            self._dialog = dialog
            self._on_selection(self._review.selection)
        self._ask()
        self._dialog.show()
        self._dialog.raise_()

    def _ask(self) -> None:
        if self._dialog is None:
            return
        case = self._review.case_id

        def read(reader: Reader) -> tuple[list[CarriedMark], dict[str, str]]:
            return [*fuzzy_marks(reader, case), *orphans_of(reader, case)], article_names(reader, case)

        self._session.query("carried", read, lambda found: self._dialog and self._dialog.show_marks(*found))

    def _show(self, mark: CarriedMark) -> None:
        if mark.anchor is Anchor.FUZZY:
            self._review.show_passage(mark.article_id, mark.span)
            if mark.kind is MarkKind.CLAIM:
                self._review.choose_claim(mark.id)
        else:  # its words are gone: the article opens, for the selection of others
            text = article_text(self._session.reader, mark.current_id)
            near = min(mark.span.start, max(0, len(text) - len(mark.span)))
            span = type(mark.span)(near, min(len(text), near + len(mark.span)))
            self._review.show_passage(mark.current_id, span)

    def _attach(self, mark: CarriedMark) -> None:
        passage = self._review.selection
        if passage is None or passage.article_id != mark.current_id:
            return
        span = trim_span(article_text(self._session.reader, passage.article_id), passage.span)
        if span is not None:
            self._session.run(reattach, mark.id, span, mark.kind)

    def _drop(self, mark: CarriedMark) -> None:
        match mark.kind:
            case MarkKind.CLAIM:
                self._session.run(refuse_claims, [mark.id])
            case MarkKind.MENTION:
                self._session.run(refuse_mentions, [mark.id])
            case MarkKind.EVIDENCE:
                self._session.run(remove_evidence, mark.id)

    def _on_changed(self, changes: Changes) -> None:
        if changes.claims or changes.mentions or changes.evidence or changes.everything:
            self._ask()

    def _on_selection(self, passage: Passage | None) -> None:
        if self._dialog is not None:
            self._dialog.set_selection(passage.article_id if passage is not None else "")

    def _on_finished(self) -> None:
        self._dialog = None
