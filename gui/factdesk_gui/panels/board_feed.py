"""Keeps the board in step with the project: asks when the filters change, and after the project did."""

from PySide6.QtCore import QObject, QTimer, Signal

from factdesk.model.changes import Changes
from factdesk_gui.panels.board_bar import BoardBar
from factdesk_gui.panels.board_question import BoardAnswer, BoardQuestion
from factdesk_gui.panels.board_view import BoardView
from factdesk_gui.review import Review
from factdesk_gui.session import Session

SETTLE_MS = 60  # changes that follow closely are asked about once


class BoardFeed(QObject):
    """Asks off the UI thread, and only while the board can be seen.

    A row keeps its place while the reviewer works, also when it no longer fits the filters.

    Signals:
        answered: the BoardAnswer that is shown now.
    """

    answered = Signal(object)

    def __init__(
        self, session: Session, review: Review, bar: BoardBar, view: BoardView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._bar = bar
        self._view = view
        self._awake = False
        self._anew = True  # the next answer is a new order, not the old one worked over
        self._missed = True  # something changed while nobody looked
        self.answer: BoardAnswer | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        session.changed.connect(self._on_changed)
        review.case_chosen.connect(self._on_case)
        bar.changed.connect(self.reload)
        bar.again_wanted.connect(self.reload)

    def set_awake(self, *, awake: bool) -> None:
        """Whether the board can be seen."""
        self._awake = awake
        if awake and self._missed:
            self._ask()

    def reload(self) -> None:
        """Asks for a new order: rows that no longer fit leave, the others find their place."""
        self._anew = True
        self._ask()

    def _ask(self) -> None:
        self._settle.stop()
        if not self._awake:
            self._missed = True
            return
        self._missed = False
        question = BoardQuestion(
            self._review.case_id,
            self._bar.asked(),
            self._bar.board_order(),
            None if self._anew else tuple(self._view.model.rows),
        )
        self._session.query("board", question.ask, self._on_answer)

    def _on_answer(self, answer: BoardAnswer) -> None:
        anew, self._anew = self._anew, False
        self.answer = answer
        self._bar.set_counts(answer.counts)
        self._bar.set_claimants(answer.claimants)
        self._bar.set_stale(stale=answer.out_of_place)
        self._view.show_board(answer.columns, answer.rows, answer.own, from_top=anew)
        self.answered.emit(answer)

    def _on_case(self) -> None:
        self.answer = None
        self._bar.clear()

    def _on_changed(self, changes: Changes) -> None:
        touched = (changes.claims, changes.clusters, changes.links, changes.articles, changes.cases, changes.entities)
        if changes.everything or any(touched):
            self._settle.start()
