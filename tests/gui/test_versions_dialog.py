"""A corrected text: compared, put in place, and what a person looks at then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from builders import BRIDGE, new_article
from commands import run
from factdesk.compare.text_diff import text_diff
from factdesk.exchange.importers import from_pasted
from factdesk.exchange.readings import Reading
from factdesk.model.claims import Verdict
from factdesk.model.spans import Span
from factdesk.ops.claims import add_claim, mark_claim
from factdesk.store.articles import article_text
from factdesk.store.claims import claims_of_article
from factdesk.store.versions import fuzzy_marks, orphans_of
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.carried_dialog import CarriedDialog
from factdesk_gui.dialogs.diff_view import DiffView, Layout
from factdesk_gui.dialogs.history_dialog import HistoryDialog
from factdesk_gui.dialogs.paste_dialog import PasteDialog
from factdesk_gui.dialogs.version_dialog import VersionDialog
from factdesk_gui.review import Passage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CORRECTED = "The bridge at Ostrava fell on Tuesday. Mayor Jana Nová said 14 people were hurt. A boat came."


@pytest.fixture
def diff(qtbot):
    made = DiffView(("Old", "New"))
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    made.show_texts(BRIDGE, CORRECTED, text_diff(BRIDGE, CORRECTED).pieces)
    return made


def found(window, qtbot, kind):
    qtbot.waitUntil(lambda: window.findChild(kind) is not None)
    return window.findChild(kind)


def decided(window, qtbot):
    """The first two claims of the article have verdicts; the third one is a person's."""
    session, article = window.workspace.session, window.workspace.review
    claims = claims_of_article(session.reader, window.workspace.desk.panes()[0].article_id)
    for claim in claims[:2]:
        session.run(mark_claim, claim.id, Verdict.VERIFIED)
    river = BRIDGE.index("The river")
    session.run(add_claim, claims[0].article_id, Span(river, len(BRIDGE) - 1))
    qtbot.waitUntil(lambda: session.pending == 0)
    article.focus_article(claims[0].article_id)
    return claims


def compared(window, qtbot, project, text=CORRECTED):
    window.controls.versions.compare(project.bridge, new_article(text))
    dialog = found(window, qtbot, VersionDialog)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    return dialog


def test_both_texts_show_their_side_with_strokes_and_not_by_colour_alone(diff):
    assert diff.changes == 3
    old, new = diff.old.document(), diff.new.document()
    assert old.toPlainText() == BRIDGE
    assert new.toPlainText() == CORRECTED

    def fonts(side, number):
        cursor = side.textCursor()
        cursor.setPosition(side.places[number][1])
        return cursor.charFormat()

    assert fonts(diff.old, 0).fontStrikeOut()
    assert fonts(diff.new, 0).fontUnderline()


def test_one_text_has_both_words_after_each_other(diff):
    diff.set_layout(Layout.IN_ONE)
    assert "fell on MondayTuesday." in diff.new.toPlainText()
    assert not diff.old.isVisible()


def test_the_changes_are_walked_round_and_round(diff):
    seen = []
    diff.change_shown.connect(lambda number, total: seen.append((number, total)))
    for step in (1, 1, 1, 1, -1):
        diff.next_change(step)
    assert seen == [(0, 3), (1, 3), (2, 3), (0, 3), (2, 3)]
    assert diff.old.extraSelections()[0].cursor.selectedText().startswith("🌊")


def test_long_unchanged_text_is_folded_but_the_old_text_alone_is_whole(diff):
    long = "Nothing new here. " * 200
    diff.show_texts(f"{long}Old end.", f"{long}New end.", text_diff(f"{long}Old end.", f"{long}New end.").pieces)
    assert "unchanged characters" in diff.old.toPlainText()
    diff.set_layout(Layout.OLD)
    assert diff.old.toPlainText() == f"{long}Old end."


def test_the_forecast_tells_what_becomes_of_the_marks(opened, qtbot, project):
    decided(opened, qtbot)
    dialog = compared(opened, qtbot, project)
    words = dialog.fate.text()
    assert "3 claims of yours: 2 change a little: to look at; 1 loses its words" in words
    assert "✗ claim: “The river kept rising”" in words
    assert dialog.bar.where.text() == "Change 1 of 3"


def test_the_same_text_cannot_replace_itself(opened, qtbot, project):
    opened.controls.versions.compare(project.bridge, new_article(BRIDGE))
    dialog = found(opened, qtbot, VersionDialog)
    qtbot.waitUntil(lambda: dialog.problem != "")
    assert not dialog.accept_button.isEnabled()


def test_replacing_is_one_step_with_a_link_to_what_needs_a_look(opened, qtbot, project):
    decided(opened, qtbot)
    reader, desk = opened.workspace.session.reader, opened.workspace.desk
    places = desk.shown_articles()
    compared(opened, qtbot, project).accept()
    qtbot.waitUntil(
        lambda: any("to look at" in n.hint or "changed or lost" in n.hint for n in opened.notices.notices())
    )
    newer = desk.shown_articles()[places.index(project.bridge)]
    assert article_text(reader, newer) == CORRECTED
    assert len(desk.shown_articles()) == len(places)
    run(opened, Command.UNDO, qtbot)
    qtbot.waitUntil(lambda: desk.shown_articles() == places)


