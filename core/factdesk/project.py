"""One open project file: the front door for windows, commands and scripts."""

import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from factdesk.errors import ReadOnlyError, StorageFullError
from factdesk.store import sessions
from factdesk.store.connection import Reader, has_wal, open_reader
from factdesk.store.lock import ProjectLock
from factdesk.store.opening import check_path, check_readable_as_it_is, check_writable, is_writable
from factdesk.store.project_file import Upgrade, connect_for_writing, create_file
from factdesk.store.sessions import Identity
from factdesk.store.writer import Priority, Writer

T = TypeVar("T")


class Project:
    """An open project. Operations go through `submit` or `run`; reading through `reader`."""

    def __init__(self, path: Path, identity: Identity, writer: Writer | None, lock: ProjectLock | None) -> None:
        self.path = path
        self._identity = identity
        self._writer = writer
        self._lock = lock
        self._closed = False
        self.is_traceless = False  # whether it is read without a file beside it
        self.upgrade: Upgrade | None = None  # that had to be done to open it

    @classmethod
    def create(cls, path: Path | str, *, reviewer: str, case_name: str = "Case 1") -> "Project":
        """Make a new project file with one case, and open it."""
        path = Path(path)
        create_file(path, reviewer=reviewer, case_name=case_name)
        return cls.open(path, reviewer=reviewer)

    @classmethod
    def open(
        cls, path: Path | str, *, reviewer: str = "", read_only: bool = False, traceless: bool = False
    ) -> "Project":
        """Open a project. Without a reviewer's name the last one goes on.

        `traceless`: of one that is only read nothing is written beside the file either, if nobody writes to it now; it
        has to be opened again when somebody does (see `open_reader`).
        """
        path = Path(path)
        check_path(path)
        if read_only:
            return cls._open_for_reading(path, reviewer, traceless=traceless and not has_wal(path))
        check_writable(path)
        lock = ProjectLock(path)
        lock.acquire()
        upgrades: list[Upgrade] = []
        writer = Writer(path, lambda: connect_for_writing(path, upgrades.append))
        try:
            writer.start()
            identity = _sign_in(writer, reviewer)
        except BaseException as error:
            writer.close()
            lock.release()
            if isinstance(error, StorageFullError):
                raise StorageFullError(
                    f"The disk is full: {path} could not be opened for writing.",
                    "Nothing in it was changed. Free some space, then try again, or open it for reading only.",
                ) from error
            raise
        opened = cls(path, identity, writer, lock)
        opened.upgrade = upgrades[0] if upgrades else None
        return opened

    @classmethod
    def _open_for_reading(cls, path: Path, reviewer: str, *, traceless: bool) -> "Project":
        with open_reader(path, writable_place=is_writable(path), traceless=traceless) as reader:
            check_readable_as_it_is(reader, path)
            name = reviewer or sessions.last_reviewer(reader)
            identity = Identity(sessions.reviewer_of(reader, name) or "", name, "")
        opened = cls(path, identity, None, None)
        opened.is_traceless = traceless
        return opened

    @property
    def read_only(self) -> bool:
        """Whether operations are refused."""
        return self._writer is None

    @property
    def reviewer_id(self) -> str:
        """The id of the reviewer whose name operations carry."""
        return self._identity.reviewer_id

    @property
    def reviewer_name(self) -> str:
        """The name of that reviewer."""
        return self._identity.reviewer_name

    @property
    def session_id(self) -> str:
        """The sitting that began when the project was opened."""
        return self._identity.session_id

    def submit(self, op: Callable[..., T], /, *args: Any, urgent: bool = True, **kw: Any) -> "Future[T]":
        """Run `op(tx, ...)` on the writer thread in one transaction; the future resolves after the commit."""
        if self._writer is None:
            refused: Future[T] = Future()
            refused.set_exception(
                ReadOnlyError(
                    f"{self.path} is open for reading only.", "Close it and open it for writing to change anything."
                )
            )
            return refused
        return self._writer.submit(Priority.URGENT if urgent else Priority.BATCH, op, *args, **kw)

    def run(self, op: Callable[..., T], /, *args: Any, **kw: Any) -> T:
        """Submit and wait."""
        return self.submit(op, *args, **kw).result()

    def reader(self) -> Reader:
        """A new reading connection for the calling thread, which closes it."""
        writable = not self.read_only or is_writable(self.path)
        return open_reader(self.path, writable_place=writable, traceless=self.is_traceless)

    def save_copy(self, target: Path | str) -> None:
        """Write the project as it is now to a new file, also when its own was deleted under it."""
        if self._writer is None:
            raise ReadOnlyError(f"{self.path} is open for reading only.", "Copy its file instead.")
        self._writer.copy_to(Path(target)).result()

    def set_reviewer(self, name: str) -> None:
        """From now on somebody else decides: ends the sitting and begins one of theirs."""
        name = sessions.clean_name(name)
        if self._writer is None:
            with self.reader() as reader:
                self._identity = Identity(sessions.reviewer_of(reader, name) or "", name, "")
        elif name != self.reviewer_name:
            self._identity = _sign_in(self._writer, name, ending=self.session_id)

    def learn_name(self) -> bool:
        """Look up the name of whoever decides here, which a step may have changed; whether it is another one."""
        with self.reader() as reader:
            name = reader.value("SELECT name FROM reviewers WHERE id = ?", (self.reviewer_id,)) or self.reviewer_name
        is_other = name != self.reviewer_name
        self._identity = replace(self._identity, reviewer_name=name)
        return bool(is_other)

    def sign_in_again(self) -> None:
        """Begin a new sitting of the same reviewer, whose id an import may have changed."""
        if self._writer is not None:
            self._identity = _sign_in(self._writer, self.reviewer_name, ending=self.session_id)

    def close(self) -> None:
        """Finish what is queued, end the sitting, tidy the file and let others write."""
        if self._closed:
            return
        self._closed = True
        if self._writer is not None:
            self._writer.close(self.session_id)
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _sign_in(writer: Writer, reviewer: str, *, ending: str = "") -> Identity:
    return writer.sign_in(reviewer, os.getpid(), ending=ending).result()
