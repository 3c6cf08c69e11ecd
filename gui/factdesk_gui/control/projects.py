"""Commands about project files: new, open, the sample case, close."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from factdesk.errors import (
    BrokenFileError,
    FactdeskError,
    ProjectInUseError,
    ReadOnlyError,
    StorageFullError,
    TooOldError,
)
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.from_export import EXPORT_SUFFIX, NewFromExport
from factdesk_gui.jobs import Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.prefs import Prefs

if TYPE_CHECKING:
    from factdesk.project import Project
    from factdesk_gui.dialogs.new_project_dialog import NewProject

SUFFIX = ".factdesk"
_OPENING = "what could not be opened"


class ProjectControl(QObject):
    """Opens and makes projects off the UI thread.

    Signals:
        opened: a Project, ready to be shown; the one before must be closed first.
        closing_wanted: close the project that is open.
        files_wanted: paths to import into the open project.
        backups_wanted: path of a project that cannot be opened, but has backups.
        salvage_wanted: path of a project that is damaged.
    """

    opened = Signal(object)
    closing_wanted = Signal()
    files_wanted = Signal(object)
    backups_wanted = Signal(object)
    salvage_wanted = Signal(object)

    def __init__(self, window: QWidget, prefs: Prefs, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._prefs = prefs
        self._jobs = jobs
        self._notices = notices
        self._to_import: list[Path] = []
        self._open_path: Path | None = None
        self._is_read_only = False
        self.from_export = NewFromExport(window, prefs, jobs, notices)
        self.from_export.made.connect(self._show)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.NEW_PROJECT: self.ask_new,
            Command.OPEN_PROJECT: self.ask_open,
            Command.VIEW_PROJECT: self.ask_view,
            Command.NEW_FROM_EXPORT: self.from_export.ask,
            Command.OPEN_SAMPLE: self.open_sample,
            Command.CLOSE_PROJECT: self.closing_wanted.emit,
        }

    def ask_new(self) -> None:
        """Asks for the case's name and where the project shall lie, then makes it."""
        from factdesk_gui.dialogs.new_project_dialog import NewProjectDialog

        dialog = NewProjectDialog(self._prefs.project_folder, self._prefs.reviewer_or_user(), self._window)
        dialog.project_wanted.connect(self.create)
        dialog.rejected.connect(self._to_import.clear)
        dialog.open()

    def ask_open(self) -> None:
        """Asks for a project file, then opens it."""
        from factdesk_gui.dialogs.files import ask_project

        ask_project(self._window, self._prefs.project_folder, self.open)

    def ask_view(self) -> None:
        """Asks for a project file, then opens it for reading only."""
        from factdesk_gui.dialogs.files import ask_project

        ask_project(self._window, self._prefs.project_folder, partial(self.open, read_only=True))

    def create(self, wanted: "NewProject") -> None:
        """Makes a new project; a file that is there already is refused, never overwritten."""
        self._prefs.reviewer = wanted.reviewer

        def make() -> "Project":
            from factdesk.project import Project

            return Project.create(wanted.path, reviewer=wanted.reviewer, case_name=wanted.case_name)

        self._start(wanted.path, make)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Opens a project; one that is in use elsewhere is offered for reading."""
        path = path.absolute()  # what is remembered of it holds wherever one starts the next time
        if path == self._open_path and read_only == self._is_read_only:
            return
        if read_only:
            self.view_again(path)
        else:
            self._open_for_writing(path)

    def view_again(self, path: Path) -> None:
        """Opens a project for reading only, also one that is being read already: it was changed elsewhere."""
        reviewer = self._prefs.reviewer

        def make() -> "Project":
            from factdesk.project import Project

            return Project.open(path, reviewer=reviewer, read_only=True, traceless=True)

        self._jobs.run(lambda _job: make(), self._show, partial(self._failed, path))

    def open_sample(self, path: Path | None = None) -> None:
        """Opens the sample case; the first time it is made in the user's own folder, where it can be worked on."""
        target = path or sample_path()
        reviewer = self._prefs.reviewer_or_user()

        def make() -> "Project":
            from factdesk.exchange.sample import open_sample

            return open_sample(target, reviewer)

        self._start(target, make)

    def go_on_with(self, copy: Path) -> None:
        """Leaves the project that is open for a copy of it."""
        self.closing_wanted.emit()
        self._notices.clear()
        self.open(copy)

    def take_files(self, paths: list[Path]) -> None:
        """Dropped or named files: a project is opened, an export becomes one, anything else is imported.

        Articles go into a new project if none is open. Of projects and exports only the first is taken.
        """
        projects = [path for path in paths if path.suffix == SUFFIX]
        if projects:
            self._leave_others(projects[0], paths, "a project, which was opened")
            self.open(projects[0])
        elif exports := [path for path in paths if path.suffix.lower() == EXPORT_SUFFIX and _is_export(path)]:
            self._leave_others(exports[0], paths, "an export, which becomes a project of its own")
            self.from_export.ask_target(exports[0])
        elif self._open_path is not None:
            self.files_wanted.emit(paths)
        else:
            self._to_import = list(paths)
            self.ask_new()

    def _leave_others(self, taken: Path, paths: list[Path], words: str) -> None:
        if len(paths) > 1:
            self._notices.tell(
                f"{taken.name} is {words}; the other files were left alone.",
                "Drop them once more to import them.",
                Kind.HINT,
            )

    def was_shown(self, path: Path | None, *, read_only: bool = False) -> None:
        """The window tells which project it shows now."""
        self._open_path, self._is_read_only = path, read_only
        if path is not None:
            self._notices.withdraw(_OPENING)
        if path is not None and self._to_import:
            paths, self._to_import = self._to_import, []
            self.files_wanted.emit(paths)

    def _open_for_writing(self, path: Path) -> None:
        reviewer = self._prefs.reviewer

        def make() -> "Project":
            from factdesk.project import Project

            return Project.open(path, reviewer=reviewer)

        self._jobs.run(lambda _job: make(), self._show, partial(self._failed, path))

    def _start(self, path: Path, make: "Callable[[], Project]") -> None:
        if self._open_path != path:
            self._jobs.run(lambda _job: make(), self._show, partial(self._failed, path))

    def _show(self, project: "Project") -> None:
        if not project.read_only:
            self._prefs.remember_recent(project.path)
        self.closing_wanted.emit()
        self.opened.emit(project)
        if project.upgrade is not None:
            self._notices.tell(
                f"{project.path.name} was made by an older Factdesk and was brought up to date.",
                f"The file as it was is kept as {project.upgrade.copy}.",
                Kind.HINT,
            )

    def _failed(self, path: Path, error: FactdeskError) -> None:
        if isinstance(error, ProjectInUseError | ReadOnlyError | StorageFullError):
            offer = Offer("Open for reading only", lambda: self.open(path, read_only=True))
            self._notices.tell(error.message, error.hint, Kind.WARNING, offer, about=_OPENING)
        elif isinstance(error, TooOldError):
            offer = Offer("Bring up to date and open", lambda: self.open(path))
            self._notices.tell(error.message, error.hint, Kind.WARNING, offer, about=_OPENING)
        else:
            offers = []
            if _has_backups(path):
                offers.append(Offer("Show its backups…", lambda: self.backups_wanted.emit(path)))
            elif not path.exists():
                self._prefs.forget_recent(path)
            if isinstance(error, BrokenFileError):
                offers.append(Offer("Rescue what can be read…", lambda: self.salvage_wanted.emit(path)))
            self._notices.tell(error.message, error.hint, Kind.ERROR, offers, about=_OPENING)


def _is_export(path: Path) -> bool:
    """Whether it is one of ours; other tools write JSON lines, too."""
    from factdesk.exchange.records.importer import is_export

    return is_export(path)


def sample_path() -> Path:
    """Where the reviewer's own copy of the sample case lies."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(place) / f"Sample case{SUFFIX}"


def _has_backups(path: Path) -> bool:
    from factdesk.store.backups import list_backups

    return bool(list_backups(path))
