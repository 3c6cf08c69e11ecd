"""What changed between two versions of an article: by sentences first, then by words inside what changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from factdesk.compare.sequences import common_in_order
from factdesk.compare.tokens import Token, tokens_of
from factdesk.model.spans import Span

_ISLAND = 6  # what stayed between two changes and weighs no more than this is shown as changed with them
_ENDS = frozenset(".!?…。！？؟۔")
_CLOSING = frozenset("\"'”’»)]")


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
    if old == new:
        return TextDiff((Piece((0, len(old)), (0, len(new)), is_same=True),) if old else ())
    tokens_old, tokens_new = tokens_of(old), tokens_of(new)
    units_old, units_new = _units(tokens_old), _units(tokens_new)
    pairs = common_in_order(
        [old[unit.start : unit.end] for unit in units_old],
        [new[unit.start : unit.end] for unit in units_new],
        [unit.end - unit.start for unit in units_old],
    )
    same: list[tuple[int, int]] = []
    before_old = before_new = 0
    for i, j in [*pairs, (len(units_old), len(units_new))]:
        gap_old = _tokens_between(units_old, before_old, i)
        gap_new = _tokens_between(units_new, before_new, j)
        same += _words_of_gap(tokens_old, tokens_new, gap_old, gap_new)
        if i < len(units_old):
            first, second = units_old[i], units_new[j]
            same += [(first.first + n, second.first + n) for n in range(first.last - first.first)]
        before_old, before_new = i + 1, j + 1
    _slide(tokens_old, tokens_new, same)
    return TextDiff(_pieces(tokens_old, tokens_new, same, len(old), len(new)))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line or sentence with the blanks after it."""

    first: int  # token
    last: int  # token, exclusive
    start: int
    end: int


def _units(tokens: Sequence[Token]) -> list[_Unit]:
    units: list[_Unit] = []
    first = 0
    is_over = False
    for place, token in enumerate(tokens):
        is_blank = token.text.isspace()
        if is_over and not is_blank and place > first and tokens[place - 1].text.isspace():
            units.append(_unit(tokens, first, place))
            first, is_over = place, False
        if token.text[0] in _ENDS or token.text == "\n":
            is_over = True
        elif not is_blank and token.text[0] not in _CLOSING:
            is_over = False
    if first < len(tokens):
        units.append(_unit(tokens, first, len(tokens)))
    return units


def _unit(tokens: Sequence[Token], first: int, last: int) -> _Unit:
    return _Unit(first, last, tokens[first].start, tokens[last - 1].end)


def _tokens_between(units: Sequence[_Unit], first: int, last: int) -> range:
    return range(units[first].first, units[last - 1].last) if first < last else range(0)


def _words_of_gap(old: Sequence[Token], new: Sequence[Token], gap_old: range, gap_new: range) -> list[tuple[int, int]]:
    if not gap_old or not gap_new:
        return []
    tokens_old = [old[place] for place in gap_old]
    tokens_new = [new[place] for place in gap_new]
    pairs = common_in_order(
        [token.text for token in tokens_old],
        [token.text for token in tokens_new],
        [token.weight for token in tokens_old],
    )
    return [(gap_old[i], gap_new[j]) for i, j in _without_islands(tokens_old, len(tokens_new), pairs)]


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


def _slide(old: Sequence[Token], new: Sequence[Token], same: list[tuple[int, int]]) -> None:
    """Move what came or went a little to the right where it then starts behind the end of a sentence.

    “X(. More of Y).” says the same as “X.( More of Y.)”, which is how people read it.
    """
    for place in range(1, len(same)):
        before, after = same[place - 1], same[place]
        step_old, step_new = after[0] - before[0], after[1] - before[1]
        if (step_old > 1) == (step_new > 1):  # nothing came or went here, or both did
            continue
        first = (before[0] + 1, before[1] + 1)
        is_equal = old[first[0]].text == old[after[0]].text == new[first[1]].text
        if is_equal and old[after[0]].text[0] in _ENDS and old[before[0]].text[0] not in _ENDS:
            same[place] = first


def _pieces(
    old: Sequence[Token], new: Sequence[Token], same: list[tuple[int, int]], length_old: int, length_new: int
) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at_old = at_new = 0
    start: tuple[int, int] | None = None  # of the run of same tokens that ends at (at_old, at_new)
    for i, j in same:
        a, b = old[i], new[j]
        if start is None or (a.start, b.start) != (at_old, at_new):
            if start is not None:
                pieces.append(Piece((start[0], at_old), (start[1], at_new), is_same=True))
            if (a.start, b.start) != (at_old, at_new):
                pieces.append(Piece((at_old, a.start), (at_new, b.start), is_same=False))
            start = (a.start, b.start)
        at_old, at_new = a.end, b.end
    if start is not None:
        pieces.append(Piece((start[0], at_old), (start[1], at_new), is_same=True))
    if (at_old, at_new) != (length_old, length_new):
        pieces.append(Piece((at_old, length_old), (at_new, length_new), is_same=False))
    return tuple(pieces)
