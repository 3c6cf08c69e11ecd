"""SQLite's errors in words for the person at the desk."""

import errno
import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

from factdesk.errors import BrokenFileError, ProjectError, ReadOnlyError, StorageFullError, UnreachableError

REMEDY = (
    "Go back to a backup of it, or rescue what can still be read into a new project (“factdesk rescue” at a terminal). "
    "The file itself stays as it is."
)
"""What to do about a file that is broken."""

_SAFE = "Nothing of it was stored, and everything before it is safe."
_NO_ROOM = f"{_SAFE} Free some space, then try again."
_ROOM = 65_536  # bytes: with fewer left, what could not be written did not fit
_BROKEN = (  # its head, its schema or a value in it
    *("unsupported file format", "malformed", "no such table", "no such column"),
    *("Could not decode to UTF-8", "JSON cannot hold BLOB"),
)
_PRIMARY = 0xFF  # the low byte of an extended result code is the primary one


def translate(error: sqlite3.Error, path: Path, undone: str = "") -> ProjectError:
    """The matching error for the user: what happened to this file, and what to do.

    Args:
        error: of SQLite.
        path: of the file.
        undone: what could not be done, for a disk that is full; otherwise it was the last step.
    """
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & _PRIMARY if isinstance(code, int) else None
    unsaid = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}  # how SQLite tells that its -shm file found no room
    if primary in unsaid and _is_read_only(path.parent):
        return ReadOnlyError(
            f"The disk with {path} can only be read now: it was write-protected, or the system protects it after a fault.",
            "Everything saved before is safe. Save a copy on another disk and go on with that; then look after the disk.",
        )
    if primary == sqlite3.SQLITE_FULL or (primary in unsaid and has_no_room(path.parent)):
        return StorageFullError(
            f"The disk is full: {undone or f'the last step could not be saved in {path}'}.",
            _NO_ROOM if undone else f"{_SAFE} Free some space and do it again, or save a copy on another disk.",
        )
    if primary in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return ReadOnlyError(
            f"{path} cannot be written.",
            "Copy the project to a folder of your own, or open it for reading only.",
        )
    is_broken = primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
    if is_broken or (primary in {sqlite3.SQLITE_ERROR, None} and str(error).startswith(_BROKEN)):
        return damaged(path, str(error))
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return ProjectError(
            f"Another program holds {path}.",
            "Close the program that reads or copies it (a database browser or a backup, say), then try again.",
        )
    if primary in unsaid:
        return UnreachableError(
            f"{path} could not be read or written ({error}).",
            "Check that its disk is still connected and that it is not full, then try again; "
            "everything saved before is safe.",
        )
    return ProjectError(
        f"The project file {path} did not take this step ({error}).",
        "Nothing of the step was stored. Run `factdesk check` on the project to see whether it is sound.",
    )


def has_no_room(folder: Path) -> bool:
    """Whether the disk of a folder, or the one for what is needed for a moment only, is full."""
    for place in (folder, Path(tempfile.gettempdir())):
        with suppress(OSError):
            if shutil.disk_usage(place).free < _ROOM:
                return True
    return False


def _is_read_only(folder: Path) -> bool:
    if not hasattr(os, "statvfs"):
        return False  # Windows tells SQLite itself
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def translate_os(error: OSError, undone: str, hint: str) -> ProjectError:
    """The same for what the system refused: `undone` is what could not be done, and `hint` helps unless the disk is full."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFullError(f"The disk is full: {undone}.", _NO_ROOM)
    return ProjectError(f"{undone[:1].upper()}{undone[1:]} ({error.strerror or error}).", hint)


def damaged(path: Path, detail: str) -> BrokenFileError:
    """A file that is SQLite's but broken."""
    return BrokenFileError(f"{path} is damaged ({detail}).", f"Do not write to it any more. {REMEDY}")
