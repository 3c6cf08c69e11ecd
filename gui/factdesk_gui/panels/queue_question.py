"""What the queue asks the store, off the UI thread, and what it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factdesk.model.claims import Status
from factdesk.store.articles import list_articles
from factdesk.store.claims import claims_by_ids
from factdesk.store.connection import Reader
from factdesk.store.queue import QueueFilter, QueueOrder, queue_ids
from factdesk.store.queue_counts import QueueCounts, queue_counts
from factdesk_gui.models.queue_model import PAGE
from factdesk_gui.models.queue_order import merge_order

if TYPE_CHECKING:
    from array import array

_MOST_KEPT = 2000  # rows out of place that are worth a look; more means that another case is shown by now


@dataclass(frozen=True, slots=True)
class QueueAnswer:
    """The queue as it should be shown.

    Attributes:
        ids: row numbers of the claims, in order; the very array that was shown if nothing moved.
        counts: numbers of the claims in it.
        facets: numbers as they would be without the verdict switches.
        articles: names by id in the order of the case, if asked for.
    """

    ids: "array[int]"
    counts: QueueCounts
    facets: QueueCounts
    articles: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class QueueQuestion:
    """Filters and order; with `shown`, rows on screen keep their places."""

    filter: QueueFilter
    order: QueueOrder
    shown: "array[int] | None"
    with_articles: bool

    def ask(self, reader: Reader) -> QueueAnswer:
        """Runs on the reading thread."""
        with reader.snapshot():
            ids = queue_ids(reader, self.filter, self.order)
            if self.shown is not None:
                ids = merge_order(self.shown, ids, self._still_there(reader, ids, self.shown))
            articles = None
            if self.with_articles:
                articles = {article.id: article.label for article in list_articles(reader, self.filter.case_id)}
            return QueueAnswer(ids, queue_counts(reader, self.filter), queue_counts(reader, self._facets()), articles)

    def _facets(self) -> QueueFilter:
        statuses = self.filter.statuses
        anything = None if statuses is None or statuses == {Status.REFUSED} else statuses
        return replace(self.filter, verdicts=None, statuses=anything or frozenset(Status))

    def _still_there(self, reader: Reader, newer: "array[int]", shown: "array[int]") -> set[int]:
        left = sorted(set(shown).difference(newer))[:_MOST_KEPT]
        if not left:
            return set()
        articles = {article.id for article in list_articles(reader, self.filter.case_id)}
        found: set[int] = set()
        for start in range(0, len(left), PAGE):
            claims = claims_by_ids(reader, left[start : start + PAGE])
            found.update(rowid for rowid, claim in claims if claim.article_id in articles)
        return found


def next_open(reader: Reader, ids: "array[int]", start: int) -> int | None:
    """The first claim from `start` on, round the end, that is neither refused nor decided."""
    for first, stop in ((start, len(ids)), (0, min(start, len(ids)))):
        for page in range(first, stop, PAGE):
            rowids = ids[page : min(page + PAGE, stop)]
            claims = dict(claims_by_ids(reader, rowids))
            for rowid in rowids:
                claim = claims.get(rowid)
                if claim and claim.verdict is None and claim.status is not Status.REFUSED:
                    return rowid
    return None
