"""What the window shows while no project is open: three ways to begin, the recent projects, how the work goes."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from factdesk_gui.icons import app_icon, pixmap
from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.prefs import Prefs
from factdesk_gui.theme import current, themes

_WIDTH = 920
_NARROW = 760  # below this the two columns stand under each other
_MARK = 56
_ICON = 24
_RECENT = 5  # cards
_STEPS = (
    ("import", "Bring in the articles", "Web pages, PDF, documents, mail or pasted text about one event."),
    ("analyse", "See what can be checked", "Names and claims are suggested, on this computer."),
    ("verified", "Decide", "V verified, D disputed, U unverified, and why."),
    ("export", "Take the dataset along", "Every decision with author, time and exact place."),
)
_STYLE = """
Card {{ text-align: left; padding: 0; border: 1px solid {edge}; border-radius: 8px; background: {base}; }}
Card:hover {{ border-color: {accent}; background: {raised}; }}
Card:focus {{ border: 2px solid {accent}; }}
Card:disabled {{ background: transparent; border: 1px dashed {line}; }}
#drop {{ border: 1px dashed {edge}; border-radius: 8px; }}
#title {{ font-size: 22pt; font-weight: 600; }}
QLabel[role="card"] {{ font-weight: 600; }}
QScrollArea, #page {{ border: 0; background: {window}; }}
"""


class Card(QPushButton):
    """A button with a picture, a title and a line that explains."""

    def __init__(self, picture: str, title: str, explains: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setAccessibleName(title)
        self.setAccessibleDescription(explains)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._sign = PlainLabel()
        self._title = PlainLabel(title)
        self._title.setProperty("role", "card")
        self._explains = PlainLabel(explains, wordWrap=True)
        self._explains.setProperty("role", "soft")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._explains)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(14)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        for label in (self._sign, self._title, self._explains):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tint()

    def tint(self) -> None:
        """Takes the colours in force."""
        self._sign.setPixmap(
            pixmap(self._picture, _ICON, current().accent if self.isEnabled() else current().soft_text)
        )

    def sizeHint(self) -> QSize:
        """As large as what is in it; a push button knows only its own text."""
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Words wrap, so the width may shrink."""
        return QSize(220, self.layout().heightForWidth(max(220, self.width())))


