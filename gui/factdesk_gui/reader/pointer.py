"""Mouse and keys on a text: picking marks, dragging edges, asking for help and menus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QToolTip

from factdesk.model.spans import Span
from factdesk_gui.plain import plain_tip
from factdesk_gui.reader.canvas import Canvas
from factdesk_gui.reader.marks import Mark, MarkKind

_PICK_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_SCROLL_STEP = 24  # pixels, or lines' worth of them, while an edge is dragged past the top or bottom


class Pointer(QObject):
    """Turns events of one canvas into choices.

    Signals:
        picked: a Mark was chosen by click or key.
        edge_moved: (mark id, "claim" or "mention", Span) after a grip was let go elsewhere.
        menu_wanted: (QPoint on the screen, marks there, innermost first).
        zoom_wanted: +1 or -1.
        find_wanted: Ctrl+F where no command took it.
        focused: this text has the keyboard now.
    """

    picked = Signal(object)
    edge_moved = Signal(str, str, object)
    menu_wanted = Signal(QPoint, list)
    zoom_wanted = Signal(int)
    find_wanted = Signal()
    focused = Signal()

    def __init__(self, canvas: Canvas, describe: Callable[[list[Mark]], str]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.describe = describe
        self._cycle: list[str] = []  # what the last click could have meant, and which one it took
        self._taken = -1

    def press(self, event: QMouseEvent) -> bool:
        """Takes hold of a grip, if one is there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        grip = self._canvas.handles.at(event.position())
        if grip is None:
            return False
        QToolTip.hideText()
        self._canvas.widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self._canvas.handles.begin(grip)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Drags the grip, or shows by its shape what the pointer would take."""
        handles = self._canvas.handles
        if handles.dragging:
            self._scroll_along(event.position())
            handles.drag(event.position().toPoint(), fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        if not event.buttons():
            shape = Qt.CursorShape.IBeamCursor
            if handles.at(event.position()) is not None:
                shape = Qt.CursorShape.SizeHorCursor
            elif self._canvas.marks_at(event.position()):
                shape = Qt.CursorShape.PointingHandCursor
            self._canvas.widget.viewport().setCursor(shape)
        return False

    def release(self, event: QMouseEvent) -> bool:
        """Lets go of the grip."""
        if not self._canvas.handles.dragging:
            return False
        if event.button() == Qt.MouseButton.LeftButton and (moved := self._canvas.handles.finish()):
            self._tell_moved(*moved)
        return True

    def click(self, event: QMouseEvent) -> None:
        """Picks the innermost mark under the pointer; clicking there again goes outward."""
        if event.button() != Qt.MouseButton.LeftButton or self._canvas.widget.textCursor().hasSelection():
            return
        marks = [mark for mark in self._canvas.marks_at(event.position()) if mark.kind is not MarkKind.PASSAGE]
        self.pick_one_of(marks)

    def pick_one_of(self, marks: list[Mark]) -> None:
        """Picks the next of several marks: the first one, unless the same were offered last time."""
        ids = [mark.id for mark in marks]
        self._taken = (self._taken + 1) % len(ids) if ids and ids == self._cycle else 0
        self._cycle = ids
        if marks:
            self.picked.emit(marks[self._taken])

    def key(self, event: QKeyEvent) -> bool:
        """Esc gives a drag up, Enter or Space picks at the caret, Ctrl+F asks for the find bar."""
        if event.key() == Qt.Key.Key_Escape and self._canvas.handles.dragging:
            self._canvas.handles.clear()
            return True
        if event.matches(QKeySequence.StandardKey.Find):
            self.find_wanted.emit()
            return True
        if event.key() in _PICK_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            marks = self.marks_at_caret()
            self.pick_one_of(marks)
            return bool(marks)
        return False

    def marks_at_caret(self) -> list[Mark]:
        """Claims and mentions that hold the caret or touch it, innermost first."""
        at = self._canvas.widget.textCursor().position()
        shown = self._canvas.overlay.shown
        return [mark for mark in self._canvas.index.at(at) if mark.kind in shown and mark.kind is not MarkKind.PASSAGE]

    def menu(self, event: QContextMenuEvent) -> None:
        """Asks for a menu about what is under the pointer, or at the caret when a key asked."""
        widget = self._canvas.widget
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            point = widget.cursorRect().bottomLeft()
            marks = self.marks_at_caret()
        else:
            point = widget.viewport().mapFromGlobal(event.globalPos())
            marks = self._canvas.marks_at(QPointF(point))
        self.menu_wanted.emit(widget.viewport().mapToGlobal(point), marks)

    def help(self, event: QEvent) -> None:
        """Shows what is marked under the pointer."""
        if not isinstance(event, QHelpEvent):
            return
        marks = self._canvas.marks_at(QPointF(event.pos()))
        text = self.describe(marks) if marks else ""
        if text:
            QToolTip.showText(event.globalPos(), plain_tip(text), self._canvas.widget.viewport())
        else:
            QToolTip.hideText()

    def show_help_at(self, mark: Mark) -> None:
        """Shows the words about a mark below it, for those who came by key."""
        boxes = self._canvas.boxes_of(mark)
        if boxes and (text := self.describe([mark])):
            viewport = self._canvas.widget.viewport()
            QToolTip.showText(
                viewport.mapToGlobal(boxes[-1].bottomLeft().toPoint() + QPoint(0, 4)), plain_tip(text), viewport
            )

    def _scroll_along(self, point: QPointF) -> None:
        bar = self._canvas.widget.verticalScrollBar()
        step = max(1, bar.singleStep()) if bar.pageStep() < 200 else _SCROLL_STEP
        if point.y() < 0:
            bar.setValue(bar.value() - step)
        elif point.y() > self._canvas.widget.viewport().height():
            bar.setValue(bar.value() + step)

    def _tell_moved(self, mark: Mark, span: Span) -> None:
        self.edge_moved.emit(mark.id, "mention" if mark.kind is MarkKind.MENTION else "claim", span)
