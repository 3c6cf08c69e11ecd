"""Undo and redo, with the names of the steps in the menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from factdesk.ops.history import redo_title, undo_title
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.workspace import Workspace


class HistoryControl(QObject):
    """Answers undo and redo for one project; a text box with the focus has its own first (the binder sees to that)."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._inspector = workspace.inspector

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.UNDO: self.undo, Command.REDO: self._session.redo}

    def undo(self) -> None:
        """Takes back the last step; a note still being typed is kept as a step of its own first."""
        self._inspector.save_pending()
        self._session.undo()

    def menu_titles(self) -> dict[Command, str]:
        """Titles for the menu: "Undo: Verified", or "" for the usual one."""
        return {
            command: f"&{word}: {title}" if title else ""
            for (command, title), word in zip(self.titles().items(), ("Undo", "Redo"), strict=True)
        }

    def titles(self) -> dict[Command, str]:
        """What undo and redo would do now, "" where nothing."""
        return {Command.UNDO: undo_title(self._session.reader), Command.REDO: redo_title(self._session.reader)}

    def needs_met(self) -> set[Need]:
        """Whether there is something to undo or redo."""
        titles = self.titles()
        return {need for need, command in ((Need.UNDO, Command.UNDO), (Need.REDO, Command.REDO)) if titles[command]}
