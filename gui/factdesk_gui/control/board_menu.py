"""What the context menu of the board offers: the commands that fit the chosen cells."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.ids import Command

_GROUPS = (
    (Command.OPEN_PASSAGE, Command.NEXT_SOURCE),
    (Command.ACCEPT_CELL, Command.REFUSE_CELL, Command.NOT_MENTIONED, Command.IT_IS_HERE),
    (Command.VERIFY, Command.DISPUTE, Command.UNVERIFY, Command.CLEAR_VERDICT),
    (Command.VERIFY_HERE, Command.DISPUTE_HERE, Command.UNVERIFY_HERE),
    (Command.CLAIM_SAME, Command.CLAIM_DIFFERS, Command.CLAIM_CONFLICTS, Command.CLAIM_LEAD),
    (Command.MERGE_ROWS, Command.SPLIT_CELLS, Command.REMOVE_CELL),
    (Command.EDIT_FACT, Command.FOCUS_NOTE, Command.OUTSIDE_SOURCE),
    (Command.ACCEPT_BOARD,),
    (Command.EXPORT_ROWS, Command.DOSSIER_ROWS),
)


def fill_board_menu(menu: QMenu, binder: Binder) -> None:
    """Adds what can be done now."""
    for commands in _GROUPS:
        usable = [action for command in commands if (action := binder.action(command)).isEnabled()]
        if usable:
            menu.addSeparator()
            menu.addActions(usable)


def open_board_menu(menu: QMenu, point: QPoint, binder: Binder) -> None:
    """Fills the menu and opens it."""
    fill_board_menu(menu, binder)
    menu.popup(point)
