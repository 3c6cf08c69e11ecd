"""The window's hold on one open project: runs operations, answers queries, tells every screen what changed."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from factdesk.errors import FactdeskError, GateError
from factdesk.model.changes import Changes
from factdesk.ops import history
from factdesk.project import Project
from factdesk.store.connection import QueryInterruptedError, Reader


class Session(QObject):
    """One project, as the window uses it.

    `changed` comes after the commit, never before: what a screen shows because of it is on disk. `saving` is True
    while an operation is on its way there. Small look-ups (one row, one page) may use `reader` directly; anything that
    grows with the project goes through `query`.
    """

    changed = Signal(object)  # Changes
    failed = Signal(object)  # FactdeskError
    saving = Signal(bool)

    _written = Signal(object, object)  # Future, callback
    _answered = Signal(str, int, object, object)  # key, number, Future, callback

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.reader: Reader = project.reader()
        self._pending: set[Future[Changes]] = set()
        self.all_saved = True  # nothing failed since operations began to be under way
        self._closed = False
        self._numbers: dict[str, int] = {}
        self._running_key = ""
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="factdesk-query")
        self._lane_reader: Reader | None = None
        # Queued: a future that is done already calls back at once, before the caller has its own affairs in order.
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    @property
    def read_only(self) -> bool:
        """Whether this window may only look."""
        return self.project.read_only

    @property
    def pending(self) -> int:
        """Operations that are not on disk yet."""
        return len(self._pending)

    def run(
        self,
        op: Callable[..., Changes],
        *args: Any,
        done: Callable[[Changes], None] | None = None,
        urgent: bool = True,
        **kwargs: Any,
    ) -> None:
        """Sends an operation to the writer; `done` is called with its changes once they are on disk."""
        if self._closed:  # a screen that is about to go had something left: what counts was flushed before
            return
        try:
            future = self.project.submit(op, *args, urgent=urgent, **kwargs)
        except FactdeskError as error:
            self.failed.emit(error)
            return
        self._pending.add(future)
        if len(self._pending) == 1:
            self.all_saved = True
            self.saving.emit(True)  # noqa: FBT003 - Qt signals take positional values
        future.add_done_callback(lambda f: self._written.emit(f, done))

    def announce(self, changes: Changes) -> None:
        """Tells every screen what another thread has brought to the disk."""
        if not self._closed:
            self.changed.emit(changes)

    def undo(self) -> None:
        """Takes back the last step."""
        self.run(history.undo)

    def redo(self) -> None:
        """Does again what was taken back last."""
        self.run(history.redo)

    def query(self, key: str, ask: Callable[[Reader], Any], done: Callable[[Any], None]) -> None:
        """Runs `ask(reader)` off the UI thread; a newer query of the same key makes the older one void."""
        if self._closed:  # a screen that is about to go asked once more
            return
        number = self._numbers.get(key, 0) + 1
        self._numbers[key] = number
        if self._running_key == key and self._lane_reader is not None:
            self._lane_reader.interrupt()
        future = self._lane.submit(self._ask, key, number, ask)
        future.add_done_callback(lambda f: self._answered.emit(key, number, f, done))

    def drain(self) -> list[FactdeskError]:
        """Waits until nothing is on its way to the disk any more; gives what did not get there."""
        errors = [future.exception() for future in self._pending]
        return [error for error in errors if isinstance(error, FactdeskError)]

    def close(self) -> None:
        """Waits for what is under way, then closes the project; screens hear nothing any more (see `drain`)."""
        for key in self._numbers:
            self._numbers[key] += 1
        if self._lane_reader is not None:
            self._lane_reader.interrupt()
        self._lane.submit(self._close_lane)
        self._lane.shutdown(wait=True)
        self._closed = True
        self.reader.close()
        self.project.close()
        self._pending.clear()

    def _ask(self, key: str, number: int, ask: Callable[[Reader], Any]) -> Any:
        if self._lane_reader is None:
            self._lane_reader = self.project.reader()
        while self._numbers.get(key) == number:
            self._running_key = key
            try:
                return ask(self._lane_reader)
            except QueryInterruptedError:  # meant for this question, or for the one before it: then ask again
                continue
            finally:
                self._running_key = ""
        raise CancelledError

    def _close_lane(self) -> None:
        if self._lane_reader is not None:
            self._lane_reader.close()

    def _on_written(self, future: "Future[Changes]", done: Callable[[Changes], None] | None) -> None:
        if self._closed:
            return
        self._pending.discard(future)
        refused = isinstance(future.exception(), GateError)  # nothing was meant to be saved then
        self.all_saved = self.all_saved and (refused or future.exception() is None)
        try:
            changes = future.result()
        except FactdeskError as error:
            self.failed.emit(error)
        else:
            self.changed.emit(changes)
            if done:
                done(changes)
        finally:
            if not self._pending:
                self.saving.emit(False)  # noqa: FBT003 - Qt signals take positional values

    def _on_answered(self, key: str, number: int, future: "Future[Any]", done: Callable[[Any], None]) -> None:
        if self._closed or self._numbers.get(key) != number:  # a newer question was asked meanwhile
            return
        try:
            value = future.result()
        except CancelledError:
            return
        except FactdeskError as error:
            self.failed.emit(error)
            return
        done(value)
