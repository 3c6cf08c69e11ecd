"""Copies for and from other reviewers in the window: blind out, a report back in, verdicts taken over by a step to undo."""

import shutil
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from factdesk.exchange import second_review
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.backups import list_backups
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article, get_claim
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.handover_dialog import HandoverDialog
from factdesk_gui.dialogs.merge_dialog import MergeDialog
from factdesk_gui.panels.settle_window import SettleWindow


def told(window):
    return [notice.text for notice in window.notices.notices()]


def notice_with(window, words):
    return next(notice for notice in window.notices.notices() if words in notice.text)


def found(window, kind, qtbot):
    qtbot.waitUntil(lambda: window.findChild(kind) is not None)
    return window.findChild(kind)


@pytest.fixture
def claims(opened, project):
    return [claim.id for claim in claims_of_article(opened.workspace.session.reader, project.bridge)]


@pytest.fixture
def from_ben(opened, claims, tmp_path):
    """A copy in which Ben judged two claims; Ada judges the first one otherwise."""
    copy = hand_over(opened.workspace.session.project, tmp_path / "ben.factdesk", "Ben")
    with Project.open(copy.path) as ben:
        ben.run(mark_claim, claims[0], Verdict.DISPUTED, None, "Ben's word")
        ben.run(mark_claim, claims[1], Verdict.VERIFIED)
    return copy.path


def merged(window, paths, qtbot):
    window.controls.second_review.merge(paths)
    dialog = found(window, MergeDialog, qtbot)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    return dialog


def test_closing_while_a_file_is_merged_is_told_once_and_leaves_nothing_half(
    opened, from_ben, project, qtbot, monkeypatch
):
    begun, go_on = threading.Event(), threading.Event()

    def slow(project, path):
        begun.set()
        go_on.wait(60)
        return merge_file(project, path)

    monkeypatch.setattr(second_review, "merge_file", slow)
    opened.controls.second_review.merge([from_ben])
    qtbot.waitUntil(begun.is_set)
    try:
        assert not opened.close_workspace()
        assert "The project stays open: Merging ben.factdesk." in told(opened)
        assert opened.close_workspace()
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: not opened.jobs.busy)
    with Project.open(project.path) as again, again.reader() as reader:
        assert check_project(reader) == []
        assert reader.value("SELECT count(*) FROM opinions") == 0


def test_a_copy_is_made_for_the_reviewer_who_is_named(opened, project, qtbot):
    opened.binder.run(Command.HAND_OVER)
    dialog = found(opened, HandoverDialog, qtbot)
    assert not dialog.accept_button.isEnabled()
    dialog.form.editor("reviewer").setText("Ben")
    target = project.path.with_name("bridge for Ben.factdesk")
    assert dialog.place.path() == str(target)
    dialog.accept()
    qtbot.waitUntil(lambda: any("Made bridge for Ben" in text for text in told(opened)))
    assert target.exists()
    with Project.open(target) as copy:
        assert copy.reviewer_name == "Ben"


def test_only_decided_claims_can_be_handed_over(opened, project, claims, settled_by, qtbot):
    settled_by(mark_claim, claims[0], Verdict.VERIFIED)
    opened.binder.run(Command.HAND_OVER)
    dialog = found(opened, HandoverDialog, qtbot)
    qtbot.waitUntil(lambda: len(dialog.choices()) == 2)  # the queue shows all, so that it offers no part
    assert [button.text() for button in dialog.choices()] == [
        "All 9 of the project",
        "Those with a verdict in this case, 1",
    ]
    dialog.choices()[1].setChecked(True)
    dialog.form.editor("reviewer").setText("Ben")
    dialog.accept()
    qtbot.waitUntil(lambda: any("1 claim," in text for text in told(opened)))
    with Project.open(project.path.with_name("bridge for Ben.factdesk")) as copy, copy.reader() as reader:
        assert reader.value("SELECT count(*) FROM claims") == 1
        assert get_claim(reader, claims[0]).verdict is None


def test_names_and_files_that_would_confuse_are_told(opened, project, qtbot):
    opened.binder.run(Command.HAND_OVER)
    dialog = found(opened, HandoverDialog, qtbot)
    dialog.form.editor("reviewer").setText("ada")
    assert "your own decisions" in dialog.problem
    assert not dialog.accept_button.isEnabled()
    project.path.with_name("bridge for Ben.factdesk").write_text("in the way")
    dialog.form.editor("reviewer").setText("Ben")
    assert "already a file" in dialog.problem
    assert not dialog.accept_button.isEnabled()
    dialog.place.set_path("another")
    assert dialog.accept_button.isEnabled()
    assert dialog.wanted().path == project.path.with_name("another.factdesk")
    dialog.reject()


