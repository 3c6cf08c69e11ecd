"""Visible characters (extended grapheme clusters, Unicode annex 29): where one starts and ends.

Everything looks at a stretch around the place only, so that a step costs the same in a text of any length.
"""

from functools import cache
from typing import TYPE_CHECKING

from factdesk.model.spans import Span

if TYPE_CHECKING:
    import regex

_FURTHEST = 1024  # characters looked back for a place where a visible character certainly starts
_CALM = r"[ -~À-ÖØ-öø-ſΑ-Ωα-ωЀ-ҁא-תء-غف-ي一-鿿ぁ-ゖァ-ヺ]"  # between two of these one always ends


@cache
def pattern(source: str) -> "regex.Pattern[str]":
    """A compiled pattern of the `regex` library, which knows what Unicode calls a character and a word."""
    import regex  # noqa: PLC0415 - up to 100 ms, which the window's start does not need

    return regex.compile(source)


def cluster_start(text: str, index: int) -> int:
    """The start of the visible character that this index lies in; the index itself when it lies between two."""
    if index <= 0:
        return 0
    if index >= len(text) or is_calm_break(text, index):
        return min(index, len(text))
    return _cluster_around(text, index)[0]


def cluster_end(text: str, index: int) -> int:
    """The end of the visible character that this index lies in; the index itself when it lies between two."""
    if index <= 0:
        return 0
    if index >= len(text) or is_calm_break(text, index):
        return min(index, len(text))
    start, end = _cluster_around(text, index)
    return index if start == index else end


def cluster_edges(text: str) -> frozenset[int]:
    """Every place of a (short) text where a visible character starts or ends."""
    return frozenset(match.end() for match in pattern(r"\X").finditer(text)) | {0}


def snap_span(text: str, span: Span) -> Span:
    """The span, grown so that it cuts no visible character and ends inside the text."""
    start = cluster_start(text, min(span.start, len(text) - 1))
    return Span(start, max(cluster_end(text, span.end), cluster_end(text, start + 1)))


def is_calm_break(text: str, index: int) -> bool:
    """Whether a visible character certainly ends and another starts here, told from the two neighbours alone."""
    calm = pattern(_CALM)
    return (text[index - 1] == "\n" or calm.match(text[index - 1]) is not None) and (
        text[index] == "\n" or calm.match(text[index]) is not None
    )


def _calm_place_before(text: str, index: int) -> int:
    """A place at or before the index where a visible character certainly starts."""
    lowest = max(0, index - _FURTHEST)
    place = index
    while place > lowest and not is_calm_break(text, place):
        place -= 1
    return place


def _cluster_around(text: str, index: int) -> tuple[int, int]:
    first = _calm_place_before(text, index)
    for match in pattern(r"\X").finditer(text[first : index + _FURTHEST]):  # a slice: flags are counted from its start
        if first + match.end() > index:
            return first + match.start(), first + match.end()
    return index, index
