"""Buttons that show a verdict by shape, glyph, word and key: large in the inspector, small above the queue."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from factdesk_gui import theme as themes
from factdesk_gui.panels.badge import MARK, paint_mark, style_of
from factdesk_gui.plain import plain_tip
from factdesk_gui.theme import VerdictStyle

_BIG_MARK = 20.0


class _VerdictFrame(QAbstractButton):
    """What both sizes share: a box that is tinted and strongly framed while it is checked."""

    def __init__(self, verdict: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = verdict
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def style_now(self) -> VerdictStyle:
        """The look of this verdict in the theme in force."""
        return style_of(self.verdict, themes.current())

    def paint_frame(self, painter: QPainter) -> QColor:
        """Paints box, border and focus ring; returns the ink for words."""
        theme, style = themes.current(), self.style_now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = self.isChecked()
        enabled = self.isEnabled()
        edge = style.ink if enabled and (checked or self.underMouse()) else theme.edge if enabled else theme.line
        thick = 2.0 if checked else 1.0
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(edge, thick))
        painter.setBrush(style.tint if checked else theme.base)
        painter.drawRoundedRect(box, 7, 7)
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8.5, 8.5)
        if not enabled:
            return theme.soft_text
        return style.ink if checked else theme.text


class VerdictButton(_VerdictFrame):
    """A large button for one verdict, with its key.

    Signals:
        only_here_wanted: give this verdict in the current article alone.
    """

    only_here_wanted = Signal()

    def __init__(self, verdict: str, parent: QWidget | None = None) -> None:
        super().__init__(verdict, parent)
        self._key = ""
        self._scope = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Shows which key does the same."""
        self._key = key
        self.setAccessibleName(self.style_now().name)
        self._describe()
        self.update()

    def set_scope(self, scope: str) -> None:
        """Says for which articles it is meant; "" for the only one there is."""
        if scope != self._scope:
            self._scope = scope
            self._describe()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the verdict for all, or for this article alone."""
        menu = QMenu(self)
        name = self.style_now().name
        menu.addAction(name).triggered.connect(self.click)
        menu.addAction(f"{name} in this article only").triggered.connect(self.only_here_wanted)
        for action in menu.actions():
            action.setEnabled(self.isEnabled())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _describe(self) -> None:
        key = f" ({self._key})" if self._key else ""
        self.setToolTip(plain_tip(f"Mark the claim as {self.style_now().name.lower()}{self._scope}{key}"))

    def sizeHint(self) -> QSize:
        """Qt: room for mark, word and key."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("Unverified") + 24, int(_BIG_MARK) + 2 * metrics.lineSpacing() + 18)

    def minimumSizeHint(self) -> QSize:
        """Qt: the words may not be cut."""
        return QSize(self.fontMetrics().horizontalAdvance("Unverified") + 12, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints the button."""
        del event
        painter = QPainter(self)
        ink = self.paint_frame(painter)
        theme, style = themes.current(), self.style_now()
        line = self.fontMetrics().lineSpacing()
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        paint_mark(painter, QPointF(self.width() / 2, 8 + _BIG_MARK / 2), style, theme, _BIG_MARK)
        painter.setOpacity(1.0)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(ink)
        words = QRect(2, 11 + int(_BIG_MARK), self.width() - 4, line)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, style.name)
        if self._key:
            painter.setFont(self.font())
            painter.setPen(theme.soft_text)
            painter.drawText(words.translated(0, line), Qt.AlignmentFlag.AlignCenter, self._key)


class VerdictChip(_VerdictFrame):
    """A small filter switch with the number of claims behind it."""

    def __init__(self, verdict: str, word: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(verdict, parent)
        self._word = word
        self._meaning = meaning
        self._count: int | None = None
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(None)

    def set_count(self, count: int | None) -> None:
        """How many claims the switch would show."""
        self._count = count
        number = "" if count is None else f"{count:,}"
        self.setAccessibleName(f"{self._word} {number}".strip())
        self.setToolTip(plain_tip(f"{self._meaning}: {number}" if number else self._meaning))
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:  # noqa: FBT001 - a property setter in Qt's manner
        """Leaves the word to the tooltip where there is no room."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Qt: room for mark and words."""
        metrics = self.fontMetrics()
        return QSize(MARK + 20 + metrics.horizontalAdvance(self._words()), metrics.height() + 12)

    def minimumSizeHint(self) -> QSize:
        """Qt: never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints the chip."""
        del event
        painter = QPainter(self)
        ink = self.paint_frame(painter)
        theme = themes.current()
        middle = self.height() / 2
        paint_mark(painter, QPointF(8 + MARK / 2, middle), self.style_now(), theme)
        painter.setPen(ink)
        words = self.rect().adjusted(12 + MARK, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words())

    def _words(self) -> str:
        number = "" if self._count is None else f"{self._count:,}"
        return number if self._brief and number else f"{self._word} {number}".strip()
