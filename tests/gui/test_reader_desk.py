"""The reading desk: which panes are open and how they follow the reviewer."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QLabel

from builders import BRIDGE, new_article
from factdesk.model.claims import Verdict
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article, remove_article
from factdesk.ops.claims import add_claim, mark_claim
from factdesk.ops.history import undo
from factdesk.store.mentions import list_entities, mentions_of_article
from factdesk_gui.reader.desk import ReadingDesk
from factdesk_gui.reader.desk_panes import MAX_PANES
from factdesk_gui.reader.linked_scroll import ScrollMode
from factdesk_gui.reader.marks import MarkKind


@pytest.fixture
def desk(session, review, qtbot):
    """A desk in a window."""
    desk = ReadingDesk(session, review)
    qtbot.addWidget(desk)
    desk.resize(1200, 500)
    desk.show()
    qtbot.waitExposed(desk)
    return desk


def canvas_of(pane):
    return pane.text.surface.canvas


def padded(text):
    """A text that has to be scrolled to be read."""
    return "Filler of an ordinary day. " * 200 + "\n\n" + text + "\n\n" + "More of the same. " * 200


def test_an_empty_desk_invites_to_import(desk):
    assert desk.panes() == []
    assert any(label.text() == "No article is open" for label in desk.findChildren(QLabel))


def test_panes_open_at_the_right_and_share_the_width(desk, bench):
    for article in (bench.bridge, bench.again, bench.report):
        desk.add_pane(article)
    assert desk.shown_articles() == [bench.bridge, bench.again, bench.report]
    widths = [pane.width() for pane in desk.panes()]
    assert max(widths) - min(widths) <= 2


def test_there_are_six_panes_at_most(desk, bench):
    for _ in range(MAX_PANES):
        assert desk.add_pane(bench.bridge) is not None
    assert desk.add_pane(bench.bridge) is None
    assert len(desk.panes()) == MAX_PANES


def test_panes_move_and_close(desk, bench):
    first, second = desk.add_pane(bench.bridge), desk.add_pane(bench.again)
    first.focus()
    desk.move_current_pane(1)
    assert desk.shown_articles() == [bench.again, bench.bridge]
    second.dragged.emit(desk.mapToGlobal(QPoint(desk.width() - 20, 10)))
    assert desk.shown_articles() == [bench.bridge, bench.again]
    desk.close_pane(first)
    assert desk.shown_articles() == [bench.again]
    desk.close_current_pane()
    assert desk.panes() == []


def test_a_claim_is_chosen_while_another_pane_waits_for_a_long_text(desk, bench, review, qtbot):
    long = bench.run(add_article, bench.case, new_article("A quiet day by the river. " * 5000)).created
    desk.add_pane(bench.bridge)
    waiting = desk.add_pane(bench.again)
    waiting.set_article(long)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the old text is gone, the new one under way
    assert waiting.text.surface is None
    review.choose_claim(bench.claims(bench.bridge)[0].id)
    qtbot.waitUntil(lambda: waiting.text.surface is not None)


def test_a_chosen_claim_is_scrolled_into_sight(desk, bench, review, settled):
    text = padded("Two hundred people left the town of Opava.")
    article = bench.add("Opava is a town. Nobody left it.", "Short")
    long = settled(add_article, bench.case, new_article(text, publisher="Long")).created
    desk.add_pane(article)
    pane = desk.add_pane(long)
    start = text.index("Two hundred")
    claim = settled(add_claim, long, Span(start, start + 40)).created
    assert canvas_of(pane).boxes_of(canvas_of(pane).index.get(claim)) == []
    review.choose_claim(claim)
    assert canvas_of(pane).boxes_of(canvas_of(pane).index.get(claim))
    assert canvas_of(pane).emphasis.claim_id == claim
    assert canvas_of(pane).caret() == start


def test_a_claim_of_an_unseen_article_takes_the_pane_used_longest_ago(desk, bench, review):
    first, second = desk.add_pane(bench.bridge), desk.add_pane(bench.again)
    first.focused.emit()
    review.choose_claim(bench.claims(bench.report)[0].id)
    assert desk.shown_articles() == [bench.bridge, bench.report]
    first.kept = True
    second.focused.emit()
    review.choose_claim(bench.claims(bench.again)[0].id)
    assert desk.shown_articles() == [bench.bridge, bench.again]


def test_a_wanted_passage_lights_up_in_its_pane(desk, bench, review):
    pane = desk.add_pane(bench.bridge)
    review.show_passage(bench.bridge, Span(4, 10))
    assert canvas_of(pane).emphasis.flash == (4, 10)


def test_an_entity_stands_out_in_all_panes(desk, bench, review, session):
    panes = [desk.add_pane(bench.bridge), desk.add_pane(bench.again)]
    entity = next(e for e in list_entities(session.reader, bench.case) if e.name == "Ostrava")
    review.choose_entity(entity.id)
    assert all(canvas_of(pane).emphasis.entity_id == entity.id for pane in panes)


def test_only_one_mention_is_in_hand(desk, bench, review, session):
    left, right = desk.add_pane(bench.bridge), desk.add_pane(bench.again)
    mentions = [mentions_of_article(session.reader, article)[0] for article in (bench.bridge, bench.again)]
    left.marks.choose(canvas_of(left).index.get(mentions[0].id))
    right.marks.choose(canvas_of(right).index.get(mentions[1].id))
    assert canvas_of(left).emphasis.mention_id == ""
    assert review.mention_id == mentions[1].id


def test_operations_and_undo_show_in_every_pane(desk, bench, settled):
    panes = [desk.add_pane(bench.bridge), desk.add_pane(bench.bridge)]
    claim = bench.claims()[0].id
    settled(mark_claim, claim, Verdict.DISPUTED)
    assert [canvas_of(pane).index.get(claim).tone for pane in panes] == ["disputed"] * 2
    settled(undo)
    assert [canvas_of(pane).index.get(claim).tone for pane in panes] == [""] * 2


def test_a_removed_article_closes_its_pane(desk, bench, settled):
    desk.add_pane(bench.bridge)
    desk.add_pane(bench.again)
    settled(remove_article, bench.case, bench.bridge)
    assert desk.shown_articles() == [bench.again]


def test_the_place_comes_back_exactly(desk, bench, review, session, settled, qtbot):
    text = padded("Two hundred people left the town of Opava.")
    long = settled(add_article, bench.case, new_article(text, publisher="Long")).created
    for article in (bench.bridge, long, bench.again):
        desk.add_pane(article)
    desk.panes()[1].reveal(Span(text.index("Two"), text.index("town")))
    desk.panes()[1].focused.emit()
    desk.set_scroll_mode(ScrollMode.FREE)
    place = desk.place()
    other = ReadingDesk(session, review)
    qtbot.addWidget(other)
    assert other.restore(place)
    other.resize(900, 600)
    other.show()
    qtbot.waitExposed(other)
    assert other.shown_articles() == [bench.bridge, long, bench.again]
    assert other.panes()[1].scroll_place() == desk.panes()[1].scroll_place()
    assert other.current_pane() is other.panes()[1]
    assert other.scroll_mode is ScrollMode.FREE
    assert not other.restore({})
    assert not other.restore({"panes": [{"article": "agone"}]})


def test_zoom_and_letters_keep_the_first_visible_line(desk, bench, settled):
    text = padded("Two hundred people left the town of Opava.")
    pane = desk.add_pane(settled(add_article, bench.case, new_article(text)).created)
    pane.reveal(Span(text.index("Two"), text.index("town")))
    place = pane.scroll_place()
    desk.set_reading(serif=False, points=18)
    assert pane.scroll_place() == place
    line = next(canvas_of(pane).lines.between(1, 40))
    assert line.start <= canvas_of(pane).positions.to_utf16(place["at"]) <= line.end


def test_marks_can_be_hidden_but_not_the_current_one(desk, bench, review):
    pane = desk.add_pane(bench.bridge)
    review.choose_claim(bench.claims()[0].id)
    desk.set_marks_shown(claims=False, mentions=False)
    pieces = canvas_of(pane).overlay.seen(0, 500).pieces
    assert {piece.mark.id for piece in pieces} == {bench.claims()[0].id}
    desk.set_marks_shown(claims=True, mentions=True)
    kinds = {piece.mark.kind for piece in canvas_of(pane).overlay.seen(0, 500).pieces}
    assert kinds == {MarkKind.CLAIM, MarkKind.MENTION}


def test_a_read_only_project_shows_no_grips(bench, review, session, qtbot, monkeypatch):
    monkeypatch.setattr(type(session), "read_only", property(lambda _: True))
    desk = ReadingDesk(session, review)
    qtbot.addWidget(desk)
    pane = desk.add_pane(bench.bridge)
    review.choose_claim(bench.claims()[0].id)
    assert canvas_of(pane).handles.mark is None


def test_clicking_a_badge_chooses_its_claim(desk, bench, review, qtbot):
    pane = desk.add_pane(bench.bridge)
    gutter = pane.text.surface.gutter
    spot = gutter._spots_in_sight()[0]
    qtbot.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=spot.box.center().toPoint())
    assert review.claim_id == spot.marks[0].id
    assert spot.marks[0].span.of(BRIDGE)
