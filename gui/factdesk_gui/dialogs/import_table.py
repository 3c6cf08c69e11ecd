"""The table of an import, with what stands above it: check marks for all, only those with remarks."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from factdesk_gui.dialogs.import_row import Column, words
from factdesk_gui.dialogs.import_rows import ImportRows
from factdesk_gui.plain import PlainLabel

_WIDTHS = {  # in average characters
    Column.FILE: 23,
    Column.KIND: 13,
    Column.TITLE: 30,
    Column.REMARK: 25,
    Column.LENGTH: 12,
    Column.MARKS: 20,
    Column.DATE: 12,
    Column.PUBLISHER: 15,
    Column.LANGUAGE: 11,
    Column.ENCODING: 14,
}
_AT_TIMES = {
    Column.MARKS,
    Column.ENCODING,
    Column.PUBLISHER,
}  # columns that are shown once a row has something for them


class ImportTable(QWidget):
    """Shows ImportRows, or in words why there are none.

    Signals:
        chosen: key of the row in hand, -1 for none.
    """

    chosen = Signal(int)

    def __init__(self, rows: ImportRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._key = -1
        self.all = QCheckBox("All")
        self.all.setToolTip("Sets or takes the check marks of all rows shown")
        self.all.setTristate(True)
        self.all.clicked.connect(self._on_all)
        self.only_remarks = QCheckBox("Only with remarks")
        self.only_remarks.toggled.connect(self._on_filter)
        self.count = PlainLabel()
        self.count.setProperty("role", "soft")
        self.view = self._make_view()
        self._empty = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._empty.setProperty("role", "soft")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setContentsMargins(40, 20, 40, 20)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(self.all)
        head.addWidget(self.only_remarks)
        head.addStretch(1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        rows.count_changed.connect(self._show_counts)
        rows.rowsInserted.connect(lambda _, first, last: self._show_columns(first, last))
        rows.dataChanged.connect(lambda first, last: self._show_columns(first.row(), last.row()))
        rows.modelReset.connect(self._on_reset)
        self._show_counts()

    @property
    def key(self) -> int:
        """The row in hand, -1 for none."""
        return self._key

    def choose(self, key: int) -> None:
        """Takes a row in hand, if it is shown."""
        place = self._rows.place(key)
        if place >= 0:
            self.view.selectRow(place)

    def say_empty(self, words: str) -> None:
        """What stands in the place of a table without rows."""
        self._empty.setText(words)

    # inside ---------------------------------------------------------------------------------------------------------

    def _make_view(self) -> QTableView:
        view = _View()
        view.setModel(self._rows)
        view.setAccessibleName("Articles to import")
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setItemDelegateForColumn(Column.FILE, _MiddleDelegate(view))
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setMinimumSectionSize(40)
        view.setSortingEnabled(True)
        unit = view.fontMetrics().averageCharWidth()
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width * unit)
        for column in _AT_TIMES:
            view.hideColumn(column)
        head.setStretchLastSection(True)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        return view

    def _on_row(self, now: QModelIndex) -> None:
        self._key = self._rows.row(now.row()).key if now.isValid() else -1
        self.chosen.emit(self._key)

    def _on_reset(self) -> None:
        """Rows were read again, or filtered: the same row stays in hand."""
        self._show_columns(0, self._rows.rowCount() - 1)
        self._show_counts()
        key, place = self._key, self._rows.place(self._key)
        if self._rows.rowCount():
            self.view.selectRow(max(0, place))
        if place < 0 or key != self._key:
            self._on_row(self.view.currentIndex())

    def _on_all(self) -> None:
        self._rows.want_shown(wanted=self._rows.wanted_shown() < self._rows.rowCount())

    def _on_filter(self, only: bool) -> None:  # noqa: FBT001 - a slot gets its value by place
        self._rows.show_only_remarks(only=only)

    def _show_columns(self, first: int, last: int) -> None:
        """Shows columns that have something to show in these rows."""
        for column in filter(self.view.isColumnHidden, _AT_TIMES):
            if any(words(self._rows.row(number), column) for number in range(first, last + 1)):
                self.view.showColumn(column)

    def _show_counts(self) -> None:
        shown, wanted = self._rows.rowCount(), self._rows.wanted_shown()
        total, remarks = self._rows.list.total, self._rows.list.counts[2]
        state = Qt.CheckState.Checked if wanted == shown else Qt.CheckState.PartiallyChecked
        self.all.setCheckState(state if wanted else Qt.CheckState.Unchecked)
        self.all.setEnabled(shown > 0)
        self.only_remarks.setText(f"Only with remarks ({remarks:,})")
        self.only_remarks.setEnabled(bool(remarks) or self.only_remarks.isChecked())
        self.count.setText(f"{wanted:,} of {shown:,} chosen" if shown else "")
        self._stack.setCurrentWidget(self.view if total else self._empty)


class _View(QTableView):
    """Blank sets the check mark of the row in hand, wherever in it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            box = index.siblingAtColumn(Column.FILE)
            state = Qt.CheckState(box.data(Qt.ItemDataRole.CheckStateRole))
            other = Qt.CheckState.Unchecked if state is Qt.CheckState.Checked else Qt.CheckState.Checked
            self.model().setData(box, other, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)


class _MiddleDelegate(QStyledItemDelegate):
    """Long names lose their middle: the beginning says which file, the end which part of it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Qt."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle
