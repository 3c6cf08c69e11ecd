"""Sheets of a workbook that no program takes for more than text and numbers, written row by row.

The parts of the file are few and written here: openpyxl needs forty microseconds for a cell, and a large case has a million.
What was written is opened with openpyxl all the same (see `workbook.check_workbook`).
"""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from factdesk.errors import FactdeskError
from factdesk.exchange.claim_rows import Cell
from factdesk.exchange.formats import workbook_parts as parts
from factdesk.exchange.formats.workbook_parts import Look

LARGEST_CELL = 32_767  # characters, as Excel counts them: UTF-16 units
LARGEST_SHEET = 1_048_576  # rows
MOST_COLUMNS = 16_384

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 cannot hold them
_FORMULA = re.compile(rb"<f[ >/]|<c [^>]*t=\"(?:e|str)\"")
_CHUNK = 1 << 20
_TAKEN_FOR_A_CODE = re.compile("_x[0-9A-Fa-f]{4}_")
_TAKEN_FOR_A_FORMULA = tuple("=+-@＝＋－＠")
_IN_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})  # else read as a line feed


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, and its width in characters."""

    name: str
    width: int = 14


@dataclass(slots=True)
class Changes:
    """What had to be changed in cells."""

    replaced: int = 0
    cut: int = 0
    codes: int = 0

    def sentences(self) -> Iterator[str]:
        """For the reader of the export; none when nothing was changed."""
        if self.replaced:
            yield f"Control characters, which a workbook cannot hold, were replaced by U+FFFD in {_cells(self.replaced)}."
        if self.cut:
            yield f"Cut at the end: {_cells(self.cut)} with more than {LARGEST_CELL:,} characters, the most that one can hold."
        if self.codes:
            yield f"Excel shows what looks like a code (_x0041_) as the character it names; so in {_cells(self.codes)}."


def _cells(count: int) -> str:
    return f"{count:,} cell{'' if count == 1 else 's'}"


def cell_text(text: str, changes: Changes | None = None) -> str:
    """A text as a cell can hold it; counts what had to be changed."""
    changes = changes or Changes()
    kept, found = _ILLEGAL.subn("\ufffd", text)
    changes.replaced += bool(found)
    if len(kept) * 2 > LARGEST_CELL and len(kept.encode("utf-16-le")) // 2 > LARGEST_CELL:
        changes.cut += 1
        kept = kept.encode("utf-16-le")[: (LARGEST_CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"
    changes.codes += bool(_TAKEN_FOR_A_CODE.search(kept))
    return kept


def sheets_with_formulas(file: BinaryIO) -> Iterator[str]:
    """The sheets of a workbook in which a cell is a formula or an error code; without making objects of all cells."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/sheet"):
                continue
            before = b""
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    if _FORMULA.search(before + chunk):
                        yield name
                        break
                    before = chunk[-64:]


def rows_in(file: BinaryIO, title: str, width: int) -> Iterator[tuple[Cell, ...]]:
    """All rows of a sheet that was written here, each as wide as the sheet; a hundred thousand in seconds."""
    from lxml import etree

    with zipfile.ZipFile(file) as archive:
        book: Any = etree.fromstring(archive.read("xl/workbook.xml"))
        titles = [sheet.get("name") for sheet in book.iter(f"{{{parts.MAIN}}}sheet")]
        numbers = {letters: number for number, letters in enumerate(parts.letters(width))}
        with archive.open(f"xl/worksheets/sheet{titles.index(title) + 1}.xml") as part:
            for _, row in etree.iterparse(part, tag=f"{{{parts.MAIN}}}row", huge_tree=True):
                cells: list[Cell] = [None] * width
                for cell in row:
                    number = numbers.get(cell.get("r").rstrip("0123456789"))
                    if number is not None:
                        cells[number] = _value(cell)
                yield tuple(cells)
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]


def _value(cell: Any) -> Cell:
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    said = "".join(cell.itertext())
    try:
        return int(said) if said.lstrip("-").isdecimal() else float(said)
    except ValueError:  # not ours
        return said or None


@contextmanager
def sheets_at(out: Path) -> Iterator["Sheets"]:
    """A workbook under way. Until it is saved its place is a folder for the sheets, which may grow large.

    So a killed export leaves no text of an article in the folder for temporary files.
    """
    out.mkdir()
    sheets = Sheets(out)
    try:
        yield sheets
    finally:
        sheets.close()


