"""Disagreements of reviewers as a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from factdesk.store.disagreements import Disagreement

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
DISAGREEMENT_ROLE = int(Role.UserRole) + 1  # the Disagreement itself, for the delegate
ARTICLE_ROLE = int(Role.UserRole) + 2  # the label of its article
_ROOT = QModelIndex()


class DisagreementsModel(QAbstractListModel):
    """All of a case, or only those that wait."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Disagreement] = []
        self._articles: Mapping[str, str] = {}

    def show_rows(self, rows: Sequence[Disagreement], articles: Mapping[str, str]) -> None:
        """Shows others; a view keeps its place by `row_of`."""
        self.beginResetModel()
        self._rows, self._articles = list(rows), articles
        self.endResetModel()

    def at(self, row: int) -> Disagreement | None:
        """The disagreement in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, claim_id: str) -> int:
        """The row of a claim, -1 when it is not shown."""
        return next((at for at, each in enumerate(self._rows) if each.claim.id == claim_id), -1)

    def next_open(self, row: int) -> int:
        """The first row from this one on, round at the end, that waits to be settled; else the row itself."""
        size = len(self._rows)
        rows = ((row + step) % size for step in range(size))
        return next((each for each in rows if self._rows[each].settled is None), min(row, size - 1))

    def article_of(self, each: Disagreement) -> str:
        """The label of its article."""
        return self._articles.get(each.claim.article_id, "")

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        each = self.at(index.row()) if index.isValid() else None
        if each is None:
            return None
        match role:
            case Role.DisplayRole:
                return " ".join(each.claim.quote.split())
            case Role.AccessibleTextRole:
                said = ", ".join(f"{one.reviewer} {one.judgement.verdict}" for one in each.opinions)
                state = "settled" if each.settled is not None else "open"
                return f"{' '.join(each.claim.quote.split())}, in {self.article_of(each)}: {said}, {state}"
            case int(x) if x == DISAGREEMENT_ROLE:
                return each
            case int(x) if x == ARTICLE_ROLE:
                return self.article_of(each)
        return None
