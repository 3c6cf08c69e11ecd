"""Keys that hold in one place only, such as M on the board: there they win over what the window does with them.

Before Qt looks for a shortcut it asks the focused widget, by a ShortcutOverride event, whether it wants the key for
itself. The place says yes to its own keys and carries the command out when the key itself comes.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.command_spec import Place
from factdesk_gui.actions.ids import Command


class PlaceKeys(QObject):
    """Watches one widget as long as it lives.

    Signals:
        refused: the Command whose key was pressed while it cannot be used.
    """

    refused = Signal(object)

    def __init__(self, binder: Binder, place: Place, widget: QWidget) -> None:
        super().__init__(widget)
        self._binder = binder
        self._place = place
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: takes the keys of the place."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget) or not watched.hasFocus():
            return False
        command = self._command(event)
        if command is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and not (event.isAutoRepeat() and not self._repeats(command)):
            self._run(command)
        return True

    def _command(self, event: QKeyEvent) -> Command | None:
        pressed = QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key()))
        return self._binder.shortcuts.command_within(self._place, QKeySequence(pressed))

    def _repeats(self, command: Command) -> bool:
        return self._binder.action(command).autoRepeat()

    def _run(self, command: Command) -> None:
        if self._binder.action(command).isEnabled():
            self._binder.run(command)
        else:
            self.refused.emit(command)
