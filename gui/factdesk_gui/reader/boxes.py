"""Where marks are on visible lines: one box for each stretch that is in one piece on the screen."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF

from factdesk.text.offsets import Utf16Map
from factdesk_gui.reader.lines import Line
from factdesk_gui.reader.marks import Mark

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Piece(NamedTuple):
    """The part of a mark that is on one line."""

    mark: Mark
    boxes: list[QRectF]
    line: Line
    first: bool  # the mark starts on this line
    last: bool  # the mark ends on this line


class Boxer:
    """Measures stretches of one text on its lines; lines with right-to-left writing are measured run by run."""

    def __init__(self, text: str, positions: Utf16Map) -> None:
        self._mixed = (
            [] if text.isascii() else [positions.to_utf16(match.start()) for match in _RIGHT_TO_LEFT.finditer(text)]
        )

    def boxes(self, line: Line, start: int, end: int) -> list[QRectF]:
        """Boxes of a stretch (UTF-16 positions) on a line, in viewport coordinates, left to right."""
        start, end = max(start, line.start), min(end, line.end)
        if end <= start:
            return []
        stretches = self._runs(line, start, end) if self._is_mixed(line) else [_straight(line, start, end)]
        return [QRectF(line.x + left, line.y, right - left, line.height) for left, right in stretches if right > left]

    def pieces(self, lines: Iterable[Line], marks: Iterable[Mark]) -> list[Piece]:
        """The marks' parts on these lines, in the order of the marks."""
        shown = list(lines)
        starts = [line.start for line in shown]
        found = []
        for mark in marks:
            for line in shown[max(0, bisect_right(starts, mark.start) - 1) :]:
                if line.start >= mark.end:
                    break
                if boxes := self.boxes(line, mark.start, mark.end):
                    found.append(Piece(mark, boxes, line, mark.start >= line.start, mark.end <= line.end))
        return found

    def _is_mixed(self, line: Line) -> bool:
        at = bisect_left(self._mixed, line.start)
        return at < len(self._mixed) and self._mixed[at] < line.end

    def _runs(self, line: Line, start: int, end: int) -> list[tuple[float, float]]:
        """Stretches on the screen; a glyph run's box is the place its part of the text takes when selected."""
        runs = line.layout.glyphRuns(start - line.block, end - start)
        sides = sorted((run.boundingRect().left(), run.boundingRect().right()) for run in runs)
        joined: list[tuple[float, float]] = []
        for left, right in sides:
            if joined and left <= joined[-1][1] + 0.5:
                joined[-1] = (joined[-1][0], max(joined[-1][1], right))
            else:
                joined.append((left, right))
        return joined


def _straight(line: Line, start: int, end: int) -> tuple[float, float]:
    left = line.layout.cursorToX(start - line.block)[0]
    if end >= line.end:  # blanks at the line's end hang over its edge
        return left, line.layout.naturalTextRect().right()
    return left, line.layout.cursorToX(end - line.block)[0]
