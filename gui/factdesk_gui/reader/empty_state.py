"""What the desk shows while no article is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from factdesk_gui.plain import PlainLabel


class EmptyState(QWidget):
    """Says what to do first, and has it done.

    Signals:
        import_wanted: files should be imported.
        paste_wanted: an article should be pasted.
    """

    import_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heading = PlainLabel("No article is open")
        heading.setProperty("role", "heading")
        advice = PlainLabel(
            "Drop the articles about one event anywhere on this window, or bring them in here.\n"
            "Up to six are read side by side."
        )
        advice.setProperty("role", "soft")
        advice.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (heading, advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        files = QPushButton("Import files…", default=True)
        files.clicked.connect(self.import_wanted)
        paste = QPushButton("Paste an article…")
        paste.clicked.connect(self.paste_wanted)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (files, paste):
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(10)
        column.addLayout(row)
        column.addStretch(3)
