"""The order in which Tab goes through widgets that are made later than those around them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(before: QWidget, widget: QWidget) -> None:
    """Lets Tab come to a widget, and to all that is in it, right after another one and what is in that."""
    last = _parts(before)[-1]
    for part in _parts(widget):
        if takes_tab(part):  # Qt leaves the others where they are
            QWidget.setTabOrder(_at_or_before(last), part)
            last = part


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab comes to a widget."""
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _at_or_before(widget: QWidget) -> QWidget:
    """The widget itself, or the next one before it that Tab comes to."""
    at = widget
    while not takes_tab(at) and at.previousInFocusChain() is not widget:
        at = at.previousInFocusChain()
    return at


def _parts(widget: QWidget) -> list[QWidget]:
    """A widget and what is in it, in the order of Tab."""
    parts, at = [widget], widget.nextInFocusChain()
    while at is not widget:
        if widget.isAncestorOf(at):
            parts.append(at)
        at = at.nextInFocusChain()
    return parts
