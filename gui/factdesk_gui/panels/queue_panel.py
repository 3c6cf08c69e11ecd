"""The claim queue: every claim of the case, in the order in which it is worth looking at them."""

from array import array
from contextlib import suppress

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from factdesk.errors import NotFoundError
from factdesk.store.claims import claims_by_ids
from factdesk.store.mentions import get_entity
from factdesk.store.queue import rowid_of
from factdesk_gui.models.queue_model import QueueModel
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.filter_bar import FilterBar
from factdesk_gui.panels.queue_bulk import QueueBulk
from factdesk_gui.panels.queue_feed import QueueFeed
from factdesk_gui.panels.queue_question import next_open
from factdesk_gui.panels.queue_view import QueueView
from factdesk_gui.panels.words import count, spoken_claim
from factdesk_gui.plain import PlainLabel
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_NO_CLAIMS = (
    "No claims yet. They come as soon as an article has been read by Pre-annotate; "
    "or select words in an article and press N."
)
_NO_MATCH = "No claim fits these filters."


class QueuePanel(QWidget):
    """Search, filters, the table, and a line that says how far one is.

    Signals:
        export_wanted: row numbers of claims that should be exported, and whether as a dossier.
    """

    export_wanted = Signal(object, bool)

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._last_row = -1
        self.model = QueueModel(lambda rowids: claims_by_ids(session.reader, rowids), self)
        self.model.set_spoken(spoken_claim)
        self.filters = FilterBar()
        self.view = QueueView(self.model)
        self.bulk = QueueBulk(session, self)
        self._empty = EmptyNote()
        self._pages = QStackedWidget()
        self._status = PlainLabel()
        self._again = QToolButton(text="Sort again")
        self._build()
        self.feed = QueueFeed(session, review, self.model, self.filters, self)
        self._connect()
        self.feed.reload()

    @property
    def status(self) -> str:
        """The line below the table."""
        return self._status.text()

    def next_claim(self) -> None:
        """Goes one row down."""
        self._go(self._here() + 1)

    def previous_claim(self) -> None:
        """Goes one row up."""
        self._go(max(0, self._here() - 1))

    def next_undecided(self) -> None:
        """Goes to the next claim without a verdict, from the top again after the last one."""
        ids, start = self.model.ids, self._here() + 1
        self._session.query(
            "queue.next",
            lambda reader: next_open(reader, ids, start),
            lambda rowid: rowid is not None and self._go(self.model.row_of(rowid)),
        )

    def visible_ids(self) -> "array[int]":
        """Row numbers of all claims that the filters leave, in order."""
        return self.model.ids

    def chosen_ids(self) -> "array[int]":
        """Row numbers of the claims that a step for many would touch: all filtered ones, or the selected rows."""
        if self.view.painter.all_chosen:
            return self.model.ids[:]
        return array("q", (self.model.ids[row] for row in self.view.chosen_rows()))

    def focus_search(self) -> None:
        """Puts the cursor into the search box."""
        self.filters.focus_search()

    def _build(self) -> None:
        self._status.setProperty("role", "soft")
        self._status.setAccessibleName("Queue status")
        self._again.setToolTip("Some rows no longer fit the filters or the order: sort and filter again")
        self._again.setAccessibleName("Sort and filter the queue again")
        self._again.hide()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        below = QHBoxLayout()
        below.addWidget(self._status, 1)
        below.addWidget(self._again)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 4)
        box.setSpacing(5)
        box.addWidget(self.filters)
        box.addWidget(self._pages, 1)
        box.addLayout(below)

    def _connect(self) -> None:
        review = self._review
        self.filters.entity_dropped.connect(lambda: review.entity_id and review.choose_entity(""))
        self.feed.ordered.connect(self._show_order)
        self.feed.counted.connect(self._say_status)
        self.feed.stale_changed.connect(self._again.setVisible)
        self.view.row_wanted.connect(self._go)
        self.view.everything_wanted.connect(lambda: self._choose_all(chosen=True))
        self.view.scope_left.connect(lambda: self._choose_all(chosen=False))
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.selectionModel().selectionChanged.connect(self._say_status)
        self._empty.acted.connect(self.filters.clear)
        self._again.clicked.connect(self.feed.reload)
        review.claim_chosen.connect(self._on_claim)
        review.article_focused.connect(self.filters.menu.set_front)
        review.entity_chosen.connect(self._on_entity)

    def _show_order(self, ids: "array[int]", anew: bool) -> None:  # noqa: FBT001 - the value of a Qt signal
        self._choose_all(chosen=False)
        self._last_row = -1
        rowid = rowid_of(self._session.reader, self._review.claim_id) if self._review.claim_id else None
        self.view.show_order(ids, -1 if rowid is None else rowid, from_top=anew)
        self._last_row = self.view.currentIndex().row()
        self._say_status()

    def _on_claim(self, claim_id: str) -> None:
        rowid = rowid_of(self._session.reader, claim_id) if claim_id else None
        row = -1 if rowid is None else self.model.row_of(rowid, self._last_row)
        self.view.show_row(row)
        if row >= 0:
            self._last_row = row

    def _on_entity(self, entity_id: str) -> None:
        name = ""
        if entity_id:
            with suppress(NotFoundError):  # merged into another meanwhile
                name = get_entity(self._session.reader, entity_id).name
        self.filters.set_entity(entity_id, name)

    def _here(self) -> int:
        row = self.view.currentIndex().row()
        return row if row >= 0 else self._last_row

    def _go(self, row: int) -> None:
        claim = self.model.claim(min(row, len(self.model.ids) - 1))
        if claim is not None:
            self._review.choose_claim(claim.id)

    def _choose_all(self, *, chosen: bool) -> None:
        if self.view.painter.all_chosen != chosen:
            self.view.painter.all_chosen = chosen
            self.view.viewport().update()
            self._say_status()

    def _open_menu(self, point: QPoint) -> None:
        everything = self.view.painter.all_chosen
        menu = self.bulk.menu(self.chosen_ids(), self, self._review.case_id, filtered=everything)
        self._add_exports(menu)
        if not everything and self.model.ids:
            menu.addSeparator()
            choose = menu.addAction(f"Choose all {count(len(self.model.ids), 'filtered claim')}\tCtrl+A")
            choose.triggered.connect(lambda: self._choose_all(chosen=True))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(point))

    def _add_exports(self, menu: QMenu) -> None:
        rowids = self.chosen_ids()
        every = "this claim" if len(rowids) == 1 else f"these {count(len(rowids), 'claim')}"
        menu.addSeparator()
        for title, is_report in ((f"E&xport {every}…", False), (f"D&ossier of {every}…", True)):
            action = menu.addAction(title)
            action.setEnabled(bool(rowids))
            action.triggered.connect(lambda _on=False, report=is_report: self.export_wanted.emit(rowids, report))

    def _say_status(self) -> None:
        total = len(self.model.ids)
        self._pages.setCurrentWidget(self.view if total else self._empty)
        if not total:
            filtered = self.filters.filtered()
            self._empty.say(_NO_MATCH if filtered else _NO_CLAIMS, "Clear filters" if filtered else "")
        chosen = sum(part.height() for part in self.view.selectionModel().selection())
        if self.view.painter.all_chosen:
            words = f"All {count(total, 'filtered claim')} chosen; Esc to leave"
        elif chosen > 1:
            words = f"{chosen:,} of {count(total, 'claim')} chosen"
        else:
            words = f"{count(total, 'claim')} · {self.feed.decided:,} decided · {self.feed.conflicts:,} in conflict"
        self._status.setText(words)
