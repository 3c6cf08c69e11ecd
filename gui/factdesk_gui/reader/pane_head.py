"""The head of a reading pane: whose article it is, how far it is decided, and the pane's menu."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from factdesk.model.articles import Article
from factdesk_gui import theme
from factdesk_gui.icons import icon
from factdesk_gui.plain import plain_tip
from factdesk_gui.reader.presence import PresenceChip

_SIGN = 16  # pixels of the arrow that says "choose another"


class ElidedLabel(QLabel):
    """A label on one line that ends in an ellipsis when there is no room for all of it.

    Attributes:
        before: words in front of the text; they give way first.
        shorter: words that are shown instead where the text would be cut, or nothing where they would be, too.
    """

    def __init__(self, parent: QWidget, *, soft: bool = False) -> None:
        super().__init__(parent)
        self._soft = soft
        self.before = self.shorter = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """As much of the text as there is room for."""
        painter = QPainter(self)
        painter.setPen(theme.current().soft_text if self._soft else theme.current().text)
        painter.setFont(self.font())
        metrics, right = self.fontMetrics(), Qt.TextElideMode.ElideRight
        fits = not self.shorter or metrics.horizontalAdvance(self.text()) <= self.width()
        rest = f" · {self.text()}" if self.before and fits else self.text() if fits else self.shorter
        if not fits and metrics.horizontalAdvance(rest) > self.width():
            return  # half a number says nothing
        room = self.width() - metrics.horizontalAdvance(rest)
        before = metrics.elidedText(self.before, right, max(room, self.width() // 3)) if self.before and fits else ""
        shown = metrics.elidedText(before + rest, right, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class PaneHead(QWidget):
    """Names the article; a click offers the others, a drag moves the pane.

    Signals:
        menu_filling: the QMenu that is about to be shown, to be filled by the pane.
        dragged: the pointer's QPoint on the screen while the head is being dragged.
        pressed: the head was pressed.
        close_wanted: the cross was clicked.
        passage_wanted: show the passage about the current claim.
    """

    menu_filling = Signal(object)
    dragged = Signal(QPoint)
    pressed = Signal()
    close_wanted = Signal()
    passage_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(self)
        font = self.title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() + 1)
        self.title.setFont(font)
        self.counts = ElidedLabel(self, soft=True)
        self.presence = PresenceChip(self)
        self.presence.clicked.connect(self.passage_wanted)
        self.button = QToolButton(self, toolTip="Choose another article; find, move or close the pane")
        self.button.setAccessibleName("Article and pane")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setStyleSheet("QToolButton::menu-indicator { image: none; } QToolButton { padding: 3px; }")
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(lambda: self.menu_filling.emit(self.menu))
        self.button.setMenu(self.menu)
        self._close = QToolButton(self, toolTip="Close the pane")
        self._close.setAccessibleName("Close the pane")
        self._close.setStyleSheet("QToolButton { padding: 3px; }")
        self._close.clicked.connect(self.close_wanted)
        for button in (self.button, self._close):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIconSize(QSize(_SIGN, _SIGN))
            button.setCursor(Qt.CursorShape.ArrowCursor)
        self._facts: list[str] = []  # lines of the tooltip
        self._counted = self._origin = self._reading = ""
        self._lay_out()
        self._tint()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pressed_at: QPoint | None = None
        self._dragging = False

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.counts, 1)
        below.addWidget(self.presence)
        words.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 5, 3, 5)
        row.setSpacing(1)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        row.addWidget(self._close)

    def _tint(self) -> None:
        self.button.setIcon(icon("next"))
        self._close.setIcon(icon("close"))

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the theme changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """A frame under the pointer says that the name can be clicked."""
        if not self.underMouse():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().edge, 1))
        painter.setBrush(theme.current().base)
        frame = QRect(QPoint(1, 2), QPoint(self.button.geometry().right() + 1, self.height() - 3))
        painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def show_article(self, article: Article) -> None:
        """Names an article."""
        meta = article.meta
        self.title.setText(meta.title or (f"“{article.label}”" if article.label.endswith("…") else article.label))
        self.counts.before = meta.publisher if meta.title else ""
        rows = (
            ("", meta.title),
            ("", meta.publisher),
            ("By ", meta.byline),
            ("Published ", meta.published_at),
            ("", meta.url),
            ("File ", article.source_name),
            ("", f"{article.length:,} characters"),
        )
        self._facts = [name + value for name, value in rows if value]
        self._origin = self._reading = ""
        self._say()

    def show_counts(self, claims: int, decided: int) -> None:
        """How far the article is decided."""
        self._counted = count_words(claims, decided)
        self.counts.shorter = f"{decided:,} of {claims:,}" if claims else ""
        self._say()

    def show_origin(self, words: str) -> None:
        """Whose text it shares, in words, or ""."""
        if words != self._origin:
            self._origin = words
            self._say()

    def show_reading(self, words: str) -> None:
        """With what the machine read it, in words, or ""; said in the tooltip."""
        self._reading = words
        self._say()

    def _say(self) -> None:
        self.counts.setText(" · ".join(part for part in (self._origin, self._counted) if part))
        more = (self._origin[:1].upper() + self._origin[1:], self._counted, self._reading)
        known = [*self._facts, *filter(None, more)]
        self.setToolTip(plain_tip("\n".join([*known, "", "Click to choose another article, drag to move the pane"])))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where a drag may start."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()
            self._dragging = False
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells where the head is dragged to."""
        at = event.globalPosition().toPoint()
        if self._pressed_at and (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Ends a drag; a mere click offers the articles."""
        clicked = self._pressed_at is not None and not self._dragging
        self._pressed_at = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if clicked:
            self.open_menu()

    def open_menu(self) -> None:
        """Offers the articles of the case and what can be done with the pane."""
        self.menu.popup(self.mapToGlobal(QPoint(2, self.height() - 2)))


def count_words(claims: int, decided: int) -> str:
    """For example "12 claims · 3 decided"."""
    if not claims:
        return "No claims yet"
    return f"{claims:,} {'claim' if claims == 1 else 'claims'} · {decided:,} decided"
