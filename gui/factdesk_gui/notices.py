"""Messages inside the window: what went well goes away by itself, what went wrong stays until it is read.

One is shown at a time, the newest; the others wait behind it, so that they never cover much of what is being read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from factdesk.errors import FactdeskError, GateError
from factdesk_gui.icons import icon, pixmap
from factdesk_gui.plain import PlainLabel
from factdesk_gui.theme import current, themes

_KEPT = 6
_WIDEST = 640  # pixels
_FREE = 14  # pixels below and beside
_LONG = 180  # characters
_GOES_AFTER_MS = 7000
_OFFER_GOES_AFTER_MS = 20_000  # time to read and reach the button; the menus offer it longer


class Kind(StrEnum):
    """How much a message matters."""

    DONE = "done"
    HINT = "hint"
    WARNING = "warning"
    ERROR = "error"


_SIGNS = {Kind.DONE: "verified", Kind.HINT: "help", Kind.WARNING: "conflict", Kind.ERROR: "disputed"}
_SPOKEN = {Kind.DONE: "Done", Kind.HINT: "Hint", Kind.WARNING: "Warning", Kind.ERROR: "Error"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A button on a message."""

    label: str
    act: Callable[[], object]


class Notice(QFrame):
    """One message, with a cross to close it.

    Signals:
        closed: it was read, or its offer was taken.
        next_wanted: the one that waits behind it should be shown.
    """

    closed = Signal()
    next_wanted = Signal()

    def __init__(self, kind: Kind, text: str, hint: str, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent)
        self.kind, self.text, self.hint = kind, text, hint
        self.about = ""
        self._times = 1
        self._sign = PlainLabel()
        self._words = PlainLabel(wordWrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 8, 7)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(10)
        column.addLayout(row)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._more = QToolButton(toolTip="Show the message behind this one", visible=False)
        self._more.setProperty("role", "small")
        self._more.clicked.connect(self.next_wanted)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignVCenter)
        beside = row
        if len(offers) > 1 or (offers and len(text) + len(hint) > _LONG):  # below, so that the words keep their width
            beside = QHBoxLayout()
            beside.addStretch(1)
            column.addLayout(beside)
        for offer in offers:
            button = QPushButton(offer.label.replace("&", "&&"))  # a name in it may hold one
            button.clicked.connect(offer.act)
            button.clicked.connect(self.closed)
            beside.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._cross = QToolButton(toolTip="Close this message")
        self._cross.setAccessibleName("Close this message")
        self._cross.setFixedSize(26, 26)
        self._cross.setStyleSheet("padding: 2px;")
        self._cross.clicked.connect(self.closed)
        row.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignVCenter)
        self._write()
        self.tint()

    def say_again(self) -> None:
        """The same message came once more."""
        self._times += 1
        self._write()

    def show_others(self, count: int) -> None:
        """Says how many more messages wait."""
        self._more.setVisible(count > 0)
        self._more.setText(f"{count} more")
        self._more.setAccessibleName(f"Next message, {count} more")

    def focus_more(self) -> None:
        """Puts the keyboard on the button for the next message."""
        self._more.setFocus()

    @property
    def in_hand(self) -> bool:
        """Whether somebody points at it, or is at one of its buttons."""
        focused = QApplication.focusWidget()
        return self.underMouse() or (focused is not None and self.isAncestorOf(focused))

    def tint(self) -> None:
        """Takes the colours in force."""
        theme = current()
        ink, ground = {
            Kind.DONE: (theme.verdict("verified").ink, theme.verdict("verified").tint),
            Kind.HINT: (theme.accent, theme.raised),
            Kind.WARNING: (theme.warning, theme.warning_tint),
            Kind.ERROR: (theme.verdict("disputed").ink, theme.verdict("disputed").tint),
        }[self.kind]
        self.setStyleSheet(
            f"Notice {{ background: {ground.name()}; border: 1px solid {ink.name()}; border-radius: 6px; }}"
        )
        self._sign.setPixmap(pixmap(_SIGNS[self.kind], 20, ink))
        self._cross.setIcon(icon("close"))

    def _write(self) -> None:
        text = self.text + (f" ({self._times} times)" if self._times > 1 else "")
        self._words.setText(f"{text}\n{self.hint}" if self.hint else text)
        self.setAccessibleName(f"{_SPOKEN[self.kind]}: {text} {self.hint}".strip())


