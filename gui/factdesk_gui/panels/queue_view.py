"""The table of the queue: keys, selection that scales, and rows that stay where the eye has them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from factdesk_gui import theme as themes
from factdesk_gui.models.queue_model import Column, QueueModel
from factdesk_gui.panels.queue_delegate import QueueDelegate

if TYPE_CHECKING:
    from array import array

CARDS_BELOW = 640  # px: narrower than this, columns make no sense
_FIXED = {
    Column.VERDICT: 134,
    Column.SCORE: 86,
    Column.KIND: 92,
    Column.CLAIMANT: 130,
    Column.ARTICLE: 140,
    Column.LINKS: 84,
}
_FIRST_TO_GO = (Column.CLAIMANT, Column.KIND, Column.LINKS, Column.SCORE)  # hidden in this order as room gets short
_CLAIM_NEEDS = 320


class QueueView(QTableView):
    """Claims in rows.

    Signals:
        row_wanted: a row the reviewer moved to or clicked.
        everything_wanted: the reviewer asked for all filtered claims (Ctrl+A).
        scope_left: the reviewer chose single rows again.
    """

    row_wanted = Signal(int)
    everything_wanted = Signal()
    scope_left = Signal()

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._quiet = False
        self.painter = QueueDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("Claim queue")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # a scroll repaints only what comes in
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(8)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(Column.CLAIM, QHeaderView.ResizeMode.Stretch)
        for column, width in _FIXED.items():
            self.setColumnWidth(column, width)
        self.clicked.connect(self._on_clicked)
        self._arrange()

    def show_order(self, ids: "array[int]", current: int, *, from_top: bool) -> None:
        """Shows another order.

        Args:
            ids: row numbers of the claims table.
            current: the one among them whose row stays where it is on screen, -1 for none.
            from_top: without such a row, whether to begin at the top or to stay where the view is.
        """
        scrolled = self.verticalScrollBar().value()
        before = self.currentIndex()
        offset = self.visualRect(before).top() if before.isValid() else None
        self._quiet = True
        try:
            self._rows.set_order(ids)
            row = self._rows.row_of(current) if current >= 0 else -1
            self._select(row)
        finally:
            self._quiet = False
        if row >= 0 and offset is not None and 0 <= offset < self.viewport().height():
            self.verticalScrollBar().setValue(self.rowViewportPosition(row) + self.verticalOffset() - offset)
        elif row >= 0:
            self.scrollTo(self._rows.index(row, Column.CLAIM), QAbstractItemView.ScrollHint.PositionAtCenter)
        else:
            self.verticalScrollBar().setValue(0 if from_top else scrolled)

    def show_row(self, row: int) -> None:
        """Makes a row the current one without telling anybody."""
        if row == self.currentIndex().row() and self.selectionModel().isRowSelected(row):
            return
        self._quiet = True
        try:
            self._select(row)
        finally:
            self._quiet = False
        if row >= 0:
            self.scrollTo(self._rows.index(row, Column.CLAIM))

    def chosen_rows(self) -> list[int]:
        """The selected rows, in order; walks ranges, not cells."""
        rows: set[int] = set()
        for part in self.selectionModel().selection():
            rows.update(range(part.top(), part.bottom() + 1))
        return sorted(rows)

    def selectAll(self) -> None:
        """Qt: Ctrl+A. Selecting every cell of a long table takes minutes: the scope is remembered instead."""
        if self._rows.rowCount():
            self.everything_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter shows the claim again, Escape leaves *all filtered*; single letters are commands, not a search."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_wanted.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape and self.painter.all_chosen:
            self.scope_left.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Qt: the reviewer moved to another row."""
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            if self.painter.all_chosen:
                self.scope_left.emit()
            self.row_wanted.emit(current.row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Qt: the reviewer chose rows."""
        super().selectionChanged(selected, deselected)
        if not self._quiet and self.painter.all_chosen:
            self.scope_left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: fills the ground, which Qt leaves to us."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), themes.current().base)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: columns or cards, as room allows."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another font makes other rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._arrange)

    def _on_clicked(self, index: QModelIndex) -> None:
        if len(self.selectionModel().selection()) == 1:  # a plain click also on the row that is current already
            self.row_wanted.emit(index.row())

    def _select(self, row: int) -> None:
        model = self.selectionModel()
        if row < 0:
            model.clear()
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        model.setCurrentIndex(self._rows.index(row, Column.CLAIM), flags)

    def _arrange(self) -> None:
        width = self.viewport().width()
        cards = width < CARDS_BELOW
        self.painter.cards = cards
        self.horizontalHeader().setVisible(not cards)
        room = width - _CLAIM_NEEDS - sum(_FIXED.values())
        hidden: set[Column] = set(_FIXED) if cards else set()
        for column in _FIRST_TO_GO:
            if cards or room >= 0:
                break
            hidden.add(column)
            room += _FIXED[column]
        for column in Column:
            self.setColumnHidden(column, column in hidden)
        height = self.painter.row_height(self.fontMetrics())
        rows = self.verticalHeader()
        if rows.defaultSectionSize() != height:
            rows.setDefaultSectionSize(height)
            if self.currentIndex().isValid():
                self.scrollTo(self.currentIndex())
