"""Breaks text into a few lines, for widgets and rows that may not grow without end."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout

_STRONG = {"L": False, "R": True, "AL": True}


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from the right."""
    for letter in text[:200]:
        direction = _STRONG.get(unicodedata.bidirectional(letter))
        if direction is not None:
            return direction
    return False


def alignment_of(text: str) -> Qt.AlignmentFlag:
    """Where lines of this text begin."""
    side = Qt.AlignmentFlag.AlignRight if right_to_left(text) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def wrap_lines(text: str, font: QFont, width: int, most: int = 0) -> list[str]:
    """The text in lines of a width.

    Args:
        text: one paragraph.
        font: what it is painted with.
        width: pixels.
        most: so many lines at most, the last one elided; 0 for all.
    """
    layout = QTextLayout(text, font)
    metrics = QFontMetrics(font)
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts UTF-16 units
    parts: list[str] = []
    layout.beginLayout()
    while not most or len(parts) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        start = line.textStart()
        last = bool(most) and len(parts) == most - 1
        stop = len(units) if last else 2 * (start + line.textLength())
        part = units[2 * start : stop].decode("utf-16-le", "replace").rstrip()
        parts.append(metrics.elidedText(part, Qt.TextElideMode.ElideRight, width) if last else part)
    layout.endLayout()
    return parts
