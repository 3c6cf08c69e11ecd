"""The two read-only text widgets: Qt's rich one with comfortable line spacing, and the plain one for huge texts."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from factdesk_gui.reader.column import Column
from factdesk_gui.reader.lines import LINE_SPACING

if TYPE_CHECKING:
    from factdesk_gui.reader.anchor import Anchor
    from factdesk_gui.reader.canvas import Canvas
    from factdesk_gui.reader.pointer import Pointer

_HEADING = 1.2  # size of a title, in sizes of the text
_GAP = 0.4  # between paragraphs, in heights of a line
_NO_FRAME = "QTextEdit, QPlainTextEdit { border: 0; border-radius: 0; padding: 0; background: palette(base); }"


class _Marked:
    """What both widgets hand on: painting to the canvas, mouse and keys to the pointer, size to the column."""

    canvas: "Canvas | None" = None
    pointer: "Pointer | None" = None
    anchor: "Anchor | None" = None
    column: Column

    def set_up(self: Any) -> None:
        """To be called once, at the end of the widget's own set-up."""
        self.column = Column(self)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(_NO_FRAME)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # a scroll repaints only what comes in

    def paintEvent(self: Any, event: QPaintEvent) -> None:
        """Marks under the text, the text, marks over it."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().base())
        painter.end()
        paint_text = super().paintEvent  # type: ignore[misc]  # the widget's, next in line
        if self.canvas is None:
            paint_text(event)
        else:
            self.canvas.paint(event, lambda: paint_text(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A grip first, then selecting."""
        if self.pointer is None or not self.pointer.press(event):
            super().mousePressEvent(event)  # type: ignore[misc]  # the widget's

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags a grip, else selects."""
        if self.pointer is None or not self.pointer.move(event):
            super().mouseMoveEvent(event)  # type: ignore[misc]  # the widget's

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go of a grip; else a click picks a mark."""
        if self.pointer is not None and self.pointer.release(event):
            return
        super().mouseReleaseEvent(event)  # type: ignore[misc]  # the widget's
        if self.pointer is not None:
            self.pointer.click(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Picking by key first, then moving the caret."""
        if self.pointer is None or not self.pointer.key(event):
            super().keyPressEvent(event)  # type: ignore[misc]  # the widget's

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The marks under the pointer and what can be done."""
        if self.pointer is not None:
            self.pointer.menu(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tells that this pane is used now."""
        super().focusInEvent(event)  # type: ignore[misc]  # the widget's
        if self.pointer is not None:
            self.pointer.focused.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel asks for other letters, in all panes; Qt would change this one only."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.pointer is not None and event.angleDelta().y():
                self.pointer.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)  # type: ignore[misc]  # the widget's

    def viewportEvent(self, event: QEvent) -> bool:
        """Help about the mark under the pointer."""
        if event.type() == QEvent.Type.ToolTip and self.pointer is not None:
            self.pointer.help(event)
            return True
        return bool(super().viewportEvent(event))  # type: ignore[misc]  # the widget's

    def event(self: Any, event: QEvent) -> bool:
        """Keeps the column's width and what is read in sight when the size changes; the wheel works beside it too."""
        if event.type() == QEvent.Type.Wheel:
            return bool(QCoreApplication.sendEvent(self.verticalScrollBar(), event))
        if event.type() != QEvent.Type.Resize or self.anchor is None:
            return bool(super().event(event))
        with self.anchor.resized():
            self.column.fit()
            return bool(super().event(event))

    def createMimeDataFromSelection(self) -> QMimeData:
        """The stored text goes to the clipboard, not what Qt made of it."""
        return QMimeData() if self.canvas is None else self.canvas.mime_data()


class RichView(_Marked, QTextEdit):
    """For articles: line height and paragraph gaps that read well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = -1
        self.setAcceptRichText(False)
        self.set_up()

    def set_reading_font(self, font: QFont) -> None:
        """The letters of the text."""
        self.document().setDefaultFont(font)
        self.format_paragraphs(self._heading)
        self.column.fit()

    def format_paragraphs(self, heading: int = -1) -> None:
        """Sets line height and gaps; empty lines between paragraphs become gaps as well.

        Args:
            heading: UTF-16 position of the paragraph that is the article's title, -1 for none.
        """
        self._heading = heading
        document = self.document()
        gap = QFontMetricsF(document.defaultFont()).height() * _GAP
        usual, empty = QTextBlockFormat(), QTextBlockFormat()
        usual.setLineHeight(100 * LINE_SPACING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        usual.setBottomMargin(gap)
        empty.setLineHeight(gap, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(usual)
        block = document.begin()
        while block.isValid():
            if block.length() == 1:
                cursor.setPosition(block.position())
                cursor.setBlockFormat(empty)
            block = block.next()
        if heading >= 0:
            cursor.setPosition(heading)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(_heading_format(document.defaultFont()))
        cursor.endEditBlock()


def _heading_format(font: QFont) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.Bold)
    form.setFontPointSize(font.pointSizeF() * _HEADING)
    return form


class PlainView(_Marked, QPlainTextEdit):
    """For texts of several hundred thousand characters: lays out only what is visible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up()

    def set_reading_font(self, font: QFont) -> None:
        """The letters of the text."""
        self.document().setDefaultFont(font)
        self.column.fit()

    def format_paragraphs(self, heading: int = -1) -> None:
        """Nothing to do: this widget knows no paragraph formats."""


TextWidget = RichView | PlainView