def test_a_suggestion_of_the_old_text_is_current_no_more(opened, qtbot, project):
    review, reader = opened.workspace.review, opened.workspace.session.reader
    review.choose_claim(claims_of_article(reader, project.bridge)[0].id)
    compared(opened, qtbot, project).accept()
    qtbot.waitUntil(lambda: project.bridge not in opened.workspace.desk.shown_articles())
    qtbot.waitUntil(lambda: review.claim_id == "")


def test_each_mark_is_settled_reattached_or_put_aside(opened, qtbot, project):
    decided(opened, qtbot)
    workspace = opened.workspace
    reader, case = workspace.session.reader, workspace.review.case_id
    compared(opened, qtbot, project).accept()
    qtbot.waitUntil(lambda: len(fuzzy_marks(reader, case)) == 2)
    opened.binder.run(Command.CARRIED_MARKS)
    dialog = found(opened, qtbot, CarriedDialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 3)
    assert "changed\nwas “The bridge at Ostrava fell on Monday.”" in dialog.list.item(0).text()
    dialog.list.setCurrentRow(0)
    dialog.settle.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    dialog.list.setCurrentRow(1)
    assert "left behind" in dialog.list.currentItem().text()
    assert not dialog.settle.isEnabled()
    assert not dialog.attach.isEnabled()
    boat = CORRECTED.index("A boat")
    newer = dialog.mark().current_id
    workspace.review.select(Passage(newer, Span(boat, len(CORRECTED))))
    assert dialog.attach.isEnabled()
    dialog.attach.click()
    qtbot.waitUntil(lambda: not orphans_of(reader, case))
    assert "A boat came." in [claim.quote for claim in claims_of_article(reader, newer)]
    dialog.list.setCurrentRow(0)
    dialog.drop.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    run(opened, Command.UNDO, qtbot)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    dialog.reject()


def test_earlier_versions_stay_readable(opened, qtbot, project):
    decided(opened, qtbot)
    compared(opened, qtbot, project).accept()
    desk = opened.workspace.desk
    qtbot.waitUntil(lambda: project.bridge not in desk.shown_articles())
    pane = desk.pane_of(next(one for one in desk.shown_articles() if one not in {project.again, project.report}))
    pane.focused.emit()
    opened.binder.run(Command.SHOW_VERSIONS)
    dialog = found(opened, qtbot, HistoryDialog)
    qtbot.waitUntil(lambda: dialog.diff.changes > 0)
    assert dialog.version() == project.bridge
    assert dialog.diff.old.toPlainText() == BRIDGE
    dialog.bar.layouts.setCurrentIndex(1)
    assert dialog.diff.new.toPlainText() == CORRECTED
    dialog.reject()


def test_a_corrected_version_comes_from_a_file_or_the_clipboard(opened, qtbot, project, tmp_path):
    (tmp_path / "bridge.txt").write_text(CORRECTED, encoding="utf-8")
    opened.controls.versions.read(project.bridge, tmp_path / "bridge.txt")
    dialog = found(opened, qtbot, VersionDialog)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.reject()
    dialog.setParent(None)
    opened.binder.run(Command.PASTE_VERSION)
    paste = found(opened, qtbot, PasteDialog)
    assert paste.accept_button.text() == "Compare"
    paste.area.setPlainText(CORRECTED)
    qtbot.waitUntil(paste.accept_button.isEnabled)
    paste.accept()
    again = found(opened, qtbot, VersionDialog)
    qtbot.waitUntil(again.accept_button.isEnabled)
    again.reject()


def test_a_file_that_is_no_version_after_all_stands_beside(opened, qtbot, project):
    with qtbot.waitSignal(opened.controls.versions.separate_wanted) as told:
        opened.controls.versions.compare_all([(project.bridge, Reading(from_pasted(CORRECTED)))])
        dialog = found(opened, qtbot, VersionDialog)
        dialog._add_apart()
    assert told.args[0].text == CORRECTED
    reader = opened.workspace.session.reader
    qtbot.waitUntil(lambda: len(opened.controls.articles._known()) == 4)
    assert article_text(reader, project.bridge) == BRIDGE


def test_the_rest_of_many_versions_can_be_left_alone(opened, qtbot, project):
    pairs = [(project.bridge, Reading(from_pasted(f"{CORRECTED} {number}"))) for number in range(3)]
    opened.controls.versions.compare_all(pairs)
    dialog = found(opened, qtbot, VersionDialog)
    button = next(each for each in dialog.findChildren(QPushButton) if "2 more" in each.text())
    button.click()
    assert "2 corrected versions were left alone" in opened.notices.notices()[-1].text
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert not opened.controls.versions._waiting
