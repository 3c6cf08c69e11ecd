"""The head of the board: names of the articles, and a band over those that are one source."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from factdesk.store.board import BoardColumn
from factdesk_gui import theme as themes
from factdesk_gui.models.board_model import BoardModel
from factdesk_gui.panels.wrapping import alignment_of

_PAD = 6


class BoardHeader(QHeaderView):
    """One line of names; a second one above it as soon as two articles share their text."""

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._banded = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("Articles of the board")

    def set_banded(self, *, banded: bool) -> None:
        """Makes room for the band; both heads of the board are equally high."""
        if banded != self._banded:
            self._banded = banded
            self.geometriesChanged.emit()  # the table asks for the height anew

    def sizeHint(self) -> QSize:
        """Qt: one or two lines."""
        line = self.fontMetrics().lineSpacing()
        return QSize(super().sizeHint().width(), line + 2 * _PAD + (line + 4 if self._banded else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: names, and the bands across their columns."""
        del event
        theme = themes.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.window)
        line = self.fontMetrics().lineSpacing()
        top = line + 4 if self._banded else 0
        for section in range(self.count()):
            if not self.isSectionHidden(section):
                rect = QRect(self._left(section), top, self.sectionSize(section), self.height() - top)
                self._paint_name(painter, rect, section)
        if self._banded:
            for first, last in bands(self._model.columns):
                left = self._left(first + 1)
                width = self._left(last + 1) + self.sectionSize(last + 1) - left
                self._paint_band(painter, QRect(left, 2, width, line + 2), last - first)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _left(self, section: int) -> int:
        return self.sectionViewportPosition(section)

    def _paint_name(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = themes.current()
        name = str(self._model.headerData(section, Qt.Orientation.Horizontal))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.text)
        words = rect.adjusted(_PAD + 2, 0, -_PAD, 0)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, alignment_of(name) | Qt.TextFlag.TextSingleLine, shown)

    def _paint_band(self, painter: QPainter, rect: QRect, reprints: int) -> None:
        if self.isSectionHidden(1):
            return
        theme = themes.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.edge, 1))
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(rect.adjusted(4, 0, -4, 0), 5, 5)
        words = rect.adjusted(10, 0, -10, 0).intersected(self.viewport().rect().adjusted(_PAD, 0, 0, 0))
        painter.setFont(self.font())
        painter.setPen(theme.text)
        text = band_words(reprints)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


def band_words(reprints: int) -> str:
    """What a band over an article and its reprints says."""
    return f"1 source, {reprints} reprint{'' if reprints == 1 else 's'}"


def bands(columns: tuple[BoardColumn, ...] | list[BoardColumn]) -> list[tuple[int, int]]:
    """First and last of the columns that stand together as one source, for sources of two articles and more."""
    found: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(columns) + 1):
        together = at < len(columns) and columns[at].origin_id and columns[at].origin_id == columns[start].origin_id
        if not together:
            if at - start > 1:
                found.append((start, at - 1))
            start = at
    return found
