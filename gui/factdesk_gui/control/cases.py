"""Commands about the cases of a project."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from factdesk.model.changes import Changes
from factdesk.ops.cases import create_case, rename_case
from factdesk.store.cases import get_case
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.workspace import Workspace

_LIKE = "The event, such as “Flood in Mirow, May 2024”"


class CaseControl(QObject):
    """Answers the commands about cases."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._session = workspace.session

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.NEW_CASE: self.ask_new, Command.RENAME_CASE: self.ask_name}

    def ask_new(self) -> None:
        """Asks for the name of another case, makes it and shows it."""
        from factdesk_gui.dialogs.name_dialog import NameDialog

        explains = "A case holds the articles about one event. The claims of different cases never mix."
        dialog = NameDialog("New case", explains, "Make case", "", _LIKE, self._workspace.desk.window())
        dialog.name_given.connect(lambda name: self._session.run(create_case, name, done=self._on_made))
        dialog.open()

    def ask_name(self) -> None:
        """Asks for another name of the case that is shown."""
        from factdesk_gui.dialogs.name_dialog import NameDialog

        case = get_case(self._session.reader, self._workspace.review.case_id)
        dialog = NameDialog("Rename the case", "", "Rename", case.name, _LIKE, self._workspace.desk.window())
        dialog.name_given.connect(lambda name: self._session.run(rename_case, case.id, name))
        dialog.open()

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def _on_made(self, changes: Changes) -> None:
        self._workspace.review.choose_case(changes.created)
