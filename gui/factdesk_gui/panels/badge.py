"""Paints verdict badges, label chips and score bars: shape, glyph and word, so that colour is never alone."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen

from factdesk.model.claims import Claim, Status
from factdesk_gui.panels.words import claim_state
from factdesk_gui.theme import Badge, Theme, VerdictStyle

MARK = 15  # size of the shape that holds the glyph
_GAP = 5
_PAD = 6


REFUSED = "refused"
_STRUCK = "⊘"


@dataclass(frozen=True, slots=True)
class BadgeLook:
    """What a badge says and how strongly; `light` is for what nobody has accepted yet."""

    style: VerdictStyle
    word: str
    light: bool = False


def style_of(verdict: str, theme: Theme) -> VerdictStyle:
    """The style of a verdict, of "none" and of "refused"."""
    if verdict == REFUSED:
        return replace(theme.verdict(None), name="Refused", glyph=_STRUCK)
    return theme.verdict(verdict)


def claim_look(claim: Claim, theme: Theme) -> BadgeLook:
    """The badge of a claim: its verdict, or what it still waits for."""
    refused = claim.status is Status.REFUSED
    style = style_of(REFUSED if refused else claim.verdict.value if claim.verdict else "none", theme)
    return BadgeLook(
        style, claim_state(claim), light=refused or (claim.status is Status.SUGGESTED and not claim.verdict)
    )


def badge_width(look: BadgeLook, metrics: QFontMetrics) -> int:
    """How wide the badge will be."""
    return _PAD + MARK + _GAP + metrics.horizontalAdvance(look.word) + _PAD + 3


def paint_badge(painter: QPainter, rect: QRect, look: BadgeLook, theme: Theme) -> None:
    """Paints a badge into the left of `rect`, in its vertical middle."""
    metrics = painter.fontMetrics()
    height = max(metrics.height() + 2, MARK + 4)
    width = min(badge_width(look, metrics), rect.width())
    box = QRectF(rect.left() + 0.5, rect.top() + (rect.height() - height) / 2 + 0.5, width - 1, height - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.style.ink, 1.0, Qt.PenStyle.DashLine if look.light else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(theme.base if look.light else look.style.tint)
    painter.drawRoundedRect(box, height / 2 - 1, height / 2 - 1)
    paint_mark(painter, QPointF(box.left() + _PAD - 1 + MARK / 2, box.center().y()), look.style, theme)
    painter.setPen(look.style.ink)
    words = box.adjusted(_PAD + MARK + _GAP - 1, 0, -_PAD / 2, 0)
    word = metrics.elidedText(look.word, Qt.TextElideMode.ElideRight, int(words.width()) + 1)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
    painter.restore()


def paint_mark(painter: QPainter, centre: QPointF, style: VerdictStyle, theme: Theme, size: float = MARK) -> None:
    """Paints the small shape with its glyph: each verdict has its own of both."""
    half = size / 2
    box = QRectF(centre.x() - half, centre.y() - half, size, size).adjusted(0.8, 0.8, -0.8, -0.8)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(style.ink, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush if style.badge is Badge.RING else style.ink)
    match style.badge:
        case Badge.ROUND | Badge.RING:
            painter.drawEllipse(box)
        case Badge.SQUARE:
            painter.drawRect(box)
        case Badge.SOFT:
            painter.drawRoundedRect(box, size * 0.32, size * 0.32)
    _paint_glyph(painter, box, style, theme)
    painter.restore()


def _paint_glyph(painter: QPainter, box: QRectF, style: VerdictStyle, theme: Theme) -> None:
    unit = box.width() / 12  # glyphs are drawn, so that they do not depend on the fonts installed
    painter.translate(box.center())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    stroke = QPen(theme.base, unit * 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(stroke)
    match style.badge:
        case Badge.ROUND:
            tick = QPainterPath(QPointF(-3 * unit, 0.2 * unit))
            tick.lineTo(-0.8 * unit, 2.4 * unit)
            tick.lineTo(3.2 * unit, -2.4 * unit)
            painter.drawPath(tick)
        case Badge.SQUARE:
            arm = 2.6 * unit
            painter.drawLines([QLineF(-arm, -arm, arm, arm), QLineF(-arm, arm, arm, -arm)])
        case Badge.SOFT:
            hook = QPainterPath(QPointF(-2 * unit, -1.6 * unit))
            hook.cubicTo(-2 * unit, -4.4 * unit, 2.4 * unit, -4.2 * unit, 2.2 * unit, -1.6 * unit)
            hook.cubicTo(2 * unit, -0.2 * unit, 0, -0.4 * unit, 0, 1.4 * unit)
            painter.drawPath(hook)
            painter.drawPoint(QPointF(0, 3.6 * unit))
        case Badge.RING if style.glyph == _STRUCK:
            painter.setPen(QPen(style.ink, unit * 1.5))
            painter.drawLine(QLineF(-3.4 * unit, 3.4 * unit, 3.4 * unit, -3.4 * unit))
        case Badge.RING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.ink)
            painter.drawEllipse(QPointF(0, 0), 1.5 * unit, 1.5 * unit)


def paint_chip(painter: QPainter, rect: QRect, word: str, tint: QColor, ink: QColor) -> int:
    """Paints a small label box at the left of `rect`; returns its width."""
    metrics = painter.fontMetrics()
    width = min(metrics.horizontalAdvance(word) + 2 * _PAD, rect.width())
    height = metrics.height() + 1
    box = QRectF(rect.left() + 0.5, rect.top() + (rect.height() - height) / 2 + 0.5, width - 1, height - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QColor(ink)
    edge.setAlphaF(0.45)
    painter.setPen(QPen(edge, 1.0))
    painter.setBrush(tint)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()
    return width


def paint_score(painter: QPainter, rect: QRect, score: float, ink: QColor, track: QColor) -> None:
    """Paints a small bar with its number: how check-worthy the machine thinks the claim is."""
    metrics = painter.fontMetrics()
    number = f"{round(score * 100)}"
    digits = metrics.horizontalAdvance("100")
    bar = QRectF(rect.left(), rect.center().y() - 2, max(12, min(44, rect.width() - digits - 6)), 5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(bar, 2.5, 2.5)
    painter.setBrush(ink)
    filled = QRectF(bar)
    filled.setWidth(max(3.0, bar.width() * min(1.0, max(0.0, score))))
    painter.drawRoundedRect(filled, 2.5, 2.5)
    painter.setPen(ink)
    words = QRectF(bar.right() + 5, rect.top(), digits + 2, rect.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, number)
    painter.restore()
