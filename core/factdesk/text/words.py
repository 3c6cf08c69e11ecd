"""Edges of words, for moving and trimming spans.

Everything looks at a stretch around the place only, so that a step costs the same in a text of any length.
"""

from itertools import pairwise

from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_edges, cluster_end, cluster_start, is_calm_break, pattern, snap_span

_REACH = 256  # characters looked at to either side before looking further
_FURTHEST = 1024
_MARGIN = 64  # beyond the end, so that its last word is seen whole
_EDGES = r"(?w)\b"
_STOPS = frozenset(".!?…%‰。！？।؟۔")  # may belong to the word they follow
_BLANK = frozenset("\u200b\u2060\ufeff\u180e")
_BULLETS = frozenset("•·‣▪◦●○■□▶►➤*")
_DASHES = frozenset("-–—‐‑")
_OPENING = {"“": "”", "‘": "’", "«": "»", "‹": "›", "「": "」", "『": "』", "„": "“”", "‚": "‘’", "»": "«", "”": "”"}
_CLOSING = frozenset("”’»›」』“‘«")
_STRAIGHT = frozenset("\"'`´")


def next_word_end(text: str, index: int) -> int:
    """The nearest end of a word (or of the full stop behind it) after the index; the index when there is none."""
    return min((end for _, end in _words_after(text, index) if end > index), default=index)


def next_word_start(text: str, index: int) -> int:
    """The nearest start of a word after the index; the index when there is none."""
    return min((start for start, _ in _words_after(text, index) if start > index), default=index)


def previous_word_end(text: str, index: int) -> int:
    """The nearest end of a word (or of the full stop behind it) before the index; the index when there is none."""
    return max((end for _, end in _words_before(text, index) if end < index), default=index)


def previous_word_start(text: str, index: int) -> int:
    """The nearest start of a word before the index; the index when there is none."""
    return max((start for start, _ in _words_before(text, index) if start < index), default=index)


def word_at(text: str, index: int) -> Span | None:
    """The word that the index lies in or touches, for a double click or a caret without selection."""
    around = [(s, e) for s, e in _segments(text, index - _REACH, index + _REACH) if s <= index <= e]
    words = [(s, e) for s, e in around if _is_word(text[s:e])]
    return Span(*max(words, key=lambda word: (word[0] <= index < word[1], word[1]))) if words else None


def whole_words(text: str, span: Span) -> Span:
    """The span grown to whole words where an edge lies inside one, as after a hasty drag of the mouse."""
    first, last = word_at(text, span.start), word_at(text, span.end)
    start = first.start if first is not None and first.start < span.start < first.end else span.start
    end = last.end if last is not None and last.start < span.end < last.end else span.end
    return Span(start, end)


def trim_span(text: str, span: Span) -> Span | None:
    """The span without blanks, bullets and stray quotation marks at its edges; None when nothing is left.

    A quotation mark goes when its partner is outside, or when the pair embraces the whole span. No visible character
    is cut: the span first grows to whole ones.
    """
    span = snap_span(text, span)
    start, end = span.start, span.end
    while start < end:
        if (found := _leading(text, start, end)) != start:
            start = found
        elif (found := _trailing(text, start, end)) != end:
            end = found
        elif _is_embraced(text, start, end):
            start, end = start + 1, end - 1
        else:
            return Span(start, end)
    return None


def _leading(text: str, start: int, end: int) -> int:
    """Where the span starts without its first character, if that one is to go."""
    first = text[start]
    if cluster_end(text, start + 1) != start + 1:
        return start
    following = text[start + 1] if start + 1 < end else " "
    if _is_blank(first) or first in _BULLETS:
        return start + 1
    if first in _DASHES:
        return start + 1 if following.isspace() else start
    if first in "'’" and following.isalnum() and _is_elision(text, start, end):
        return start
    is_stray = _is_quote(first) and not _has_partner_behind(text, start, end)
    return start + 1 if is_stray else start


def _trailing(text: str, start: int, end: int) -> int:
    last = text[end - 1]
    if cluster_start(text, end - 1) != end - 1:
        return end
    if _is_blank(last):
        return end - 1
    is_stray = _is_quote(last) and not _has_partner_before(text, start, end - 1)
    return end - 1 if is_stray else end