class StartPage(QScrollArea):
    """Shown first.

    Signals:
        sample_wanted, new_wanted, open_wanted: one of the ways to begin.
        recent_wanted: path of a recent project.
        recent_changed: missing projects were taken off the list.
    """

    sample_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    recent_wanted = Signal(str)
    recent_changed = Signal()

    def __init__(self, prefs: Prefs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefs = prefs
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its cards have it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.sample = Card("article", "Open the sample case", "Five invented articles, to try everything on.")
        self.new = Card("new", "New project…", "One file for the articles and your decisions.")
        self.open = Card("open", "Open project…", "Go on where you stopped.")
        for card, signal in (
            (self.sample, self.sample_wanted),
            (self.new, self.new_wanted),
            (self.open, self.open_wanted),
        ):
            card.clicked.connect(lambda _on=False, told=signal: told.emit())
        self._cards: list[Card] = []
        self._recent = QVBoxLayout()
        self._recent.setSpacing(8)
        self._forget = QPushButton("Take missing ones off the list")
        self._forget.setProperty("role", "flat")
        self._forget.clicked.connect(self._forget_missing)
        self._recent_box = self._column("Recent projects", self._recent)
        self._recent_box.layout().insertWidget(2, self._forget, 0, Qt.AlignmentFlag.AlignLeft)
        self._steps_box = self._column("How the work goes", self._make_steps())
        self._build()
        themes().changed.connect(self._tint)
        self._tint()
        self.set_recent(prefs.recent)

    def set_recent(self, projects: Iterable[Path]) -> None:
        """Lists recent projects; those that are gone are greyed, and last. With none, it tells how the work goes."""
        # Not found through the layout: what QLayout.itemAt gives stays known to Python after Qt has freed it, and a
        # menu entry that gets its address later would be taken for it.
        for card in self._cards:
            self._recent.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        every = [(project, project.exists()) for project in projects]
        known = sorted(every, key=lambda each: not each[1])[:_RECENT]
        for project, is_there in known:
            card = Card("case", project.stem, _short(project.parent) if is_there else f"Missing: {_short(project)}")
            card.setToolTip(plain_tip(str(project)))
            card.setEnabled(is_there)
            card.tint()
            card.clicked.connect(lambda _on=False, path=str(project): self.recent_wanted.emit(path))
            self._recent.addWidget(card)
            self._cards.append(card)
        self._recent_box.setVisible(bool(known))
        self._steps_box.setVisible(not known)
        self._forget.setVisible(not all(is_there for _, is_there in known))
        there = [card for card in self._cards if card.isEnabled()]
        (there[0] if there else self.open if known else self.sample).setFocus()

    def recent_cards(self) -> list[Card]:
        """The cards of recent projects."""
        return list(self._cards)

    def _forget_missing(self) -> None:
        for project in self._prefs.recent:
            if not project.exists():
                self._prefs.forget_recent(project)
        self.set_recent(self._prefs.recent)
        self.recent_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room, else one."""
        super().resizeEvent(event)
        self._arrange(is_narrow=event.size().width() < _NARROW)

    def _build(self) -> None:
        page = QWidget(objectName="page")
        inner = QWidget(maximumWidth=_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(20)
        column.addLayout(self._make_head())
        begin = QVBoxLayout()
        begin.setSpacing(10)
        for card in (self.sample, self.new, self.open):
            begin.addWidget(card)
        self._begin_box = self._column("Begin", begin)
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(32)
        self._columns.setVerticalSpacing(20)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._recent_box)
        side.addWidget(self._steps_box)
        side.addStretch(1)
        self._arrange(is_narrow=False)
        column.addLayout(self._columns)
        drop = PlainLabel("Drop a project or the articles of a case anywhere on this window", objectName="drop")
        drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        drop.setProperty("role", "soft")
        drop.setMinimumHeight(72)
        drop.setWordWrap(True)
        column.addWidget(drop)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)
        self.setWidget(page)

    def _make_head(self) -> QHBoxLayout:
        mark = PlainLabel()
        mark.setPixmap(app_icon().pixmap(_MARK, _MARK))
        title = PlainLabel("Factdesk", objectName="title")
        welcome = PlainLabel(
            "Read several articles about one event side by side, and decide claim by claim what holds. "
            "Nothing leaves this computer.",
            wordWrap=True,
        )
        welcome.setProperty("role", "soft")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(welcome)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _make_steps(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        self._signs: list[tuple[QLabel, str]] = []
        for row, (picture, title, explains) in enumerate(_STEPS):
            sign = PlainLabel()
            self._signs.append((sign, picture))
            words = QLabel(f"<b>{title}</b><br>{explains}", wordWrap=True, textFormat=Qt.TextFormat.RichText)  # our own
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        return grid

    def _column(self, heading: str, content: QVBoxLayout | QGridLayout) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = PlainLabel(heading)
        head.setProperty("role", "heading")
        column.addWidget(head)
        column.addLayout(content)
        column.addStretch(1)
        return box

    def _arrange(self, *, is_narrow: bool) -> None:
        self._columns.addWidget(self._begin_box, 0, 0)
        self._columns.addWidget(self._side, 1 if is_narrow else 0, 0 if is_narrow else 1)
        self._columns.setColumnStretch(0, 1)
        self._columns.setColumnStretch(1, 0 if is_narrow else 1)

    def _tint(self) -> None:
        theme = current()
        names = ("edge", "base", "accent", "raised", "line", "window")
        self.setStyleSheet(_STYLE.format(**{name: getattr(theme, name).name() for name in names}))
        for sign, picture in self._signs:
            sign.setPixmap(pixmap(picture, _ICON, theme.soft_text))
        for card in (self.sample, self.new, self.open, *self.recent_cards()):
            card.tint()


def _short(path: Path) -> str:
    """A path with the home folder as ~."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
