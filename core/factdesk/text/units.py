"""What other programs count the characters of a text in: UTF-16 units, or what a reader sees as one character."""

from bisect import bisect_left, bisect_right
from enum import StrEnum

from factdesk.model.spans import Span
from factdesk.text.clusters import pattern
from factdesk.text.offsets import Utf16Map


class Unit(StrEnum):
    """How positions are counted."""

    CODE_POINTS = "code points"
    UTF16 = "UTF-16 units"
    GRAPHEMES = "graphemes"


class Ruler:
    """Converts places of one text between code points and another unit."""

    def __init__(self, text: str, unit: Unit) -> None:
        self._length = len(text)
        self._unit = unit
        self._map = Utf16Map(text)
        self._starts: list[int] = []
        self.length = len(text)
        if unit is Unit.GRAPHEMES:
            self._starts = [match.start() for match in pattern(r"\X").finditer(text)]
            self.length = len(self._starts)
        elif unit is Unit.UTF16:
            self.length = self._map.to_utf16(len(text))

    def measured(self, span: Span) -> tuple[int, int]:
        """Start and end in the unit; a grapheme that the span cuts counts whole."""
        if self._unit is Unit.GRAPHEMES:
            return bisect_right(self._starts, span.start) - 1, bisect_left(self._starts, span.end)
        if self._unit is Unit.UTF16:
            return self._map.to_utf16(span.start), self._map.to_utf16(span.end)
        return span.start, span.end

    def span(self, start: int, end: int) -> Span | None:
        """The other way; None for what is no place in the text."""
        if not 0 <= start < end <= self.length:
            return None
        if self._unit is Unit.GRAPHEMES:
            return Span(self._starts[start], self._starts[end] if end < self.length else self._length)
        if self._unit is Unit.UTF16:
            first, last = self._map.to_code_point(start), self._map.to_code_point(end)
            return Span(first, last) if first < last else None
        return Span(start, end)


def is_simple(text: str) -> bool:
    """Whether all units count this text alike: no character outside the basic plane, none made of several."""
    return (text.isascii() and "\r" not in text) or len(pattern(r"\X").findall(text)) == len(text) == _units(text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
