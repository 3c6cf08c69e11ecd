"""A text on the screen with everything that belongs to it: widget, canvas, pointer, anchor and gutter."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from factdesk_gui.reader.anchor import Anchor
from factdesk_gui.reader.canvas import Canvas, ShownText
from factdesk_gui.reader.gutter import Gutter
from factdesk_gui.reader.lines import Lines, PlainLines, RichLines
from factdesk_gui.reader.marks import Mark
from factdesk_gui.reader.pointer import Pointer
from factdesk_gui.reader.text_widget import PlainView, RichView, TextWidget

LONGEST_RICH = 200_000  # code points; Qt's rich widget lays out all of a text at once


class Surface(QObject):
    """One text widget at work. Which kind it is depends on how long the text is."""

    def __init__(self, parent: QWidget, describe: Callable[[list[Mark]], str], *, plain: bool) -> None:
        super().__init__(parent)
        self.widget: TextWidget
        lines: Lines
        if plain:
            self.widget = PlainView(parent)
            lines = PlainLines(self.widget)
        else:
            self.widget = RichView(parent)
            lines = RichLines(self.widget)
        self.canvas = Canvas(self.widget, lines)
        self.pointer = Pointer(self.canvas, describe)
        self.anchor = Anchor(self.canvas)
        self.gutter = Gutter(self.canvas, self.pointer)
        self.widget.canvas, self.widget.pointer, self.widget.anchor = self.canvas, self.pointer, self.anchor

    @staticmethod
    def needs_plain(shown: ShownText) -> bool:
        """Whether a text is too long for the rich widget."""
        return len(shown.text) > LONGEST_RICH

    @property
    def is_plain(self) -> bool:
        """Whether this one is for long texts."""
        return isinstance(self.widget, PlainView)

    def discard(self) -> None:
        """Takes the widget away for good."""
        self.widget.canvas = self.widget.pointer = self.widget.anchor = None
        self.widget.hide()
        self.widget.deleteLater()
        self.deleteLater()
