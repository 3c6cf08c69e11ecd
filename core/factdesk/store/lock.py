"""One writer for each project: a lock file beside it, held by the operating system.

The system frees the lock when its process ends, however it ends, so a killed window never leaves a project locked.
The lock file itself stays: removing it would let two waiting processes lock two different files.
"""

import os
from pathlib import Path

from factdesk.errors import ProjectError, ProjectInUseError, ReadOnlyError
from factdesk.store.connection import open_reader


class ProjectLock:
    """The right to write one project, until released or until the process ends."""

    def __init__(self, path: Path) -> None:
        from filelock import FileLock  # noqa: PLC0415 - tens of milliseconds that a window without a project saves

        self._path = path
        self._lock = FileLock(lock_path(path), blocking=False, thread_local=False, mode=0o666)  # as the umask allows

    def acquire(self) -> None:
        """Take the lock now, or say who has it."""
        from filelock import Timeout  # noqa: PLC0415 - as above

        try:
            self._lock.acquire()
        except Timeout as error:
            raise _in_use(self._path) from error
        except PermissionError as error:
            if os.access(self._path.parent, os.W_OK):  # in a shared folder
                raise ReadOnlyError(
                    f"The lock file {lock_path(self._path)} belongs to somebody else, and you may not write it.",
                    "When nobody has the project open, remove that file; or open the project for reading only.",
                ) from error
            raise ReadOnlyError(
                f"The folder of {self._path} is write-protected.",
                "Open it for reading only, or copy it to a folder of your own.",
            ) from error
        except OSError as error:
            raise ProjectError(
                f"{self._path} cannot be locked ({error.strerror}).",
                "Check that its disk is connected and not full, or open it for reading only.",
            ) from error

    def release(self) -> None:
        """Let others write."""
        self._lock.release()


def lock_path(path: Path) -> Path:
    """The lock file of a project: hidden, beside it; the same for every link to the project."""
    real = path.resolve()
    return real.with_name(f".{real.name}.lock")


def _in_use(path: Path) -> ProjectInUseError:
    hint = "Close it there first, or open it here for reading only."
    try:
        with open_reader(path) as reader:
            row = reader.one(
                "SELECT r.name, s.started_at, s.process_id FROM sessions s JOIN reviewers r ON r.id = s.reviewer_id "
                "WHERE s.ended_at IS NULL ORDER BY s.started_at DESC, s.id DESC LIMIT 1"
            )
    except ProjectError:
        row = None  # not yet readable: the other process may still be making it
    if row is None:
        return ProjectInUseError(f"{path} is open in another window.", hint)
    return ProjectInUseError(
        f"{row['name']} has {path} open for writing since {row['started_at'][:16].replace('T', ' ')} UTC "
        f"(process {row['process_id']}).",
        hint,
    )
