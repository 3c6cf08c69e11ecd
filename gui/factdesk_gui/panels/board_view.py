"""The table of the board: two views on one model, so that the facts stay in sight while the articles scroll."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTableView, QWidget

from factdesk.store.board import BoardColumn, BoardRow
from factdesk_gui.models.board_model import HEAD, BoardModel
from factdesk_gui.models.board_rows import OwnVerdicts
from factdesk_gui.panels.board_cells import CellTable, HeadTable
from factdesk_gui.panels.board_delegate import BoardDelegate, row_height
from factdesk_gui.panels.board_header import bands

_AFTER_MS = {"once": 12, "held": 90}  # the cell is painted as reached first; its passage comes a moment later
_HEAD_SHARE = 0.3  # of the board's width, for the facts
_HEAD_LEAST, _HEAD_MOST = 200, 560

Names = tuple[BoardRow | None, str]


def names_of(model: BoardModel, index: QModelIndex) -> Names:
    """A cell by its row and its article, to be found again in another order."""
    column = model.column(index.column()) if index.isValid() else None
    return model.row(index.row()), column.article_id if column else ""


def find(model: BoardModel, row: BoardRow | None, article_id: str) -> QModelIndex:
    """Where that cell is now; an invalid index if its row is gone."""
    if row is not None:
        keys = {row.key, row.lead_claim_id}
        for at, other in enumerate(model.rows):
            if other.key in keys or other.lead_claim_id in keys:
                return model.index(at, model.section_of(article_id))
    return QModelIndex()


class BoardView(QSplitter):
    """Facts at the left, what each article says about them at the right.

    Signals:
        cell_reached: the reviewer moved to a cell or clicked it.
        selected: other cells are chosen.
        article_wanted: id of the article whose column head was clicked.
        menu_wanted: where on the screen a context menu is to open.
        left: Escape: the reviewer wants to go back to the text.
    """

    cell_reached = Signal(QModelIndex)
    selected = Signal()
    article_wanted = Signal(str)
    menu_wanted = Signal(QPoint)
    left = Signal()
    opened = Signal(QModelIndex)

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.model = model
        self._painters = (BoardDelegate(self), BoardDelegate(self))  # an editor belongs to one view only
        self.cells = CellTable(model, self._painters[0])
        self.heads = HeadTable(model, self._painters[1], self.cells)
        self._quiet = False
        self._reaching = QTimer(self, singleShot=True)
        self._reaching.timeout.connect(self._reach)
        self._sized = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(4)
        self.addWidget(self.heads)
        self.addWidget(self.cells)
        self.setFocusProxy(self.cells)
        self.cells.selectionModel().currentChanged.connect(self._on_current)
        self.cells.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
        self.cells.focus_changed.connect(self._on_focus)
        self.cells.key_coming.connect(self.finish)
        self.cells.left.connect(self.left)
        self.cells.horizontalHeader().sectionClicked.connect(self._on_head_clicked)
        self.cells.doubleClicked.connect(self.opened)
        for table in (self.heads, self.cells):
            table.clicked.connect(lambda index, table=table: self._on_clicked(table, index))
            table.customContextMenuRequested.connect(lambda point, table=table: self._on_menu(table, point))

    def show_board(
        self,
        columns: Sequence[BoardColumn],
        rows: Sequence[BoardRow],
        own: OwnVerdicts | None = None,
        *,
        from_top: bool,
    ) -> None:
        """Shows rows; the current cell stays under the eye where it still exists."""
        before = names_of(self.model, self.current())
        offset = self.cells.visualRect(self.cells.currentIndex()).top() if self.cells.currentIndex().isValid() else None
        scrolled = self.cells.verticalScrollBar().value()
        chosen = [names_of(self.model, index) for index in self.cells.selectionModel().selectedIndexes()]
        self._quiet = True
        try:
            if not self.model.set_board(columns, rows, own):
                self.viewport_update()
                return
            self._arrange()
            self._restore(before, chosen)
        finally:
            self._quiet = False
        now = self.cells.currentIndex()
        bar = self.cells.verticalScrollBar()
        if now.isValid() and offset is not None and 0 <= offset < self.cells.viewport().height():
            bar.setValue(self.cells.rowViewportPosition(now.row()) + self.cells.verticalOffset() - offset)
        elif now.isValid():
            self.cells.scrollTo(now)
        else:
            bar.setValue(0 if from_top else scrolled)
        self._on_focus()
        self.selected.emit()

    def finish(self) -> None:
        """Tells of a cell that was reached by key a moment ago, now; before anything is done to it."""
        if self._reaching.isActive():
            self._reaching.stop()
            self._reach()

    def current(self) -> QModelIndex:
        """The cell with the keyboard."""
        return self.cells.currentIndex()

    def chosen(self) -> list[QModelIndex]:
        """The chosen cells, by row and column; the current one if none is."""
        here = self.current()
        if not self.cells.selectionModel().isSelected(here):
            return [here] if here.isValid() else []
        found = self.cells.selectionModel().selectedIndexes()
        return sorted(found, key=lambda index: (index.row(), index.column()))

    def go(self, index: QModelIndex, *, quietly: bool = False) -> None:
        """Makes a cell the current and only chosen one; quietly: the reviewer did not ask for its passage."""
        if not index.isValid():
            return
        self._quiet = quietly
        try:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.cells.selectionModel().setCurrentIndex(index, flags)
            self.cells.scrollTo(index)
        finally:
            self._quiet = False

    def edit_fact(self) -> None:
        """Opens the fact of the current row for editing."""
        index = self.current()
        if index.isValid() and self.model.writable:
            self.heads.edit(index.siblingAtColumn(HEAD))

    def viewport_update(self) -> None:
        """Paints both tables anew."""
        self.heads.viewport().update()
        self.cells.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the first time, the facts get their share."""
        super().resizeEvent(event)
        if not self._sized and self.width() > 0:
            self.set_head_width(0)
        self._arrange()

    def set_head_width(self, width: int) -> None:
        """How wide the facts are; 0 for the usual share."""
        self._sized = width > 0 or self._sized
        wanted = width or min(max(_HEAD_LEAST, round(self.width() * _HEAD_SHARE)), _HEAD_MOST)
        self.setSizes([wanted, max(1, self.width() - wanted)])

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another font makes other rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def _restore(self, current: Names, chosen: Sequence[Names]) -> None:
        index = find(self.model, *current)
        if not index.isValid():
            return
        model = self.cells.selectionModel()
        model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if len(chosen) > 1:
            for names in chosen:
                model.select(find(self.model, *names), QItemSelectionModel.SelectionFlag.Select)

    def _arrange(self) -> None:
        banded = bool(bands(list(self.model.columns)))
        height = row_height(self.fontMetrics())
        for table in (self.heads, self.cells):
            table.arrange(height, banded=banded)

    def _on_current(self, index: QModelIndex, before: QModelIndex) -> None:
        for painter in self._painters:
            painter.follow(self.cells, focused=self.cells.hasFocus())
        for row in {index.row(), before.row()} - {-1}:
            self._update_row(row)
        self._reaching.stop()
        if self._quiet or not index.isValid():
            return
        if self.cells.moving:
            self._reaching.start(_AFTER_MS[self.cells.moving])
        else:
            self._reach()

    def _reach(self) -> None:
        if self.current().isValid():
            self.cell_reached.emit(self.current())

    def _update_row(self, row: int) -> None:
        for table in (self.heads, self.cells):
            viewport = table.viewport()
            viewport.update(0, table.rowViewportPosition(row), viewport.width(), table.rowHeight(row))

    def _on_focus(self) -> None:
        if not self.cells.hasFocus():
            self.finish()
        for painter in self._painters:
            painter.follow(self.cells, focused=self.cells.hasFocus())
        self.viewport_update()

    def _on_clicked(self, table: CellTable | HeadTable, index: QModelIndex) -> None:
        if table.pressed_current and len(self.chosen()) == 1:  # a click on the cell that is current already
            self.cell_reached.emit(index)

    def _on_head_clicked(self, section: int) -> None:
        column = self.model.column(section)
        if column is not None:
            self.article_wanted.emit(column.article_id)

    def _on_menu(self, table: QTableView, point: QPoint) -> None:
        index = table.indexAt(point)
        if index.isValid() and not self.cells.selectionModel().isSelected(index):
            self.go(index)
        self.menu_wanted.emit(table.viewport().mapToGlobal(point))
