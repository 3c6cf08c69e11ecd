"""Keeps the place in a text: the first visible code point, through resizing, zooming and closing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from factdesk_gui.reader.canvas import Canvas


class Anchor(QObject):
    """Remembers which code point is at the top of a canvas and how much of its line is scrolled away.

    Signals:
        moved: the reader scrolled.
    """

    moved = Signal()

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._code_point = 0
        self._part = 0.0
        self._holds = 0
        canvas.widget.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def place(self) -> dict[str, Any]:
        """The place as plain values."""
        return {"at": self._code_point, "part": round(self._part, 3)}

    def restore(self, place: dict[str, Any]) -> None:
        """Goes to a place; one that the text does not have counts as its end."""
        self._code_point = min(max(0, int(place.get("at", 0))), len(self._canvas.text))
        self._part = min(max(0.0, float(place.get("part", 0.0))), 1.0)
        with self.held():
            pass

    @contextmanager
    def held(self) -> Iterator[None]:
        """What happens inside may move the text; afterwards the same line is at the top again."""
        self._holds += 1
        try:
            yield
            if self._holds == 1 and self._canvas.text:
                self._go()
        finally:
            self._holds -= 1

    @contextmanager
    def resized(self) -> Iterator[None]:
        """As `held`; besides, a passage revealed last that was in sight still is when the viewport becomes smaller."""
        passage = self._canvas.revealed
        was_in_sight = passage is not None and self._canvas.is_in_sight(passage)
        with self.held():
            yield
        if passage is not None and was_in_sight:
            self._canvas.reveal(passage, flash=False)

    def _go(self) -> None:
        unit = self._canvas.positions.to_utf16(self._code_point)
        line = self._canvas.lines.of(unit)
        if line is not None:
            self._canvas.lines.scroll_to(unit, -self._part * line.pitch)

    def _on_scrolled(self) -> None:
        if self._holds or not self._canvas.text:
            return
        line = next(self._canvas.lines.between(0, self._canvas.widget.viewport().height()), None)
        if line is None:
            return
        self._code_point = self._canvas.positions.to_code_point(line.start)
        self._part = min(max(0.0, -line.y / line.pitch), 1.0) if line.pitch else 0.0
        self.moved.emit()
