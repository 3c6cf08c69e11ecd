"""The board as a table: the facts in the first column, what each article says about them in the others."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from factdesk.store.board import BoardColumn, BoardRow
from factdesk.store.board_cells import BoardCell
from factdesk_gui.models.board_rows import (
    ABSENT,
    OwnVerdicts,
    Sources,
    cell_tip,
    cell_words,
    row_tip,
    spoken_cell,
    spoken_row,
)
from factdesk_gui.plain import plain_tip

HEAD = 0  # the column that names the facts
MIME = "application/x-factdesk-board-cell"

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ANSWERED = frozenset({_DISPLAY, _EDIT, _TOOLTIP, _SPOKEN})

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class BoardModel(QAbstractTableModel):
    """Holds the rows it is given; asks nothing and changes nothing.

    Signals:
        text_written: (BoardRow, the new words): a fact was worded anew in its row.
        cell_dropped: (claim ids, BoardRow): cells were dragged onto another row.
    """

    text_written = Signal(object, str)
    cell_dropped = Signal(list, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[BoardColumn, ...] = ()
        self._rows: list[BoardRow] = []
        self.writable = True
        self.own = OwnVerdicts()
        self.source_count = 0  # independent sources among the articles

    @property
    def rows(self) -> Sequence[BoardRow]:
        """The rows as they are shown."""
        return self._rows

    @property
    def columns(self) -> Sequence[BoardColumn]:
        """The articles, from the second column on."""
        return self._columns

    def set_board(
        self, columns: Sequence[BoardColumn], rows: Sequence[BoardRow], own: OwnVerdicts | None = None
    ) -> bool:
        """Shows other rows; gives False where they are the same facts in the same places, whose cells changed only."""
        columns = tuple(columns)
        self.own = own or OwnVerdicts()
        self.source_count = Sources.of(columns).number
        same_rows = [row.key for row in rows] == [row.key for row in self._rows]
        if same_rows and columns == self._columns:
            touched = [at for at, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
            self._rows = list(rows)
            for at in touched:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(columns)))
            return False
        self.beginResetModel()
        self._columns, self._rows = columns, list(rows)
        self.endResetModel()
        return True

    def row(self, at: int) -> BoardRow | None:
        """One row; None outside the table."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def column(self, section: int) -> BoardColumn | None:
        """The article of a column; None for the first."""
        return self._columns[section - 1] if 1 <= section <= len(self._columns) else None

    def cell(self, index: Index) -> BoardCell | None:
        """The cell at a place; None in the first column."""
        row = self.row(index.row()) if index.isValid() else None
        return row.cell(index.column() - 1) if row is not None and index.column() >= 1 else None

    def section_of(self, article_id: str) -> int:
        """The column of an article; the first one if it has none."""
        found = (at for at, column in enumerate(self._columns, 1) if column.article_id == article_id)
        return next(found, HEAD)

    def place_of(self, claim_id: str) -> QModelIndex:
        """Where a claim stands; an invalid index if no row shows it."""
        for at, row in enumerate(self._rows):
            for number, cell in row.filled.items():
                if claim_id in cell.claim_ids:
                    return self.index(at, number + 1)
        return QModelIndex()

    # Qt ---------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: how many facts."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: the fact and each article."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Qt: names of the articles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.column(section)
        if role == _DISPLAY:
            return column.label if column else "Fact"
        if role in (_TOOLTIP, _SPOKEN):
            words = self._head_tip(column) if column else "What the sources state; F2 words it anew"
            return plain_tip(words) if role == _TOOLTIP else words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: facts are edited in place, claims dragged to another row."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or not self.writable:
            return flags if index.isValid() else Qt.ItemFlag.NoItemFlags
        flags |= Qt.ItemFlag.ItemIsDropEnabled
        if index.column() == HEAD:
            return flags | Qt.ItemFlag.ItemIsEditable
        cell = self.cell(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if cell and cell.claim_ids else flags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt: one cell."""
        if role not in _ANSWERED or not index.isValid():
            return None
        row = self._rows[index.row()]
        if index.column() == HEAD:
            told = (row, self.source_count, self.own.contradictions.get(row.key, ""))
            return plain_tip(row_tip(*told)) if role == _TOOLTIP else spoken_row(*told) if role == _SPOKEN else row.text
        cell, column = row.cell(index.column() - 1), self._columns[index.column() - 1]
        if role == _SPOKEN:
            return spoken_cell(column, cell, self.own.of(cell))
        return plain_tip(cell_tip(column, cell, self.own.of(cell))) if role == _TOOLTIP else cell_words(cell)

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Qt: other words for a fact. They are shown once they are on disk."""
        row = self.row(index.row()) if index.isValid() and index.column() == HEAD else None
        words = " ".join(str(value).split())
        if row is None or role != _EDIT or not words or words == row.text:
            return False
        self.text_written.emit(row, words)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Qt: what is dragged moves."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Qt: claims of our own board."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt: the claims of the dragged cells."""
        data = QMimeData()
        claims = [claim for index in indexes if (cell := self.cell(index)) for claim in cell.claim_ids]
        data.setData(MIME, "\n".join(claims).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Qt: claims came to rest on a row. False, so that Qt takes nothing away: the project says what moved."""
        del action, row, column
        target = self.row(parent.row()) if parent.isValid() else None
        if target is None or not data.hasFormat(MIME):
            return False
        claims = bytes(data.data(MIME).data()).decode().split("\n")
        inside = {claim for cell in target.filled.values() for claim in cell.claim_ids}
        moved = [claim for claim in claims if claim and claim not in inside]
        if moved:
            self.cell_dropped.emit(moved, target)
        return False

    def _head_tip(self, column: BoardColumn) -> str:
        mates = [other for other in self._columns if other.origin_id and other.origin_id == column.origin_id]
        at = self._columns.index(column)
        found = sum(1 for row in self._rows if row.cell(at).state not in ABSENT)
        lines = [column.label, f"{found:,} of the {len(self._rows):,} facts shown are in it"]
        if len(mates) > 1:
            names = ", ".join(other.label for other in mates if other is not column)
            lines.append(f"One source with {names}: {column.share:.0%} of its words are the same")
        return "\n".join([*lines, "Click to open it in a pane"])