class NoticeBar(QWidget):
    """Holds the last few messages and shows the newest.

    With a parent it floats, so that nothing below moves when a message comes or goes.

    Args:
        parent: that it floats in.
        above: above whose lower edge; the parent's by default.
    """

    def __init__(self, parent: QWidget | None = None, above: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remedies: Callable[[FactdeskError], Sequence[Offer]] = lambda _error: ()  # buttons on errors
        self._notices: list[Notice] = []
        self._above = above or parent
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 6, 8, 2)
        themes().changed.connect(self._tint)
        for each in {parent, self._above} - {None}:
            each.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stays at the lower edge of what it floats above."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and watched in {self.parent(), self._above}:
            self._place()
            QTimer.singleShot(0, self, self.raise_)  # a dock that comes to the front meanwhile stays below
        return super().eventFilter(watched, event)

    def notices(self) -> list[Notice]:
        """The messages that are kept, oldest first; the last is the one on screen."""
        return list(self._notices)

    def tell(
        self,
        text: str,
        hint: str = "",
        kind: Kind = Kind.DONE,
        offer: Offer | Sequence[Offer] | None = None,
        *,
        passing: bool | None = None,
        about: str = "",
    ) -> None:
        """Shows a message; one that reports success, or is `passing`, goes by itself, later if it offers something.

        It takes the place of an earlier message that was `about` the same.
        """
        offers = (offer,) if isinstance(offer, Offer) else tuple(offer or ())
        same = next((old for old in self._notices if (old.kind, old.text, old.hint) == (kind, text, hint)), None)
        if same is not None and not offers:
            same.say_again()
            self._show_last()
        else:
            for old in self.notices():
                if old is same or (about and old.about == about):  # its offer may be out of date
                    self._take_out(old)
            goes_after = _OFFER_GOES_AFTER_MS if offers else _GOES_AFTER_MS
            passes = kind is Kind.DONE if passing is None else passing
            notice = Notice(kind, text, hint, offers, self)
            notice.about = about
            self._add(notice, goes_after if passes else None)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{_SPOKEN[kind]}: {text} {hint}".strip()))

    def tell_error(self, error: FactdeskError) -> None:
        """Shows what went wrong and what to do about it."""
        if isinstance(error, GateError):  # the inspector goes on saying what is missing
            self.tell(error.message, error.hint, Kind.WARNING, passing=True)
        else:
            self.tell(error.message, error.hint, Kind.ERROR, self.remedies(error))

    def withdraw(self, about: str) -> None:
        """Takes the message about something away: it does not hold any more."""
        for notice in self.notices():
            if notice.about == about:
                self._take_out(notice)
        self._show_last()

    def clear(self) -> None:
        """Takes all messages away."""
        for notice in self.notices():
            self._take_out(notice)
        self._show_last()

    def _add(self, notice: Notice, goes_after: int | None) -> None:
        while len(self._notices) >= _KEPT:
            self._take_out(next((old for old in self._notices if old.kind is Kind.DONE), self._notices[0]))
        self._notices.append(notice)
        self._column.addWidget(notice)
        notice.closed.connect(lambda: self._remove(notice))
        notice.next_wanted.connect(lambda: self._put_behind(notice))
        if goes_after is not None:
            timer = QTimer(notice, interval=goes_after)
            timer.timeout.connect(lambda: notice.in_hand or self._remove(notice))
            timer.start()
        self._show_last()

    def _put_behind(self, notice: Notice) -> None:
        """Shows the one before it; all come round."""
        had_focus = notice.in_hand and QApplication.focusWidget() is not None
        self._notices.remove(notice)
        self._notices.insert(0, notice)
        self._show_last()
        if had_focus:
            self._notices[-1].focus_more()

    def _remove(self, notice: Notice) -> None:
        self._take_out(notice)
        self._show_last()

    def _take_out(self, notice: Notice) -> None:
        if notice in self._notices:
            self._notices.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()

    def _show_last(self) -> None:
        for notice in self._notices[:-1]:
            notice.hide()
        if self._notices:
            last = self._notices[-1]
            last.show_others(len(self._notices) - 1)
            last.show()  # else the layout takes it for hidden until later, and leaves it no room
        self.setVisible(bool(self._notices))
        self._place()
        QTimer.singleShot(0, self, self._place)  # once it has its fonts and borders

    def _place(self) -> None:
        parent, above = self.parentWidget(), self._above
        if parent is None or above is None or not self._notices:
            return
        room = QRect(above.mapTo(parent, QPoint(0, 0)) if above is not parent else QPoint(0, 0), above.size())
        width = min(_WIDEST, parent.width() - 2 * _FREE)
        self.setGeometry(QRect(0, 0, width, self.height()))
        self._column.activate()
        wanted = self.heightForWidth(width)
        height = wanted if wanted > 0 else self.sizeHint().height()
        left = max(_FREE, min(room.center().x() - width // 2, parent.width() - _FREE - width))
        self.setGeometry(left, room.bottom() + 1 - height - _FREE, width, height)
        self.raise_()

    def _tint(self) -> None:
        for notice in self._notices:
            notice.tint()
