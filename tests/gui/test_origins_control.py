"""Articles that share their text count as one source: shown, joined and set apart in the window."""

import pytest
from PySide6.QtWidgets import QMenu

from commands import run
from factdesk.model.analysis import FoundOrigin
from factdesk.model.clusters import Origin
from factdesk.ops.origins import store_origins
from factdesk.store.clusters import origins_of
from factdesk_gui.actions.ids import Command
from factdesk_gui.models.origin_words import origin_words
from factdesk_gui.models.progress_model import ORIGIN_ROLE

NAMES = {"a": "Courier", "b": "The Daily", "c": "Evening"}


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (Origin("o", ("a", "b"), (0.9, 0.861)), "same text as Courier (86 %)"),
        (Origin("o", ("a", "b", "c"), (0.9, 0.861, 0.7)), "same text as Courier and 1 more (86 %)"),
        (Origin("o", ("a", "b"), (0.0, 0.0), "Ada"), "same source as Courier"),
        (Origin("o", ("b",), (1.0,)), ""),
    ],
    ids=["two", "three", "by hand", "alone"],
)
def test_an_origin_is_said_in_words(origin, words):
    assert origin_words(origin, "b", NAMES) == words


def use(window, article):
    pane = window.workspace.desk.pane_of(article)
    pane.focused.emit()
    return pane


def origins(window):
    return origins_of(window.workspace.session.reader, window.workspace.review.case_id)


def test_shared_text_stands_in_the_head_and_in_the_progress(opened, qtbot, project):
    session, case = opened.workspace.session, opened.workspace.review.case_id
    session.run(store_origins, case, [FoundOrigin((project.bridge, project.again), (0.86, 0.84))])
    head = opened.workspace.desk.pane_of(project.bridge).head
    qtbot.waitUntil(lambda: head.counts.text().startswith("same text as Evening (86 %) · "))
    assert "Same text as Evening (86 %)" in head.toolTip()
    model = opened.workspace.progress.model
    assert model.index(0).data(ORIGIN_ROLE) == "same text as Evening (86 %)"
    use(opened, project.bridge)
    run(opened, Command.OWN_SOURCE, qtbot)
    qtbot.waitUntil(lambda: "same text" not in head.counts.text())
    assert origins(opened) == []
    run(opened, Command.UNDO, qtbot)
    qtbot.waitUntil(lambda: "(86 %)" in head.counts.text())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_person_can_say_that_two_articles_are_one_source(opened, qtbot, project):
    pane = use(opened, project.bridge)
    run(opened, Command.SAME_SOURCE, qtbot)
    menu = next(menu for menu in opened.workspace.desk.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["Evening", "Report"]
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: len(origins(opened)) == 1)
    assert set(origins(opened)[0].article_ids) == {project.bridge, project.report}
    qtbot.waitUntil(lambda: "same source as Report" in pane.head.counts.text())
    assert any(notice.text for notice in opened.notices.notices())


def test_the_head_tells_with_what_the_article_was_read(opened, qtbot, project):
    head = opened.workspace.desk.pane_of(project.bridge).head
    qtbot.waitUntil(lambda: "Read with test_model 1.0" in head.toolTip())
    assert opened.workspace.progress._readings.text() == "Read with test_model 1.0, Factdesk 0.1.0"
