"""Commands about the mark in hand, a claim or a mention: edges, accept, refuse, new mention."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from factdesk.errors import NotFoundError
from factdesk.model.mentions import Mention
from factdesk.model.spans import Span
from factdesk.ops.claims import accept_claims, move_claim, refuse_claims
from factdesk.ops.mentions import accept_mentions, add_mention, move_mention, refuse_mentions, relabel_mention
from factdesk.store.articles import article_text
from factdesk.store.claims import get_claim
from factdesk.store.connection import Reader
from factdesk.store.mentions import get_mention
from factdesk.text.words import next_word_end, next_word_start, previous_word_end, previous_word_start, trim_span
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.models.label_words import LABEL_WORDS, label_choice, label_meaning
from factdesk_gui.plain import plain_tip
from factdesk_gui.workspace import Workspace

Found = TypeVar("Found")
Step = Callable[[str, Span], Span]


class MarkControl(QObject):
    """Answers the commands that mean the mention clicked last, or else the current claim."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._review = workspace.review
        self._queue = workspace.queue
        self._desk = workspace.desk
        self._desk.edge_moved.connect(self._on_edge_moved)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.START_EARLIER: lambda: self.move_edge(start_earlier),
            Command.START_LATER: lambda: self.move_edge(start_later),
            Command.END_EARLIER: lambda: self.move_edge(end_earlier),
            Command.END_LATER: lambda: self.move_edge(end_later),
            Command.ACCEPT: self.accept,
            Command.REFUSE: self.refuse,
            Command.NEW_MENTION: self.ask_label,
            Command.RELABEL_MENTION: self.ask_other_label,
        }

    def mention(self) -> Mention | None:
        """The mention clicked last, unless a claim was chosen since or undo took it away."""
        return _found(get_mention, self._session.reader, self._review.mention_id)

    def move_edge(self, step: Step) -> None:
        """Moves an edge; a step that would leave nothing is not taken."""
        reader = self._session.reader
        mark = self.mention() or _found(get_claim, reader, self._review.claim_id)
        if mark is None:
            return
        moved = step(article_text(reader, mark.article_id), mark.span)
        if moved != mark.span:
            self._session.run(move_mention if isinstance(mark, Mention) else move_claim, mark.id, moved)

    def accept(self) -> None:
        """Accepts the suggestion in hand."""
        if self._review.mention_id:
            self._session.run(accept_mentions, [self._review.mention_id])
        elif self._review.claim_id:
            self._session.run(accept_claims, [self._review.claim_id])

    def refuse(self) -> None:
        """Refuses the mark in hand. After a claim the next one is chosen, so a row of refusals is one key each."""
        if self._review.mention_id:
            refused = self._review.mention_id
            self._review.choose_mention("")
            self._session.run(refuse_mentions, [refused])
        elif refused := self._review.claim_id:
            self._queue.next_claim()
            self._session.run(refuse_claims, [refused])

    def ask_label(self) -> None:
        """Offers the labels for a new mention where the pointer or the selection is."""
        if self._review.selection is not None:
            self._offer_labels("", self.add_mention)

    def ask_other_label(self) -> None:
        """Offers the labels for the mention in hand."""
        mention = self.mention()
        if mention is not None:
            self._offer_labels(mention.label, lambda label: self.relabel(mention.id, label))

    def relabel(self, mention_id: str, label: str) -> None:
        """Gives a mention another label, which accepts it."""
        self._session.run(relabel_mention, mention_id, label)

    def add_mention(self, label: str) -> None:
        """Makes the selection a mention."""
        passage = self._review.selection
        if passage is None:
            return
        span = trim_span(article_text(self._session.reader, passage.article_id), passage.span)
        if span is not None:
            self._session.run(add_mention, passage.article_id, span, label)

    def needs_met(self) -> set[Need]:
        """What is true about the mention in hand, for enabling commands."""
        mention = self.mention()
        if mention is None:
            return set()
        return {Need.MARK, Need.MENTION} | ({Need.SUGGESTION} if mention.status == "suggested" else set())

    def _offer_labels(self, now: str, take: Callable[[str], None]) -> None:
        menu = QMenu(self._desk)
        menu.setToolTipsVisible(True)
        for key in LABEL_WORDS:
            action = menu.addAction(label_choice(key))
            action.setToolTip(plain_tip(label_meaning(key)))
            action.setData(key)
            action.setCheckable(bool(now))
            action.setChecked(key == now)
        menu.triggered.connect(lambda action: take(str(action.data())))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._desk.selection_point() or QCursor.pos())

    def _on_edge_moved(self, mark_id: str, kind: str, span: Span) -> None:
        self._session.run(move_mention if kind == "mention" else move_claim, mark_id, span)


def _found(get: Callable[[Reader, str], Found], reader: Reader, mark_id: str) -> Found | None:
    try:
        return get(reader, mark_id) if mark_id else None
    except NotFoundError:
        return None


def start_earlier(text: str, span: Span) -> Span:
    """The first edge one word back."""
    return Span(previous_word_start(text, span.start), span.end)


def start_later(text: str, span: Span) -> Span:
    """The first edge one word on, if something is left."""
    start = next_word_start(text, span.start)
    return Span(start, span.end) if start < span.end else span


def end_earlier(text: str, span: Span) -> Span:
    """The last edge one word back, if something is left."""
    end = previous_word_end(text, span.end)
    return Span(span.start, end) if end > span.start else span


def end_later(text: str, span: Span) -> Span:
    """The last edge one word on."""
    return Span(span.start, next_word_end(text, span.end))
