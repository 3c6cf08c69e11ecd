"""Sentences and tokens of an article, for formats that count words instead of characters.

Every character that is no space lies in exactly one token, and every token in exactly one sentence. No sentence crosses
a line break; no token holds a space of any kind. The same text gives the same tokens on every computer.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from factdesk.exchange.dataset import Document
from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_start, pattern

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_LINE = re.compile(r"[^\n]+")
_SOLID = re.compile(r"\S+")
_STOP = re.compile(r"(?<=[؟۔।॥។၊။])\s+")  # ends of sentences that our own rules do not know
_BULLET = 4  # characters before a sentence that are no sentence of their own
_BY_UNICODE = frozenset({"ja", "zh", "ko", "th", "vi", "lo", "my", "km", "bo", "dz"})
"""Languages whose words spaCy finds only with further packages, or not at all."""
_AS = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, from the start of its first token to the end of its last."""

    tokens: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.tokens[0].start, self.tokens[-1].end)


class Tokenised:
    """The sentences and tokens of one text; `cut` tells how many tokens were parted at the edge of a mark."""

    def __init__(self, sentences: Sequence[Sentence], cut: int = 0) -> None:
        self.sentences = tuple(sentences)
        self.cut = cut
        self.tokens = tuple(token for sentence in sentences for token in sentence.tokens)
        self._starts = [token.start for token in self.tokens]
        self._ends = [token.end for token in self.tokens]
        self.firsts = (0, *accumulate(len(sentence.tokens) for sentence in sentences))[:-1]

    def covering(self, span: Span) -> range:
        """The numbers of the tokens that share a character with the span; empty when it holds only spaces."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def fits(self, span: Span) -> bool:
        """Whether the span begins where a token begins and ends where one ends."""
        found = self.covering(span)
        return bool(found) and self._starts[found[0]] == span.start and self._ends[found[-1]] == span.end

    def parts(self, span: Span) -> list[tuple[int, range]]:
        """The same by sentence: number of the sentence (from 0) and numbers of its tokens inside it (from 0)."""
        found = self.covering(span)
        parts: list[tuple[int, range]] = []
        number = bisect_right(self.firsts, found.start) - 1
        while found:
            first = self.firsts[number]
            end = min(found.stop, first + len(self.sentences[number].tokens))
            parts.append((number, range(found.start - first, end - first)))
            found, number = range(end, found.stop), number + 1
        return parts


def tokenised(document: Document, *, cut_at_marks: bool = True) -> Tokenised:
    """The sentences and tokens of an article, those of the pre-annotation as far as there are any.

    With `cut_at_marks` a token in which a mark begins or ends is parted there, so that no position is lost.
    """
    spans = sentence_spans(document.text, document.sentences)
    words = word_spans(document.text, document.article.meta.language)
    words = list(_cut(words, sorted({edge for span in spans for edge in (span.start, span.end)})))
    cut = 0
    if cut_at_marks:
        whole = len(words)
        marks = (*(mention.span for mention in document.mentions), *(each.claim.span for each in document.claims))
        words = list(_cut(words, sorted({edge for span in marks for edge in (span.start, span.end)})))
        cut = len(words) - whole
    starts = [word.start for word in words]
    bounds = [bisect_left(starts, span.start) for span in spans] + [len(words)]
    return Tokenised([Sentence(tuple(words[a:b])) for a, b in pairwise(bounds)], cut)


def sentence_spans(text: str, found: Collection[Span] = ()) -> list[Span]:
    """Sentences that hold every character but spaces, and cross no line break.

    Those that were found stay as they are as far as they can; what lies between them is parted by rules, and bullets
    go to the sentence that they stand before.
    """
    known = sorted(found)
    reached = list(accumulate((span.end for span in known), max))
    result: list[Span] = []
    for line in _LINE.finditer(text):
        inside: list[Span] = []
        at = bisect_right(reached, line.start())
        while at < len(known) and known[at].start < line.end():
            start = max(known[at].start, line.start(), inside[-1].end if inside else 0)
            end = min(known[at].end, line.end())
            inside += [] if start >= end else _trimmed(text, start, end)
            at += 1
        result += _filled(text, line.start(), line.end(), inside)
    return result


def word_spans(text: str, language: str = "") -> list[Span]:
    """The tokens of a text, found as for its language (BCP 47), without spaces."""
    code = language.partition("-")[0].lower()
    words = _by_spacy(text, _AS.get(code, code)) if code not in _BY_UNICODE else None
    if words is None:
        words = _by_unicode(text)
    solid = [
        (start + match.start(), start + match.end())
        for start, end in words
        for match in _SOLID.finditer(text[start:end])
    ]
    return list(_whole(text, solid))


# -- sentences ------------------------------------------------------------------------------------------------------


def _filled(text: str, start: int, end: int, inside: Sequence[Span]) -> list[Span]:
    """The sentences of a line with new ones between those inside it, and leftovers given to their neighbours."""
    pieces: list[Span] = []
    at = start
    for span in (*inside, None):
        until = span.start if span else end
        gap = text[at:until].strip()
        if len(gap) > _BULLET and any(map(str.isalnum, gap)):
            pieces += _by_rules(text, at, until)
        if span:
            pieces.append(span)
            at = span.end
    grown: list[Span] = []
    for piece in pieces or _trimmed(text, start, end):
        before = _trimmed(text, grown[-1].end if grown else start, piece.start)
        grown.append(Span(before[0].start if before else piece.start, piece.end))
    if grown and (after := _trimmed(text, grown[-1].end, end)):
        grown[-1] = Span(grown[-1].start, after[0].end)
    return grown


def _by_rules(text: str, start: int, end: int) -> list[Span]:
    from factdesk.nlp.sentences import split

    found: list[Span] = []
    for line in _trimmed(text, start, end):
        for sentence in split(text, line):
            stops = [match.span() for match in _STOP.finditer(text, sentence.start, sentence.end)]
            edges = [sentence.start, *(edge for stop in stops for edge in stop), sentence.end]
            found += [piece for a, b in zip(edges[::2], edges[1::2], strict=True) for piece in _trimmed(text, a, b)]
    return found


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """The stretch without spaces at its edges; [] when nothing is left."""
    piece = text[start:end]
    kept = piece.strip()
    if not kept:
        return []
    at = start + len(piece) - len(piece.lstrip())
    return [Span(at, at + len(kept))]


# -- words ----------------------------------------------------------------------------------------------------------


def _by_spacy(text: str, code: str) -> list[tuple[int, int]] | None:
    """Tokens of spaCy's rules for the language; None if they would not hold the text as it is."""
    words = _tokenizer(code)(text)
    if words.text != text:
        return None
    return [(token.idx, token.idx + len(token)) for token in words]


