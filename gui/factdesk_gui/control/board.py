"""Commands of the board: membership, absences, rows, and where the board is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from factdesk.model.claims import Relation
from factdesk.model.clusters import CellState
from factdesk.ops.clusters import (
    accept_cluster,
    accept_members,
    point_at,
    refuse_members,
    set_normalised_claim,
    split_cluster,
)
from factdesk.ops.links import accept_links, refuse_links
from factdesk.ops.rows import confirm_absences, merge_rows, move_claims, remove_claims, withdraw_absences
from factdesk.store.articles import article_text
from factdesk.text.words import trim_span, whole_words
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.board_choice import BoardChoice
from factdesk_gui.docks import Docks
from factdesk_gui.notices import NoticeBar
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk.store.board import BoardRow


class BoardControl(QObject):
    """Answers the commands of the board."""

    def __init__(self, workspace: Workspace, docks: Docks, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._review = workspace.review
        self._desk = workspace.desk
        self._board = workspace.board
        self._choice = BoardChoice(workspace)
        self._docks = docks
        self._notices = notices
        self._board.passage_wanted.connect(self.show_passage)
        self._board.article_wanted.connect(self._desk.show_article)
        self._board.left.connect(self.leave)
        self._board.close_wanted.connect(self.hide)
        self._board.float_wanted.connect(lambda: docks.toggle_floating("board"))
        self._board.model.text_written.connect(self.write_fact)
        self._board.model.cell_dropped.connect(self.move_to_row)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.BOARD: self.toggle,
            Command.BOARD_SEARCH: self._board.focus_search,
            Command.BOARD_AGAIN: self._board.feed.reload,
            Command.NEXT_OMISSION: self.next_omission,
            Command.OPEN_PASSAGE: self._board.open_passage,
            Command.ACCEPT_CELL: self.accept,
            Command.REFUSE_CELL: self.refuse,
            Command.ACCEPT_BOARD: self.accept_shown,
            Command.NOT_MENTIONED: self.confirm_absence,
            Command.IT_IS_HERE: self.point_here,
            Command.MERGE_ROWS: self.merge,
            Command.SPLIT_CELLS: self.split,
            Command.REMOVE_CELL: self.remove,
            Command.EDIT_FACT: self._board.view.edit_fact,
        }

    # where the board is -------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Shows the board and goes there; from the board, puts it away and goes back to the text."""
        if self._docks.is_in_front("board") and _has_focus(self._board):
            self.hide()
        else:
            self._docks.show("board")
            self._board.focus_board()

    def hide(self) -> None:
        """Puts the board away."""
        self._docks.hide("board")
        self.leave()

    def leave(self) -> None:
        """Gives the keyboard back to the pane used last."""
        pane = self._desk.current_pane()
        if pane is not None:
            pane.focus()

    def show_passage(self, claim_id: str, article_id: str) -> None:
        """Puts the keyboard into the pane with a passage; of an empty cell, into the article."""
        if claim_id != self._review.claim_id:
            self._review.choose_claim(claim_id)
        pane = self._desk.show_article(article_id) if article_id else self._desk.current_pane()
        if pane is not None:
            pane.focus()

    def next_omission(self) -> None:
        """Goes to the next cell that is open work; shows the board for it."""
        self._docks.show("board")
        if self._board.feed.answer is None:  # it was just opened: its rows are on their way
            self._board.feed.answered.connect(self._go_to_omission, Qt.ConnectionType.SingleShotConnection)
        else:
            self._go_to_omission()

    def _go_to_omission(self) -> None:
        if self._board.next_omission():
            self._board.focus_cells()
        else:
            self._notices.tell("No open omission is shown on the board.")

    # membership -----------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Accepts what is suggested in the chosen cells, else that other rows contradict them; on a fact, in its whole row."""
        if members := self._choice.suggested():
            self._session.run(accept_members, members)
        elif links := self._choice.clashes():
            self._session.run(accept_links, links)

    def refuse(self) -> None:
        """Refuses what is suggested in the chosen cells, else that other rows contradict them; on a fact, in its whole row."""
        if members := self._choice.suggested():
            self._session.run(refuse_members, members)
        elif links := self._choice.clashes():
            self._session.run(refuse_links, links)

    def accept_shown(self) -> None:
        """Accepts every suggestion on the board, as one step."""
        clusters = [row.cluster_id for row in self._board.model.rows if row.cluster_id and row.suggested]
        if clusters:
            self._session.run(accept_cluster, clusters)

    def confirm_absence(self) -> None:
        """Confirms that the chosen articles do not mention the fact; where that was done, takes it back."""
        found: dict[CellState, list[tuple[str, str]]] = {CellState.NOT_FOUND: [], CellState.NOT_MENTIONED: []}
        for index in self._board.view.chosen():
            cell, row = self._board.model.cell(index), self._board.model.row(index.row())
            column = self._board.model.column(index.column())
            if cell is not None and row is not None and column is not None and cell.state in found:
                found[cell.state].append((row.lead_claim_id, column.article_id))
        if found[CellState.NOT_FOUND]:
            self._session.run(confirm_absences, self._review.case_id, found[CellState.NOT_FOUND])
        elif found[CellState.NOT_MENTIONED]:
            self._session.run(withdraw_absences, self._review.case_id, found[CellState.NOT_MENTIONED])

    def point_here(self) -> None:
        """Makes the selection what its article says about the current claim's fact."""
        passage, claim_id = self._review.selection, self._review.claim_id
        if passage is None or not claim_id:
            return
        text = article_text(self._session.reader, passage.article_id)
        span = trim_span(text, whole_words(text, passage.span))
        if span is not None:
            self._session.run(
                point_at,
                self._review.case_id,
                claim_id,
                passage.article_id,
                span,
                Relation.SAME,
                done=lambda changes: self._review.choose_claim(changes.created),
            )

    # rows -----------------------------------------------------------------------------------------------------------

    def merge(self) -> None:
        """Makes the chosen rows one; the first chosen row keeps its words and its lead."""
        rows = self._choice.rows()
        if len(rows) > 1:
            self._session.run(merge_rows, self._review.case_id, [row.lead_claim_id for row in rows])

    def split(self) -> None:
        """Makes the chosen cells a row of their own."""
        row = self._choice.one_row()
        claims = self._choice.claims()
        if row is not None and row.cluster_id and claims:
            self._session.run(split_cluster, row.cluster_id, claims)

    def remove(self) -> None:
        """Takes the claims of the chosen cells out of their rows."""
        claims = self._choice.claims()
        if claims:
            self._session.run(remove_claims, self._review.case_id, claims)

    def write_fact(self, row: "BoardRow", words: str) -> None:
        """Words a fact anew."""
        self._session.run(set_normalised_claim, self._review.case_id, row.lead_claim_id, words)

    def move_to_row(self, claim_ids: list[str], row: "BoardRow") -> None:
        """Takes dragged claims into another row."""
        self._session.run(move_claims, self._review.case_id, claim_ids, row.lead_claim_id)

    # what is true now -----------------------------------------------------------------------------------------------

    def needs_met(self) -> set[Need]:
        """What is true about the chosen cells, for enabling commands."""
        return self._choice.needs_met() if self._docks.is_in_front("board") else self._choice.needs_met_elsewhere()

    def checked(self) -> dict[Command, bool]:
        """Whether the board is shown."""
        return {Command.BOARD: self._docks.is_in_front("board")}


def _has_focus(widget: QWidget) -> bool:
    here: QWidget | None = QApplication.focusWidget()
    return here is not None and widget.isAncestorOf(here)
