"""Keeps the queue's order in step with the project: asks when the filters change, settles after the project did."""

from PySide6.QtCore import QObject, QTimer, Signal

from factdesk.model.changes import Changes
from factdesk.store.queue_counts import QueueCounts
from factdesk_gui.models.queue_model import QueueModel
from factdesk_gui.panels.filter_bar import FilterBar
from factdesk_gui.panels.queue_question import QueueAnswer, QueueQuestion
from factdesk_gui.review import Review
from factdesk_gui.session import Session

SETTLE_MS = 150  # changes that follow closely are asked about once


class QueueFeed(QObject):
    """Asks off the UI thread and says when there is an answer.

    A row keeps its place while the reviewer works, even when its claim no longer fits the filters; only a new filter,
    sort order or `reload` moves it. Claims that are new come in beside the ones they belong to.

    Signals:
        ordered: another order is to be shown.
        counted: the numbers are known again.
        stale_changed: whether rows may be out of place.
    """

    ordered = Signal(object)  # array of row numbers
    counted = Signal()
    stale_changed = Signal(bool)

    def __init__(
        self, session: Session, review: Review, model: QueueModel, filters: FilterBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._model = model
        self._filters = filters
        self._anew = False  # a new order is under way, not the old one worked over
        self._articles_due = True
        self._stale = False
        self.counts = QueueCounts()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(lambda: self._ask(anew=False))
        self._session.changed.connect(self._on_changed)
        self._review.case_chosen.connect(self._on_case)
        filters.changed.connect(self.reload)

    def reload(self) -> None:
        """Asks for a new order: rows that no longer fit leave, the others find their place."""
        self._ask(anew=True)

    def _ask(self, *, anew: bool) -> None:
        self._settle.stop()
        self._anew = self._anew or anew
        question = QueueQuestion(
            filter=self._filters.question(self._review.case_id),
            order=self._filters.order(),
            shown=None if self._anew else self._model.ids,
            with_articles=self._articles_due,
        )
        self._session.query("queue", question.ask, self._on_answer)

    def _on_answer(self, answer: QueueAnswer) -> None:
        if answer.articles is not None:
            self._articles_due = False
            self._model.set_articles(answer.articles)
            self._filters.set_articles(answer.articles)
        anew, self._anew = self._anew, False
        if anew:
            self._set_stale(stale=False)
        if answer.ids is not self._model.ids:
            self.ordered.emit(answer.ids)
        self.counts = answer.counts
        self._filters.set_counts(answer.facets)
        self.counted.emit()

    def _on_case(self) -> None:
        self._articles_due = True
        self._filters.clear()
        self.reload()

    def _on_changed(self, changes: Changes) -> None:
        marks = changes.claims or changes.mentions or changes.evidence  # these name their articles as well
        if changes.everything or changes.cases or (changes.articles and not marks):
            self._articles_due = True
        elif not (changes.claims or changes.links):
            return
        if changes.claims:
            self._model.refresh(changes.claims)
            self._set_stale(stale=True)
        if changes.everything:
            self._model.forget()
        self._settle.start()

    def _set_stale(self, *, stale: bool) -> None:
        if stale != self._stale:
            self._stale = stale
            self.stale_changed.emit(stale)
