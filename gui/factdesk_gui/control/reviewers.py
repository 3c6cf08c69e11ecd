"""Commands about who works on a project: names and colours."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.ops.people import rename_reviewer, set_colour
from factdesk.store.people import list_acquaintances
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.notices import NoticeBar
from factdesk_gui.prefs import Prefs
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk_gui.dialogs.reviewers_dialog import ReviewersDialog

_CONSEQUENCES = (
    "The new name stands beside everything that you decided in this project, also before. Dossiers, exports and copies "
    "that are in other hands keep the old one; “factdesk verify” still knows the history. New projects begin with the "
    "new name too."
)


class ReviewersControl(QObject):
    """Answers the command that lists reviewers, and follows a change of one's own name."""

    def __init__(self, workspace: Workspace, prefs: Prefs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._window = workspace.desk.window
        self._prefs = prefs
        self._notices = notices
        self._dialog: ReviewersDialog | None = None
        self._session.changed.connect(self._on_changed)
        self._session.failed.connect(self._on_failed)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.REVIEWERS: self.show_reviewers}

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def show_reviewers(self) -> None:
        """Shows who works on the project."""
        from factdesk_gui.dialogs.reviewers_dialog import ReviewersDialog

        dialog = ReviewersDialog(self._window(), writable=not self._session.read_only)
        dialog.colour_chosen.connect(lambda name, colour: self._session.run(set_colour, name, colour))
        dialog.rename_wanted.connect(self.ask_name)
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        self._list()
        dialog.open()

    def ask_name(self) -> None:
        """Asks for another name of one's own, and says what it changes."""
        from factdesk_gui.dialogs.name_dialog import NameDialog

        name = self._session.project.reviewer_name
        dialog = NameDialog(f"Rename {name}", _CONSEQUENCES, "Rename", name, "Name or initials", self._window())
        dialog.name_given.connect(lambda new: self._session.run(rename_reviewer, new))
        dialog.open()

    def _list(self) -> None:
        self._session.query("reviewers", list_acquaintances, self._on_listed)

    def _on_listed(self, found: list[Any]) -> None:
        if self._dialog is not None:
            self._dialog.show_reviewers(found, self._session.project.reviewer_id)

    def _on_changed(self, changes: Changes) -> None:
        if not (changes.reviewers or changes.everything):
            return
        before = self._session.project.reviewer_name
        if self._session.project.learn_name():
            now = self._session.project.reviewer_name
            if self._prefs.reviewer == before:
                self._prefs.reviewer = now  # else the next sitting would be that of somebody new
            self._notices.tell(f"Your decisions carry the name {now}, those before too.", "Undo takes it back.")
        if self._dialog is not None:
            self._list()

    def _on_failed(self, error: FactdeskError) -> None:
        if self._dialog is not None:
            self._dialog.say_problem(f"{error.message} {error.hint}".strip(), blocks=False)

    def _on_closed(self) -> None:
        self._dialog = None