class Sheets:
    """A workbook under way; see `sheets_at`."""

    def __init__(self, folder: Path) -> None:
        self.changes = Changes()
        self._folder = folder
        self._sheets: list[Sheet] = []
        self._looks: dict[Look, int] = {}

    def sheet(self, title: str, columns: Sequence[Column]) -> "Sheet":
        """The next sheet, with its head; it is frozen, and every column can be filtered."""
        made = Sheet(self, self._folder / f"{len(self._sheets)}", title, columns)
        self._sheets.append(made)
        made.head()
        return made

    def look(self, look: Look) -> int:
        """The number of a style."""
        return self._looks.setdefault(look, len(self._looks) + 1)  # 0 is the plain one

    def save(self, out: Path) -> None:
        """Write the file, in place of the folder."""
        ready = out.with_name(f"{out.name}.ready")
        named = [(sheet.title, sheet.area) for sheet in self._sheets]
        try:
            with zipfile.ZipFile(ready, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                for name, text in parts.around(named, list(self._looks)):
                    archive.writestr(name, text)
                for number, sheet in enumerate(self._sheets, start=1):
                    with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                        sheet.copy_to(part)
            self.close()
            shutil.rmtree(out)
            ready.replace(out)
        finally:
            ready.unlink(missing_ok=True)

    def close(self) -> None:
        """Close what is open, all of it: on a full disk each may fail."""
        with ExitStack() as files:
            for sheet in self._sheets:
                files.callback(sheet.close)


class Sheet:
    """One sheet under way: its rows lie in a file until all of the book is known."""

    def __init__(self, sheets: Sheets, path: Path, title: str, columns: Sequence[Column]) -> None:
        self.title = title
        self.rows = 0  # without the head
        self._sheets = sheets
        self._columns = columns
        self._letters = parts.letters(len(columns))
        self._looks: dict[Look, int] = {}
        self._path = path
        self._file: TextIO = path.open("w", encoding="utf-8", newline="")

    @property
    def area(self) -> str:
        """All cells, as “A1:C7”."""
        return f"A1:{self._letters[-1] if self._letters else 'A'}{self.rows + 1}"

    def head(self) -> None:
        """The names of the columns."""
        self._write([column.name for column in self._columns], {}, is_head=True)

    def add(self, values: Sequence[Cell], colours: Mapping[int, str] | None = None) -> None:
        """One row; `colours` fill cells by their number."""
        self.rows += 1
        if self.rows >= LARGEST_SHEET:
            raise FactdeskError(
                f"The sheet “{self.title}” would have more than {LARGEST_SHEET:,} rows, the most a workbook can hold.",
                "Export one case or fewer articles, or choose CSV.",
            )
        self._write(values, colours or {})

    def copy_to(self, part: Any) -> None:
        """The whole part of the file."""
        self.close()
        widths = [column.width for column in self._columns]
        part.write(parts.before_rows(self.area, widths).encode())
        with self._path.open("rb") as rows:
            shutil.copyfileobj(rows, part, _CHUNK)
        part.write(parts.after_rows(self.area).encode())

    def close(self) -> None:
        """No more rows."""
        self._file.close()

    def _write(self, values: Sequence[Cell], colours: Mapping[int, str], *, is_head: bool = False) -> None:
        """Cells that hold something; a text is a text, never a formula or an error code, whatever it begins with."""
        row = self.rows + 1
        found = [f'<row r="{row}">']
        for number, value in enumerate(values):
            if value is None or value == "":
                continue
            text = cell_text(value, self._sheets.changes) if isinstance(value, str) else ""
            look = Look(colours.get(number, ""), is_head, text.startswith(_TAKEN_FOR_A_FORMULA))
            style = self._looks.get(look)
            if style is None:
                style = self._looks[look] = self._sheets.look(look)
            place = f'<c r="{self._letters[number]}{row}" s="{style}"'
            if text:
                found.append(
                    f'{place} t="inlineStr"><is><t xml:space="preserve">{text.translate(_IN_XML)}</t></is></c>'
                )
            else:
                found.append(f"{place}><v>{value!r}</v></c>")
        found.append("</row>")
        self._file.write("".join(found))
