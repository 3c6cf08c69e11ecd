"""Ctrl+K: commands and articles by a few letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow

from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.matching import match
from factdesk_gui.dialogs.palette import Palette
from factdesk_gui.prefs import Prefs

ARTICLES = [("a1", "The Mirow Gazette — Levee broke in the night"), ("a2", "Radio Nord — Two hundred leave homes")]


@pytest.fixture
def window(qtbot, tmp_path):
    made = QMainWindow()
    made.resize(1200, 700)
    made.told = []
    made.binder = Binder(
        made, {one: (lambda one=one: made.told.append(one)) for one in Command}, Prefs(tmp_path / "prefs.ini")
    )
    made.binder.enable(set(Need) - {Need.SELECTION})
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def palette(window, qtbot):
    made = Palette(window.binder, ARTICLES, window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def titles(palette):
    return [palette.rows.entry(row).title for row in range(palette.rows.rowCount())]


def test_matching_wants_all_letters_in_order():
    assert match("vdf", "Verified") is None
    assert match("vrd", "Verified") is not None
    assert match("", "anything") == (0.0, ())
    assert match("zz", "Verified") is None


def test_matching_prefers_beginnings_of_words():
    assert match("nc", "Next claim")[0] > match("nc", "Enhance")[0]
    assert match("next", "Next claim")[0] > match("next", "Context")[0]
    assert match("nc", "Next claim")[1] == (0, 5)


def test_matching_tells_the_letters_and_bears_other_scripts():
    assert match("дам", "Дамба прорвана")[1] == (0, 1, 2)
    assert match("İ", "İstanbul") is None or match("İ", "İstanbul")[1] == (0,)
    assert match("x" * 200, "y" * 5000) is None


def test_all_commands_are_there_before_anything_is_typed(palette):
    shown = titles(palette)
    assert len(shown) == len(Command) - 1 + len(ARTICLES), "everything but the palette itself"
    usable = [not palette.rows.entry(row).why_not for row in range(len(Command) - 1)]
    assert usable == sorted(usable, reverse=True), "what can be used now comes first"


def test_typing_narrows_the_list_and_enter_runs_the_best(palette, window, qtbot):
    qtbot.keyClicks(palette.query, "verif")
    assert titles(palette)[0] == "Verified"
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert window.told == [Command.VERIFY]
    assert not palette.isVisible()


def test_extra_words_find_a_command(palette, qtbot):
    qtbot.keyClicks(palette.query, "evidence")
    assert "Outside source" in titles(palette)[:5]


def test_arrows_move_round_the_list(palette, qtbot):
    qtbot.keyClicks(palette.query, "theme")
    count = palette.rows.rowCount()
    qtbot.keyClick(palette.query, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == count - 1
    qtbot.keyClick(palette.query, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0
    qtbot.keyClick(palette.query, Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() > 0


def test_a_command_that_cannot_be_used_says_why_and_does_nothing(palette, window, qtbot):
    qtbot.keyClicks(palette.query, "new claim from")
    entry = palette.rows.entry(0)
    assert (entry.command, entry.why_not) == (Command.NEW_CLAIM, "no text is selected")
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert window.told == []
    assert palette.isVisible()


def test_an_article_can_be_jumped_to(palette, qtbot):
    qtbot.keyClicks(palette.query, "levee")
    with qtbot.waitSignal(palette.article_chosen) as told:
        qtbot.keyClick(palette.query, Qt.Key.Key_Enter)
    assert told.args == ["a1"]


def test_nothing_found_is_said(palette, qtbot):
    qtbot.keyClicks(palette.query, "qqqq")
    assert palette.rows.rowCount() == 0
    assert palette._none.isVisible()
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_escape_leaves_and_a_click_runs(palette, window, qtbot):
    qtbot.keyClicks(palette.query, "disputed")
    palette.list.clicked.emit(palette.rows.index(0, 0))
    assert window.told == [Command.DISPUTE]
    again = Palette(window.binder, [], window)
    again.open()
    with qtbot.waitSignal(again.rejected):
        qtbot.keyClick(again.query, Qt.Key.Key_Escape)


def test_keys_and_place_are_shown_and_spoken(palette, qtbot):
    qtbot.keyClicks(palette.query, "Outside source")
    entry = palette.rows.entry(0)
    assert (entry.key, entry.place) == ("Ctrl+E", "Claim › Evidence")
    spoken = palette.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Outside source, Ctrl+E, Claim › Evidence"
    assert not palette.grab().isNull()


def test_the_palette_stays_inside_a_small_window(window, qtbot):
    window.resize(420, 300)
    small = Palette(window.binder, [], window)
    qtbot.addWidget(small)
    assert small.width() <= 420
    assert small.height() <= 300
    assert isinstance(small.query, QLineEdit)
