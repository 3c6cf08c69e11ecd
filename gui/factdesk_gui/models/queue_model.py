"""The claim queue as a table that reads only the rows it shows.

The order is an array of row numbers of the claims table, made off the UI thread. Pages of 128 claims are read when
a view asks for them and the least recently used are forgotten, so a case of 400,000 claims costs a few megabytes.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from factdesk.model.claims import Claim
from factdesk_gui.plain import plain_tip

PAGE = 128
KEPT_PAGES = 64
CLAIM_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # the Claim itself, for the delegate

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ANSWERED = frozenset({_DISPLAY, _TOOLTIP, _SPOKEN, CLAIM_ROLE})

Index = QModelIndex | QPersistentModelIndex
LoadPage = Callable[[Sequence[int]], list[tuple[int, Claim]]]


class Column(IntEnum):
    """The columns of the queue."""

    VERDICT = 0
    CLAIM = 1
    SCORE = 2
    KIND = 3
    CLAIMANT = 4
    ARTICLE = 5
    LINKS = 6


_HEADS = {
    Column.VERDICT: ("Verdict", "What was decided, or what the claim waits for"),
    Column.CLAIM: ("Claim", "The claim as the article words it"),
    Column.SCORE: ("Score", "Check-worthiness, 0 to 100, as the machine sees it"),
    Column.KIND: ("Kind", "What sort of statement it is"),
    Column.CLAIMANT: ("Claimant", "Who says it"),
    Column.ARTICLE: ("Article", "Where it stands"),
    Column.LINKS: ("Elsewhere", "Claims of other articles linked with it, and conflicts among them"),
}


class QueueModel(QAbstractTableModel):
    """Claims in queue order, read in pages."""

    def __init__(self, load: LoadPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[Claim | None]] = OrderedDict()
        self._articles: Mapping[str, str] = {}
        self._spoken: Callable[[Claim, str], str] = lambda claim, article: f"{claim.quote} ({article})"

    @property
    def ids(self) -> "array[int]":
        """The order as it stands; not to be changed by others."""
        return self._ids

    def set_spoken(self, spoken: Callable[[Claim, str], str]) -> None:
        """How a row is said by a screen reader: called with the claim and its article's name."""
        self._spoken = spoken

    def set_articles(self, names: Mapping[str, str]) -> None:
        """Names of the articles by id."""
        self._articles = names
        if self._ids:
            self.dataChanged.emit(self.index(0, Column.ARTICLE), self.index(len(self._ids) - 1, Column.ARTICLE))

    def set_order(self, ids: "array[int]") -> None:
        """Shows other claims, or the same in another order."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def claim(self, row: int) -> Claim | None:
        """The claim at a row; None outside the table or when it was removed meanwhile."""
        if not 0 <= row < len(self._ids):
            return None
        return self._page(row // PAGE)[row % PAGE]

    def row_of(self, rowid: int, near: int = 0) -> int:
        """Where a claim stands in the order, -1 if it does not; quickest if it is beside the row `near`."""
        for row in (near + 1, near, near - 1):
            if 0 <= row < len(self._ids) and self._ids[row] == rowid:
                return row
        try:
            return self._ids.index(rowid)
        except ValueError:
            return -1

    def article_name(self, claim: Claim) -> str:
        """The short name of a claim's article."""
        return self._articles.get(claim.article_id, "")

    def refresh(self, claim_ids: Collection[str]) -> bool:
        """Reads touched claims again, in place; returns False if one of them is gone from the project.

        Only pages in memory are looked at: the others are read when they are shown.
        """
        whole = True
        for number, page in list(self._pages.items()):
            rows = [at for at, claim in enumerate(page) if claim is not None and claim.id in claim_ids]
            if not rows:
                continue
            fresh = self._read(number)
            self._pages[number] = fresh
            whole = whole and all(fresh[at] is not None for at in rows)
            first, last = number * PAGE + rows[0], number * PAGE + rows[-1]
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        return whole

    def forget(self) -> None:
        """Reads every row again when it is shown next."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(Column) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - an invalid index never changes
        """Qt: how many claims."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - an invalid index never changes
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Qt: names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        name, meaning = _HEADS[Column(section)]
        return {_DISPLAY: name, _TOOLTIP: meaning}.get(int(role))

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt: one cell. Called a thousand times a paint: what is not answered leaves at once."""
        if role not in _ANSWERED or not index.isValid():
            return None
        claim = self.claim(index.row())
        if claim is None or role == CLAIM_ROLE:
            return claim
        if role == _DISPLAY:
            return self._words(claim, index.column())
        article = self.article_name(claim)
        if role == _SPOKEN:
            return (
                self._spoken(claim, article) if index.column() == Column.CLAIM else self._words(claim, index.column())
            )
        return plain_tip(self._tip(claim, index.column()))

    def _words(self, claim: Claim, column: int) -> str:
        match column:
            case Column.VERDICT:
                return claim.verdict.value if claim.verdict else claim.status.value
            case Column.CLAIM:
                return " ".join(claim.quote.split())
            case Column.SCORE:
                return "" if claim.score is None else f"{round(claim.score * 100)}"
            case Column.KIND:
                return claim.kind.value
            case Column.CLAIMANT:
                return claim.claimant
            case Column.ARTICLE:
                return self.article_name(claim)
        return _links(claim)

    def _tip(self, claim: Claim, column: int) -> str:
        if column == Column.SCORE and claim.features:
            return ", ".join(claim.features)
        if column == Column.CLAIM:
            return claim.quote if len(claim.quote) < 600 else claim.quote[:600] + "…"
        return self._words(claim, column)

    def _page(self, number: int) -> list[Claim | None]:
        page = self._pages.get(number)
        if page is None:
            page = self._read(number)
            self._pages[number] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def _read(self, number: int) -> list[Claim | None]:
        rowids = self._ids[number * PAGE : (number + 1) * PAGE]
        claims = dict(self._load(rowids))
        return [claims.get(rowid) for rowid in rowids]


def _links(claim: Claim) -> str:
    if claim.conflicts:
        return f"{claim.linked}, {claim.conflicts} in conflict"
    return str(claim.linked) if claim.linked else ""
