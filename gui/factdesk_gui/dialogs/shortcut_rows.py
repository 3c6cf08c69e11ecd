"""The key sheet as a tree: menus, and in them commands with their keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QFont, QIcon, QPixmap, QStandardItem, QStandardItemModel

from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.command_spec import Menu
from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.shortcuts import Shortcuts, native
from factdesk_gui.icons import icon
from factdesk_gui.theme import current

COMMAND_ROLE = Qt.ItemDataRole.UserRole
_NAME, _KEYS, _TIP = range(3)


class ShortcutRows(QStandardItemModel):
    """Filled once; `refresh` writes the keys anew."""

    def __init__(self, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._cells: dict[Command, QStandardItem] = {}
        self.setHorizontalHeaderLabels(["Command", "Keys", ""])
        for menu in Menu:
            self.appendRow(self._menu(menu))
        self.refresh()

    def refresh(self) -> None:
        """Writes the keys in force; changed ones say so."""
        for command, cell in self._cells.items():
            words = "  or  ".join(native(keys) for keys in self._shortcuts.of(command))
            words += f" {CATALOG[command].within}" if words and CATALOG[command].within else ""
            is_own = self._shortcuts.is_own(command)
            cell.setText(f"{words or 'none'} (changed)" if is_own else words)
            font = QFont(cell.font())
            font.setBold(is_own)
            cell.setFont(font)

    def item_of(self, command: Command) -> QStandardItem:
        """The cell with the keys of a command."""
        return self._cells[command]

    def _menu(self, menu: Menu) -> list[QStandardItem]:
        head = QStandardItem(menu.plain)
        font = QFont(head.font())
        font.setBold(True)
        head.setFont(font)
        row = [head, QStandardItem(), QStandardItem()]
        for cell in row:
            cell.setFlags(Qt.ItemFlag.ItemIsEnabled)
        blank = QIcon(_blank())
        for command, spec in CATALOG.items():
            if spec.menu is menu:
                name = QStandardItem(icon(spec.icon) if spec.icon else blank, spec.plain)
                keys, tip = QStandardItem(), QStandardItem(spec.tip)
                tip.setForeground(QBrush(current().soft_text))
                for cell in (name, keys, tip):
                    cell.setEditable(False)
                    cell.setData(command.value, COMMAND_ROLE)
                name.setData(f"{spec.plain} {spec.words} {menu.plain}", COMMAND_ROLE + 1)
                self._cells[command] = keys
                head.appendRow([name, keys, tip])
        return row


def _blank() -> QPixmap:
    """Room where an icon would be, so that names stand below each other."""
    picture = QPixmap(16, 16)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
