"""Finding marks again in a newer version of their text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factdesk.compare.text_diff import TextDiff, text_diff
from factdesk.compare.tokens import is_unspaced, words_of
from factdesk.compare.wording import likeness
from factdesk.model.claims import Anchor
from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_end, cluster_start, snap_span

_CONTEXT = 80  # characters to either side by which one of several places is chosen
_FAMILIAR = 12  # of them in common: it is the same place and not merely the same words
_MOST = 2_000  # places looked at for one quote
_STAYED = 0.5  # of a changed passage, for it to be the same one
_ALIKE = 0.5
_TELLING = 3  # weight of words that tell which fact is meant
_SHARE = 0.4  # of them: the new words may be about it


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a mark is in the new text."""

    span: Span
    anchor: Anchor  # exact, moved or fuzzy


class Carrier:
    """Carries marks of one article from the old text to the new."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self.diff: TextDiff = text_diff(old, new)

    def place_all(self, spans: Iterable[Span]) -> dict[Span, Placed]:
        """The new place of each span; those that are gone are left out. Two spans never become the same one."""
        left = sorted(set(spans), key=lambda span: (-len(span), span))
        placed: dict[Span, Placed] = {}
        taken: set[Span] = set()
        for find in (self._unchanged, self._elsewhere, self._changed):
            for span in left:
                found = None if span in placed else find(span, taken)
                if found is not None:
                    placed[span] = found
                    taken.add(found.span)
        return placed

    def shifted(self, span: Span, whole: Span, placed: Placed | None) -> Span | None:
        """Where a part (who speaks, a value) is, given the new place of the mark that it belongs to."""
        if placed is not None and placed.anchor is not Anchor.FUZZY and whole.contains(span):
            shift = placed.span.start - whole.start
            return Span(span.start + shift, span.end + shift)
        found = self._unchanged(span, set())
        return None if found is None else found.span

    def has_new_words_about(self, fact: str) -> bool:
        """Whether what the new text brings, with the words around it, has much of what names a fact."""
        wanted = {word.key for word in words_of(fact) if word.weight >= _TELLING}
        for piece in self.diff.changes:
            if not piece.is_removed:
                start, end = max(0, piece.new[0] - _CONTEXT), piece.new[1] + _CONTEXT
                brought = {word.key for word in words_of(self.new[piece.new[0] : piece.new[1]])}
                around = {word.key for word in words_of(self.new[start:end])}
                if wanted & brought and len(wanted & around) >= _SHARE * len(wanted):
                    return True
        return False

    def _unchanged(self, span: Span, taken: set[Span]) -> Placed | None:
        """Inside what both versions share."""
        carried = self.diff.carried(span)
        if carried is None or carried[0] in taken or carried[0].of(self.new) != span.of(self.old):
            return None
        return Placed(carried[0], Anchor.EXACT if carried[0] == span else Anchor.MOVED)

    def _elsewhere(self, span: Span, taken: set[Span]) -> Placed | None:
        """The same words in another place: the only one, or the one with the most similar words around it."""
        places = [place for place in self._places(span) if place not in taken]
        if not places:
            return None
        here = span.start / max(1, len(self.old))
        ranked = [(self._context(span, place), -abs(place.start / len(self.new) - here), place) for place in places]
        familiar, _, best = max(ranked, key=lambda entry: (entry[0], entry[1], -entry[2].start))
        is_sure = len(places) == 1 or familiar >= _FAMILIAR
        return Placed(best, Anchor.MOVED if is_sure else Anchor.FUZZY)

    def _changed(self, span: Span, taken: set[Span]) -> Placed | None:
        """Where the rest of it is, if enough of it is left."""
        carried = self.diff.carried(span)
        if carried is None or carried[1] < _STAYED:
            return None
        found = _without_blanks(self.new, snap_span(self.new, carried[0]))
        if found is None or found in taken or likeness(span.of(self.old), found.of(self.new)) < _ALIKE:
            return None
        return Placed(found, Anchor.FUZZY)

    def _places(self, span: Span) -> Iterator[Span]:
        quote = span.of(self.old)
        was_cut = is_cut(self.old, span)
        start, count = self.new.find(quote), 0
        while start >= 0 and count < _MOST:
            place = Span(start, start + len(quote))
            if was_cut or not is_cut(self.new, place):
                yield place
            start, count = self.new.find(quote, start + 1), count + 1

    def _context(self, span: Span, place: Span) -> int:
        old_before, old_after = _around(self.old, span)
        new_before, new_after = _around(self.new, place)
        return _shared_start(old_before[::-1], new_before[::-1]) + _shared_start(old_after, new_after)


def _around(text: str, span: Span) -> tuple[str, str]:
    return text[max(0, span.start - _CONTEXT) : span.start], text[span.end : span.end + _CONTEXT]


def _shared_start(a: str, b: str) -> int:
    for count, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return count
    return min(len(a), len(b))


def is_cut(text: str, span: Span) -> bool:
    """Whether an edge of the span lies inside a word or a visible character."""
    for edge in (span.start, span.end):
        if 0 < edge < len(text):
            if cluster_start(text, edge) != edge or cluster_end(text, edge) != edge:
                return True
            if text[edge - 1].isalnum() and text[edge].isalnum() and not is_unspaced(text[edge - 1 : edge + 1]):
                return True
    return False


def _without_blanks(text: str, span: Span) -> Span | None:
    quote = span.of(text)
    start = span.start + len(quote) - len(quote.lstrip())
    end = span.end - (len(quote) - len(quote.rstrip()))
    return Span(start, end) if start < end else None
