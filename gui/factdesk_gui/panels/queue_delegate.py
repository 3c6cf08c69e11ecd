"""Paints the rows of the queue: one line with columns where there is room, a card of three lines in a narrow dock."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from factdesk.model.claims import Claim, Status
from factdesk_gui import theme as themes
from factdesk_gui.models.queue_model import CLAIM_ROLE, Column, QueueModel
from factdesk_gui.panels.badge import badge_width, claim_look, paint_badge, paint_score
from factdesk_gui.panels.words import one_line
from factdesk_gui.panels.wrapping import alignment_of, wrap_lines

_MARGIN = 8
_GAP = 8
_CARD_LINES = 2
_LONGEST = 400  # code points of a quote that can be seen in a row at all

Index = QModelIndex | QPersistentModelIndex


class QueueDelegate(QStyledItemDelegate):
    """Rows of claims.

    Attributes:
        cards: whether a row is a card (quote above, facts below) instead of columns.
        all_chosen: whether every row counts as chosen, because the next step is for all filtered claims.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards = False
        self.all_chosen = False

    def row_height(self, metrics: QFontMetrics) -> int:
        """The height of every row."""
        if self.cards:
            return (_CARD_LINES + 1) * metrics.lineSpacing() + 20
        return metrics.lineSpacing() + 12

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: size of a cell."""
        del index
        return QSize(option.rect.width(), self.row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paints one cell."""
        model = index.model()
        claim = model.claim(index.row()) if isinstance(model, QueueModel) else index.data(CLAIM_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) or self.all_chosen
        theme = themes.current()
        if selected:
            painter.fillRect(option.rect, theme.chosen)
        elif index.row() % 2 and not self.cards:
            painter.fillRect(option.rect, theme.raised)
        if not isinstance(claim, Claim):
            return
        painter.save()
        painter.setFont(option.font)
        if self.cards:
            self._paint_card(painter, option.rect, claim, index, selected=selected)
        else:
            self._paint_cell(painter, option.rect, claim, index, selected=selected)
        if self.cards and not selected:
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, claim: Claim, index: Index, *, selected: bool) -> None:
        inner = rect.adjusted(_MARGIN, 0, -_MARGIN // 2, 0)
        theme = themes.current()
        match index.column():
            case Column.VERDICT:
                paint_badge(painter, inner, claim_look(claim, theme), theme)
            case Column.CLAIM:
                _paint_quote(painter, inner, claim, selected=selected, lines=1)
            case Column.SCORE if claim.score is not None:
                _score(painter, inner, claim, selected=selected)
            case Column.LINKS:
                _paint_links(painter, inner, claim, selected=selected)
            case Column.KIND | Column.CLAIMANT | Column.ARTICLE:
                words = index.data(Qt.ItemDataRole.DisplayRole) or ""
                _line(painter, inner, words, _soft(selected=selected))

    def _paint_card(self, painter: QPainter, rect: QRect, claim: Claim, index: Index, *, selected: bool) -> None:
        theme = themes.current()
        metrics = painter.fontMetrics()
        quote = QRect(rect.left() + _MARGIN, rect.top() + 6, rect.width() - 2 * _MARGIN, 0)
        quote.setHeight(_CARD_LINES * metrics.lineSpacing())
        _paint_quote(painter, quote, claim, selected=selected, lines=_CARD_LINES)
        facts = QRect(quote.left(), quote.bottom() + 4, quote.width(), metrics.lineSpacing() + 6)
        look = claim_look(claim, theme)
        paint_badge(painter, facts, look, theme)
        facts.setLeft(facts.left() + badge_width(look, metrics) + _GAP)
        if claim.score is not None:
            bar = QRect(facts)
            bar.setLeft(max(facts.left(), facts.right() - 62))
            _score(painter, bar, claim, selected=selected)
            facts.setRight(bar.left() - 4)
        if claim.linked:
            facts.setLeft(_paint_links(painter, facts, claim, selected=selected, short=True) + _GAP)
        model = index.model()
        article = model.article_name(claim) if isinstance(model, QueueModel) else ""
        words = f"{article} · {claim.kind.value}" if article else claim.kind.value
        _line(painter, facts, words, _soft(selected=selected))


def _ink(claim: Claim, *, selected: bool) -> QColor:
    theme = themes.current()
    if selected:
        return theme.on_chosen
    return theme.text if claim.status is Status.ACCEPTED or claim.verdict else theme.soft_text


def _soft(*, selected: bool) -> QColor:
    theme = themes.current()
    return theme.on_chosen if selected else theme.soft_text


def _score(painter: QPainter, rect: QRect, claim: Claim, *, selected: bool) -> None:
    track = QColor(themes.current().on_chosen if selected else themes.current().edge)
    track.setAlphaF(0.3)
    paint_score(painter, rect, claim.score or 0.0, _soft(selected=selected), track)


def _line(painter: QPainter, rect: QRect, words: str, ink: QColor) -> None:
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _paint_links(painter: QPainter, rect: QRect, claim: Claim, *, selected: bool, short: bool = False) -> int:
    """Paints the number of linked claims and the conflict mark; returns where it ends."""
    if not claim.linked:
        return rect.left()
    theme = themes.current()
    if claim.conflicts:
        words = f"≠ {claim.conflicts}" if short else f"≠ {claim.conflicts} of {claim.linked}"
    else:
        words = f"= {claim.linked}"
    painter.save()
    if claim.conflicts:
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
    painter.setPen(theme.on_chosen if selected else theme.warning if claim.conflicts else theme.soft_text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
    end = rect.left() + painter.fontMetrics().horizontalAdvance(words)
    painter.restore()
    return end


def _paint_quote(painter: QPainter, rect: QRect, claim: Claim, *, selected: bool, lines: int) -> None:
    painter.setPen(_ink(claim, selected=selected))
    font = QFont(painter.font())
    font.setStrikeOut(claim.status is Status.REFUSED)
    painter.save()
    painter.setFont(font)
    text = one_line(claim.quote[:_LONGEST])
    metrics = painter.fontMetrics()
    if lines == 1:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, alignment_of(text) | Qt.TextFlag.TextSingleLine, shown)
    else:
        for at, part in enumerate(wrap_lines(text, font, rect.width(), lines)):
            line = QRect(rect.left(), rect.top() + at * metrics.lineSpacing(), rect.width(), metrics.lineSpacing())
            painter.drawText(line, alignment_of(text) | Qt.TextFlag.TextSingleLine, part)
    painter.restore()
