"""The head of a reading pane: whose article it is, how far it is decided, and the pane's menu."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from factdesk.model.articles import Article
from factdesk_gui import theme


class ElidedLabel(QLabel):
    """A label on one line that ends in an ellipsis when there is no room for all of it."""

    def __init__(self, parent: QWidget, *, soft: bool = False) -> None:
        super().__init__(parent)
        self._soft = soft
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
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class PaneHead(QWidget):
    """Names the article. Dragging it moves the pane.

    Signals:
        menu_filling: the QMenu that is about to be shown, to be filled by the pane.
        dragged: the pointer's QPoint on the screen while the head is being dragged.
        pressed: the head was clicked.
    """

    menu_filling = Signal(object)
    dragged = Signal(QPoint)
    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(self)
        font = self.title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() + 1)
        self.title.setFont(font)
        self.counts = ElidedLabel(self, soft=True)
        self.button = QToolButton(self, text="▾", toolTip="Article and pane")
        self.button.setAccessibleName("Article and pane")
        self.button.setAutoRaise(True)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self.button)
        menu.aboutToShow.connect(lambda: self.menu_filling.emit(menu))
        self.button.setMenu(menu)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.counts)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 2, 4)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self._pressed_at: QPoint | None = None

    def show_article(self, article: Article) -> None:
        """Names an article."""
        meta = article.meta
        self.title.setText(" — ".join(part for part in (meta.publisher, meta.title) if part) or article.label)
        rows = (
            ("", meta.title),
            ("", meta.publisher),
            ("By ", meta.byline),
            ("Published ", meta.published_at),
            ("", meta.url),
            ("File ", article.source_name),
            ("", f"{article.length:,} characters"),
        )
        self.setToolTip("\n".join(name + value for name, value in rows if value))

    def show_counts(self, claims: int, decided: int) -> None:
        """How far the article is decided."""
        self.counts.setText(count_words(claims, decided))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where a drag may start."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells where the head is dragged to."""
        at = event.globalPosition().toPoint()
        if self._pressed_at and (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Ends a drag."""
        self._pressed_at = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)


def count_words(claims: int, decided: int) -> str:
    """For example "12 claims · 3 decided"."""
    if not claims:
        return "No claims yet"
    return f"{claims:,} {'claim' if claims == 1 else 'claims'} · {decided:,} decided"
