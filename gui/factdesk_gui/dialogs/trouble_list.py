"""What cannot be imported, with the reason and what to do; as a list that can be copied."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from factdesk_gui.dialogs.file_reading import OneFile, Trouble
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.plain import PlainLabel, plain_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_HEADS = ("File", "Reason", "What to do")
_WIDTHS = (26, 64)  # of the first columns, in average characters


class TroubleModel(QAbstractTableModel):
    """Troubles, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._troubles: list[Trouble] = []

    def troubles(self) -> list[Trouble]:
        """All of them."""
        return list(self._troubles)

    def add(self, troubles: Sequence[Trouble]) -> None:
        """Adds some at the end."""
        if troubles:
            at = len(self._troubles)
            self.beginInsertRows(_ROOT, at, at + len(troubles) - 1)
            self._troubles += troubles
            self.endInsertRows()

    def forget(self, file: OneFile | Path) -> None:
        """Takes out those of a file, or of all that is inside it, which is read again."""
        self.beginResetModel()
        self._troubles = [each for each in self._troubles if file not in {each.file, each.file.path}]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt."""
        return 0 if parent.isValid() else len(self._troubles)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        return _HEADS[section] if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        if not index.isValid() or role not in {Role.DisplayRole, Role.ToolTipRole}:
            return None
        trouble = self._troubles[index.row()]
        words = (trouble.name, trouble.reason, trouble.hint)[index.column()]
        return plain_tip(words) if role == Role.ToolTipRole else words


class TroubleList(QWidget):
    """Shows itself when there is something to show.

    Signals:
        columns_wanted: a OneFile, a table whose columns are to be named.
    """

    columns_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TroubleModel(self)
        self.label = PlainLabel()
        self.columns = QPushButton("Name the columns…", autoDefault=False, visible=False)
        self.columns.setToolTip("Says which column of this table holds the text, the title and so on")
        self.columns.clicked.connect(self._ask_columns)
        self.copy = QPushButton("Copy the list", autoDefault=False)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("What cannot be imported")
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setWordWrap(False)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.setMinimumHeight(70)
        unit = self.view.fontMetrics().averageCharWidth()
        for column, width in enumerate(_WIDTHS):
            self.view.setColumnWidth(column, width * unit)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._offer_columns())
        self.view.doubleClicked.connect(lambda _: self._ask_columns())
        head = QHBoxLayout()
        head.addWidget(self.label, 1)
        head.addWidget(self.columns)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.hide()

    def add(self, troubles: Sequence[Trouble]) -> None:
        """Adds some."""
        self.model.add(troubles)
        self._show()

    def forget(self, file: OneFile | Path) -> None:
        """Takes out those of a file, or of all that is inside it, which is read again."""
        self.model.forget(file)
        self._show()

    def text(self) -> str:
        """The list as text, a line each."""
        return "\n".join(str(each) for each in self.model.troubles())

    def _show(self) -> None:
        troubles = self.model.troubles()
        self.label.setText(f"{counted(len(troubles), 'file or part', 'files or parts')} cannot be imported:")
        self.setVisible(bool(troubles))
        unclear = [number for number, each in enumerate(troubles) if each.needs_mapping]
        if unclear and not self.view.currentIndex().isValid():
            self.view.selectRow(unclear[0])
        self._offer_columns()

    def _current(self) -> Trouble | None:
        index = self.view.currentIndex()
        return self.model.troubles()[index.row()] if index.isValid() else None

    def _offer_columns(self) -> None:
        trouble = self._current()
        self.columns.setVisible(any(each.needs_mapping for each in self.model.troubles()))
        self.columns.setEnabled(trouble is not None and trouble.needs_mapping)

    def _ask_columns(self) -> None:
        trouble = self._current()
        if trouble is not None and trouble.needs_mapping:
            self.columns_wanted.emit(trouble.file)
