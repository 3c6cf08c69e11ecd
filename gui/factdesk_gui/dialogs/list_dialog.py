"""A list of sentences that can be read and copied."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from factdesk_gui.dialogs.frame import FrameDialog


class ListDialog(FrameDialog):
    """Shows lines; one of them may be wrapped."""

    def __init__(self, title: str, explains: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(title, explains, "", parent)
        self.area = QPlainTextEdit("\n".join(lines), readOnly=True)
        self.area.setAccessibleName(title)
        self.body.addWidget(self.area, 1)
        copy = QPushButton("Copy the list", autoDefault=False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.area.toPlainText()))
        self.foot.addWidget(copy)
        self.fit(760, 420)
