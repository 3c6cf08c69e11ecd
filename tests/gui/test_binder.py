"""The binder: actions out of the catalog, and keys that never fire into a text field."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDockWidget,
    QDoubleSpinBox,
    QLineEdit,
    QListView,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.prefs import Prefs
from factdesk_gui.theme import Scheme, themes

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

PLAIN_KEYS = {
    Command.VERIFY: (Qt.Key.Key_V, NONE),
    Command.CLEAR_VERDICT: (Qt.Key.Key_Backspace, NONE),
    Command.FOCUS_NOTE: (Qt.Key.Key_Return, NONE),
    Command.START_EARLIER: (Qt.Key.Key_BracketLeft, NONE),
    Command.START_LATER: (Qt.Key.Key_BracketLeft, SHIFT),
    Command.END_LATER: (Qt.Key.Key_BracketRight, NONE),
    Command.EVIDENCE_REFUTES: (Qt.Key.Key_E, SHIFT),
    Command.REASON_1: (Qt.Key.Key_1, NONE),
}


@pytest.fixture
def desk(qtbot, tmp_path):
    """A shown main window with a binder, and the commands carried out."""
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    QVBoxLayout(window.centralWidget())
    binder = Binder(window, {}, Prefs(tmp_path / "prefs.ini"))
    window.told = []
    binder.answer({command: (lambda one=command: window.told.append(one)) for command in Command})
    binder.fill_menu_bar()
    window.bar = binder.make_toolbar()
    binder.enable(set(Need))
    window.binder = binder
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def put(window, qtbot, widget):
    window.centralWidget().layout().addWidget(widget)
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def line():
    return QLineEdit("some text")


def editable_combo():
    box = QComboBox()
    box.setEditable(True)
    box.addItems(["vera", "dora"])
    return box


def listing():
    view = QListView()
    view.setModel(QStringListModel(["alpha", "vera", "dora"], view))
    view.setCurrentIndex(view.model().index(0, 0))
    return view


def table():
    view = QTableView()
    model = QStandardItemModel(view)
    for name in ("alpha", "vera", "dora"):
        model.appendRow([QStandardItem(name), QStandardItem("x")])
    view.setModel(model)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setCurrentIndex(model.index(0, 0))
    return view


def read_only(kind):
    widget = kind()
    widget.setPlainText("An article. It says things.")
    widget.setReadOnly(True)
    widget.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return widget


TEXT_FIELDS = {
    "QLineEdit": line,
    "QPlainTextEdit": QPlainTextEdit,
    "QTextEdit": QTextEdit,
    "editable QComboBox": editable_combo,
    "QSpinBox": QSpinBox,
    "QDoubleSpinBox": QDoubleSpinBox,
    "QDateEdit": QDateEdit,
}
OTHERS = {
    "read-only QPlainTextEdit": lambda: read_only(QPlainTextEdit),
    "read-only QTextEdit": lambda: read_only(QTextEdit),
    "QPushButton": lambda: QPushButton("Press"),
    "QListView": listing,
    "QTableView": table,
}


@pytest.mark.parametrize("make", TEXT_FIELDS.values(), ids=TEXT_FIELDS.keys())
@pytest.mark.parametrize("command", PLAIN_KEYS, ids=lambda command: command.value)
def test_plain_keys_never_fire_while_writing(desk, qtbot, make, command):
    field = put(desk, qtbot, make())
    key, modifier = PLAIN_KEYS[command]
    qtbot.keyClick(field, key, modifier)
    assert desk.told == []


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS.keys())
@pytest.mark.parametrize("command", PLAIN_KEYS, ids=lambda command: command.value)
def test_plain_keys_fire_everywhere_else(desk, qtbot, make, command):
    widget = put(desk, qtbot, make())
    key, modifier = PLAIN_KEYS[command]
    qtbot.keyClick(widget, key, modifier)
    assert desk.told == [command]


def test_letters_typed_into_fields_arrive_there(desk, qtbot):
    field = put(desk, qtbot, QLineEdit())
    qtbot.keyClicks(field, "vdu[]1nE{")
    assert field.text() == "vdu[]1nE{"
    note = put(desk, qtbot, QPlainTextEdit())
    qtbot.keyClicks(note, "jk")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    qtbot.keyClicks(note, "x")
    assert note.toPlainText() == "jk\nx"
    assert desk.told == []


def test_a_list_does_not_use_letters_for_its_own_search(desk, qtbot):
    view = put(desk, qtbot, listing())
    qtbot.keyClick(view, Qt.Key.Key_V)
    assert view.currentIndex().row() == 0
    assert desk.told == [Command.VERIFY]


def test_the_editor_of_a_table_cell_is_a_text_field(desk, qtbot):
    view = table()
    view.setEditTriggers(QTableView.EditTrigger.AllEditTriggers)
    put(desk, qtbot, view)
    view.edit(view.model().index(0, 0))
    editor = view.findChild(QLineEdit)
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClick(editor, Qt.Key.Key_D)
    assert editor.text() == "d"
    assert desk.told == []


def test_a_field_that_becomes_read_only_lets_keys_through(desk, qtbot):
    field = put(desk, qtbot, line())
    field.setReadOnly(True)
    qtbot.keyClick(field, Qt.Key.Key_V)
    assert desk.told == [Command.VERIFY]


@pytest.mark.parametrize("make", [line, QPlainTextEdit], ids=["QLineEdit", "QPlainTextEdit"])
@pytest.mark.parametrize(
    ("command", "key", "modifier"),
    [
        (Command.PALETTE, Qt.Key.Key_K, CTRL),
        (Command.FIND, Qt.Key.Key_F, CTRL),
        (Command.FIND_IN_CASE, Qt.Key.Key_F, CTRL | SHIFT),
        (Command.KEYS, Qt.Key.Key_F1, NONE),
        (Command.OUTSIDE_SOURCE, Qt.Key.Key_E, CTRL),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_keys_with_ctrl_work_while_writing(desk, qtbot, make, command, key, modifier):
    field = put(desk, qtbot, make())
    qtbot.keyClick(field, key, modifier)
    assert desk.told == [command]


def test_keys_work_from_a_floating_dock(desk, qtbot):
    dock = QDockWidget("Queue", desk)
    button = QPushButton("x")
    dock.setWidget(button)
    desk.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    dock.setFloating(True)
    dock.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_V)
    assert desk.told == [Command.VERIFY]


def test_ctrl_z_takes_back_typing_first_then_the_document(desk, qtbot):
    for field, read in ((QLineEdit(), QLineEdit.text), (QPlainTextEdit(), QPlainTextEdit.toPlainText)):
        put(desk, qtbot, field)
        qtbot.keyClicks(field, "hello")
        qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
        assert (read(field), desk.told) == ("", [])
        qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
        assert desk.told == [Command.UNDO]
        desk.told.clear()


def test_ctrl_shift_z_does_typing_again_first(desk, qtbot):
    note = put(desk, qtbot, QPlainTextEdit())
    qtbot.keyClicks(note, "hello")
    note.undo()
    qtbot.keyClick(note, Qt.Key.Key_Z, CTRL | SHIFT)
    assert (note.toPlainText(), desk.told) == ("hello", [])
    qtbot.keyClick(note, Qt.Key.Key_Z, CTRL | SHIFT)
    assert desk.told == [Command.REDO]


def test_a_deleted_field_leaves_the_guard_in_order(desk, qtbot):
    field = put(desk, qtbot, QLineEdit())
    with qtbot.waitSignal(field.destroyed):
        field.deleteLater()
    other = put(desk, qtbot, QPushButton("Press"))
    qtbot.keyClick(other, Qt.Key.Key_V)
    assert desk.told == [Command.VERIFY]


def test_commands_follow_the_flags(desk):
    binder = desk.binder
    binder.enable({Need.PROJECT, Need.CASE, Need.CLAIM})
    assert not binder.action(Command.VERIFY).isEnabled()
    assert binder.why_not(Command.VERIFY) == "the project is open for reading only"
    assert "reading only" in binder.action(Command.VERIFY).toolTip()
    binder.run(Command.VERIFY)
    assert desk.told == []
    binder.enable({Need.PROJECT, Need.CASE, Need.CLAIM, Need.WRITABLE})
    assert binder.why_not(Command.VERIFY) == ""
    binder.run(Command.VERIFY)
    assert desk.told == [Command.VERIFY]


def test_without_flags_only_what_needs_no_project_is_on(desk):
    desk.binder.enable(())
    on = {command for command in Command if desk.binder.action(command).isEnabled()}
    assert {Command.NEW_PROJECT, Command.OPEN_PROJECT, Command.KEYS, Command.PALETTE} <= on
    assert on == {command for command, spec in CATALOG.items() if not spec.needs}


def test_a_check_mark_shows_what_the_window_told(desk):
    binder = desk.binder
    verify = binder.action(Command.VERIFY)
    verify.trigger()
    assert not verify.isChecked()
    binder.check(Command.VERIFY, on=True)
    verify.trigger()
    assert verify.isChecked()


def test_commands_of_a_group_exclude_each_other(desk):
    binder = desk.binder
    group = (Command.THEME_SYSTEM, Command.THEME_LIGHT, Command.THEME_DARK, Command.THEME_CONTRAST)
    binder.check(Command.THEME_LIGHT, on=True)
    binder.check(Command.THEME_DARK, on=True)
    binder.run(Command.THEME_LIGHT)
    assert [binder.action(one).isChecked() for one in group] == [False, False, True, False]


def test_menus_hold_every_command_once(desk):
    found = []

    def walk(menu):
        for action in menu.actions():
            if action.menu():
                walk(action.menu())
            elif not action.isSeparator() and action.objectName():
                found.append(action.objectName())

    walk(desk.menuBar())
    assert sorted(found) == sorted(command.value for command in Command)


def test_toolbar_says_the_single_keys(desk):
    button = desk.bar.widgetForAction(desk.binder.action(Command.VERIFY))
    assert isinstance(button, QToolButton)
    assert button.text() == "Verified  V"
    assert button.accessibleName() == "Verified"


def test_recent_projects_are_offered_and_gone_ones_greyed(desk, qtbot, tmp_path):
    there = tmp_path / "a & b.factdesk"
    there.touch()
    desk.binder.set_recent([there, tmp_path / "gone.factdesk"])
    entries = desk.binder._recent.actions()
    assert [entry.isEnabled() for entry in entries] == [True, False]
    with qtbot.waitSignal(desk.binder.recent_wanted) as told:
        entries[0].trigger()
    assert told.args == [str(there)]


def test_undo_can_say_what_it_takes_back(desk):
    desk.binder.rename(Command.UNDO, "&Undo “Mark claim verified”")
    assert desk.binder.title(Command.UNDO) == "Undo “Mark claim verified”"
    desk.binder.rename(Command.UNDO, "")
    assert desk.binder.title(Command.UNDO) == "Undo"


def test_unanswered_commands_are_known(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    binder = Binder(window, {Command.UNDO: lambda: None}, Prefs(tmp_path / "prefs.ini"))
    assert set(binder.unanswered()) == set(Command) - {Command.UNDO}


def test_icons_follow_the_theme(desk):
    before = desk.binder.action(Command.VERIFY).icon().cacheKey()
    themes().apply(Scheme.DARK)
    try:
        assert desk.binder.action(Command.VERIFY).icon().cacheKey() != before
    finally:
        themes().apply(Scheme.LIGHT)


def test_icons_of_menus_are_drawn_when_a_menu_is_opened(desk):
    assert desk.binder.action(Command.OPEN_PROJECT).icon().isNull(), "not on the way to the first window"
    desk.menuBar().actions()[0].menu().aboutToShow.emit()
    assert not desk.binder.action(Command.OPEN_PROJECT).icon().isNull()
