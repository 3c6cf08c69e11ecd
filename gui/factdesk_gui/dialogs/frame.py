"""The frame all dialogs share: heading, a line that explains, the contents, a line for problems, buttons."""

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from factdesk_gui.plain import PlainLabel
from factdesk_gui.theme import current

Role = QDialogButtonBox.ButtonRole
FRAME = QSize(20, 60)  # what a window manager needs around a window


class Foot(QHBoxLayout):
    """What stands left of a dialog's buttons; knows its widgets, which Qt's layouts do not tell without harm."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[QWidget] = []

    def addWidget(self, widget: QWidget, *more: Any) -> None:
        """Qt: adds one at the right."""
        super().addWidget(widget, *more)
        self.widgets.append(widget)


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
        self._make_buttons(accept)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(12)
        self._upper = QVBoxLayout()  # what can be scrolled where the screen is too small for all
        self._upper.setSpacing(12)
        heading = PlainLabel(title)
        heading.setProperty("role", "heading")
        self._upper.addWidget(heading)
        if explains:
            soft = PlainLabel(explains, wordWrap=True)
            soft.setProperty("role", "soft")
            self._upper.addWidget(soft)
        self._upper.addLayout(self.body, 1)
        self._column.addLayout(self._upper, 1)
        self._column.addWidget(self._problem)
        self.foot = Foot()
        foot = QHBoxLayout()
        foot.addLayout(self.foot)
        foot.addWidget(self.buttons, 1)
        self._column.addLayout(foot)
        if accept:
            self.accept_button.setDefault(True)  # only now: in no dialog yet, it would lose this once Tab leaves it
        self._is_prepared = False

    def _make_buttons(self, accept: str) -> None:
        self.buttons = QDialogButtonBox()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        # Made here and not by the box: Python may take a button that Qt made for what had its address before.
        self._agrees = bool(accept)
        self.accept_button = QPushButton(accept) if accept else QPushButton(self, visible=False, autoDefault=False)
        self.reject_button = QPushButton("Cancel" if accept else "Close")
        self.buttons.addButton(self.reject_button, Role.RejectRole)
        if accept:
            self.buttons.addButton(self.accept_button, Role.AcceptRole)
            for keys in ("Ctrl+Return", "Ctrl+Enter"):  # also from a text of several lines, which Enter breaks
                QShortcut(QKeySequence(keys), self, self.accept_button.click)
            self.reject_button.setAutoDefault(False)  # else it takes over while the other is off

    @property
    def problem(self) -> str:
        """What stands in the line for problems."""
        return self._problem.text()

    def fit(self, width: int, height: int) -> None:
        """Takes this size, or what the screen has."""
        self.resize(QSize(width, height).boundedTo(self._room()))

    def setVisible(self, visible: bool) -> None:  # noqa: FBT001 - Qt's own signature
        """Qt: the first time all parts are there, so that it is known whether the screen has room for them."""
        if visible and not self._is_prepared:
            self._is_prepared = True
            focused = self.focusWidget()
            self._keep_on_screen()
            self._end = QWidget(self, visible=False, focusPolicy=Qt.FocusPolicy.TabFocus)  # made last, so Tab's last
            self._order_keys()
            self._focus_first(focused)
        super().setVisible(visible)

    def say_problem(self, text: str, *, blocks: bool = True) -> None:
        """Shows what is wrong, or "" for nothing; a problem that blocks also switches the agreeing button off."""
        ink = current().verdict("disputed").ink if blocks else current().warning
        self._problem.setStyleSheet(f"color: {ink.name()};")
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._problem.setAccessibleName(text)
        self.accept_button.setEnabled(not (text and blocks))

    def _room(self) -> QSize:
        return self.screen().availableSize() - FRAME

    def _order_keys(self) -> None:
        """Tab goes through the contents first, then from left to right through what stands below."""
        below = [*self.foot.widgets, *self.buttons.buttons()]
        QWidget.setTabOrder(self._end, below[0])
        for before, after in pairwise(below):
            QWidget.setTabOrder(before, after)

    def _focus_first(self, chosen: QWidget | None) -> None:
        """What the dialog chose itself; else, where it only tells, the button that closes it."""
        if chosen is not None:
            chosen.setFocus()
        elif not self._agrees and self.reject_button.autoDefault():
            self.reject_button.setFocus()

    def _keep_on_screen(self) -> None:
        """Where the screen is too small for all, what stands above the buttons can be scrolled."""
        room, layout = self._room(), self._column
        layout.activate()
        width = min(max(self.width(), layout.totalMinimumSize().width()), room.width())
        least = layout.totalMinimumSize()
        height = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else least.height()
        if height <= room.height() and least.width() <= room.width():
            return
        layout.removeItem(self._upper)
        self._upper.setParent(None)
        inner = QWidget()
        inner.setLayout(self._upper)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        layout.insertWidget(0, area, 1)
        self.setMinimumSize(0, 0)
        self.resize(room)
