"""Search, filters and sort order above the queue, in as few lines as there is room for."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from factdesk.model.claims import Status
from factdesk.store.queue import QueueFilter, QueueOrder
from factdesk.store.queue_counts import QueueCounts
from factdesk_gui.panels.filter_menu import FilterMenu, MoreFilters
from factdesk_gui.panels.flow_layout import FlowLayout
from factdesk_gui.panels.icon_button import MenuButton
from factdesk_gui.panels.verdict_button import VerdictChip

SEARCH_PAUSE_MS = 180
_ONE_LINE_ABOVE = 980
_TWO_LINES_ABOVE = 540
_WORDS_ABOVE = 420
_NARROWEST = 240

_CHIPS = (
    ("none", "No verdict yet", "Claims without a verdict"),
    ("verified", "Verified", "Verified claims"),
    ("disputed", "Disputed", "Disputed claims"),
    ("unverified", "Unverified", "Unverified claims"),
    ("refused", "Refused", "Refused claims, otherwise hidden"),
)
_ORDERS = (
    (QueueOrder.DISPUTE_FIRST, "Dispute first", "Undecided first, conflicting before others, then by check-worthiness"),
    (QueueOrder.SCORE, "Check-worthiness", "Most check-worthy first"),
    (QueueOrder.TEXT_ORDER, "Text order", "As the articles have them"),
    (QueueOrder.RECENT, "Recent decisions", "What was decided last comes first"),
)
_PLACES = {  # row, column, rows, columns of search, chips, filters, order and what is switched on; by number of lines
    1: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (0, 3, 1, 1), (1, 0, 1, 4)),
    2: ((0, 0, 1, 1), (1, 0, 1, 3), (0, 1, 1, 1), (0, 2, 1, 1), (2, 0, 1, 3)),
    3: ((0, 0, 1, 2), (1, 0, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1), (3, 0, 1, 2)),
}


class FilterBar(QWidget):
    """What the reviewer asks of the queue.

    Signals:
        changed: another question; the search comes after a short pause in typing.
        entity_dropped: the entity filter was switched off here.
    """

    changed = Signal()
    entity_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more = MoreFilters()
        self._articles: Mapping[str, str] = {}
        self._entity_name = ""
        self._lines = 0
        self.menu = FilterMenu(self)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._search = QLineEdit(placeholderText="Search claims", clearButtonEnabled=True)
        self._search.setAccessibleName("Search claims")
        self._search.setToolTip("Finds claims by their words, also those of the normalised claim and the note")
        self._chip_row = QWidget()
        self._chip_flow = FlowLayout(self._chip_row, 2)
        self._chips = {key: VerdictChip(key, word, meaning) for key, word, meaning in _CHIPS}
        self._filters = MenuButton(self.menu, "Filters")
        self._order = QComboBox()
        self._active_row = QWidget()
        self._active = FlowLayout(self._active_row)
        self._grid = QGridLayout(self)
        self._build()

    def question(self, case_id: str) -> QueueFilter:
        """What is asked, as the store understands it."""
        verdicts = frozenset(key for key, chip in self._chips.items() if chip.isChecked() and key != "refused")
        statuses: frozenset[Status] | None = None
        if self._chips["refused"].isChecked():
            statuses = frozenset({Status.REFUSED})
        elif self._more.only_suggestions:
            statuses = frozenset({Status.SUGGESTED})
        return QueueFilter(
            case_id,
            verdicts=verdicts or None,
            statuses=statuses,
            kinds=self._more.kinds or None,
            article_ids=self._more.article_ids or None,
            entity_id=self._more.entity_id or None,
            only_conflicts=self._more.only_conflicts,
            only_divided=self._more.only_divided,
            search=self._search.text().strip(),
        )

    def order(self) -> QueueOrder:
        """The chosen sort order."""
        return _ORDERS[self._order.currentIndex()][0]

    def filtered(self) -> bool:
        """Whether anything is switched on that can hide a claim."""
        chips = any(chip.isChecked() for chip in self._chips.values())
        return chips or bool(self._search.text().strip()) or self._more != MoreFilters()

    def clear(self) -> None:
        """Switches all filters off."""
        had_entity = bool(self._more.entity_id)
        with QSignalBlocker(self._search):
            self._search.clear()
        for chip in self._chips.values():
            chip.setChecked(False)
        self._set_more(MoreFilters())
        if had_entity:
            self.entity_dropped.emit()

    def focus_search(self) -> None:
        """Puts the cursor into the search box."""
        self._search.setFocus()
        self._search.selectAll()

    def set_counts(self, counts: QueueCounts) -> None:
        """Numbers on the verdict switches."""
        for key, chip in self._chips.items():
            chip.set_count(getattr(counts, key).claims)

    def set_articles(self, names: Mapping[str, str]) -> None:
        """The articles of the case, for the filter menu."""
        self._articles = names
        self.menu.set_articles(names)
        gone = self._more.article_ids - set(names)
        if gone:
            self._set_more(replace(self._more, article_ids=self._more.article_ids - gone))
        else:
            self._show_active()

    def set_entity(self, entity_id: str, name: str) -> None:
        """Only claims that name this entity; "" for all."""
        self._entity_name = name
        if entity_id != self._more.entity_id:
            self._set_more(replace(self._more, entity_id=entity_id))

    def minimumSizeHint(self) -> QSize:
        """Qt: narrower than the present arrangement, which then gives way to one of more lines."""
        return QSize(_NARROWEST, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: one to three lines."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(5)
        self._filters.setToolTip("Filter by kind, article, conflict or suggestion")
        self._filters.setAccessibleName("More filters")
        for _, title, meaning in _ORDERS:
            self._order.addItem(title)
            self._order.setItemData(self._order.count() - 1, meaning, 3)  # Qt.ToolTipRole
        self._order.setAccessibleName("Sort order of the queue")
        self._order.setToolTip("Sort order; a row keeps its place until you sort or filter again")
        self._order.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._order.setMinimumContentsLength(12)
        for key, chip in self._chips.items():
            self._chip_flow.addWidget(chip)
            chip.clicked.connect(lambda _=False, key=key: self._on_chip(key))
        self._active_row.hide()
        self._search.textChanged.connect(self._pause.start)
        self._search.returnPressed.connect(self._on_pause)
        self._pause.timeout.connect(self.changed)
        self._order.currentIndexChanged.connect(self.changed)
        self.menu.filters_chosen.connect(self._set_more)
        self._arrange()
        QWidget.setTabOrder(self._search, self._filters)
        QWidget.setTabOrder(self._filters, self._order)

    def _on_pause(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _on_chip(self, key: str) -> None:
        if self._chips[key].isChecked():  # refused claims have no verdict: the two questions exclude each other
            for other, chip in self._chips.items():
                if (other == "refused") != (key == "refused"):
                    chip.setChecked(False)
        self.changed.emit()

    def _set_more(self, more: MoreFilters) -> None:
        self._more = more
        self.menu.set_filters(more)
        self._show_active()
        self.changed.emit()

    def _drop(self, key: str) -> None:
        self._set_more(self._more.without(key))
        if key == "entity":
            self.entity_dropped.emit()

    def _show_active(self) -> None:
        while (item := self._active.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        names = self._more.names(self._articles, self._entity_name)
        for key, words in names.items():
            chip = QPushButton(f"{words.replace('&', '&&')}  ✕")
            chip.setToolTip("Switch this filter off")
            chip.setAccessibleName(f"Switch off: {words}")
            chip.clicked.connect(lambda _=False, key=key: self._drop(key))
            self._active.addWidget(chip)
        self._filters.setText(f"Filters ({len(names)})" if names else "Filters")
        self._active_row.setVisible(bool(names))
        self._active_row.updateGeometry()

    def _arrange(self) -> None:
        for chip in self._chips.values():
            chip.set_brief(self.width() < _WORDS_ABOVE)
        width = self.width()
        lines = 1 if width >= _ONE_LINE_ABOVE else 2 if width >= _TWO_LINES_ABOVE else 3
        if lines == self._lines:
            return
        self._lines = lines
        parts = (self._search, self._chip_row, self._filters, self._order, self._active_row)
        for widget in parts:
            self._grid.removeWidget(widget)
        for widget, place in zip(parts, _PLACES[lines], strict=True):
            self._grid.addWidget(widget, *place)
        for column in range(4):
            self._grid.setColumnStretch(column, int(column == (1 if lines == 3 else 0)))
