"""Words that two compared claims have otherwise: a light tint between brackets, over a line of dots above them."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from factdesk_gui import theme

_STRENGTH = 0.09  # of the tint
_THICK = 1.4  # pixels
_FOOT = 3.5  # how far a bracket's arms reach


def tint_difference(painter: QPainter, box: QRectF) -> None:
    """What lies under the words."""
    tint = QColor(theme.current().warning)
    tint.setAlphaF(_STRENGTH)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRect(box)


def bracket_difference(painter: QPainter, box: QRectF, *, opens: bool, closes: bool) -> None:
    """What stands around the words: brackets where they begin and end, dots above; claims are lined from below."""
    ink = theme.current().warning
    left, right, top, bottom = round(box.left()) - 0.5, round(box.right()) + 0.5, box.top() + 0.5, box.bottom() - 1.0
    painter.setPen(QPen(ink, _THICK))
    for wanted, x, foot in ((opens, left, _FOOT), (closes, right, -_FOOT)):
        if wanted:
            painter.drawLines([QLineF(x, top, x, bottom), QLineF(x, top, x + foot, top)])
            painter.drawLine(QLineF(x, bottom, x + foot, bottom))
    dots = QPen(ink, _THICK, Qt.PenStyle.CustomDashLine)
    dots.setDashPattern([1.0, 1.4])
    painter.setPen(dots)
    painter.drawLine(QLineF(left + _FOOT, top, right - _FOOT, top))
