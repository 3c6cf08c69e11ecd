"""What a pane does with marks: choosing, stepping from one to the next, describing and announcing them."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.spans import Span
from factdesk.store.mentions import get_entity, mentions_of_entity
from factdesk_gui.reader.announce import announce
from factdesk_gui.reader.canvas import Canvas
from factdesk_gui.reader.chooser import add_marks
from factdesk_gui.reader.descriptions import describe, shortened, verdict_words
from factdesk_gui.reader.mark_feed import MarkFeed
from factdesk_gui.reader.marks import Mark, MarkKind
from factdesk_gui.reader.surface import Surface
from factdesk_gui.review import Review
from factdesk_gui.session import Session


class PaneMarks(QObject):
    """The marks of one pane, in the reviewer's terms. Its surface may be exchanged.

    Signals:
        mention_chosen: id of the mention chosen here.
        menu_filling: (QMenu, marks) before the context menu is shown.
    """

    mention_chosen = Signal(str)
    menu_filling = Signal(object, list)

    def __init__(self, session: Session, review: Review, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._surface: Surface | None = None
        self._feed: MarkFeed | None = None
        self._entities: dict[str, tuple[str, str]] = {}
        self._differences: tuple[Span, ...] = ()
        self.choosing = False  # a claim is being chosen here, so its place is in sight

    def set_surface(self, surface: Surface, feed: MarkFeed) -> None:
        """Works on another surface from now on."""
        self._surface, self._feed = surface, feed
        surface.pointer.picked.connect(self.choose)
        surface.pointer.menu_wanted.connect(self.show_menu)
        feed.claim_changed.connect(self._on_claim_changed)
        self.show_claim(self._review.claim_id)
        surface.canvas.emphasis.entity_id = self._review.entity_id

    def choose(self, mark: Mark) -> None:
        """Makes a mark the one in hand."""
        if mark.kind is MarkKind.CLAIM:
            self.choosing = True
            try:
                self._review.choose_claim(mark.id)
            finally:
                self.choosing = False
        elif mark.kind is MarkKind.MENTION and self._surface is not None:
            self.show_mention(mark.id)
            self._review.choose_mention(mark.id)
            self._surface.pointer.show_help_at(mark)
            announce(self._surface.widget, self.describe([mark]))
            self.mention_chosen.emit(mark.id)

    def step(self, *, forward: bool) -> Mark | None:
        """Chooses the next or previous claim or mention, from the one in hand or the caret."""
        if self._surface is None:
            return None
        canvas = self._surface.canvas
        marks = [mark for mark in canvas.index.of_kind() if mark.kind in canvas.overlay.shown]
        if not marks:
            return None
        here = self._in_hand(canvas)
        number = marks.index(here) if here in marks else -1
        if number < 0:
            at = canvas.positions.to_utf16(canvas.caret())
            before = sum(mark.start < at for mark in marks)
            number = before - 1 if forward else before
        mark = marks[(number + (1 if forward else -1)) % len(marks)]
        canvas.set_caret(mark.span.start)
        canvas.reveal(mark.span, flash=False)
        self.choose(mark)
        return mark

    def show_claim(self, claim_id: str) -> None:
        """Emphasises the current claim, wherever it is, and marks its evidence."""
        canvas, feed = self._require()
        if canvas is None or feed is None:
            return
        old = [canvas.index.get(canvas.emphasis.claim_id), canvas.index.get(canvas.emphasis.mention_id)]
        canvas.handles.clear()
        canvas.emphasis.claim_id, canvas.emphasis.mention_id = claim_id, ""
        canvas.touch(mark for mark in (*old, canvas.index.get(claim_id)) if mark is not None)
        feed.show_passages_of(claim_id)

    def show_mention(self, mention_id: str) -> None:
        """Emphasises the mention in hand; "" for none."""
        canvas, _ = self._require()
        if canvas is not None and canvas.emphasis.mention_id != mention_id:
            canvas.handles.clear()
            touched = [canvas.index.get(mark_id) for mark_id in (canvas.emphasis.mention_id, mention_id)]
            claim = canvas.index.get(canvas.emphasis.claim_id)  # its grips come and go
            canvas.emphasis.mention_id = mention_id
            canvas.touch(mark for mark in (*touched, claim) if mark is not None)

    def show_entity(self, entity_id: str) -> None:
        """Emphasises all mentions of an entity."""
        canvas, _ = self._require()
        if canvas is not None:
            wanted = {canvas.emphasis.entity_id, entity_id} - {""}
            canvas.emphasis.entity_id = entity_id
            canvas.touch(mark for mark in canvas.index.of_kind(MarkKind.MENTION) if mark.entity_id in wanted)

    def show_differences(self, spans: Iterable[Span], values: Iterable[Span] = ()) -> None:
        """Sets off words that another article puts otherwise, values most; the help about the claim names them."""
        odd = tuple(values)
        self._differences = (*odd, *(span for span in spans if not any(one.contains(span) for one in odd)))
        canvas, _ = self._require()
        if canvas is not None:
            canvas.show_differences(self._differences, odd)

    def set_caret(self, span: Span) -> None:
        """Puts the caret at a mark that was chosen elsewhere; a selection stays."""
        canvas, _ = self._require()
        if canvas is not None and canvas.selected_span() is None:
            canvas.set_caret(span.start)

    def announce_claim(self) -> None:
        """Has a screen reader say where the current claim is and how it stands."""
        canvas, feed = self._require()
        mark = canvas.index.get(self._review.claim_id) if canvas is not None else None
        if mark is not None and feed is not None and self._surface is not None:
            number, count = feed.claim_number(mark.id)
            announce(self._surface.widget, f"Claim {number} of {count}: {verdict_words(mark)}")

    def describe(self, marks: list[Mark]) -> str:
        """Words about marks, one line for each."""
        canvas, _ = self._require()
        if canvas is None:
            return ""
        return "\n".join(
            describe(mark, mark.span.of(canvas.text), self._entity_words) + self._otherwise(mark, canvas.text)
            for mark in marks
        )

    def show_menu(self, point: QPoint, marks: list[Mark]) -> None:
        """Offers the marks at a place and what else can be done there."""
        if self._surface is not None:
            menu = self.make_menu(self._surface, marks)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(point)

    def make_menu(self, surface: Surface, marks: list[Mark]) -> QMenu:
        """A menu of these marks, innermost first, and of what else can be done."""
        menu = QMenu(surface.widget)
        menu.setAccessibleName("Marks here")
        add_marks(menu, marks, lambda mark: self.describe([mark]), self.choose)
        if marks:
            menu.addSeparator()
        copy = menu.addAction("Copy", surface.widget.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(surface.canvas.selected_span() is not None)
        menu.addAction("Select all", surface.widget.selectAll)
        self.menu_filling.emit(menu, marks)
        return menu

    def forget(self, changes: Changes) -> None:
        """Drops what is remembered about entities that changed."""
        if changes.everything or changes.mentions or changes.entities:
            self._entities.clear()

    def _require(self) -> tuple[Canvas | None, MarkFeed | None]:
        if self._surface is None or not isValid(self._surface.widget):  # another text is on its way
            return None, None
        return self._surface.canvas, self._feed

    def _otherwise(self, mark: Mark, text: str) -> str:
        """Names the words of a claim that are set off."""
        words = [shortened(span.of(text)) for span in self._differences if mark.span.contains(span)]
        if mark.kind is not MarkKind.CLAIM or not words:
            return ""
        named = ", ".join(f"“{word}”" for word in words)
        return f"\n{'Only here' if mark.id == self._review.claim_id else 'Worded otherwise'}: {named}"

    def _in_hand(self, canvas: Canvas) -> Mark | None:
        return canvas.index.get(canvas.emphasis.mention_id) or canvas.index.get(canvas.emphasis.claim_id)

    def _entity_words(self, mark: Mark) -> tuple[str, str]:
        if not mark.entity_id:
            return "", ""
        if mark.entity_id not in self._entities:
            reader, case_id = self._session.reader, self._review.case_id
            try:
                name = get_entity(reader, mark.entity_id).name
            except NotFoundError:
                return "", ""
            mentions = mentions_of_entity(reader, mark.entity_id, case_id)
            articles = len({mention.article_id for mention in mentions})
            words = f"{_count(len(mentions), 'mention')} in {_count(articles, 'article')}"
            self._entities[mark.entity_id] = name, words
        return self._entities[mark.entity_id]

    def _on_claim_changed(self, old: Mark | None, new: Mark | None) -> None:
        if new is not None and new.id == self._review.claim_id and (old is None or old.tone != new.tone):
            self.announce_claim()


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
