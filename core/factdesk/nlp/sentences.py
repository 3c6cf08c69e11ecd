"""Sentence spans, found from the characters alone, so that they are the same whatever language model is loaded.

Survives curly, German and straight quotes, abbreviations (Gen., U.S., km.), initials, lists, dialogue and missing spaces.
"""

import re

from factdesk.model.spans import Span
from factdesk.nlp import data
from factdesk.nlp.layout import BULLET, lines

_CLOSERS = "\"'”’»“‘)]"
_OPENERS = "\"'“‘„«‚([—–-"
_BREAK = re.compile(rf"([.!?…]+|[。！？])([{re.escape(_CLOSERS)}]*)(\s*)")
_TITLES = frozenset(data.words("sentences.titles"))
_UNITS = frozenset(data.words("sentences.units"))
_STARTERS = frozenset(data.words("sentences.starters"))
_HARD_LIMIT = 4000  # a "sentence" without any full stop is cut at a space, so that no pipeline chokes on it


def _word_before(text: str, start: int, end: int) -> str:
    match = re.search(r"[^\s\"'“”‘’„«»()\[\]—–]+$", text[max(start, end - 30) : end])
    return match.group() if match else ""


def _abbreviation(word: str, following: str) -> bool:
    """Whether the full stop after this word belongs to the word and no sentence ends there."""
    bare = word.casefold().strip(".")
    if bare in _TITLES and not (
        bare in {"no", "co", "inc", "ltd", "corp", "etc", "jr", "sr", "al", "art"} and following in _STARTERS
    ):
        return True
    if bare in _UNITS or "." in word.strip("."):  # km. / U.S. / p.m.
        return following not in _STARTERS and not (bare in _UNITS and following[:1].isupper())
    return len(bare) == 1 and bare.isalpha() and word != "I"  # an initial


def _ends_here(text: str, start: int, match: "re.Match[str]") -> bool:
    stop, closers, space = match.groups()
    rest = text[match.end() : match.end() + 40]
    if not rest:
        return True
    if stop in "。！？":
        return True
    following = rest.lstrip(_OPENERS)
    head = re.match(r"[\w’']+", following)
    word = head.group() if head else ""
    if not space:
        return bool(stop == "." and _joined(text[max(start, match.start() - 60) : match.start()], closers, rest))
    if not word or word[0].islower():
        return bool(word == "" and rest[0] in "•▪●")
    if stop == "…" and text[match.start() - 1 : match.start()] in {" "}:
        return False
    if stop == "." and not closers:
        return not _abbreviation(_word_before(text, start, match.start()), word)
    return True


def _joined(before: str, closers: str, rest: str) -> bool:
    """Whether two sentences stand here without a space between: operations.The Ukrainians."""
    return bool(
        re.search(r"(?:[a-zà-ÿ]{2}|\d\d|[)%])$", before[-3:])
        and re.match(r"[A-ZÀ-Þ“„«][a-zà-ÿ ’']", rest)
        and (closers or not re.match(r"[A-Z]\w*\.", rest))
        and not re.search(r"(?:www|https?:|@)\S*$", before)
    )


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    window = text[:end]
    for match in _BREAK.finditer(window, start, end):
        if match.end(2) > at and _ends_here(window, at, match):
            found.append((at, match.end(2)))
            at = match.end()
    if at < end:
        found.append((at, end))
    return found


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while end - start > _HARD_LIMIT:
        space = text.rfind(" ", start + 1, start + _HARD_LIMIT)
        middle = space if space > start else start + _HARD_LIMIT
        found.append((start, middle))
        start = middle
    return [*found, (start, end)]


def split(text: str, part: Span | None = None) -> list[Span]:
    """The sentences of a text, or of one paragraph of it, without bullets and surrounding space; quotes are kept."""
    found: list[Span] = []
    for line in lines(text) if part is None else [part]:
        bullet = BULLET.match(text, line.start, line.end)
        start = bullet.end() if bullet else line.start
        for a, b in _pieces(text, start, line.end):
            for first, last in _cut(text, a, b):
                kept = text[first:last].strip()
                if kept:
                    at = first + len(text[first:last]) - len(text[first:last].lstrip())
                    found.append(Span(at, at + len(kept)))
    return found


_EDGE_START = " \t\n\r\u00a0\u2028\u2029\"'“”‘’„‚«»‹›•·▪◦‣*■►●○-–—…,;:"
_EDGE_END = " \t\n\r\u00a0\u2028\u2029\"'“”‘’„‚«»‹›•·▪◦‣*■►●○-–—,;:"


def bare(text: str, span: Span) -> Span | None:
    """The span without spaces, quotes, bullets and dashes at its edges; None when nothing is left."""
    start, end = span.start, span.end
    while start < end and (text[start] in _EDGE_START or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _EDGE_END or text[end - 1].isspace()):
        end -= 1
    return Span(start, end) if start < end else None
