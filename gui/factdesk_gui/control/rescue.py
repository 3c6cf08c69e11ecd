"""What did not reach the disk: told before anything is closed, with what can be done.

Where the file itself went away a copy is offered, where it is damaged its backups and what can still be read.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from factdesk.errors import (
    DamagedError,
    FactdeskError,
    GateError,
    MovedError,
    ReadOnlyError,
    StorageFullError,
    UnreachableError,
)
from factdesk.project import Project
from factdesk.store.backups import list_backups
from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_new_file
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.workspace import Workspace

_ON_ANOTHER_DISK = (MovedError, StorageFullError, ReadOnlyError, UnreachableError)  # there, a copy could be written
_UNSAVED = "what is not saved"


class RescueControl(QObject):
    """Tells the failures of one project's session.

    Signals:
        saved: the path of a copy to go on with.
        backups_wanted, salvage_wanted: path of the project, which is damaged.
    """

    saved = Signal(object)
    backups_wanted = Signal(object)
    salvage_wanted = Signal(object)

    def __init__(self, workspace: Workspace, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._jobs = jobs
        self._notices = notices
        self._is_warned = False
        self._told: list[FactdeskError] = []  # when closing: the same is not said once more in other words
        workspace.session.failed.connect(self.tell)
        workspace.session.changed.connect(self._on_changed)

    def tell(self, error: FactdeskError) -> None:
        """Says what went wrong and what to do."""
        if isinstance(error, GateError):
            self._notices.tell_error(error)
        elif error not in self._told:
            self._notices.tell(error.message, error.hint, Kind.ERROR, self.offers(error), about=_UNSAVED)

    def may_close(self) -> bool:
        """Whether everything is on disk, or the reviewer was told what is not and closes once more."""
        errors = self._workspace.flush()
        if not errors or self._is_warned:
            return True
        self._is_warned, self._told = True, errors
        first = errors[0]
        self._notices.tell(
            f"The project stays open, because the last step is not saved. {first.message}",
            f"{first.hint} Closing once more gives that step up.",
            Kind.ERROR,
            self.offers(first),
            about=_UNSAVED,
        )
        return False

    def ask_copy(self) -> None:
        """Asks for a place, then saves a copy there."""
        folder = self._workspace.session.project.path.parent
        self._ask_copy(folder if folder.is_dir() else Path.home())

    def ask_copy_at_home(self) -> None:
        """The same, but away from where the project lies."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._ask_copy(Path(place) if Path(place).is_dir() else Path.home())

    def _ask_copy(self, folder: Path) -> None:
        path = self._workspace.session.project.path
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

    def offers(self, error: FactdeskError) -> list[Offer]:
        """What helps against an error, if it is about this project."""
        path = self._workspace.session.project.path
        if str(path) not in error.message and not error.message.startswith("The project "):
            return []
        if isinstance(error, _ON_ANOTHER_DISK) and not self._workspace.session.read_only:
            return [Offer("Save a copy…", self.ask_copy)]
        if not isinstance(error, DamagedError):
            return []
        offers = [Offer("Rescue what can be read…", partial(self.salvage_wanted.emit, path))]
        if list_backups(path):
            offers.insert(0, Offer("Show its backups…", partial(self.backups_wanted.emit, path)))
        return offers

    def _on_changed(self) -> None:
        self._is_warned = False

    def _on_copied(self, target: Path) -> None:
        self._is_warned = True  # everything is in the copy, so the lost file may be let go
        self.saved.emit(target)

    def _on_failed(self, error: FactdeskError) -> None:
        offer = Offer("Choose another place…", self.ask_copy)
        self._notices.tell(error.message, error.hint, Kind.ERROR, offer)
