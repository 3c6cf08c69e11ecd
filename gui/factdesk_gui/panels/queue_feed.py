"""Keeps the queue's order in step with the project: asks when the filters change, settles after the project did."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from factdesk.model.changes import Changes
from factdesk.store.queue import rowid_of
from factdesk.store.queue_counts import QueueCounts, queue_counts
from factdesk_gui.models.queue_model import QueueModel
from factdesk_gui.panels.filter_bar import FilterBar
from factdesk_gui.panels.queue_question import QueueAnswer, QueueQuestion
from factdesk_gui.review import Review
from factdesk_gui.session import Session

SETTLE_MS = 150  # changes that follow closely are asked about once
LONG_SETTLE_MS = 1500  # the same where the order of very many claims has to be worked over
_LONG = 20_000
_FEW = 32  # so many touched claims are looked for one by one


class QueueFeed(QObject):
    """Asks off the UI thread and says when there is an answer.

    A row keeps its place while the reviewer works, even when its claim no longer fits the filters; only a new filter,
    sort order or `reload` moves it. Claims that are new come in beside the ones they belong to.

    Signals:
        ordered: another order is to be shown, and whether the reviewer asked for it (else rows stay where they are).
        counted: the numbers are known again.
        stale_changed: whether rows may be out of place.
    """

    ordered = Signal(object, bool)  # array of row numbers
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
        self._articles: Mapping[str, str] | None = None
        self._stale = False
        self.decided = 0
        self.conflicts = 0
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(lambda: self._ask(anew=False))
        self._recount = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._recount.timeout.connect(self._count)
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
            articles=self._articles,
        )
        self._session.query("queue", question.ask, self._on_answer)

    def _on_answer(self, answer: QueueAnswer) -> None:
        if answer.articles is not self._articles:
            self._articles = answer.articles
            self._model.set_articles(answer.articles)
            self._filters.set_articles(answer.articles)
        anew, self._anew = self._anew, False
        if anew:
            self._set_stale(stale=False)
        if answer.ids is not self._model.ids:
            self.ordered.emit(answer.ids, anew)
        self._count()

    def _count(self) -> None:
        self._recount.stop()
        wanted = self._filters.question(self._review.case_id)

        def show(counts: QueueCounts) -> None:
            self.decided, self.conflicts = counts.within(wanted)
            self._filters.set_counts(counts)
            self.counted.emit()

        self._session.query("queue.counts", lambda reader: queue_counts(reader, wanted), show)

    def _on_case(self) -> None:
        self._articles = None
        self._filters.clear()
        self.reload()

    def _on_changed(self, changes: Changes) -> None:
        marks = changes.claims or changes.mentions or changes.evidence  # these name their articles as well
        if changes.everything or changes.cases or (changes.articles and not marks):
            self._articles = None
        if changes.everything:
            self._model.forget()
        if changes.claims:
            self._model.refresh(changes.claims)
            self._set_stale(stale=True)
        if self._articles is None or not self._known(changes.claims):
            self._settle.start(LONG_SETTLE_MS if len(self._model.ids) > _LONG else SETTLE_MS)
        elif changes.claims:
            self._recount.start()

    def _known(self, claim_ids: Collection[str]) -> bool:
        """Whether these claims are all in the order, so that it can stay as it is."""
        if len(claim_ids) > _FEW:
            return False
        for claim_id in claim_ids:
            rowid = rowid_of(self._session.reader, claim_id)
            if rowid is None or self._model.row_of(rowid) < 0:
                return False
        return True

    def _set_stale(self, *, stale: bool) -> None:
        if stale != self._stale:
            self._stale = stale
            self.stale_changed.emit(stale)
