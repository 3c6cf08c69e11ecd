"""Values that the schema of a project forbids: a damaged file, or the work of somebody with other tools. Told, not stumbled over.

Where a row becomes a value, what does not fit is told with its table and id (`from_row`), and so is what should be JSON
(`stored_json`). Whatever else stumbles asks `damage_behind` whether the file is to blame.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from factdesk.errors import DamagedError, FactdeskError
from factdesk.store.connection import Queryable, open_reader
from factdesk.store.faults import damaged
from factdesk.store.opening import is_writable

T = TypeVar("T")
P = ParamSpec("P")

STUMBLES = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError, RuntimeError)
"""What code raises that meets a value which cannot be; a bug of ours may raise the same."""

REMEDY = "Run `factdesk check` on it, and go back to a backup."

_JSON: Mapping[str, Mapping[str, str]] = {
    "analyses": {"sentences": "array"},
    "claims": {"features": "array", "attribution": "array", "stated_values": "array"},
    "analysis_runs": {"changed": "object"},
    "places": {"place": "object"},
    "settings": {"value": ""},
    "row_changes": {"before": "object", "after": "object"},
}
"""Columns that hold JSON, and of what shape."""


def from_row(
    table: str,
) -> Callable[[Callable[Concatenate[sqlite3.Row, P], T]], Callable[Concatenate[sqlite3.Row, P], T]]:
    """For functions that make a value of a row: what does not fit is told as damage, with the table and the row's id."""

    def decorated(make: Callable[Concatenate[sqlite3.Row, P], T]) -> Callable[Concatenate[sqlite3.Row, P], T]:
        @wraps(make)
        def told(row: sqlite3.Row, /, *args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return make(row, *args, **kwargs)
            except (*STUMBLES, DamagedError) as error:
                raise _does_not_fit(table, row, error) from error

        return told

    return decorated


def stored_json(text: Any, what: str, shape: type[T]) -> T:
    """JSON as the project holds it, a list or a dictionary; raises DamagedError, naming what it is, when it is none."""
    try:
        value = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedError(f"{what} cannot be read ({error}): the project is damaged.", REMEDY) from error
    if not isinstance(value, shape):
        raise DamagedError(f"{what} is of another kind than it should be: the project is damaged.", REMEDY)
    return value


def damage_behind(error: BaseException, path: Path) -> DamagedError | None:
    """The damage that made something stumble; None when the file keeps all its rules, so that it is a bug of ours."""
    if not isinstance(error, STUMBLES) or isinstance(error, FactdeskError):
        return None
    try:
        with open_reader(path, writable_place=is_writable(path)) as reader:
            found = first_damage(reader)
    except DamagedError as damage:
        return damage
    except FactdeskError:
        return None
    return None if found is None else damaged(path, found)


def first_damage(r: Queryable) -> str | None:
    """The first rule that a project does not keep, in words: of its pages and types, its references, its JSON, its places."""
    answer = str(r.value("PRAGMA integrity_check(1)"))
    if answer != "ok":
        return answer
    row = r.one("PRAGMA foreign_key_check")
    if row is not None:
        return f"row {row['rowid']} of {row['table']} refers to something in {row['parent']} that is not there"
    return next(shape_problems(r), None)


def shape_problems(r: Queryable) -> Iterator[str]:
    """What no rule of the schema says: JSON that is none or of another shape, and places outside of their article."""
    for table, columns in _JSON.items():
        for column, shape in columns.items():
            wrong = f"NOT json_valid({column})" + (f" OR json_type({column}) <> '{shape}'" if shape else "")
            number = r.value(f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND ({wrong})")
            if number:
                yield f"The column {column} of {table} holds in {number} rows what is no JSON of its shape"
    for table in ("claims", "mentions", "evidence"):
        rows = r.rows(f'SELECT m.id FROM {table} m JOIN articles a ON a.id = m.article_id WHERE m."end" > a.length')
        for row in rows:
            yield f"Row {row['id']} of {table} lies outside of its article"


def _does_not_fit(table: str, row: sqlite3.Row, error: Exception) -> DamagedError:
    name = str(row["id"])[:40] if "id" in row.keys() else "?"  # noqa: SIM118 - a row is no mapping
    why = error.message if isinstance(error, FactdeskError) else f"it holds what does not belong there ({error})"[:200]
    return DamagedError(f"Row {name} of {table} is damaged: {why.rstrip('.')}.", REMEDY)
