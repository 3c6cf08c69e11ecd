"""The commands that write datasets and dossiers: in a process of their own, with progress, stopped without a trace."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from factdesk.errors import FactdeskError
from factdesk.exchange.progress import StoppedError
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.board_choice import BoardChoice
from factdesk_gui.control.outside import show_folder, show_page
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import NoticeBar, Offer
from factdesk_gui.prefs import Prefs
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from factdesk.exchange.dataset import ExportOptions
    from factdesk.exchange.export_format import Loss
    from factdesk.exchange.exporters import Exported
    from factdesk.store.connection import Reader
    from factdesk_gui.dialogs.export_dialog import ExportDialog
    from factdesk_gui.dialogs.export_subject import ClaimChoice, Export


_HOW = 180  # characters of how an export was checked; the details have all


class Clerk:
    """Tells what would be lost, in a child process that is started once for each dialog."""

    def __init__(self, project: Path) -> None:
        from factdesk.exchange.process import FileProcess

        self._project = project
        self._process = FileProcess("write", seconds=None)  # a line says that it is busy

    def foresee(self, format_name: str, options: "ExportOptions", stopped: Callable[[], bool]) -> "Sequence[Loss]":
        """What a format would lose."""
        return self._process.foresee(self._project, format_name, options, stopped)

    def close(self) -> None:
        """Ends the child."""
        self._process.close()


class ExportControl(QObject):
    """Answers the commands about exports of one project.

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
        self._board = BoardChoice(workspace)
        self._running: dict[Job, Path] = {}
        self._dialog: ExportDialog | None = None
        workspace.queue.export_wanted.connect(self._ask_for_rows)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.EXPORT: self.ask,
            Command.DOSSIER: lambda: self.ask(is_report=True),
            Command.EXPORT_ROWS: self._ask_for_board,
            Command.DOSSIER_ROWS: lambda: self._ask_for_board(is_report=True),
        }

    def ask(self, chosen: "ClaimChoice | None" = None, *, is_report: bool = False) -> None:
        """Asks for format, choices and place, then writes."""
        from factdesk.store.cases import list_cases
        from factdesk.store.sessions import list_reviewers
        from factdesk_gui.dialogs.export_dialog import ExportDialog
        from factdesk_gui.dialogs.export_forecast import Forecast
        from factdesk_gui.dialogs.export_subject import Subject

        reader, path = self._workspace.session.reader, self._workspace.session.project.path
        subject = Subject(
            project=path,
            cases=tuple(list_cases(reader)),
            case_id=self._workspace.review.case_id,
            reviewers=tuple(list_reviewers(reader)),
            chosen=chosen,
            is_report=is_report,
        )
        forecast = Forecast(self._jobs, Clerk(path), self)
        dialog = ExportDialog(subject, self._prefs, forecast, self._workspace.desk.window())
        dialog.export_wanted.connect(self.write)
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.open()
        self._look_up_shown(dialog)

    def write(self, wanted: "Export") -> None:
        """Writes one export; what is still being typed goes with it."""
        from factdesk.exchange.process import FileProcess

        self._workspace.inspector.save_pending()
        session = self._workspace.session
        path, name, options = wanted.path, wanted.format, wanted.options
        project = session.project.path

        def work(job: Job) -> "Exported":
            if not session.read_only:  # behind everything that is on its way to the disk
                session.project.run(_nothing, urgent=False)
            with FileProcess("write", seconds=None) as process:
                return process.export(project, name, path, options, job.report, lambda: job.cancelled)

        job = self._jobs.run(work, self._on_written, self._on_failed)
        self._running[job] = path
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)
        self.working.emit(f"Exporting {path.name}", 0, 0)

    def export_to(self, path: Path, format_name: str) -> None:
        """Writes everything to a file without asking."""
        from factdesk.exchange.dataset import ExportOptions
        from factdesk_gui.dialogs.export_subject import Export

        self.write(Export(format_name, path, ExportOptions()))

    def stop(self) -> None:
        """Stops writing; no half file is left."""
        for job in self._running:
            job.cancel()

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    # inside -----------------------------------------------------------------------------------------------------

    def _ask_for_board(self, *, is_report: bool = False) -> None:
        """For all claims in the rows of the cells that are chosen on the board."""
        from factdesk_gui.dialogs.export_subject import ClaimChoice
        from factdesk_gui.dialogs.phrases import counted

        rows = self._board.rows()
        claims = frozenset(claim for row in rows for cell in row.filled.values() for claim in cell.claim_ids)
        if claims:
            title = f"Only the {counted(len(rows), 'chosen row')} of the board, {counted(len(claims), 'claim')}"
            self.ask(ClaimChoice(title, claims), is_report=is_report)

    def _ask_for_rows(self, rowids: "array[int]", is_report: bool) -> None:  # noqa: FBT001 - the value of a Qt signal
        """For rows of the queue, whose claims are looked up first."""
        from factdesk_gui.dialogs.export_subject import ClaimChoice
        from factdesk_gui.dialogs.phrases import counted

        def found(claims: frozenset[str]) -> None:
            if claims:
                self.ask(ClaimChoice(f"Only the {counted(len(claims), 'chosen claim')}", claims), is_report=is_report)

        self._workspace.session.query("export.rows", lambda reader: _ids_of(reader, rowids), found)

    def _look_up_shown(self, dialog: "ExportDialog") -> None:
        """Offers the claims that the queue shows, as soon as their names are known."""
        from factdesk_gui.dialogs.export_subject import ClaimChoice

        rowids = self._workspace.queue.visible_ids()

        def found(claims: frozenset[str]) -> None:
            if self._dialog is dialog:
                dialog.add_claims(ClaimChoice(f"Those shown in the queue now, {len(claims):,}", claims))

        self._workspace.session.query("export.shown", lambda reader: _ids_of(reader, rowids), found)

    def _on_closed(self) -> None:
        self._dialog = None

    def _on_progress(self, done: int, total: int) -> None:
        path = self._running.get(self.sender())
        if path is not None:
            what = "Checking" if total and done >= total else "Exporting"
            self.working.emit(f"{what} {path.name}", done, total)

    def _on_written(self, made: "Exported") -> None:
        from factdesk_gui.dialogs.phrases import shortened

        offers = self._offers(made.path)
        details = Offer("Details", lambda: self._show_details(made))
        lost, how = "", shortened(made.checked.how, _HOW)
        if made.losses:
            lost = f" Not in it: {made.losses[0].what}" + (
                f" and {len(made.losses) - 1} more." if made.losses[1:] else "."
            )
        self._notices.tell(
            f"Exported to {made.path.name}: {made.written.words}.",
            f"{how}{lost}",
            offer=(details, *offers),
            passing=False,
        )

    def _show_details(self, made: "Exported") -> None:
        from factdesk_gui.dialogs.export_result_dialog import ExportResultDialog

        ExportResultDialog(made, self._offers(made.path), self._workspace.desk.window()).open()

    def _offers(self, path: Path) -> tuple[Offer, ...]:
        folder = path if path.is_dir() else path.parent
        offers = [Offer("Open the folder", lambda: show_folder(folder))]
        if path.suffix == ".html":
            offers.insert(0, Offer("Show in the browser", lambda: show_page(path)))
        return tuple(offers)

    def _on_failed(self, error: FactdeskError) -> None:
        if isinstance(error, StoppedError):
            self._notices.tell("The export was stopped; nothing was written.")
        else:
            self._notices.tell_error(error)

    def _on_ended(self) -> None:
        self._running.pop(self.sender(), None)
        if not self._running:
            self.working.emit(None, 0, 0)


def _nothing(_tx: object) -> None:
    """An operation that only takes its turn."""


def _ids_of(reader: "Reader", rowids: "array[int]") -> frozenset[str]:
    from factdesk.store.queue_counts import claim_ids

    return frozenset(claim_ids(reader, rowids))
