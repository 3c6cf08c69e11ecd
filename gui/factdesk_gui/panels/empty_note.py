"""What a panel says when it has nothing to show, and the one thing to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from factdesk_gui.plain import PlainLabel


class EmptyNote(QWidget):
    """A sentence in the middle, with a button below if there is something to do.

    Signals:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, words: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "soft")
        self._button = QPushButton()
        self._button.clicked.connect(self.acted)
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addWidget(self._words)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
        self.say(words, action)

    @property
    def words(self) -> str:
        """What is said now."""
        return self._words.text()

    def say(self, words: str, action: str = "") -> None:
        """Says something else."""
        self._words.setText(words)
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
