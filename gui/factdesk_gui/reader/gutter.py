"""Margin marks left of a text: a badge for each claim and passage that starts on a line."""

from bisect import bisect_right
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolTip, QWidget

from factdesk.model.evidence import Stance
from factdesk_gui import theme
from factdesk_gui.plain import plain_tip
from factdesk_gui.reader.canvas import Canvas
from factdesk_gui.reader.lines import Line
from factdesk_gui.reader.marks import Mark, MarkKind
from factdesk_gui.reader.overlay import claim_area
from factdesk_gui.reader.pointer import Pointer
from factdesk_gui.reader.strokes import draw_badge, draw_diamond, draw_glyph, draw_suggestion_badge

STANCE_GLYPHS = {Stance.SUPPORTS: "+", Stance.REFUTES: "−", Stance.CONTEXT: "i"}
_BADGE = 14.0
_BAR = 3.0  # the bar beside the current claim
_GAP = 2.0


class Spot(NamedTuple):
    """One badge: where it is and which marks it stands for (several, when there is no room for each)."""

    box: QRectF
    marks: list[Mark]


class Gutter(QWidget):
    """The strip left of the text column.

    Signals:
        picked: the Mark whose badge was clicked.
    """

    picked = Signal(object)

    def __init__(self, canvas: Canvas, pointer: Pointer) -> None:
        super().__init__(canvas.widget)
        self._canvas = canvas
        self._pointer = pointer
        self.setAccessibleName("Margin marks")
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setMouseTracking(True)
        canvas.widget.verticalScrollBar().valueChanged.connect(lambda _: self.update())
        canvas.widget.column.moved.connect(self._on_column_moved)
        canvas.repainted.connect(self._on_repainted)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Badges of the lines in sight and the bar beside the current claim."""
        top, bottom = event.rect().top(), event.rect().bottom()
        lines, marks = self._canvas.overlay.in_sight(top - _BADGE, bottom + _BADGE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter, lines, marks)
        for spot in self._spots(lines, marks):
            self._paint_spot(painter, spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Picks the claim of a badge; of several, one after the other."""
        spot = self._spot_at(event)
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._canvas.widget.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pointer.pick_one_of([mark for mark in spot.marks if mark.kind is MarkKind.CLAIM])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows what can be clicked."""
        over = self._spot_at(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Says what a badge means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = next((s for s in self._spots_in_sight() if s.box.contains(event.pos())), None)
            text = self._pointer.describe(spot.marks) if spot else ""
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)

    def _spots_in_sight(self) -> list[Spot]:
        return self._spots(*self._canvas.overlay.in_sight(0, self.height()))

    def _spot_at(self, event: QMouseEvent) -> Spot | None:
        reach = QRectF(event.position().x() - 1, event.position().y() - 1, 2, 2)
        return next((spot for spot in self._spots_in_sight() if spot.box.intersects(reach)), None)

    def _paint_bar(self, painter: QPainter, lines: list[Line], marks: list[Mark]) -> None:
        current = next((mark for mark in marks if mark.id == self._canvas.emphasis.claim_id), None)
        for line in lines:
            if current is not None and line.start < current.end and line.end > current.start:
                area = claim_area(line)
                bar = QRectF(self.width() - _BAR - 1, area.top(), _BAR, area.height())
                painter.fillRect(bar, theme.current().accent)

    def _spots(self, lines: list[Line], marks: list[Mark]) -> list[Spot]:
        """Badges line by line, the place next to the text taken last; the last one stands for all without room."""
        starts = [line.start for line in lines]
        by_line: dict[int, tuple[Line, list[Mark]]] = {}
        for mark in marks:
            at = bisect_right(starts, mark.start) - 1
            if at >= 0 and mark.kind is not MarkKind.MENTION:
                by_line.setdefault(at, (lines[at], []))[1].append(mark)
        room = self._canvas.widget.column.gutter - _BAR - 2 * _GAP
        spots = []
        for line, here in by_line.values():
            side = round(_BADGE * line.scale)
            places = max(1, int(room // (side + _GAP)))
            y = line.y + (line.height - side) / 2
            shown = [[mark] for mark in here[:places]]
            shown[-1] += here[places:]
            for place, group in enumerate(reversed(shown)):
                x = self.width() - _BAR - 2 * _GAP - (place + 1) * side - place * _GAP
                spots.append(Spot(QRectF(x, y, side, side), group))
        return spots

    def _paint_spot(self, painter: QPainter, spot: Spot) -> None:
        colours = theme.current()
        mark, box = spot.marks[0], spot.box
        if mark.kind is MarkKind.PASSAGE:
            draw_diamond(painter, box, colours.accent, colours.on_accent, STANCE_GLYPHS.get(Stance(mark.tone), "i"))
        elif mark.suggested:
            draw_suggestion_badge(painter, box, colours.verdict(mark.tone or None).ink)
        else:
            style = colours.verdict(mark.tone or None)
            draw_badge(painter, box, style.badge, style.ink, colours.base, style.glyph)
        if mark.conflict:
            corner = QRectF(box.right() - 6, box.top() - 4, 9, 9)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.warning)
            painter.drawEllipse(corner)
            draw_glyph(painter, corner, colours.base, "≠")
        if len(spot.marks) > 1:
            painter.setFont(_small(painter.font()))
            painter.setPen(colours.soft_text)
            below = QRectF(box.left() - 4, box.bottom() - 2, box.width() + 8, 11)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"+{len(spot.marks) - 1}")

    def _on_column_moved(self, area: QRect) -> None:
        self.setGeometry(area)
        self.update()

    def _on_repainted(self, rect: QRect) -> None:
        self.update(0, rect.top(), self.width(), rect.height())


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(9)
    small.setBold(True)
    return small
