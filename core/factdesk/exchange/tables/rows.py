"""Tables as files have them: CSV and its relatives, spreadsheets, JSON lines and lists; row by row, within limits."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.kinds.plain import decoded_text
from factdesk.exchange.readings import BadPart, ReadOptions, SourceFile
from factdesk.exchange.tables.dialects import Dialect, dialect_of
from factdesk.exchange.tables.workbooks import first_sheet, is_workbook
from factdesk.text.decode import Decoded

MOST_COLUMNS = 2_000
_LONGEST_NAME = 200  # characters of a column's name; a longer one is a text, and the table has no head
_DEEPEST = 4  # objects inside objects whose keys become columns
_OWN_HINT = "Choose File, New project from an export; it keeps ids, authors and history."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place in words, and its cells by the names of their columns; empty ones are "" or left out."""

    place: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a table. `rows` can be gone through once.

    Attributes:
        columns: as the head names them; names that stand twice are numbered, missing ones are letters.
        delimiter: of a text file; "" for others.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row | BadPart]
    sheet: str = ""
    delimiter: str = ""
    decoded: Decoded | None = None


def open_table(file: SourceFile, options: ReadOptions) -> Table:
    """A file as a table, whatever its kind. Raises ImportRefusedError when it is none."""
    if is_workbook(file.data):
        return _of_workbook(file)
    decoded = decoded_text(file, options)
    text = decoded.text.removeprefix("\ufeff")
    begin = text[:4096].lstrip()
    is_json = file.suffix in {".json", ".jsonl", ".ndjson"}
    if begin.startswith("{") and (is_json or '"' in begin[:10]):
        _refuse_own(file, text)
        return _of_objects(file, text, decoded)
    if begin.startswith("[") and (is_json or begin[1:].lstrip().startswith("{")):
        return _of_list(file, text, decoded)
    if is_json:
        raise ImportRefusedError(f"{file.quoted} holds no JSON objects.", "Each article must be an object of its own.")
    return _of_text(file, text, decoded)


# text with delimiters ------------------------------------------------------------------------------------------------


def _of_text(file: SourceFile, text: str, decoded: Decoded) -> Table:
    dialect = dialect_of(text, prefer_tab=file.suffix in {".tsv", ".tab"})
    records = _records(text, dialect)
    first = next(records, None)
    while isinstance(first, BadPart) or (first is not None and not any(map(str.strip, first[1]))):
        first = next(records, None)
    if first is None:
        raise ImportRefusedError(f"{file.quoted} is no table: no row of it can be read.", "Check what it is.")
    columns, is_head = column_names(file, first[1])
    if not is_head and len(columns) == 1:
        raise ImportRefusedError(f"{file.quoted} is no table: it has no columns.", "A text ends in .txt; rename it.")
    data = records if is_head else _with_first(first, records)
    return Table(columns, _named_rows(columns, data), delimiter=dialect.delimiter, decoded=decoded)


def _records(text: str, dialect: Dialect) -> Iterator[tuple[int, list[str]] | BadPart]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # a cell may be a whole article
    reader = dialect.reader(io.StringIO(text, newline=""))
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadPart(f"row {number}", f"it cannot be read ({error})")


def _with_first(
    first: tuple[int, list[str]], records: Iterator[tuple[int, list[str]] | BadPart]
) -> Iterator[tuple[int, list[str]] | BadPart]:
    yield first
    yield from records


def _named_rows(
    columns: tuple[str, ...], records: Iterator[tuple[int, list[str]] | BadPart]
) -> Iterator[Row | BadPart]:
    width = len(columns)
    for record in records:
        if isinstance(record, BadPart):
            yield record
            continue
        number, cells = record
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if len(cells) != width:
            yield BadPart(f"row {number}", f"it has {_cells(len(cells))}, the head {width}")
            continue
        yield Row(f"row {number}", dict(zip(columns, cells, strict=True)))


def column_names(file: SourceFile, cells: list[str]) -> tuple[tuple[str, ...], bool]:
    """The names of the columns from the first row, and whether that is a head: texts name no columns."""
    if len(cells) > MOST_COLUMNS:
        raise ImportRefusedError(f"{file.quoted} has more than {MOST_COLUMNS:,} columns.", "Check what it is.")
    names = [" ".join(cell.split()) for cell in cells]
    is_head = all(len(name) <= _LONGEST_NAME for name in names)
    if not is_head:
        names = [""] * len(names)
    used: dict[str, int] = {}
    for index, given in enumerate(names):
        name = given or f"column {_letters(index)}"
        used[name] = used.get(name, 0) + 1
        names[index] = name if used[name] == 1 else f"{name} ({used[name]})"
    if len(set(names)) < len(names):  # “a”, “a”, “a (2)”
        names = [f"{name} [{_letters(index)}]" for index, name in enumerate(names)]
    return tuple(names), is_head


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


