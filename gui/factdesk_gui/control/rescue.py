"""What did not reach the disk: told before anything is closed; where the file itself went away, a copy is offered."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from factdesk.errors import FactdeskError, GateError, MovedError
from factdesk.project import Project
from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_new_file
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.workspace import Workspace

_UNSAVED = "what is not saved"


class RescueControl(QObject):
    """Tells the failures of one project's session.

    Signals:
        saved: the path of a copy to go on with.
    """

    saved = Signal(object)

    def __init__(self, workspace: Workspace, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._jobs = jobs
        self._notices = notices
        self._is_warned = False
        workspace.session.failed.connect(self.tell)
        workspace.session.changed.connect(self._on_changed)

    def tell(self, error: FactdeskError) -> None:
        """Says what went wrong and what to do."""
        if isinstance(error, GateError):
            self._notices.tell_error(error)
        else:
            self._notices.tell(error.message, error.hint, Kind.ERROR, self._offer(error), about=_UNSAVED)

    def may_close(self) -> bool:
        """Whether everything is on disk, or the reviewer was told what is not and closes once more."""
        errors = self._workspace.flush()
        if not errors or self._is_warned:
            return True
        self._is_warned = True
        first = errors[0]
        self._notices.tell(
            f"The project stays open, because the last step is not saved. {first.message}",
            f"{first.hint} Closing once more gives that step up.",
            Kind.ERROR,
            self._offer(first),
            about=_UNSAVED,
        )
        return False

    def ask_copy(self) -> None:
        """Asks for a place, then saves a copy there."""
        path = self._workspace.session.project.path
        folder = path.parent if path.parent.is_dir() else Path.home()
        start = folder / f"{path.stem} (copy){path.suffix}"
        ask_new_file(self._workspace.desk.window(), "Save a copy", start, (PROJECT_FILTER,), self.save_copy)

    def save_copy(self, target: Path) -> None:
        """Writes all that is in the project, and what was typed since, to a new file and goes on with that."""
        project, inspector = self._workspace.session.project, self._workspace.inspector
        inspector.save_pending()
        typed = inspector.unsaved()

        def work(_job: Job) -> None:
            project.save_copy(target)
            with Project.open(target, reviewer=project.reviewer_name) as copy:
                for operation, claim, text in typed:
                    copy.run(operation, claim, text)

        self._jobs.run(work, lambda _: self._on_copied(target), self._on_failed)

    def _offer(self, error: FactdeskError) -> Offer | None:
        return Offer("Save a copy…", self.ask_copy) if isinstance(error, MovedError) else None

    def _on_changed(self) -> None:
        self._is_warned = False

    def _on_copied(self, target: Path) -> None:
        self._is_warned = True  # everything is in the copy, so the lost file may be let go
        self.saved.emit(target)

    def _on_failed(self, error: FactdeskError) -> None:
        offer = Offer("Choose another place…", self.ask_copy)
        self._notices.tell(error.message, error.hint, Kind.ERROR, offer)
