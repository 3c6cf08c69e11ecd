"""The rules of a project: the evidence gate, the time guard, undo, and looking only."""

import pytest
from PySide6.QtCore import Qt

from factdesk.model.gate import EvidenceGate, TimeGuard
from factdesk.store.gate import load_gate, load_time_guard
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def shown(window, qtbot):
    window.binder.run(Command.PROJECT_SETTINGS)
    qtbot.waitUntil(lambda: window.findChild(SettingsDialog) is not None)
    return window.findChild(SettingsDialog)


def test_everything_is_off_at_first_but_the_time_guard(opened, qtbot):
    dialog = shown(opened, qtbot)
    assert dialog.gate() == EvidenceGate()
    assert dialog.time_guard() == TimeGuard()
    assert not dialog.isModal()
    assert not dialog.verified.number.isEnabled()


def test_a_change_holds_at_once_and_can_be_undone(opened, qtbot):
    reader = opened.workspace.session.reader
    dialog = shown(opened, qtbot)
    dialog.verified.box.setChecked(True)
    qtbot.waitUntil(lambda: load_gate(reader).verified_origins == 2)
    dialog.verified.number.setValue(3)
    qtbot.waitUntil(lambda: load_gate(reader).verified_origins == 3)
    dialog.need_note.setChecked(True)
    qtbot.waitUntil(lambda: load_gate(reader).need_note)
    opened.binder.run(Command.UNDO)
    qtbot.waitUntil(lambda: not dialog.need_note.isChecked())
    assert dialog.verified.number.value() == 3


def test_stale_evidence_can_be_left_alone(opened, qtbot):
    dialog = shown(opened, qtbot)
    dialog.stale.box.setChecked(False)
    qtbot.waitUntil(lambda: load_time_guard(opened.workspace.session.reader).stale_days == 0)
    assert not dialog.stale.number.isEnabled()


def test_the_command_brings_the_open_dialog_to_the_front(opened, qtbot):
    first = shown(opened, qtbot)
    assert shown(opened, qtbot) is first
    first.reject()


def test_a_project_to_look_at_shows_its_rules_only(qtbot):
    dialog = SettingsDialog("Bridge", writable=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show_settings(EvidenceGate(verified_origins=2), TimeGuard())
    assert dialog.verified.box.isChecked()
    assert not dialog.verified.box.isEnabled()
    assert not dialog.verified.number.isEnabled()
