"""Reading what can be read of a damaged project into a new one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from factdesk_gui.actions.ids import Command
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.prefs import Prefs

if TYPE_CHECKING:
    from factdesk.store.salvage import Salvage

_ABOUT = "rescue"


class SalvageControl(QObject):
    """Asks for a damaged file and a place, reads off the UI thread, and tells what came of it.

    Signals:
        closing_wanted: what is open makes room for the rescued project.
        salvaged: path of a project that can be opened now.
    """

    closing_wanted = Signal()
    salvaged = Signal(object)

    def __init__(self, window: QWidget, prefs: Prefs, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._prefs = prefs
        self._jobs = jobs
        self._notices = notices

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.RESCUE: self.ask}

    def ask(self) -> None:
        """Asks for the damaged project."""
        from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_file

        ask_file(self._window, "Rescue a damaged project", self._prefs.project_folder, (PROJECT_FILTER,), self.ask_for)

    def ask_for(self, path: Path) -> None:
        """Asks where to put what can be read of a project."""
        from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_new_file

        start = path.with_name(f"{path.stem} (rescued){path.suffix}")
        ask_new_file(self._window, "Rescue into a new project", start, (PROJECT_FILTER,), partial(self.rescue, path))

    def rescue(self, path: Path, target: Path) -> None:
        """Reads what can be read, and opens it."""
        self._notices.tell(f"Reading what can be read of {path.name}…", "", Kind.HINT, about=_ABOUT)

        def work(_job: Job) -> "Salvage":
            from factdesk.store.salvage import salvage

            return salvage(path, target)

        self._jobs.run(work, partial(self._on_done, path), self._on_failed)

    def _on_done(self, path: Path, done: "Salvage") -> None:
        self.closing_wanted.emit()
        self._notices.withdraw(_ABOUT)
        self.salvaged.emit(done.path)
        hint = f"The damaged file is unchanged: {path}."
        missing = [*done.lost, *done.problems]
        if missing:
            offer = Offer("Show what is missing…", lambda: self._show_list(missing))
            self._notices.tell(
                f"Rescued, with gaps: {done.words} are in {done.path.name}.", hint, Kind.WARNING, offer, about=_ABOUT
            )
        else:
            self._notices.tell(
                f"Everything could be read: {done.words} are in {done.path.name}.", hint, passing=False, about=_ABOUT
            )

    def _on_failed(self, error: Exception) -> None:
        self._notices.withdraw(_ABOUT)
        self._notices.tell_error(error)

    def _show_list(self, lines: list[str]) -> None:
        from factdesk_gui.dialogs.list_dialog import ListDialog

        explains = "Compare it with a backup or an export, if there is one, before you go on with it."
        ListDialog("What is missing in the rescued project", explains, lines, self._window).open()
