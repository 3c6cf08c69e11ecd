"""The order in which the lines of a page are read: columns are found by the white between them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from factdesk.exchange.pdf.lines import Line, is_rtl, joined

_LEAST = 3  # lines on both sides of a gutter
_NARROWEST = 0.8  # ems of a gutter
_CELL = 15  # characters: shorter lines beside each other are cells of a table
_DEEPEST = 8


@dataclass(slots=True)
class _Band:
    """Lines that overlap in height, from one horizontal white to the next."""

    lines: list[Line]
    bottom: float

    @property
    def top(self) -> float:
        return max(line.top for line in self.lines)

    def gaps(self) -> list[tuple[float, float]]:
        """The white between its lines, from left to right."""
        found: list[tuple[float, float]] = []
        right = None
        for line in sorted(self.lines, key=lambda each: each.left):
            if right is not None and line.left > right:
                found.append((right, line.left))
            right = line.right if right is None else max(right, line.right)
        return found

    def narrowed(self, gap: tuple[float, float]) -> tuple[float, float] | None:
        """What its lines leave of a gutter; None when they close it."""
        low, high = gap
        for line in self.lines:
            if line.right <= low or line.left >= high:
                continue
            if line.left > low and line.left - low >= high - line.right:
                high = line.left
            else:
                low = line.right
            if low >= high:
                return None
        return low, high


class Columns:
    """Finds the columns of pages; remembers where the gutters of a document are, for pages with few lines."""

    def __init__(self) -> None:
        self._gutters: set[int] = set()  # whole points

    def blocks_of(self, lines: Sequence[Line]) -> list[list[Line]]:
        """The lines of a page in reading order, as blocks: columns or parts of them, each from top to bottom."""
        rtl = is_rtl(" ".join(line.text for line in lines))
        return [block for block in self._ordered(list(lines), rtl=rtl, depth=0) if block]

    def _ordered(self, lines: list[Line], *, rtl: bool, depth: int) -> list[list[Line]]:
        bands = _bands(lines)
        found: list[list[Line]] = []
        plain: list[_Band] = []
        index = 0
        while index < len(bands):
            group = self._columns_from(bands, index) if depth < _DEEPEST else None
            if group is None:
                plain.append(bands[index])
                index += 1
                continue
            end, gutter = group
            first = _begin(plain, bands[index], gutter)
            found.append(_rows(plain[:first]))
            inside = [line for band in (*plain[first:], *bands[index:end]) for line in band.lines]
            plain = []
            middle = (gutter[0] + gutter[1]) / 2
            sides = [line for line in inside if line.left < middle], [line for line in inside if line.left >= middle]
            for side in reversed(sides) if rtl else sides:
                found += self._ordered(side, rtl=rtl, depth=depth + 1)
            index = end
        return [*found, _rows(plain)]

    def _columns_from(self, bands: list[_Band], start: int) -> tuple[int, tuple[float, float]] | None:
        """Where the columns that begin with this band end (exclusive), and their gutter; None when there are none."""
        best: tuple[int, int, tuple[float, float]] | None = None
        for gap in bands[start].gaps():
            end, beside, gutter = _extended(bands, start, gap)
            points = set(range(round(gutter[0]) + 1, round(gutter[1])))
            least = 1 if points & self._gutters else _LEAST
            if beside < least or _is_table(bands[start:end], gutter):
                continue
            if beside >= _LEAST:
                self._gutters |= points
            if best is None or beside > best[0]:
                best = beside, end, gutter
        return None if best is None else (best[1], best[2])


def _bands(lines: list[Line]) -> list[_Band]:
    bands: list[_Band] = []
    for line in sorted(lines, key=lambda each: -each.top):
        if bands and line.top - 0.2 * line.size > bands[-1].bottom:
            bands[-1].lines.append(line)
            bands[-1].bottom = min(bands[-1].bottom, line.bottom)
        else:
            bands.append(_Band([line], line.bottom))
    return bands


def _extended(bands: list[_Band], start: int, gap: tuple[float, float]) -> tuple[int, int, tuple[float, float]]:
    """How far down a gutter goes, how many lines stand beside each other there, and what is left of it."""
    beside, end, gutter = 0, start, gap
    for index in range(start, len(bands)):
        band = bands[index]
        rest = band.narrowed(gutter)
        size = min(line.size for line in band.lines)
        if rest is None or rest[1] - rest[0] < _NARROWEST * size:
            break
        left = sum(line.right <= rest[0] for line in band.lines)
        right = len(band.lines) - left
        pitch = 1.7 * size
        if not (left and right) and index > start and bands[index - 1].bottom - band.top > pitch:
            break  # something new begins below
        gutter, end = rest, index + 1
        if left and right:
            beside += min(left, right)
    return end, beside, gutter


def _is_table(bands: list[_Band], gutter: tuple[float, float]) -> bool:
    """Whether what stands beside each other is read row by row: short cells on common baselines."""
    aligned = all(max(line.base for line in band.lines) - min(line.base for line in band.lines) < 2 for band in bands)
    if not aligned:
        return False
    left = [[line.text for line in band.lines if line.left < gutter[1]] for band in bands]
    right = [[line.text for line in band.lines if line.left >= gutter[1]] for band in bands]
    return any(0 < _usual_length(side) < _CELL for side in (left, right))


def _usual_length(side: list[list[str]]) -> float:
    """How many characters the pieces of one side mostly have, 0 of none.

    A line that is spread to the edges of its column falls into its words, which are no cells: where most lines are whole, they count.
    """
    filled = [pieces for pieces in side if pieces]
    whole = [pieces for pieces in filled if len(pieces) == 1]
    counted = whole if 2 * len(whole) >= len(filled) else filled
    return median(len(piece) for pieces in counted for piece in pieces) if counted else 0


def _begin(plain: list[_Band], first: _Band, gutter: tuple[float, float]) -> int:
    """From where on the lines above belong to the columns: one of them may begin higher than the other."""
    begin, below = len(plain), first
    while begin:
        band = plain[begin - 1]
        rest = band.narrowed(gutter)
        size = min(line.size for line in band.lines)
        if rest is None or rest[1] - rest[0] < _NARROWEST * size or band.bottom - below.top > 0.7 * size:
            break
        if abs(size - min(line.size for line in below.lines)) > 0.1 * size:
            break
        begin, below = begin - 1, band
    return begin


def _rows(bands: list[_Band]) -> list[Line]:
    """Lines from top to bottom; what stands on one baseline becomes one line."""
    lines = sorted((line for band in bands for line in band.lines), key=lambda each: (-each.base, each.left))
    rows: list[list[Line]] = []
    for line in lines:
        if rows and rows[-1][0].base - line.base < 0.25 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(row, is_table=_is_in_table(rows, index)) for index, row in enumerate(rows)]


def _is_in_table(rows: list[list[Line]], index: int) -> bool:
    """Whether a row of several cells stands with others of that kind and not in a text that is spread to the edges."""
    if len(rows[index]) == 1:
        return False
    first = last = index
    while first and len(rows[first - 1]) > 1:
        first -= 1
    while last + 1 < len(rows) and len(rows[last + 1]) > 1:
        last += 1
    starts = Counter(round(line.left / 3) for row in rows[first : last + 1] for line in row[1:])
    return last - first + 1 >= _LEAST <= max(starts.values())


def _row(row: list[Line], *, is_table: bool) -> Line:
    rtl = is_rtl(" ".join(line.text for line in row))
    ordered = sorted(row, key=(lambda each: -each.right) if rtl else (lambda each: each.left))
    whole = ordered[0]
    for line in ordered[1:]:
        whole = joined(whole, line, "\t" if is_table else " ")
    return whole
