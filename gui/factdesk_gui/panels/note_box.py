"""The reviewer's note on the claim."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from factdesk.ops.claims import set_note
from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.text_saver import TextSaver
from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.session import Session

_LINES = 3
_WHY = "Why you decided so, what is still open…"
_WHY_UNLIKE = "Why is it otherwise in this article?"


class NoteBox(Section):
    """A text box that saves itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Note", "note", parent)
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName("Note")
        self.editor.setPlaceholderText(_WHY)
        self._asks = ""
        self.editor.setTabChangesFocus(True)
        height = self.editor.fontMetrics().lineSpacing() * _LINES + 18
        self.editor.setFixedHeight(height)
        self._state = PlainLabel()
        self._state.setProperty("role", "soft")
        self.head.addWidget(self._state)
        self.body.addWidget(self.editor)
        self.saver = TextSaver(self.editor, session, set_note)
        self.saver.state_changed.connect(self._on_state)
        self.set_key("")

    def show_view(self, view: ClaimView) -> None:
        """Shows the note of a claim; one that is judged otherwise than its cluster asks for a word of reason."""
        self.saver.show(view.claim.id, view.claim.judgement.note)
        asks = view.is_override and not view.claim.judgement.note.strip()
        self.editor.setPlaceholderText(_WHY_UNLIKE if asks else _WHY)
        self._asks = "a word of reason, please" if asks else ""
        self._on_state(self.saver.waiting)

    def set_key(self, key: str) -> None:
        """Names the key that leads here."""
        self.editor.setToolTip(plain_tip("Saved while you type" + (f" ({key} leads here, Esc back)" if key else "")))

    def _on_state(self, waiting: bool) -> None:  # noqa: FBT001 - the value of a Qt signal
        self._state.setText("not saved yet" if waiting else self._asks)
