"""Several cases in one project."""

from commands import run
from factdesk.ops.cases import create_case
from factdesk.store.cases import list_cases
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.name_dialog import NameDialog


def test_a_new_case_is_made_and_shown_and_the_other_is_one_click_away(opened, project, qtbot):
    opened.binder.run(Command.NEW_CASE)
    dialog = opened.findChild(NameDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.form.set_value("name", "The storm")
    dialog.accept()
    review = opened.workspace.review
    qtbot.waitUntil(lambda: review.case_id != project.case)
    assert opened.workspace.desk.panes() == []
    assert opened.case_box.names() == ["The bridge", "The storm"]
    opened.case_box.choose(0)
    assert review.case_id == project.case
    assert opened.workspace.desk.panes()
    run(opened, Command.UNDO, qtbot)
    qtbot.waitUntil(lambda: opened.case_box.names() == ["The bridge"])


def test_a_case_gets_another_name(opened, qtbot):
    opened.binder.run(Command.RENAME_CASE)
    dialog = opened.findChild(NameDialog)
    dialog.form.set_value("name", "The old bridge")
    dialog.accept()
    reader = opened.workspace.session.reader
    qtbot.waitUntil(lambda: [case.name for case in list_cases(reader)] == ["The old bridge"])


def test_undoing_the_case_on_the_desk_shows_another(opened, project, qtbot):
    session, review = opened.workspace.session, opened.workspace.review
    made = []
    session.run(create_case, "Short", done=made.append)
    qtbot.waitUntil(lambda: bool(made))
    review.choose_case(made[0].created)
    run(opened, Command.UNDO, qtbot)
    qtbot.waitUntil(lambda: review.case_id == project.case)
