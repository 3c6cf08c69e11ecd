"""What the queue asks the store, off the UI thread, and what it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factdesk.model.claims import Status
from factdesk.store.articles import article_names
from factdesk.store.claims import claims_by_ids
from factdesk.store.connection import Reader
from factdesk.store.queue import QueueFilter, QueueOrder, queue_ids
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
        articles: names by id in the order of the case.
    """

    ids: "array[int]"
    articles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QueueQuestion:
    """Filters and order; with `shown`, rows on screen keep their places; without `articles`, these are asked too."""

    filter: QueueFilter
    order: QueueOrder
    shown: "array[int] | None"
    articles: Mapping[str, str] | None

    def ask(self, reader: Reader) -> QueueAnswer:
        """Runs on the reading thread."""
        with reader.snapshot():
            ids = queue_ids(reader, self.filter, self.order)
            articles = self.articles
            if articles is None:
                articles = article_names(reader, self.filter.case_id)
            if self.shown is not None:
                ids = merge_order(self.shown, ids, _still_there(reader, ids, self.shown, articles))
            return QueueAnswer(ids, articles)


def _still_there(reader: Reader, newer: "array[int]", shown: "array[int]", articles: Mapping[str, str]) -> set[int]:
    """Claims that left the filter but not the case: their rows stay where they are."""
    left = sorted(set(shown).difference(newer))[:_MOST_KEPT]
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
