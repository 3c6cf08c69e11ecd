"""The table of the board: its model, moving like in a spreadsheet, editing in place, what stays under the eye."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from board_values import C, D, M, N, Q, S, columns, row
from factdesk_gui.models.board_model import HEAD, MIME, BoardModel
from factdesk_gui.models.board_rows import Chip
from factdesk_gui.panels.board_bar import BoardBar
from factdesk_gui.panels.board_header import band_words, bands
from factdesk_gui.panels.board_view import BoardView
from factdesk_gui.theme import Scheme, themes

CTRL = Qt.KeyboardModifier.ControlModifier
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def rows_of(number):
    states = [(S, D, N), (S, C, M), (Q, S, N), (S, S, S)]
    return [row(f"r{at}", states[at % 4], shown={1: "about 250"}) for at in range(number)]


@pytest.fixture
def view(qtbot):
    model = BoardModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    view = BoardView(model)
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show_board(columns(["Daily", "Evening", "Courier"]), rows_of(40), from_top=True)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.cells.setFocus()
    return view


def press(view, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view.cells, key, modifier)
    return view.current().row(), view.current().column()


def test_the_model_answers_for_every_cell(view):
    model = view.model
    assert (model.rowCount(), model.columnCount()) == (40, 4)
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Fact"
    assert model.headerData(3, Qt.Orientation.Horizontal) == "Courier"
    assert model.index(0, HEAD).data() == "Fact r0"
    assert model.index(1, 2).data() == "about 250"
    assert model.index(1, 2).data(SPOKEN) == "Evening: conflicts, about 250"
    assert model.index(0, 3).data(SPOKEN) == "Courier: not found"
    assert model.index(1, 3).data(SPOKEN) == "Courier: not mentioned"
    assert "O confirms" in model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)


def test_a_change_of_one_row_tells_that_row_only(view, qtbot):
    rows = list(view.model.rows)
    rows[3] = replace(rows[3], verdict="verified")
    with qtbot.waitSignal(view.model.dataChanged) as told:
        view.show_board(view.model.columns, rows, from_top=False)
    assert (told.args[0].row(), told.args[1].row()) == (3, 3)


def test_the_keyboard_begins_at_the_first_cell(view, qtbot):
    assert (view.current().row(), view.current().column()) == (0, 1)


def test_arrows_home_end_and_pages_move_like_a_spreadsheet(view, qtbot):
    assert press(view, qtbot, Qt.Key.Key_Down) == (1, 1)
    assert press(view, qtbot, Qt.Key.Key_Right) == (1, 2)
    assert press(view, qtbot, Qt.Key.Key_End) == (1, 3)
    assert press(view, qtbot, Qt.Key.Key_Right) == (1, 3)
    assert press(view, qtbot, Qt.Key.Key_Home) == (1, HEAD)
    assert press(view, qtbot, Qt.Key.Key_Left) == (1, HEAD)
    assert press(view, qtbot, Qt.Key.Key_End, CTRL) == (39, 3)
    assert press(view, qtbot, Qt.Key.Key_Home, CTRL) == (0, HEAD)
    down, _ = press(view, qtbot, Qt.Key.Key_PageDown)
    assert 1 < down < 12
    assert press(view, qtbot, Qt.Key.Key_PageUp) == (0, HEAD)
    assert press(view, qtbot, Qt.Key.Key_Up) == (0, HEAD)


def test_what_is_current_is_also_what_is_chosen(view, qtbot):
    for key, line, section in ((Qt.Key.Key_End, 39, 3), (Qt.Key.Key_Home, 0, HEAD), (Qt.Key.Key_End, 39, 3)):
        press(view, qtbot, key, CTRL)
        assert view.cells.selectionModel().selectedIndexes() == [view.model.index(line, section)]
    press(view, qtbot, Qt.Key.Key_Up, CTRL)  # leaves the choice behind, to add to it with Ctrl and Space
    assert view.chosen() == [view.model.index(38, 3)]
    press(view, qtbot, Qt.Key.Key_Space, CTRL)
    assert [index.row() for index in view.chosen()] == [38, 39]


def test_moving_tells_each_cell_once(view, qtbot):
    reached = []
    view.cell_reached.connect(lambda index: reached.append((index.row(), index.column())))
    press(view, qtbot, Qt.Key.Key_Down)
    press(view, qtbot, Qt.Key.Key_Home)
    assert reached == [(1, 1)]  # the second is told once it is painted, or before the next key does anything
    qtbot.waitUntil(lambda: reached == [(1, 1), (1, HEAD)])


def test_a_key_held_down_tells_where_it_ends(view, qtbot):
    reached = []
    view.cell_reached.connect(lambda index: reached.append(index.row()))
    for _ in range(6):
        event = QKeyEvent(
            QKeyEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, autorep=True, text=""
        )
        QApplication.sendEvent(view.cells, event)
    assert reached == []
    qtbot.waitUntil(lambda: reached == [6])


def test_leaving_the_board_tells_first(view, qtbot):
    reached = []
    view.cell_reached.connect(lambda index: reached.append(index.row()))
    press(view, qtbot, Qt.Key.Key_Down)
    view.cells.clearFocus()
    assert reached == [1]


def test_a_click_on_the_current_cell_asks_for_its_passage_again(view, qtbot):
    reached = []
    view.cell_reached.connect(lambda index: reached.append((index.row(), index.column())))
    centre = view.cells.visualRect(view.model.index(1, 2)).center()
    for _ in range(2):
        qtbot.mouseClick(view.cells.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert reached == [(1, 2), (1, 2)]


def test_a_click_on_a_fact_leaves_the_keyboard_with_the_cells(view, qtbot):
    centre = view.heads.visualRect(view.model.index(2, HEAD)).center()
    qtbot.mouseClick(view.heads.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert (view.current().row(), view.current().column()) == (2, HEAD)
    assert view.cells.hasFocus()


def test_facts_and_cells_scroll_together_to_the_last_row(view, qtbot):
    view.resize(420, 200)  # so narrow that the articles need a scroll bar
    qtbot.waitUntil(lambda: view.cells.horizontalScrollBar().maximum() > 0)
    press(view, qtbot, Qt.Key.Key_End, CTRL)
    last = view.model.index(39, HEAD)
    qtbot.waitUntil(lambda: view.heads.verticalScrollBar().maximum() == view.cells.verticalScrollBar().maximum())
    assert view.heads.visualRect(last).top() == view.cells.visualRect(view.model.index(39, 3)).top()
    assert view.heads.viewport().rect().contains(view.heads.visualRect(last))


def test_the_current_cell_stays_under_the_eye_when_rows_come_above(view, qtbot):
    view.go(view.model.index(6, 2))
    before = view.cells.visualRect(view.current()).top()
    view.show_board(view.model.columns, [row("new", (S, S, S)), *view.model.rows], from_top=False)
    assert view.model.row(view.current().row()).key == "r6"
    assert view.cells.visualRect(view.current()).top() == before


def test_several_chosen_cells_survive_a_new_order(view):
    view.go(view.model.index(1, 2))
    flag = view.cells.selectionModel().SelectionFlag.Select
    view.cells.selectionModel().select(view.model.index(3, 1), flag)
    view.show_board(view.model.columns, list(view.model.rows)[::-1], from_top=False)
    assert [(view.model.row(i.row()).key, i.column()) for i in view.chosen()] == [("r3", 1), ("r1", 2)]


def test_a_fact_is_worded_anew_in_place(view, qtbot):
    view.go(view.model.index(2, 3))
    view.edit_fact()
    editor = view.heads.findChild(QPlainTextEdit)
    assert editor.toPlainText() == "Fact r2"
    qtbot.keyClicks(editor, "Twelve people  were hurt")
    with qtbot.waitSignal(view.model.text_written) as told:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (told.args[0].key, told.args[1]) == ("r2", "Twelve people were hurt")
    qtbot.waitUntil(view.cells.hasFocus)


def test_escape_leaves_a_fact_as_it_was(view, qtbot):
    view.go(view.model.index(2, 3))
    view.edit_fact()
    editor = view.heads.findChild(QPlainTextEdit)
    qtbot.keyClicks(editor, "Something else")
    with qtbot.assertNotEmitted(view.model.text_written):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_nothing_is_edited_in_a_project_open_for_reading(view):
    view.model.writable = False
    view.go(view.model.index(2, 3))
    view.edit_fact()
    assert view.heads.findChild(QPlainTextEdit) is None


def test_a_cell_is_dragged_to_another_row(view, qtbot):
    model = view.model
    data = model.mimeData([model.index(0, 1), model.index(0, 3)])
    assert bytes(data.data(MIME).data()) == b"claim-r0-0"
    with qtbot.waitSignal(model.cell_dropped) as told:
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index(5, 2))
    assert (told.args[0], told.args[1].key) == (["claim-r0-0"], "r5")
    with qtbot.assertNotEmitted(model.cell_dropped):  # on its own row, and anything that is not ours
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index(0, 2))
        model.dropMimeData(QMimeData(), Qt.DropAction.MoveAction, -1, -1, model.index(5, 2))
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())


def test_articles_of_one_origin_stand_under_a_band(view):
    banded = columns("ABCDE", {"B": "wire", "C": "wire", "D": "wire"})
    assert bands(banded) == [(1, 3)]
    assert band_words(2) == "1 source, 2 reprints"
    plain = view.cells.horizontalHeader().height()
    view.show_board(banded, [row("x", (S, S, S, N, C), sources=3)], from_top=True)
    assert view.cells.horizontalHeader().height() > plain
    assert view.heads.horizontalHeader().height() == view.cells.horizontalHeader().height()
    tip = view.model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "One source with C, D: 90% of its words are the same" in tip


def test_five_articles_share_a_small_laptop_and_twelve_scroll(view, qtbot):
    view.resize(1366, 300)
    view.show_board(columns("ABCDE"), [row("x", (S,) * 5)], from_top=True)
    qtbot.waitUntil(lambda: view.cells.horizontalScrollBar().maximum() == 0)
    widths = {view.cells.columnWidth(section) for section in range(1, 6)}
    assert len(widths) == 1
    assert widths.pop() >= 140
    view.show_board(columns("ABCDEFGHIJKL"), [row("x", (S,) * 12)], from_top=True)
    qtbot.waitUntil(lambda: view.cells.horizontalScrollBar().maximum() > 0)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_suggested_cells_look_unlike_accepted_ones(view, scheme):
    themes().apply(scheme)
    rows = [row("x", (C, C, S), suggested={0}, shown={0: "15", 1: "15"})]
    view.show_board(columns(["Daily", "Evening", "Courier"]), rows, from_top=True)
    view.go(view.model.index(0, 3))
    picture = view.cells.grab().toImage()
    one, other = (view.cells.visualRect(view.model.index(0, section)).center() for section in (1, 2))
    top = view.cells.horizontalHeader().height()
    ground = [picture.pixelColor(at.x() + 40, at.y() + top - 12) for at in (one, other)]
    assert ground[0] != ground[1]
    themes().apply(Scheme.LIGHT)


def test_clicking_an_article_asks_for_its_pane(view, qtbot):
    head = view.cells.horizontalHeader()
    with qtbot.waitSignal(view.article_wanted) as told:
        at = head.rect().center()
        at.setX(head.sectionViewportPosition(2) + 20)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == ["article-Evening"]


def test_a_large_board_comes_in_a_fraction_of_a_second(view, qtbot):
    """300 facts of 12 articles: rows are not widgets, so building the table does not grow with its cells."""
    large = [row(f"r{at}", (S, D, C, N, Q, M) * 2) for at in range(300)]
    resets = []
    view.model.modelReset.connect(lambda: resets.append(True))
    view.show_board(columns("ABCDEFGHIJKL"), large, from_top=True)
    assert resets == [True]
    assert view.model.rowCount() * view.model.columnCount() == 300 * 13
    assert not view.cells.viewport().children()


@pytest.mark.parametrize(
    ("width", "words", "height"),
    [(1300, "Only in one 7", 1), (900, "One 7", 1), (700, "Only in one 7", 2), (560, "One 7", 2)],
)
def test_the_filters_take_few_lines_in_any_width(qtbot, width, words, height):
    bar = BoardBar()
    qtbot.addWidget(bar)
    bar.set_counts({chip: 7 for chip in Chip if chip is not Chip.CONTRADICTIONS})
    bar.resize(width, 40)
    bar.show()
    assert bar.chips[Chip.ONE].text() == words
    assert bar.chips[Chip.ONE].accessibleName() == "Only in one 7"
    line = bar.chips[Chip.ALL].sizeHint().height()
    assert round(bar.sizeHint().height() / line) == height


def test_a_chosen_cell_stays_readable(view, qtbot):
    """Qt fills chosen cells with the accent; ours carry boxes and words in their own inks."""
    head = view.model.index(2, HEAD)
    view.go(view.model.index(0, 1))
    view.cells.selectionModel().select(head, view.cells.selectionModel().SelectionFlag.Select)
    picture = view.heads.viewport().grab().toImage()
    ground = picture.pixelColor(view.heads.visualRect(head).center())
    theme = themes().theme
    assert abs(ground.lightness() - theme.base.lightness()) < abs(ground.lightness() - theme.accent.lightness())
