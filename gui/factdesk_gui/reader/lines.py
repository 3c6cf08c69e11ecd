"""The laid-out lines of a text view, the same way for both of Qt's text widgets."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextLine
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

LINE_SPACING = 1.2  # of the rich widget, in heights of a line, which serif fonts make tall already
_USUAL_HEIGHT = 22.0  # pixels of a line of 12 point letters
_MANY_LINES = 8  # in blocks with more, the first visible line is estimated instead of searched


def letter_scale(height: float) -> float:
    """How much larger than usual small drawings should be beside letters of a height; at most double."""
    return min(2.0, max(1.0, height / _USUAL_HEIGHT))


class Line(NamedTuple):
    """One visible line; `x` and `y` are where its paragraph's left edge and its own top are in the viewport."""

    block: int  # UTF-16 position of its paragraph
    start: int  # UTF-16 position of its first unit
    end: int  # UTF-16 position after its last unit
    layout: QTextLine
    x: float
    y: float
    pitch: float  # from its top to the next line's

    @property
    def height(self) -> float:
        """Height of its letters."""
        return self.layout.height()

    @property
    def scale(self) -> float:
        """How much larger than usual lines and badges should be for letters of this size."""
        return letter_scale(self.layout.height())


def make_line(block: int, layout: QTextLine, x: float, y: float, pitch: float) -> Line:
    """The line of a layout, placed in the viewport."""
    start = block + layout.textStart()
    return Line(block, start, start + layout.textLength(), layout, x, y, pitch)


class Lines(Protocol):
    """What painting, hitting and scrolling need to know about a view's layout."""

    def between(self, top: float, bottom: float) -> Iterator[Line]:
        """Lines that are at least partly between two heights of the viewport."""

    def of(self, unit: int) -> Line | None:
        """The line a position is in, visible or not; its place is exact when it is near the viewport."""

    def scroll_to(self, unit: int, above: float) -> None:
        """Scrolls so that the line of a position is `above` pixels below the viewport's top, where possible."""


def _line_in_block(block: QTextBlock, unit: int) -> QTextLine:
    layout = block.layout()
    found = layout.lineForTextPosition(min(max(0, unit - block.position()), max(0, block.length() - 1)))
    return found if found.isValid() else layout.lineAt(max(0, layout.lineCount() - 1))


def _lines_of_block(block: QTextBlock, place: QRectF, spacing: float, top: float, bottom: float) -> Iterator[Line]:
    layout = block.layout()
    count = layout.lineCount()
    if not count:
        return
    first = 0
    if count > _MANY_LINES:
        first = min(count - 1, max(0, int((top - place.top()) * count / max(1.0, place.height())) - 2))
        while first > 0 and place.top() + layout.lineAt(first).y() > top:
            first -= 1
    for number in range(first, count):
        line = layout.lineAt(number)
        y = place.top() + line.y()
        if y > bottom:
            return
        below = layout.lineAt(number + 1).y() if number + 1 < count else line.y() + line.height() * spacing
        if place.top() + below >= top:
            yield make_line(block.position(), line, place.left(), y, below - line.y())


class RichLines:
    """Lines of a QTextEdit, which lays out the whole document and scrolls by pixels."""

    def __init__(self, view: QTextEdit) -> None:
        self._view = view

    def between(self, top: float, bottom: float) -> Iterator[Line]:
        """Lines between two heights of the viewport."""
        layout = self._view.document().documentLayout()
        scrolled = self._view.verticalScrollBar().value()
        at = layout.hitTest(QPointF(5, scrolled + max(0.0, top)), Qt.HitTestAccuracy.FuzzyHit)
        block = self._view.document().findBlock(max(0, at))
        if block.previous().isValid():  # the gap between paragraphs belongs to no line
            block = block.previous()
        while block.isValid():
            place = layout.blockBoundingRect(block).translated(0, -scrolled)
            if place.top() > bottom:
                return
            yield from _lines_of_block(block, place, LINE_SPACING, top, bottom)
            block = block.next()

    def of(self, unit: int) -> Line | None:
        """The line of a position."""
        block = self._view.document().findBlock(unit)
        place = self._view.document().documentLayout().blockBoundingRect(block)
        line = _line_in_block(block, unit)
        if not line.isValid():
            return None
        place.translate(0, -self._view.verticalScrollBar().value())
        return make_line(block.position(), line, place.left(), place.top() + line.y(), line.height() * LINE_SPACING)

    def scroll_to(self, unit: int, above: float) -> None:
        """Scrolls a line to a height."""
        self._view.document().size()  # finishes the layout, so that the scroll bar knows its range
        line = self.of(unit)
        if line is not None:
            bar = self._view.verticalScrollBar()
            bar.setValue(round(bar.value() + line.y - above))


class PlainLines:
    """Lines of a QPlainTextEdit, which lays out what is visible and scrolls by lines."""

    def __init__(self, view: QPlainTextEdit) -> None:
        self._view = view

    def between(self, top: float, bottom: float) -> Iterator[Line]:
        """Lines between two heights of the viewport."""
        view = self._view
        block = view.firstVisibleBlock()
        place = view.blockBoundingGeometry(block).translated(view.contentOffset())
        while block.isValid() and place.top() <= bottom:
            if place.bottom() >= top:
                yield from _lines_of_block(block, place, 1.0, top, bottom)
            block = block.next()
            place = QRectF(place.left(), place.bottom(), place.width(), view.blockBoundingRect(block).height())

    def of(self, unit: int) -> Line | None:
        """The line of a position."""
        view = self._view
        block = view.document().findBlock(unit)
        place = view.blockBoundingGeometry(block).translated(view.contentOffset())
        line = _line_in_block(block, unit)
        if not line.isValid():
            return None
        return make_line(block.position(), line, place.left(), place.top() + line.y(), line.height())

    def scroll_to(self, unit: int, above: float) -> None:
        """Scrolls a line to about a height: whole lines only."""
        view = self._view
        block = view.document().findBlock(unit)
        view.blockBoundingRect(block)  # lays it out
        line = _line_in_block(block, unit)
        if not line.isValid():
            return
        over = int(above // max(1.0, line.height()))
        view.verticalScrollBar().setValue(block.firstLineNumber() + line.lineNumber() - over)
