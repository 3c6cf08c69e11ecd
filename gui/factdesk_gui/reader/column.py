"""The measure: a text column of a comfortable width, with room for margin marks."""

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractScrollArea, QPlainTextEdit, QStyle, QTextEdit

from factdesk_gui.reader.lines import letter_scale

_MEASURE = 68  # characters on a line, at most
_SAMPLE = "Ministers said on Tuesday that about 200 people had left the town before the bridge was closed. "
_WIDE_GUTTER, _NARROW_GUTTER = 36, 22
_NARROW = 380  # widgets up to this width have the narrow gutter
_EDGE = 6  # free pixels right of the column in narrow widgets
_TOP = 6


class Column(QObject):
    """Sets the viewport margins of a text widget for its width and font.

    Signals:
        moved: the free area left of the text (a QRect in the widget), for the gutter.
    """

    moved = Signal(QRect)

    def __init__(self, widget: QTextEdit | QPlainTextEdit) -> None:
        super().__init__(widget)
        self._widget = widget
        self._margins = (-1, -1)

    @property
    def gutter(self) -> int:
        """Width of the margin marks' strip."""
        height = QFontMetricsF(self._widget.document().defaultFont()).height()
        usual = _NARROW_GUTTER if self._widget.width() <= _NARROW else _WIDE_GUTTER
        return round(usual * letter_scale(height))

    def fit(self) -> None:
        """Makes the column as wide as reads well, or as there is room, in the middle of what is left."""
        widget = self._widget
        bar = widget.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, widget)
        free = widget.width() - bar - self.gutter - _EDGE
        wanted = self.wanted_width()
        spare = max(0, int(free - wanted))
        margins = (self.gutter + spare // 2, _EDGE + spare - spare // 2)
        if margins != self._margins:
            self._margins = margins
            set_margins(widget, margins[0], margins[1])
        view = widget.viewport().geometry()
        self.moved.emit(QRect(0, view.top(), margins[0], max(0, widget.height() - view.top())))

    def wanted_width(self) -> float:
        """Width of a full line of text in this font, with the document's own margins."""
        metrics = QFontMetricsF(self._widget.document().defaultFont())
        return (
            metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * _MEASURE + 2 * self._widget.document().documentMargin()
        )


def set_margins(area: QAbstractScrollArea, left: int, right: int) -> None:
    """Leaves room beside the viewport."""
    area.setViewportMargins(left, _TOP, right, 0)
