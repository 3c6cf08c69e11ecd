"""Keeps single keys out of text fields, and Ctrl+Z in them while they have something to undo.

Before Qt looks for a shortcut it asks the focused widget, by a ShortcutOverride event, whether it wants the key for
itself. Text fields claim most letters but not Enter, and all undo keys even with nothing to undo; read-only texts,
lists and buttons claim nothing. The guard answers in the place of whichever text field has the focus. It watches that
one widget only: a filter on the whole application would call Python for every paint and mouse move.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from factdesk_gui.actions.shortcuts import is_plain

_LEFT_ALONE = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def line_of(widget: QWidget | None) -> QLineEdit | None:
    """The line edit a widget is, or has inside."""
    if isinstance(widget, QLineEdit):
        return widget
    if isinstance(widget, QComboBox):
        return widget.lineEdit() if widget.isEditable() else None
    return widget.findChild(QLineEdit) if isinstance(widget, QAbstractSpinBox) else None


def takes_text(widget: QWidget | None) -> bool:
    """Whether someone who types with the focus there writes text."""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    line = line_of(widget)
    return line is not None and not line.isReadOnly()


def can_undo(widget: QWidget | None) -> bool:
    """Whether a text field has typing of its own to take back."""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.document().isUndoAvailable()
    line = line_of(widget)
    return line is not None and line.isUndoAvailable()


def can_redo(widget: QWidget | None) -> bool:
    """Whether a text field has typing of its own to do again."""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.document().isRedoAvailable()
    line = line_of(widget)
    return line is not None and line.isRedoAvailable()


class TypingGuard(QObject):
    """Watches the focused text field.

    Args:
        is_ours: whether a key sequence begins a shortcut of one of our commands.
    """

    def __init__(self, is_ours: Callable[[QKeySequence], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._is_ours = is_ours
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
            self._on_focus_changed(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decides who gets a key: True with the event accepted gives it to the field, ignored to the shortcuts."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or not takes_text(watched) or event.key() in _LEFT_ALONE:
            return False
        wanted = self._field_wants(watched, event)
        if wanted is None:
            return False
        event.setAccepted(wanted)
        return True

    def _field_wants(self, field: QWidget, event: QKeyEvent) -> bool | None:
        if event.matches(QKeySequence.StandardKey.Undo):
            return can_undo(field)
        if event.matches(QKeySequence.StandardKey.Redo):
            return can_redo(field)
        if is_plain(event.keyCombination()):
            return True
        return False if self._is_ours(QKeySequence(event.keyCombination())) else None

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):  # a field loses the focus while it is deleted
            self._watched.removeEventFilter(self)
        self._watched = None
        if now is not None and (isinstance(now, QPlainTextEdit | QTextEdit) or line_of(now) is not None):
            self._watched = now
            now.installEventFilter(self)