@cache
def _tokenizer(code: str) -> "Tokenizer":
    import spacy

    try:
        return spacy.blank(code).tokenizer
    except ImportError:  # a language that it has no rules for, or only with another package
        return spacy.blank("xx").tokenizer


def _by_unicode(text: str) -> list[tuple[int, int]]:
    """Words as Unicode annex 29 parts them."""
    found: list[tuple[int, int]] = []
    for match in _SOLID.finditer(text):
        piece = match.group()
        inner = (edge.start() for edge in pattern(r"(?w)\b").finditer(piece))
        edges = [0, *(edge for edge in inner if 0 < edge < len(piece)), len(piece)]
        found += pairwise(match.start() + edge for edge in edges)
    return found


def _whole(text: str, words: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The words, joined where one ends inside a visible character: a family of emoji, a letter and its accent."""
    kept: tuple[int, int] | None = None
    for start, end in words:
        if kept is None:
            kept = (start, end)
        elif kept[1] == start and cluster_start(text, start) != start:
            kept = (kept[0], end)
        else:
            yield Span(*kept)
            kept = (start, end)
    if kept is not None:
        yield Span(*kept)


def _cut(words: Sequence[Span], edges: Sequence[int]) -> Iterator[Span]:
    """The words, parted at each edge that lies inside one."""
    for word in words:
        first, last = bisect_right(edges, word.start), bisect_left(edges, word.end)
        if first == last:
            yield word
        else:
            yield from (Span(a, b) for a, b in pairwise((word.start, *edges[first:last], word.end)))
