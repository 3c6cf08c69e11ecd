"""The command that writes the dataset: off the UI thread, with progress, and stopped without a trace."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from factdesk.errors import FactdeskError
from factdesk.exchange.progress import StoppedError
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import NoticeBar, Offer
from factdesk_gui.prefs import Prefs
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk.exchange.exporters import Exported
    from factdesk_gui.dialogs.export_dialog import Export


class ExportControl(QObject):
    """Answers the export command of one project.

    Signals:
        working: what is done now (None when nothing), done, total.
    """

    working = Signal(object, int, int)

    def __init__(self, workspace: Workspace, prefs: Prefs, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._prefs = prefs
        self._jobs = jobs
        self._notices = notices
        self._job: Job | None = None

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.EXPORT: self.ask}

    def ask(self) -> None:
        """Asks for format and file, then writes."""
        from factdesk_gui.dialogs.export_dialog import ExportDialog

        project = self._workspace.session.project
        dialog = ExportDialog(project.path, self._prefs, self._workspace.desk.window())
        dialog.export_wanted.connect(self.write)
        dialog.open()

    def write(self, wanted: "Export") -> None:
        """Writes one export; what is still being typed goes with it."""
        from factdesk.exchange.exporters import export_project

        self._workspace.inspector.save_pending()
        session = self._workspace.session
        path, name, options = wanted.path, wanted.format, wanted.options

        def work(job: Job) -> "Exported":
            if not session.read_only:  # behind everything that is on its way to the disk
                session.project.run(_nothing, urgent=False)
            return export_project(session.project, name, path, options, job.report, lambda: job.cancelled)

        job = self._jobs.run(work, lambda made: self._on_written(path, made.written.count), self._on_failed)
        job.progressed.connect(lambda done, total, _: self.working.emit(f"Exporting {path.name}", done, total))
        job.ended.connect(self._on_ended)
        self._job = job

    def export_to(self, path: Path, format_name: str) -> None:
        """Writes everything to a file without asking."""
        from factdesk.exchange.dataset import ExportOptions
        from factdesk_gui.dialogs.export_dialog import Export

        self.write(Export(format_name, path, ExportOptions()))

    def stop(self) -> None:
        """Stops writing; no half file is left."""
        if self._job is not None:
            self._job.cancel()

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def _on_written(self, path: Path, count: int) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self._notices.tell(
            f"Exported to {path.name}: {count:,} lines.",
            str(path),
            offer=Offer("Open the folder", lambda: QDesktopServices.openUrl(folder)),
        )

    def _on_failed(self, error: FactdeskError) -> None:
        if isinstance(error, StoppedError):
            self._notices.tell("The export was stopped; no file was written.")
        else:
            self._notices.tell_error(error)

    def _on_ended(self) -> None:
        self._job = None
        self.working.emit(None, 0, 0)


def _nothing(_tx: object) -> None:
    """An operation that only takes its turn."""
