"""The sheet a text lies on: a frame that shows which pane has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from factdesk_gui import theme
from factdesk_gui.plain import PlainLabel

_EDGE = 3
_ROUND = 7


class Card(QWidget):
    """Holds the text or a sentence about why there is none yet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._active = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._column.setSpacing(0)
        self.notice = PlainLabel("Loading…", self)
        self.notice.setProperty("role", "soft")
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self.notice)
        self.notice.hide()

    def show_text(self, widget: QWidget) -> None:
        """Puts a text widget on the card."""
        self._column.addWidget(widget)
        widget.installEventFilter(self)
        widget.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame stands out while the text has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._active = event.type() == QEvent.Type.FocusIn
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The sheet and its frame."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.accent, 2) if self._active else QPen(colours.line, 1))
        painter.setBrush(colours.base)
        inset = 1.0 if self._active else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), _ROUND, _ROUND)
