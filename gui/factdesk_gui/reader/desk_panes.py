"""The panes of the reading desk: opening, closing, moving, and which one was used last."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from factdesk.errors import NotFoundError
from factdesk.store.articles import in_case
from factdesk_gui.reader.empty_state import EmptyState
from factdesk_gui.reader.marks import MarkKind
from factdesk_gui.reader.pane import ArticlePane
from factdesk_gui.reader.pane_row import PaneRow
from factdesk_gui.review import Review
from factdesk_gui.session import Session
from factdesk_gui.theme import reading_font

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

MAX_PANES = 6


class PaneDesk(QWidget):
    """One to six panes, or an invitation when there is none.

    Signals:
        panes_changed: panes came, went, changed places or show another article.
        place_changed: anything that `place` would tell is different now.
        edge_moved: (mark id, "claim" or "mention", Span): an edge was dragged in a pane.
        zoom_wanted: +1 or -1, from Ctrl and the wheel.
        mention_chosen: id of the mention clicked last.
        context_menu_wanted: (QMenu, marks under the pointer): a pane's menu is about to be shown.
        text_came: a pane shows its text now.
        passage_wanted: an ArticlePane should show its passage about the current claim.
        head_menu_wanted: the QMenu of a pane's head is about to be shown.

    Attributes:
        twins: versions of one article, each by the other: when one leaves the case, the other takes over its pane.
    """

    panes_changed = Signal()
    place_changed = Signal()
    edge_moved = Signal(str, str, object)
    zoom_wanted = Signal(int)
    mention_chosen = Signal(str)
    context_menu_wanted = Signal(object, list)
    head_menu_wanted = Signal(object)
    text_came = Signal()
    passage_wanted = Signal(object)

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.review = review
        self.setAccessibleName("Reading desk")
        self._font: QFont = reading_font()
        self._kinds = set(MarkKind)
        self._recent: list[ArticlePane] = []  # used last at the end
        self.twins: dict[str, str] = {}
        self._shown: list[ArticlePane] = []  # the same panes; the one that a claim was shown in last at the end
        self.row = PaneRow(self)
        self._stack = QStackedLayout(self)
        self.empty = EmptyState(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.row)
        self.row.rearranged.connect(self.panes_changed)
        self.panes_changed.connect(self.place_changed)

    def panes(self) -> list[ArticlePane]:
        """The panes from left to right."""
        return self.row.panes()

    def pane_of(self, article_id: str) -> ArticlePane | None:
        """The pane that shows an article; the one used last, if several do."""
        return next((pane for pane in reversed(self._recent) if pane.article_id == article_id), None)

    def shown_articles(self) -> list[str]:
        """Ids of the articles from left to right."""
        return [pane.article_id for pane in self.panes()]

    def current_pane(self) -> ArticlePane | None:
        """The pane used last."""
        return self._recent[-1] if self._recent else None

    def add_pane(self, article_id: str) -> ArticlePane | None:
        """Opens a pane at the right; None when there are six already or the article is gone."""
        if len(self._recent) >= MAX_PANES:
            return None
        try:
            pane = ArticlePane(self.session, self.review, article_id, self.row)
        except NotFoundError:
            return None
        pane.set_reading(self._font)
        pane.set_marks_shown(self._kinds)
        pane.article_wanted.connect(lambda wanted, pane=pane: self._exchange(pane, wanted))
        pane.close_wanted.connect(lambda pane=pane: self.close_pane(pane))
        pane.move_wanted.connect(lambda step, pane=pane: self._move(pane, step))
        pane.edge_moved.connect(self.edge_moved)
        pane.zoom_wanted.connect(self.zoom_wanted)
        pane.context_menu_wanted.connect(self.context_menu_wanted)
        pane.head_menu_wanted.connect(self.head_menu_wanted)
        pane.focused.connect(lambda pane=pane: self._use(pane))
        pane.scrolled.connect(self.place_changed)
        pane.text.ready.connect(self.text_came)
        pane.head.passage_wanted.connect(lambda pane=pane: self.passage_wanted.emit(pane))
        pane.marks.mention_chosen.connect(lambda mention_id, pane=pane: self._on_mention_chosen(pane, mention_id))
        for order in (self._recent, self._shown):
            order.insert(max(0, len(order) - 1), pane)
        self.row.add(pane)
        self._stack.setCurrentWidget(self.row)
        return pane

    def show_article(self, article_id: str) -> ArticlePane | None:
        """The pane that shows the article; if none does, a new one or the one not used for longest."""
        pane = self.pane_of(article_id)
        if pane is not None:
            return pane
        free = [pane for pane in self._shown if not pane.kept]
        if len(self._recent) < 2 or not free:
            return self.add_pane(article_id)
        self._exchange(free[0], article_id)
        return free[0]

    def touch(self, pane: ArticlePane) -> None:
        """A claim is shown in a pane: others are given away before it."""
        self._shown.remove(pane)
        self._shown.append(pane)

    def close_pane(self, pane: ArticlePane) -> None:
        """Closes a pane."""
        if pane not in self._recent:
            return
        had_focus = pane.isAncestorOf(self.focusWidget() or self)
        self._recent.remove(pane)
        self._shown.remove(pane)
        self.row.remove(pane)
        if not self._recent:
            self._stack.setCurrentIndex(0)
        elif had_focus:
            self._recent[-1].focus()

    def close_current_pane(self) -> None:
        """Closes the pane used last."""
        if self._recent:
            self.close_pane(self._recent[-1])

    def move_current_pane(self, step: int) -> None:
        """Moves the pane used last to the left (-1) or right (+1)."""
        if self._recent:
            self._move(self._recent[-1], step)

    def focus_pane(self, step: int) -> None:
        """Gives the keyboard to the next (+1) or previous (-1) pane."""
        panes = self.panes()
        if panes:
            here = panes.index(self._recent[-1])
            panes[(here + step) % len(panes)].focus()

    def close_absent(self) -> None:
        """Closes panes whose article is no longer in the case."""
        shown = self.shown_articles()
        twins = [self.twins[article] for article in shown if article in self.twins]
        there = in_case(self.session.reader, self.review.case_id, [*shown, *twins])
        for pane in self.panes():
            twin = self.twins.get(pane.article_id, "")
            if pane.article_id not in there and twin in there:
                self._exchange(pane, twin)
            elif pane.article_id not in there:
                self.close_pane(pane)

    def set_reading(self, *, serif: bool, points: float) -> None:
        """The letters of article text, in all panes."""
        self._font = reading_font(serif=serif, points=points)
        for pane in self.panes():
            pane.set_reading(self._font)

    def set_marks_shown(self, *, claims: bool, mentions: bool) -> None:
        """Whether claims and mentions are painted; what is in hand always is."""
        shown = {MarkKind.PASSAGE: True, MarkKind.CLAIM: claims, MarkKind.MENTION: mentions}
        self._kinds = {kind for kind, is_shown in shown.items() if is_shown}
        for pane in self.panes():
            pane.set_marks_shown(self._kinds)

    def _use(self, pane: ArticlePane) -> None:
        if pane in self._recent:
            self._recent.remove(pane)
            self._recent.append(pane)
            self.touch(pane)
            self.review.focus_article(pane.article_id)
            self.place_changed.emit()

    def _exchange(self, pane: ArticlePane, article_id: str) -> None:
        had_focus = pane.isAncestorOf(QApplication.focusWidget() or self)
        pane.set_article(article_id)
        if had_focus:  # else it goes to the next button
            pane.focus()
        if pane is self.current_pane():
            self.review.focus_article(article_id)
        self.panes_changed.emit()

    def _move(self, pane: ArticlePane, step: int) -> None:
        self.row.move(pane, self.panes().index(pane) + step)

    def _on_mention_chosen(self, pane: ArticlePane, mention_id: str) -> None:
        for other in self.panes():
            if other is not pane:
                other.marks.show_mention("")
        self.mention_chosen.emit(mention_id)