def test_a_merge_is_backed_up_reported_and_changes_nothing_here(opened, project, claims, from_ben, settled_by, qtbot):
    settled_by(mark_claim, claims[0], Verdict.VERIFIED, None, "Ada's word")
    dialog = merged(opened, [from_ben], qtbot)
    assert "Came in from Ben: 2 decisions." in dialog.text()
    assert "disagree on 1 claim of this case." in dialog.text()
    assert dialog.take_over.text() == "&Take over 1 verdict"
    assert any("before merging" in backup.path.name for backup in list_backups(project.path))
    reader = opened.workspace.session.reader
    assert get_claim(reader, claims[0]).judgement.note == "Ada's word"
    assert get_claim(reader, claims[1]).verdict is None
    dialog.reject()


def test_verdicts_that_nobody_contradicts_are_taken_over_and_back(opened, claims, from_ben, settled_by, qtbot):
    settled_by(mark_claim, claims[0], Verdict.VERIFIED)
    dialog = merged(opened, [from_ben], qtbot)
    session = opened.workspace.session
    with qtbot.waitSignal(session.changed):
        dialog.take_over.click()
    qtbot.waitUntil(lambda: dialog.take_over.text() == "Taken over")
    dialog.reject()
    taken = get_claim(session.reader, claims[1])
    assert (taken.verdict, taken.decided_by) == (Verdict.VERIFIED, "Ben")
    assert get_claim(session.reader, claims[0]).verdict is Verdict.VERIFIED
    with qtbot.waitSignal(session.changed):
        opened.binder.run(Command.UNDO)
    assert get_claim(session.reader, claims[1]).verdict is None


def test_merging_again_brings_nothing_new_and_bad_files_keep_no_other_out(opened, from_ben, tmp_path, qtbot):
    bad = tmp_path / "notes.factdesk"
    bad.write_text("only words")
    dialog = merged(opened, [bad, from_ben], qtbot)
    assert "Could not be read" in dialog.text()
    assert "notes.factdesk" in dialog.text()
    assert "Came in from Ben" in dialog.text()
    dialog.reject()
    qtbot.waitUntil(lambda: opened.findChild(MergeDialog) is None)
    again = merged(opened, [from_ben], qtbot)
    assert "Nothing new came in" in again.text()
    again.reject()


def test_from_the_report_one_comes_to_the_disagreements(opened, claims, from_ben, settled_by, qtbot):
    settled_by(mark_claim, claims[0], Verdict.VERIFIED)
    dialog = merged(opened, [from_ben], qtbot)
    dialog.settle.click()
    window = found(opened, SettleWindow, qtbot)
    qtbot.waitUntil(lambda: window.progress.text() == "0 of 1 settled")
    window.reject()


@pytest.fixture
def settled_by(opened, qtbot):
    """Runs an operation as the window does."""

    def run(op, *args):
        with qtbot.waitSignal(opened.workspace.session.changed):
            opened.workspace.session.run(op, *args)

    return run


@pytest.fixture
def blind_copy(project, tmp_path):
    """A copy for Ben, made by Ada."""
    with Project.open(project.path) as ada:
        return hand_over(ada, tmp_path / "ben.factdesk", "Ben").path


def shown(window, path, qtbot):
    window.projects.open(path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    return window.workspace.session.project


def test_a_blind_copy_says_what_it_is_and_takes_the_name_it_was_made_for(window, blind_copy, qtbot):
    window.prefs.reviewer = ""
    opened = shown(window, blind_copy, qtbot)
    assert opened.reviewer_name == "Ben"
    assert window.status._origin.text() == "Blind copy for Ben, from Ada"
    assert window.status._origin.isVisible()
    assert "nothing of what others decided" in told(window)[0]


def test_a_user_of_another_name_is_told_and_can_decide_as_the_one_who_is_meant(window, blind_copy, qtbot):
    opened = shown(window, blind_copy, qtbot)
    assert opened.reviewer_name == "Ada"
    notice = notice_with(window, "your decisions carry the name Ada")
    next(button for button in notice.findChildren(QPushButton) if button.text() == "Decide as Ben").click()
    assert opened.reviewer_name == "Ben"
    assert window.prefs.reviewer == "Ada"


def test_an_ordinary_project_says_nothing_of_copies(opened):
    assert not opened.status._origin.isVisible()
    assert told(opened) == []


def test_a_report_can_be_copied(opened, from_ben, qtbot):
    dialog = merged(opened, [from_ben], qtbot)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.text()
    dialog.reject()


def test_a_second_merge_waits_for_the_first(opened, from_ben, tmp_path, qtbot):
    other = shutil.copy(from_ben, tmp_path / "other.factdesk")
    control = opened.controls.second_review
    control.merge([from_ben])
    control.merge([other])
    assert any("merged already" in text for text in told(opened))
    found(opened, MergeDialog, qtbot).reject()
