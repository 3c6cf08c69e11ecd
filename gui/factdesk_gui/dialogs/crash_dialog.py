"""Tells about a bug: what happened, that nothing is lost, and what to send."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.faults import CrashReport
from factdesk_gui.plain import PlainLabel


class CrashDialog(FrameDialog):
    """Shows a CrashReport with a button that copies it."""

    def __init__(self, report: CrashReport, parent: QWidget | None = None) -> None:
        super().__init__(
            "Something went wrong in Factdesk",
            "This is a fault of the program, not of yours. Your decisions are saved: each one was written to the "
            "project file when you made it. You can go on; if things look odd, close the window and open it again.",
            "",
            parent,
        )
        self._report = report
        summary = PlainLabel(report.summary[:400], wordWrap=True)
        self.details = QPlainTextEdit(report.text, readOnly=True)
        self.details.setAccessibleName("Details")
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.body.addWidget(summary)
        self.body.addWidget(self.details, 1)
        self.body.addWidget(
            PlainLabel("A report helps to mend it. Look through the details first: they may quote text.")
        )
        self.copy_button = QPushButton("Copy details", autoDefault=False)
        self.copy_button.clicked.connect(self._copy)
        self.buttons.addButton(self.copy_button, self.buttons.ButtonRole.ActionRole)
        self.reject_button.setDefault(True)
        self.fit(720, 480)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.text)
        self.copy_button.setText("Copied")
