"""Backups in the window: made by themselves, looked at before one is put back, offered when a project is damaged."""

import os

from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.store.backups import list_backups, make_backup
from factdesk.store.claims import get_claim
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.backups_dialog import BackupsDialog


def told(window):
    return [notice.text for notice in window.notices.notices()]


def dialog_of(window, qtbot):
    qtbot.waitUntil(lambda: window.findChild(BackupsDialog) is not None)
    return window.findChild(BackupsDialog)


def test_an_open_project_is_backed_up_when_it_is_due_and_not_again(opened, project, qtbot):
    opened.backups.back_up_if_due()
    qtbot.waitUntil(lambda: len(list_backups(project.path)) == 1 and not opened.jobs.busy)
    opened.backups.back_up_if_due()
    qtbot.waitUntil(lambda: not opened.jobs.busy)
    assert len(list_backups(project.path)) == 1


def test_backups_made_by_themselves_are_thinned_out(opened, project, qtbot):
    first = make_backup(project.path).path
    for day in ("01", "02", "03"):
        first.with_name(f"2020-01-{day}T080000Z{project.path.suffix}").write_bytes(first.read_bytes())
    first.unlink()
    with qtbot.waitSignal(opened.workspace.session.changed):
        opened.workspace.session.run(mark_claim, opened.workspace.review.claim_id, Verdict.DISPUTED)
    opened.backups.back_up_if_due()
    qtbot.waitUntil(lambda: not opened.jobs.busy)
    assert [backup.made_at[:10] for backup in list_backups(project.path)][1:] == ["2020-01-01"]


def test_a_project_that_is_only_read_gets_no_backups(window, project, qtbot):
    window.projects.open(project.path, read_only=True)
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert not window.backups._timer.isActive()


def test_a_backup_that_cannot_be_made_is_told_once(opened, project, qtbot):
    (project.path.parent / f"{project.path.stem} backups").write_text("in the way")
    for _ in range(2):
        opened.backups.back_up_if_due()
        qtbot.waitUntil(lambda: not opened.jobs.busy)
    assert sum("No backup could be made today" in text for text in told(opened)) == 1


def test_restoring_shows_first_what_it_takes_back_then_opens_the_older_state(opened, project, qtbot):
    claim = opened.workspace.review.claim_id
    make_backup(project.path)
    with qtbot.waitSignal(opened.workspace.session.changed):
        opened.workspace.session.run(mark_claim, claim, Verdict.DISPUTED)
    opened.binder.run(Command.BACKUPS)
    dialog = dialog_of(opened, qtbot)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert "1 decision" in dialog.preview.toPlainText()
    assert "Ada: " in dialog.preview.toPlainText()
    session = opened.workspace.session
    dialog.accept()
    qtbot.waitUntil(lambda: opened.workspace is not None and opened.workspace.session is not session)
    assert get_claim(opened.workspace.session.reader, claim).verdict is None
    qtbot.waitUntil(lambda: any("again as the chosen backup" in text for text in told(opened)))
    assert len(list_backups(project.path)) == 2
    assert any("before restoring" in backup.path.name for backup in list_backups(project.path))


def test_backing_up_by_hand_lists_the_new_one(opened, project, qtbot):
    opened.binder.run(Command.BACKUPS)
    dialog = dialog_of(opened, qtbot)
    qtbot.waitUntil(lambda: "no backup yet" in dialog.preview.toPlainText())
    assert not dialog.accept_button.isEnabled()
    dialog.now.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    qtbot.waitUntil(lambda: "Nothing was added or decided" in dialog.preview.toPlainText())
    dialog.reject()


def test_a_damaged_project_offers_its_backups(window, project, qtbot):
    make_backup(project.path)
    data = bytearray(project.path.read_bytes())
    data[100:9000] = os.urandom(8900)
    project.path.write_bytes(data)
    window.projects.open(project.path)
    qtbot.waitUntil(lambda: bool(window.notices.notices()))
    window.projects.backups_wanted.emit(project.path)
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    dialog.accept()
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert window.workspace.session.reader.value("SELECT count(*) FROM claims") == 9
