"""What the desk shows while no article is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class EmptyState(QWidget):
    """Says what to do first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heading = QLabel("No article is open")
        heading.setProperty("role", "heading")
        advice = QLabel(
            "Drop text files here, or import them with the button above.\n"
            "Articles about the same event are read side by side, up to six at a time."
        )
        advice.setProperty("role", "soft")
        advice.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (heading, advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
