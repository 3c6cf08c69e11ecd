"""Imports what was agreed on: off the UI thread, in small steps, with progress; what is stored stays when it is stopped."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from factdesk.exchange.intake import Intake, IntakeReport
from factdesk.exchange.readings import Reading
from factdesk.model.changes import Changes
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk_gui.dialogs.file_reading import Trouble

_TOLD_EVERY = 1.0  # seconds; each time all screens look whether they show something of it


class IntakeControl(QObject):
    """One import after the other, for one project.

    Signals:
        working: what is done now (None when nothing), done, total.
        stored: some articles are on the disk, and the screens know.
        finished: an import has come to its end, or was stopped; there may be articles to pre-annotate.
    """

    working = Signal(object, int, int)
    stored = Signal()
    finished = Signal()

    def __init__(self, workspace: Workspace, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._session = workspace.session
        self._jobs = jobs
        self._notices = notices
        self._stop = threading.Event()
        self._waiting: list[Callable[[], None]] = []
        self._is_running = False
        self._is_shut = False
        self._is_warned = False
        self._progress = (0, 0)

    @property
    def is_running(self) -> bool:
        """Whether articles are being stored."""
        return self._is_running

    def store(self, readings: Sequence[Reading], troubles: "Sequence[Trouble]" = (), before: int = 0) -> None:
        """Stores articles behind those of the case; an import that is under way comes first.

        Args:
            readings: what was read.
            troubles: what could not be read; told at the end.
            before: articles that came in before the same import was stopped.
        """
        case_id = self._workspace.review.case_id
        start = lambda: self._start(case_id, list(readings), list(troubles), before)  # noqa: E731 - one thing for now or later
        if self._is_running:
            self._waiting.append(start)
        else:
            start()

    def stop(self) -> None:
        """Stops after the step under way."""
        self._waiting.clear()
        self._stop.set()

    def may_close(self) -> bool:
        """Whether nothing is being stored, or the reviewer was told and closes once more."""
        if not self._is_running or self._is_warned:
            return True
        self._is_warned = True
        done, total = self._progress
        self._notices.tell(
            f"The project stays open: {done:,} of {counted(total, 'article')} are imported so far.",
            "Closing once more stops the import. Choosing the same files again goes on with it.",
            Kind.WARNING,
        )
        return False

    def shut_down(self) -> None:
        """The project is closing: stops, and tells nobody any more."""
        self.stop()
        self._is_shut = True
        self.working.emit(None, 0, 0)

    # inside ---------------------------------------------------------------------------------------------------------

    def _start(self, case_id: str, readings: list[Reading], troubles: "list[Trouble]", before: int) -> None:
        self._stop = stop = threading.Event()
        self._is_running, self._is_warned = True, False
        project = self._session.project

        def work(job: Job) -> IntakeReport:
            teller = _Teller(job)
            intake = Intake(project, case_id, teller.tell)
            report = intake.store(readings, job.report, lambda: stop.is_set() or job.cancelled)
            teller.flush()
            return report

        def done(report: IntakeReport) -> None:
            self._tell(report, len(readings) + before, before, troubles)

        job = self._jobs.run(
            work,
            self._unless_shut(done),
            self._unless_shut(self._notices.tell_error),
            self._unless_shut(self._on_stored),
        )
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._unless_shut(self._on_ended))

    def _unless_shut(self, call: Callable[..., None]) -> Callable[..., None]:
        """Jobs outlive the project, whose objects are gone then."""

        def checked(*values: object) -> None:
            if not self._is_shut:
                call(*values)

        return checked

    def _on_progress(self, done: int, total: int, _what: str) -> None:
        if not self._is_shut:
            self._progress = (done, total)
            self.working.emit(f"Importing {done:,} of {counted(total, 'article')}", done, total)

    def _on_stored(self, changes: Changes) -> None:
        self._session.announce(changes)
        self.stored.emit()

    def _on_ended(self) -> None:
        self._is_running = False
        self.working.emit(None, 0, 0)
        if self._waiting:
            self._waiting.pop(0)()
        else:
            self.finished.emit()

    # words ----------------------------------------------------------------------------------------------------------

    def _tell(self, report: IntakeReport, total: int, before: int, troubles: "list[Trouble]") -> None:
        dealt = total - len(report.left)
        listed = [*map(str, troubles), *map(str, report.problems)]
        if report.failure is not None:
            self._notices.tell(
                f"The import ended after {dealt:,} of {counted(total, 'article')}. {report.failure.message}",
                report.failure.hint,
                Kind.ERROR,
                self._go_on(report, troubles, dealt),
            )
        elif report.left:
            hint = "What is stored stays. Choosing the same files again goes on, too."
            offer = self._go_on(report, troubles, dealt)
            self._notices.tell(f"{dealt:,} of {counted(total, 'article')} imported.", hint, Kind.HINT, offer)
        elif listed:
            offer = Offer("Show list…", lambda: self._show_list(listed))
            bad = counted(len(listed), "file or part", "files or parts")
            self._notices.tell(f"{_words(report, before)} {bad} could not be imported.", "", Kind.WARNING, offer)
        else:
            self._notices.tell(_words(report, before))

    def _go_on(self, report: IntakeReport, troubles: "list[Trouble]", before: int) -> Offer:
        return Offer("Go on", lambda: self.store(report.left, troubles, before))

    def _show_list(self, lines: Sequence[str]) -> None:
        from factdesk_gui.dialogs.list_dialog import ListDialog

        title, explains = "What was not imported", "Everything else is in the case."
        ListDialog(title, explains, lines, self._workspace.desk.window()).open()


class _Teller:
    """Tells screens about stored articles now and then, not at every step."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._changes: Changes | None = None
        self._last = 0.0

    def tell(self, changes: Changes) -> None:
        """A step is on the disk."""
        self._changes = changes if self._changes is None else self._changes | changes
        if time.monotonic() - self._last > _TOLD_EVERY:
            self.flush()

    def flush(self) -> None:
        """Tells what was not told yet."""
        if self._changes is not None:
            self._job.tell(self._changes)
        self._changes, self._last = None, time.monotonic()


def _words(report: IntakeReport, before: int) -> str:
    """What came in, in a sentence or two."""
    parts = [f"{counted(len(report.added) + before, 'article')} imported"]
    if report.marks:
        parts.append(f"with {counted(report.marks, 'mark')}")
    words = f"{' '.join(parts)}."
    if report.known and not report.marks:
        words += f" {counted(len(report.known), 'text')} {'was' if len(report.known) == 1 else 'were'} there already."
    if report.held_back:
        verdicts = counted(report.held_back, "verdict")
        words += f" {verdicts} left out, because the project demands evidence for {'it' if report.held_back == 1 else 'them'}."
    return words
