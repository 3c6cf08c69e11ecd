"""The two tables of the board: the facts, which stay where they are, and the cells, which have the keyboard."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from factdesk_gui import theme as themes
from factdesk_gui.models.board_model import HEAD, BoardModel
from factdesk_gui.panels.board_delegate import BoardDelegate
from factdesk_gui.panels.board_header import BoardHeader

_LEAST_LETTERS = 15  # of a cell: "≠ 200 soldiers" has to fit
_MOST_LETTERS = 36

_CTRL = Qt.KeyboardModifier.ControlModifier
_JUMPS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_Move = QAbstractItemView.CursorAction


class _BoardTable(QTableView):
    """What both tables have in common."""

    def __init__(self, model: BoardModel, painter: BoardDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.pressed_current = False  # the last press of the mouse was on the cell that was current already
        self._head = BoardHeader(model, self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self.setItemDelegate(painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())
        self.setTabKeyNavigation(False)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(True)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAcceptDrops(True)
        self.setStyleSheet("QTableView, QTableView:focus { border: 0; border-radius: 0; }")  # the current cell shows it
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(8)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # a scroll repaints only what comes in

    def arrange(self, height: int, *, banded: bool) -> None:
        """Heights of rows and head."""
        self._head.set_banded(banded=banded)
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setDefaultSectionSize(height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: remembers whether the press moves."""
        here = self.currentIndex()
        self.pressed_current = here.isValid() and self.indexAt(event.position().toPoint()) == here
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: fills the ground, which Qt leaves to us."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), themes.current().base)
        painter.end()
        super().paintEvent(event)


class CellTable(_BoardTable):
    """What the articles say; moves like a spreadsheet, the facts being its first column.

    Signals:
        focus_changed: the board got or lost the keyboard.
        key_coming: another key than the one held down is about to do something.
        left: Escape was pressed.
    """

    focus_changed = Signal()
    key_coming = Signal()
    left = Signal()

    def __init__(self, model: BoardModel, painter: BoardDelegate) -> None:
        super().__init__(model, painter)
        self.setAccessibleName("Board")
        self.moving = ""  # while a key moves: "once", or "held" when it repeats itself
        self.setDragEnabled(True)
        self.setColumnHidden(HEAD, True)  # noqa: FBT003 - Qt takes it by place
        model.modelReset.connect(self._on_reset)

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Qt: where a key leads. The first column is in the other table, so Qt's own answer would leave it out."""
        here = self.currentIndex()
        last_row, last = self.rows.rowCount() - 1, self.rows.columnCount() - 1
        if last_row < 0:
            return QModelIndex()
        if not here.isValid():
            return self.rows.index(0, min(1, last))
        page = max(1, self.viewport().height() // max(1, self.rowHeight(here.row())) - 1)
        down, right = {
            _Move.MoveUp: (-1, 0),
            _Move.MoveDown: (1, 0),
            _Move.MoveLeft: (0, -1),
            _Move.MovePrevious: (0, -1),
            _Move.MoveRight: (0, 1),
            _Move.MoveNext: (0, 1),
            _Move.MovePageUp: (-page, 0),
            _Move.MovePageDown: (page, 0),
            _Move.MoveHome: (-last_row if modifiers & _CTRL else 0, -last),
            _Move.MoveEnd: (last_row if modifiers & _CTRL else 0, last),
        }[action]
        row, column = here.row() + down, here.column() + right
        return self.rows.index(min(max(row, 0), last_row), min(max(column, 0), last))

    def scrollTo(
        self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Qt: for a fact the cells scroll to their row and to the first article."""
        super().scrollTo(index.siblingAtColumn(1) if index.column() == HEAD else index, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: single letters are commands, not a search; Escape goes back to the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            self.moving = "held" if event.isAutoRepeat() else "once"
            if event.key() in _JUMPS and event.modifiers() == _CTRL:  # Qt would leave the choice behind
                move = _Move.MoveHome if event.key() == Qt.Key.Key_Home else _Move.MoveEnd
                index = self.moveCursor(move, _CTRL)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            else:
                super().keyPressEvent(event)
            self.moving = ""

    def event(self, event: QEvent) -> bool:
        """Qt: before a key does anything, what the last one began is finished."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            self.key_coming.emit()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the current cell is painted as such."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, min(1, self.rows.columnCount() - 1)))
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the current cell is painted more quietly."""
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the articles share the room."""
        super().resizeEvent(event)
        self._share_room()

    def arrange(self, height: int, *, banded: bool) -> None:
        """Heights as both, widths of the articles too."""
        super().arrange(height, banded=banded)
        self._share_room()

    def _on_reset(self) -> None:
        self.setColumnHidden(HEAD, True)  # noqa: FBT003 - Qt takes it by place
        self._share_room()

    def _share_room(self) -> None:
        articles = self.rows.columnCount() - 1
        if articles < 1:
            return
        letter = self.fontMetrics().averageCharWidth()
        least, most = _LEAST_LETTERS * letter + 30, _MOST_LETTERS * letter + 30
        width = min(max(least, self.viewport().width() // articles), most)
        if self.horizontalHeader().sectionSize(1) != width or self.horizontalHeader().sectionSize(articles) != width:
            for section in range(1, articles + 1):
                self.setColumnWidth(section, width)


class HeadTable(_BoardTable):
    """The facts: scrolls with the cells and leaves the keyboard to them."""

    def __init__(self, model: BoardModel, painter: BoardDelegate, cells: CellTable) -> None:
        super().__init__(model, painter)
        self._cells = cells
        self.setAccessibleName("Facts")
        self.setSelectionModel(cells.selectionModel())
        self.setFocusProxy(cells)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().setStyleSheet("QScrollBar::handle { background: transparent; }")
        self.horizontalScrollBar().setEnabled(False)
        self.verticalScrollBar().valueChanged.connect(cells.verticalScrollBar().setValue)
        cells.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        cells.horizontalScrollBar().rangeChanged.connect(self._on_range)
        model.modelReset.connect(self._hide_cells)
        self._hide_cells()

    def scrollTo(
        self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Qt: the cells lead, this table follows them."""
        del index, hint

    def _hide_cells(self) -> None:
        for section in range(1, self.rows.columnCount()):
            self.setColumnHidden(section, True)  # noqa: FBT003 - Qt takes it by place
        self.horizontalHeader().setSectionResizeMode(HEAD, QHeaderView.ResizeMode.Stretch)

    def _on_range(self, least: int, most: int) -> None:
        """An empty scroll bar below, as high as the one below the cells, keeps both in step down to the last row."""
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if most > least else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