# spreadsheets --------------------------------------------------------------------------------------------------------


def _of_workbook(file: SourceFile) -> Table:
    sheet, rows = first_sheet(file)
    number, cells = next(rows)
    columns, is_head = column_names(file, cells)
    data = rows if is_head else _chained((number, cells), rows)
    return Table(columns, _padded(columns, data), sheet=sheet)


def _chained(first: tuple[int, list[str]], rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rows


def _padded(columns: tuple[str, ...], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row | BadPart]:
    """Spreadsheets leave empty cells at the end of a row out; cells beyond the head have no column."""
    width = len(columns)
    for number, cells in rows:
        if len(cells) > width:
            yield BadPart(f"row {number}", f"it has {_cells(len(cells))}, the head {width}")
        else:
            yield Row(f"row {number}", dict(zip(columns, cells, strict=False)))


# JSON ----------------------------------------------------------------------------------------------------------------


def _of_objects(file: SourceFile, text: str, decoded: Decoded) -> Table:
    """One object a line; or one object over many lines, which may hold a list of objects."""
    first = text.lstrip().partition("\n")[0]
    if _object(first) is None:
        whole = _json(text)
        if isinstance(whole, dict):
            return _of_values(file, _list_inside(whole), decoded)
    elif text.strip().count("\n") == 0 and isinstance(whole := _json(text), dict):
        return _of_values(file, _list_inside(whole), decoded)
    columns = _columns(file, (row for row in _lines(text) if isinstance(row, Row)))
    if not columns:
        raise ImportRefusedError(f"{file.quoted} holds no JSON objects that can be read.", "Check what it is.")
    return Table(columns, _lines(text), decoded=decoded)


def _lines(text: str) -> Iterator[Row | BadPart]:
    start, number = 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line, start = text[start:end].strip(), end + 1
        number += 1
        if not line:
            continue
        value = _object(line)
        if value is None:
            yield BadPart(f"line {number}", "it is no JSON object")
        else:
            yield Row(f"line {number}", _flat(value))


def _of_list(file: SourceFile, text: str, decoded: Decoded) -> Table:
    whole = _json(text)
    if not isinstance(whole, list):
        raise ImportRefusedError(
            f"{file.quoted} is broken JSON: it ends too early or errs.", "Save it anew in the program it comes from."
        )
    return _of_values(file, whole, decoded)


def _of_values(file: SourceFile, values: list[Any], decoded: Decoded) -> Table:
    def rows() -> Iterator[Row | BadPart]:
        for number, value in enumerate(values, 1):
            if isinstance(value, dict):
                yield Row(f"entry {number}", _flat(value))
            else:
                yield BadPart(f"entry {number}", "it is no JSON object")

    columns = _columns(file, (row for row in rows() if isinstance(row, Row)))
    if not columns:
        raise ImportRefusedError(f"{file.quoted} holds no JSON objects.", "Each article must be an object of its own.")
    return Table(columns, rows(), decoded=decoded)


def _columns(file: SourceFile, rows: Iterator[Row]) -> tuple[str, ...]:
    """The keys of all objects, in the order in which they first come."""
    found: dict[str, None] = {}
    for row in rows:
        found.update(dict.fromkeys(row.cells))
        if len(found) > MOST_COLUMNS:
            raise ImportRefusedError(
                f"{file.quoted} has more than {MOST_COLUMNS:,} different keys.", "Check what it is."
            )
    return tuple(found)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _object(line: str) -> dict[str, Any] | None:
    value = _json(line)
    return value if isinstance(value, dict) else None


def _list_inside(whole: dict[str, Any]) -> list[Any]:
    """The longest list of objects among the values of an object, such as its “articles”; else the object itself."""
    lists = [
        value
        for value in whole.values()
        if isinstance(value, list) and value and all(isinstance(v, dict) for v in value)
    ]
    has_text = any(isinstance(value, str) and len(value) > _LONGEST_NAME for value in whole.values())
    return [whole] if not lists or has_text else max(lists, key=len)


def _flat(value: dict[str, Any], prefix: str = "", depth: int = 1) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, inner in value.items():
        name = prefix + key
        if isinstance(inner, dict) and inner and depth < _DEEPEST:
            cells |= _flat(inner, f"{name}.", depth + 1)
        else:
            cells[name] = _cell(inner)
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return ""


def _refuse_own(file: SourceFile, text: str) -> None:
    head = _object(text[:1_000_000].lstrip().partition("\n")[0])
    if head and head.get("type") == "project" and head.get("format") == "factdesk":
        raise ImportRefusedError(f"{file.quoted} is an export of Factdesk.", _OWN_HINT)
