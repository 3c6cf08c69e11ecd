"""The order in which Tab goes through widgets that are made later than those around them.

Qt's chain of focus is never walked here: each widget that `nextInFocusChain` gives would belong to the one before it for
Python, and count as deleted together with that.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class TabStop(QWidget):
    """Marks a place in the order of Tab; nobody sees it, and Tab passes it by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, visible=False, focusPolicy=Qt.FocusPolicy.TabFocus)


def put_after(before: QWidget, widgets: Iterable[QWidget]) -> None:
    """Lets Tab come to widgets, and to all that is in them, right after another one."""
    last = before
    for widget in widgets:
        for part in tab_parts(widget):
            QWidget.setTabOrder(last, part)
            last = part


def tab_parts(widget: QWidget) -> list[QWidget]:
    """A widget and what is in it, as far as Tab comes to it."""
    return [each for each in (widget, *widget.findChildren(QWidget)) if takes_tab(each)]


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab comes to a widget."""
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
