"""Puts the reviewer before a first claim, so that nobody has to find out where to begin."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from factdesk.store.claims import claims_by_ids
from factdesk_gui.panels.queue_panel import QueuePanel
from factdesk_gui.reader.desk import ReadingDesk
from factdesk_gui.review import Review
from factdesk_gui.session import Session

if TYPE_CHECKING:
    from array import array

_LOOKED_AT = 256  # claims at the head of the queue


class FirstClaim(QObject):
    """Chooses a claim once for each case: when the queue fills and none is current.

    It takes the claim at the head of the queue, but rather one that can be seen: a pane that changes its article
    by itself would be a poor welcome.
    """

    def __init__(self, session: Session, review: Review, desk: ReadingDesk, queue: QueuePanel) -> None:
        super().__init__(desk)
        self._session = session
        self._review = review
        self._desk = desk
        self._done: set[str] = set()  # cases
        queue.feed.ordered.connect(self._on_ordered)

    def _on_ordered(self, ids: "array[int]") -> None:
        case_id = self._review.case_id
        if not ids or case_id in self._done:
            return
        self._done.add(case_id)
        if not self._review.claim_id:
            claims = [claim for _, claim in claims_by_ids(self._session.reader, ids[:_LOOKED_AT])]
            shown = self._desk.shown_articles()
            seen = (claim for claim in claims if claim.article_id in shown)
            wanted = next(seen, claims[0] if claims else None)
            if wanted is not None:
                self._review.choose_claim(wanted.id)
