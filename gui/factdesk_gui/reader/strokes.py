"""Small drawings that tell marks apart without colour: underlines, badges, grips."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from factdesk_gui.theme import Badge, Underline

SUGGESTION_DASHES = (3.0, 3.0)
_ZIGZAG_STEP = 3.0
_ZIGZAG_HEIGHT = 2.2


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """A colour between two, `share` of the way from the first to the second."""
    return QColor.fromRgbF(
        *(
            a + (b - a) * share
            for a, b in zip(first.getRgbF()[:3], second.getRgbF()[:3], strict=True)  # type: ignore[index]  # the stub says object
        )
    )


def underline_pen(ink: QColor, underline: Underline, *, strong: bool = False) -> QPen:
    """The pen of an underline style."""
    width = {Underline.SOLID: 1.8, Underline.ZIGZAG: 1.4, Underline.DOTTED: 2.0, Underline.THIN: 1.0}[underline]
    pen = QPen(ink, width + (0.7 if strong else 0))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if underline is Underline.DOTTED:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.0])
    return pen


def suggestion_pen(ink: QColor, *, strong: bool = False) -> QPen:
    """The thin dashed pen of what nobody has looked at yet."""
    pen = QPen(ink, 1.6 if strong else 1.1)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(list(SUGGESTION_DASHES))
    return pen


def draw_underline(painter: QPainter, pen: QPen, underline: Underline, left: float, right: float, y: float) -> None:
    """One underline; the waves start at multiples of their length, so that neighbouring pieces join."""
    painter.setPen(pen)
    if underline is not Underline.ZIGZAG:
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        return
    points = [QPointF(left, y)]
    step = int(left // _ZIGZAG_STEP) + 1
    while step * _ZIGZAG_STEP < right:
        points.append(QPointF(step * _ZIGZAG_STEP, y - (_ZIGZAG_HEIGHT if step % 2 else 0)))
        step += 1
    painter.drawPolyline(QPolygonF(points))


def draw_badge(painter: QPainter, box: QRectF, shape: Badge, ink: QColor, on_ink: QColor, glyph: str) -> None:
    """A margin mark: its shape and its glyph say the verdict."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if shape is Badge.RING:
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5))
        return
    if shape is Badge.ROUND:
        painter.drawEllipse(box)
    elif shape is Badge.SQUARE:
        painter.drawRoundedRect(box, 1.5, 1.5)
    else:
        painter.drawRoundedRect(box, box.width() * 0.3, box.width() * 0.3)
    draw_glyph(painter, box, on_ink, glyph)


def draw_suggestion_badge(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """The margin mark of a suggestion: a small dashed ring."""
    pen = QPen(ink, 1.2)
    pen.setDashPattern([1.6, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shrink = box.width() * 0.2
    painter.drawEllipse(box.adjusted(shrink, shrink, -shrink, -shrink))


def draw_diamond(painter: QPainter, box: QRectF, ink: QColor, on_ink: QColor, glyph: str) -> None:
    """The margin mark of an evidence passage."""
    middle = box.center()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(middle.x(), box.top() - 1),
                QPointF(box.right() + 1, middle.y()),
                QPointF(middle.x(), box.bottom() + 1),
                QPointF(box.left() - 1, middle.y()),
            ]
        )
    )
    draw_glyph(painter, box, on_ink, glyph)


def draw_glyph(painter: QPainter, box: QRectF, ink: QColor, glyph: str) -> None:
    """A bold sign in the middle of a box."""
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(max(7, round(box.height() * 0.72)))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, glyph)


def draw_grip(painter: QPainter, line: QRectF, ink: QColor, face: QColor, *, at_start: bool) -> None:
    """An edge handle: a bar along the line's height, its knob above a start and below an end."""
    middle = line.center().x()
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(middle, line.top()), QPointF(middle, line.bottom()))
    painter.setPen(QPen(ink, 2))
    painter.setBrush(face)
    painter.drawEllipse(QPointF(middle, line.top() if at_start else line.bottom()), 4, 4)


def outline(boxes: Iterable[QRectF]) -> QPainterPath:
    """One line around boxes that touch each other."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for box in boxes:
        path.addRect(box)
    return path.simplified()
