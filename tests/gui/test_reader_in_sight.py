"""What is being read stays in sight when its pane becomes smaller, as it does when the board comes."""

import pytest

from builders import new_article
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk_gui.reader.pane import ArticlePane

TEXT = "\n\n".join(f"Paragraph {number} tells of the bridge at Lhota and of its builders." for number in range(1, 40))


@pytest.fixture
def pane(bench, session, review, qtbot):
    article = bench.run(add_article, bench.case, new_article(TEXT)).created
    pane = ArticlePane(session, review, article)
    qtbot.addWidget(pane)
    pane.resize(620, 640)
    pane.show()
    qtbot.waitUntil(lambda: pane.text.surface is not None)
    return pane


def seen(pane):
    """First and last code point that can be read whole."""
    canvas = pane.text.surface.canvas
    height = canvas.widget.viewport().height()
    lines = [line for line in canvas.lines.between(0, height) if line.y >= 0 and line.y + line.height <= height]
    return canvas.positions.to_code_point(lines[0].start), canvas.positions.to_code_point(lines[-1].end)


def last_paragraph(pane):
    """The last paragraph that is in sight as a whole."""
    start = TEXT.rindex("Paragraph", 0, seen(pane)[1] - 40)
    return Span(start, TEXT.index(".", start) + 1)


def is_seen(pane, span):
    first, last = seen(pane)
    return first <= span.start and span.end <= last


def test_a_passage_at_the_bottom_is_still_seen_when_the_pane_becomes_lower(pane, qtbot):
    span = last_paragraph(pane)
    pane.reveal(span, flash=False)
    assert pane.scroll_place()["at"] == 0
    pane.resize(620, 340)
    qtbot.waitUntil(lambda: is_seen(pane, span))


def test_a_passage_that_the_reader_has_left_is_not_brought_back(pane, qtbot):
    span = last_paragraph(pane)
    pane.reveal(span, flash=False)
    bar = pane.text.surface.widget.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = pane.scroll_place()
    assert place["at"] > span.end
    pane.resize(620, 340)
    qtbot.waitUntil(lambda: pane.text.surface.widget.height() < 340)
    assert pane.scroll_place() == place
