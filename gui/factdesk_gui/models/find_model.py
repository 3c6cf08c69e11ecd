"""Hits of a search in the case, grouped by article, as one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from factdesk.model.spans import Span
from factdesk.store.articles import article_text
from factdesk.store.connection import Reader
from factdesk.store.search import search_case

FOUND_ROLE = int(Qt.ItemDataRole.UserRole) + 1
MOST_HITS = 300

_CONTEXT = 70  # code points before and after the hit
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """A row: a hit with what stands around it, or (without a span) the heading of an article's hits."""

    article_id: str
    span: Span | None
    before: str
    hit: str
    after: str


class FindModel(QAbstractListModel):
    """Headings and hits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Found] = []

    def set_rows(self, rows: Sequence[Found]) -> None:
        """Shows other hits."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def found(self, row: int) -> Found | None:
        """The hit or heading at a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - an invalid index never changes
        """Qt: how many rows, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings cannot be chosen."""
        row = self.found(index.row()) if index.isValid() else None
        if row is not None and row.span is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt: one row."""
        row = self.found(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == FOUND_ROLE:
            return row
        if role in {_DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole)}:
            return f"{row.before}{row.hit}{row.after}"
        return None


def find_in_case(reader: Reader, case_id: str, words: str, names: dict[str, str]) -> list[Found]:
    """Runs on the reading thread: hits with their surroundings, each article's below a heading.

    Args:
        reader: the reading thread's own.
        case_id: where to look.
        words: what was typed.
        names: how to call the articles, by id; others are called by their title.
    """
    with reader.snapshot():
        hits = search_case(reader, case_id, words, MOST_HITS)
        numbers: dict[str, int] = {}
        for hit in hits:
            numbers[hit.article_id] = numbers.get(hit.article_id, 0) + 1
        rows: list[Found] = []
        text, article = "", ""
        for hit in hits:
            if hit.article_id != article:
                article, text = hit.article_id, article_text(reader, hit.article_id)
                name = names.get(article) or hit.title
                rows.append(Found(article, None, name, f"  {numbers[article]}", ""))
            rows.append(_around(article, text, hit.span))
    return rows


def _around(article: str, text: str, span: Span) -> Found:
    start, end = max(0, span.start - _CONTEXT), min(len(text), span.end + _CONTEXT)
    before = " ".join(f"|{text[start : span.start]}|".split())[1:-1]
    after = " ".join(f"|{text[span.end : end]}|".split())[1:-1]
    hit = " ".join(span.of(text).split())
    return Found(article, span, ("…" if start else "") + before, hit, after + ("…" if end < len(text) else ""))
