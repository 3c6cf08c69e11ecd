"""The one thread that owns the one write connection.

Urgent jobs (a reviewer's decisions) go before batch jobs (imports, suggestions). Each job is one transaction; its
future resolves only after the commit, so "saved" on the screen means saved on the disk.
"""

import itertools
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from factdesk.errors import ProjectError
from factdesk.store.connection import Queries
from factdesk.store.faults import translate
from factdesk.store.project_file import copy_file
from factdesk.store.sessions import Identity, begin_session, end_session, last_reviewer
from factdesk.store.transaction import Transaction
from factdesk.store.whereabouts import Whereabouts

_PATIENCE_AT_THE_END = 500  # milliseconds: the window does not answer meanwhile

P = ParamSpec("P")
T = TypeVar("T")

Job = Callable[[], object]


class Priority(IntEnum):
    """Which jobs go first."""

    URGENT = 0  # what a person just did
    BATCH = 1  # imports and suggestions
    LAST = 2  # closing


class Writer:
    """Runs functions of a Transaction, one after the other."""

    def __init__(self, path: Path, connect: Callable[[], sqlite3.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._jobs: queue.PriorityQueue[tuple[int, int, Job | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._closing = threading.Lock()
        self._closed = False
        self._identity: Identity | None = None
        self._connection: sqlite3.Connection | None = None
        self._whereabouts: Whereabouts | None = None
        self._started: Future[None] = Future()
        self._thread = threading.Thread(target=self._work, name=f"writer {path.name}", daemon=True)

    def start(self) -> None:
        """Open the connection on its thread; raises what that raises."""
        self._thread.start()
        self._started.result()

    def submit(
        self, priority: Priority, job: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> "Future[T]":
        """Run `job(tx, ...)` in a transaction of its own."""
        future: Future[T] = Future()
        name = f"{job.__module__.rpartition('.')[2]}.{getattr(job, '__name__', 'step')}"

        def work() -> None:
            if future.set_running_or_notify_cancel():
                _settle(future, lambda: self._transact(name, lambda tx: job(tx, *args, **kwargs)))

        self._put(priority, work)
        return future

    def sign_in(self, reviewer: str, process_id: int, *, ending: str = "") -> "Future[Identity]":
        """Begin a sitting (of the last reviewer if none is named); later operations carry this name."""
        future: Future[Identity] = Future()

        def begin(connection: sqlite3.Connection) -> Identity:
            if ending:
                end_session(connection, ending)
            name = reviewer or last_reviewer(Queries(connection, self._path))
            return begin_session(connection, name, process_id)

        def sign() -> Identity:
            self._identity = self._atomic(begin)
            return self._identity

        self._put(Priority.URGENT, lambda: _settle(future, sign))
        return future

    def copy_to(self, target: Path) -> "Future[None]":
        """Write the whole project to another file, also when its own file was deleted under it."""
        future: Future[None] = Future()
        self._put(Priority.URGENT, lambda: _settle(future, lambda: copy_file(self._opened, self._path, target)))
        return future

    def close(self, session_id: str = "") -> None:
        """Finish all jobs, end the sitting, move the -wal file into the project and give the connection back."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._jobs.put((Priority.LAST, next(self._order), lambda: self._end(session_id)))
                self._jobs.put((Priority.LAST, next(self._order), None))
        self._thread.join()

    def _put(self, priority: int, work: Job) -> None:
        with self._closing:
            if self._closed:
                raise ProjectError(f"{self._path} is closed.", "Open it again.")
            self._jobs.put((priority, next(self._order), work))

    def _work(self) -> None:
        if not _settle(self._started, self._open):
            return
        while (job := self._jobs.get()[2]) is not None:
            job()
        self._opened.close()

    def _end(self, session_id: str) -> None:
        # Nothing here may fail the closing: what was decided is safe in the -wal file, and the next opening tidies up.
        with suppress(sqlite3.Error):
            self._opened.execute(f"PRAGMA busy_timeout = {_PATIENCE_AT_THE_END}")  # for other programs
        with suppress(ProjectError):
            if session_id:
                self._atomic(lambda connection: end_session(connection, session_id))
        with suppress(sqlite3.Error):
            self._opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open(self) -> None:
        self._connection = self._connect()
        self._whereabouts = Whereabouts(self._path)

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("the writer has not been started")
        return self._connection

    def _transact(self, name: str, job: Callable[[Transaction], T]) -> T:
        identity = self._identity
        if identity is None:
            raise RuntimeError("nobody has signed in")

        def run(connection: sqlite3.Connection) -> T:
            tx = Transaction(connection, self._path, identity, name)
            result = job(tx)
            tx.finish()
            return result

        return self._atomic(run)

    def _atomic(self, job: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._opened
        if self._whereabouts is not None:
            self._whereabouts.check()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = job(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # some errors (a full disk) roll back by themselves
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.ProgrammingError:  # a bug of ours, not the user's case
            raise
        except sqlite3.Error as error:
            raise translate(error, self._path) from error
        return result


def _settle(future: "Future[Any]", work: Callable[[], Any]) -> bool:
    """Give a future its answer or its error, whatever that is: the thread outlives every failed job."""
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - the job boundary: the error belongs to whoever waits for the future
        future.set_exception(error)
        return False
    future.set_result(result)
    return True
