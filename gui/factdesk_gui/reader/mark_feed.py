"""Keeps the marks of a canvas as the project has them: looks at what changed and touches nothing else."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.claims import Status
from factdesk.store.claims import claim_marks, get_claim
from factdesk.store.evidence import passages_in
from factdesk.store.mentions import get_mention, mentions_of_article
from factdesk_gui.reader.article_data import LARGE, ArticleMarks, load_marks
from factdesk_gui.reader.canvas import Canvas
from factdesk_gui.reader.marks import Mark, MarkKind
from factdesk_gui.session import Session

if TYPE_CHECKING:
    from factdesk.model.evidence import Evidence

_MANY = 48  # changed ids from which all marks of the article are read again


class MarkFeed(QObject):
    """The marks of one article in one canvas.

    Signals:
        counts_changed: there are more, fewer or other claims or mentions.
        claim_changed: (old Mark or None, new Mark or None) for a claim touched by an operation.
    """

    counts_changed = Signal()
    claim_changed = Signal(object, object)

    def __init__(self, session: Session, canvas: Canvas, article_id: str) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._article_id = article_id
        self._passages: list[Evidence] = []
        self._claim_id = ""

    def fill(self, marks: ArticleMarks) -> None:
        """Shows these marks, and only these."""
        if not isValid(self):  # the pane was closed while they were fetched
            return
        index = self._canvas.index
        self._passages = marks.passages
        old = {mark.id: mark for mark in index.of_kind(MarkKind.CLAIM)}
        touched = index.replace(MarkKind.CLAIM, marks.claims)
        touched += index.replace(MarkKind.MENTION, marks.mentions)
        self._canvas.touch(touched)
        self.show_passages_of(self._claim_id)
        self._settle(touched)
        for mark_id in {mark.id for mark in touched if mark.kind is MarkKind.CLAIM}:
            self.claim_changed.emit(old.get(mark_id), index.get(mark_id))
        self.counts_changed.emit()

    def show_passages_of(self, claim_id: str) -> None:
        """Marks the evidence of one claim."""
        self._claim_id = claim_id
        mine = [passage for passage in self._passages if passage.claim_id == claim_id]
        self._canvas.touch(self._canvas.index.replace(MarkKind.PASSAGE, self._canvas.maker.passages(mine)))

    def claim_number(self, claim_id: str) -> tuple[int, int]:
        """Which claim of how many it is in text order; (0, n) when it is not in this article."""
        claims = self._canvas.index.of_kind(MarkKind.CLAIM)
        number = next((i for i, mark in enumerate(claims, 1) if mark.id == claim_id), 0)
        return number, len(claims)

    def on_changed(self, changes: Changes) -> None:
        """Brings the marks up to date after an operation."""
        many = len(changes.claims) + len(changes.mentions) > _MANY
        if changes.everything or many:
            self._reload_all()
            return
        if changes.links:
            rows = claim_marks(self._session.reader, self._article_id)
            self._take(MarkKind.CLAIM, self._canvas.maker.claims(rows))
        else:
            self._update(changes.claims, self._claim)
        if changes.entities and not changes.mentions:
            mentions = mentions_of_article(self._session.reader, self._article_id)
            self._take(MarkKind.MENTION, self._canvas.maker.mentions(mentions))
        else:
            self._update(changes.mentions, self._mention)
        if changes.evidence:
            self._passages = passages_in(self._session.reader, self._article_id)
            self.show_passages_of(self._claim_id)

    def _reload_all(self) -> None:
        if len(self._canvas.text) > LARGE:
            article_id, maker = self._article_id, self._canvas.maker
            self._session.query(f"marks of {id(self)}", lambda r: load_marks(r, article_id, maker), self.fill)
        else:
            self.fill(load_marks(self._session.reader, self._article_id, self._canvas.maker))

    def _take(self, kind: MarkKind, marks: list[Mark]) -> None:
        old = {mark.id: mark for mark in self._canvas.index.of_kind(kind)}
        touched = self._canvas.index.replace(kind, marks)
        self._tell(touched, old)

    def _update(self, ids: Iterable[str], find: Callable[[str], Mark | None]) -> None:
        index = self._canvas.index
        old: dict[str, Mark] = {}
        touched = []
        for mark_id in ids:
            known, mark = index.get(mark_id), find(mark_id)
            if known is not None:
                old[mark_id] = known
            if mark == known:
                self._settle([known] if known else [])
                continue
            touched += [m for m in (known, mark) if m is not None]
            if mark is None:
                index.drop(mark_id)
            else:
                index.put(mark)
        self._tell(touched, old)

    def _tell(self, touched: list[Mark], old: dict[str, Mark]) -> None:
        if not touched:
            return
        self._settle(touched)
        self._canvas.touch(touched)
        for mark_id in dict.fromkeys(mark.id for mark in touched if mark.kind is MarkKind.CLAIM):
            self.claim_changed.emit(old.get(mark_id), self._canvas.index.get(mark_id))
        self.counts_changed.emit()

    def _settle(self, touched: Iterable[Mark]) -> None:
        """A dragged edge is shown as a preview until it is stored, which it is now."""
        preview = self._canvas.overlay.preview
        if preview is not None and not self._canvas.handles.dragging and any(m.id == preview.id for m in touched):
            self._canvas.handles.clear()

    def _claim(self, claim_id: str) -> Mark | None:
        try:
            claim = get_claim(self._session.reader, claim_id)
        except NotFoundError:
            return None
        mine = claim.article_id == self._article_id and claim.status is not Status.REFUSED
        return self._canvas.maker.claim(claim) if mine else None

    def _mention(self, mention_id: str) -> Mark | None:
        try:
            mention = get_mention(self._session.reader, mention_id)
        except NotFoundError:
            return None
        mine = mention.article_id == self._article_id
        return next(iter(self._canvas.maker.mentions([mention])), None) if mine else None
