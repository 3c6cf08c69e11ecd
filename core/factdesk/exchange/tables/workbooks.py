"""Spreadsheets (XLSX): the first sheet that holds something, as rows of text."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.office.packages import Package
from factdesk.exchange.readings import SourceFile

KIND = "spreadsheet"
_MOST_ROWS = 1_048_576  # what a sheet can have
_MOST_BLANK = 5_000  # one after the other, before the rest counts as empty
_SAVE = "Save it as CSV (UTF-8) in a spreadsheet program, and import that."


def is_workbook(data: bytes) -> bool:
    """Whether a file begins as a spreadsheet's archive does."""
    return data.startswith(b"PK\x03\x04")


def first_sheet(file: SourceFile) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """The name of the first sheet with content, and its rows that hold something, each with its number.

    Formulas give their stored results, dates their ISO 8601. Raises ImportRefusedError when there is no such sheet.
    """
    package = Package(file, KIND)
    if not any(name.startswith("xl/") for name in package.names):
        raise ImportRefusedError(f"{file.quoted} is a ZIP archive, but no spreadsheet.", "Check what is in it.")
    package.check_declarations()
    try:
        for sheet in _open(file).worksheets:
            sheet.reset_dimensions()  # many programs write them wrong
            rows = _rows(file, sheet)
            first = next(rows, None)
            if first is not None:
                return sheet.title, _from(first, rows)
    except _faults() as error:
        raise _broken(file, error) from error
    raise ImportRefusedError(f"{file.quoted} has no sheet with anything in it.", "There is nothing to import from it.")


def _open(file: SourceFile) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that it leaves out
        return load_workbook(BytesIO(file.data), read_only=True, data_only=True, keep_links=False)


def _rows(file: SourceFile, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    blank = 0
    values = sheet.iter_rows(values_only=True)
    try:
        for number, row in enumerate(values, 1):
            cells = [_cell(value) for value in row]
            while cells and not cells[-1].strip():
                cells.pop()
            blank = 0 if cells else blank + 1
            if blank > _MOST_BLANK or number > _MOST_ROWS:
                return
            if cells:
                yield number, cells
    except _faults() as error:
        raise _broken(file, error) from error


def _from(first: tuple[int, list[str]], rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rows


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return value.date().isoformat() if whole_day else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _faults() -> tuple[type[Exception], ...]:
    """What openpyxl and its XML parsers raise for broken files."""
    import xml.etree.ElementTree as ET
    import zipfile

    from lxml.etree import LxmlError
    from openpyxl.utils.exceptions import InvalidFileException

    return (
        *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, OSError, EOFError),
        *(zipfile.BadZipFile, ET.ParseError, LxmlError, InvalidFileException, RecursionError),
    )


def _broken(file: SourceFile, error: Exception) -> ImportRefusedError:
    reason = f"{type(error).__name__}: {error}"[:200]
    return ImportRefusedError(f"{file.quoted} is a broken spreadsheet ({reason}).", _SAVE)
