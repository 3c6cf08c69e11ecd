"""Two texts compared word by word: side by side or in one, changes told apart by strokes and not by colour alone."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from factdesk.compare.text_diff import Piece
from factdesk.text.offsets import display
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.theme import current, reading_font, themes

_FOLDED_ABOVE = 1200  # code points of unchanged text; longer stretches are shown by their ends
_KEPT_ENDS = 300
_LINE_HEIGHT = 130.0  # percent
_PARAGRAPH = 4  # pixels between paragraphs


class Layout(StrEnum):
    """How the two texts are shown."""

    BESIDE = "side by side"
    IN_ONE = "in one text"
    OLD = "old text alone"


class _Side(QTextEdit):
    """One text, read-only."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setFont(reading_font(points=11))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._written: QTextDocument | None = None
        self.places: list[tuple[int, int]] = []  # of each change: first and last position in the document

    def begin(self) -> QTextCursor:
        """A cursor that writes a text anew, which `end` then shows: nothing is laid out before it is whole."""
        self.places = []
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        cursor = QTextCursor(document)
        line = QTextBlockFormat()
        line.setLineHeight(_LINE_HEIGHT, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        line.setBottomMargin(_PARAGRAPH)
        cursor.setBlockFormat(line)
        return cursor

    def end(self, cursor: QTextCursor) -> None:
        """Shows what was written."""
        self.setExtraSelections([])
        self.setDocument(cursor.document())
        if self._written is not None:  # Qt deletes its own first document, but none of ours
            self._written.deleteLater()
        self._written = cursor.document()

    def show_change(self, number: int) -> None:
        """Lights a change up and brings its beginning into the upper part."""
        start, end = self.places[number]
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        rect, third = self.cursorRect(), self.viewport().height() // 3
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + rect.top() - third)
        lit = QTextEdit.ExtraSelection()
        lit.cursor = QTextCursor(cursor)
        lit.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        lit.format.setBackground(current().found)
        lit.format.setForeground(current().text)
        self.setExtraSelections([lit])


class DiffView(QWidget):
    """Shows pieces of two texts.

    Signals:
        change_shown: number of the change in hand (from 0), and how many there are.
    """

    change_shown = Signal(int, int)

    def __init__(self, names: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = ("", "")
        self._pieces: Sequence[Piece] = ()
        self._layout = Layout.BESIDE
        self._at = -1
        self.old = _Side(names[0])
        self.new = _Side(names[1])
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.old, 1)
        row.addWidget(self.new, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row, 1)
        themes().changed.connect(self._write)

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return sum(not piece.is_same for piece in self._pieces)

    @property
    def at(self) -> int:
        """The change in hand, -1 before the first."""
        return self._at

    def show_texts(self, old: str, new: str, pieces: Sequence[Piece]) -> None:
        """Shows other texts."""
        self._texts, self._pieces = (old, new), pieces
        self._at = -1
        self._write()

    def set_layout(self, layout: Layout) -> None:
        """Side by side, or in one text."""
        if layout is not self._layout:
            self._layout = layout
            self._write()

    def next_change(self, step: int = 1) -> None:
        """Goes to the next (+1) or previous (-1) change, round and round."""
        if self.changes:
            self._go((self._at + step) % self.changes if self._at >= 0 or step > 0 else self.changes - 1)

    def _go(self, number: int) -> None:
        self._at = number
        for side in self._sides():
            side.show_change(number)
        self.change_shown.emit(number, self.changes)

    def _sides(self) -> list[_Side]:
        return {Layout.BESIDE: [self.old, self.new], Layout.OLD: [self.old]}.get(self._layout, [self.new])

    def _write(self) -> None:
        for side in (self.old, self.new):
            side.setVisible(side in self._sides())
        shown = {self.old: (True, False), self.new: (self._layout is Layout.IN_ONE, True)}
        for side in self._sides():
            self._write_side(side, *shown[side])
        if self._at >= 0:
            self._go(self._at)

    def _write_side(self, side: _Side, with_old: bool, with_new: bool) -> None:  # noqa: FBT001 - two of a kind
        old, new = self._texts
        plain, gone, came, soft = _formats()
        is_whole = self._layout is Layout.OLD
        gone = plain if is_whole else gone
        cursor = side.begin()
        cursor.beginEditBlock()
        for piece in self._pieces:
            if piece.is_same:
                _write_same(cursor, old[slice(*piece.old)], plain, soft, fold=not is_whole)
                continue
            start = cursor.position()
            for wanted, text, look in (
                (with_old, old[slice(*piece.old)], gone),
                (with_new, new[slice(*piece.new)], came),
            ):
                if wanted and text:
                    cursor.insertText(display(text), look)
            if cursor.position() == start and not is_whole:  # the place where the other text has more
                cursor.insertText("▸", soft)
            side.places.append((start, cursor.position()))
        cursor.endEditBlock()
        side.end(cursor)


def _write_same(cursor: QTextCursor, text: str, plain: QTextCharFormat, soft: QTextCharFormat, *, fold: bool) -> None:
    if not fold or len(text) <= _FOLDED_ABOVE:
        cursor.insertText(display(text), plain)
        return
    first, last = text.find(" ", _KEPT_ENDS), text.rfind(" ", 0, len(text) - _KEPT_ENDS)
    if first < 0 or last <= first:  # no blanks: cut anywhere
        first, last = _KEPT_ENDS, len(text) - _KEPT_ENDS
    cursor.insertText(display(text[:first]), plain)
    cursor.insertText(f" …\n… {counted(last - first, 'unchanged character')} …\n… ", soft)
    cursor.insertText(display(text[last:].lstrip(" ")), plain)


def _formats() -> tuple[QTextCharFormat, ...]:
    theme = current()
    plain, gone, came, soft = (QTextCharFormat() for _ in range(4))
    plain.setForeground(theme.text)
    soft.setForeground(theme.soft_text)
    gone.setForeground(theme.verdict("disputed").ink)
    gone.setBackground(theme.verdict("disputed").tint)
    gone.setFontStrikeOut(True)
    came.setForeground(theme.verdict("verified").ink)
    came.setBackground(theme.verdict("verified").tint)
    came.setFontUnderline(True)
    return plain, gone, came, soft
