"""A label for untrusted text: never rich text, wrapped, and cut after a number of lines."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from factdesk_gui.panels.words import one_line
from factdesk_gui.panels.wrapping import alignment_of, wrap_lines
from factdesk_gui.plain import wrapped_tip

_WIDTHS = 12  # remembered


class ClampLabel(QWidget):
    """Text of a few lines; the whole of it is in the tooltip and in the accessible name."""

    def __init__(self, lines: int = 2, *, soft: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._most = lines
        self._soft = soft
        self._wrapped: dict[int, list[str]] = {}  # by width: a layout asks about several before it settles on one
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    @property
    def cut(self) -> bool:
        """Whether something is left out at the present width."""
        return bool(self._most) and len(wrap_lines(self._text, self.font(), self.width(), self._most + 1)) > self._most

    def set_text(self, text: str) -> None:
        """Shows another text."""
        line = one_line(text)
        if line == self._text:
            return
        self._text = line
        self.setAccessibleName(line)
        self._forget()

    def set_lines(self, most: int) -> None:
        """Cuts after so many lines; 0 shows all."""
        if most != self._most:
            self._most = most
            self._forget()

    def tip(self) -> str:
        """What the tooltip says besides the whole text; "" for nothing."""
        return ""

    def hasHeightForWidth(self) -> bool:
        """Qt: the narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: height of the lines."""
        return max(1, len(self._lines(width))) * self.fontMetrics().lineSpacing() + 2

    def sizeHint(self) -> QSize:
        """Qt: a middling width."""
        width = self.width() if self.width() > 60 else 240
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Qt: may become narrow."""
        return QSize(60, self.fontMetrics().lineSpacing() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints the lines."""
        del event
        painter = QPainter(self)
        role = QPalette.ColorRole.PlaceholderText if self._soft else QPalette.ColorRole.WindowText
        painter.setPen(self.palette().color(role))
        height = self.fontMetrics().lineSpacing()
        side = alignment_of(self._text)
        for at, line in enumerate(self._lines(self.width())):
            painter.drawText(QRect(0, at * height + 1, self.width(), height), side | Qt.TextFlag.TextSingleLine, line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width makes other lines."""
        super().resizeEvent(event)
        self._tell()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another font makes other lines."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._forget()

    def _lines(self, width: int) -> list[str]:
        if width not in self._wrapped:
            if len(self._wrapped) >= _WIDTHS:
                self._wrapped.clear()
            self._wrapped[width] = wrap_lines(self._text, self.font(), width, self._most)
        return self._wrapped[width]

    def _forget(self) -> None:
        self._wrapped.clear()
        self._tell()
        self.updateGeometry()
        self.update()

    def _tell(self) -> None:
        shown = " ".join(self._lines(self.width()))
        more = self.tip()
        words = [] if shown == self._text else [self._text]
        self.setToolTip(wrapped_tip(*words, *([more] if more else [])))
