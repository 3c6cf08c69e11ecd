"""What can still be read of a damaged project, put into a new one, with a report of what could not.

The damaged file is only read. Its rows are taken from its pages one by one, so that a broken page costs the rows on it and
no others, and each must be one that a project may hold. The new file is whole: everything refers to something.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from factdesk.errors import DamagedError, ProjectError
from factdesk.store.check import check_project
from factdesk.store.connection import Queries, connect
from factdesk.store.faults import translate
from factdesk.store.mending import Mended, mend
from factdesk.store.raw_pages import RawPages, Tree, Value

WORDS = {
    "articles": ("article", "articles"),
    "originals": ("original file", "original files"),
    "claims": ("claim", "claims"),
    "mentions": ("mention", "mentions"),
    "entities": ("entity", "entities"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "attachments": ("attached file", "attached files"),
    "links": ("link", "links"),
    "clusters": ("cluster", "clusters"),
    "decisions": ("decision", "decisions"),
    "opinions": ("opinion of other reviewers", "opinions of other reviewers"),
    "operations": ("step of the history", "steps of the history"),
    "reviewers": ("reviewer", "reviewers"),
    "cases": ("case", "cases"),
    "settings": ("setting", "settings"),
}
"""What rows are called for people; what lies in all other tables is just something else."""

_CASES = frozenset({"cases", "case_articles"})
_NO_STEPS = frozenset({"places", "sessions", "settings", "analysis_runs", "originals", "attachments"})
"""Tables that undoing a step does not need."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """What came of it."""

    path: Path
    rows: dict[str, int]  # that are in the new file, by table
    lost: tuple[str, ...]  # in words: what could not be read, or could not be kept
    problems: tuple[str, ...]  # what a check of the new file says

    @property
    def words(self) -> str:
        """What is in the new file."""
        told = ("articles", "claims", "decisions", "evidence")
        return ", ".join(_counted(table, self.rows.get(table, 0)) for table in told)


@dataclass(slots=True)
class _Table:
    """A table of the new file, and what was found for it."""

    name: str
    columns: list[str]
    number: str  # the column that holds the row number, if there is one
    has_rowid: bool
    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    broken: int = 0
    refused: int = 0


def salvage(path: Path, target: Path) -> Salvage:
    """Read what can be read of a project, whatever its state, into a new file.

    Raises:
        DamagedError: nothing of a project is in the file.
        ProjectError: the file cannot be read, or the new one not be made.
    """
    if target.exists():
        raise ProjectError(f"There is already a file {target}.", "Choose another name; nothing is ever overwritten.")
    part = target.with_name(f".{target.name}.new")
    try:
        part.unlink(missing_ok=True)
        with closing(connect(part, "rwc")) as connection:
            done = _fill(connection, path, target, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise translate(error, target, f"{target} could not be made") from error
    except OSError as error:
        place = target if error.filename is None or str(part) in str(error.filename) else path
        raise ProjectError(
            f"{place} cannot be read or written ({error.strerror}).",
            "Check that the folder is there, may be written and has room, then try again.",
        ) from error
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                part.with_name(part.name + rest).unlink(missing_ok=True)
    return done


def _fill(connection: sqlite3.Connection, path: Path, target: Path, part: Path) -> Salvage:
    from factdesk.store.migrations import create_schema  # noqa: PLC0415 - imports sqlite-utils, seldom needed

    connection.execute("PRAGMA synchronous = OFF")
    create_schema(connection)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    tables = _tables(connection)
    with path.open("rb") as file:
        pages = RawPages(file, path.with_name(path.name + "-wal"))
        strays = _read(pages, tables)
        for table in tables.values():
            table.refused = _put_all(connection, table)
        for stray in strays:
            _place(connection, stray, [table for table in tables.values() if table.broken])
    incomplete = {table.name for table in tables.values() if table.broken or table.refused}
    if not any(_count(connection, name) for name in ("articles", "decisions")):
        raise DamagedError(
            f"Nothing of a project could be read in {path}.",
            "Go back to a backup of it, or ask whoever has a copy. Keep the file: it was not changed.",
        )
    mended = mend(connection, cases_are_whole=not incomplete & _CASES, history_is_whole=incomplete <= _NO_STEPS)
    connection.execute("COMMIT")
    rows = {name: _count(connection, name) for name in tables}
    problems = check_project(Queries(connection, part))
    return Salvage(target, rows, tuple(_lost(tables, mended)), tuple(problems))


def _tables(connection: sqlite3.Connection) -> dict[str, _Table]:
    made = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        "AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    found = {}
    for name, sql in made:
        about = connection.execute(f"PRAGMA table_info({name})").fetchall()
        has_rowid = (
            "WITHOUT ROWID" not in sql
        )  # where there is none, the key stands first in our tables, as in its rows
        numbers = [row["name"] for row in about if row["pk"] and row["type"] == "INTEGER"] if has_rowid else []
        found[name] = _Table(name, [row["name"] for row in about], numbers[0] if numbers else "", has_rowid)
    return found


def _read(pages: RawPages, tables: dict[str, _Table]) -> list[Tree]:
    """Gives the tables their rows; also the rows of pages to which no table leads any more, if one lacks some."""
    schema = pages.tree(1)
    known = set()
    for _, row in schema.rows:
        if len(row) < 5 or not isinstance(row[3], int) or row[3] < 2:
            continue
        found = pages.tree(row[3])
        table = tables.get(str(row[1]))
        if row[0] == "table" and table is not None:
            known.add(table.name)
            table.rows, table.broken = found.rows, found.broken
    for name in tables.keys() - known if schema.broken else ():
        tables[name].broken = 1
    pages.see_free()
    return list(pages.leaves()) if any(table.broken for table in tables.values()) else []


def _put_all(connection: sqlite3.Connection, table: _Table) -> int:
    return sum(not _put(connection, table, number, values) for number, values in table.rows)


def _put(connection: sqlite3.Connection, table: _Table, number: int, values: Sequence[Value]) -> bool:
    """Adds a row if a project may hold it; older files have fewer columns, and newer ones more at the end."""
    row = dict(zip(table.columns, values, strict=False))
    if table.number:
        row[table.number] = number
    elif table.has_rowid:
        row["rowid"] = number
    names = ", ".join(f'"{name}"' if name != "rowid" else name for name in row)
    try:
        connection.execute(
            f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )
    except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError):
        return False
    return True


def _place(connection: sqlite3.Connection, stray: Tree, tables: Sequence[_Table]) -> None:
    """Adds the rows of a page to the one table that takes most of them."""
    best, most = None, 0
    for table in tables:
        fitting = [row for row in stray.rows if len(row[1]) <= len(table.columns) and bool(row[0]) == table.has_rowid]
        connection.execute("SAVEPOINT trial")
        taken = sum([_put(connection, table, *row) for row in fitting])
        connection.execute("ROLLBACK TO trial")
        connection.execute("RELEASE trial")
        if taken > most:
            best, most = table, taken
    if best is not None:
        for row in stray.rows:
            _put(connection, best, *row)


def _lost(tables: dict[str, _Table], mended: Mended) -> list[str]:
    lines = []
    broken = [WORDS.get(name, ("", "other entries"))[1] for name, table in tables.items() if table.broken]
    if broken:
        parts = ", ".join(dict.fromkeys(sorted(broken, key="other entries".__eq__)))
        lines.append(f"Parts of the file could not be read, so some of these may be missing: {parts}.")
    for name in WORDS:
        if tables[name].refused:
            lines.append(f"Left out: {_counted(name, tables[name].refused)} that make no sense as they are stored.")
        if mended.left_out[name]:
            lines.append(
                f"Left out: {_counted(name, mended.left_out[name])} of which what they belong to could not be read."
            )
    if mended.without_original:
        lines.append(
            f"The original file of {_counted('articles', mended.without_original)} could not be read: "
            "the text stands in its place."
        )
    if any(table.broken or table.refused for name, table in tables.items() if name not in _NO_STEPS):
        lines.append("Steps from before cannot be undone in the new file; the history of decisions stays.")
    return lines


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _counted(table: str, count: int) -> str:
    one, many = WORDS[table]
    return f"{count:,} {one if count == 1 else many}"
