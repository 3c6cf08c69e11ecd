"""The files of an import as a table: what was read, whether it is wanted, what is odd about it."""

from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from factdesk.exchange.readings import Reading
from factdesk.model.articles import ArticleMeta, NewArticle
from factdesk.model.ids import article_id
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs.encoding_box import encoding_words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    FILE = 0
    TITLE = 1
    PUBLISHER = 2
    DATE = 3
    ENCODING = 4
    LENGTH = 5
    REMARK = 6


_HEADS = {
    Column.FILE: "File",
    Column.TITLE: "Title",
    Column.PUBLISHER: "Publisher",
    Column.DATE: "Published",
    Column.ENCODING: "Encoding",
    Column.LENGTH: "Characters",
    Column.REMARK: "Remark",
}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file that was read."""

    path: Path
    article: NewArticle
    id: str
    is_wanted: bool = True
    same_as: str = ""  # what already has this text
    is_sure: bool = True  # of the encoding
    alternatives: tuple[str, ...] = ()  # other encodings worth trying
    replaced: int = 0  # characters that could not be read
    version_of: str = ""  # id of an article of the case that this seems to be a newer text of
    is_version: bool = True  # whether it is to be compared with that one instead of standing beside it

    @property
    def compared(self) -> bool:
        """Whether it is wanted as a corrected version."""
        return self.is_wanted and self.is_version and bool(self.version_of)

    @property
    def remark(self) -> str:
        """What a reviewer should know before it is imported."""
        if self.same_as:
            return self.same_as
        if self.compared:
            return "corrected version"
        if self.replaced:
            return f"{self.replaced} character{'' if self.replaced == 1 else 's'} unreadable"
        return "" if self.is_sure else "encoding guessed"


class ImportRows(QAbstractTableModel):
    """Grows while files are read; `count_changed` follows the check marks.

    Args:
        known: the articles that the case already has.
    """

    count_changed = Signal()

    def __init__(self, known: KnownArticles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._articles = known
        self._known = known.labels
        self._rows: list[ImportRow] = []

    def row(self, number: int) -> ImportRow:
        """One row."""
        return self._rows[number]

    def rows(self) -> list[ImportRow]:
        """All rows."""
        return list(self._rows)

    def wanted(self) -> list[NewArticle]:
        """The articles whose check mark is set, but for corrected versions."""
        return [row.article for row in self._rows if row.is_wanted and not row.compared]

    def versions(self) -> list[tuple[str, NewArticle]]:
        """Corrected versions, each with the id of the article that it may replace."""
        return [(row.version_of, row.article) for row in self._rows if row.compared]

    def set_version(self, number: int, *, is_version: bool) -> None:
        """Whether a file is a corrected version or an article of its own."""
        self._rows[number] = replace(self._rows[number], is_version=is_version)
        self._emit_changed(number)

    def version_label(self, number: int) -> str:
        """The article that a file seems to be a newer text of, or ""."""
        return self._known.get(self._rows[number].version_of, "")

    def add(self, path: Path, reading: Reading) -> None:
        """Adds a file; one whose text is there already is shown but not wanted."""
        at = len(self._rows)
        self.beginInsertRows(_ROOT, at, at)
        self._rows.append(self._judge(_row(path, reading), at))
        self.endInsertRows()
        self.count_changed.emit()

    def reread(self, number: int, reading: Reading) -> None:
        """Puts the text read with another encoding in place; what was filled in by hand stays."""
        old = self._rows[number]
        kept = {
            key: getattr(old.article.meta, key)
            for key in ("publisher", "byline", "url", "published_at")
            if getattr(old.article.meta, key)
        }
        article = replace(reading.article, meta=replace(reading.article.meta, **kept))
        row = _row(old.path, replace(reading, article=article, confident=True))  # a person chose the encoding
        self._rows[number] = self._judge(replace(row, alternatives=old.alternatives), number)
        self._emit_changed(number)

    def set_meta(self, number: int, meta: ArticleMeta) -> None:
        """Keeps what was filled in."""
        row = self._rows[number]
        self._rows[number] = self._judge(replace(row, article=replace(row.article, meta=meta)), number)
        self._emit_changed(number)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Files read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return _HEADS[Column(section)]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be checked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.FILE else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role == Role.DisplayRole:
            return _words(row, column)
        if role == Role.CheckStateRole and column is Column.FILE:
            return Qt.CheckState.Checked if row.is_wanted else Qt.CheckState.Unchecked
        if role == Role.ToolTipRole:
            return str(row.path) if column is Column.FILE else _words(row, column)
        if role == Role.TextAlignmentRole and column is Column.LENGTH:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Sets a check mark."""
        if role != Role.CheckStateRole or not index.isValid():
            return False
        is_wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        self._rows[index.row()] = replace(self._rows[index.row()], is_wanted=is_wanted)
        self._emit_changed(index.row())
        return True

    def _judge(self, row: ImportRow, number: int) -> ImportRow:
        if row.id in self._known:
            return replace(row, is_wanted=False, same_as=f"in this case: {self._known[row.id]}")
        twin = next((old for at, old in enumerate(self._rows) if at != number and old.id == row.id), None)
        if twin is not None:
            return replace(row, is_wanted=False, same_as=f"same text as {twin.path.name}")
        return replace(row, version_of=self._articles.earlier(row.article.meta) or "")

    def _emit_changed(self, number: int) -> None:
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))
        self.count_changed.emit()


def _row(path: Path, reading: Reading) -> ImportRow:
    return ImportRow(
        path,
        reading.article,
        article_id(reading.article.text),
        is_sure=reading.confident,
        alternatives=reading.alternatives,
        replaced=reading.replaced,
    )


def _words(row: ImportRow, column: Column) -> str:
    meta = row.article.meta
    return {
        Column.FILE: row.path.name,
        Column.TITLE: meta.title,
        Column.PUBLISHER: meta.publisher,
        Column.DATE: meta.published_at,
        Column.ENCODING: encoding_words(row.article.source.encoding),
        Column.LENGTH: f"{len(row.article.text):,}",
        Column.REMARK: row.remark,
    }[column]
