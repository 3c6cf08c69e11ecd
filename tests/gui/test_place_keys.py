"""Keys that mean something of their own on the board."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListView, QMainWindow, QWidget

from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.command_spec import Need, Place
from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.place_keys import PlaceKeys
from factdesk_gui.prefs import Prefs


@pytest.fixture
def desk(qtbot, tmp_path):
    """A window with a list that is the board, and one that is not."""
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    row = QHBoxLayout(window.centralWidget())
    window.board, window.other = QListView(), QListView()
    row.addWidget(window.board)
    row.addWidget(window.other)
    binder = Binder(window, {}, Prefs(tmp_path / "prefs.ini"))
    window.told, window.refused = [], []
    binder.answer({command: (lambda one=command: window.told.append(one)) for command in Command})
    binder.fill_menu_bar()
    window.binder = binder
    keys = PlaceKeys(binder, Place.BOARD, window.board)
    keys.refused.connect(window.refused.append)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def focus(window, qtbot, widget):
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def test_a_letter_means_the_command_of_its_place(desk, qtbot):
    desk.binder.enable(set(Need))
    qtbot.keyClick(focus(desk, qtbot, desk.board), Qt.Key.Key_A)
    qtbot.keyClick(focus(desk, qtbot, desk.other), Qt.Key.Key_A)
    assert desk.told == [Command.ACCEPT_CELL, Command.ACCEPT]


def test_other_letters_go_on_to_the_window(desk, qtbot):
    desk.binder.enable(set(Need))
    qtbot.keyClick(focus(desk, qtbot, desk.board), Qt.Key.Key_V)
    assert desk.told == [Command.VERIFY]


def test_enter_of_the_number_block_counts(desk, qtbot):
    desk.binder.enable(set(Need))
    board = focus(desk, qtbot, desk.board)
    qtbot.keyClick(board, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert desk.told == [Command.OPEN_PASSAGE]


def test_a_key_that_cannot_be_used_now_does_nothing_else_instead(desk, qtbot):
    desk.binder.enable(set(Need) - {Need.BOARD_SUGGESTION})
    qtbot.keyClick(focus(desk, qtbot, desk.board), Qt.Key.Key_A)
    assert desk.told == []
    assert desk.refused == [Command.ACCEPT_CELL]


def test_the_key_stands_beside_the_title_in_the_menu(desk):
    action = desk.binder.action(Command.MERGE_ROWS)
    assert action.text().endswith("\tM")
    assert not action.shortcuts()
    assert desk.binder.title(Command.MERGE_ROWS) == "Merge the rows"


def test_keys_can_be_the_same_in_two_places_but_not_twice_in_one(desk):
    shortcuts = desk.binder.shortcuts
    assert shortcuts.problem(QKeySequence("V"), Command.MERGE_ROWS) == ""
    assert "Accept" in shortcuts.problem(QKeySequence("A"), Command.MERGE_ROWS)
    shortcuts.set(Command.MERGE_ROWS, [QKeySequence("V")])
    assert shortcuts.text(Command.VERIFY) == "V"
    assert shortcuts.command_within(Place.BOARD, QKeySequence("V")) is Command.MERGE_ROWS
