"""Saves what is typed into a box: after a pause, when the box is left, and before another claim is shown."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from shiboken6 import isValid

from factdesk.model.changes import Changes
from factdesk_gui.session import Session

PAUSE_MS = 600

Save = Callable[..., Changes]  # an operation: (tx, claim id, text)


class TextSaver(QObject):
    """Binds a text box to one text of the current claim.

    What was typed is kept here until it is known to be on disk, so a failed write or a quick change of claim loses
    nothing: the text goes to the claim it was typed for, and comes back when that claim is shown again.

    Signals:
        state_changed: True while something typed is not on disk.
    """

    state_changed = Signal(bool)

    def __init__(self, box: QLineEdit | QPlainTextEdit, session: Session, save: Save) -> None:
        super().__init__(box)
        self._box = box
        self._session = session
        self._save = save
        self._claim = ""
        self._sent = ""
        self._unsaved: dict[str, str] = {}  # by claim, on their way to the disk
        self._due: set[str] = set()  # claims whose text is to be sent, or sent again after a failure
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        box.textChanged.connect(self._on_typed)
        box.installEventFilter(self)
        session.failed.connect(self._try_again)
        session.saving.connect(self._try_again)

    @property
    def waiting(self) -> bool:
        """Whether something typed is not on disk yet."""
        return bool(self._unsaved) or self.text() != self._sent

    def text(self) -> str:
        """What stands in the box."""
        if isinstance(self._box, QLineEdit):
            return self._box.text()
        return self._box.document().toRawText().replace("\u2029", "\n")  # toPlainText would lose no-break spaces

    def show(self, claim_id: str, stored: str) -> None:
        """Shows the stored text of a claim, unless the box holds something newer for it."""
        if claim_id != self._claim:
            self._set_aside()
            self._claim = claim_id
            self._sent = stored
            self._put(self._unsaved.get(claim_id, stored))
            self._send_due()  # last: a failure is told at once, and may show a claim again
        elif self.text() == self._sent and claim_id not in self._unsaved and not self._session.pending:
            if self._box.hasFocus() and stored.strip() == self._sent.strip():
                return  # stored without the space that was typed last: it is not taken from under the hands
            self._sent = stored
            self._put(stored)

    def unsaved(self) -> list[tuple[Save, str, str]]:
        """What was typed and is not on disk: the operations that would write it, each with claim and text."""
        return [(self._save, claim, text) for claim, text in self._unsaved.items()]

    def flush(self) -> None:
        """Sends what was typed to the disk now."""
        self._set_aside()
        self._send_due()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the box loses the focus or is hidden."""
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.flush()
        return super().eventFilter(watched, event)

    def _set_aside(self) -> None:
        self._pause.stop()
        if self._claim and self.text() != self._sent:
            self._sent = self.text()
            self._unsaved[self._claim] = self._sent
            self._due.add(self._claim)

    def _send_due(self) -> None:
        due, self._due = sorted(self._due & self._unsaved.keys()), set()
        for claim in due:
            self._send(claim, self._unsaved[claim])

    def _send(self, claim: str, text: str) -> None:
        def done(_changes: Changes) -> None:
            if self._unsaved.get(claim) == text:
                del self._unsaved[claim]
                if isValid(self._box):  # the last text may reach the disk after its window is gone
                    self.state_changed.emit(self.waiting)

        self._session.run(self._save, claim, text, done=done)

    def _put(self, text: str) -> None:
        if text == self.text():
            return
        with QSignalBlocker(self._box):
            if isinstance(self._box, QLineEdit):
                self._box.setText(text)
                self._box.setCursorPosition(0)
            else:
                self._box.setPlainText(text)
        self.state_changed.emit(self.waiting)

    def _on_typed(self) -> None:
        self._pause.start()
        self.state_changed.emit(self.waiting)

    def _try_again(self) -> None:
        if not self._session.pending:  # nothing under way any more: what is left did not reach the disk
            self._due.update(self._unsaved)
