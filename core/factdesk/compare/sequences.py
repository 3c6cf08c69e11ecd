"""Which items of two sequences belong together, in order: the ground under every comparison of texts."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

_SMALL = 60_000  # cells of a table that are always looked at: about 250 words against 250
_LARGE = 1_000_000  # of one table, where nothing else helps
_BUDGET = 4_000_000  # of all tables together, so that the time stays bounded whatever the texts are

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Gap:
    a: int
    a_end: int
    b: int
    b_end: int

    @property
    def cells(self) -> int:
        return (self.a_end - self.a) * (self.b_end - self.b)


def common_in_order(a: Sequence[Hashable], b: Sequence[Hashable], weights: Sequence[int] | None = None) -> list[Pair]:
    """Pairs of places (in a, in b) with equal items, growing in both; the heaviest such choice in short sequences.

    `weights` says what each item of a counts. Long sequences are cut at items that occur equally often in both, so
    that the time grows about as their length.
    """
    pairs: list[Pair] = []
    gaps = [_Gap(0, len(a), 0, len(b))]
    budget = _BUDGET
    while gaps:
        gap = _trimmed(a, b, gaps.pop(), pairs)
        if not gap.cells:
            continue
        if gap.cells > _SMALL:
            anchors = _anchors(a, b, gap)
            if anchors:
                pairs += anchors
                gaps += _between(gap, anchors)
                continue
        if gap.cells <= min(_LARGE, budget):
            budget -= gap.cells
            pairs += _heaviest(a, b, gap, weights)
    return sorted(pairs)


def _trimmed(a: Sequence[Hashable], b: Sequence[Hashable], gap: _Gap, pairs: list[Pair]) -> _Gap:
    start_a, end_a, start_b, end_b = gap.a, gap.a_end, gap.b, gap.b_end
    while start_a < end_a and start_b < end_b and a[start_a] == b[start_b]:
        pairs.append((start_a, start_b))
        start_a, start_b = start_a + 1, start_b + 1
    while start_a < end_a and start_b < end_b and a[end_a - 1] == b[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
        pairs.append((end_a, end_b))
    return _Gap(start_a, end_a, start_b, end_b)


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable], gap: _Gap) -> list[Pair]:
    """The longest growing row of places whose items occur equally often in both, the first with the first, and so on."""
    counts_a, counts_b = Counter(a[gap.a : gap.a_end]), Counter(b[gap.b : gap.b_end])
    shared = {item for item, count in counts_a.items() if counts_b.get(item) == count}
    unique = {item for item in shared if counts_a[item] == 1}
    kept = unique or shared
    places: dict[Hashable, list[int]] = {item: [] for item in kept}
    for place in range(gap.b_end - 1, gap.b - 1, -1):
        if b[place] in kept:
            places[b[place]].append(place)
    candidates = [(place, places[a[place]].pop()) for place in range(gap.a, gap.a_end) if a[place] in kept]
    return _longest_growing(candidates)


def _longest_growing(candidates: list[Pair]) -> list[Pair]:
    tails: list[int] = []  # the smallest last place in b of a row of each length
    last: list[int] = []  # its candidate
    before: list[int] = []
    for number, (_, place) in enumerate(candidates):
        length = bisect_left(tails, place)
        before.append(last[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place)
            last.append(number)
        else:
            tails[length], last[length] = place, number
    row: list[Pair] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(candidates[number])
        number = before[number]
    return row[::-1]


def _between(gap: _Gap, anchors: list[Pair]) -> list[_Gap]:
    gaps, a, b = [], gap.a, gap.b
    for place_a, place_b in [*anchors, (gap.a_end, gap.b_end)]:
        if a < place_a and b < place_b:
            gaps.append(_Gap(a, place_a, b, place_b))
        a, b = place_a + 1, place_b + 1
    return gaps


def _heaviest(a: Sequence[Hashable], b: Sequence[Hashable], gap: _Gap, weights: Sequence[int] | None) -> list[Pair]:
    """The heaviest common subsequence, from a table of what the rests of both are worth."""
    items_b = b[gap.b : gap.b_end]
    width = len(items_b)
    below = [0] * (width + 1)
    table = [below]
    for place in range(gap.a_end - 1, gap.a - 1, -1):
        item, worth = a[place], 1 if weights is None else weights[place]
        row = [0] * (width + 1)
        right = 0
        for column in range(width - 1, -1, -1):
            best = below[column] if below[column] >= right else right
            if items_b[column] == item and below[column + 1] + worth > best:
                best = below[column + 1] + worth
            row[column] = right = best
        table.append(row)
        below = row
    table.reverse()
    return _walk(a, items_b, gap, table)


def _walk(a: Sequence[Hashable], items_b: Sequence[Hashable], gap: _Gap, table: list[list[int]]) -> list[Pair]:
    pairs: list[Pair] = []
    row = column = 0
    while row < len(table) - 1 and column < len(items_b):
        value = table[row][column]
        is_better = value > table[row + 1][column] and value > table[row][column + 1]
        if a[gap.a + row] == items_b[column] and (is_better or value > table[row + 1][column + 1]):
            pairs.append((gap.a + row, gap.b + column))
            row, column = row + 1, column + 1
        elif table[row + 1][column] == value:
            row += 1
        else:
            column += 1
    return pairs
