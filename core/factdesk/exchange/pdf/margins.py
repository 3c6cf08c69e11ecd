"""What stands around the text of pages: running headers and footers, page numbers, and notes at the foot."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from statistics import median

from factdesk.exchange.pdf.lines import Line

_MARGIN = 0.13  # share of a page's height in which headers and footers stand
_LONGEST = 160  # characters of a row with a page number
_OUTERMOST = 3  # lines of different height at each end of a page
_NEAR = 4.0  # points that a running line may move
_GAP = 1.8  # line heights between a running line and the text
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.|página|pagina)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur|di|\|)\s*\d{1,4})?\W*"
    r"|\W*[ivxl]{1,6}\W*",
    re.IGNORECASE,
)
_WITH_NUMBER = re.compile(
    r"(?P<a>\d{1,4})\s*[|·•–—]\s*\D{2,60}|\D{2,60}\s*[|·•–—]\s*(?:page\s*)?(?P<b>\d{1,4})", re.IGNORECASE
)
_PRINTED = re.compile(r"\S*(?:https?://|file://|www\.)\S*(?:\s+\d+\s*/\s*\d+)?", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:\d{1,3}[.):]?\s?|[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s?|[*†‡§]{1,3}\s?)[^\W\d_“\"'‘(].*|\d{1,3}[.)]\s.*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s.*"
)


_Key = tuple[int, bool, str, float]
"""A running line: number of the page, whether at its top, words, baseline."""


@dataclass(slots=True)
class Page:
    """A page as its lines; the text alone after `strip_margins`."""

    lines: list[Line]
    height: float
    number: int
    notes: list[Line] = field(default_factory=list)


def body_size(pages: Sequence[Page]) -> float:
    """The size of most letters."""
    letters: dict[float, int] = defaultdict(int)
    for page in pages:
        for line in page.lines:
            letters[round(line.size * 2) / 2] += len(line.text)
    return max(letters, key=lambda size: letters[size]) if letters else 10.0


def strip_margins(pages: Sequence[Page]) -> list[str]:
    """Takes running lines and page numbers out of the pages; gives them, each once."""
    repeated = _repeated(pages) | _set_apart(pages)
    gone: dict[str, None] = {}
    for page in pages:
        out: set[int] = set()
        for at_top in (True, False):
            out |= _running(page, repeated, at_top=at_top)
        gone |= {line.text: None for line in page.lines if id(line) in out}
        page.lines = [line for line in page.lines if id(line) not in out]
    return list(gone)


def _running(page: Page, repeated: set[_Key], *, at_top: bool) -> set[int]:
    """The lines at one end of a page that are no text, from the edge inwards until text begins."""
    out: set[int] = set()
    waiting: set[int] = set()  # rows that are followed closely by others: what they are shows there
    for row in _outer_rows(page, at_top=at_top):
        if any(_is_furniture(line.text, page.number) for line in row) and _is_short(row):
            waiting |= {id(line) for line in row}  # and what stands beside it
        else:
            again = {id(line) for line in row if (page.number, at_top, line.text, line.base) in repeated}
            if not again:
                break
            waiting |= again
        if _is_apart(page, row, at_top=at_top):
            out |= waiting
    return out


def _is_furniture(text: str, page: int) -> bool:
    """Whether a line in the margin looks like what stands around a text, even if it stands there only once."""
    if _PAGE_NUMBER.fullmatch(text) or _PRINTED.fullmatch(text):
        return True
    found = _WITH_NUMBER.fullmatch(text)
    return found is not None and (found["a"] or found["b"]) == str(page)


def _is_short(row: Sequence[Line]) -> bool:
    return sum(len(line.text) for line in row) <= _LONGEST


def _is_apart(page: Page, row: Sequence[Line], *, at_top: bool) -> bool:
    """Whether a row stands further from the text than lines of a text stand from each other."""
    base, size = row[0].base, row[0].size
    inner = [line.base for line in page.lines if (line.base < base - 1 if at_top else line.base > base + 1)]
    if not inner:
        return True
    gap = abs(base - (max(inner) if at_top else min(inner)))
    heights = sorted({round(line.base) for line in page.lines})
    gaps = sorted(after - before for before, after in pairwise(heights))
    usual = gaps[len(gaps) // 4] if len(gaps) > 2 else 0
    return gap > 1.5 * size and gap > 1.2 * usual


def take_notes(page: Page, body: float) -> None:
    """Moves the notes at the foot of a page out of its text."""
    small = [line for line in page.lines if line.size <= 0.93 * body and line.base < 0.6 * page.height]
    large = [line for line in page.lines if line.size > 0.93 * body]
    lowest = [
        line
        for line in small
        if not any(each.base < line.base and each.left < line.right and each.right > line.left for each in large)
    ]
    notes: list[Line] = []
    for line in sorted(lowest, key=lambda each: (round(each.left / 100), -each.base)):
        if notes or _NOTE.fullmatch(line.text):
            notes.append(line)
    taken = {id(line) for line in notes}
    page.notes = notes
    page.lines = [line for line in page.lines if id(line) not in taken]


def _outer_rows(page: Page, *, at_top: bool) -> list[list[Line]]:
    """The outermost rows at one end of a page, as far as they stand in its margin, from the edge inwards."""
    rows: list[list[Line]] = []
    for line in sorted(page.lines, key=lambda each: -each.base if at_top else each.base):
        inside = line.base > page.height * (1 - _MARGIN) if at_top else line.base < page.height * _MARGIN
        if not inside:
            break
        if rows and abs(line.base - rows[-1][0].base) <= 0.5 * line.size:
            rows[-1].append(line)
        elif len(rows) == _OUTERMOST:
            break
        else:
            rows.append([line])
    return rows


def _repeated(pages: Sequence[Page]) -> set[_Key]:
    """Lines that stand on several pages at the same place with the same words, whatever their numbers."""
    places: dict[tuple[bool, str], list[tuple[int, Line]]] = defaultdict(list)
    for page in pages:
        for at_top in (True, False):
            for line in chain.from_iterable(_outer_rows(page, at_top=at_top)):
                places[at_top, re.sub(r"\d+", "#", line.text).casefold()].append((page.number, line))
    least = max(2, round(0.3 * len(pages)))
    found: set[_Key] = set()
    for (at_top, _), lines in places.items():
        middle = median(line.base for _, line in lines)
        near = [(number, line) for number, line in lines if abs(line.base - middle) <= _NEAR]
        if len({number for number, _ in near}) >= min(least, 5):
            found |= {(number, at_top, line.text, line.base) for number, line in near}
    return found


def _set_apart(pages: Sequence[Page]) -> set[_Key]:
    """A line of other words on each page, but always alone at the same height and well apart from the text."""
    found: set[_Key] = set()
    if len(pages) < 3:
        return found
    for at_top in (True, False):
        ends = [(page, end) for page in pages if (end := _lonely(page, at_top=at_top)) is not None]
        if len(ends) < max(3, 0.8 * len(pages)):
            continue
        middle = median(line.base for _, line in ends)
        near = [(page, line) for page, line in ends if abs(line.base - middle) <= 1]
        if len(near) >= max(3, 0.8 * len(pages)):
            found |= {(page.number, at_top, line.text, line.base) for page, line in near}
    return found


def _lonely(page: Page, *, at_top: bool) -> Line | None:
    outer = _outer_rows(page, at_top=at_top)
    order = sorted(page.lines, key=lambda line: -line.base if at_top else line.base)
    if not outer or len(order) < 3 or len(order[0].text) > 120:
        return None
    gap = abs(order[0].base - order[1].base)
    return order[0] if gap > _GAP * 1.2 * order[1].size and order[0].size <= 1.1 * order[1].size else None
