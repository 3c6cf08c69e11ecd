"""Keys: the user's before the defaults, never one key for two commands."""

import pytest
from PySide6.QtGui import QKeySequence

from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.shortcuts import Shortcuts, is_plain, reserved
from factdesk_gui.prefs import Prefs


def keys(text):
    return QKeySequence(text)


def texts(shortcuts, command):
    return [one.toString() for one in shortcuts.of(command)]


@pytest.fixture
def prefs(tmp_path, qapp):
    return Prefs(tmp_path / "prefs.ini")


@pytest.fixture
def shortcuts(prefs):
    return Shortcuts(prefs)


def test_defaults_are_in_force_at_first(shortcuts):
    for command, spec in CATALOG.items():
        assert texts(shortcuts, command) == list(spec.keys)
        assert not shortcuts.is_own(command)


def test_a_free_key_can_be_given_and_is_kept(shortcuts, prefs, qtbot):
    assert shortcuts.problem(keys("Ctrl+Shift+9"), Command.VERIFY) == ""
    with qtbot.waitSignal(shortcuts.changed):
        shortcuts.set(Command.VERIFY, [keys("Ctrl+Shift+9")])
    assert texts(Shortcuts(prefs), Command.VERIFY) == ["Ctrl+Shift+9"]
    assert Shortcuts(prefs).is_own(Command.VERIFY)


def test_a_taken_key_says_whose_it_is_and_changes_hands(shortcuts, prefs):
    assert shortcuts.problem(keys("V"), Command.DISPUTE) == "V is already the key of “Verified”."
    shortcuts.set(Command.DISPUTE, [keys("V")])
    for one in (shortcuts, Shortcuts(prefs)):
        assert texts(one, Command.DISPUTE) == ["V"]
        assert texts(one, Command.VERIFY) == []


def test_a_key_is_no_problem_to_its_own_command(shortcuts):
    assert shortcuts.problem(keys("V"), Command.VERIFY) == ""


def test_a_key_that_begins_another_one_clashes(shortcuts):
    assert "Command palette" in shortcuts.problem(keys("Ctrl+K, Ctrl+S"), Command.VERIFY)


@pytest.mark.parametrize("text", ["Ctrl+C", "Ctrl+V", "Tab", "Space", "Alt+F", "Alt+F4", "Esc", "Left", "Ctrl+Alt+F1"])
def test_keys_of_the_system_and_of_text_are_reserved(shortcuts, text):
    assert shortcuts.problem(keys(text), Command.VERIFY).startswith(keys(text).toString(QKeySequence.NativeText))
    assert reserved(keys(text))


def test_no_key_at_all_is_no_key(shortcuts):
    assert reserved(keys("")) == "no key was pressed"


def test_reset_brings_back_the_default_from_whoever_has_it(shortcuts, prefs):
    shortcuts.set(Command.DISPUTE, [keys("V")])
    shortcuts.reset(Command.VERIFY)
    assert texts(shortcuts, Command.VERIFY) == ["V"]
    assert texts(shortcuts, Command.DISPUTE) == []
    assert not shortcuts.is_own(Command.VERIFY)


def test_reset_all_brings_back_everything(shortcuts, prefs):
    shortcuts.set(Command.DISPUTE, [keys("V")])
    shortcuts.set(Command.FIND, [])
    shortcuts.reset_all()
    assert all(texts(shortcuts, command) == list(spec.keys) for command, spec in CATALOG.items())


def test_settings_edited_by_hand_never_make_a_key_mean_two_things(prefs):
    prefs.set_keys(Command.DISPUTE, ["V", "Ctrl+C"])
    prefs.set_keys(Command.ACCEPT, ["V"])
    shortcuts = Shortcuts(prefs)
    assert texts(shortcuts, Command.DISPUTE) == ["V"]
    assert texts(shortcuts, Command.ACCEPT) == []
    assert texts(shortcuts, Command.VERIFY) == []


def test_plain_keys_are_those_that_type_or_edit():
    plain = {
        text: is_plain(keys(text)[0]) for text in ("V", "Shift+[", "Backspace", "Return", "1", "F6", "Ctrl+V", "Alt+E")
    }
    assert plain == {
        "V": True, "Shift+[": True, "Backspace": True, "Return": True, "1": True,
        "F6": False, "Ctrl+V": False, "Alt+E": False,
    }  # fmt: skip
