"""Messages inside the window: what went well goes away by itself, what went wrong stays until it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from factdesk.errors import FactdeskError, GateError
from factdesk_gui.icons import icon, pixmap
from factdesk_gui.plain import PlainLabel
from factdesk_gui.theme import current, themes

_SHOWN = 3
_WIDEST = 640  # pixels
_FREE = 14  # pixels below and beside
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
    """One message, with a cross to close it; emits `closed`."""

    closed = Signal()

    def __init__(self, kind: Kind, text: str, hint: str, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent)
        self.kind, self.text, self.hint = kind, text, hint
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
        beside = row
        if len(offers) > 1:  # several stand below, so that the words keep their width
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
    """Holds the last few messages.

    With a parent it floats above its lower edge, so that nothing below moves when a message comes or goes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 6, 8, 2)
        self._column.setSpacing(4)
        themes().changed.connect(self._tint)
        if parent is not None:
            parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stays at the lower edge of its parent."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return super().eventFilter(watched, event)

    def notices(self) -> list[Notice]:
        """The messages on screen, oldest first."""
        return list(self._notices)

    def tell(
        self,
        text: str,
        hint: str = "",
        kind: Kind = Kind.DONE,
        offer: Offer | Sequence[Offer] | None = None,
        *,
        passing: bool | None = None,
    ) -> None:
        """Shows a message; one that reports success, or is `passing`, goes by itself, later if it offers something."""
        offers = (offer,) if isinstance(offer, Offer) else tuple(offer or ())
        same = next((old for old in self._notices if (old.kind, old.text, old.hint) == (kind, text, hint)), None)
        if same is not None and not offers:
            same.say_again()
        else:
            if same is not None:  # its offer may be out of date
                self._remove(same)
            goes_after = _OFFER_GOES_AFTER_MS if offers else _GOES_AFTER_MS
            passes = kind is Kind.DONE if passing is None else passing
            self._add(Notice(kind, text, hint, offers, self), goes_after if passes else None)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{_SPOKEN[kind]}: {text} {hint}".strip()))

    def tell_error(self, error: FactdeskError) -> None:
        """Shows what went wrong and what to do about it."""
        if isinstance(error, GateError):  # the inspector goes on saying what is missing
            self.tell(error.message, error.hint, Kind.WARNING, passing=True)
        else:
            self.tell(error.message, error.hint, Kind.ERROR)

    def clear(self) -> None:
        """Takes all messages away."""
        for notice in self.notices():
            self._remove(notice)

    def _add(self, notice: Notice, goes_after: int | None) -> None:
        while len(self._notices) >= _SHOWN:
            self._remove(next((old for old in self._notices if old.kind is Kind.DONE), self._notices[0]))
        self._notices.append(notice)
        self._column.addWidget(notice)
        notice.closed.connect(lambda: self._remove(notice))
        if goes_after is not None:
            timer = QTimer(notice, singleShot=True, interval=goes_after)
            timer.timeout.connect(lambda: self._remove(notice))
            timer.start()
        notice.show()  # else the layout takes it for hidden until later, and leaves it no room
        self.show()
        self._place()
        QTimer.singleShot(0, self, self._place)  # once it has its fonts and borders

    def _remove(self, notice: Notice) -> None:
        if notice in self._notices:
            self._notices.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self._notices))
        self._place()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None or not self._notices:
            return
        width = min(_WIDEST, parent.width() - 2 * _FREE)
        self.setGeometry(QRect(0, 0, width, self.height()))
        self._column.activate()
        wanted = self.heightForWidth(width)
        height = wanted if wanted > 0 else self.sizeHint().height()
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - _FREE, width, height)
        self.raise_()

    def _tint(self) -> None:
        for notice in self._notices:
            notice.tint()
