"""Paints the board: what a source says as glyph, word and value; the fact with its verdict in the first column."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from factdesk.model.claims import Verdict
from factdesk.model.clusters import CellState
from factdesk.store.board import BoardRow
from factdesk.store.board_cells import BoardCell
from factdesk_gui import theme as themes
from factdesk_gui.models.board_model import BoardModel
from factdesk_gui.models.board_rows import STATE_GLYPHS
from factdesk_gui.panels.badge import MARK, paint_mark
from factdesk_gui.panels.words import one_line
from factdesk_gui.panels.wrapping import alignment_of, wrap_lines
from factdesk_gui.theme import Theme

LINES = 2
_PAD = 6
_GLYPH = 17  # width of the column of glyphs in a cell
_LONGEST = 300  # code points of a fact that can be seen in a row at all
_SIGN = 13.0  # size of the verdict sign in a cell

Index = QModelIndex | QPersistentModelIndex


def row_height(metrics: QFontMetrics) -> int:
    """The height of every row."""
    return LINES * metrics.lineSpacing() + 2 * _PAD


class BoardDelegate(QStyledItemDelegate):
    """Paints cells and edits facts.

    Attributes:
        current: the row and column that has the keyboard; told by the view, since it is of two tables.
        focused: whether the board has the focus.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = (-1, -1)
        self.focused = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: size of a cell."""
        del index
        return QSize(option.rect.width(), row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paints one cell."""
        model = index.model()
        row = model.row(index.row()) if isinstance(model, BoardModel) else None
        if row is None or not isinstance(model, BoardModel):
            return
        theme = themes.current()
        painter.save()
        painter.setFont(option.font)
        rect = option.rect
        painter.fillRect(rect, theme.raised if index.row() == self.current[0] else theme.base)  # over Qt's highlight
        cell = model.cell(index)
        if cell is None:
            contradicted = row.key in model.own.contradictions
            paint_head(painter, rect, row, theme, model.source_count, contradicted=contradicted)
        else:
            column = model.column(index.column())
            unread = column is not None and not column.is_analysed
            paint_cell(painter, rect.adjusted(4, 4, -4, -4), cell, theme, model.own.of(cell), unread=unread)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_choice(painter, option, index, theme)
        painter.restore()

    def _paint_choice(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Theme) -> None:
        current = (index.row(), index.column()) == self.current
        if option.state & QStyle.StateFlag.State_Selected and not current:
            veil = QColor(theme.accent)
            veil.setAlphaF(0.16)
            painter.fillRect(option.rect, veil)
        if current or option.state & QStyle.StateFlag.State_Selected:
            pen = QPen(theme.accent if self.focused else theme.edge, 2.0 if current else 1.0)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -2))

    # a fact edited in place ---------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: room for both lines of a fact."""
        del option, index
        editor = QPlainTextEdit(parent)
        editor.setTabChangesFocus(True)
        editor.setAccessibleName("Words of the fact")
        editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: begins with the words as they are, all of them selected."""
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Qt: hands the words on."""
        if isinstance(editor, QPlainTextEdit) and isinstance(model, BoardModel):
            model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: a little larger than the row, so that the frame hides no word."""
        del index
        editor.setGeometry(option.rect.adjusted(0, -3, 0, 5))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter keeps the words; Shift and Enter is no new line either, a fact is one line."""
        if (
            isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(watched, event)

    def follow(self, view: QAbstractItemView, *, focused: bool) -> None:
        """Takes over where the keyboard is."""
        index = view.currentIndex()
        self.current, self.focused = (index.row(), index.column()), focused


def paint_head(
    painter: QPainter, rect: QRect, row: BoardRow, theme: Theme, of_sources: int, *, contradicted: bool = False
) -> None:
    """Paints a fact: verdict, words in two lines, and how many sources and conflicts it has."""
    metrics = painter.fontMetrics()
    line = metrics.lineSpacing()
    top = rect.top() + (rect.height() - LINES * line) // 2
    centre = QPointF(rect.left() + 8 + MARK / 2, top + line / 2)
    paint_mark(painter, centre, theme.verdict(row.verdict), theme)
    if contradicted:
        painter.setPen(theme.warning)
        painter.drawText(QRect(rect.left() + 8, top + line, MARK, line), Qt.AlignmentFlag.AlignCenter, "⚠")
    counts = metrics.horizontalAdvance("12/12") + 6
    words = QRect(rect.left() + MARK + 16, top, rect.width() - MARK - 22 - counts, line)
    text = one_line(row.text[:_LONGEST])
    painter.setPen(theme.text)
    for at, part in enumerate(wrap_lines(text, painter.font(), words.width(), LINES)):
        painter.drawText(words.translated(0, at * line), alignment_of(text) | Qt.TextFlag.TextSingleLine, part)
    column = QRect(rect.right() - counts - 4, top, counts, line)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setPen(theme.soft_text)
    painter.drawText(column, right, f"{row.sources}/{of_sources}")
    if row.conflicts:
        painter.setPen(theme.warning)
        painter.setFont(_bold(painter.font()))
        painter.drawText(column.translated(0, line), right, f"≠ {row.conflicts}")


def paint_cell(
    painter: QPainter, rect: QRect, cell: BoardCell, theme: Theme, own: Verdict | None = None, *, unread: bool = False
) -> None:
    """Paints what one source says: dashed where it is a guess; a sign at the right for a verdict of its own."""
    ink, soft = _paint_box(painter, rect, cell, theme)
    inner = rect.adjusted(_PAD, 0, -_PAD // 2, 0)
    if own is not None:
        paint_mark(painter, QPointF(inner.right() - _SIGN / 2, rect.center().y()), theme.verdict(own), theme, _SIGN)
        inner.setRight(inner.right() - round(_SIGN) - 2)
    metrics = painter.fontMetrics()
    line = metrics.lineSpacing()
    below = _second_line(cell, metrics, inner.width() - _GLYPH)
    top = inner.top() + (inner.height() - (2 if below else 1) * line) // 2
    words = QRect(inner.left() + _GLYPH, top, inner.width() - _GLYPH, line)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.setPen(ink)
    plain = painter.font()
    painter.setFont(_bold(plain))
    painter.drawText(QRect(inner.left(), top, _GLYPH, line), flags, STATE_GLYPHS[cell.state])
    if cell.state is not CellState.CONFLICTS:
        painter.setFont(plain)
    first = one_line(cell.shown) or ("not read yet" if unread and not cell.claim_ids else _FIRST_WORDS[cell.state])
    shown = painter.fontMetrics().elidedText(first, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, alignment_of(first) | Qt.TextFlag.TextSingleLine, shown)
    painter.setFont(plain)
    if below:
        painter.setPen(soft)
        shown = metrics.elidedText(below, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.translated(0, line), flags, shown)


_FIRST_WORDS: dict[CellState, str] = {
    CellState.STATES: "states it",
    CellState.DIFFERS: "words it otherwise",
    CellState.CONFLICTS: "conflicts",
    CellState.QUOTES: "quotes",
    CellState.NOT_FOUND: "not found",
    CellState.NOT_MENTIONED: "not mentioned",
}


def _second_line(cell: BoardCell, metrics: QFontMetrics, width: int) -> str:
    parts = [cell.state.value if cell.shown else "", "suggested" if cell.suggested else ""]
    if len(cell.claim_ids) > 1:
        parts.append(f"{len(cell.claim_ids)} passages")
    words = " · ".join(part for part in parts if part)
    if cell.suggested and metrics.horizontalAdvance(words) > width:  # the glyph says the state
        return "suggested"
    return words


def _paint_box(painter: QPainter, rect: QRect, cell: BoardCell, theme: Theme) -> tuple[QColor, QColor]:
    """Paints the ground of a cell; gives the inks for its first and second line."""
    if cell.state is CellState.NOT_FOUND:
        return theme.soft_text, theme.soft_text
    fill, edge, ink = QColor(theme.raised), theme.edge, theme.text
    match cell.state:
        case CellState.CONFLICTS:
            fill, edge, ink = theme.warning_tint, theme.warning, theme.warning
        case CellState.DIFFERS:
            fill, edge = _mixed(theme.accent, theme.base, 0.14), theme.accent
        case CellState.NOT_MENTIONED:
            fill, ink = theme.base, theme.soft_text
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1.0, Qt.PenStyle.DashLine if cell.suggested else Qt.PenStyle.SolidLine))
    painter.setBrush(theme.base if cell.suggested else fill)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.restore()
    return ink, theme.soft_text


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    rest = 1 - share
    return QColor(
        round(one.red() * share + other.red() * rest),
        round(one.green() * share + other.green() * rest),
        round(one.blue() * share + other.blue() * rest),
    )


def _bold(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
