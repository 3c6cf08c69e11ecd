"""One article of an import before it is one: what was read, whether it is wanted, what is odd about it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from factdesk.exchange.files import natural_key
from factdesk.exchange.importers import importers
from factdesk.exchange.readings import Reading
from factdesk.model.articles import NewArticle
from factdesk_gui.dialogs.encoding_box import encoding_words
from factdesk_gui.dialogs.file_reading import OneFile
from factdesk_gui.dialogs.phrases import counted


class Column(IntEnum):
    """Columns from left to right: first what one cannot see in the details of a row."""

    FILE = 0
    KIND = 1
    TITLE = 2
    REMARK = 3
    LENGTH = 4
    MARKS = 5
    DATE = 6
    PUBLISHER = 7
    LANGUAGE = 8
    ENCODING = 9


HEADS = {
    Column.FILE: "File",
    Column.KIND: "Kind",
    Column.TITLE: "Title",
    Column.REMARK: "Remark",
    Column.LENGTH: "Characters",
    Column.MARKS: "Marks",
    Column.DATE: "Published",
    Column.PUBLISHER: "Publisher",
    Column.LANGUAGE: "Language",
    Column.ENCODING: "Encoding",
}
_DAY = 10  # characters of a date


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An article that was read."""

    key: int
    reading: Reading
    id: str
    is_wanted: bool = True
    same_as: str = ""  # what already has this text
    version_of: str = ""  # id of an article of the case that this seems to be a newer text of
    is_version: bool = True  # whether it is to be compared with that one instead of standing beside it

    @property
    def article(self) -> NewArticle:
        """With what was filled in; its original may have to be fetched."""
        return self.reading.article

    @property
    def path(self) -> Path:
        """The file as it was chosen."""
        return self.reading.path or Path(self.reading.article.source.name)

    @property
    def file(self) -> OneFile:
        """The file that can be read again."""
        return OneFile(self.path, self.reading.member)

    @property
    def name(self) -> str:
        """The file and the place in it."""
        return " › ".join(filter(None, (self.path.name, self.reading.place)))

    @property
    def encoding(self) -> str:
        """How the file was decoded, "" where that is no choice."""
        reading = self.reading
        if reading.decoded_as:
            return reading.decoded_as
        is_choice = reading.origin is not None and _has_encoding().get(reading.kind, False)
        return reading.article.source.encoding if is_choice else ""

    @property
    def compared(self) -> bool:
        """Whether it is wanted as a corrected version."""
        return self.is_wanted and self.is_version and bool(self.version_of)

    @property
    def mark_count(self) -> int:
        """Claims and mentions that come with it."""
        return len(self.reading.given.claims) + len(self.reading.given.mentions)

    @property
    def marks(self) -> str:
        """The same in words."""
        given = self.reading.given
        counts = ((given.claims, "claim"), (given.mentions, "mention"))
        return ", ".join(counted(len(each), noun) for each, noun in counts if each)

    @property
    def remarks(self) -> list[str]:
        """What a reviewer should know before it is imported, most important first."""
        reading = self.reading
        if self.same_as:
            return [self.same_as, *reading.warnings]
        found = ["Corrected version"] if self.compared else []
        if reading.replaced:
            found.append(f"{counted(reading.replaced, 'character')} unreadable")
        if not reading.confident and self.encoding:
            found.append("Encoding guessed")
        return [*found, *reading.warnings]

    @property
    def is_doubtful(self) -> bool:
        """Whether its text may be wrong or incomplete."""
        return bool(self.reading.warnings or self.reading.replaced or not self.reading.confident)

    @property
    def remark(self) -> str:
        """The remarks in a line."""
        return "; ".join(each.removesuffix(".") for each in self.remarks)


@cache
def _has_encoding() -> dict[str, bool]:
    return {each.title: each.has_encoding for each in importers()}


_WORDS: dict[Column, Callable[[ImportRow], str]] = {
    Column.FILE: lambda row: row.name,
    Column.KIND: lambda row: row.reading.kind,
    Column.TITLE: lambda row: row.article.meta.title,
    Column.PUBLISHER: lambda row: row.article.meta.publisher,
    Column.DATE: lambda row: row.article.meta.published_at[:_DAY],
    Column.LANGUAGE: lambda row: row.article.meta.language,
    Column.ENCODING: lambda row: encoding_words(row.encoding) if row.encoding else "",
    Column.LENGTH: lambda row: f"{len(row.article.text):,}",
    Column.MARKS: lambda row: row.marks,
    Column.REMARK: lambda row: row.remark,
}


def words(row: ImportRow, column: Column) -> str:
    """What a cell shows."""
    return _WORDS[column](row)


def sort_key(row: ImportRow, column: Column) -> tuple[object, ...]:
    """By what rows are sorted; rows without a value come last."""
    if column is Column.LENGTH:
        return (len(row.article.text),)
    if column is Column.MARKS:
        return (row.mark_count,)
    text = words(row, column)
    return (not text, natural_key(text))
