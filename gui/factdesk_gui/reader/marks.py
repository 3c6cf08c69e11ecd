"""What is marked in a text: claims, mentions and evidence passages, as plain values ready for painting."""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from factdesk.model.claims import Claim, Status
from factdesk.model.evidence import Evidence
from factdesk.model.mentions import Mention
from factdesk.model.spans import Span
from factdesk.text.offsets import Utf16Map


class MarkKind(IntEnum):
    """The kinds of marks, outermost in meaning first."""

    PASSAGE = 0
    CLAIM = 1
    MENTION = 2


class Mark(NamedTuple):
    """One marked span. `start` and `end` are UTF-16 positions of the shown text, `span` is in code points."""

    id: str
    kind: MarkKind
    start: int
    end: int
    span: Span
    tone: str  # a claim's verdict ("" for none), a mention's label, a passage's stance
    suggested: bool = False
    conflict: bool = False
    entity_id: str = ""

    @property
    def length(self) -> int:
        """UTF-16 units."""
        return self.end - self.start


class MarkMaker:
    """Makes marks of one text from what the store knows; needs the text's positions for it."""

    def __init__(self, positions: Utf16Map) -> None:
        self._to_utf16: Callable[[int], int] = positions.to_utf16

    def claims(self, rows: Iterable[Sequence[Any]]) -> list[Mark]:
        """From the store's light rows: (id, start, end, verdict, status, made by machine, has conflict)."""
        to_utf16 = self._to_utf16
        return [
            Mark(
                row[0],
                MarkKind.CLAIM,
                to_utf16(row[1]),
                to_utf16(row[2]),
                Span(row[1], row[2]),
                row[3] or "",
                row[4] == Status.SUGGESTED,
                bool(row[6]),
            )
            for row in rows
            if row[4] != Status.REFUSED
        ]

    def claim(self, claim: Claim) -> Mark:
        """From one claim."""
        return self._mark(
            claim.id,
            MarkKind.CLAIM,
            claim.span,
            claim.verdict or "",
            suggested=claim.status is Status.SUGGESTED,
            conflict=claim.conflicts > 0,
        )

    def mentions(self, mentions: Iterable[Mention]) -> list[Mark]:
        """From mentions that stand."""
        return [
            self._mark(
                mention.id,
                MarkKind.MENTION,
                mention.span,
                mention.label,
                suggested=mention.status is Status.SUGGESTED,
                entity_id=mention.entity_id or "",
            )
            for mention in mentions
            if mention.status is not Status.REFUSED
        ]

    def passages(self, passages: Iterable[Evidence]) -> list[Mark]:
        """From evidence that lies in this text."""
        return [
            self._mark(passage.id, MarkKind.PASSAGE, passage.span, passage.stance)
            for passage in passages
            if passage.span is not None
        ]

    def moved(self, mark: Mark, span: Span) -> Mark:
        """The mark with other edges."""
        return mark._replace(start=self._to_utf16(span.start), end=self._to_utf16(span.end), span=span)

    def _mark(self, mark_id: str, kind: MarkKind, span: Span, tone: str, **more: Any) -> Mark:
        return Mark(mark_id, kind, self._to_utf16(span.start), self._to_utf16(span.end), span, tone, **more)
