"""Who works on a project: names with their colours, and one's own name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QPushButton, QTableView, QWidget

from factdesk.model.people import COLOURS
from factdesk.store.people import Acquaintance
from factdesk_gui import theme as themes
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.models.reviewer_colours import colours_of, dot_icon, shade
from factdesk_gui.plain import PlainLabel

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_HEADS = ("Reviewer", "Claims judged", "First seen", "Last decision", "Colour")
_EXPLAINS = "In the order in which they came to the project. A colour never stands without the name."
_ROW = 30  # pixels
_LEAST = 110  # pixels of a column


class ReviewersModel(QAbstractTableModel):
    """Reviewers, one a row; a dot in their colour beside the name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Acquaintance] = ()
        self._me = ""

    def show_rows(self, rows: Sequence[Acquaintance], me: str) -> None:
        """Shows others; `me` is the id of who decides now."""
        self.beginResetModel()
        self._rows, self._me = rows, me
        self.endResetModel()

    def at(self, row: int) -> Acquaintance | None:
        """The reviewer in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, reviewer_id: str) -> int:
        """The row of a reviewer, -1 for none."""
        return next((at for at, each in enumerate(self._rows) if each.id == reviewer_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        return _HEADS[section] if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        each = self.at(index.row())
        if each is None:
            return None
        if role == Role.DecorationRole and index.column() == 0:
            people = [row.person for row in self._rows]
            return dot_icon(colours_of(people, dark=themes.current().dark)[each.person.name])
        if role != Role.DisplayRole:
            return None
        name = f"{each.person.name} (you)" if each.id == self._me else each.person.name
        colour = each.person.colour if each.person.colour in COLOURS else "by order"
        return (name, f"{each.judged:,}", _day(each.first_seen), _day(each.last_seen), colour)[index.column()]


class ReviewersDialog(FrameDialog):
    """Shows reviewers; what is to be changed is emitted, and shown when it is done.

    Signals:
        colour_chosen: name of a reviewer, name of a colour ("" for the one by order).
        rename_wanted: another name for oneself is to be asked for.
    """

    colour_chosen = Signal(str, str)
    rename_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, writable: bool = True) -> None:
        super().__init__("Reviewers", _EXPLAINS, "", parent)
        self._writable = writable
        self.model = ReviewersModel(self)
        self.view = QTableView()
        self.colour = QComboBox()
        self.rename = QPushButton("&Rename yourself…", autoDefault=False)
        self._build()
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.colour.activated.connect(self._on_colour)
        self.rename.clicked.connect(self.rename_wanted)
        themes.themes().changed.connect(self._on_theme)
        self.fit(680, 400)

    def show_reviewers(self, rows: Sequence[Acquaintance], me: str) -> None:
        """Shows them; the chosen row stays."""
        before = self.model.at(self.view.currentIndex().row())
        self.model.show_rows(rows, me)
        self.say_problem("", blocks=False)
        row = self.model.row_of(before.id if before is not None else me)
        self.view.setCurrentIndex(self.model.index(max(0, row), 0))
        self._show_current()

    def _build(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName("Reviewers of this project")
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(_ROW)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.horizontalHeader().setMinimumSectionSize(_LEAST)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)  # names may be long
        self.body.addWidget(view, 1)
        self._fill_colours()
        label = PlainLabel("C&olour of the chosen one")
        label.setBuddy(self.colour)
        self.colour.setAccessibleName("Colour of the chosen reviewer")
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.colour)
        row.addStretch(1)
        self.body.addLayout(row)
        self.rename.setToolTip("Beside everything that you decided in this project, and from now on")
        self.rename.setEnabled(self._writable)
        self.foot.addWidget(self.rename)
        view.setFocus()

    def _fill_colours(self) -> None:
        self.colour.clear()
        self.colour.addItem("By the order of coming", "")
        for name in COLOURS:
            self.colour.addItem(dot_icon(shade(name, dark=themes.current().dark)), name.capitalize(), name)

    def _show_current(self) -> None:
        each = self.model.at(self.view.currentIndex().row())
        self.colour.setEnabled(self._writable and each is not None)
        self.colour.setCurrentIndex(max(0, self.colour.findData(each.person.colour)) if each is not None else 0)

    def _on_colour(self) -> None:
        each = self.model.at(self.view.currentIndex().row())
        if each is not None and self.colour.currentData() != each.person.colour:
            self.colour_chosen.emit(each.person.name, str(self.colour.currentData()))

    def _on_theme(self) -> None:
        self._fill_colours()
        self._show_current()
        self.view.viewport().update()


def _day(time: str) -> str:
    """The day of a stored time; unknown text is given back as it is."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%d %b %Y").lstrip("0") if time else ""
    except ValueError:
        return time
