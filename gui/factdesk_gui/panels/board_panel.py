"""The board: facts by sources. What all agree on, where they conflict, what is only in one."""

from contextlib import suppress

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from factdesk.errors import NotFoundError
from factdesk.store.mentions import get_entity
from factdesk_gui.models.board_model import BoardModel
from factdesk_gui.models.board_rows import Chip
from factdesk_gui.panels.board_bar import BoardBar
from factdesk_gui.panels.board_feed import BoardFeed
from factdesk_gui.panels.board_question import BoardAnswer
from factdesk_gui.panels.board_view import BoardView
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_NO_ARTICLES = "The board needs articles: import two or more about the same event, and it lines up what each one says."
_NO_FACTS = (
    "No facts yet. They come as soon as the articles have been read by Pre-annotate; "
    "or select words in an article and press N."
)
_NO_MATCH: dict[Chip, str] = {
    Chip.AGREE: "No fact is stated by every source without a conflict. “Some agree” shows what two or more share.",
    Chip.SHARED: "No fact is shared by two sources without a conflict. Link claims with L, or merge rows with M.",
    Chip.CONFLICTS: "No source contradicts another, as far as was found.",
    Chip.OMISSIONS: "No open omission: each source says what two others say, or was confirmed not to mention it.",
    Chip.ONE: "Nothing stands in one source alone.",
    Chip.UNDECIDED: "Every fact has a verdict.",
    Chip.CONTRADICTIONS: "None of your verdicts contradicts another.",
}


