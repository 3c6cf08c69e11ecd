"""Reads files to import off the UI thread, one by one."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from factdesk.errors import FactdeskError
from factdesk.exchange.files import expand_paths
from factdesk.exchange.importers import read_file
from factdesk_gui.jobs import Job, Jobs


class FileReading(QObject):
    """Reads what it is given; what is read before `stop` stays.

    Signals:
        read: path, Reading.
        refused: path, FactdeskError.
        reread: number of the row, Reading.
        progressed: files done, files in all, name of the one being read.
        ended: nothing is under way any more.
    """

    read = Signal(object, object)
    refused = Signal(object, object)
    reread = Signal(int, object)
    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._running: list[Job] = []

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return bool(self._running)

    def start(self, paths: Iterable[Path]) -> None:
        """Reads files; folders stand for the files in them."""
        given = list(paths)
        job = self._jobs.run(lambda job: self._work(job, given))
        job.progressed.connect(self.progressed)
        job.ended.connect(lambda: self._on_ended(job))
        self._running.append(job)

    def start_again(self, number: int, path: Path, encoding: str) -> None:
        """Reads one file with the encoding that was chosen for it."""

        def failed(error: FactdeskError) -> None:
            self.refused.emit(path, error)

        self._jobs.run(
            lambda _job: read_file(path, encoding), lambda reading: self.reread.emit(number, reading), failed
        )

    def stop(self) -> None:
        """Stops after the file being read."""
        for job in self._running:
            job.cancel()

    def _work(self, job: Job, paths: list[Path]) -> None:
        found = expand_paths(paths)
        for done, path in enumerate(found):
            if job.cancelled:
                return
            job.report(done, len(found), path.name)
            try:
                reading = read_file(path)
            except FactdeskError as error:
                self.refused.emit(path, error)
            else:
                self.read.emit(path, reading)

    def _on_ended(self, job: Job) -> None:
        self._running.remove(job)
        if not self._running:
            self.ended.emit()
