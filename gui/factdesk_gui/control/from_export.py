"""The command that makes a project of an export: off the UI thread, with progress, and stopped without a trace."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from factdesk.errors import FactdeskError
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.prefs import Prefs

if TYPE_CHECKING:
    from factdesk.exchange.records.importer import JsonlReport
    from factdesk.project import Project

EXPORT_SUFFIX = ".jsonl"
_FILTERS = (f"Exports of Factdesk (*{EXPORT_SUFFIX})",)
_LISTED = 3  # bad lines named in the message; all of them can be copied


class NewFromExport(QObject):
    """Makes projects of exports.

    Signals:
        made: a Project, ready to be shown.
        working: what is done now (None when nothing), done, total.
    """

    made = Signal(object)
    working = Signal(object, int, int)

    def __init__(self, window: QWidget, prefs: Prefs, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._prefs = prefs
        self._jobs = jobs
        self._notices = notices
        self._job: Job | None = None

    def ask(self) -> None:
        """Asks for an export, then for the project's file."""
        from factdesk_gui.dialogs.files import ask_file

        ask_file(self._window, "Choose an export", self._prefs.import_folder, _FILTERS, self.ask_target)

    def ask_target(self, export: Path) -> None:
        """Asks where the project shall lie."""
        from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_new_file

        folder = Path(self._prefs.project_folder or export.parent)
        start = (folder if folder.is_dir() else export.parent) / f"{export.stem}.factdesk"
        ask_new_file(
            self._window, "New project from an export", start, (PROJECT_FILTER,), lambda path: self.make(export, path)
        )

    def make(self, export: Path, target: Path) -> None:
        """Makes the project and gives it; nothing is left of one that cannot be made."""
        reviewer = self._prefs.reviewer_or_user()

        def work(job: Job) -> "tuple[Project, JsonlReport]":
            from factdesk.exchange.records.importer import project_from_export

            return project_from_export(export, target, reviewer, job.report, lambda: job.cancelled)

        def done(found: "tuple[Project, JsonlReport]") -> None:
            project, report = found
            self.made.emit(project)
            self._tell(export, report)

        job = self._jobs.run(work, done, self._on_failed)
        job.progressed.connect(lambda done, total, _: self.working.emit(f"Reading {export.name}", done, total))
        job.ended.connect(self._on_ended)
        self._job = job

    def stop(self) -> None:
        """Stops; no half project is left."""
        if self._job is not None:
            self._job.cancel()

    def _tell(self, export: Path, report: "JsonlReport") -> None:
        kept, problems = report.kept, [str(problem) for problem in report.problems]
        from factdesk_gui.panels.words import count

        counts = f"{count(kept['article'], 'article')}, {count(kept['claim'], 'claim')}"
        counts += f" and {count(kept['decision'], 'decision')}"
        if not problems:
            self._notices.tell(f"A project was made of {export.name}: {counts}.")
            return
        more = f"; and {len(problems) - _LISTED:,} more" if len(problems) > _LISTED else ""
        self._notices.tell(
            f"A project was made of {export.name}: {counts}. {count(len(problems), 'line')} could not be kept.",
            "; ".join(problems[:_LISTED]) + more,
            Kind.WARNING,
            Offer("Copy the list", lambda: _copy("\n".join(problems))),
        )

    def _on_failed(self, error: FactdeskError) -> None:
        from factdesk.exchange.progress import StoppedError

        if isinstance(error, StoppedError):
            self._notices.tell("The import was stopped; no project was made.")
        else:
            self._notices.tell_error(error)

    def _on_ended(self) -> None:
        self._job = None
        self.working.emit(None, 0, 0)


def _copy(text: str) -> None:
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText(text)
