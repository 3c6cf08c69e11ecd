"""The reading desk: up to six articles side by side, following what the reviewer does."""

from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QToolTip, QWidget

from factdesk.model.changes import Changes
from factdesk_gui.reader.desk_compare import ComparingDesk
from factdesk_gui.reader.linked_scroll import ScrollMode
from factdesk_gui.review import Passage, Review
from factdesk_gui.session import Session


class ReadingDesk(ComparingDesk):
    """Shows what is current: the claim in its pane, its counterparts in the others, and its evidence."""

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(session, review, parent)
        self._mode = ScrollMode.LOCKED
        review.claim_chosen.connect(self._on_claim_chosen)
        review.passage_wanted.connect(self._on_passage_wanted)
        review.entity_chosen.connect(self._on_entity_chosen)
        review.case_chosen.connect(lambda _: self.close_absent())
        session.changed.connect(self._on_changed)
        self.row.rearranged.connect(self._on_rearranged)
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
            self.show_linked()

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

    def _on_claim_chosen(self, claim_id: str) -> None:
        QToolTip.hideText()  # words about the mark before would cover the new one
        for pane in self.panes():
            pane.marks.show_claim(claim_id)
        claim = self.current_claim()
        self.look_up(claim)
        pane = self.show_article(claim.article_id) if claim is not None else None
        if claim is None or pane is None:
            self.compare()
            return
        self.touch(pane)
        if not pane.marks.choosing:
            pane.reveal(claim.span, flash=False)
            pane.marks.set_caret(claim.span)
        pane.marks.announce_claim()
        self.compare()
        if self._mode is ScrollMode.LOCKED:
            self.show_linked()

    def _on_rearranged(self) -> None:
        """Other widths break the lines elsewhere: the current claim stays in sight."""
        claim = self.current_claim() if self._mode is ScrollMode.LOCKED else None
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
        self.compare_after(changes)

    def _on_failed(self) -> None:
        for pane in self.panes():
            pane.give_up_edge()
