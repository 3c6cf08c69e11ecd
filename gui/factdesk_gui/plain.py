"""Words of other people are shown as they are: never as HTML, which could hide text or load files.

Labels and tool tips of Qt guess whether a text is HTML. So every label is a `PlainLabel`, and every tool tip that is not
a fixed sentence goes through `plain_tip`; a test reads the source for others.
"""

from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtOfGui  # holds the question that QTextDocument answers
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that shows its text letter by letter."""

    def __init__(self, text: str = "", parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText, **properties)
        if text:
            self.setText(text)


def plain_tip(text: str) -> str:
    """A tool tip that Qt shows letter by letter, whatever it looks like."""
    return wrapped_tip(text) if QtOfGui.mightBeRichText(text) else text


def wrapped_tip(*paragraphs: str) -> str:
    """A tool tip of these paragraphs, letter by letter, that is wrapped when it is long."""
    return "".join(f'<p style="white-space: pre-wrap">{escape(each, quote=False)}</p>' for each in paragraphs)
