"""One source in the strip of values: who, when, which values, and what of them differs and why."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from factdesk_gui import theme as themes
from factdesk_gui.panels.wrapping import wrap_lines
from factdesk_gui.plain import plain_tip

_PAD = 6
_LEFT = 0.36  # of the width: source and time
_GAP = 8


@dataclass(frozen=True, slots=True)
class StripValue:
    """One value as a source states it."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class StripEntry:
    """What a row shows."""

    claim_id: str
    source: str
    when: tuple[str, ...] = ()  # lines: day and time of publication
    values: tuple[StripValue, ...] = ()
    names: str = ""
    said: str = ""  # who says it, and the words quoted
    why: str = ""  # why it stands out
    is_current: bool = False

    is_odd: bool = False  # a number or date differs, not only a name


class StripRow(QAbstractButton):
    """A row that goes to its passage when pressed; values that differ are bold behind a sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = StripEntry("", "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entry(self, entry: StripEntry) -> None:
        """Shows another source."""
        self.entry = entry
        values = ", ".join(("≠ " if value.differs else "") + value.text for value in entry.values)
        parts = [entry.source, *entry.when, values, entry.why, entry.names, entry.said]
        self.setAccessibleName(", ".join(part for part in parts if part))
        why, names = (f"\n{words}" if words else "" for words in (entry.why, entry.names))
        self.setToolTip(plain_tip(f"{values or 'No values'}{why}{names}\nClick to go to the passage"))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Qt: the narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: the higher of the two columns."""
        metrics = self.fontMetrics()
        _, right = _columns(width)
        lines = sum(len(text) for text, _, _ in self._right(right))
        return max(lines, 1 + len(self.entry.when)) * metrics.lineSpacing() + 2 * _PAD

    def sizeHint(self) -> QSize:
        """Qt: a middling width."""
        width = self.width() if self.width() > 80 else 300
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Qt: may become narrow."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width makes other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints the row."""
        del event
        theme, entry = themes.current(), self.entry
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        line = self.fontMetrics().lineSpacing()
        left, right = _columns(self.width())
        painter.setPen(theme.text)
        painter.setFont(self._font(bold=entry.is_current))
        metrics = painter.fontMetrics()
        source = QRect(_PAD, _PAD, left, line)
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(source, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(entry.source, elide, left))
        painter.setFont(self.font())
        painter.setPen(theme.soft_text)
        for at, text in enumerate(entry.when, 1):
            words = self.fontMetrics().elidedText(text, elide, left)
            painter.drawText(source.translated(0, at * line), Qt.AlignmentFlag.AlignVCenter, words)
        top = _PAD
        for lines, ink, bold in self._right(right):
            painter.setFont(self._font(bold=bold))
            painter.setPen(ink)
            for text in lines:
                painter.drawText(QRect(_PAD + left + _GAP, top, right, line), Qt.AlignmentFlag.AlignVCenter, text)
                top += line

    def _paint_ground(self, painter: QPainter) -> None:
        theme = themes.current()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        focus = self.hasFocus()
        edge = theme.accent if focus or self.underMouse() else theme.warning if self.entry.is_odd else theme.line
        painter.setPen(QPen(edge, 2 if focus else 1))
        painter.setBrush(theme.warning_tint if self.entry.is_odd else theme.base)
        painter.drawRoundedRect(box, 5, 5)

    def _font(self, *, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        return font

    def _right(self, width: int) -> list[tuple[list[str], QColor, bool]]:
        """The lines of the right column with their ink and weight."""
        theme, entry = themes.current(), self.entry
        found: list[tuple[list[str], QColor, bool]] = []
        for differs in (True, False):
            words = ", ".join(value.text for value in entry.values if value.differs is differs)
            if words:
                sign = "≠ " if differs else ""
                ink = theme.warning if differs else theme.text
                found.append((wrap_lines(sign + words, self._font(bold=differs), width, 4), ink, differs))
        soft = theme.soft_text
        if not (entry.values or entry.why or entry.names or entry.said):
            found.append((["no values"], soft, False))
        why_ink = theme.text if entry.is_odd else soft
        for text, ink, most in ((entry.why, why_ink, 2), (entry.names, theme.text, 1), (entry.said, soft, 2)):
            if text:
                found.append((wrap_lines(text, self.font(), width, most), ink, False))
        return found


def _columns(width: int) -> tuple[int, int]:
    """Widths of both columns."""
    free = max(60, width - 2 * _PAD - _GAP)
    left = round(free * _LEFT)
    return left, free - left