class BoardPanel(QWidget):
    """Filters above, the table below. Listens to the review, and tells it which claim the reviewer moved to.

    Signals:
        cell_changed: another cell is current, or its row is known anew.
        passage_wanted: (claim id, article id): put the keyboard into the pane with this passage.
        article_wanted: id of an article to be shown in a pane.
        menu_wanted: an empty QMenu to fill, for the chosen cells; it is opened by whoever fills it.
        float_wanted, close_wanted: from the buttons at the right end.
        left: Escape: back to the text.
    """

    cell_changed = Signal()
    passage_wanted = Signal(str, str)
    article_wanted = Signal(str)
    menu_wanted = Signal(QMenu, QPoint)
    float_wanted = Signal()
    close_wanted = Signal()
    left = Signal()

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._telling = False  # the current claim changes because of the board
        self.model = BoardModel(self)
        self.model.writable = not session.read_only
        self.bar = BoardBar()
        self.view = BoardView(self.model)
        self._empty = EmptyNote()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 4, 6, 4)
        box.setSpacing(4)
        box.addWidget(self.bar)
        box.addWidget(self._pages, 1)
        self.setAccessibleName("Board")
        self.feed = BoardFeed(session, review, self.bar, self.view, self)
        self._connect()

    def focus_board(self) -> None:
        """Gives the keyboard to the cells, at the current claim if a row shows it."""
        self.follow_claim()
        self.focus_cells()

    def focus_cells(self) -> None:
        """Gives the keyboard to the current cell; where there is no row, to the first filter."""
        (self.view.cells if self._pages.currentWidget() is self.view else self.bar.chips[Chip.ALL]).setFocus()

    def has_focus(self) -> bool:
        """Whether the cells have the keyboard."""
        return self.view.cells.hasFocus()

    def focus_search(self) -> None:
        """Puts the cursor into the search box."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def follow_claim(self) -> None:
        """Makes the cell of the current claim the current one, without telling anybody."""
        claim_id = self._review.claim_id
        here = self.model.cell(self.view.current())
        if not claim_id or (here is not None and claim_id in here.claim_ids):
            return
        self.view.go(self.model.place_of(claim_id), quietly=True)
        self.cell_changed.emit()

    def open_passage(self) -> None:
        """Asks for the passage of the current cell, keyboard and all."""
        claim_id, article_id = self.target(self.view.current())
        if claim_id:
            self.passage_wanted.emit(claim_id, article_id)

    def target(self, index: QModelIndex) -> tuple[str, str]:
        """The claim that a cell means and the article to look at; of an empty cell the fact's own claim."""
        row, column = self.model.row(index.row()), self.model.column(index.column())
        if row is None:
            return "", ""
        cell = self.model.cell(index)
        if cell is not None and cell.claim_ids:
            return cell.claim_ids[0], column.article_id if column else ""
        return row.lead_claim_id, column.article_id if column else ""

    def next_omission(self) -> bool:
        """Goes to the next cell that is open work, row by row, round the end; False if there is none."""
        answer = self.feed.answer
        if answer is None or not self.model.rows:
            return False
        sources = answer.sources
        here = self.view.current()
        start = (here.row(), here.column()) if here.isValid() else (-1, -1)
        places = [(at, found + 1) for at, row in enumerate(self.model.rows) for found in sources.omissions(row)]
        later = [place for place in places if place > start]
        if not places:
            return False
        self.view.go(self.model.index(*(later or places)[0]))
        return True

    # Qt ---------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: asks what was missed meanwhile."""
        super().showEvent(event)
        self.feed.set_awake(awake=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: a board that nobody sees asks nothing."""
        super().hideEvent(event)
        self.feed.set_awake(awake=False)

    # inside -----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        review = self._review
        self.bar.entity_dropped.connect(lambda: review.entity_id and review.choose_entity(""))
        self.bar.float_wanted.connect(self.float_wanted)
        self.bar.close_wanted.connect(self.close_wanted)
        self.bar.search.returnPressed.connect(self.view.cells.setFocus)
        self._empty.acted.connect(self.bar.clear)
        self.feed.answered.connect(self._on_answer)
        self.view.cell_reached.connect(self._on_cell)
        self.view.selected.connect(self.cell_changed)
        self.view.article_wanted.connect(self.article_wanted)
        self.view.opened.connect(self.open_passage)
        self.view.left.connect(self.left)
        self.view.menu_wanted.connect(self._on_menu)
        review.claim_chosen.connect(self._on_claim)
        review.entity_chosen.connect(self._on_entity)

    def _on_cell(self, index: QModelIndex) -> None:
        """The passage is shown at once, on a fact that of its lead; of an empty cell the article: there one has to look."""
        claim_id, article_id = self.target(index)
        row = self.model.row(index.row())
        if not claim_id or row is None:
            return
        inside = {claim for cell in row.filled.values() for claim in cell.claim_ids}
        cell = self.model.cell(index)
        if cell is None or cell.claim_ids or self._review.claim_id not in inside:
            self._telling = True
            try:
                self._review.choose_claim(claim_id)
            finally:
                self._telling = False
        if cell is not None and not cell.claim_ids:
            self.article_wanted.emit(article_id)
        self.cell_changed.emit()

    def _on_claim(self, claim_id: str) -> None:
        if claim_id and self.isVisible() and not self._telling:
            self.follow_claim()

    def _on_entity(self, entity_id: str) -> None:
        name = ""
        if entity_id:
            with suppress(NotFoundError):  # merged into another meanwhile
                name = get_entity(self._session.reader, entity_id).name
        self.bar.set_entity(entity_id, name)

    def _on_answer(self, answer: BoardAnswer) -> None:
        self._pages.setCurrentWidget(self.view if answer.rows else self._empty)
        if not answer.rows:
            self._say_why_empty(answer)
        elif not self.view.current().isValid():
            self.follow_claim()
        self.cell_changed.emit()

    def _say_why_empty(self, answer: BoardAnswer) -> None:
        asked = self.bar.asked()
        if not answer.columns:
            self._empty.say(_NO_ARTICLES)
        elif not answer.total:
            self._empty.say(_NO_FACTS)
        else:
            only = next(iter(asked.chips)) if len(asked.chips) == 1 and asked == type(asked)(asked.chips) else None
            self._empty.say(_NO_MATCH[only] if only else "No fact fits these filters.", "Show all facts")

    def _on_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu_wanted.emit(menu, point)
