"""What is asked of the board: chips, claimant, search, order; one line where there is room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from factdesk.store.board import BoardOrder
from factdesk_gui.models.board_rows import Chip
from factdesk_gui.panels.filter_bar import SEARCH_PAUSE_MS
from factdesk_gui.panels.flow_layout import FlowLayout
from factdesk_gui.panels.quiet import QuietComboBox
from factdesk_gui.panels.words import shorten
from factdesk_gui.plain import plain_tip

_CHIPS: dict[Chip, tuple[str, str]] = {
    Chip.ALL: ("All", "Every fact of the case"),
    Chip.AGREE: ("All agree", "Every source states it and none conflicts"),
    Chip.SHARED: ("Some agree", "Two sources or more state it, none conflicts, others say nothing"),
    Chip.CONFLICTS: ("≠ Conflicts", "Sources contradict each other"),
    Chip.ONE: ("Only in one", "One source states it"),
    Chip.OMISSIONS: ("Omissions", "Two sources or more state it, another does not: cells to confirm or to find"),
    Chip.UNDECIDED: ("Undecided", "No verdict yet; goes together with the others"),
    Chip.CONTRADICTIONS: ("⚠ Contradictions", "Verdicts of your own that contradict each other"),
}
_BRIEF: dict[Chip, str] = {  # where there is little room; the tooltip has the rest
    Chip.AGREE: "Agree",
    Chip.SHARED: "Some",
    Chip.CONFLICTS: "≠",
    Chip.ONE: "One",
    Chip.OMISSIONS: "Gaps",
    Chip.UNDECIDED: "Open",
    Chip.CONTRADICTIONS: "⚠",
}
_WITH_OTHERS = frozenset({Chip.UNDECIDED})
_ORDERS = (
    (BoardOrder.DISPUTE, "Dispute first", "Conflicts before others, undecided first, then by check-worthiness"),
    (BoardOrder.TEXT, "Text order", "As the first article tells it"),
    (BoardOrder.COVERAGE, "Most sources", "What most sources state comes first"),
    (BoardOrder.SCORE, "Check-worthiness", "Most check-worthy first"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reviewer wants to see."""

    chips: frozenset[Chip] = frozenset()
    entity_id: str = ""
    claimant: str = ""
    search: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is on that can hide a row."""
        return self != Asked()


class BoardBar(QWidget):
    """The line above the board.

    Signals:
        changed: another question; the search comes after a short pause in typing.
        entity_dropped: the entity filter was switched off here.
        again_wanted: sort and filter anew.
        float_wanted, close_wanted: the buttons at the right end.
    """

    changed = Signal()
    entity_dropped = Signal()
    again_wanted = Signal()
    float_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity_id = ""
        self._counts: dict[Chip, int] = {}
        self._chip_row = QWidget()
        self.chips = {chip: self._chip(chip) for chip in Chip}
        self.search = QLineEdit(placeholderText="Search", clearButtonEnabled=True)
        self.claimants = QuietComboBox()
        self.order = QuietComboBox()
        self._entity = QPushButton()
        self._again = QToolButton(text="↻")
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._build()

    def asked(self) -> Asked:
        """The filters in force."""
        on = frozenset(chip for chip, button in self.chips.items() if button.isChecked() and chip is not Chip.ALL)
        claimant = str(self.claimants.currentData() or "")
        return Asked(on, self._entity_id, claimant, self.search.text().strip())

    def board_order(self) -> BoardOrder:
        """The sort order in force."""
        return _ORDERS[self.order.currentIndex()][0]

    def clear(self) -> None:
        """Switches all filters off."""
        had_entity = bool(self._entity_id)
        with QSignalBlocker(self.search), QSignalBlocker(self.claimants):
            self.search.clear()
            self.claimants.setCurrentIndex(0)
        for chip, button in self.chips.items():
            button.setChecked(chip is Chip.ALL)
        self.set_entity("", "")
        if had_entity:
            self.entity_dropped.emit()
        self.changed.emit()

    def show_only(self, chip: Chip) -> None:
        """Narrows the board to one chip, whatever else was on."""
        self.clear()
        self.chips[chip].setChecked(True)
        self._on_chip(chip)

    def set_counts(self, counts: Mapping[Chip, int]) -> None:
        """Numbers on the chips; contradictions are offered when there are any."""
        self._counts = dict(counts)
        for chip, button in self.chips.items():
            word, meaning = _CHIPS[chip]
            number = f"{counts.get(chip, 0):,}"
            button.setToolTip(plain_tip(f"{meaning}: {number}"))
            button.setAccessibleName(f"{word.lstrip('≠⚠ ')} {number}")
        self.chips[Chip.CONTRADICTIONS].setVisible(
            counts.get(Chip.CONTRADICTIONS, 0) > 0 or self.chips[Chip.CONTRADICTIONS].isChecked()
        )
        self._arrange()

    def set_claimants(self, claimants: Sequence[tuple[str, int]]) -> None:
        """Who says things in the case, with the number of claims."""
        with QSignalBlocker(self.claimants):
            chosen = self.claimants.currentData() or ""
            self.claimants.clear()
            self.claimants.addItem("Anyone", "")
            for name, number in claimants:
                self.claimants.addItem(f"{shorten(name, 40)} ({number:,})", name)
            self.claimants.setCurrentIndex(max(0, self.claimants.findData(chosen)))

    def set_entity(self, entity_id: str, name: str) -> None:
        """Only facts that name this entity; "" for all."""
        changed = entity_id != self._entity_id
        self._entity_id = entity_id
        self._entity.setText(f"{shorten(name or 'Entity', 24).replace('&', '&&')}  ✕")
        self._entity.setAccessibleName(f"Switch off: only {name}")
        self._entity.setVisible(bool(entity_id))
        self._arrange()
        if changed:
            self.changed.emit()

    def set_stale(self, *, stale: bool) -> None:
        """Whether rows may be out of place."""
        self._again.setVisible(stale)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: one line or two."""
        super().resizeEvent(event)
        self._arrange()

    def _chip(self, chip: Chip) -> QToolButton:
        button = QToolButton(checkable=True, text=_CHIPS[chip][0])
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setStyleSheet("QToolButton { padding: 4px 6px; }")
        button.setChecked(chip is Chip.ALL)
        button.clicked.connect(lambda _=False, chip=chip: self._on_chip(chip))
        return button

    def _build(self) -> None:
        flow = FlowLayout(self._chip_row, 0)
        for chip, button in self.chips.items():
            flow.addWidget(button)
            button.setVisible(chip is not Chip.CONTRADICTIONS)
        flow.addWidget(self._entity)
        self._entity.setToolTip("Switch this filter off")
        self._entity.hide()
        self._entity.clicked.connect(self._drop_entity)
        self._again.setToolTip("Some rows no longer fit the filters or the order: sort and filter again (F5)")
        self._again.setAccessibleName("Sort and filter the board again")
        self._again.clicked.connect(self.again_wanted)
        self._again.setStyleSheet("QToolButton { padding: 3px 5px; }")
        _hide_in_place(self._again)
        for _, title, meaning in _ORDERS:
            self.order.addItem(title)
            self.order.setItemData(self.order.count() - 1, meaning, Qt.ItemDataRole.ToolTipRole)
        for box, name, tip in (
            (self.order, "Sort order of the board", "Sort order; a row keeps its place until you sort or filter again"),
            (self.claimants, "Who says it", "Who says it: only facts that this voice states"),
        ):
            box.setAccessibleName(name)
            box.setToolTip(plain_tip(tip))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8 if box is self.order else 5)
            box.currentIndexChanged.connect(self.changed)
        self.set_claimants(())
        self.search.setAccessibleName("Search facts")
        self.search.setToolTip("Finds facts by their words, and by the words of the passages")
        self.search.setMinimumWidth(44)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._on_pause)
        self._pause.timeout.connect(self.changed)
        self._tools = QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._again)
        row.addWidget(self.search, 1)
        for widget in (self.claimants, self.order, self._end_buttons()):
            row.addWidget(widget)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(5)
        self._lines.addWidget(self._chip_row)
        self._lines.addWidget(self._tools, 1)

    def _end_buttons(self) -> QWidget:
        end = QWidget()
        row = QHBoxLayout(end)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for glyph, words, signal in (
            ("⧉", "Board in a window of its own, or back", self.float_wanted),
            ("✕", "Put the board away", self.close_wanted),
        ):
            button = QToolButton(text=glyph, autoRaise=True, toolTip=plain_tip(words))
            button.setAccessibleName(words)
            button.setStyleSheet("QToolButton { padding: 3px 5px; }")
            button.clicked.connect(signal)
            row.addWidget(button)
        return end

    def _on_pause(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _on_chip(self, chip: Chip) -> None:
        if chip is Chip.ALL:
            chosen: set[Chip] = set()
        else:
            chosen = {other for other in Chip if self.chips[other].isChecked()} - {Chip.ALL}
            if chip not in _WITH_OTHERS:
                chosen = {chip} | (chosen & _WITH_OTHERS) if self.chips[chip].isChecked() else chosen - {chip}
        for other, button in self.chips.items():
            button.setChecked(other in chosen or (other is Chip.ALL and not chosen))
        self.changed.emit()

    def _drop_entity(self) -> None:
        self.set_entity("", "")
        self.entity_dropped.emit()

    def _arrange(self) -> None:
        """One line if it can be done, with short words on the chips where that helps."""
        tools = self._tools.minimumSizeHint().width() + self._lines.spacing()
        self._write_chips(brief=False)
        full = self._chip_row.sizeHint().width()
        one = full + tools <= self.width()
        if not one:
            self._write_chips(brief=True)
            one = self._chip_row.sizeHint().width() + tools <= self.width()
            if not one and full <= self.width():
                self._write_chips(brief=False)
        direction = QBoxLayout.Direction
        self._lines.setDirection(direction.LeftToRight if one else direction.TopToBottom)

    def _write_chips(self, *, brief: bool) -> None:
        for chip, button in self.chips.items():
            word = _BRIEF.get(chip, "") if brief else ""
            button.setText(f"{word or _CHIPS[chip][0]} {self._counts.get(chip, 0):,}")
        self._chip_row.layout().invalidate()


def _hide_in_place(widget: QWidget) -> None:
    """Hides a widget that keeps its room, so that nothing moves under the pointer when it comes."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
    widget.hide()
