"""Reading panes as a reviewer uses them: real widgets, real clicks, a real project file."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QTextFormat
from PySide6.QtWidgets import QApplication

from builders import BRIDGE, new_article
from factdesk.model.claims import Status, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.claims import add_claim, mark_claim, move_claim, refuse_claims
from factdesk.ops.evidence import add_passage
from factdesk.store.mentions import mentions_of_article
from factdesk_gui.reader.marks import MarkKind
from factdesk_gui.reader.pane import ArticlePane

NASTY = (
    "A flood 🌊 hit 👩‍👩‍👧 families.\n\nראש העיר אמר כי 200 איש נפגעו.\n\n"
    "Ze\u0301le said “it’s over”\non\xa0Monday. مرحبا بالعالم 漢字. The end 🇺🇦."
)


@pytest.fixture
def open_pane(session, review, qtbot):
    """Shows an article in a pane of ordinary size."""

    def show(article_id, width=620, height=420):
        pane = ArticlePane(session, review, article_id)
        qtbot.addWidget(pane)
        session.changed.connect(pane.on_changed)
        review.claim_chosen.connect(pane.marks.show_claim)
        pane.resize(width, height)
        pane.show()
        qtbot.waitExposed(pane)
        qtbot.waitUntil(lambda: pane.text.surface is not None)
        return pane

    return show


def import_text(bench, text):
    return bench.run(add_article, bench.case, new_article(text, publisher="Long")).created


def canvas_of(pane):
    return pane.text.surface.canvas


def box_of(pane, mark_id):
    canvas = canvas_of(pane)
    return canvas.boxes_of(canvas.index.get(mark_id))[0]


def click(pane, point, qtbot):
    qtbot.mouseClick(canvas_of(pane).widget.viewport(), Qt.MouseButton.LeftButton, pos=point)


def send_mouse(viewport, kind, point, *, held=True, modifiers=Qt.KeyboardModifier.NoModifier):
    button = Qt.MouseButton.LeftButton
    moved = kind is QEvent.Type.MouseMove
    event = QMouseEvent(
        kind,
        QPointF(point),
        QPointF(viewport.mapToGlobal(point)),
        Qt.MouseButton.NoButton if moved else button,
        button if held else Qt.MouseButton.NoButton,
        modifiers,
    )
    QApplication.sendEvent(viewport, event)


def test_clicking_a_claim_where_it_is_painted_chooses_it(bench, open_pane, review, qtbot):
    pane = open_pane(bench.bridge)
    claim = bench.claims()[2]
    box = box_of(pane, claim.id)
    with qtbot.waitSignal(review.claim_chosen):
        click(pane, QPoint(int(box.right()) - 3, int(box.center().y())), qtbot)
    assert review.claim_id == claim.id


def test_clicking_text_without_marks_chooses_nothing(bench, open_pane, review, qtbot, settled):
    pane = open_pane(bench.bridge)
    claim = bench.claims()[2]
    box = box_of(pane, claim.id)
    settled(refuse_claims, [claim.id])
    click(pane, QPoint(int(box.right()) - 3, int(box.center().y())), qtbot)
    assert review.claim_id == ""


def test_clicking_again_goes_outward_through_nested_marks(bench, open_pane, review, qtbot, settled):
    pane = open_pane(bench.bridge)
    inner = settled(add_claim, bench.bridge, Span(BRIDGE.index("Jana"), BRIDGE.index("were"))).created
    mention = next(m for m in mentions_of_article(bench.reader, bench.bridge) if m.quote == "Jana Nová")
    outer = bench.claims()[1]
    at = box_of(pane, mention.id).center().toPoint()
    click(pane, at, qtbot)
    assert (review.mention_id, review.claim_id) == (mention.id, "")
    click(pane, at, qtbot)
    assert (review.mention_id, review.claim_id) == ("", inner)
    click(pane, at, qtbot)
    assert review.claim_id == outer.id
    click(pane, at, qtbot)
    assert review.mention_id == mention.id


def test_the_menu_lists_every_mark_under_the_pointer(bench, open_pane, review, settled, qtbot):
    pane = open_pane(bench.bridge)
    settled(add_claim, bench.bridge, Span(BRIDGE.index("Jana"), BRIDGE.index("were")))
    mention = next(m for m in mentions_of_article(bench.reader, bench.bridge) if m.quote == "Jana Nová")
    marks = canvas_of(pane).marks_at(box_of(pane, mention.id).center())
    assert len(marks) == 3
    menu = pane.marks.make_menu(pane.text.surface, marks)
    entries = [action for action in menu.actions() if not action.isSeparator()][:3]
    assert entries[0].text().startswith("Jana Nová")
    entries[2].trigger()
    assert review.claim_id == bench.claims()[1].id


def test_keys_choose_at_the_caret_and_step_through_all_marks(bench, open_pane, review, qtbot):
    pane = open_pane(bench.bridge)
    widget = canvas_of(pane).widget
    canvas_of(pane).set_caret(BRIDGE.index("fell"))
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert review.claim_id == bench.claims()[0].id
    seen = []
    for _ in range(len(canvas_of(pane).index.of_kind())):
        pane.next_mark()
        seen.append(review.mention_id or review.claim_id)
    assert set(seen) == {mark.id for mark in canvas_of(pane).index.of_kind()}
    pane.next_mark(forward=False)
    assert (review.mention_id or review.claim_id) == seen[-2]


def test_a_selection_tells_its_span_and_copies_the_stored_text(bench, open_pane, review, qtbot):
    article = import_text(bench, NASTY)
    pane = open_pane(article)
    canvas = canvas_of(pane)
    for start in range(0, len(NASTY), 3):
        for end in range(start + 1, len(NASTY) + 1, 7):
            canvas.set_caret(start, end)
            if canvas.selected_span() is not None:
                assert pane.selected_span() == Span(start, end)
                assert review.selection.span == Span(start, end)
                assert canvas.widget.createMimeDataFromSelection().text() == NASTY[start:end]
    canvas.set_caret(0)
    assert pane.selected_span() is None
    assert review.selection is None


def test_dragging_over_text_selects_what_is_under_it(bench, open_pane, review, qtbot):
    article = import_text(bench, NASTY)
    pane = open_pane(article)
    canvas = canvas_of(pane)
    unit = canvas.positions.to_utf16
    wanted = Span(NASTY.index("🌊"), NASTY.index(" families"))
    line = canvas.lines.of(unit(wanted.start))
    boxes = canvas.overlay.boxer.boxes(line, unit(wanted.start), unit(wanted.end))
    y = int(boxes[0].center().y())
    viewport = canvas.widget.viewport()
    send_mouse(viewport, QEvent.Type.MouseButtonPress, QPoint(round(boxes[0].left()), y))
    send_mouse(viewport, QEvent.Type.MouseMove, QPoint(round(boxes[0].right()), y))
    send_mouse(viewport, QEvent.Type.MouseButtonRelease, QPoint(round(boxes[0].right()), y), held=False)
    assert review.selection.span == wanted


def drag_end_grip(pane, claim, to_word, *, modifiers=Qt.KeyboardModifier.NoModifier, release=True):
    canvas = canvas_of(pane)
    seen = canvas.overlay.seen(0, canvas.widget.viewport().height())
    grip = next(grip for grip in canvas.handles.grips(seen.pieces) if not grip.at_start)
    start = grip.line.center().toPoint()
    target = canvas.positions.to_utf16(BRIDGE.index(to_word) + len(to_word) - 1)
    box = canvas.overlay.boxer.boxes(canvas.lines.of(target), target, target + 1)[0]
    end = QPoint(round(box.left()) + 1, round(box.center().y()))
    viewport = canvas.widget.viewport()
    send_mouse(viewport, QEvent.Type.MouseButtonPress, start)
    send_mouse(viewport, QEvent.Type.MouseMove, end, modifiers=modifiers)
    if release:
        send_mouse(viewport, QEvent.Type.MouseButtonRelease, end, held=False)


def test_dragging_a_grip_moves_the_edge_to_the_end_of_a_word(bench, open_pane, review, qtbot, settled):
    pane = open_pane(bench.bridge)
    claim = bench.claims()[0]
    review.choose_claim(claim.id)
    with qtbot.waitSignal(pane.edge_moved) as moved:
        drag_end_grip(pane, claim, "bridge")
    mark_id, kind, span = moved.args
    assert (mark_id, kind, span.of(BRIDGE)) == (claim.id, "claim", "The bridge")
    assert canvas_of(pane).overlay.preview.span == span  # stays until it is stored
    settled(move_claim, claim.id, span)
    assert canvas_of(pane).overlay.preview is None
    assert canvas_of(pane).index.get(claim.id).span == span


def test_with_shift_a_grip_stops_at_any_character(bench, open_pane, review, qtbot):
    pane = open_pane(bench.bridge)
    claim = bench.claims()[0]
    review.choose_claim(claim.id)
    with qtbot.waitSignal(pane.edge_moved) as moved:
        drag_end_grip(pane, claim, "bridge", modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert moved.args[2].of(BRIDGE) == "The bridg"


def test_escape_gives_a_dragged_edge_up(bench, open_pane, review, qtbot):
    pane = open_pane(bench.bridge)
    claim = bench.claims()[0]
    review.choose_claim(claim.id)
    drag_end_grip(pane, claim, "bridge", release=False)
    assert canvas_of(pane).overlay.preview is not None
    with qtbot.assertNotEmitted(pane.edge_moved):
        qtbot.keyClick(canvas_of(pane).widget, Qt.Key.Key_Escape)
        send_mouse(canvas_of(pane).widget.viewport(), QEvent.Type.MouseButtonRelease, QPoint(9, 9), held=False)
    assert canvas_of(pane).overlay.preview is None


def test_a_change_repaints_its_own_lines_only(bench, open_pane, qtbot, settled):
    pane = open_pane(bench.bridge, width=300)
    touched = []
    canvas_of(pane).repainted.connect(touched.append)
    claim = bench.claims()[2]
    settled(mark_claim, claim.id, Verdict.DISPUTED)
    assert canvas_of(pane).index.get(claim.id).tone == "disputed"
    assert touched
    line = canvas_of(pane).lines.of(canvas_of(pane).index.get(claim.id).start)
    assert all(rect.top() >= line.y - 6 for rect in touched)
    assert all(rect.height() < pane.card.height() / 2 for rect in touched)
    assert pane.head.counts.text() == "3 claims · 1 decided"


def test_accepting_and_refusing_show_at_once(bench, open_pane, settled):
    pane = open_pane(bench.bridge)
    first, second = bench.claims()[:2]
    assert canvas_of(pane).index.get(first.id).suggested
    settled(mark_claim, first.id, Verdict.VERIFIED)
    assert not canvas_of(pane).index.get(first.id).suggested
    settled(refuse_claims, [second.id])
    assert canvas_of(pane).index.get(second.id) is None
    assert second.status is Status.SUGGESTED


def test_evidence_of_the_current_claim_is_marked(bench, open_pane, review, settled):
    pane = open_pane(bench.bridge)
    claim = bench.claims()[0]
    settled(add_passage, claim.id, bench.bridge, Span(40, 60), Stance.SUPPORTS)
    assert canvas_of(pane).index.of_kind(MarkKind.PASSAGE) == []
    review.choose_claim(claim.id)
    assert [mark.span for mark in canvas_of(pane).index.of_kind(MarkKind.PASSAGE)] == [Span(40, 60)]
    review.choose_claim(bench.claims()[1].id)
    assert canvas_of(pane).index.of_kind(MarkKind.PASSAGE) == []


def test_hovering_tells_what_a_mention_is(bench, open_pane, qtbot):
    pane = open_pane(bench.bridge)
    mark = next(m for m in canvas_of(pane).index.of_kind(MarkKind.MENTION) if m.tone == "GPE")
    assert pane.marks.describe([mark]).startswith("Ostrava — country, region or city, 2 mentions in 2 articles")
    point = box_of(pane, mark.id).center().toPoint()
    viewport = canvas_of(pane).widget.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, point, viewport.mapToGlobal(point)))


def test_find_counts_and_goes_round(bench, open_pane, qtbot):
    pane = open_pane(bench.bridge)
    pane.open_find("the")
    assert pane.find_bar.count.text() == "2 hits"
    qtbot.keyClick(pane.find_bar.box, Qt.Key.Key_Return)
    assert pane.find_bar.count.text() == "1 of 2"
    assert pane.selected_span() == Span(0, 3)
    pane.find_again(1)
    pane.find_again(1)
    assert pane.find_bar.count.text() == "1 of 2"
    pane.find_again(-1)
    assert pane.find_bar.count.text() == "2 of 2"
    pane.find_bar.box.setText("nova")
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "1 hit")
    qtbot.keyClick(pane.find_bar.box, Qt.Key.Key_Escape)
    assert pane.find_bar.isHidden()
    assert canvas_of(pane).overlay.found.hits == []


def long_text(paragraphs=60):
    said = (f"Paragraph {i} says that 😀 {i * 7} people came to the river. " for i in range(paragraphs))
    return "\n\n".join((sentence * 4).strip() for sentence in said)


def top_of(pane):
    canvas = canvas_of(pane)
    line = next(canvas.lines.between(0, 50))
    return canvas.positions.to_code_point(line.start)


@pytest.mark.parametrize("paragraphs", [60, 1200], ids=["rich", "plain"])
def test_the_place_comes_back_in_another_width(bench, open_pane, qtbot, paragraphs):
    text = long_text(paragraphs)
    article = import_text(bench, text)
    pane = open_pane(article)
    assert pane.text.surface.is_plain == (paragraphs > 1000)
    wanted = Span(text.index("Paragraph 41 "), text.index("Paragraph 41 ") + 9)
    pane.reveal(wanted, flash=False)
    place = pane.scroll_place()
    assert 0 < place["at"] <= wanted.start
    other = open_pane(article, width=380)
    other.restore_place(place)
    start, end = _line_around(other, place["at"])
    assert start <= place["at"] <= end  # an empty line holds its start alone
    pane.resize(400, 420)
    start, end = _line_around(pane, place["at"])
    assert start <= place["at"] <= end  # an empty line holds its start alone
    assert pane.scroll_place() == place


def _line_around(pane, code_point):
    canvas = canvas_of(pane)
    line = next(line for line in canvas.lines.between(1, 60))
    top = canvas.positions.to_code_point(line.start)
    assert abs(top - code_point) < 120
    return top, canvas.positions.to_code_point(line.end)


def test_a_place_asked_for_before_a_large_text_is_there_is_kept(bench, session, review, qtbot):
    article = import_text(bench, long_text(700))
    pane = ArticlePane(session, review, article)
    qtbot.addWidget(pane)
    assert pane.head.counts.text() == "Loading…"
    pane.restore_place({"at": 5000, "part": 0.0})
    assert pane.scroll_place() == {"at": 5000, "part": 0.0}
    with qtbot.waitSignal(pane.text.ready):
        pane.resize(600, 400)
        pane.show()
    assert pane.scroll_place()["at"] == 5000


def test_marks_never_become_formats_of_the_document(bench, open_pane, review, settled):
    pane = open_pane(bench.bridge)
    review.choose_claim(bench.claims()[0].id)
    settled(mark_claim, bench.claims()[0].id, Verdict.DISPUTED)
    block = canvas_of(pane).widget.document().begin()
    while block.isValid():
        assert block.layout().formats() == []
        fragments = [fragment.fragment() for fragment in block]
        assert len(fragments) <= 1
        assert all(not f.charFormat().hasProperty(QTextFormat.Property.BackgroundBrush) for f in fragments)
        block = block.next()


def test_lines_have_a_comfortable_measure_in_wide_panes(bench, open_pane):
    article = import_text(bench, long_text(6))
    pane = open_pane(article, width=1500)
    lines = list(canvas_of(pane).lines.between(0, 400))
    lengths = [line.end - line.start for line in lines[:4]]
    assert 55 <= max(lengths) <= 80


def test_keys_of_commands_are_left_to_the_window(bench, open_pane, qtbot):
    pane = open_pane(bench.bridge)
    widget = canvas_of(pane).widget
    for key, text in ((Qt.Key.Key_V, "v"), (Qt.Key.Key_BracketLeft, "["), (Qt.Key.Key_Backspace, "")):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
        event.ignore()
        QApplication.sendEvent(widget, event)
        assert not event.isAccepted()


def test_the_pane_names_itself_and_its_counts(bench, open_pane, settled):
    pane = open_pane(bench.bridge)
    assert pane.accessibleName() == "The Daily"
    assert pane.accessibleDescription() == "3 claims · 0 decided · 2 mentions"


def test_a_large_text_that_comes_too_late_is_not_shown(bench, session, review, qtbot):
    large = import_text(bench, long_text(700))
    pane = ArticlePane(session, review, large)
    qtbot.addWidget(pane)
    pane.set_article(bench.bridge)
    answered = []
    session.query("last", lambda _: None, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert canvas_of(pane).text == BRIDGE


def test_a_pane_may_be_closed_while_its_text_is_fetched(bench, session, review, qtbot):
    pane = ArticlePane(session, review, import_text(bench, long_text(700)))
    with qtbot.waitSignal(pane.destroyed):
        pane.deleteLater()
    answered = []
    session.query("last", lambda _: None, answered.append)
    qtbot.waitUntil(lambda: bool(answered))


def test_screen_readers_hear_which_claim_it_is_and_its_new_verdict(bench, open_pane, review, settled, monkeypatch):
    heard = []
    monkeypatch.setattr("factdesk_gui.reader.pane_marks.announce", lambda _, words: heard.append(words))
    pane = open_pane(bench.bridge)
    review.choose_claim(bench.claims()[1].id)
    pane.marks.announce_claim()
    assert heard == ["Claim 2 of 3: suggested, no verdict yet"]
    settled(mark_claim, bench.claims()[1].id, Verdict.DISPUTED)
    assert heard[-1] == "Claim 2 of 3: disputed"
    pane.marks.choose(canvas_of(pane).index.of_kind(MarkKind.MENTION)[0])
    assert heard[-1].startswith("Ostrava — country, region or city")


def test_a_first_line_that_is_the_title_is_set_as_a_heading(bench, open_pane, settled):
    text = "The bridge fell\n\nIt fell on Monday."
    article = settled(add_article, bench.case, new_article(text, title="The bridge  fell")).created
    block = canvas_of(open_pane(article)).widget.document().begin()
    assert next(iter(block)).fragment().charFormat().font().bold()
    assert not next(iter(block.next().next())).fragment().charFormat().font().bold()
