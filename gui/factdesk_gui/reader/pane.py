"""One reading pane: an article with its head, text, marks and find bar."""

from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.spans import Span
from factdesk.store.articles import get_article
from factdesk_gui.reader.card import Card
from factdesk_gui.reader.counterparts import Counterparts
from factdesk_gui.reader.find_bar import FindBar
from factdesk_gui.reader.marks import MarkKind
from factdesk_gui.reader.pane_head import PaneHead, count_words
from factdesk_gui.reader.pane_marks import PaneMarks
from factdesk_gui.reader.pane_menu import article_choices, fill_pane_menu
from factdesk_gui.reader.pane_text import PaneText
from factdesk_gui.reader.presence import NOTHING
from factdesk_gui.review import Passage, Review
from factdesk_gui.session import Session
from factdesk_gui.theme import themes

_SMALLEST = 110  # pixels; six of them fit between the docks of a small screen
_LONGEST_WANTED = 40  # code points of a selection that are looked for when the find bar opens


class ArticlePane(QWidget):
    """Shows one article of the project.

    Signals:
        article_wanted: id of the article chosen in the pane's menu.
        close_wanted: the pane should go.
        move_wanted: -1 or +1, the pane should change places.
        dragged: where on the screen the pane's head is being dragged.
        edge_moved: (mark id, "claim" or "mention", Span): an edge was dragged; nothing is stored yet.
        zoom_wanted: +1 or -1.
        focused: the pane is used now.
        scrolled: the reader scrolled.
        context_menu_wanted: (QMenu, marks under the pointer): the menu is about to be shown and may get more entries.
        head_menu_wanted: the QMenu of the pane's head is about to be shown and may get more entries.
    """

    article_wanted = Signal(str)
    close_wanted = Signal()
    move_wanted = Signal(int)
    dragged = Signal(QPoint)
    edge_moved = Signal(str, str, object)
    zoom_wanted = Signal(int)
    focused = Signal()
    scrolled = Signal()
    context_menu_wanted = Signal(object, list)
    head_menu_wanted = Signal(object)

    def __init__(self, session: Session, review: Review, article_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self.article_id = article_id
        self.kept = False  # whether the desk may not show another article here by itself
        self.head = PaneHead(self)
        self.find_bar = FindBar(self)
        self.card = Card(self)
        self.marks = PaneMarks(session, review, self)
        self.text = PaneText(session, self.card, self.marks.describe)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.find_bar)
        column.addWidget(self.card, 1)
        self.setMinimumWidth(_SMALLEST)
        self.head.menu_filling.connect(
            lambda menu: fill_pane_menu(menu, self, article_choices(session.reader, review.case_id, self.article_id))
        )
        self.head.dragged.connect(self.dragged)
        self.head.pressed.connect(self.focus)
        self.head.close_wanted.connect(self.close_wanted)
        self.find_bar.closed.connect(self.focus)
        self.marks.menu_filling.connect(self.context_menu_wanted)
        self.text.ready.connect(self._on_ready)
        self.text.loading.connect(self._show_loading)
        themes().changed.connect(self._repaint)
        self.set_article(article_id)

    def set_article(self, article_id: str) -> None:
        """Shows another article."""
        self.article_id = article_id
        article = get_article(self._session.reader, article_id)
        self.head.show_article(article)
        self.setAccessibleName(article.label)
        self.text.show_article(article)

    def reveal(self, span: Span, *, flash: bool = True) -> None:
        """Scrolls a passage into sight, if it is not, and lets it light up."""
        self.text.reveal(span, flash=flash)

    def scroll_place(self) -> dict[str, Any]:
        """The first visible code point and how much of its line is scrolled away."""
        return self.text.place()

    def restore_place(self, place: dict[str, Any]) -> None:
        """Goes to a place given by `scroll_place`; the width and font may be others now."""
        self.text.restore_place(place)

    def set_reading(self, font: QFont) -> None:
        """The letters of the text."""
        self.text.set_reading(font)

    def set_marks_shown(self, kinds: set[MarkKind]) -> None:
        """Which kinds of marks are painted; what is in hand always is."""
        self.text.set_marks_shown(kinds)

    def open_find(self, text: str = "") -> None:
        """Opens the find bar, with what is selected unless a text is given."""
        span = self.selected_span()
        if not text and span is not None and self.text.surface is not None and len(span) <= _LONGEST_WANTED:
            text = " ".join(span.of(self.text.surface.canvas.text).split())
        self.find_bar.open(text)

    def find_again(self, step: int) -> None:
        """Goes to the next (+1) or previous (-1) hit; opens the find bar if nothing was looked for yet."""
        if self.find_bar.isHidden():
            self.open_find()
        else:
            self.find_bar.step(step)

    def next_mark(self, *, forward: bool = True) -> None:
        """Chooses the next or previous claim or mention of this article."""
        self.marks.step(forward=forward)

    def selected_span(self) -> Span | None:
        """What is selected here, in code points of the stored text."""
        return self.text.surface.canvas.selected_span() if self.text.surface is not None else None

    def show_compared(self, compared: Counterparts | None, others: list[str] | None) -> None:
        """Says how the article stands to the current claim, and sets off what it words otherwise.

        Args:
            compared: what is known about the current claim; None without one.
            others: the other articles that can be seen beside; None to set nothing off.
        """
        self.head.presence.show_presence(compared.presence(self.article_id) if compared is not None else NOTHING)
        spans, values = (), ()
        if compared is not None and others is not None and self.text.surface is not None:
            if self.article_id == compared.claim.article_id:
                spans, values = compared.own_differences(others), compared.own_values(others)
            else:
                spans, values = compared.differences(self.article_id), compared.values(self.article_id)
        self.marks.show_differences(spans, values)

    def give_up_edge(self) -> None:
        """Shows a dragged edge where it was: it could not be stored."""
        if self.text.surface is not None:
            self.text.surface.canvas.handles.clear()

    def focus(self) -> None:
        """Gives the text the keyboard."""
        if self.text.surface is not None:
            self.text.surface.widget.setFocus()

    def on_changed(self, changes: Changes) -> None:
        """Takes an operation's changes in."""
        self.marks.forget(changes)
        if changes.everything or self.article_id in changes.articles:
            try:
                self.head.show_article(get_article(self._session.reader, self.article_id))
            except NotFoundError:
                self.close_wanted.emit()
                return
        if self.text.feed is not None:
            self.text.feed.on_changed(changes)

    def _on_ready(self) -> None:
        surface, feed = self.text.surface, self.text.feed
        if surface is None or feed is None:
            return
        self.marks.set_surface(surface, feed)
        feed.counts_changed.connect(self._show_counts)
        surface.pointer.edge_moved.connect(self.edge_moved)
        surface.pointer.zoom_wanted.connect(self.zoom_wanted)
        surface.pointer.find_wanted.connect(self.open_find)
        surface.pointer.focused.connect(self.focused)
        surface.anchor.moved.connect(self.scrolled)
        surface.widget.selectionChanged.connect(self._on_selection)
        self.find_bar.set_canvas(surface.canvas)
        self._show_counts()

    def _show_loading(self) -> None:
        self.head.counts.setText("Loading…")
        self.setAccessibleDescription("Loading…")

    def _show_counts(self) -> None:
        surface = self.text.surface
        if surface is None:
            return
        index = surface.canvas.index
        claims, mentions = index.count(MarkKind.CLAIM), index.count(MarkKind.MENTION)
        words = f"{count_words(claims, index.decided)} · {mentions:,} mentions"
        if words != self.accessibleDescription():
            self.head.show_counts(claims, index.decided)
            self.setAccessibleDescription(words)
        if surface.widget.accessibleDescription() != words:
            surface.widget.setAccessibleName(f"Text of {self.accessibleName()}")
            surface.widget.setAccessibleDescription(words)

    def _on_selection(self) -> None:
        span = self.selected_span()
        if span is not None:
            self._review.select(Passage(self.article_id, span))
        elif self._review.selection is not None and self._review.selection.article_id == self.article_id:
            self._review.select(None)

    def _repaint(self) -> None:
        self.card.update()
        if self.text.surface is not None:
            self.text.surface.canvas.touch_all()
