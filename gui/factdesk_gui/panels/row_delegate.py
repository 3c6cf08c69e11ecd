"""What delegates of simple lists share: background, margins, lines of text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from factdesk_gui import theme as themes
from factdesk_gui.panels.wrapping import alignment_of

MARGIN = 9
_PAD = 6

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """A row of some lines; subclasses paint into `paint_row`."""

    lines = 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: every row has the same height."""
        del index
        return QSize(120, self.lines * option.fontMetrics.lineSpacing() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paints one row."""
        theme = themes.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(option.font)
        if selected:
            painter.fillRect(option.rect, theme.chosen)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.raised)
        self.paint_row(painter, option.rect.adjusted(MARGIN, _PAD, -MARGIN, -_PAD), index, selected=selected)
        if not selected:
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        """Paints what the row says; a panel with more to say than its words paints its own."""
        draw_words(painter, rect, str(index.data() or ""), ink(selected=selected))


def ink(*, selected: bool, soft: bool = False) -> QColor:
    """Colour for words in a row."""
    theme = themes.current()
    if selected:
        return theme.on_chosen
    return theme.soft_text if soft else theme.text


def draw_words(painter: QPainter, rect: QRect, words: str, colour: QColor, *, bold: bool = False) -> int:
    """Draws one line, elided; returns the width it took."""
    painter.save()
    if bold:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, alignment_of(words) | Qt.TextFlag.TextSingleLine, shown)
    width = painter.fontMetrics().horizontalAdvance(shown)
    painter.restore()
    return width


def line_of(rect: QRect, painter: QPainter, number: int) -> QRect:
    """The rectangle of a line in a row."""
    height = painter.fontMetrics().lineSpacing()
    return QRect(rect.left(), rect.top() + number * height, rect.width(), height)


def tune_list(view: QListView, delegate: RowDelegate, name: str) -> None:
    """Settings that all lists of this kind have."""
    delegate.setParent(view)
    view.setItemDelegate(delegate)
    view.setUniformItemSizes(True)
    view.setAccessibleName(name)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMouseTracking(True)
