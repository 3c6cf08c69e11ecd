"""Work off the UI thread: results, errors and progress come back as calls on the UI thread."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from factdesk.errors import FactdeskError


class Job(QObject):
    """One piece of work; signals arrive on the thread that made it."""

    progressed = Signal(int, int, str)  # done, total, what
    told = Signal(object)  # what the work has for others before it is done
    done = Signal(object)
    failed = Signal(object)  # a FactdeskError
    ended = Signal()  # after done, failed or cancelled

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        self.is_over = False

    @property
    def cancelled(self) -> bool:
        """Whether someone asked to stop; the work looks at it between steps."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Asks the work to stop at the next step; nothing that is finished is lost."""
        self._cancelled.set()

    def report(self, done: int, total: int, what: str = "") -> None:
        """Called by the work, from its own thread."""
        self.progressed.emit(done, total, what)

    def tell(self, value: Any) -> None:
        """Called by the work, from its own thread: hands something over before the end."""
        self.told.emit(value)


class Jobs(QObject):
    """Runs functions on a few threads and hands their results back to the UI thread."""

    _finished = Signal(object, object)  # Job, Future

    def __init__(self, parent: QObject | None = None, threads: int = 4) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="factdesk-job")
        self._running: set[Job] = set()
        # Queued: work that ends at once must not call back before `run` has returned its job.
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Job], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[FactdeskError], None] | None = None,
        told: Callable[[Any], None] | None = None,
    ) -> Job:
        """Starts `work(job)` on a thread.

        Args:
            work: takes values in and gives a value out; never touches a widget.
            done: called with the value on the UI thread, unless cancelled.
            failed: called with a user's error; other exceptions are bugs and are raised on the UI thread.
            told: called on the UI thread with what the work hands over before its end.
        """
        job = Job(self)
        if done:
            job.done.connect(done)
        if failed:
            job.failed.connect(failed)
        if told:
            job.told.connect(told)
        self._running.add(job)
        future = self._pool.submit(work, job)
        future.add_done_callback(lambda f: self._finished.emit(job, f))
        return job

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._running)

    def close(self) -> None:
        """Cancels all and waits for the threads to end."""
        for job in self._running:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _on_finished(self, job: Job, future: "Future[Any]") -> None:
        self._running.discard(job)
        try:
            value = future.result()
        except CancelledError:
            pass
        except FactdeskError as error:
            job.failed.emit(error)
        else:
            if not job.cancelled:
                job.done.emit(value)
        finally:
            job.is_over = True
            job.ended.emit()
            job.deleteLater()
