"""Connections to a project file: settings each one gets, and the reader that screens use."""

import json
import os
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from factdesk.errors import ReadOnlyError
from factdesk.store.faults import translate

BUSY_TIMEOUT = 5.0  # seconds
_LONGEST = 512 * 1024 * 1024  # bytes of one value or row: an original or an attached file at most
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 200),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 20),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 10_000),
)

Params = Sequence[Any] | Mapping[str, Any]


class Queryable(Protocol):
    """What query functions need: a Reader, or the Transaction of a running operation."""

    def rows(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """All rows."""

    def one(self, sql: str, params: Params = ()) -> sqlite3.Row | None:
        """The first row, or None."""

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""

    def numbers(self, sql: str, params: Params = ()) -> "array[int]":
        """The first column of all rows as 64-bit integers, made without a tuple for each in Python."""

    def lists(self, columns: str, sql: str, params: Params = ()) -> list[list[Any]]:
        """These columns (text, integers, NULL) of all rows, in one step of SQLite."""


class Queries:
    """The reading side that readers and transactions share.

    sqlite3 gives Python's lock away and takes it back for each row. While another thread is busy in Python, each of
    these may wait for milliseconds. So rows that grow with the project are put together inside SQLite and come over as
    one value: `lists`.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def rows(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """All rows."""
        with self._translated():
            rows: list[sqlite3.Row] = self._connection.execute(sql, params).fetchall()
            return rows

    def one(self, sql: str, params: Params = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        with self._translated():
            row: sqlite3.Row | None = self._connection.execute(sql, params).fetchone()
            return row

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    def numbers(self, sql: str, params: Params = ()) -> "array[int]":
        """The first column of all rows as 64-bit integers."""
        with self._translated():
            cursor = self._connection.cursor()
            cursor.row_factory = None  # plain tuples are cheaper than Row
            return array("q", chain.from_iterable(cursor.execute(sql, params)))

    def lists(self, columns: str, sql: str, params: Params = ()) -> list[list[Any]]:
        """These columns (text, integers, NULL) of all rows; the query must have no LIMIT."""
        # LIMIT -1 keeps SQLite from dropping the order of what it takes for a mere part of a sum.
        together = self.value(f"SELECT json_group_array(json_array({columns})) FROM ({sql} LIMIT -1)", params)
        rows: list[list[Any]] = json.loads(together)
        return rows

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                raise QueryInterruptedError from error
            if isinstance(error, sqlite3.ProgrammingError):  # a bug of ours, not the user's case
                raise
            raise translate(error, self._path) from error


class QueryInterruptedError(Exception):
    """The query was stopped by `Reader.interrupt` because its answer is not wanted any more."""


class Reader(Queries):
    """A read-only connection; used by one thread, that makes it and closes it."""

    def interrupt(self) -> None:
        """Stop a running query; the only method that any thread may call."""
        self._connection.interrupt()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    @contextmanager
    def snapshot(self) -> Iterator["Reader"]:
        """Everything read inside sees the project at one moment, whatever is written meanwhile."""
        with self._translated():
            self._connection.execute("BEGIN")
        try:
            yield self
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


class _Connection(sqlite3.Connection):
    """Tells damage as damage even where SQLite quotes bytes of the file that are no text."""

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError as error:  # sqlite3 cannot make its own error of the words of SQLite
            damage = sqlite3.DatabaseError(error.object.decode("utf-8", "replace"))
            damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damage from error


def connect(path: Path, mode: str, *, immutable: bool = False) -> sqlite3.Connection:
    """A bare connection in SQLite's URI mode (ro, rw or rwc) with the settings every connection needs."""
    uri = path.absolute().as_uri() + f"?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None, factory=_Connection)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    _set_limits(connection)
    return connection


def _set_limits(connection: sqlite3.Connection) -> None:
    """What no project needs is refused by SQLite itself."""
    for category, most in _LIMITS:
        connection.setlimit(category, min(most, connection.getlimit(category)))
    connection.execute("PRAGMA cell_size_check = ON")


def copied(path: Path, part: Path) -> sqlite3.Connection:
    """A connection to a new file that holds what a project holds now, also what is still in its -wal file.

    The project may be written meanwhile. The caller closes the connection and gives the file its name.
    """
    part.unlink(missing_ok=True)
    with closing(connect(path, "rw" if os.access(path, os.W_OK) else "ro")) as source:
        copy = sqlite3.connect(part, isolation_level=None)
        copy.row_factory = sqlite3.Row
        try:
            source.backup(copy)
        except BaseException:
            copy.close()
            raise
    return copy


def open_reader(path: Path, *, writable_place: bool = True, traceless: bool = False) -> Reader:
    """A reader. In a place that cannot be written SQLite gets help with the WAL (see below).

    A traceless one leaves no file beside the project, not even for a moment. It must be closed when `has_wal` says that
    somebody begins to write: it would not notice.
    """
    try:
        connection = _connect_reader(path, writable_place=writable_place and not traceless)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if not writable_place and has_wal(path):
            raise ReadOnlyError(
                f"{path} was not closed in good order, and its newest decisions are in {_rest(path)} beside it, "
                "which cannot be read in a write-protected folder.",
                "Copy both files together to a folder of your own, and open the copy.",
            ) from error
        raise translate(error, path) from error
    except sqlite3.Error as error:
        raise translate(error, path) from error
    return Reader(connection, path)


def _connect_reader(path: Path, *, writable_place: bool) -> sqlite3.Connection:
    if writable_place:
        # Not mode=ro: whichever connection closes last tidies the -wal file away, and that may be a reader.
        return connect(path, "rw")
    # To read a WAL database SQLite makes a -shm file beside it, which a read-only place does not allow. With no
    # -wal file everything is in the main file and nobody can be writing, so it is safe to call it immutable. With
    # one, immutable would overlook the newest decisions: then only the plain way is tried, which works if the -shm
    # file is there too.
    return connect(path, "ro", immutable=not has_wal(path))


def has_wal(path: Path) -> bool:
    """Whether somebody writes to the project, or left its newest decisions beside it."""
    return bool(_rest(path))


def _rest(path: Path) -> str:
    """The file beside a project without which it is not whole, "" if there is none.

    A -journal is left by other programs and by copies: it holds what must be put back first.
    """
    for end in ("-wal", "-journal"):
        with suppress(OSError):
            if path.with_name(path.name + end).stat().st_size > 0:
                return f"{path.name}{end}"
    return ""
