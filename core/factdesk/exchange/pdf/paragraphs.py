"""From lines to paragraphs: breaks by gap, indent and short last lines; words broken at line ends made whole."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from factdesk.exchange.pdf.lines import Line

HYPHENS = "-\u2010\u00ad"

_LONGEST_WORD = 100  # characters at the end of a line to look at
_ENDS = re.compile(r"[.!?…:;。！？؟][\"”’»›)\]“]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BULLET = re.compile(r"(?:[•‣▪◦●○■□–—*]\s|-\s|\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_TOKEN = re.compile(r"[^\W_]+(?:[-\u2010'’][^\W_]+)*")
_LAST = re.compile(r"([^\W_]+(?:[-'’][^\W_]+)*)[-\u2010\u00ad]$")
_FIRST = re.compile(r"[^\W_]+")
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_GLUED = re.compile(r"(?:\S[—/]|\d–)$")
_AND = frozenset({"and", "or", "to", "und", "oder", "bis", "bzw", "et", "ou", "y", "o", "e"})  # “ice- and snow-bound”
_SMALL = frozenset(
    {"of", "the", "to", "and", "in", "by", "up", "on", "off", "at", "for", "a", "an", "de", "la", "le", "du"}
)
_FIRST_PARTS = frozenset(
    {
        "self", "ex", "non", "all", "half", "well", "ill", "cross", "mid", "vice", "high", "low", "long",
        "short", "full", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "so", "one", "first", "second",
        "third", "then", "north", "south", "west", "east", "pro", "anti", "ever", "much", "no"
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What a whole document says about its words."""

    known: Counter[str]
    compounds: frozenset[str]
    are_real: bool  # hyphens at the ends of lines are typed ones: lines are broken with others, or hardly at all


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, with what tells whether the next one goes on."""

    lines: tuple[Line, ...]
    is_indented: bool = False
    room: float = 0.0  # points from the end of its last line to the edge of the column
    is_justified: bool = False  # lines that go on do so at the edge

    @property
    def size(self) -> float:
        """The size of its letters."""
        return self.lines[0].size


def words_of(lines: Iterable[Line]) -> Words:
    """The words of a document, without those that are broken at the ends of lines."""
    known: Counter[str] = Counter()
    soft = hard = count = 0
    broken = False
    for line in lines:
        count += 1
        text = line.text
        tokens = _TOKEN.findall(text.casefold())
        if broken:
            tokens = tokens[1:]
        broken = text.endswith(tuple(HYPHENS))
        if broken:
            tokens = tokens[:-1]
            soft += text[-1] != "-"
            hard += text[-1] == "-"
        known.update(tokens)
        known.update(part for token in tokens if "-" in token for part in token.split("-"))
    return Words(
        known,
        frozenset(word for word in known if "-" in word),
        soft >= 3 or (count >= 12 and hard <= max(1, 0.03 * count)),
    )


def paragraphs_of(block: Sequence[Line], body: float, pitch: float) -> list[Paragraph]:
    """The paragraphs of one column. `pitch` is how far lines stand apart, in sizes of their letters."""
    if not block:
        return []
    edges = _Edges(block, body)
    groups: list[list[Line]] = [[block[0]]]
    for before, line in pairwise(block):
        if _is_break(before, line, edges, pitch, is_first=len(groups[-1]) == 1):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [
        Paragraph(tuple(group), edges.is_indented(group[0]), edges.room(group[-1]), edges.are_even) for group in groups
    ]


def line_pitch(blocks: Iterable[Sequence[Line]]) -> float:
    """How far the lines of a document stand apart, in sizes of their letters."""
    found = [
        (before.base - line.base) / line.size
        for block in blocks
        for before, line in pairwise(block)
        if abs(before.size - line.size) < 0.5 and 0.8 < (before.base - line.base) / line.size < 3.5
    ]
    return quantiles(found, n=10)[2] if len(found) > 2 else 1.25


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if abs(before.size - after.size) > 0.08 * before.size or before.lines[-1].bold != after.lines[0].bold:
        return False
    last, first = before.lines[-1].text, after.lines[0].text
    if _begins_item(first, last):
        return False
    if _LAST.search(last) and first[:1].islower():
        return True
    is_full = before.room < (0.5 * before.size if before.is_justified else _first_word(after.lines[0]))
    is_full = is_full and not _is_short_line(before, after)
    if _ENDS.search(last):
        return is_full and not after.is_indented
    return first[:1].islower() or (is_full and not after.is_indented)


def _is_short_line(before: Paragraph, after: Paragraph) -> bool:
    """Whether one line by itself, such as a byline, is short beside the text that follows it in a column of its own."""
    if len(before.lines) > 1:
        return False
    last = before.lines[0]
    return last.right - last.left < 0.8 * max(line.right - line.left for line in after.lines)


def text_of(lines: Sequence[Line], words: Words) -> str:
    """The lines of a paragraph as running text."""
    text = lines[0].text
    for line in lines[1:]:
        text = _continued(text, line.text, words)
    return re.sub("  +", " ", text.replace("\u00ad", ""))


def _continued(text: str, after: str, words: Words) -> str:
    end = text[-_LONGEST_WORD:]
    last, first = _LAST.search(end), _FIRST.match(after)
    if last and first:
        whole, between = _unbroken(last[1], text[-1], first[0], words)
        return (text if whole else text[:-1]) + between + after
    if text.endswith("\u00ad"):
        return text[:-1] + after
    if text and after and _CJK.match(text[-1]) and _CJK.match(after[0]):
        return text + after
    glued = _GLUED.search(end) or (after.startswith("—") and not after.startswith("— ") and not _ENDS.search(end))
    return text + ("" if glued else " ") + after


def _unbroken(last: str, mark: str, first: str, words: Words) -> tuple[bool, str]:
    """Whether the hyphen between two parts stays, and what comes after it."""
    if mark == "\u00ad":
        return False, ""
    if first.casefold() in _AND and f"{last}{first}".casefold() not in words.known:
        return True, " "
    return _is_own_hyphen(last, mark, first, words), ""


def _is_own_hyphen(last: str, mark: str, first: str, words: Words) -> bool:
    low, next_low = last.casefold(), first.casefold()
    tail = low.rpartition("-")[2]
    if not first[0].islower():
        return not (last.isupper() and first.isupper() and len(last) > 1 and f"{low}{next_low}" in words.known)
    if f"{low}-{next_low}" in words.compounds:
        return True
    if mark == "\u2010" or f"{low}{next_low}" in words.known:
        return False
    if words.are_real or tail[-1:].isdigit() or len(tail) == 1:
        return True
    is_known = next_low in words.known
    if "-" in low:
        return tail in _SMALL or (is_known and tail in words.known)
    if tail in _FIRST_PARTS:
        return is_known or len(first) >= 5
    return is_known and tail in words.known and min(len(first), len(tail)) >= 4


class _Edges:
    """Where the lines of a block begin and end, in reading direction."""

    def __init__(self, block: Sequence[Line], body: float) -> None:
        usual = [line for line in block if abs(line.size - body) <= 0.1 * body] or list(block)
        starts = Counter(round(self._start(line)) for line in usual)
        common = starts.most_common(1)[0][1]
        self._left = min(start for start, count in starts.items() if count >= max(1, 0.5 * common))
        ends = sorted(self._end(line) for line in usual)
        self._right = ends[min(len(ends) - 1, int(0.95 * len(ends)))]
        self.are_even = sum(self._right - end < 1.5 for end in ends) > 0.5 * len(ends) > 1

    @staticmethod
    def _start(line: Line) -> float:
        return -line.right if line.is_rtl else line.left

    @staticmethod
    def _end(line: Line) -> float:
        return -line.left if line.is_rtl else line.right

    def is_indented(self, line: Line) -> bool:
        """Whether it begins further inside than most."""
        return 0.6 * line.size < self._start(line) - self._left < 6 * line.size

    def room(self, line: Line) -> float:
        """How much more would have fitted into a line."""
        return self._right - self._end(line)


def _is_break(before: Line, line: Line, edges: _Edges, pitch: float, *, is_first: bool) -> bool:
    size = max(before.size, line.size)
    if abs(before.size - line.size) > 0.12 * size or before.bold != line.bold:
        return True
    if (before.base - line.base) / line.size > 1.22 * pitch + 0.02:
        return True
    if _begins_item(line.text, before.text) or "\t" in line.text or "\t" in before.text:
        return True
    if edges.is_indented(line) and not edges.is_indented(before):
        return True
    if edges.is_indented(line) and is_first and _ENDS.search(before.text):
        return True
    may_end = bool(_ENDS.search(before.text)) or edges.is_indented(line)
    return may_end and edges.room(before) > _first_word(line)


def _begins_item(text: str, before: str) -> bool:
    """Whether a line begins an item of a list; a dash may also stand inside of a sentence."""
    if not _BULLET.match(text):
        return False
    return text[0] not in "–—-" or bool(_ENDS.search(before))


def _first_word(line: Line) -> float:
    """How wide the first word of a line is, with the space before it and a little for uneven letters."""
    first = line.text.partition(" ")[0]
    return (line.right - line.left) * (len(first) + 1) / max(1, len(line.text)) + 0.8 * line.size
