"""The entity that all panes emphasise: where it is named, how it is spelled, who decided, and how to stop."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from factdesk.model.mentions import Entity
from factdesk.store.entity_details import EntityDetails
from factdesk_gui.panels.flow_layout import FlowLayout
from factdesk_gui.panels.icon_button import IconButton
from factdesk_gui.panels.words import count, one_line, short_when, shorten
from factdesk_gui.plain import PlainLabel, plain_tip

_MOST = 12  # chips of one kind
_SHARE = 0.32  # of the panel's height, at most, for what is below the heading
_NARROWEST, _LOWEST = 120, 26
_CHIP = "QPushButton { padding: 2px 8px; border-radius: 9px; } QPushButton:focus { padding: 1px 7px; }"


class _Part(QScrollArea):
    """As high as what is in it, but never more than a share of the panel; the rest is scrolled to."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget#inside { background: transparent; }")
        inside.setObjectName("inside")

    def sizeHint(self) -> QSize:
        """Qt: the height for this width."""
        card = self.parentWidget()
        panel = card.parentWidget() if card is not None else None
        inside = self.widget().layout()
        wanted = inside.totalHeightForWidth(max(self.width(), _NARROWEST)) if inside is not None else 0
        most = round(_SHARE * panel.height()) if panel is not None else wanted
        return QSize(_NARROWEST, max(min(wanted, most), _LOWEST))

    def minimumSizeHint(self) -> QSize:
        """Qt: a line of chips."""
        return QSize(_NARROWEST, _LOWEST)


class EntityCard(QWidget):
    """Below the list while an entity is chosen.

    Signals:
        off_wanted: stop emphasising it.
        next_wanted: show its next mention.
        article_wanted: id of an article: show the next mention in it.
        spelling_wanted: show the next mention that is spelled so.
        separate_wanted: id of an entity that was merged into this one, to be one of its own again.
    """

    off_wanted = Signal()
    next_wanted = Signal()
    article_wanted = Signal(str)
    spelling_wanted = Signal(str)
    separate_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(wordWrap=True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self.next = IconButton("next", "Show the next mention of the entity (Enter)")
        self.off = IconButton("close", "Stop: show everything again (Esc)")
        self.next.clicked.connect(self.next_wanted)
        self.off.clicked.connect(self.off_wanted)
        self._decided = PlainLabel(wordWrap=True)
        self._decided.setProperty("role", "soft")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._merged = QWidget()
        self._merged_rows = QVBoxLayout(self._merged)
        self._merged_rows.setContentsMargins(0, 0, 0, 0)
        self._merged_rows.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.off, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(4)
        for part in (self._decided, self._chips, self._merged):
            parts.addWidget(part)
        parts.addStretch(1)
        self._part = _Part(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 0, 2)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._part)
        self.hide()

    @property
    def words(self) -> str:
        """What stands in the card: heading and who decided."""
        return f"{self._title.text()}\n{self._decided.text()}"

    def show_entity(self, entity: Entity, details: EntityDetails, *, writable: bool) -> None:
        """Shows another entity, or the same with other numbers."""
        self._title.setText(f"All panes show “{shorten(entity.name, 40)}”; queue and board are about it")
        self._decided.setText(_author(details))
        _empty(self._flow)
        for article_id, label, number in details.articles[:_MOST]:
            words = f"{shorten(label, 22)}  {number}"
            meaning = f"{count(number, 'mention')} in {label}: show the next one"
            self._add_chip(words, meaning, partial(self.article_wanted.emit, article_id))
        spellings = details.spellings if len(details.spellings) > 1 else ()
        for spelling, number in spellings[:_MOST]:
            words = f"“{shorten(spelling, 22)}”  {number}"
            meaning = f"Spelled “{one_line(spelling)}” {count(number, 'time')}: show the next one"
            self._add_chip(words, meaning, partial(self.spelling_wanted.emit, spelling))
        _empty(self._merged_rows)
        for other in details.merged:
            row = QHBoxLayout()
            row.addWidget(PlainLabel(f"with “{shorten(other.name, 24)}”"), 1)
            button = QPushButton("Separate", enabled=writable)
            button.setStyleSheet(_CHIP)
            button.setAccessibleName(f"Separate {other.name}")
            button.setToolTip(
                plain_tip(f"“{one_line(other.name)}” was merged into this entity: make it one of its own again")
            )
            button.clicked.connect(partial(self.separate_wanted.emit, other.id))
            row.addWidget(button)
            holder = QWidget()
            row.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(row)
            self._merged_rows.addWidget(holder)
        self._merged.setVisible(bool(details.merged))
        self.show()
        self._part.updateGeometry()

    def follow(self, panel: QWidget) -> None:
        """Keeps its share of the panel's height."""
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the panel is higher or lower now."""
        if event.type() == QEvent.Type.Resize:
            self._part.updateGeometry()
        return super().eventFilter(watched, event)

    def _add_chip(self, words: str, meaning: str, act: Callable[[], object]) -> None:
        chip = QPushButton(words.replace("&", "&&"))
        chip.setStyleSheet(_CHIP)
        chip.setToolTip(plain_tip(meaning))
        chip.setAccessibleName(meaning)
        chip.clicked.connect(lambda _=False: act())
        self._flow.addWidget(chip)


def _author(details: EntityDetails) -> str:
    parts = []
    if details.decision is None:
        parts.append("Found by the machine")
    else:
        parts.append(f"{details.decision.reviewer}, {short_when(details.decision.at)}: {details.decision.title}")
    if details.accepted:
        parts.append(f"{details.accepted:,} of {count(details.mentions, 'mention')} accepted")
    return " · ".join(parts)


def _empty(layout: FlowLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
