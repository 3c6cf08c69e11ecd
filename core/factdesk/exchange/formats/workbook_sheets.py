"""Sheets of a workbook that no program takes for more than text and numbers, written row by row with openpyxl."""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from factdesk.errors import FactdeskError
from factdesk.exchange.claim_rows import Cell

LARGEST_CELL = 32_767  # characters, as Excel counts them: UTF-16 units
LARGEST_SHEET = 1_048_576  # rows
MOST_COLUMNS = 16_384

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 cannot hold them
_FORMULA = re.compile(rb"<f[ >/]|<c [^>]*t=\"(?:e|str)\"")
_CHUNK = 1 << 20
_TAKEN_FOR_A_CODE = re.compile("_x[0-9A-Fa-f]{4}_")
_TAKEN_FOR_A_FORMULA = tuple("=+-@＝＋－＠")


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


@contextmanager
def sheets_at(out: Path) -> Iterator["Sheets"]:
    """A workbook under way. Until it is saved its place is a folder for what openpyxl keeps on the disk meanwhile.

    So a killed export leaves no text of an article in the folder for temporary files.
    """
    before = tempfile.tempdir
    out.mkdir()
    tempfile.tempdir = str(out)
    sheets = Sheets()
    try:
        yield sheets
    except BaseException:
        sheets.give_up()
        raise
    finally:
        tempfile.tempdir = before


class Sheets:
    """A workbook under way; see `sheets_at`."""

    def __init__(self) -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font, PatternFill

        self.changes = Changes()
        self._book = Workbook(write_only=True)
        self._top = Alignment(vertical="top", wrap_text=True)
        self._bold = Font(bold=True)
        self._fill = PatternFill

    def sheet(self, title: str, columns: Sequence[Column]) -> "Sheet":
        """The next sheet, with its head; it is frozen, and every column can be filtered."""
        return Sheet(self, self._book.create_sheet(title), title, columns)

    def save(self, out: Path) -> None:
        """Write the file, in place of the folder."""
        self._book.save(out / "book")
        ready = out.with_name(f"{out.name}.ready")
        (out / "book").replace(ready)
        shutil.rmtree(out)
        ready.replace(out)

    def give_up(self) -> None:
        """Close what openpyxl has open, which it would complain about later."""
        for sheet in self._book.worksheets:
            if not sheet.closed:
                sheet.close()

    def model(self, sheet: Any, colour: str, *, is_head: bool, is_quoted: bool) -> Any:
        """A cell that looks as asked for: styles cost time, so that one serves for all of its look."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet)
        cell.alignment = self._top
        cell.quotePrefix = is_quoted
        if is_head:
            cell.font = self._bold
        if colour:
            cell.fill = self._fill("solid", start_color=colour)
        return cell


class Sheet:
    """One sheet under way."""

    def __init__(self, sheets: Sheets, sheet: Any, title: str, columns: Sequence[Column]) -> None:
        from openpyxl.utils import get_column_letter

        self._sheets = sheets
        self._sheet = sheet
        self._title = title
        self._last = get_column_letter(max(1, len(columns)))
        self.rows = 0  # without the head
        sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._models: dict[tuple[str, bool, bool], Any] = {}
        sheet.append(self._cells([column.name for column in columns], {}, is_head=True))

    def add(self, values: Sequence[Cell], colours: Mapping[int, str] | None = None) -> None:
        """One row; `colours` fill cells by their number."""
        self.rows += 1
        if self.rows >= LARGEST_SHEET:
            raise FactdeskError(
                f"The sheet “{self._title}” would have more than {LARGEST_SHEET:,} rows, the most a workbook can hold.",
                "Export one case or fewer articles, or choose CSV.",
            )
        self._sheet.append(self._cells(values, colours or {}))

    def _cells(self, values: Sequence[Cell], colours: Mapping[int, str], *, is_head: bool = False) -> Iterator[Any]:
        """Cells that hold just these values; each is written before the next is made."""
        for number, value in enumerate(values):
            if value is None or value == "":
                yield None
                continue
            text = cell_text(value, self._sheets.changes) if isinstance(value, str) else ""
            key = (colours.get(number, ""), is_head, text.startswith(_TAKEN_FOR_A_FORMULA))
            cell = self._models.get(key)
            if cell is None:
                cell = self._models[key] = self._sheets.model(self._sheet, key[0], is_head=is_head, is_quoted=key[2])
            cell.value = text or value
            if text:
                cell.data_type = "s"  # never a formula or an error code, whatever it begins with
            yield cell

    def close(self) -> None:
        """Let every column be filtered; after the last row."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self.rows + 1}"
