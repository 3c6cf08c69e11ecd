"""Steps for many claims at once: the selected rows, or all that the filters leave. Each is one step for undo."""

from collections.abc import Callable
from functools import partial
from itertools import count as count_up
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from factdesk.model.changes import Changes
from factdesk.model.claims import Verdict
from factdesk.ops.claims import accept_claims, refuse_claims, restore_claims
from factdesk.ops.clusters import mark_clusters
from factdesk.store.queue_counts import claim_ids
from factdesk_gui.panels.words import count
from factdesk_gui.session import Session

if TYPE_CHECKING:
    from array import array

Operation = Callable[..., Changes]


class QueueBulk(QObject):
    """Builds the context menu of the queue and runs what is chosen in it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._steps = count_up()

    def menu(self, rowids: "array[int]", parent: QWidget, case_id: str, *, filtered: bool) -> QMenu:
        """The steps for these claims, each saying for how many it will be done; verdicts hold for their clusters."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        number = count(len(rowids), "filtered claim" if filtered else "claim")
        subject = number if len(rowids) != 1 or filtered else "this claim"
        every = f"all {subject}" if filtered else subject
        steps: tuple[tuple[str, Operation, tuple[Verdict | str | None, ...]] | None, ...] = (
            (f"&Accept {every}", accept_claims, ()),
            (f"Refuse (&X) {every}", refuse_claims, ()),
            (f"&Restore {every}", restore_claims, ()),
            None,
            (f"Mark {every} as &verified", mark_clusters, (Verdict.VERIFIED, case_id)),
            (f"Mark {every} as &disputed", mark_clusters, (Verdict.DISPUTED, case_id)),
            (f"Mark {every} as &unverified", mark_clusters, (Verdict.UNVERIFIED, case_id)),
            (f"&Clear the verdict of {every}", mark_clusters, (None, case_id)),
        )
        for step in steps:
            if step is None:
                menu.addSeparator()
                continue
            title, operation, values = step
            action = menu.addAction(title)
            action.setEnabled(bool(rowids) and not self._session.read_only)
            action.triggered.connect(partial(self._start, rowids, operation, values))
        if self._session.read_only:
            menu.addSeparator()
            menu.addAction("This project is open for reading only").setEnabled(False)
        return menu

    def run(self, rowids: "array[int]", operation: Operation, *values: Verdict | str | None) -> None:
        """Looks the claims up off the UI thread, then runs the operation for all of them."""
        self._session.query(
            f"queue.bulk.{next(self._steps)}",  # a name of its own: a second step must not void the first
            lambda reader: claim_ids(reader, rowids),
            lambda ids: self._session.run(operation, ids, *values),
        )

    def _start(self, rowids: "array[int]", operation: Operation, values: tuple[Verdict | str | None, ...]) -> None:
        self.run(rowids, operation, *values)
