"""F1: the key sheet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.shortcuts import Shortcuts
from factdesk_gui.dialogs.shortcuts_dialog import ShortcutsDialog
from factdesk_gui.prefs import Prefs


@pytest.fixture
def dialog(qtbot, tmp_path):
    made = ShortcutsDialog(Shortcuts(Prefs(tmp_path / "prefs.ini")))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def shown(dialog):
    model = dialog.tree.model()
    return [
        model.index(row, 0, model.index(menu, 0)).data()
        for menu in range(model.rowCount())
        for row in range(model.rowCount(model.index(menu, 0)))
    ]


def press(dialog, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    dialog.recorder.setFocus()
    qtbot.keyClick(dialog.recorder, key, modifier)


def test_all_commands_are_listed_under_their_menus(dialog):
    assert len(shown(dialog)) == len(Command)


def test_typing_searches_titles_words_and_keys(dialog, qtbot):
    dialog.search.setText("disput")
    assert shown(dialog) == ["Disputed", "Disputed here only"]
    dialog.search.setText("f6")
    assert shown(dialog) == ["Next pane"]
    dialog.search.setText("zzz")
    assert shown(dialog) == []
    dialog.search.setText("")
    assert len(shown(dialog)) == len(Command)


def test_nothing_can_be_changed_before_a_command_is_chosen(dialog):
    assert not dialog.recorder.isEnabled()
    assert not dialog.assign_button.isEnabled()


def test_a_free_key_is_recorded_by_pressing_it(dialog, qtbot):
    dialog.choose(Command.VERIFY)
    press(dialog, qtbot, Qt.Key.Key_Q)
    assert dialog.problem == ""
    dialog.assign_button.click()
    assert dialog._shortcuts.text(Command.VERIFY) == "Q"
    assert dialog._rows.item_of(Command.VERIFY).text() == "Q (changed)"


def test_a_taken_key_is_told_and_can_be_taken_over(dialog, qtbot):
    dialog.choose(Command.DISPUTE)
    press(dialog, qtbot, Qt.Key.Key_V)
    assert dialog.problem.startswith("V is already the key of “Verified”.")
    assert dialog.assign_button.text() == "Take it over"
    dialog.assign_button.click()
    assert dialog._shortcuts.text(Command.DISPUTE) == "V"
    assert dialog._rows.item_of(Command.VERIFY).text() == "none (changed)"


def test_a_reserved_key_cannot_be_used(dialog, qtbot):
    dialog.choose(Command.DISPUTE)
    press(dialog, qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert dialog.problem == "Ctrl+C cannot be used: in text it copies."
    assert not dialog.assign_button.isEnabled()
    dialog.assign()
    assert dialog._shortcuts.text(Command.DISPUTE) == "D"


def test_a_key_can_be_removed_and_brought_back(dialog):
    dialog.choose(Command.DISPUTE)
    dialog.remove_button.click()
    assert dialog._shortcuts.of(Command.DISPUTE) == []
    dialog.reset_button.click()
    assert dialog._shortcuts.of(Command.DISPUTE) == [QKeySequence("D")]
    assert dialog._rows.item_of(Command.DISPUTE).text() == "D"


def test_all_keys_can_be_reset(dialog):
    dialog.choose(Command.DISPUTE)
    dialog.remove_button.click()
    dialog.reset_all_button.click()
    assert dialog._shortcuts.text(Command.DISPUTE) == "D"


def test_menus_themselves_cannot_be_chosen(dialog):
    dialog.tree.setCurrentIndex(dialog.tree.model().index(0, 0))
    assert dialog.command() is None
