"""Looking at a path before it is opened: is it a project, may it be written, can this version read it."""

import os
import sqlite3
from pathlib import Path

from factdesk.errors import BrokenFileError, DamagedError, ProjectError, ReadOnlyError, TooNewError, TooOldError
from factdesk.store.connection import Queries, Reader
from factdesk.store.defences import check_schema
from factdesk.store.faults import REMEDY, damaged
from factdesk.store.version import APPLICATION_ID, MAJOR, SCHEMA, major_of, schema_name

_MAGIC = b"SQLite format 3\x00"
_SUFFIX = ".factdesk"
_LEAST = 8192  # bytes: what is shorter was never a project
_PICK = "Choose a project file (its name ends in .factdesk), or make a new project and import your articles into it."


def check_path(path: Path) -> None:
    """Refuse what is no SQLite file at all, each case in its own words."""
    try:
        if path.is_dir():
            raise ProjectError(f"{path} is a folder, not a project file.", _PICK)
        if path.exists() and not path.is_file():  # whoever opens a pipe waits for ever
            raise ProjectError(f"{path} is no ordinary file.", _PICK)
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError as error:
        raise ProjectError(
            f"There is no file {path}.", "It may have been moved or renamed, or its disk is not connected."
        ) from error
    except PermissionError as error:
        raise ProjectError(
            f"{path} may not be read by you.", "Ask its owner for permission to read it, or open a copy of your own."
        ) from error
    except (OSError, RuntimeError) as error:  # a link that leads to itself is either
        why = getattr(error, "strerror", None) or "it is a link that leads to itself"
        raise ProjectError(f"{path} cannot be read ({why}).", "Check its disk, then try again.") from error
    if not head:
        raise DamagedError(
            f"{path} is empty: there is no project in it.", "Open a backup of it, or make a new project."
        )
    if head != _MAGIC and path.suffix == _SUFFIX and path.stat().st_size >= _LEAST:
        raise BrokenFileError(f"{path} is not a Factdesk project, or its beginning is damaged.", REMEDY)
    if head != _MAGIC:
        raise DamagedError(f"{path} is not a Factdesk project.", _PICK)


def check_writable(path: Path) -> None:
    """Refuse a file or folder that cannot be written; SQLite needs the folder too, for its -wal file."""
    if not os.access(path, os.W_OK):
        raise ReadOnlyError(
            f"{path} is write-protected.", "Open it for reading only, or copy it to a folder of your own."
        )
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyError(
            f"The folder of {path} is write-protected.", "Open it for reading only, or copy it to a folder of your own."
        )
    if path.stat().st_nlink > 1:  # SQLite's -wal file goes by the name, so one would not see what another writes
        raise ReadOnlyError(
            f"{path} has a second name (a hard link), and writing under two names would damage it.",
            "Copy it, and work in the copy; or open it for reading only.",
        )


def is_writable(path: Path) -> bool:
    """Whether the file and its folder can be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """The file's schema number, if it is a project that this version can read."""
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    user_version = _check_marks(path, application_id, int(connection.execute("PRAGMA user_version").fetchone()[0]))
    check_schema(Queries(connection, path), path)
    return user_version


def check_schema_number(reader: Reader, path: Path) -> int:
    """The file's schema number, as a reader sees it, if this version can read it or bring it up to date."""
    user_version = _check_marks(path, reader.value("PRAGMA application_id"), reader.value("PRAGMA user_version"))
    check_schema(reader, path)
    return user_version


def check_readable_as_it_is(reader: Reader, path: Path) -> None:
    """Refuse a file that would have to be brought up to date first, which a reader may not do."""
    user_version = check_schema_number(reader, path)
    if not is_current(user_version):
        raise TooOldError(
            f"{path} was made by an older Factdesk (its schema is {schema_name(user_version)}) and has to be brought up "
            "to date before it can be read.",
            "Open it once for writing, or use “factdesk upgrade”: the file as it was is kept beside it. If its place is "
            "write-protected, do that with a copy of it in a folder of your own.",
        )


def _check_marks(path: Path, application_id: int, user_version: int) -> int:
    if application_id != APPLICATION_ID and path.suffix == _SUFFIX:
        raise BrokenFileError(f"{path} is a database, but not a Factdesk project, or its beginning is damaged.", REMEDY)
    if application_id != APPLICATION_ID:
        raise DamagedError(f"{path} is a database, but not a Factdesk project.", _PICK)
    if user_version == 0:
        raise damaged(path, "it has no schema version")
    if major_of(user_version) > MAJOR:
        raise TooNewError(
            f"{path} was made by a newer Factdesk (its schema is {schema_name(user_version)}, this version knows "
            f"{schema_name(SCHEMA)}).",
            "Update Factdesk, or ask for an export (JSONL) and import that.",
        )
    return user_version


def is_current(user_version: int) -> bool:
    """Whether no migration is due: files of a newer minor schema are used as they are."""
    return user_version >= SCHEMA
