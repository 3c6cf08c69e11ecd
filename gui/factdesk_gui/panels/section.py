"""A part of the inspector with its heading, and the framed cards inside such parts."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from factdesk_gui import theme as themes


class Section(QWidget):
    """A heading, room for buttons beside it, and a body.

    Attributes:
        head: layout beside the heading.
        body: layout below it.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._title = QLabel(title)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(5)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(self.head)
        box.addLayout(self.body)

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Changes the heading."""
        self._title.setText(title)
        self.setAccessibleName(title)


class Card(QWidget):
    """A framed box that can be focused and activated by click, Enter or Space.

    Signals:
        activated: clicked, or Enter pressed.
        opened: double-clicked.
        removed: Delete pressed.
    """

    activated = Signal()
    opened = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(9, 7, 9, 8)
        self.body.setSpacing(3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints frame and focus ring."""
        del event
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        edge = theme.accent if focus or self.underMouse() else theme.line
        painter.setPen(QPen(edge, 2 if focus else 1))
        painter.setBrush(theme.base)
        inset = 1.0 if focus else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 7, 7)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()
        super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: taken, so that the release comes here."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: a double click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter, Space and Delete."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.activated.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
