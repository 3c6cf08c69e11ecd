"""Which keys a command has: the user's own before the defaults, checked for clashes."""

from collections.abc import Iterable

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.command_spec import Menu, Place
from factdesk_gui.actions.ids import Command
from factdesk_gui.prefs import Prefs

_RESERVED: dict[str, str] = {
    **{f"Ctrl+{key}": f"in text it {does}" for key, does in (("C", "copies"), ("X", "cuts"), ("V", "pastes"))},
    "Ctrl+A": "it selects all text",
    **dict.fromkeys(("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown"), "it moves in texts and lists"),
    **dict.fromkeys(("Tab", "Shift+Tab", "Ctrl+Tab", "Ctrl+Shift+Tab"), "it goes to the next or previous field"),
    "Space": "it presses the focused button",
    "Esc": "it closes what is open",
    "Menu": "it opens the context menu",
    "Shift+F10": "it opens the context menu",
    "F10": "it opens the menu bar",
    **dict.fromkeys(
        ("Alt+F4", "Alt+Tab", "Alt+Shift+Tab", "Alt+Esc", "Alt+Space", "Ctrl+Alt+Del"), "the system uses it"
    ),
    **{f"Ctrl+Alt+F{number}": "the system uses it" for number in range(1, 13)},
}
"""Keys that must stay as they are, and why."""


def _menu_keys() -> dict[str, str]:
    found = {}
    for menu in Menu:
        if "/" not in menu.value:
            letter = menu.value[menu.value.index("&") + 1]
            found[f"Alt+{letter.upper()}"] = f"it opens the {menu.plain} menu"
    return found


_Taken = dict[QKeyCombination, list[QKeySequence]]  # by their first key
_KEPT = {QKeySequence(key)[0]: why for key, why in (_RESERVED | _menu_keys()).items()}


def native(keys: QKeySequence) -> str:
    """The keys as this system writes them."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def is_plain(pressed: QKeyCombination) -> bool:
    """Whether a key alone (or with Shift) types or edits text, so that it must not fire inside a text field."""
    with_modifier = pressed.keyboardModifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    )
    return not with_modifier and not Qt.Key.Key_F1 <= pressed.key() <= Qt.Key.Key_F35


def overlap(one: QKeySequence, other: QKeySequence) -> bool:
    """Whether two key sequences are the same, or one is the beginning of the other."""
    return all(one[index] == other[index] for index in range(min(one.count(), other.count())))


class Shortcuts(QObject):
    """The keys of all commands in force; `changed` comes after each rebinding."""

    changed = Signal()

    def __init__(self, prefs: Prefs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._prefs = prefs
        self._keys: dict[Command, list[QKeySequence]] = {}
        self._work_out()

    def of(self, command: Command) -> list[QKeySequence]:
        """The keys of a command, the one to show first."""
        return self._keys[command]

    def text(self, command: Command) -> str:
        """The first key of a command as this system writes it, or ""."""
        keys = self._keys[command]
        return native(keys[0]) if keys else ""

    def is_own(self, command: Command) -> bool:
        """Whether the user has changed the keys of a command."""
        return self._prefs.keys(command) is not None

    def owner(self, keys: QKeySequence, but: Command | None = None) -> Command | None:
        """The command that these keys, or a beginning of them, already belong to: of those in the place of `but`."""
        for command, known in self._keys.items():
            if but is not None and (command == but or CATALOG[command].within != CATALOG[but].within):
                continue
            if any(overlap(keys, one) for one in known):
                return command
        return None

    def command_within(self, place: Place, keys: QKeySequence) -> Command | None:
        """The command that these keys mean in a place of its own, if any."""
        for command, known in self._keys.items():
            if CATALOG[command].within is place and keys in known:
                return command
        return None

    def problem(self, keys: QKeySequence, command: Command) -> str:
        """Why a command cannot have these keys, in words, or ""."""
        if why := reserved(keys):
            return f"{native(keys)} cannot be used: {why}."
        other = self.owner(keys, but=command)
        if other is not None:
            return f"{native(keys)} is already the key of “{CATALOG[other].plain}”."
        return ""

    def set(self, command: Command, keys: Iterable[QKeySequence]) -> None:
        """Gives a command its user's keys; taken ones are taken away from the other command."""
        wanted = [one for one in keys if not one.isEmpty()]
        for other, known in list(self._keys.items()):
            if CATALOG[other].within != CATALOG[command].within:
                continue
            left = [one for one in known if not any(overlap(one, new) for new in wanted)]
            if other != command and left != known:
                self._prefs.set_keys(other, _portable(left))
        defaults = [QKeySequence(one) for one in CATALOG[command].keys]
        self._prefs.set_keys(command, None if wanted == defaults else _portable(wanted))
        self._work_out()
        self.changed.emit()

    def reset(self, command: Command) -> None:
        """Goes back to the defaults of one command; a key that another one took meanwhile comes back to it."""
        self.set(command, [QKeySequence(one) for one in CATALOG[command].keys])

    def reset_all(self) -> None:
        """Goes back to all defaults."""
        for command in Command:
            self._prefs.set_keys(command, None)
        self._work_out()
        self.changed.emit()

    def _work_out(self) -> None:
        """The user's keys first, then the defaults that are still free: no key ever means two things in one place."""
        taken: dict[Place, _Taken] = {place: {} for place in Place}
        found: dict[Command, list[QKeySequence]] = {command: [] for command in Command}
        own = {command: self._prefs.keys(command) for command in Command}
        for command, keys in own.items():
            if keys is not None:
                found[command] = _free(keys, taken[CATALOG[command].within])
        for command, keys in own.items():
            if keys is None:
                found[command] = _free(CATALOG[command].keys, taken[CATALOG[command].within])
        self._keys = found


def reserved(keys: QKeySequence) -> str:
    """Why no command may have these keys, in words, or ""."""
    if keys.isEmpty():
        return "no key was pressed"
    return _KEPT.get(keys[0], "")


def _free(wanted: Iterable[str], taken: _Taken) -> list[QKeySequence]:
    found = []
    for text in wanted:
        keys = QKeySequence(text)
        if not reserved(keys) and not any(overlap(keys, other) for other in taken.get(keys[0], ())):
            taken.setdefault(keys[0], []).append(keys)
            found.append(keys)
    return found


def _portable(keys: Iterable[QKeySequence]) -> list[str]:
    return [one.toString(QKeySequence.SequenceFormat.PortableText) for one in keys]
