"""The menu of marks at one place, so that nested and overlapping ones can all be reached."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from factdesk.model.evidence import Stance
from factdesk_gui import theme
from factdesk_gui.reader.gutter import STANCE_GLYPHS
from factdesk_gui.reader.marks import Mark, MarkKind
from factdesk_gui.reader.strokes import draw_badge, draw_diamond, draw_suggestion_badge

_SIZE = 16
_LONGEST = 64


def add_marks(menu: QMenu, marks: list[Mark], words: Callable[[Mark], str], pick: Callable[[Mark], None]) -> None:
    """Adds one entry for each mark, innermost first."""
    for mark in marks:
        text = words(mark)
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
        action = menu.addAction(mark_icon(mark, menu.devicePixelRatioF()), text.replace("&", "&&"))
        action.triggered.connect(lambda _=False, mark=mark: pick(mark))


def mark_icon(mark: Mark, ratio: float = 1.0) -> QIcon:
    """A mark's badge as an icon."""
    pixmap = QPixmap(round(_SIZE * ratio), round(_SIZE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme.current()
    box = QRectF(1, 1, _SIZE - 2, _SIZE - 2)
    if mark.kind is MarkKind.MENTION:
        painter.setPen(colours.text)
        painter.setBrush(colours.label(mark.tone))
        painter.drawRoundedRect(box.adjusted(0.5, 2.5, -0.5, -2.5), 3, 3)
    elif mark.kind is MarkKind.PASSAGE:
        glyph = STANCE_GLYPHS.get(Stance(mark.tone), "i")
        draw_diamond(painter, box.adjusted(1, 1, -1, -1), colours.accent, colours.on_accent, glyph)
    elif mark.suggested:
        draw_suggestion_badge(painter, box, colours.verdict(mark.tone or None).ink)
    else:
        style = colours.verdict(mark.tone or None)
        draw_badge(painter, box, style.badge, style.ink, colours.base, style.glyph)
    painter.end()
    return QIcon(pixmap)
