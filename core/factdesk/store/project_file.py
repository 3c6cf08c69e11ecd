"""Making a project file, opening it for writing, and copying it while it is open."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from factdesk.clock import utc_now
from factdesk.errors import ProjectError, ReadOnlyError
from factdesk.model.ids import new_id
from factdesk.store.connection import connect
from factdesk.store.faults import translate, translate_os
from factdesk.store.opening import check_version, is_current
from factdesk.store.sessions import clean_name, ensure_reviewer
from factdesk.store.version import SCHEMA, schema_name

_CACHE = 16_384  # kilobytes: an operation on tens of thousands of claims stays in memory until it is whole


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A file was brought up to date."""

    was: str  # schemas, such as 1.0
    now: str
    copy: Path  # the file as it was before


def create_file(path: Path, *, reviewer: str, case_name: str) -> None:
    """A new project with one case. It appears under its name only when it is complete."""
    _refuse_existing(path)
    name = clean_name(reviewer)
    part = _part(path)
    try:
        part.unlink(missing_ok=True)
        with closing(connect(part, "rwc")) as connection:
            _fill(connection, name, " ".join(case_name.split()) or "Case 1")
        part.replace(path)
    except sqlite3.Error as error:
        raise _cannot_create(path, error) from error
    except OSError as error:
        raise _cannot_make(path, error) from error
    finally:
        _discard(part)


def connect_for_writing(path: Path, tell: Callable[[Upgrade], object] | None = None) -> sqlite3.Connection:
    """The write connection of an existing project: each commit is on the disk when it returns.

    An older file is copied and brought up to date first, which `tell` hears of.

    trusted_schema stays on here: SQLite before 3.44 refuses FTS5 tables inside triggers otherwise, and the
    triggers are what keeps the search index in step. No function of ours is registered on any connection.
    """
    connection = None
    try:
        connection = connect(path, "rw")
        version = check_version(connection, path)  # before anything writes: the file may be somebody else's
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        if not is_current(version):
            from factdesk.store.migrations import migrate  # noqa: PLC0415 - imports sqlite-utils, seldom needed

            copy = migrate(connection, path, version)
            if copy is not None and tell is not None:
                tell(Upgrade(schema_name(version), schema_name(SCHEMA), copy))
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise translate(error, path, f"{path} could not be opened for writing") from error
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def copy_file(connection: sqlite3.Connection, path: Path, target: Path) -> None:
    """Write what an open connection to `path` sees to a new file, which appears only when it is complete."""
    _refuse_existing(target)
    part = _part(target)
    try:
        part.unlink(missing_ok=True)
        with closing(connect(part, "rwc")) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target.with_name(target.name + "-wal").unlink(missing_ok=True)  # of a deleted project that had this name
        part.replace(target)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL}:
            raise _cannot_create(target, error) from error
        raise translate(error, path) from error
    except OSError as error:
        raise _cannot_make(target, error) from error
    finally:
        _discard(part)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise ProjectError(f"There is already a file {path}.", "Open it, or choose another name.")


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _fill(connection: sqlite3.Connection, reviewer: str, case_name: str) -> None:
    from factdesk.store.migrations import create_schema  # noqa: PLC0415 - imports sqlite-utils, seldom needed

    connection.execute("PRAGMA journal_mode = WAL")
    create_schema(connection)
    connection.execute("BEGIN IMMEDIATE")
    reviewer_id = ensure_reviewer(connection, reviewer)
    connection.execute(
        "INSERT INTO cases (id, name, created_at, made_by) VALUES (?, ?, ?, ?)",
        (new_id(), case_name, utc_now(), reviewer_id),
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _cannot_create(path: Path, error: sqlite3.Error) -> ProjectError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN:
        return ReadOnlyError(f"{path} cannot be made.", "Choose a folder that exists and that you can write to.")
    return translate(error, path, f"{path} could not be made")


def _cannot_make(path: Path, error: OSError) -> ProjectError:
    return translate_os(error, f"{path} cannot be made", "Choose a folder that exists and that you can write to.")


def _discard(part: Path) -> None:
    for leftover in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
        try:
            leftover.unlink(missing_ok=True)
        except OSError:
            return  # the folder went read-only or away: nothing more to tidy
