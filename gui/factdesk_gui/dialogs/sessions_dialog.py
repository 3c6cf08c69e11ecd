"""A reviewer's own sittings: private, without a ranking."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from factdesk.store.people import Sitting
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.plain import PlainLabel

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_HEADS = ("Began", "Ended", "Worked", "Decisions", "Per hour")
_NUMBERS = 3  # from this column on
_MINUTE = 60
_EXPLAINS = (
    "For you alone: shown to the reviewer who decides here now, never ranked and never compared with others. "
    "More than a quarter of an hour between two steps is a pause, and a decision about many claims at once counts once."
)


class SittingsModel(QAbstractTableModel):
    """Sittings, one a row."""

    def __init__(self, sittings: Sequence[Sitting], now: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = [sitting_words(each, now) for each in sittings]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Role.DisplayRole:
                return _HEADS[section]
            case Role.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        if not index.isValid():
            return None
        match role:
            case Role.DisplayRole:
                return self._rows[index.row()][index.column()]
            case Role.TextAlignmentRole:
                return _side(index.column())
        return None


class SessionsDialog(FrameDialog):
    """Only tells.

    Args:
        reviewer: whose they are.
        sittings: newest first.
        now: the time, for the one that goes on.
    """

    def __init__(self, reviewer: str, sittings: Sequence[Sitting], now: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Sessions of {reviewer}", _EXPLAINS, "", parent)
        self.model = SittingsModel(sittings, now, self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("Your sessions, newest first")
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self.view, 1)
        total = sum(each.steps for each in sittings)
        self.sum = PlainLabel(f"{counted(len(sittings), 'session')}, {counted(total, 'decision')}.")
        self.body.addWidget(self.sum)
        self.fit(720, 420)


def sitting_words(sitting: Sitting, now: str) -> tuple[str, str, str, str, str]:
    """A sitting as its row says it."""
    ended = _moment(sitting.ended_at) if sitting.ended_at else "goes on"
    if sitting.interrupted:
        ended = f"{ended} (interrupted)"
    pace = sitting.pace(now)
    return (
        _moment(sitting.started_at),
        ended,
        _length(sitting.seconds(now)),
        f"{sitting.steps:,}",
        "–" if pace is None else f"{pace:,.0f}",
    )


def _side(column: int) -> Qt.AlignmentFlag:
    """Numbers stand below each other by their last digit."""
    side = Qt.AlignmentFlag.AlignRight if column >= _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _moment(time: str) -> str:
    return datetime.fromisoformat(time).astimezone().strftime("%d %b %Y, %H:%M").lstrip("0")


def _length(seconds: float) -> str:
    if seconds < _MINUTE:
        return "under a minute"
    minutes = round(seconds / _MINUTE)
    hours, rest = divmod(minutes, _MINUTE)
    return f"{hours} h {rest:02} min" if hours else f"{minutes} min"
