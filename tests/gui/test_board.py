"""The board in the window, on a real project: cells show passages, keys decide, rows are arranged, filters narrow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton

from builders import Bench, sentence_spans
from factdesk.model.claims import Relation, Verdict
from factdesk.model.clusters import CellState
from factdesk.ops.claims import mark_claim
from factdesk.ops.clusters import link_claims, mark_cluster
from factdesk.store.claims import claims_of_article, get_claim
from factdesk.store.clusters import cluster_of
from factdesk.store.mentions import list_entities
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.board_menu import fill_board_menu
from factdesk_gui.models.board_model import HEAD
from factdesk_gui.models.board_rows import Chip
from factdesk_gui.review import Passage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def suggest_row(tx, case_id, lead, other):
    """What the machine leaves behind: a row of two claims in conflict that nobody has looked at."""
    for table in ("cluster_claims", "clusters"):
        tx.execute(f"DELETE FROM {table}")
    tx.put("clusters", {"id": "k1", "case_id": case_id, "lead": lead, "made_at": tx.now})
    for claim, relation in ((lead, "same"), (other, "conflicts")):
        place = {"id": f"m-{claim}", "cluster_id": "k1", "claim_id": claim, "relation": relation, "made_at": tx.now}
        tx.put("cluster_claims", place | {"status": "suggested", "score": 0.8})
    return tx.changes()


@pytest.fixture
def project(tmp_path):
    """A closed project with three articles, of which two contradict each other about one fact."""
    bench = Bench(tmp_path / "bridge.factdesk")
    hurt, injured = bench.claims(bench.bridge)[1].id, bench.claims(bench.again)[1].id
    bench.run(suggest_row, bench.case, hurt, injured)
    bench.reader.close()
    bench.project.close()
    return bench


@pytest.fixture
def at_board(window, project, qtbot):
    """The window with that project, the keyboard on the board."""
    window.resize(1366, 768)
    window.projects.open(project.path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.binder.run(Command.BOARD)
    board = window.workspace.board
    qtbot.waitUntil(lambda: len(board.model.rows) > 0)
    board.focus_board()
    qtbot.waitUntil(board.has_focus)
    return window


@pytest.fixture
def board(at_board):
    return at_board.workspace.board


def states(row):
    return [cell.state for cell in row.cells]


def find(board, words):
    """The row whose fact holds these words."""
    return next(at for at, row in enumerate(board.model.rows) if words in row.text)


def choose(window, qtbot, index):
    window.workspace.board.view.go(index)
    qtbot.waitUntil(lambda: window.binder.action(Command.OPEN_PASSAGE).isEnabled())


def undo(window, qtbot):
    """Takes the last step back and waits until the board shows it."""
    qtbot.waitUntil(lambda: window.binder.action(Command.UNDO).isEnabled())
    with qtbot.waitSignal(window.workspace.board.feed.answered):
        window.binder.run(Command.UNDO)


def press(window, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier, command=None):
    """A key on the board that changes the project, and what comes of it."""
    if command is not None:
        qtbot.waitUntil(lambda: window.binder.action(command).isEnabled())
    with qtbot.waitSignal(window.workspace.board.feed.answered):
        qtbot.keyClick(window.workspace.board.view.cells, key, modifier)


def test_b_shows_the_board_goes_there_and_puts_it_away(at_board, board, qtbot):
    action = at_board.binder.action(Command.BOARD)
    assert board.isVisible()
    qtbot.waitUntil(action.isChecked)
    qtbot.keyClick(board.view.cells, Qt.Key.Key_B)
    assert not board.isVisible()
    assert not board.has_focus()
    qtbot.waitUntil(lambda: not action.isChecked())
    at_board.binder.run(Command.BOARD)
    qtbot.waitUntil(board.has_focus)


def test_the_conflict_stands_first_with_both_values_side_by_side(board):
    first = board.model.row(0)
    assert first.conflicts == 1
    assert CellState.CONFLICTS in states(first)
    assert states(first)[2] is CellState.NOT_FOUND


def test_moving_to_a_cell_shows_its_passage_in_its_pane(at_board, board, qtbot):
    desk = at_board.workspace.desk
    at = board.model.index(0, 2)
    choose(at_board, qtbot, at)
    claim = get_claim(at_board.workspace.session.reader, board.model.cell(at).claim_ids[0])
    assert at_board.workspace.review.claim_id == claim.id
    assert desk.pane_of(claim.article_id) is not None
    assert board.has_focus()
    qtbot.keyClick(board.view.cells, Qt.Key.Key_Left)
    left = board.model.cell(board.model.index(0, 1)).claim_ids[0]
    qtbot.waitUntil(lambda: at_board.workspace.review.claim_id == left)


def test_an_empty_cell_opens_its_article_and_keeps_the_rows_claim(at_board, board, qtbot):
    desk, review = at_board.workspace.desk, at_board.workspace.review
    choose(at_board, qtbot, board.model.index(0, 1))
    claim = review.claim_id
    qtbot.keyClick(board.view.cells, Qt.Key.Key_End)
    article = board.model.column(3).article_id
    qtbot.waitUntil(lambda: desk.pane_of(article) is not None)
    assert review.claim_id == claim


def test_a_verdict_right_after_moving_is_for_the_cell_moved_to(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(1, HEAD))
    key = board.model.row(2).key
    qtbot.waitUntil(lambda: at_board.binder.action(Command.VERIFY).isEnabled())
    with qtbot.waitSignal(board.feed.answered):
        qtbot.keyClick(board.view.cells, Qt.Key.Key_Down)
        qtbot.keyClick(board.view.cells, Qt.Key.Key_V)
    assert [row.key for row in board.model.rows if row.verdict] == [key]


def test_on_the_fact_its_lead_is_in_hand_also_when_one_comes_from_a_conflict(at_board, board, qtbot):
    row = board.model.rows[0]
    choose(at_board, qtbot, board.model.index(0, 2))
    assert at_board.workspace.review.claim_id != row.lead_claim_id
    qtbot.keyClick(board.view.cells, Qt.Key.Key_Home)
    assert board.view.current().column() == HEAD
    qtbot.waitUntil(lambda: at_board.workspace.review.claim_id == row.lead_claim_id)
    assert board.view.current().column() == HEAD


def test_enter_puts_the_keyboard_into_the_passage_and_escape_too(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(0, 2))
    qtbot.keyClick(board.view.cells, Qt.Key.Key_Return)
    pane = at_board.workspace.desk.pane_of(board.model.column(2).article_id)
    qtbot.waitUntil(lambda: pane.isAncestorOf(at_board.focusWidget()))
    board.focus_board()
    qtbot.waitUntil(board.has_focus)
    qtbot.keyClick(board.view.cells, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not board.has_focus())


def test_the_board_follows_a_claim_chosen_elsewhere(at_board, board, qtbot, project):
    reader, review = at_board.workspace.session.reader, at_board.workspace.review
    claim = claims_of_article(reader, project.report)[1]
    review.choose_claim(claim.id)
    here = board.view.current()
    assert claim.id in board.model.cell(here).claim_ids


def test_a_verdict_on_the_board_is_the_rows(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(1, HEAD))
    key = board.model.row(1).key
    press(at_board, qtbot, Qt.Key.Key_V, command=Command.VERIFY)
    assert board.model.row(1).verdict is Verdict.VERIFIED
    assert board.model.row(1).lead_claim_id
    assert board.view.current().row() == 1
    undo(at_board, qtbot)
    assert board.model.row(1).verdict is None
    assert board.model.row(1).key == key


def test_a_suggested_cell_is_accepted_with_one_key_and_undone(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(0, 2))
    assert board.model.cell(board.view.current()).suggested
    press(at_board, qtbot, Qt.Key.Key_A, command=Command.ACCEPT_CELL)
    assert not board.model.cell(board.view.current()).suggested
    undo(at_board, qtbot)
    assert board.model.cell(board.model.index(0, 2)).suggested


def test_on_the_fact_a_accepts_the_whole_row(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(0, HEAD))
    press(at_board, qtbot, Qt.Key.Key_A, command=Command.ACCEPT_CELL)
    assert not any(cell.suggested for cell in board.model.row(0).cells)


def test_all_shown_suggestions_are_accepted_as_one_step(at_board, board, qtbot):
    press(at_board, qtbot, Qt.Key.Key_A, SHIFT, command=Command.ACCEPT_BOARD)
    assert not any(row.suggested for row in board.model.rows)
    undo(at_board, qtbot)
    assert any(row.suggested for row in board.model.rows)


def test_a_refused_cell_becomes_a_row_of_its_own_and_is_not_found_here(at_board, board, qtbot):
    before = len(board.model.rows)
    choose(at_board, qtbot, board.model.index(0, 2))
    press(at_board, qtbot, Qt.Key.Key_X, command=Command.REFUSE_CELL)
    assert states(board.model.row(0))[1] is CellState.NOT_FOUND
    assert len(board.model.rows) == before + 1


def test_o_confirms_that_an_article_does_not_mention_it_and_takes_it_back(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(0, 3))
    press(at_board, qtbot, Qt.Key.Key_O, command=Command.NOT_MENTIONED)
    assert board.model.cell(board.view.current()).state is CellState.NOT_MENTIONED
    press(at_board, qtbot, Qt.Key.Key_O, command=Command.NOT_MENTIONED)
    assert board.model.cell(board.view.current()).state is CellState.NOT_FOUND


def test_the_selection_becomes_what_its_article_says(at_board, board, qtbot, project):
    choose(at_board, qtbot, board.model.index(0, 3))
    review = at_board.workspace.review
    review.select(Passage(project.report, sentence_spans(project.texts[project.report])[2]))
    qtbot.waitUntil(lambda: at_board.binder.action(Command.IT_IS_HERE).isEnabled())
    with qtbot.waitSignal(board.feed.answered):
        at_board.binder.run(Command.IT_IS_HERE)
    cell = board.model.cell(board.model.index(0, 3))
    assert cell.state is CellState.STATES
    assert not cell.suggested


def test_shift_o_goes_from_one_open_omission_to_the_next(at_board, board, qtbot, project):
    reader = at_board.workspace.session.reader
    first, second = (claims_of_article(reader, article)[0].id for article in (project.bridge, project.again))
    with qtbot.waitSignal(board.feed.answered):
        at_board.workspace.session.run(link_claims, project.case, first, second, Relation.SAME)
    assert board.bar.chips[Chip.OMISSIONS].accessibleName() == "Omissions 1"
    at_board.controls.board.hide()
    at_board.binder.run(Command.NEXT_OMISSION)
    qtbot.waitUntil(board.has_focus)
    here = board.view.current()
    assert (board.model.row(here.row()).lead_claim_id, here.column()) == (first, 3)
    press(at_board, qtbot, Qt.Key.Key_O, command=Command.NOT_MENTIONED)
    assert board.bar.chips[Chip.OMISSIONS].accessibleName() == "Omissions 0"
    at_board.binder.run(Command.NEXT_OMISSION)
    assert [one.text for one in at_board.notices.notices()] == ["No open omission is shown on the board."]


def test_a_verdict_for_one_article_is_seen_in_its_cell_and_as_a_contradiction(at_board, board, qtbot, project):
    reader, session = at_board.workspace.session.reader, at_board.workspace.session
    first, second = (claims_of_article(reader, article)[0].id for article in (project.bridge, project.again))
    for op, *given in (
        (link_claims, project.case, first, second, Relation.SAME),
        (mark_cluster, project.case, first, Verdict.VERIFIED),
        (mark_claim, second, Verdict.DISPUTED),
    ):
        with qtbot.waitSignal(board.feed.answered):
            session.run(op, *given)
    at = board.model.place_of(second)
    assert board.model.own.of(board.model.cell(at)) is Verdict.DISPUTED
    assert at.data(Qt.ItemDataRole.AccessibleTextRole).endswith("in this article disputed")
    assert board.bar.chips[Chip.CONTRADICTIONS].isVisible()
    with qtbot.waitSignal(board.feed.answered):
        qtbot.mouseClick(board.bar.chips[Chip.CONTRADICTIONS], Qt.MouseButton.LeftButton)
    assert [row.lead_claim_id for row in board.model.rows] == [first]
    assert "different verdicts" in board.model.index(0, HEAD).data(Qt.ItemDataRole.ToolTipRole)


def test_rows_are_merged_and_split(at_board, board, qtbot):
    first, second = board.model.index(1, HEAD), board.model.index(2, HEAD)
    lead, other = board.model.row(1).lead_claim_id, board.model.row(2).lead_claim_id
    before = len(board.model.rows)
    choose(at_board, qtbot, first)
    centre = board.view.heads.visualRect(second).center()
    qtbot.mouseClick(board.view.heads.viewport(), Qt.MouseButton.LeftButton, CTRL, pos=centre)
    press(at_board, qtbot, Qt.Key.Key_M, command=Command.MERGE_ROWS)
    assert len(board.model.rows) == before - 1
    at = board.model.place_of(other)
    assert at.row() == board.model.place_of(lead).row() == 1
    undo(at_board, qtbot)
    assert len(board.model.rows) == before


def test_a_cell_is_split_off_and_a_claim_taken_out(at_board, board, qtbot):
    lead = board.model.row(0).lead_claim_id
    section = next(at for at, cell in enumerate(board.model.row(0).cells, 1) if lead not in cell.claim_ids)
    claim = board.model.cell(board.model.index(0, section)).claim_ids[0]
    for key, modifier, command in (
        (Qt.Key.Key_M, SHIFT, Command.SPLIT_CELLS),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, Command.REMOVE_CELL),
    ):
        choose(at_board, qtbot, board.model.place_of(claim))
        press(at_board, qtbot, key, modifier, command)
        assert board.model.place_of(claim).row() != board.model.place_of(lead).row()
        undo(at_board, qtbot)
        assert board.model.place_of(claim).row() == board.model.place_of(lead).row()


def test_a_dropped_cell_changes_its_row(at_board, board, qtbot):
    source, target = board.model.index(0, 2), board.model.index(1, 1)
    claim = board.model.cell(source).claim_ids[0]
    lead = board.model.row(1).lead_claim_id
    data = board.model.mimeData([source])
    with qtbot.waitSignal(board.feed.answered):
        board.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, target)
    assert board.model.place_of(claim).row() == board.model.place_of(lead).row()


def test_a_fact_is_worded_in_its_row(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(0, 1))
    qtbot.waitUntil(lambda: at_board.binder.action(Command.EDIT_FACT).isEnabled())
    qtbot.keyClick(board.view.cells, Qt.Key.Key_F2)
    editor = board.view.heads.findChild(QPlainTextEdit)
    qtbot.keyClicks(editor, "People were hurt when the bridge fell")
    with qtbot.waitSignal(board.feed.answered):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert board.model.row(0).text == "People were hurt when the bridge fell"
    cluster = cluster_of(
        at_board.workspace.session.reader, at_board.workspace.review.case_id, board.model.row(0).lead_claim_id
    )
    assert cluster.normalised == "People were hurt when the bridge fell"


def test_chips_narrow_the_board_and_carry_their_numbers(at_board, board, qtbot):
    total = len(board.model.rows)
    conflicts = board.bar.chips[Chip.CONFLICTS]
    assert conflicts.accessibleName() == "Conflicts 1"
    with qtbot.waitSignal(board.feed.answered):
        qtbot.mouseClick(conflicts, Qt.MouseButton.LeftButton)
    assert [row.conflicts for row in board.model.rows] == [1]
    with qtbot.waitSignal(board.feed.answered):
        qtbot.mouseClick(board.bar.chips[Chip.ONE], Qt.MouseButton.LeftButton)
    assert len(board.model.rows) == total - 1
    assert not conflicts.isChecked()
    with qtbot.waitSignal(board.feed.answered):
        qtbot.mouseClick(board.bar.chips[Chip.AGREE], Qt.MouseButton.LeftButton)
    assert board.model.rows == []
    assert "Some agree" in board._empty.words
    with qtbot.waitSignal(board.feed.answered):
        qtbot.mouseClick(board._empty.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert len(board.model.rows) == total


def test_a_decided_row_stays_until_one_sorts_again(at_board, board, qtbot):
    with qtbot.waitSignal(board.feed.answered):
        qtbot.mouseClick(board.bar.chips[Chip.UNDECIDED], Qt.MouseButton.LeftButton)
    choose(at_board, qtbot, board.model.index(0, 1))
    lead, rows = board.model.row(0).lead_claim_id, len(board.model.rows)
    place = board.bar.search.pos()
    board.view.cells.setFocus()
    press(at_board, qtbot, Qt.Key.Key_D, command=Command.DISPUTE)
    assert board.model.row(0).verdict is Verdict.DISPUTED
    assert board.bar.search.pos() == place  # nothing moves under the pointer
    assert len(board.model.rows) == rows
    assert board.bar._again.isVisible()
    with qtbot.waitSignal(board.feed.answered):
        qtbot.keyClick(board.view.cells, Qt.Key.Key_F5)
    assert lead not in [row.lead_claim_id for row in board.model.rows]
    assert not board.bar._again.isVisible()


def test_search_and_entity_narrow_the_board(at_board, board, qtbot):
    with qtbot.waitSignal(board.feed.answered):
        qtbot.keyClicks(board.bar.search, "storm")
    assert ["storm" in row.text for row in board.model.rows] == [True]
    with qtbot.waitSignal(board.feed.answered):
        board.bar.clear()
    reader, case = at_board.workspace.session.reader, at_board.workspace.review.case_id
    entity = next(one.id for one in list_entities(reader, case) if one.name == "Silesia")
    with qtbot.waitSignal(board.feed.answered):
        at_board.workspace.review.choose_entity(entity)
    assert all("Silesia" in row.text for row in board.model.rows)
    assert board.bar._entity.isVisible()
    with qtbot.waitSignal(board.feed.answered):
        qtbot.mouseClick(board.bar._entity, Qt.MouseButton.LeftButton)
    assert at_board.workspace.review.entity_id == ""


def test_a_hidden_board_asks_nothing_until_it_is_seen(at_board, board, qtbot, monkeypatch):
    at_board.controls.board.hide()
    session = at_board.workspace.session
    asked = []
    query = session.query
    monkeypatch.setattr(session, "query", lambda key, *rest: (asked.append(key), query(key, *rest)))
    at_board.workspace.review.choose_claim(board.model.row(0).lead_claim_id)
    with qtbot.waitSignal(session.changed):
        at_board.binder.run(Command.VERIFY)
    qtbot.waitUntil(lambda: not board.feed._settle.isActive())
    assert "board" not in asked
    with qtbot.waitSignal(board.feed.answered):
        at_board.binder.run(Command.BOARD)
    assert "board" in asked


def test_the_context_menu_offers_what_can_be_done_with_the_cell(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(0, 2))
    qtbot.waitUntil(lambda: at_board.binder.action(Command.ACCEPT_CELL).isEnabled())
    menu = QMenu(board)
    fill_board_menu(menu, at_board.binder)
    titles = [action.text().partition("\t")[0].replace("&", "") for action in menu.actions()]
    assert {"Accept the cell or row", "Take the claim out of the row", "Verified"} <= set(titles)
    assert "Not mentioned" not in titles
    menu.deleteLater()


def test_a_click_with_the_right_button_chooses_the_cell_first(at_board, board, qtbot):
    at_board.workspace.board.menu_wanted.disconnect()  # nothing pops up
    centre = board.view.cells.visualRect(board.model.index(2, 2)).center()
    with qtbot.waitSignal(board.menu_wanted) as told:
        board.view.cells.customContextMenuRequested.emit(centre)
    assert (board.view.current().row(), board.view.current().column()) == (2, 2)
    told.args[0].deleteLater()


def test_a_key_that_does_not_fit_the_cell_says_why(at_board, board, qtbot):
    choose(at_board, qtbot, board.model.index(0, 3))
    qtbot.waitUntil(lambda: not at_board.binder.action(Command.ACCEPT_CELL).isEnabled())
    qtbot.keyClick(board.view.cells, Qt.Key.Key_A)
    assert "nothing suggested is chosen on the board" in at_board.statusBar().currentMessage()
