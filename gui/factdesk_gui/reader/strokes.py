"""Small drawings that tell marks apart without colour: underlines, badges, grips."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from factdesk_gui.theme import Badge, Underline

STRONG = 1.4  # how much heavier the lines of the current claim are
_HEIGHT = 6  # of a pattern's tile, at scale 1
_PERIODS = 16  # repeats in one tile


class Pattern(StrEnum):
    """What an underline is made of."""

    LINE = "line"
    THIN = "thin"
    ZIGZAG = "zigzag"
    DOTS = "dots"
    DASHES = "dashes"  # suggestions


PATTERNS = {
    Underline.SOLID: Pattern.LINE,
    Underline.THIN: Pattern.THIN,
    Underline.ZIGZAG: Pattern.ZIGZAG,
    Underline.DOTTED: Pattern.DOTS,
}
_PERIOD = {Pattern.ZIGZAG: 6, Pattern.DOTS: 4, Pattern.DASHES: 7}  # pixels at scale 1


class Stroke(NamedTuple):
    """One kind of underline; equal ones share their drawing."""

    pattern: Pattern
    ink: int  # QRgb
    scale: float


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """A colour between two, `share` of the way from the first to the second."""
    return QColor.fromRgbF(
        *(
            a + (b - a) * share
            for a, b in zip(first.getRgbF()[:3], second.getRgbF()[:3], strict=True)  # type: ignore[index]  # the stub says object
        )
    )


def draw_underline(painter: QPainter, stroke: Stroke, left: float, right: float, y: float) -> None:
    """One underline with its top at y. Patterns start at the same places everywhere, so neighbouring pieces join."""
    top = round(y)
    if stroke.pattern in (Pattern.LINE, Pattern.THIN):
        width = (1.8 if stroke.pattern is Pattern.LINE else 1.0) * stroke.scale
        painter.fillRect(QRectF(left, top, right - left, max(1.0, width)), QColor.fromRgba(stroke.ink))
        return
    ratio = painter.device().devicePixelRatio()
    tile = _tile(stroke, ratio)
    width = tile.width() / ratio
    painter.drawTiledPixmap(QRectF(left, top - 1, right - left, tile.height() / ratio), tile, QPointF(left % width, 0))


@lru_cache(256)
def _tile(stroke: Stroke, ratio: float) -> QPixmap:
    """A few periods of a pattern; drawing hundreds of small slanted lines anew would take milliseconds."""
    period = round(_PERIOD[stroke.pattern] * min(stroke.scale, 2.0))
    width, height = period * _PERIODS, round(_HEIGHT * stroke.scale)
    tile = QPixmap(round(width * ratio), round(height * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor.fromRgba(stroke.ink)
    if stroke.pattern is Pattern.ZIGZAG:
        painter.setPen(QPen(ink, 1.4 * stroke.scale))
        low, high = 3.6 * stroke.scale, 1.2 * stroke.scale
        corners = range(-1, 2 * _PERIODS + 2)
        painter.drawPolyline(QPolygonF([QPointF(k * period / 2, low if k % 2 else high) for k in corners]))
    elif stroke.pattern is Pattern.DOTS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for k in range(_PERIODS):
            painter.drawEllipse(QPointF((k + 0.5) * period, 2.2 * stroke.scale), 1.2 * stroke.scale, 1.2 * stroke.scale)
    else:
        for k in range(_PERIODS):
            painter.fillRect(QRectF(k * period, 1, period * 0.58, max(1.0, 1.1 * stroke.scale)), ink)
    painter.end()
    return tile


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
