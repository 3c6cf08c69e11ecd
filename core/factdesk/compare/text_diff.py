"""What changed between two versions of an article: by sentences first, then by words inside what changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from factdesk.compare.sequences import common_in_order
from factdesk.compare.tokens import Token, tokens_of
from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_end, pattern

_ISLAND = 6  # what stayed between two changes and weighs no more than this is shown as changed with them
_ENDS = frozenset(".!?…。！？؟۔")
# Behind the blanks after a sentence, or behind a sign that ends one in scripts without blanks; never inside a character.
_UNIT_END = r"""(?:[.!?…؟۔]["'”’»)\]]*\s+|[。！？]["'”’»)\]」』]*\s*|\s*\n\s*)(?![\p{M}\p{Cf}])"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the old text and what stands in its place in the new; one of both is empty when text came or went."""

    old: tuple[int, int]
    new: tuple[int, int]
    is_same: bool

    @property
    def is_added(self) -> bool:
        """Whether the new text has it and the old had nothing there."""
        return self.old[0] == self.old[1]

    @property
    def is_removed(self) -> bool:
        """Whether the new text has nothing in its place."""
        return self.new[0] == self.new[1]


@dataclass(frozen=True, slots=True)
class TextDiff:
    """Pieces that together are both texts, from start to end."""

    pieces: tuple[Piece, ...]

    @property
    def changes(self) -> tuple[Piece, ...]:
        """The pieces that are not the same."""
        return tuple(piece for piece in self.pieces if not piece.is_same)

    def carried(self, span: Span) -> tuple[Span, float] | None:
        """Where a span of the old text is in the new, and which part of it stayed (0 to 1); None if nothing did."""
        first = bisect_right(self.pieces, span.start, key=lambda piece: piece.old[1])
        last = bisect_left(self.pieces, span.end, key=lambda piece: piece.old[0])
        touched = self.pieces[first:last]
        start, end, kept = -1, -1, 0
        for piece in touched:
            low, high = max(piece.old[0], span.start), min(piece.old[1], span.end)
            if not piece.is_same or low >= high:
                continue
            shift = piece.new[0] - piece.old[0]
            start, end = (low + shift if start < 0 else start), high + shift
            kept += high - low
        if not kept:
            return None
        found = _grown(touched, span, start, end)
        return found, kept / max(len(span), len(found))


def _grown(pieces: Sequence[Piece], span: Span, start: int, end: int) -> Span:
    """The span with the changed pieces at its edges, as far as they were inside."""
    for piece in pieces:
        if piece.is_same or piece.is_added or piece.is_removed:
            continue
        if span.start <= piece.old[0] and piece.old[1] <= span.end:
            start, end = min(start, piece.new[0]), max(end, piece.new[1])
    return Span(start, end)


def text_diff(old: str, new: str) -> TextDiff:
    """Compare two versions; every difference counts. No visible character is cut."""
    units_old, units_new = _units(old), _units(new)
    pairs = common_in_order(
        [old[start:end] for start, end in units_old],
        [new[start:end] for start, end in units_new],
        [end - start for start, end in units_old],
    )
    same: list[_Same] = []
    at_old = at_new = 0
    ends = ((len(old), len(old)), (len(new), len(new)))
    for (start_old, end_old), (start_new, end_new) in [*((units_old[i], units_new[j]) for i, j in pairs), ends]:
        for found in _same_words(old[at_old:start_old], new[at_new:start_new]):
            _append(same, _Same(at_old + found.old, at_new + found.new, found.length))
        _append(same, _Same(start_old, start_new, end_old - start_old))
        at_old, at_new = end_old, end_new
    _slide(old, new, same)
    return TextDiff(_pieces(same, len(old), len(new)))


class _Same(NamedTuple):
    """Characters that both texts have: where they start, and how many."""

    old: int
    new: int
    length: int


def _units(text: str) -> list[tuple[int, int]]:
    """Lines and sentences with the blanks behind them, from start to end of the text."""
    edges = [0, *(match.end() for match in pattern(_UNIT_END).finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(edges) if start < end]


def _append(same: list[_Same], found: _Same) -> None:
    """Add a stretch to those before it; one that follows without a gap makes the last one longer."""
    if not found.length:
        return
    last = same[-1] if same else None
    if last is not None and (last.old + last.length, last.new + last.length) == (found.old, found.new):
        same[-1] = _Same(last.old, last.new, last.length + found.length)
    else:
        same.append(found)


def _same_words(old: str, new: str) -> list[_Same]:
    """What two passages that differ have in common, word by word."""
    if not old or not new:
        return []
    tokens_old, tokens_new = tokens_of(old), tokens_of(new)
    pairs = common_in_order(
        [token.text for token in tokens_old],
        [token.text for token in tokens_new],
        [token.weight for token in tokens_old],
    )
    kept = _without_islands(tokens_old, len(tokens_new), pairs)
    return [_Same(tokens_old[i].start, tokens_new[j].start, len(tokens_old[i].text)) for i, j in kept]


def _without_islands(old: Sequence[Token], length_new: int, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs, less the short runs of them between two changes."""
    kept: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for pair in [*pairs, (len(old) + 1, length_new + 1)]:
        if run and (pair[0] - run[-1][0], pair[1] - run[-1][1]) != (1, 1):
            touches_edge = run[0] == (0, 0) or run[-1] == (len(old) - 1, length_new - 1)
            if touches_edge or sum(old[i].weight for i, _ in run) > _ISLAND:
                kept += run
            run = []
        run.append(pair)
    return kept


def _slide(old: str, new: str, same: list[_Same]) -> None:
    """Move what came or went a little to the right where it then starts behind the end of a sentence.

    “X(. More of Y).” says the same as “X.( More of Y.)”, which is how people read it.
    """
    for place in range(1, len(same)):
        before, after = same[place - 1], same[place]
        at_old, at_new = before.old + before.length, before.new + before.length
        if (at_old < after.old) == (at_new < after.new):  # nothing came or went here, or both did
            continue
        signs = {old[at_old], new[at_new], old[after.old]}
        if len(signs) == 1 and signs <= _ENDS and old[at_old - 1] not in _ENDS and _are_whole(old, new, before, after):
            same[place - 1] = _Same(before.old, before.new, before.length + 1)
            same[place] = _Same(after.old + 1, after.new + 1, after.length - 1)


def _are_whole(old: str, new: str, before: _Same, after: _Same) -> bool:
    """Whether the sign behind each of both stretches is a visible character of its own."""
    places = ((old, before.old + before.length), (new, before.new + before.length), (old, after.old), (new, after.new))
    return all(cluster_end(text, place + 1) == place + 1 for text, place in places)


def _pieces(same: Sequence[_Same], length_old: int, length_new: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at_old = at_new = 0
    for found in [*same, _Same(length_old, length_new, 0)]:
        if (found.old, found.new) != (at_old, at_new):
            pieces.append(Piece((at_old, found.old), (at_new, found.new), is_same=False))
        at_old, at_new = found.old + found.length, found.new + found.length
        if found.length:
            pieces.append(Piece((found.old, at_old), (found.new, at_new), is_same=True))
    return tuple(pieces)
