"""The frame all dialogs share: heading, a line that explains, the contents, a line for problems, buttons."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from factdesk_gui.plain import PlainLabel
from factdesk_gui.theme import current

Button = QDialogButtonBox.StandardButton
_FRAME = QSize(20, 60)  # what a window manager needs around a window


class FrameDialog(QDialog):
    """A dialog that is opened with `open()` and answers by `accepted`; it never blocks the program.

    Args:
        title: of the window and, larger, inside it.
        explains: one sentence below the heading, or "".
        accept: the word on the button that agrees; "" for a dialog that can only be closed.
    """

    def __init__(self, title: str, explains: str, accept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._problem = PlainLabel(wordWrap=True, visible=False)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(Button.Ok | Button.Cancel if accept else Button.Close)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        if accept:
            self.accept_button.setText(accept)
            self.accept_button.setDefault(True)
            for keys in ("Ctrl+Return", "Ctrl+Enter"):  # also from a text of several lines, which Enter breaks
                QShortcut(QKeySequence(keys), self, self.accept_button.click)
            self.buttons.button(Button.Cancel).setAutoDefault(False)  # else it takes over while the other is off
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        heading = PlainLabel(title)
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        if explains:
            soft = PlainLabel(explains, wordWrap=True)
            soft.setProperty("role", "soft")
            column.addWidget(soft)
        column.addLayout(self.body, 1)
        column.addWidget(self._problem)
        self.foot = QHBoxLayout()  # what stands left of the buttons
        foot = QHBoxLayout()
        foot.addLayout(self.foot)
        foot.addWidget(self.buttons, 1)
        column.addLayout(foot)

    @property
    def accept_button(self) -> QPushButton:
        """The button that agrees."""
        return self.buttons.button(Button.Ok)

    @property
    def problem(self) -> str:
        """What stands in the line for problems."""
        return self._problem.text()

    def fit(self, width: int, height: int) -> None:
        """Takes this size, or what the screen has."""
        room = self.screen().availableSize()
        self.resize(min(width, room.width() - _FRAME.width()), min(height, room.height() - _FRAME.height()))

    def say_problem(self, text: str, *, blocks: bool = True) -> None:
        """Shows what is wrong, or "" for nothing; a problem that blocks also switches the agreeing button off."""
        ink = current().verdict("disputed").ink if blocks else current().warning
        self._problem.setStyleSheet(f"color: {ink.name()};")
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._problem.setAccessibleName(text)
        if self.buttons.button(Button.Ok) is not None:
            self.accept_button.setEnabled(not (text and blocks))
