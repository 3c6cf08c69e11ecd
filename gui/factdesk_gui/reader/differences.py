"""Words that two compared claims have otherwise: a light tint between brackets, below a line of dots.

Values (numbers, dates, times) that do not go together have a stronger tint and a full line.
"""

from typing import NamedTuple

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from factdesk_gui import theme

_TINT, _STRONG_TINT = 0.08, 0.26
_THICK, _STRONG_THICK = 1.4, 2.2  # pixels
_FOOT = 3.5  # how far a bracket's arms reach


class DifferencePart(NamedTuple):
    """What differs, as far as it is on one line."""

    box: QRectF
    strong: bool  # a value
    opens: bool  # it begins here
    closes: bool  # it ends here


def tint_difference(painter: QPainter, part: DifferencePart) -> None:
    """What lies under the words."""
    tint = QColor(theme.current().warning)
    tint.setAlphaF(_STRONG_TINT if part.strong else _TINT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRect(part.box)


def bracket_difference(painter: QPainter, part: DifferencePart) -> None:
    """What stands around the words, and above them: claims are lined from below."""
    ink, box = theme.current().warning, part.box
    thick = _STRONG_THICK if part.strong else _THICK
    left, right, top, bottom = round(box.left()) - 0.5, round(box.right()) + 0.5, box.top() + 0.5, box.bottom() - 1.0
    painter.setPen(QPen(ink, thick))
    for wanted, x, foot in ((part.opens, left, _FOOT), (part.closes, right, -_FOOT)):
        if wanted:
            painter.drawLines([QLineF(x, top, x, bottom), QLineF(x, top, x + foot, top)])
            painter.drawLine(QLineF(x, bottom, x + foot, bottom))
    if not part.strong:
        dots = QPen(ink, thick, Qt.PenStyle.CustomDashLine)
        dots.setDashPattern([1.0, 1.4])
        painter.setPen(dots)
    painter.drawLine(QLineF(left + _FOOT, top, right - _FOOT, top))
