"""Commands about the project as a whole: the rules it is worked by."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from factdesk.model.changes import Changes
from factdesk.ops.gate import save_gate, save_time_guard
from factdesk.store.gate import load_gate, load_time_guard
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk_gui.dialogs.settings_dialog import SettingsDialog


class SettingsControl(QObject):
    """Answers the commands about the settings of one project."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._window = workspace.desk.window
        self._dialog: SettingsDialog | None = None
        self._session.changed.connect(self._on_changed)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.PROJECT_SETTINGS: self.show_settings}

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def show_settings(self) -> None:
        """Shows the rules, for editing; the window can be worked in beside."""
        from factdesk_gui.dialogs.settings_dialog import SettingsDialog

        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        session = self._session
        dialog = SettingsDialog(session.project.path.stem, self._window(), writable=not session.read_only)
        dialog.gate_given.connect(lambda gate: session.run(save_gate, gate))
        dialog.time_guard_given.connect(lambda guard: session.run(save_time_guard, guard))
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        self.destroyed.connect(dialog.deleteLater)
        self._fill()
        dialog.show()

    def _fill(self) -> None:
        if self._dialog is not None:
            reader = self._session.reader
            self._dialog.show_settings(load_gate(reader), load_time_guard(reader))

    def _on_finished(self) -> None:
        self._dialog = None

    def _on_changed(self, changes: Changes) -> None:
        if changes.settings or changes.everything:
            self._fill()