def _is_blank(character: str) -> bool:
    return character.isspace() or character in _BLANK


def _is_quote(character: str) -> bool:
    return character in _OPENING or character in _CLOSING or character in _STRAIGHT


def _is_elision(text: str, start: int, end: int) -> bool:
    """’90s, ’tis: an apostrophe in front of a word, not an opening quotation mark."""
    return text[start + 1].isdigit() and not any(mark in text[start + 2 : end] for mark in "’'")


def _has_partner_behind(text: str, start: int, end: int) -> bool:
    mark, rest = text[start], text[start + 1 : end]
    if mark in _STRAIGHT:
        return _lone_marks(mark, rest) % 2 == 1
    return any(_lone_marks(partner, rest) for partner in _OPENING.get(mark, ""))


def _has_partner_before(text: str, start: int, end: int) -> bool:
    mark, rest = text[end], text[start:end]
    if mark in _STRAIGHT:
        return _lone_marks(mark, rest) % 2 == 1
    openers = [opener for opener, closers in _OPENING.items() if mark in closers]
    return any(rest.count(opener) > 0 for opener in openers)


def _lone_marks(mark: str, text: str) -> int:
    """How often the mark stands there as a quotation mark: an apostrophe between letters is none."""
    if mark not in "'’":
        return text.count(mark)
    return sum(
        character == mark and not (text[i - 1 : i].isalnum() and text[i + 1 : i + 2].isalnum())
        for i, character in enumerate(text)
    )


def _is_embraced(text: str, start: int, end: int) -> bool:
    """Whether one pair of quotation marks holds the whole span and nothing else pairs with either."""
    first, last, inside = text[start], text[end - 1], text[start + 1 : end - 1]
    if end - start < 2 or cluster_end(text, start + 1) != start + 1:
        return False
    if first in _STRAIGHT:
        return last == first and _lone_marks(first, inside) == 0
    return last in _OPENING.get(first, "") and first not in inside and _lone_marks(last, inside) == 0


def _words_after(text: str, index: int) -> list[tuple[int, int]]:
    reach = _REACH
    while True:
        found = [w for w in _word_spans(text, index - _MARGIN, index + reach) if w[1] > index]
        if any(start > index for start, _ in found) or index + reach >= len(text):
            return found
        reach *= 4


def _words_before(text: str, index: int) -> list[tuple[int, int]]:
    reach = _REACH
    while True:
        found = [w for w in _word_spans(text, index - reach, index + reach) if w[0] < index]
        if any(end < index for _, end in found) or index - reach <= 0:
            return found
        reach *= 4


def _word_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Words from around start to around end, and for a word with its full stop one more span that takes it in."""
    found: list[tuple[int, int]] = []
    for first, last in _segments(text, start, end):
        piece = text[first:last]
        if _is_word(piece):
            found.append((first, last))
        elif found and found[-1][1] == first and _STOPS.issuperset(piece):
            found.append((found[-1][0], last))
    return found


def _is_word(piece: str) -> bool:
    """Letters and figures, and whatever is drawn: emoji, currency and other signs."""
    first = piece[0]
    return first.isalnum() or not (first.isspace() or first in _BLANK or _is_punctuation(first))


def _is_punctuation(character: str) -> bool:
    return pattern(r"[\p{P}\p{Cc}\p{Cf}\p{M}]").match(character) is not None


def _segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch from start to end cut at word edges (Unicode annex 29), and a little more to either side."""
    first = _blank_place_before(text, max(0, start))
    stretch = text[first : end + _MARGIN]
    whole = cluster_edges(stretch)
    edges = [edge for match in pattern(_EDGES).finditer(stretch) if (edge := match.start()) in whole]
    if first + len(stretch) < len(text):
        edges = edges[:-2]  # what the stretch cuts off at its end is no edge
    else:
        edges.append(len(stretch))
    return [(first + a, first + b) for a, b in pairwise([0, *edges]) if a < b]


def _blank_place_before(text: str, index: int) -> int:
    """A place at or before the index where a word can start: behind a blank, and no visible character is cut."""
    lowest = max(0, index - _FURTHEST)
    place = index
    while place > lowest and not (text[place - 1] in " \n" and place < len(text) and is_calm_break(text, place)):
        place -= 1
    return cluster_start(text, place)
