"""Writing a file so that it is either all there or not there at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from factdesk.errors import FactdeskError, StorageFullError
from factdesk.store.faults import has_no_room


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes its name (over an older one) only when all of it is on the disk.

    Until then it is a hidden `.NAME.part` in the same folder; one that a killed process left is overwritten next time.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except BaseException as error:
        told = _given_up(part, path, error)
        if told is error:
            raise
        raise told from error


@contextmanager
def placed_whole(path: Path, *, is_folder: bool) -> Iterator[Path]:
    """A path to write to by any means, a folder that exists or a file that does not, which takes its name when complete.

    An older file or folder of that name goes away only then.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        sweep(path)
        if is_folder:
            part.mkdir()
        yield part
        for file in sorted(part.rglob("*")) if is_folder else [part]:
            if file.is_file():
                _sync_file(file)
        _take_place(part, path)
    except BaseException as error:
        told = _given_up(part, path, error)
        if told is error:
            raise
        raise told from error


def _given_up(part: Path, path: Path, error: BaseException) -> BaseException:
    """Takes half a file away; gives what is to be said. Libraries tell a full disk in errors of their own."""
    is_full = isinstance(error, Exception) and not isinstance(error, FactdeskError) and has_no_room(part.parent)
    _discard(part)
    if isinstance(error, OSError):
        return cannot_write(path, error)
    return cannot_write(path, OSError(errno.ENOSPC, "")) if is_full else error


def _take_place(part: Path, path: Path) -> None:
    if part.is_dir() and path.is_dir():  # a folder cannot be renamed over another one
        older = path.with_name(f".{path.name}.old")
        _discard(older)
        path.replace(older)
        try:
            part.replace(path)
        except OSError:
            older.replace(path)
            raise
        _discard(older)
    else:
        part.replace(path)
    _sync_folder(path.parent)


def sweep(path: Path) -> None:
    """Take away what a killed process left beside a name; an older folder that it had put aside comes back."""
    older = path.with_name(f".{path.name}.old")
    _discard(path.with_name(f".{path.name}.part"))
    if older.is_dir():
        if path.exists():
            _discard(older)
        else:
            older.replace(path)


def cannot_write(path: Path, error: OSError) -> FactdeskError:
    """The sentence for a file that cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFullError(
            f"The disk is full: {path} could not be written.", "Free some space or choose another disk, then try again."
        )
    if isinstance(error, FileNotFoundError) and not path.absolute().parent.is_dir():
        return FactdeskError(f"There is no folder {path.parent}.", "Make it first, or choose another one.")
    if isinstance(error, FileNotFoundError):  # a library looked for something of its own
        return FactdeskError(f"{path} cannot be written: {error.filename} is missing.", "Install Factdesk again.")
    return FactdeskError(
        f"{path} cannot be written ({error.strerror or error}).", "Choose a folder that you can write to."
    )


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _discard(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    with suppress(OSError):
        part.unlink(missing_ok=True)
