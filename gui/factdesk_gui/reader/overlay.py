"""Paints marks under and over a text: only those on the lines that are being painted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from factdesk_gui import theme
from factdesk_gui.reader.boxes import Boxer, Piece
from factdesk_gui.reader.differences import DifferencePart, bracket_difference, tint_difference
from factdesk_gui.reader.found import FoundHits
from factdesk_gui.reader.lines import Line, Lines
from factdesk_gui.reader.mark_index import MarkIndex
from factdesk_gui.reader.marks import Mark, MarkKind
from factdesk_gui.reader.strokes import PATTERNS, STRONG, Pattern, Stroke, draw_underline, mixed, outline

_ABOVE = 0.3  # of the free height between lines: what a claim's area takes above the letters
_LANE = 3.0  # pixels between the underlines of overlapping claims


@dataclass
class Emphasis:
    """What stands out: the current claim, the mention clicked last, an entity, and a passage shown just now."""

    claim_id: str = ""
    mention_id: str = ""
    entity_id: str = ""
    differences: tuple[tuple[int, int, bool], ...] = ()  # UTF-16 positions of words put otherwise; strong for values
    flash: tuple[int, int] | None = None  # UTF-16 positions
    flash_strength: float = 0.0


class Seen(NamedTuple):
    """What one paint needs: the lines and the parts of marks on them."""

    lines: list[Line]
    pieces: list[Piece]


class Overlay:
    """The marks of one text view, painted from the layout as it is now."""

    def __init__(self, lines: Lines, index: MarkIndex, emphasis: Emphasis) -> None:
        self._lines = lines
        self._index = index
        self._emphasis = emphasis
        self.found = FoundHits()
        self.boxer: Boxer | None = None  # None while no text is shown
        self.preview: Mark | None = None  # a mark whose edge is being dragged
        self.shown = set(MarkKind)  # kinds that are painted and can be clicked

    def in_sight(self, top: float, bottom: float) -> tuple[list[Line], list[Mark]]:
        """Lines between two heights of the viewport and the marks on them, outer ones first."""
        lines = list(self._lines.between(top, bottom)) if self.boxer is not None else []
        if not lines:
            return [], []
        marks = [mark for mark in self._index.between(lines[0].start, lines[-1].end) if self._is_shown(mark)]
        if self.preview is not None:
            others = [mark for mark in marks if mark.id != self.preview.id]
            at = next((i for i, mark in enumerate(marks) if mark.id == self.preview.id), len(others))
            marks = [*others[:at], self.preview, *others[at:]]
        return lines, marks

    def seen(self, top: float, bottom: float) -> Seen:
        """The same, measured: where exactly the marks are."""
        lines, marks = self.in_sight(top, bottom)
        return Seen(lines, self.boxer.pieces(lines, marks) if self.boxer is not None else [])

    def paint_under(self, painter: QPainter, seen: Seen) -> None:
        """Tints and boxes, before the text."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        claims = [piece for piece in seen.pieces if piece.mark.kind is MarkKind.CLAIM]
        for piece in sorted(claims, key=lambda piece: (self._is_current(piece.mark), -piece.mark.length)):
            self._tint_claim(painter, piece)
        for piece in seen.pieces:
            if piece.mark.kind is MarkKind.MENTION:
                self._paint_mention(painter, piece)
        self._tint_differences(painter, seen.lines)
        self._paint_found(painter, seen.lines)
        self._paint_flash(painter, seen.lines)

    def paint_over(self, painter: QPainter, seen: Seen) -> None:
        """Underlines and outlines, after the text."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for piece in seen.pieces:
            if piece.mark.kind is MarkKind.CLAIM:
                self._underline_claim(painter, piece)
        self._outline_current(painter, seen.pieces)
        self._outline_passages(painter, seen.pieces)
        self._bracket_differences(painter, seen.lines)

    def _is_shown(self, mark: Mark) -> bool:
        return mark.kind in self.shown or self._is_current(mark) or mark.id == self._emphasis.mention_id

    def _is_current(self, mark: Mark) -> bool:
        return mark.id == self._emphasis.claim_id

    def _tint_claim(self, painter: QPainter, piece: Piece) -> None:
        colours = theme.current()
        current = self._is_current(piece.mark)
        if piece.mark.suggested and not current:
            return
        tint = colours.verdict(piece.mark.tone or None).tint
        if current:
            tint = mixed(colours.base if piece.mark.suggested else tint, colours.accent, 0.13)
        for box in piece.boxes:
            painter.fillRect(_claim_box(box, piece.line), tint)

    def _underline_claim(self, painter: QPainter, piece: Piece) -> None:
        style = theme.current().verdict(piece.mark.tone or None)
        scale = piece.line.scale
        stroke = Stroke(
            Pattern.DASHES if piece.mark.suggested else PATTERNS[style.underline],
            style.ink.rgba(),
            scale * (STRONG if self._is_current(piece.mark) else 1.0),
        )
        y = _underline_top(piece.line) + self._index.lane(piece.mark.id) * _LANE * scale
        for box in piece.boxes:
            draw_underline(painter, stroke, box.left(), box.right(), y)

    def _paint_mention(self, painter: QPainter, piece: Piece) -> None:
        colours = theme.current()
        mark = piece.mark
        chosen = mark.id == self._emphasis.mention_id
        wanted = chosen or (bool(mark.entity_id) and mark.entity_id == self._emphasis.entity_id)
        tint = colours.label(mark.tone)
        edge = mixed(tint, colours.text, 0.3)
        fill = QColor(tint)
        if mark.suggested and not wanted:
            fill.setAlphaF(0.5)
            edge.setAlphaF(0.55)
        pen = QPen(colours.accent, 2.2 if chosen else 1.8) if wanted else QPen(edge, 1)
        if mark.suggested and not wanted:
            pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(fill)
        for box in piece.boxes:
            painter.drawRoundedRect(box.adjusted(-0.5, 1.5, 0.5, -1.5), 3, 3)

    def _paint_found(self, painter: QPainter, lines: Sequence[Line]) -> None:
        if not lines or not self.found.hits:
            return
        colours = theme.current()
        first, hits = self.found.between(lines[0].start, lines[-1].end)
        for number, (start, end) in enumerate(hits, first):
            current = number == self.found.current
            painter.setPen(QPen(colours.accent, 2.4) if current else QPen(colours.warning, 1))
            painter.setBrush(colours.found)
            self._boxes_of(painter, lines, start, end, grow=1.0 if current else 0.0)

    def _tint_differences(self, painter: QPainter, lines: Sequence[Line]) -> None:
        for part in self._differences(lines):
            tint_difference(painter, part)

    def _bracket_differences(self, painter: QPainter, lines: Sequence[Line]) -> None:
        for part in self._differences(lines):
            bracket_difference(painter, part)

    def _differences(self, lines: Sequence[Line]) -> Iterator[DifferencePart]:
        """What differs, line by line."""
        if self.boxer is None:
            return
        for start, end, strong in self._emphasis.differences:
            for line in lines:
                boxes = self.boxer.boxes(line, start, end)
                for at, box in enumerate(boxes):
                    opens, closes = start >= line.start and at == 0, end <= line.end and at == len(boxes) - 1
                    yield DifferencePart(box, strong, opens, closes)

    def _paint_flash(self, painter: QPainter, lines: Sequence[Line]) -> None:
        if self._emphasis.flash is None:
            return
        colour = QColor(theme.current().accent)
        colour.setAlphaF(0.45 * self._emphasis.flash_strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        self._boxes_of(painter, lines, *self._emphasis.flash, grow=2.0)

    def _boxes_of(self, painter: QPainter, lines: Sequence[Line], start: int, end: int, grow: float) -> None:
        if self.boxer is None:
            return
        for line in lines:
            for box in self.boxer.boxes(line, start, end):
                painter.drawRoundedRect(box.adjusted(-grow, 0, grow, 0), 2, 2)

    def _outline_current(self, painter: QPainter, pieces: Sequence[Piece]) -> None:
        boxes = [
            _claim_box(box, piece.line).adjusted(-1.5, -0.5, 1.5, 0.5)
            for piece in pieces
            if self._is_current(piece.mark)
            for box in piece.boxes
        ]
        if boxes:
            painter.setPen(QPen(theme.current().accent, 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline(boxes))

    def _outline_passages(self, painter: QPainter, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            if piece.mark.kind is MarkKind.PASSAGE:
                pen = QPen(theme.current().accent, 1.5)
                pen.setDashPattern([4.0, 2.5])
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                for box in piece.boxes:
                    painter.drawRoundedRect(_claim_box(box, piece.line).adjusted(-2, -1, 2, 0), 3, 3)


def _room(line: Line) -> float:
    """Free height below a line's letters."""
    return max(0.0, line.pitch - line.height)


def _underline_top(line: Line) -> float:
    """Where the first underline is: just below the letters, higher where lines are tight."""
    return line.y + line.height - (1.5 if _room(line) < _LANE else 0.0)


def claim_area(line: Line) -> QRectF:
    """The height a claim takes on a line (no width): whole pixels, and those of following lines touch."""
    top = round(line.y - _ABOVE * _room(line))
    return QRectF(0, top, 0, round(line.y + line.height + (1 - _ABOVE) * _room(line)) - top)


def _claim_box(box: QRectF, line: Line) -> QRectF:
    area = claim_area(line)
    return QRectF(box.left(), area.top(), box.width(), area.height())
