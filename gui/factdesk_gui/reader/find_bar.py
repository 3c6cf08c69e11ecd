"""The bar that finds words in one article."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from factdesk.model.spans import Span
from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.reader.canvas import Canvas

_TIGHT = "QToolButton { padding: 3px 5px; } QToolButton:focus { padding: 2px 4px; }"
_WAIT_MS = 80  # after the last key, before a search


class FindBar(QWidget):
    """Finds as one types, counts, and goes from hit to hit.

    Signals:
        closed: Esc or the close button.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas: Canvas | None = None
        self.box = QLineEdit(placeholderText="Find in this article")
        self.box.setAccessibleName("Find in this article")
        self.count = PlainLabel()
        self.count.setProperty("role", "soft")
        self.accents = self._button("é", 'Tell é from e, and “ from "')
        self.accents.setCheckable(True)
        self.accents.toggled.connect(lambda _: self._search())
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 4)
        row.setSpacing(2)
        row.addWidget(self.box, 1)
        row.addWidget(self.count)
        row.addWidget(self.accents)
        for text, words, step in (("▲", "Previous hit (Shift+Enter)", -1), ("▼", "Next hit (Enter)", 1)):
            button = self._button(text, words)
            button.clicked.connect(lambda _=False, step=step: self.step(step))
            row.addWidget(button)
        close = self._button("✕", "Close (Esc)")
        close.clicked.connect(self.dismiss)
        row.addWidget(close)
        self.setStyleSheet(_TIGHT)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._search)
        self.box.textChanged.connect(lambda _: self._timer.start())
        self.box.installEventFilter(self)
        self.hide()

    def set_canvas(self, canvas: Canvas) -> None:
        """Searches another text from now on."""
        self._canvas = canvas
        if not self.isHidden():
            self._search()

    def open(self, text: str = "") -> None:
        """Shows the bar, ready for typing."""
        if text:
            self.box.setText(text)
        self.show()
        self.box.selectAll()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search()

    def dismiss(self) -> None:
        """Hides the bar and forgets its hits."""
        self._timer.stop()
        self.hide()
        self._show_hits([])
        self.closed.emit()

    def step(self, direction: int) -> None:
        """Goes to the next or previous hit, round at the ends."""
        if self._timer.isActive():
            self._timer.stop()
            self._search()
        if self._canvas is None:
            return
        found = self._canvas.overlay.found
        at = self._canvas.positions.to_utf16(self._first_in_sight())
        span = found.step(at, forward=direction > 0)
        if span is not None:
            self._canvas.set_caret(span.start, span.end)
            self._canvas.reveal(span, flash=False)
        self._canvas.touch_all()
        self._tell_count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Shift+Enter and Esc in the box."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
        return super().eventFilter(watched, event)

    def _button(self, text: str, words: str) -> QToolButton:
        button = QToolButton(self, text=text, toolTip=plain_tip(words), autoRaise=True)
        button.setAccessibleName(words)
        return button

    def _search(self) -> None:
        if self._canvas is not None:
            self._show_hits(self._canvas.search.find(self.box.text(), fold=not self.accents.isChecked()))

    def _show_hits(self, spans: list[Span]) -> None:
        if self._canvas is not None:
            self._canvas.overlay.found.set_spans(spans, self._canvas.positions)
            self._canvas.touch_all()
            self._tell_count()

    def _tell_count(self) -> None:
        found = self._canvas.overlay.found if self._canvas is not None else None
        if found is None or not self.box.text().strip():
            self.count.setText("")
        elif not found.hits:
            self.count.setText("none")
        elif found.current < 0:
            self.count.setText(f"{len(found.hits):,} hits" if len(found.hits) > 1 else "1 hit")
        else:
            self.count.setText(f"{found.current + 1:,} of {len(found.hits):,}")

    def _first_in_sight(self) -> int:
        if self._canvas is None:
            return 0
        line = next(self._canvas.lines.between(0, self._canvas.widget.viewport().height()), None)
        return self._canvas.positions.to_code_point(line.start) if line else 0
