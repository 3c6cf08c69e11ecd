"""The figures of agreement of a case, as the window shows and copies them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFont

from factdesk.compare.agreement import Alpha, PairAgreement, SpanAgreement, agree, alpha, pairs_of, span_agreement
from factdesk.model.spans import Span
from factdesk.store.people import Person
from factdesk.store.ratings import LABELS, RatedClaim
from factdesk_gui.models.reviewer_colours import colour_of, colours_of, dot_icon
from factdesk_gui.plain import plain_tip
from factdesk_gui.theme import current

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was worked out for one case and one kind of claims ("" for all).

    Attributes:
        kinds: how many claims of each kind two or more reviewers judged.
        marks: passages held for claims of the kind, in the order of the pairs.
        mentions: passages marked as mentions by hand, in the same order.
    """

    case_id: str
    kind: str
    kinds: Mapping[str, int]
    alpha: Alpha
    pairs: tuple[PairAgreement, ...]
    marks: tuple[SpanAgreement, ...]
    mentions: tuple[SpanAgreement, ...] = ()
    people: Sequence[Person] = ()  # reviewers of the project, for their colours


def work_out(
    case_id: str,
    kind: str,
    rated: Sequence[RatedClaim],
    spans: Mapping[str, Mapping[str, Sequence[Span]]],
    mentions: Mapping[str, Mapping[str, Sequence[Span]]] | None = None,
) -> Agreement:
    """All figures at once; takes a moment for many claims."""
    kinds = Counter(each.kind for each in rated if len(each.verdicts) > 1)
    ratings = [each.verdicts for each in rated if kind in {"", each.kind}]
    pairs = tuple(agree(ratings, *pair, LABELS) for pair in pairs_of(ratings))
    marks = tuple(span_agreement(*pair.reviewers, spans) for pair in pairs)
    named = tuple(span_agreement(*pair.reviewers, mentions or {}) for pair in pairs)
    return Agreement(case_id, kind, dict(sorted(kinds.items())), alpha(ratings, LABELS), pairs, marks, named)


class ConfusionModel(QAbstractTableModel):
    """How often one reviewer said this where the other said that, with totals; where both agree is set off."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pair: PairAgreement | None = None
        self._people: Sequence[Person] = ()

    def show_pair(self, pair: PairAgreement | None, people: Sequence[Person] = ()) -> None:
        """Shows two other reviewers."""
        self.beginResetModel()
        self._pair, self._people = pair, people
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: the labels and a line of totals."""
        return 0 if parent.isValid() or self._pair is None else len(self._pair.labels) + 1

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: the labels and a column of totals."""
        return self.rowCount(parent)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Qt: who said what."""
        which = 1 if orientation is Qt.Orientation.Horizontal else 0
        if self._pair is not None and role == Role.DecorationRole and section < len(self._pair.labels):
            colours = colours_of(self._people, dark=current().dark)
            return dot_icon(colour_of(self._pair.reviewers[which], colours)) if colours else None
        if self._pair is None or role not in {Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole}:
            return None
        if role == Role.DisplayRole:  # whose they are stands above: a name may be long
            return self._said(section)
        words = self._head(section, which)
        return plain_tip(words) if role == Role.ToolTipRole else words

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Qt."""
        if not index.isValid() or self._pair is None:
            return None
        row, column = index.row(), index.column()
        agrees = row == column < len(self._pair.labels)
        match role:
            case Role.DisplayRole:
                return f"{self._count(row, column):,}"
            case Role.AccessibleTextRole | Role.ToolTipRole:
                words = f"{self._head(row, 0)}, {self._head(column, 1)}: {self._count(row, column):,}"
                words = f"{words} (they agree)" if agrees else words
                return plain_tip(words) if role == Role.ToolTipRole else words
            case Role.TextAlignmentRole:
                return _MIDDLE
            case Role.FontRole if agrees:
                font = QFont()
                font.setBold(True)
                return font
            case Role.BackgroundRole if agrees:
                return QBrush(current().verdict(self._pair.labels[row]).tint)
        return None

    def _head(self, section: int, which: int) -> str:
        if self._pair is None or section >= len(self._pair.labels):
            return self._said(section)
        return f"{self._pair.reviewers[which]} {self._said(section)}"

    def _said(self, section: int) -> str:
        if self._pair is None or section >= len(self._pair.labels):
            return "together"
        label = self._pair.labels[section]
        return f"{current().verdict(label).glyph} {label}"

    def _count(self, row: int, column: int) -> int:
        if self._pair is None:
            return 0
        table, size = self._pair.table, len(self._pair.labels)
        rows = table if row == size else (table[row],)
        return sum(sum(line) if column == size else line[column] for line in rows)
