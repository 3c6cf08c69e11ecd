"""The fact in plain words: one text for all claims of a cluster."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from factdesk.model.changes import Changes
from factdesk.ops.clusters import set_normalised_claim
from factdesk.store.transaction import Transaction
from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.text_saver import TextSaver
from factdesk_gui.plain import plain_tip
from factdesk_gui.session import Session

_LINES = 2


class PlainWords(Section):
    """A text box that saves itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("In plain words", "plain words", parent)
        self.editor = QPlainTextEdit(placeholderText="one sentence that can be checked on its own, without pronouns")
        self.editor.setAccessibleName("Normalised claim")
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * _LINES + 18)
        self.body.addWidget(self.editor)
        self._cases: dict[str, str] = {}  # by claim: what was typed may be saved when another case is shown

        def save(tx: Transaction, claim_id: str, text: str) -> Changes:
            return set_normalised_claim(tx, self._cases[claim_id], claim_id, text)

        self.saver = TextSaver(self.editor, session, save)
        self.set_key("")

    def set_key(self, key: str) -> None:
        """Names the key that leads here."""
        leads = f" ({key} leads here, Esc back)" if key else ""
        self.editor.setToolTip(
            plain_tip(f"What the claim says, for all articles that state it; saved while you type{leads}")
        )

    def show_view(self, view: ClaimView, *, read_only: bool) -> None:
        """Shows the text of a claim's cluster."""
        cluster = view.cluster
        self._cases[view.claim.id] = view.case_id
        self.saver.show(view.claim.id, (cluster.normalised if cluster is not None else "") or view.claim.normalised)
        self.editor.setReadOnly(read_only)
