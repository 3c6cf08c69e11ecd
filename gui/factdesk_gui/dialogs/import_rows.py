"""The articles of an import as a table: sorted, filtered, growing in batches."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from factdesk.exchange.readings import Reading
from factdesk.model.articles import ArticleMeta
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs.file_reading import OneFile
from factdesk_gui.dialogs.import_list import ImportList
from factdesk_gui.dialogs.import_row import HEADS, Column, ImportRow, sort_key, words
from factdesk_gui.icons import icon
from factdesk_gui.plain import plain_tip
from factdesk_gui.theme import current

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ImportRows(QAbstractTableModel):
    """Every row keeps its key, whatever is sorted, filtered or read again.

    Signals:
        count_changed: other rows are wanted, or what is filled in became right or wrong.

    Args:
        known: the articles that the case already has.
    """

    count_changed = Signal()

    def __init__(self, known: KnownArticles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.list = ImportList(known)
        self._shown: list[int] = []
        self._places: dict[int, int] = {}
        self._only_remarks = False
        self.sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def row(self, number: int) -> ImportRow:
        """The row at a place of the table."""
        return self.list.get(self._shown[number])

    def place(self, key: int) -> int:
        """Where a row is shown, -1 if it is not."""
        return self._places.get(key, -1)

    # what comes and changes -----------------------------------------------------------------------------------------

    def add(self, readings: Iterable[Reading]) -> None:
        """Adds articles at the end."""
        shown = [key for key in self.list.add(readings) if self._is_shown(key)]
        if shown:
            at = len(self._shown)
            self.beginInsertRows(_ROOT, at, at + len(shown) - 1)
            self._shown += shown
            self._places |= {key: at + offset for offset, key in enumerate(shown)}
            self.endInsertRows()
        self.count_changed.emit()

    def replace_file(self, file: OneFile, readings: Sequence[Reading]) -> None:
        """Puts what was read once more in the place of what was read before."""
        key = self.list.replace_file(file, readings)
        if key is not None:
            self._emit_changed()
            return
        self.beginResetModel()
        self._arrange()
        self.endResetModel()
        self.count_changed.emit()

    def set_version(self, key: int, *, is_version: bool) -> None:
        """Whether a row is a corrected version or an article of its own."""
        self.list.set_version(key, is_version=is_version)
        self._emit_changed(key)

    def set_meta(self, key: int, meta: ArticleMeta) -> None:
        """Keeps what was filled in."""
        self.list.set_meta(key, meta)
        self._emit_changed(key)

    def want_shown(self, *, wanted: bool) -> None:
        """Sets or takes the check marks of all rows that are shown."""
        for key in self._shown:
            self.list.set_wanted(key, wanted=wanted)
        self._emit_changed()

    def wanted_shown(self) -> int:
        """How many of the rows shown have a check mark."""
        return sum(self.list.get(key).is_wanted for key in self._shown)

    def show_only_remarks(self, *, only: bool) -> None:
        """Shows all rows, or those with remarks."""
        self.beginResetModel()
        self._only_remarks = only
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; -1 goes back to the order of reading."""
        self.sorted_by = (column, order)
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        keys = [self._shown[index.row()] for index in old]
        self._arrange()
        new = [self.index(self._places[key], index.column()) for key, index in zip(keys, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    # Qt -------------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Role.DisplayRole:
                return HEADS[Column(section)]
            if role == Role.TextAlignmentRole and section == Column.LENGTH:
                return _RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be checked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.FILE else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        row, column = self.row(index.row()), Column(index.column())
        if role == Role.DisplayRole:
            return words(row, column)
        if role == Role.CheckStateRole and column is Column.FILE:
            return Qt.CheckState.Checked if row.is_wanted else Qt.CheckState.Unchecked
        if role == Role.ToolTipRole:
            return plain_tip(_tip(row, column))
        if role == Role.TextAlignmentRole and column is Column.LENGTH:
            return _RIGHT
        if role == Role.DecorationRole and column is Column.REMARK and row.is_doubtful:
            return icon("conflict", current().warning)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Sets a check mark."""
        if role != Role.CheckStateRole or not index.isValid():
            return False
        key = self.row(index.row()).key
        self.list.set_wanted(key, wanted=Qt.CheckState(value) is Qt.CheckState.Checked)
        self._emit_changed(key)
        return True

    # inside ---------------------------------------------------------------------------------------------------------

    def _is_shown(self, key: int) -> bool:
        return not self._only_remarks or bool(self.list.get(key).remarks)

    def _arrange(self) -> None:
        shown = [key for key in self.list.order() if self._is_shown(key)]
        column, order = self.sorted_by
        if column >= 0:
            by = Column(column)
            shown.sort(key=lambda key: sort_key(self.list.get(key), by), reverse=order is Qt.SortOrder.DescendingOrder)
        self._shown = shown
        self._places = {key: number for number, key in enumerate(shown)}

    def _emit_changed(self, key: int | None = None) -> None:
        """One row, or without a key all of them."""
        first = 0 if key is None else self.place(key)
        last = len(self._shown) - 1 if key is None else first
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        self.count_changed.emit()


def _tip(row: ImportRow, column: Column) -> str:
    if column is Column.REMARK:
        return "\n".join(row.remarks)
    if column is Column.FILE:
        return "\n".join(filter(None, (str(row.path), row.reading.place)))
    return words(row, column)
