"""Bringing an older project file up to date without opening it for work: no sitting begins, nothing else changes."""

from contextlib import closing
from pathlib import Path

from factdesk.store.connection import open_reader
from factdesk.store.lock import ProjectLock
from factdesk.store.opening import check_path, check_schema_number, check_writable, is_current, is_writable
from factdesk.store.project_file import Upgrade, connect_for_writing


def schema_of(path: Path) -> int:
    """The schema number of a project that this version can read or bring up to date."""
    check_path(path)
    with open_reader(path, writable_place=is_writable(path)) as reader:
        return check_schema_number(reader, path)


def upgrade(path: Path) -> Upgrade | None:
    """Copy an older file, then bring it up to date; None if it is up to date already, and was not touched.

    Raises:
        TooNewError: a newer Factdesk made it.
        ProjectInUseError: somebody has it open for writing.
        ReadOnlyError: the file or its folder is write-protected.
    """
    if is_current(schema_of(path)):
        return None
    check_writable(path)
    lock = ProjectLock(path)
    lock.acquire()
    done: list[Upgrade] = []
    try:
        with closing(connect_for_writing(path, done.append)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        lock.release()
    return done[0] if done else None
