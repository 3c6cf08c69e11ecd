"""Find in case on a real project."""

import pytest
from PySide6.QtCore import Qt

from builders import new_article
from factdesk.ops.articles import add_article
from factdesk_gui.models.find_model import FindModel, Found, find_in_case
from factdesk_gui.panels.find_panel import FindPanel
from factdesk_gui.review import Passage


@pytest.fixture
def panel(session, review, qtbot):
    panel = FindPanel(session, review)
    qtbot.addWidget(panel)
    panel.resize(320, 400)
    panel.show()
    return panel


def find(panel, qtbot, words):
    qtbot.keyClicks(panel.box, words)
    qtbot.waitUntil(lambda: not panel._pause.isActive())
    qtbot.waitUntil(lambda: bool(panel.status))


def hits(panel):
    rows = [panel.model.found(row) for row in range(panel.model.rowCount())]
    return [row for row in rows if row.span is not None]


def test_the_model_satisfies_qt(bench, qtmodeltester):
    model = FindModel()
    model.set_rows(find_in_case(bench.reader, bench.case, "bridge", {}))
    qtmodeltester.check(model)


def test_hits_come_by_article_with_their_numbers(panel, bench, qtbot):
    find(panel, qtbot, "bridge")
    rows = [panel.model.found(row) for row in range(panel.model.rowCount())]
    assert [row.before for row in rows if row.span is None] == ["The Daily", "Evening", "Report"]
    assert panel.status == "3 hits in 3 articles"
    assert not panel.model.flags(panel.model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert not panel.grab().isNull()


def test_a_hit_is_where_it_says(panel, bench, qtbot):
    find(panel, qtbot, "nova")
    assert [hit.span.of(bench.texts[hit.article_id]) for hit in hits(panel)] == ["Nová", "Nova"]
    assert [hit.hit for hit in hits(panel)] == ["Nová", "Nova"]
    assert hits(panel)[0].before.endswith("Mayor Jana ")
    assert hits(panel)[0].after.startswith(" said 12 people")


def test_enter_and_click_show_the_passage(panel, bench, review, qtbot):
    find(panel, qtbot, "bridge")
    with qtbot.waitSignal(review.passage_wanted) as caught:
        qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    assert caught.args == [Passage(bench.bridge, hits(panel)[0].span)]
    with qtbot.waitSignal(review.passage_wanted) as caught:
        qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    assert caught.args == [Passage(bench.again, hits(panel)[1].span)]
    with qtbot.waitSignal(review.passage_wanted) as caught:
        place = panel.view.visualRect(panel.model.index(5)).center()
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [Passage(bench.report, hits(panel)[2].span)]
    with qtbot.waitSignal(review.passage_wanted) as caught:
        qtbot.keyClick(panel.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert caught.args == [Passage(bench.again, hits(panel)[1].span)]


def test_nothing_found_and_nothing_asked(panel, qtbot):
    find(panel, qtbot, "zeppelin")
    assert panel._empty.words == "No article of this case contains “zeppelin”."
    assert panel.status == "0 hits in 0 articles"
    panel.box.clear()
    qtbot.waitUntil(lambda: panel._empty.words.startswith("Type words"))
    assert panel.status == ""


def test_a_new_article_is_searched_too(panel, bench, settled, qtbot):
    find(panel, qtbot, "ferry")
    assert hits(panel) == []
    settled(add_article, bench.case, new_article("The ferry took over.", publisher="Late"))
    qtbot.waitUntil(lambda: len(hits(panel)) == 1)


def test_typing_searches_once_after_a_pause(panel, session, qtbot, monkeypatch):
    asked = []
    ask = session.query
    monkeypatch.setattr(session, "query", lambda key, *rest: (asked.append(key), ask(key, *rest)))
    for letter in "damage":
        panel.box.insert(letter)
    qtbot.waitUntil(lambda: bool(panel.status))
    assert asked == ["find"]


def test_white_space_around_a_hit_is_one_space(bench):
    article = bench.add("First\n\n\twonderful\nlast line. Second.", "Odd")
    found = [row for row in find_in_case(bench.reader, bench.case, "wonderful", {}) if row.span]
    assert found == [Found(article, found[0].span, "First ", "wonderful", " last line. Second.")]
