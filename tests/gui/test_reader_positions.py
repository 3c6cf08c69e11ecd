"""Positions of the stored text against Qt's own documents, and boxes of marks against what Qt paints as selected."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextCharFormat, QTextCursor, QTextDocument, QTextLayout

from factdesk.text.offsets import Utf16Map, display
from factdesk_gui.reader.boxes import Boxer
from factdesk_gui.reader.lines import make_line

NASTY = ["a", " ", "\n", "\r\n", "\r", "\0", "\xa0", "\u2028", "\u2029", "\ufeff", "\ufdd0", "\ufffc", "\ud83d",
         "\ude00", "e\u0301", "א", "مرحبا", "漢", "\u202e", "😀", "🇺🇦", "👩‍👩‍👧", "\U0010ffff"]  # fmt: skip
texts = st.lists(st.sampled_from(NASTY), max_size=30).map("".join) | st.text(max_size=40)


@pytest.mark.usefixtures("qapp")
@settings(max_examples=150, deadline=None)
@given(texts, st.data())
def test_a_document_holds_the_displayed_text_at_the_converted_positions(text, data):
    shown = display(text)
    positions = Utf16Map(shown)
    document = QTextDocument()
    document.setPlainText(shown)
    assert document.characterCount() - 1 == positions.to_utf16(len(shown))
    start = data.draw(st.integers(0, len(shown)))
    end = data.draw(st.integers(start, len(shown)))
    cursor = QTextCursor(document)
    cursor.setPosition(positions.to_utf16(start))
    cursor.setPosition(positions.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText().replace("\u2029", "\n") == shown[start:end]
    assert positions.to_code_point(cursor.selectionStart()) == start
    assert positions.to_code_point(cursor.selectionEnd()) == end


BIDI = "Hello שלום עולם world مرحبا 123 abc 😀 אבג DEF גדה."


def laid_out(text):
    layout = QTextLayout(text, QFont("Noto Serif", 14))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2000)
    layout.endLayout()
    return layout, line


def painted_columns(layout, start, length, width):
    """Columns of pixels that Qt itself paints for a selection."""
    image = QImage(width, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    chosen = QTextLayout.FormatRange()
    chosen.start, chosen.length = start, length
    form = QTextCharFormat()
    form.setBackground(QColor("red"))
    form.setForeground(QColor("red"))
    chosen.format = form
    layout.draw(painter, QPointF(0, 0), [chosen])
    painter.end()
    red = QColor("red").rgb()  # looked for above the letters, whichever font the machine has
    return {x for x in range(width) if any(image.pixel(x, y) == red for y in range(3))}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("start", "end"), [(6, 10), (3, 13), (6, 7), (0, 53), (16, 30), (22, 31), (40, 49), (1, 4)])
def test_boxes_cover_what_a_selection_covers_in_mixed_directions(start, end):
    positions = Utf16Map(BIDI)
    layout, line = laid_out(BIDI)
    first, last = positions.to_utf16(start), positions.to_utf16(min(end, len(BIDI)))
    boxes = Boxer(BIDI, positions).boxes(make_line(0, line, 0, 0, 30), first, last)
    covered = {x for box in boxes for x in range(round(box.left()), round(box.right()))}
    expected = painted_columns(layout, first, last - first, 800)
    assert expected
    assert len(covered ^ expected) <= 2 * len(boxes) + 2  # a pixel at each edge may be rounded either way
