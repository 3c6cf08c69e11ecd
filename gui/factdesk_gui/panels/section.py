"""A part of the inspector with its heading, and the framed cards inside such parts."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from factdesk_gui import theme as themes

_ARROW = 9  # pixels
_INDENT = _ARROW + 8


class SectionHead(QAbstractButton):
    """The heading of a section, which folds and opens it; checked while it is open."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setBold(True)
        self.setFont(font)
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(lambda _: self.describe())
        self.describe()

    def describe(self) -> None:
        """Says in words whether it is open."""
        self.setAccessibleName(self.text())
        self.setToolTip("Fold this section" if self.isChecked() else "Open this section")
        self.setAccessibleDescription("open" if self.isChecked() else "folded")

    def sizeHint(self) -> QSize:
        """Qt: arrow and words."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + _INDENT + 4, metrics.lineSpacing() + 6)

    def minimumSizeHint(self) -> QSize:
        """Qt: a few letters."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints arrow and words."""
        del event
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(theme.accent if strong else theme.soft_text, 1.6))
        painter.drawPolyline(self._arrow())
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(theme.text)
        words = self.rect().adjusted(_INDENT, 0, 0, 0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _arrow(self) -> list[QPointF]:
        middle, half, left = self.height() / 2, _ARROW / 4, 4.0
        if self.isChecked():
            top = middle - half
            return [QPointF(left, top), QPointF(left + 2 * half, top + 2 * half), QPointF(left + 4 * half, top)]
        return [
            QPointF(left + half, middle - 2 * half),
            QPointF(left + 3 * half, middle),
            QPointF(left + half, middle + 2 * half),
        ]


class Section(QWidget):
    """A heading, room for buttons beside it, and a body.

    Signals:
        folded: (name, whether it is folded now), after a person folded or opened it.

    Attributes:
        head: layout beside the heading.
        body: layout below it.

    Args:
        title: the heading.
        name: what the section is called in the settings.
    """

    folded = Signal(str, bool)

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setAccessibleName(title)
        self.switch = SectionHead(title)
        self._inside = QWidget()
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        self.head.addWidget(self.switch, 1)
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(5)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(self.head)
        box.addWidget(self._inside)
        self.switch.toggled.connect(self._inside.setVisible)
        self.switch.clicked.connect(lambda checked: self.folded.emit(self.name, not checked))

    @property
    def title(self) -> str:
        """The heading."""
        return self.switch.text()

    @property
    def is_folded(self) -> bool:
        """Whether only the heading is shown."""
        return not self.switch.isChecked()

    def set_title(self, title: str) -> None:
        """Changes the heading."""
        if title != self.switch.text():
            self.switch.setText(title)
            self.switch.describe()
            self.switch.updateGeometry()
            self.setAccessibleName(title)

    def fold(self, *, folded: bool) -> None:
        """Shows only the heading, or everything."""
        self.switch.setChecked(not folded)


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
