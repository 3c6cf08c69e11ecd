"""The text part of a pane: fetches an article, shows it in a fitting widget, and keeps what was asked for meanwhile."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from shiboken6 import isValid

from factdesk.model.articles import Article
from factdesk.model.spans import Span
from factdesk_gui import theme
from factdesk_gui.reader.article_data import LARGE, ArticleData, load_article
from factdesk_gui.reader.card import Card
from factdesk_gui.reader.mark_feed import MarkFeed
from factdesk_gui.reader.marks import Mark, MarkKind
from factdesk_gui.reader.surface import Surface
from factdesk_gui.session import Session


class PaneText(QObject):
    """Shows one article's text on a card.

    Signals:
        ready: the text of the article asked for last is there, on a new surface with a new feed.
        loading: a large text is on its way.
    """

    ready = Signal()
    loading = Signal()

    def __init__(self, session: Session, card: Card, describe: Callable[[list[Mark]], str]) -> None:
        super().__init__(card)
        self._session = session
        self._card = card
        self._describe = describe
        self._font = theme.reading_font()
        self._shown_kinds = set(MarkKind)
        self._place: dict[str, Any] | None = None  # wanted, but the text is not there yet
        self._passage: tuple[Span, bool] | None = None
        self._wanted = ""  # id of the article asked for last
        self.surface: Surface | None = None  # None until the text is there
        self.feed: MarkFeed | None = None

    def show_article(self, article: Article) -> None:
        """Fetches and shows an article; a large one off the UI thread."""
        self._place = self._passage = None
        self._wanted = article.id
        self._discard()
        if article.length <= LARGE:
            self._show(load_article(self._session.reader, article.id))
            return
        self._card.notice.show()
        self.loading.emit()
        self._session.query(f"text of {id(self)}", lambda r: load_article(r, article.id), self._show)

    def reveal(self, span: Span, *, flash: bool) -> None:
        """Scrolls a passage into sight, now or as soon as the text is there."""
        if self.surface is None:
            self._passage = span, flash
        else:
            self.surface.canvas.reveal(span, flash=flash)

    def place(self) -> dict[str, Any]:
        """Where the text is scrolled to, or will be."""
        if self.surface is None:
            return dict(self._place or {})
        return self.surface.anchor.place()

    def restore_place(self, place: dict[str, Any]) -> None:
        """Goes to a place, now or as soon as the text is there."""
        if self.surface is None:
            self._place = dict(place)
        else:
            self.surface.anchor.restore(place)

    def set_reading(self, font: QFont) -> None:
        """The letters of the text; its first visible line stays."""
        self._font = font
        if self.surface is not None:
            with self.surface.anchor.held():
                self.surface.widget.set_reading_font(font)

    def set_marks_shown(self, kinds: set[MarkKind]) -> None:
        """Which kinds of marks are painted; what is in hand always is."""
        self._shown_kinds = set(kinds)
        if self.surface is not None:
            self.surface.canvas.overlay.shown = self._shown_kinds
            self.surface.canvas.touch_all()

    def _show(self, data: ArticleData) -> None:
        if not isValid(self) or data.article.id != self._wanted:  # closed, or another article was asked for since
            return
        self._card.notice.hide()
        surface = Surface(self._card, self._describe, plain=Surface.needs_plain(data.shown))
        surface.widget.set_reading_font(self._font)
        surface.canvas.overlay.shown = self._shown_kinds
        surface.canvas.handles.enabled = not self._session.read_only
        with surface.anchor.held():
            surface.canvas.show_text(data.shown)
        self._card.show_text(surface.widget)
        self.surface = surface
        self.feed = MarkFeed(self._session, surface.canvas, data.article.id)
        self.feed.fill(data.marks)
        self.ready.emit()
        place, self._place = self._place, None
        passage, self._passage = self._passage, None
        if place is not None:
            self.restore_place(place)
        if passage is not None:
            self.reveal(passage[0], flash=passage[1])

    def _discard(self) -> None:
        surface, self.surface, self.feed = self.surface, None, None
        if surface is not None:
            surface.discard()
