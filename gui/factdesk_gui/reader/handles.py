"""Grips at both ends of the mark in hand; dragging one shows the new edge at once and tells it when let go."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QPainter

from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_start
from factdesk.text.words import next_word_end, next_word_start, previous_word_end, previous_word_start
from factdesk_gui import theme
from factdesk_gui.reader.boxes import Piece
from factdesk_gui.reader.marks import Mark
from factdesk_gui.reader.strokes import draw_grip

if TYPE_CHECKING:
    from factdesk_gui.reader.canvas import Canvas

_REACH = 7  # pixels around a grip that take hold of it


class Grip(NamedTuple):
    """One end of a mark on the screen."""

    mark: Mark
    at_start: bool
    line: QRectF  # a thin upright box at the edge


class EdgeHandles:
    """The grips of one canvas. Nothing is changed here: a finished drag gives the wanted span."""

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self._dragged: Grip | None = None
        self.enabled = True

    @property
    def dragging(self) -> bool:
        """Whether an edge is being dragged."""
        return self._dragged is not None

    @property
    def mark(self) -> Mark | None:
        """The mark that has grips: the mention in hand, else the current claim."""
        if not self.enabled:
            return None
        canvas = self._canvas
        wanted = canvas.emphasis.mention_id or canvas.emphasis.claim_id
        preview = canvas.overlay.preview
        return preview if preview is not None and preview.id == wanted else canvas.index.get(wanted)

    def grips(self, pieces: Iterable[Piece]) -> list[Grip]:
        """The grips that are on these lines."""
        mark = self.mark
        if mark is None:
            return []
        return [grip for piece in pieces if piece.mark.id == mark.id for grip in _grips_of(piece)]

    def paint(self, painter: QPainter, pieces: Iterable[Piece]) -> None:
        """Paints the grips on these lines."""
        colours = theme.current()
        for grip in self.grips(pieces):
            draw_grip(painter, grip.line, colours.accent, colours.base, at_start=grip.at_start)

    def at(self, point: QPointF) -> Grip | None:
        """The grip under a point of the viewport; the nearest, where two are close."""
        if self.mark is None:
            return None
        pieces = self._canvas.overlay.seen(point.y() - _REACH, point.y() + _REACH).pieces
        near = [
            grip for grip in self.grips(pieces) if grip.line.adjusted(-_REACH, -_REACH, _REACH, _REACH).contains(point)
        ]
        return min(near, key=lambda grip: abs(grip.line.center().x() - point.x()), default=None)

    def begin(self, grip: Grip) -> None:
        """Takes hold of a grip."""
        self._dragged = grip
        self._preview(grip.mark.span)

    def drag(self, point: QPoint, *, fine: bool) -> None:
        """Moves the edge to the word, or with `fine` to the character, nearest to a point."""
        if self._dragged is None:
            return
        at = self._canvas.at_point(point)
        self._preview(moved_edge(self._canvas.text, self._dragged.mark.span, at, self._dragged.at_start, fine=fine))

    def finish(self) -> tuple[Mark, Span] | None:
        """Lets go: the mark as it was and its new span, None if it stayed. The preview stays until it is stored."""
        grip, preview = self._dragged, self._canvas.overlay.preview
        self._dragged = None
        if grip is None or preview is None or preview.span == grip.mark.span:
            self.clear()
            return None
        return grip.mark, preview.span

    def clear(self) -> None:
        """Takes the preview off: the drag was given up, or its result has been stored or refused."""
        self._dragged = None
        preview, self._canvas.overlay.preview = self._canvas.overlay.preview, None
        if preview is not None:
            mark = self._canvas.index.get(preview.id)
            self._canvas.touch([preview, *([mark] if mark else [])])

    def _preview(self, span: Span) -> None:
        if self._dragged is None:
            return
        old = self._canvas.overlay.preview or self._dragged.mark
        new = self._canvas.maker.moved(self._dragged.mark, span)
        self._canvas.overlay.preview = new
        self._canvas.touch([old, new])


def moved_edge(text: str, span: Span, at: int, at_start: bool, *, fine: bool) -> Span:  # noqa: FBT001 - which edge
    """The span with one edge moved near a place; something is always left of it."""
    if fine:
        edge = cluster_start(text, at)
    elif at_start:
        edge = _nearest(at, previous_word_start(text, at + 1), next_word_start(text, at - 1) if at else 0)
    else:
        edge = _nearest(at, previous_word_end(text, at + 1), next_word_end(text, at - 1) if at else 0)
    if at_start:
        return Span(edge, span.end) if 0 <= edge < span.end else span
    return Span(span.start, edge) if span.start < edge <= len(text) else span


def _nearest(at: int, before: int, after: int) -> int:
    return min((before, after), key=lambda edge: abs(edge - at))


def _grips_of(piece: Piece) -> list[Grip]:
    """Grips of a piece; in right-to-left text the start is at the right of its box."""
    grips = []
    line, mark = piece.line, piece.mark
    for is_there, at_start, unit in ((piece.first, True, mark.start), (piece.last, False, mark.end - 1)):
        if not is_there:
            continue
        box = _box_at(piece, unit, at_start=at_start)
        grips.append(Grip(mark, at_start, QRectF(box - 0.5, line.y, 1, line.height)))
    return grips


def _box_at(piece: Piece, unit: int, *, at_start: bool) -> float:
    """The x of the outer side of the letter at a UTF-16 position."""
    runs = piece.line.layout.glyphRuns(unit - piece.line.block, 1)
    if not runs:
        return piece.boxes[0].left() if at_start else piece.boxes[-1].right()
    box = runs[0].boundingRect()
    is_left = runs[0].isRightToLeft() != at_start
    return piece.line.x + (box.left() if is_left else box.right())
