"""The reading desk: up to six articles side by side, following what the reviewer does."""

from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.claims import Claim
from factdesk.store.claims import get_claim
from factdesk_gui.reader.counterparts import Counterparts, counterparts
from factdesk_gui.reader.desk_panes import PaneDesk
from factdesk_gui.reader.linked_scroll import ScrollMode
from factdesk_gui.reader.pane import ArticlePane
from factdesk_gui.review import Passage, Review
from factdesk_gui.session import Session


class ReadingDesk(PaneDesk):
    """Shows what is current: the claim in its pane, its counterparts in the others, and its evidence."""

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(session, review, parent)
        self._mode = ScrollMode.LOCKED
        self._compared: Counterparts | None = None  # of the current claim
        self._shows_differences = True
        review.claim_chosen.connect(self._on_claim_chosen)
        review.passage_wanted.connect(self._on_passage_wanted)
        review.entity_chosen.connect(self._on_entity_chosen)
        review.case_chosen.connect(lambda _: self.close_absent())
        session.changed.connect(self._on_changed)
        self.row.rearranged.connect(self._on_rearranged)
        self.panes_changed.connect(self._compare)
        self.text_came.connect(self._compare)
        self.passage_wanted.connect(self._go_to_passage)
        session.failed.connect(lambda _: self._on_failed())

    @property
    def scroll_mode(self) -> ScrollMode:
        """Whether the other panes follow the current claim."""
        return self._mode

    def set_scroll_mode(self, mode: ScrollMode) -> None:
        """Locks the panes to the current claim, or frees them."""
        if mode is not self._mode:
            self._mode = mode
            self.place_changed.emit()
            if mode is ScrollMode.LOCKED:
                self.resync()

    def resync(self) -> None:
        """Scrolls every pane to its own passage about the current claim, once."""
        if self._compared is not None:
            pane = self.pane_of(self._compared.claim.article_id)
            if pane is not None:
                pane.reveal(self._compared.claim.span, flash=False)
            self._show_linked()

    @property
    def shows_differences(self) -> bool:
        """Whether words that other articles put otherwise are set off."""
        return self._shows_differences

    def set_differences_shown(self, *, shown: bool) -> None:
        """Sets off words that other articles put otherwise, or stops that."""
        self._shows_differences = shown
        self._compare()

    def find(self) -> None:
        """Opens the find bar of the pane used last."""
        pane = self.current_pane()
        if pane is not None:
            pane.open_find()

    def find_again(self, step: int) -> None:
        """Goes to the next (+1) or previous (-1) hit in the pane used last."""
        pane = self.current_pane()
        if pane is not None:
            pane.find_again(step)

    def next_mark(self, *, forward: bool = True) -> None:
        """Chooses the next or previous claim or mention in the pane used last."""
        pane = self.current_pane()
        if pane is not None:
            pane.next_mark(forward=forward)

    def selection_point(self) -> QPoint | None:
        """Where on the screen the caret of the pane used last is, for a menu."""
        pane = self.current_pane()
        surface = pane.text.surface if pane is not None else None
        if surface is None:
            return None
        return surface.widget.viewport().mapToGlobal(surface.widget.cursorRect().bottomLeft())

    def place(self) -> dict[str, Any]:
        """What is open and where it is scrolled to, as plain values."""
        current = self.current_pane()
        return {
            "panes": [
                {"article": pane.article_id, "scroll": pane.scroll_place(), "kept": pane.kept} for pane in self.panes()
            ],
            "sizes": self.row.sizes(),
            "current": self.panes().index(current) if current is not None else 0,
            "mode": self._mode.value,
        }

    def restore(self, place: dict[str, Any]) -> bool:
        """Opens what a place tells; says whether any article is open now."""
        for pane in self.panes():
            self.close_pane(pane)
        opened = []
        for told in place.get("panes", []):
            pane = self.add_pane(str(told.get("article", "")))
            if pane is not None:
                pane.kept = bool(told.get("kept", False))
                pane.restore_place(told.get("scroll") or {})
                opened.append(pane)
        self.close_absent()
        self.row.set_sizes([int(size) for size in place.get("sizes", [])])
        if place.get("mode") in list(ScrollMode):
            self._mode = ScrollMode(place["mode"])
        current = int(place.get("current", 0))
        if current < len(opened):
            self._use(opened[current])
        return bool(self.panes())

    def _current_claim(self) -> Claim | None:
        if not self.review.claim_id:
            return None
        try:
            return get_claim(self.session.reader, self.review.claim_id)
        except NotFoundError:
            return None

    def _on_claim_chosen(self, claim_id: str) -> None:
        for pane in self.panes():
            pane.marks.show_claim(claim_id)
        claim = self._current_claim()
        self._look_up(claim)
        pane = self.show_article(claim.article_id) if claim is not None else None
        if claim is None or pane is None:
            self._compare()
            return
        self.touch(pane)
        if not pane.marks.choosing:
            pane.reveal(claim.span, flash=False)
            pane.marks.set_caret(claim.span)
        pane.marks.announce_claim()
        self._compare()
        if self._mode is ScrollMode.LOCKED:
            self._show_linked()

    def _look_up(self, claim: Claim | None) -> None:
        reader, case_id = self.session.reader, self.review.case_id
        self._compared = counterparts(reader, case_id, claim) if claim is not None else None

    def _compare(self) -> None:
        """Tells every pane how it stands to the current claim and what it words otherwise."""
        compared = self._compared
        others = [article for article in self.shown_articles() if compared and article != compared.claim.article_id]
        for pane in self.panes():
            pane.show_compared(compared, others if self._shows_differences else None)

    def _show_linked(self) -> None:
        for pane in self.panes():
            other = self._compared.nearest(pane.article_id) if self._compared is not None else None
            if other is not None:
                pane.reveal(other.span)

    def _go_to_passage(self, pane: ArticlePane) -> None:
        """Shows again what a pane's article says about the current claim."""
        compared = self._compared
        if compared is not None:
            here = pane.article_id == compared.claim.article_id
            found = compared.claim if here else compared.nearest(pane.article_id)
            if found is not None:
                pane.reveal(found.span)

    def _on_rearranged(self) -> None:
        """Other widths break the lines elsewhere: the current claim stays in sight."""
        claim = self._current_claim() if self._mode is ScrollMode.LOCKED else None
        pane = self.pane_of(claim.article_id) if claim is not None else None
        if claim is not None and pane is not None:
            QTimer.singleShot(0, pane, lambda: pane.reveal(claim.span, flash=False))

    def _on_passage_wanted(self, passage: Passage) -> None:
        pane = self.show_article(passage.article_id)
        if pane is not None:
            pane.reveal(passage.span)

    def _on_entity_chosen(self, entity_id: str) -> None:
        for pane in self.panes():
            pane.marks.show_entity(entity_id)

    def _on_changed(self, changes: Changes) -> None:
        if changes.everything or changes.cases:
            self.close_absent()
        for pane in self.panes():
            pane.on_changed(changes)
        if changes.everything or changes.clusters or changes.links or self.review.claim_id in changes.claims:
            self._look_up(self._current_claim())
            self._compare()

    def _on_failed(self) -> None:
        for pane in self.panes():
            pane.give_up_edge()
