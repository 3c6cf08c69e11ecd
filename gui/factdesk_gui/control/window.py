"""Commands that need no project: colours, keys, palette, who decides, help."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from factdesk_gui.actions.ids import Command
from factdesk_gui.faults import CrashReport
from factdesk_gui.prefs import Prefs
from factdesk_gui.theme import Scheme, themes

_SCHEMES = {
    Command.THEME_SYSTEM: Scheme.SYSTEM,
    Command.THEME_LIGHT: Scheme.LIGHT,
    Command.THEME_DARK: Scheme.DARK,
    Command.THEME_CONTRAST: Scheme.CONTRAST,
}


class WindowControl(QObject):
    """Answers the commands about the window itself.

    Signals:
        changed: something that a menu shows as on or off.
        reviewer_named: the reviewer gave another name.
        model_chosen: another language model is to be used.
        keys_wanted, palette_wanted: open them.
    """

    changed = Signal()
    reviewer_named = Signal(str)
    model_chosen = Signal(str)
    keys_wanted = Signal()
    palette_wanted = Signal()

    def __init__(self, window: QMainWindow, prefs: Prefs) -> None:
        super().__init__(window)
        self._window = window
        self._prefs = prefs

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            **{command: partial(self.set_scheme, scheme) for command, scheme in _SCHEMES.items()},
            Command.FULL_SCREEN: self.toggle_full_screen,
            Command.REVIEWER_NAME: self.ask_reviewer,
            Command.CHOOSE_MODEL: self.ask_model,
            Command.KEYS: self.keys_wanted.emit,
            Command.PALETTE: self.palette_wanted.emit,
            Command.ABOUT: self.show_about,
            Command.QUIT: lambda: self._window.close() and None,
        }

    def set_scheme(self, scheme: Scheme) -> None:
        """Changes the colours at once and remembers them."""
        self._prefs.scheme = scheme
        themes().apply(scheme)

    def toggle_full_screen(self) -> None:
        """Fills the screen, or comes back."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()
        self.changed.emit()

    def ask_reviewer(self) -> None:
        """Asks for the name that decisions carry from now on."""
        from factdesk_gui.dialogs.name_dialog import NameDialog

        explains = "It is kept with each of your decisions and leaves with every export."
        dialog = NameDialog("Reviewer name", explains, "Keep", self._prefs.reviewer, "Name or initials", self._window)
        dialog.name_given.connect(self._name_reviewer)
        dialog.open()

    def ask_model(self) -> None:
        """Asks which installed pipeline shall read articles from now on."""
        from factdesk_gui.dialogs.model_dialog import ModelDialog

        dialog = ModelDialog(self._prefs.model, self._window)
        dialog.model_chosen.connect(self._choose_model)
        dialog.open()

    def show_about(self) -> None:
        """Tells what this is and what it is made of."""
        from factdesk_gui.dialogs.about_dialog import AboutDialog

        AboutDialog(self._window).open()

    def show_crash(self, report: CrashReport) -> None:
        """Tells about a fault of the program, with what a developer needs to mend it."""
        from factdesk_gui.dialogs.crash_dialog import CrashDialog

        CrashDialog(report, self._window).open()

    def checked(self) -> dict[Command, bool]:
        """Which checkable commands are on."""
        on = {command: scheme is self._prefs.scheme for command, scheme in _SCHEMES.items()}
        return on | {Command.FULL_SCREEN: self._window.isFullScreen()}

    def _name_reviewer(self, name: str) -> None:
        self._prefs.reviewer = name
        self.reviewer_named.emit(name)

    def _choose_model(self, name: str) -> None:
        self._prefs.model = name
        self.model_chosen.emit(name)
