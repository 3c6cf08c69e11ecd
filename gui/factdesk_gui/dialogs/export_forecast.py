"""What an export would lose, asked off the UI thread while its choices change."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.export_format import Loss
from factdesk_gui.jobs import Job, Jobs

_WAITS_MS = 120  # choices may still change
_PATIENCE_MS = 700  # for an answer that nobody wants any more; to begin anew takes about as long


class Seer(Protocol):
    """Whoever can tell what would be lost; used by one thread at a time."""

    def foresee(self, format_name: str, options: ExportOptions, stopped: Callable[[], bool]) -> Sequence[Loss]:
        """What a format would lose; a FactdeskError when the choices do not go together."""

    def close(self) -> None:
        """Gives back what it needs."""


class Forecast(QObject):
    """Asks one question at a time; only the answer to the newest one is told.

    Signals:
        told: the losses, for the newest question.
        failed: a FactdeskError instead.
    """

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, seer: Seer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._seer = jobs, seer
        self._wanted: tuple[str, ExportOptions] | None = None
        self._asked: tuple[str, ExportOptions] | None = None
        self._job: Job | None = None
        self._closed = False
        self._timer = QTimer(self, singleShot=True, interval=_WAITS_MS)
        self._timer.timeout.connect(self._start)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    def ask(self, format_name: str, options: ExportOptions) -> None:
        """Asks, a moment later."""
        self._wanted = (format_name, options)
        self._timer.start()

    def close(self) -> None:
        """Asks no more, and gives everything back once the question under way has ended."""
        self._closed = True
        self._timer.stop()
        self._patience.stop()
        if self._job is None:
            self._leave()
        else:
            self._job.cancel()

    def _start(self) -> None:
        if self._wanted is None or self._closed:
            return
        if self._job is not None:
            self._patience.start()
            return
        self._asked = name, options = self._wanted

        def work(job: Job) -> Sequence[Loss]:
            return self._seer.foresee(name, options, lambda: job.cancelled)

        self._job = self._jobs.run(work, self._on_told, self._on_failed)
        self._job.ended.connect(self._on_ended)

    def _give_up(self) -> None:
        """The question under way takes long and is not wanted any more."""
        if self._job is not None and self._asked != self._wanted:
            self._job.cancel()

    def _on_told(self, losses: Sequence[Loss]) -> None:
        if self._asked == self._wanted and not self._closed:
            self.told.emit(losses)

    def _on_failed(self, error: FactdeskError) -> None:
        if self._asked == self._wanted and not self._closed:
            self.failed.emit(error)

    def _on_ended(self) -> None:
        self._job = None
        self._patience.stop()
        if self._closed:
            self._leave()
        elif self._asked != self._wanted:
            self._start()

    def _leave(self) -> None:
        self._seer.close()
        self.deleteLater()
