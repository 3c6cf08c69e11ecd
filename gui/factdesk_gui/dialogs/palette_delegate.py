"""Paints a line of the palette: icon, title with the letters that answered, place, key or why not."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from factdesk_gui.dialogs.palette_rows import Entry, PaletteRows
from factdesk_gui.icons import icon

_ICON = 18
_PAD = 10
_FAINT = 0.6


class PaletteDelegate(QStyledItemDelegate):
    """Draws with the view's palette, so that it follows the theme."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One roomy line."""
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One entry."""
        model = index.model()
        if not isinstance(model, PaletteRows):
            return
        entry = model.entry(index.row())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        roles = QPalette.ColorRole
        ink = option.palette.color(roles.HighlightedText if is_selected else roles.Text)
        soft = ink if is_selected else option.palette.color(roles.PlaceholderText)
        painter.save()
        if is_selected:
            painter.fillRect(option.rect, option.palette.color(roles.Highlight))
        box = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        if entry.icon:
            painter.setOpacity(_FAINT if entry.why_not else 1)
            square = QRect(box.left(), box.center().y() - _ICON // 2, _ICON, _ICON)
            icon(entry.icon, ink).paint(painter, square)
            painter.setOpacity(1)
        box.setLeft(box.left() + _ICON + _PAD)
        taken = _paint_right(painter, box, entry, ink, soft)
        box.setRight(box.right() - taken - _PAD)
        _paint_title(painter, box, entry, soft if entry.why_not else ink, option.font)
        painter.restore()


def _paint_right(painter: QPainter, box: QRect, entry: Entry, ink: QColor, soft: QColor) -> int:
    """Why not, or the menu and the key; gives the width used."""
    aside = f"not now: {entry.why_not}" if entry.why_not else entry.place
    painter.setPen(ink)
    metrics = painter.fontMetrics()
    key_width = metrics.horizontalAdvance(entry.key) + 12 if entry.key else 0
    if entry.key:
        frame = QRect(
            box.right() - key_width, box.center().y() - metrics.height() // 2 - 1, key_width, metrics.height() + 2
        )
        painter.setPen(soft)
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(soft if entry.why_not else ink)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, entry.key)
    aside_width = min(metrics.horizontalAdvance(aside) + 4, box.width() // 2)
    place = QRect(box.right() - key_width - _PAD - aside_width, box.top(), aside_width, box.height())
    painter.setPen(soft)
    words = metrics.elidedText(aside, Qt.TextElideMode.ElideRight, aside_width)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
    return key_width + _PAD + aside_width


def _paint_title(painter: QPainter, box: QRect, entry: Entry, ink: QColor, font: QFont) -> None:
    title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(title, font)
    formats = []
    for place in entry.letters:
        if place < len(title):
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            bold.setFontUnderline(True)  # seen without colour and in any font
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = place, 1, bold
            formats.append(span)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    painter.setPen(ink)
    layout.draw(painter, QPointF(box.left(), box.top() + (box.height() - line.height()) / 2))
