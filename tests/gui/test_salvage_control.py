"""A damaged project in the window: what is offered works, and what is missing is listed."""

import random
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from factdesk.store.backups import make_backup
from factdesk.store.faults import damaged
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.backups_dialog import BackupsDialog
from factdesk_gui.dialogs.list_dialog import ListDialog
from factdesk_gui.notices import Kind


def spoil(path, table):
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + (100 if page == 1 else 0))
        file.write(random.Random(page).randbytes(3000))


def notice_with(window, qtbot, words):
    qtbot.waitUntil(lambda: any(words in each.text for each in window.notices.notices()))
    return next(each for each in window.notices.notices() if words in each.text)


def press(notice, words):
    next(button for button in notice.findChildren(QPushButton) if words in button.text()).click()


def choose(window, qtbot, path):
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None)
    dialog = window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    dialog.deleteLater()


@pytest.mark.parametrize("has_backup", [True, False])
def test_a_damaged_project_can_be_rescued_from_the_message_that_tells_of_it(
    window, project, tmp_path, qtbot, has_backup
):
    if has_backup:
        make_backup(project.path)
    before = bytearray(project.path.read_bytes())
    before[:4096] = bytes(4096)
    project.path.write_bytes(before)
    window.projects.open(project.path)
    notice = notice_with(window, qtbot, "its beginning is damaged")
    assert "Go back to a backup of it, or rescue" in notice.hint
    assert any("Show its backups" in button.text() for button in notice.findChildren(QPushButton)) is has_backup
    press(notice, "Rescue what can be read")
    target = tmp_path / "rescued.factdesk"
    choose(window, qtbot, target)
    qtbot.waitUntil(lambda: window.workspace is not None)
    notice = notice_with(window, qtbot, "3 articles, 9 claims")
    assert str(project.path) in notice.hint
    assert window.workspace.session.project.path == target
    assert project.path.read_bytes() == bytes(before)
    window.close_workspace()


def test_what_is_missing_after_a_rescue_is_listed(window, project, tmp_path, qtbot):
    spoil(project.path, "mentions")
    window.salvage.rescue(project.path, tmp_path / "rescued.factdesk")
    notice = notice_with(window, qtbot, "Rescued, with gaps")
    assert notice.kind is Kind.WARNING
    press(notice, "Show what is missing")
    qtbot.waitUntil(lambda: window.findChild(ListDialog) is not None)
    assert "some of these may be missing: mentions" in window.findChild(ListDialog).area.toPlainText()
    window.findChild(ListDialog).close()
    qtbot.waitUntil(lambda: window.workspace is not None)
    window.close_workspace()


def test_damage_met_while_working_offers_backups_and_rescue(opened, project, tmp_path, qtbot):
    make_backup(project.path)
    opened.workspace.session.failed.emit(damaged(project.path, "database disk image is malformed"))
    notice = notice_with(opened, qtbot, "is damaged")
    press(notice, "Show its backups")
    qtbot.waitUntil(lambda: opened.findChild(BackupsDialog) is not None)
    opened.findChild(BackupsDialog).close()
    opened.workspace.session.failed.emit(damaged(project.path, "database disk image is malformed"))
    press(notice_with(opened, qtbot, "is damaged"), "Rescue what can be read")
    choose(opened, qtbot, tmp_path / "rescued.factdesk")
    qtbot.waitUntil(lambda: opened.workspace and opened.workspace.session.project.path.name == "rescued.factdesk")
    notice_with(opened, qtbot, "Everything could be read")
    opened.close_workspace()


def test_what_holds_no_project_is_told_and_the_menu_offers_it_without_a_project(window, tmp_path, qtbot):
    assert window.binder.action(Command.RESCUE).isEnabled()
    (tmp_path / "notes.factdesk").write_bytes(bytes(9000))
    window.salvage.rescue(tmp_path / "notes.factdesk", tmp_path / "rescued.factdesk")
    assert "Keep the file" in notice_with(window, qtbot, "Nothing of a project").hint
    assert [each.text for each in window.notices.notices()] == [notice_with(window, qtbot, "Nothing of a project").text]
    assert window.workspace is None
