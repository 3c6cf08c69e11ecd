"""Progress by article as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from factdesk.store.progress import ArticleProgress
from factdesk_gui.plain import plain_tip

PROGRESS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ORIGIN_ROLE = PROGRESS_ROLE + 1  # whose text the article shares, in words

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CaseSum:
    """Numbers of the whole case."""

    articles: int = 0
    total: int = 0
    decided: int = 0
    verified: int = 0
    disputed: int = 0
    unverified: int = 0
    suggested: int = 0

    def __add__(self, other: "CaseSum") -> "CaseSum":
        """Both together."""
        return CaseSum(*(getattr(self, name) + getattr(other, name) for name in _NUMBERS))

    def __sub__(self, other: "CaseSum") -> "CaseSum":
        """Without the other."""
        return CaseSum(*(getattr(self, name) - getattr(other, name) for name in _NUMBERS))


_NUMBERS = ("articles", "total", "decided", "verified", "disputed", "unverified", "suggested")


def together(rows: Sequence[ArticleProgress]) -> CaseSum:
    """The numbers of these articles together."""
    return CaseSum(len(rows), *(sum(map(attrgetter(name), rows)) for name in _NUMBERS[1:]))


class ProgressModel(QAbstractListModel):
    """One row for each article, in case order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ArticleProgress] = []
        self._places: dict[str, int] = {}
        self._origins: Mapping[str, str] = {}
        self._readings: Mapping[str, str] = {}

    def set_progress(self, rows: Sequence[ArticleProgress]) -> None:
        """Shows other numbers; if the articles are the same, rows stay what they are."""
        same = [row.article.id for row in rows] == [row.article.id for row in self._rows]
        if same and rows:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.article.id: place for place, row in enumerate(rows)}
        self.endResetModel()

    def replace(self, rows: Sequence[ArticleProgress]) -> None:
        """Shows other numbers of some articles; those that are not in the list are passed over."""
        for row in rows:
            place = self._places.get(row.article.id, -1)
            if place >= 0:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))

    def set_origins(self, words: Mapping[str, str]) -> None:
        """Whose text articles share, in words by id."""
        self._origins = words
        self._emit_all()

    def set_readings(self, words: Mapping[str, str]) -> None:
        """With what articles were read, in words by id."""
        self._readings = words
        self._emit_all()

    def _emit_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def old_rows(self, rows: Sequence[ArticleProgress]) -> list[ArticleProgress]:
        """What the list shows of the same articles now."""
        return [self._rows[self._places[row.article.id]] for row in rows if row.article.id in self._places]

    def progress(self, row: int) -> ArticleProgress | None:
        """The numbers of one article."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - an invalid index never changes
        """Qt: how many articles."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt: one article."""
        row = self.progress(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == PROGRESS_ROLE:
            return row
        if role == _DISPLAY:
            return row.article.label
        if role == ORIGIN_ROLE:
            return self._origins.get(row.article.id, "")
        if role in {_SPOKEN, _TOOLTIP}:
            more = [self._origins.get(row.article.id), self._readings.get(row.article.id) if role == _TOOLTIP else ""]
            words = "; ".join([f"{row.article.label}: {in_words(row)}", *filter(None, more)])
            return plain_tip(words) if role == _TOOLTIP else words
        return None


def in_words(row: ArticleProgress | CaseSum) -> str:
    """How far one is, without colour."""
    if not row.total:
        return "no claims yet"
    claims = "claim" if row.total == 1 else "claims"
    parts = [f"{row.decided:,} of {row.total:,} {claims} decided"]
    if row.suggested:
        parts.append(f"{row.suggested:,} only suggested")
    return ", ".join(parts)
