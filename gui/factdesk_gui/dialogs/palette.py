"""The command palette: any command or article by a few letters."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from factdesk_gui.actions.binder import Binder
from factdesk_gui.dialogs.palette_delegate import PaletteDelegate
from factdesk_gui.dialogs.palette_rows import PaletteRows, command_entries
from factdesk_gui.plain import PlainLabel

_WIDTH, _HEIGHT = 640, 420
_FROM_TOP = 80
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class Palette(QDialog):
    """Opens over the upper part of its window; Enter runs, Escape leaves.

    Signals:
        article_chosen: id of an article to show.

    Args:
        articles: id and name of the articles that can be jumped to.
    """

    article_chosen = Signal(str)

    def __init__(self, binder: Binder, articles: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Command palette")
        self.setObjectName("palette")
        self._binder = binder
        self.rows = PaletteRows(command_entries(binder), articles, self)
        self.query = QLineEdit(placeholderText="Type a few letters of a command or an article")
        self.query.setAccessibleName("Command or article")
        self.query.textChanged.connect(self._on_query)
        self.query.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Commands and articles")
        self.list.clicked.connect(self._run)
        self._none = PlainLabel("Nothing answers to that.", visible=False)
        self._none.setProperty("role", "soft")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.query)
        column.addWidget(self.list, 1)
        column.addWidget(self._none)
        self.setStyleSheet("#palette { border: 1px solid palette(dark); }")
        self._place(parent.window())
        self._choose(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list and Enter runs while the letters go on into the line."""
        if watched is self.query and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                self._move(event.key())
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _place(self, window: QWidget) -> None:
        width, height = min(_WIDTH, window.width() - 40), min(_HEIGHT, window.height() - 40)
        self.resize(width, height)
        top = min(_FROM_TOP, max(0, (window.height() - height) // 2))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, top)))

    def _on_query(self, query: str) -> None:
        self.rows.ask(query)
        is_empty = self.rows.rowCount() == 0
        self.list.setVisible(not is_empty)
        self._none.setVisible(is_empty)
        self._choose(0)

    def _move(self, key: int) -> None:
        page = max(1, self.list.viewport().height() // max(1, self.list.sizeHintForRow(0)))
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        row, count = self.list.currentIndex().row() + step[Qt.Key(key)], self.rows.rowCount()
        if abs(step[Qt.Key(key)]) == 1 and count:  # round and round by single steps
            row %= count
        self._choose(row)

    def _choose(self, row: int) -> None:
        if self.rows.rowCount():
            self.list.setCurrentIndex(self.rows.index(min(max(0, row), self.rows.rowCount() - 1), 0))

    def _run(self, index: QModelIndex) -> None:
        """Closes first, so that the command finds the focus where it was before."""
        if not index.isValid():
            return
        entry = self.rows.entry(index.row())
        if entry.why_not:
            return
        self.accept()
        if entry.command is not None:
            self._binder.run(entry.command)
        else:
            self.article_chosen.emit(entry.article_id)
