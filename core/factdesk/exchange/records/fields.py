"""How a row of a table and a record of a complete export become each other."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Row = dict[str, Any]
Record = dict[str, Any]

_HALF = re.compile("[\ud800-\udfff]")


class Kind(Enum):
    """What a field of a record may hold, and how it lies in its row."""

    TEXT = "a text"
    TEXT_OR_NULL = "a text or null"
    WHOLE = "a whole number"
    WHOLE_OR_NULL = "a whole number or null"
    REAL_OR_NULL = "a number or null"
    FLAG = "true or false"
    JSON = "an object or a list"  # a text of JSON in its row
    JSON_OR_NULL = "an object, a list or null"
    SPAN = "[start, end]"  # two columns
    SPAN_OR_NULL = "[start, end] or null"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and _HALF.search(value) is None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _is_real(value: Any) -> bool:
    return isinstance(value, float) or _is_whole(value)


def _is_span(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_whole, value)) and 0 <= value[0] < value[1]


_FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: _is_text,
    Kind.TEXT_OR_NULL: lambda value: value is None or _is_text(value),
    Kind.WHOLE: _is_whole,
    Kind.WHOLE_OR_NULL: lambda value: value is None or _is_whole(value),
    Kind.REAL_OR_NULL: lambda value: value is None or _is_real(value),
    Kind.FLAG: lambda value: isinstance(value, bool),
    Kind.JSON: lambda value: isinstance(value, dict | list),
    Kind.JSON_OR_NULL: lambda value: value is None or isinstance(value, dict | list),
    Kind.SPAN: _is_span,
    Kind.SPAN_OR_NULL: lambda value: value is None or _is_span(value),
}
_PACKED = frozenset({Kind.FLAG, Kind.JSON, Kind.JSON_OR_NULL, Kind.SPAN, Kind.SPAN_OR_NULL})


_EXPECTED = object()


class Field:
    """One field of a record and its column, or the two columns of a span."""

    __slots__ = ("columns", "fits", "is_plain", "kind", "name", "older")

    def __init__(self, name: str, kind: Kind = Kind.TEXT, column: str = "", end_column: str = "") -> None:
        self.name = name
        self.older = _EXPECTED  # what it holds in files of a version that did not have it yet
        self.kind = kind
        self.columns = (column or name, end_column) if end_column else (column or name,)
        self.is_plain = kind not in _PACKED  # looked up once: millions of values pass here
        self.fits = _FITS[kind]

    def since_2(self, older: Any) -> "Field":
        """The same field, which came with version 2 of the format."""
        self.older = older
        return self

    @property
    def is_new(self) -> bool:
        """Whether files of version 1 do not have it."""
        return self.older is not _EXPECTED

    def from_row(self, row: Mapping[str, Any]) -> Any:
        """The field's value for a record."""
        value = row[self.columns[0]]
        if self.is_plain or value is None:
            return value
        if self.kind is Kind.FLAG:
            return bool(value)
        return [value, row[self.columns[1]]] if len(self.columns) > 1 else json.loads(value)

    def into_row(self, value: Any) -> Row:
        """The columns for a record's value, which fits."""
        if len(self.columns) > 1:
            return dict(zip(self.columns, value or (None, None), strict=True))
        if self.kind is Kind.FLAG:
            value = int(value)
        elif not self.is_plain and value is not None:
            value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return {self.columns[0]: value}


@dataclass(frozen=True, slots=True)
class Shape:
    """One type of record."""

    type: str
    table: str
    fields: tuple[Field, ...]
    condition: str = "1"  # which rows are exported
    decided: str = ""  # which of them when only decisions are wanted; "" for the same
    page: int = 500

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the fields need."""
        return tuple(column for field in self.fields for column in field.columns)

    def wanted(self, *, decisions_only: bool) -> str:
        """The condition for rows to be exported."""
        return self.decided if decisions_only and self.decided else self.condition

    def from_row(self, row: Mapping[str, Any]) -> Record:
        """The record of a row."""
        record: Record = {"type": self.type}
        for field in self.fields:
            record[field.name] = row[field.columns[0]] if field.is_plain else field.from_row(row)
        return record

    def into_row(self, record: Record, version: int = 2) -> Row:
        """The row of a record; raises ValueError in words for one that is not of this shape."""
        row: Row = {}
        for field in self.fields:
            if field.name in record:
                value = record[field.name]
            elif version < 2 and field.is_new:
                value = field.older
            else:
                raise ValueError(f"“{field.name}” is missing")
            if not field.fits(value):
                raise ValueError(f"“{field.name}” must be {field.kind.value}")
            if field.is_plain:
                row[field.columns[0]] = value
            else:
                row |= field.into_row(value)
        return row
