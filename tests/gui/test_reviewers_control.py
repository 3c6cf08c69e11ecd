"""Reviewers in the window: a list with colours, another colour, another name of one's own, and back."""

import pytest
from PySide6.QtCore import Qt

from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.claims import claims_of_article
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.name_dialog import NameDialog
from factdesk_gui.dialogs.reviewers_dialog import ReviewersDialog
from factdesk_gui.models.reviewer_colours import shade
from factdesk_gui.theme import Scheme, themes


@pytest.fixture
def project_of_two(project, tmp_path):
    """Ada's project with what Ben judged in a copy."""
    with Project.open(project.path, reviewer="Ada") as ada, ada.reader() as reader:
        claim = claims_of_article(reader, project.bridge)[0].id
        copy = hand_over(ada, tmp_path / "ben.factdesk", "Ben")
        with Project.open(copy.path) as ben:
            ben.run(mark_claim, claim, Verdict.DISPUTED)
        merge_file(ada, copy.path)
    return project


@pytest.fixture
def dialog(project_of_two, opened, qtbot):
    del project_of_two
    opened.binder.run(Command.REVIEWERS)
    shown = opened.findChild(ReviewersDialog)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 2)
    yield shown
    shown.reject()


def cell(dialog, row, column):
    return dialog.model.index(row, column).data()


def dot(dialog, row):
    return dialog.model.index(row, 0).data(Qt.ItemDataRole.DecorationRole).pixmap(14, 14).toImage().pixelColor(7, 7)


def test_reviewers_are_listed_by_their_coming_with_names_beside_colours(dialog):
    assert [cell(dialog, row, 0) for row in range(2)] == ["Ada (you)", "Ben"]
    assert [cell(dialog, row, 1) for row in range(2)] == ["0", "1"]
    assert dialog.view.currentIndex().row() == 0
    assert dialog.rename.isEnabled()


def test_a_colour_is_chosen_for_every_theme_and_taken_back(dialog, opened, qtbot):
    dialog.view.setCurrentIndex(dialog.model.index(1, 0))
    dialog.colour.setCurrentIndex(dialog.colour.findData("olive"))
    dialog.colour.activated.emit(dialog.colour.currentIndex())
    qtbot.waitUntil(lambda: cell(dialog, 1, 4) == "olive")
    assert dialog.view.currentIndex().row() == 1, "the chosen row stays"
    assert dot(dialog, 1) == shade("olive", dark=False)
    themes().apply(Scheme.DARK)
    assert dot(dialog, 1) == shade("olive", dark=True)
    themes().apply(Scheme.LIGHT)
    opened.workspace.session.undo()
    qtbot.waitUntil(lambda: cell(dialog, 1, 4) == "by order")


def test_oneself_is_renamed_here_and_for_the_next_sitting(dialog, opened, qtbot):
    dialog.rename.click()
    asked = opened.findChild(NameDialog)
    assert asked.form.value("name") == "Ada"
    asked.form.editor("name").setText("Ada Nová")
    asked.accept()
    qtbot.waitUntil(lambda: cell(dialog, 0, 0) == "Ada Nová (you)")
    project = opened.workspace.session.project
    assert (project.reviewer_name, opened.prefs.reviewer) == ("Ada Nová", "Ada Nová")
    opened.workspace.session.undo()
    qtbot.waitUntil(lambda: cell(dialog, 0, 0) == "Ada (you)")
    assert (project.reviewer_name, opened.prefs.reviewer) == ("Ada", "Ada")


def test_a_name_that_somebody_else_has_is_refused_with_the_reason(dialog, opened, qtbot):
    dialog.rename.click()
    asked = opened.findChild(NameDialog)
    asked.form.editor("name").setText("Ben")
    asked.accept()
    qtbot.waitUntil(lambda: "Two entries cannot become one" in dialog.problem)
    assert cell(dialog, 0, 0) == "Ada (you)"
