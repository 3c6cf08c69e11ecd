"""Hits of a search within one text."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from itertools import islice

from factdesk.model.spans import Span
from factdesk.text.offsets import Utf16Map

_MOST = 20_000


class FoundHits:
    """Hits in text order, as UTF-16 positions, and which one is current."""

    def __init__(self) -> None:
        self.hits: list[tuple[int, int]] = []
        self.spans: list[Span] = []
        self.current = -1
        self._starts: list[int] = []

    def set_spans(self, spans: list[Span], positions: Utf16Map) -> None:
        """Replaces the hits; none is current."""
        self.spans = spans
        self.hits = [(positions.to_utf16(span.start), positions.to_utf16(span.end)) for span in spans]
        self._starts = [start for start, _ in self.hits]
        self.current = -1

    def between(self, start: int, end: int) -> tuple[int, list[tuple[int, int]]]:
        """The number of the first hit in a stretch of UTF-16 units, and the hits there."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return first, self.hits[first : bisect_left(self._starts, end)]

    def step(self, unit: int, *, forward: bool) -> Span | None:
        """Makes the next or previous hit current, the first one counted from a position; round at the ends."""
        if not self.hits:
            return None
        if self.current < 0:
            number = bisect_left(self._starts, unit) - (0 if forward else 1)
        else:
            number = self.current + (1 if forward else -1)
        self.current = number % len(self.hits)
        return self.spans[self.current]


class TextSearch:
    """Searches one text; what depends on the text alone is worked out once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded: tuple[str, list[int] | None] | None = None

    def find(self, wanted: str, *, fold: bool = True) -> list[Span]:
        """Where the text says something, capital or small letters.

        Args:
            wanted: what to look for; a blank stands for any white space.
            fold: accents and the shapes of quotation marks and dashes make no difference.
        """
        text, places = self._text, None
        if fold:
            wanted = wanted.translate(_FOLDING)
            text, places = self._fold()
        words = [re.escape(word) for word in wanted.split()]
        if not words:
            return []
        found = re.compile(r"\s+".join(words), re.IGNORECASE).finditer(text)
        sides = [match.span() for match in islice(found, _MOST)]
        if places is None:
            return [Span(start, end) for start, end in sides]
        return [Span(places[start], places[end]) for start, end in sides]

    def _fold(self) -> tuple[str, list[int] | None]:
        """The text without accents, and where each of its characters is in the text (None: at the same place)."""
        if self._folded is None:
            folded = self._text.translate(_FOLDING)
            if len(folded) == len(self._text):
                self._folded = folded, None
            else:  # accents that are characters of their own were left out: they belong to the letter before
                places = [place for place, character in enumerate(self._text) if _FOLDING[ord(character)]]
                self._folded = folded, [*places, len(self._text)]
        return self._folded


class _Folding(dict[int, str]):
    """Characters without accents, worked out when first met; never more than one character for one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        parts = unicodedata.normalize("NFD", character)
        kept = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = kept if len(kept) <= 1 else character
        return self[code]


_FOLDING = _Folding(str.maketrans("’‘“”–—‑\xa0", "''\"\"--- "))
