"""The box that says what a format cannot hold of what is exported."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from factdesk.errors import FactdeskError
from factdesk.exchange.export_format import Loss
from factdesk_gui.plain import PlainLabel
from factdesk_gui.theme import current

_BUSY_AFTER_MS = 250  # most answers are there before; no need to flicker


def loss_line(loss: Loss) -> str:
    """A loss as a line of a list."""
    return f"{loss.what} – {loss.because}" if loss.because else loss.what


class LossesBox(QFrame):
    """A heading and the list; while it is looked for, a line says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("losses")
        self._head = PlainLabel(wordWrap=True)
        self._head.setStyleSheet("font-weight: 600;")
        self._list = PlainLabel(wordWrap=True)
        self._list.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._timer = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._timer.timeout.connect(self._say_busy)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._list)
        self.wait()
        self._say_busy()

    @property
    def text(self) -> str:
        """All that the box says."""
        return f"{self._head.text()}\n{self._list.text()}".strip()

    @property
    def is_busy(self) -> bool:
        """Whether the answer is still awaited."""
        return self._waits

    def wait(self) -> None:
        """The answer is on its way; the one before stays for a moment."""
        self._waits = True
        self._timer.start()

    def show_losses(self, losses: Sequence[Loss]) -> None:
        """Lists what would be lost, and what else is good to know beforehand."""
        lost = [f"•  {loss_line(loss)}" for loss in losses if loss.is_lost]
        expected = [f"{loss_line(loss)}." for loss in losses if not loss.is_lost]
        if lost:
            self._show("Not in this export:", [*lost, *expected], "warning")
        else:
            self._show("✓  Nothing is lost.", expected, "good")

    def show_error(self, error: FactdeskError) -> None:
        """Says why it cannot be told."""
        self._show(error.message, [error.hint] if error.hint else [], "bad")

    def _say_busy(self) -> None:
        if self._waits:
            self._show("Looking what would be lost…", [], "")
            self._waits = True

    def _show(self, head: str, lines: Sequence[str], mood: str) -> None:
        self._waits = False
        self._timer.stop()
        self._head.setText(head)
        self._head.setAccessibleName(head)
        self._list.setText("\n".join(lines))
        self._list.setVisible(bool(lines))
        theme = current()
        ink, ground = {
            "good": (theme.verdict("verified").ink, theme.verdict("verified").tint),
            "bad": (theme.verdict("disputed").ink, theme.verdict("disputed").tint),
            "warning": (theme.warning, theme.warning_tint),
        }.get(mood, (theme.soft_text, theme.raised))
        self.setStyleSheet(
            f"#losses {{ background: {ground.name()}; border: 1px solid {theme.line.name()}; border-radius: 6px; }}"
        )
        self._head.setStyleSheet(f"font-weight: 600; color: {ink.name()};")
