"""One article's text on the screen with its marks: what the text widget shows, in the terms of the stored text."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, QRect, QRectF, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor

from factdesk.model.spans import Span
from factdesk.text.offsets import Utf16Map, display, with_soft_breaks
from factdesk_gui.reader.boxes import Boxer
from factdesk_gui.reader.found import TextSearch
from factdesk_gui.reader.handles import EdgeHandles
from factdesk_gui.reader.lines import Lines
from factdesk_gui.reader.mark_index import MarkIndex
from factdesk_gui.reader.marks import Mark, MarkKind, MarkMaker
from factdesk_gui.reader.overlay import Emphasis, Overlay
from factdesk_gui.reader.text_widget import TextWidget

_FLASH_MS = 900
_MARGIN = 4  # pixels around a mark that its outline may take


@dataclass(frozen=True, slots=True)
class ShownText:
    """A stored text made ready for the screen; may be made on any thread."""

    text: str
    shown: str
    positions: Utf16Map
    heading: int = -1  # UTF-16 position of a first line that repeats the title, -1 for none

    @classmethod
    def of(cls, text: str, title: str = "") -> "ShownText":
        """Prepares a stored text."""
        shown = with_soft_breaks(display(text))
        positions = Utf16Map(shown)
        start = len(text) - len(text.lstrip())
        first_line = text[start:].partition("\n")[0]
        is_title = bool(title) and first_line.split() == title.split()
        return cls(text, shown, positions, positions.to_utf16(start) if is_title else -1)


class Canvas(QObject):
    """Text, marks and emphasis of one text widget; every position in and out is a code point of the stored text.

    Signals:
        repainted: marks changed in a part of the viewport (a QRect), for whoever paints beside it.
    """

    repainted = Signal(QRect)

    def __init__(self, widget: TextWidget, lines: Lines) -> None:
        super().__init__(widget)
        self.widget = widget
        self.lines = lines
        self.text = ""
        self.positions = Utf16Map("")
        self.index = MarkIndex()
        self.maker = MarkMaker(self.positions)
        self.emphasis = Emphasis()
        self.overlay = Overlay(lines, self.index, self.emphasis)
        self.search = TextSearch("")
        self.handles = EdgeHandles(self)
        self.revealed: Span | None = None  # the passage that was asked for last
        self._flash = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=_FLASH_MS)
        self._flash.valueChanged.connect(self._on_flash)
        self._flash.finished.connect(self._on_flash_over)

    def show_text(self, shown: ShownText) -> None:
        """Shows another text, without marks."""
        self._flash.stop()
        self.index.clear()
        self.text, self.positions = shown.text, shown.positions
        self.maker = MarkMaker(shown.positions)
        self.search = TextSearch(shown.text)
        self.overlay.boxer = Boxer(shown.shown, shown.positions)
        self.overlay.found.set_spans([], self.positions)
        self.overlay.preview = None
        self.revealed = None
        self.emphasis.differences = ()
        self.widget.setPlainText(shown.shown)
        self.widget.format_paragraphs(shown.heading)

    def paint(self, event: QPaintEvent, paint_text: Callable[[], None]) -> None:
        """Paints what is under the text, the text, and what is over it."""
        seen = self.overlay.seen(event.rect().top() - _MARGIN, event.rect().bottom() + _MARGIN)
        painter = QPainter(self.widget.viewport())
        painter.setClipRegion(event.region())
        self.overlay.paint_under(painter, seen)
        painter.end()
        paint_text()
        painter = QPainter(self.widget.viewport())
        painter.setClipRegion(event.region())
        self.overlay.paint_over(painter, seen)
        self.handles.paint(painter, seen.pieces)
        painter.end()

    def marks_at(self, point: QPointF) -> list[Mark]:
        """The marks under a point of the viewport, innermost first."""
        pieces = self.overlay.seen(point.y(), point.y()).pieces
        around = [piece for piece in pieces if piece.line.y <= point.y() < piece.line.y + piece.line.pitch]
        marks = {
            piece.mark.id: piece.mark
            for piece in around
            if any(box.left() - 1 <= point.x() <= box.right() + 1 for box in piece.boxes)
        }
        return sorted(marks.values(), key=lambda mark: (mark.length, -mark.kind))

    def boxes_of(self, mark: Mark) -> list[QRectF]:
        """Where a mark is in the viewport, as far as it is visible."""
        pieces = self.overlay.seen(0, self.widget.viewport().height()).pieces
        return [box for piece in pieces if piece.mark.id == mark.id for box in piece.boxes]

    def touch(self, marks: Iterable[Mark]) -> None:
        """Repaints the lines that these marks are on, and nothing else."""
        height = self.widget.viewport().height()
        ends = self._visible_units()
        for mark in marks:
            if ends is None or mark.end < ends[0] or mark.start > ends[1]:
                continue
            first, last = self.lines.of(max(mark.start, ends[0])), self.lines.of(min(mark.end, ends[1]))
            if first is None or last is None:
                continue
            top = max(0, int(first.y) - _MARGIN)
            bottom = min(height, int(last.y + last.pitch) + _MARGIN)
            if top < bottom:
                rect = QRect(0, top, self.widget.viewport().width(), bottom - top)
                self.widget.viewport().update(rect)
                self.repainted.emit(rect)

    def touch_all(self) -> None:
        """Repaints everything that is visible."""
        self.widget.viewport().update()
        self.repainted.emit(self.widget.viewport().rect())

    def selected_span(self) -> Span | None:
        """What is selected, or None."""
        cursor = self.widget.textCursor()
        start = self.positions.to_code_point(cursor.selectionStart())
        end = min(self.positions.to_code_point(cursor.selectionEnd()), len(self.text))
        return Span(start, end) if start < end else None

    def caret(self) -> int:
        """Where the caret is."""
        return self.positions.to_code_point(self.widget.textCursor().position())

    def set_caret(self, start: int, end: int | None = None) -> None:
        """Moves the caret, or selects from one place to another; does not scroll."""
        scrolled = self.widget.verticalScrollBar().value()
        cursor = QTextCursor(self.widget.document())
        cursor.setPosition(self.positions.to_utf16(start))
        if end is not None:
            cursor.setPosition(self.positions.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        self.widget.setTextCursor(cursor)
        self.widget.verticalScrollBar().setValue(scrolled)

    def at_point(self, point: QPoint) -> int:
        """The place in the text nearest to a point of the viewport."""
        return self.positions.to_code_point(self.widget.cursorForPosition(point).position())

    def reveal(self, span: Span, *, flash: bool = True) -> None:
        """Scrolls so that a passage can be read with some text above it; not at all if it is in sight already."""
        start, end = self.positions.to_utf16(span.start), self.positions.to_utf16(span.end)
        self.revealed = span
        if not self.is_in_sight(span):
            self.lines.scroll_to(start, self.widget.viewport().height() * 0.3)
        if flash:
            self.emphasis.flash = (start, end)
            self._flash.stop()
            self._flash.start()

    def show_differences(self, spans: Iterable[Span], strong: Collection[Span] = ()) -> None:
        """Sets off words that the claim it is compared with has otherwise; none takes the marks away."""
        to_utf16 = self.positions.to_utf16
        wanted = tuple((to_utf16(span.start), to_utf16(span.end), span in strong) for span in spans)
        if wanted != self.emphasis.differences:
            touched = {*wanted, *self.emphasis.differences}
            self.emphasis.differences = wanted
            self.touch(Mark("", MarkKind.PASSAGE, start, end, Span(0, 1), "") for start, end, _ in touched)

    def mime_data(self) -> QMimeData:
        """The selection for the clipboard, from the stored text."""
        data = QMimeData()
        span = self.selected_span()
        data.setText(span.of(self.text) if span else "")
        return data

    def _visible_units(self) -> tuple[int, int] | None:
        lines = list(self.lines.between(0, self.widget.viewport().height()))
        return (lines[0].start, lines[-1].end) if lines else None

    def is_in_sight(self, span: Span) -> bool:
        """Whether a passage can be read as a whole."""
        start, end = self.positions.to_utf16(span.start), self.positions.to_utf16(span.end)
        ends = self._visible_units()
        if ends is None or start < ends[0] or end > ends[1]:
            return False
        first, last = self.lines.of(start), self.lines.of(max(start, end - 1))
        if first is None or last is None:
            return False
        return first.y >= 0 and last.y + last.height <= self.widget.viewport().height()

    def _on_flash(self, strength: float) -> None:
        self.emphasis.flash_strength = strength
        self._touch_flash()

    def _on_flash_over(self) -> None:
        self._touch_flash()
        self.emphasis.flash = None

    def _touch_flash(self) -> None:
        if self.emphasis.flash is not None:
            start, end = self.emphasis.flash
            self.touch([Mark("", MarkKind.PASSAGE, start, end, Span(0, 1), "")])
