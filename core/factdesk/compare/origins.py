"""Articles that share their text: wire copy with another lead, reprints, rewrites.

Texts are compared by runs of four words. A few runs of each text, chosen by their hash alone, find the pairs that may share a
passage; only those are compared in full, so that the cost grows with the amount of text and not with the number of pairs. What
stands in quotation marks does not count: independent reporters quote the same speech word for word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from zlib import crc32

from factdesk.model.analysis import FoundOrigin

SHARE = 0.3
"""The part of the shorter text that two articles have in common from which on they are taken to be of one origin."""

_RUN = 4  # words
_FEWEST = 25  # words in common; less is a slogan or a byline
_FIRST_LOOK = 3  # runs found in common before two texts are compared
_ALL_PAIRS = 8  # a run that more articles have pairs each with its neighbour and with the first only
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"“[^”\n]{1,1500}”|«[^»\n]{1,1500}»|„[^“”\n]{1,1500}[“”]|\"[^\"\n]{1,1500}\"|``[^\n]{1,1500}?''")
_BASE, _PRIME = 1_000_003, (1 << 61) - 1


@dataclass
class _Text:
    """One article as words outside quotations and their runs."""

    id: str
    words: list[int]

    @cached_property
    def runs(self) -> list[int]:
        """The hash of the run that begins at each word."""
        w = self.words
        return [
            (((a * _BASE + b) * _BASE + c) * _BASE + d) % _PRIME
            for a, b, c, d in zip(w, w[1:], w[2:], w[3:], strict=False)
        ]

    @cached_property
    def run_set(self) -> frozenset[int]:
        """All runs."""
        return frozenset(self.runs)

    def chosen(self) -> set[int]:
        """The smallest of every four neighbouring runs: two texts with a long passage in common choose the same ones in it."""
        runs = self.runs
        return set(map(min, zip(runs, runs[1:], runs[2:], runs[3:], strict=False))) or set(runs)

    def common(self, others: Iterable["_Text"]) -> int:
        """How many of its words stand in runs that one of the others has too."""
        known = [other.run_set for other in others]
        covered = end = 0
        for at, run in enumerate(self.runs):
            if any(run in runs for runs in known):
                covered += at + _RUN - max(at, end)
                end = at + _RUN
        return covered


def shared_origins(texts: Sequence[tuple[str, str]]) -> list[FoundOrigin]:
    """Groups of two or more articles that share their text, with the part of each that is shared.

    Every member shares text with the group's first article and with the one closest to that; so two independent articles that a
    third one copies from do not become one origin through it.

    Args:
        texts: id and text of each article, in the order of the case.
    """
    read = [_read(article_id, text) for article_id, text in texts]
    related = _related(read)
    found = []
    free = set(related)
    while free:
        lead = max(sorted(free), key=lambda i: sum(n for j, n in related[i].items() if j in free))
        near = sorted((j for j in related[lead] if j in free), key=lambda j: (-related[lead][j], j))
        group = [lead, *near[:1], *sorted(j for j in near[1:] if _in_common(read[j], read[near[0]]))]
        free -= set(group)
        if len(group) > 1:
            found.append(group)
    return [_origin([read[i] for i in group]) for group in sorted(found, key=min)]


def _read(article_id: str, text: str) -> _Text:
    outside = _QUOTED.sub(lambda match: " " * (match.end() - match.start()), text)
    return _Text(article_id, [_number(word) for word in _WORD.findall(outside)])


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    return crc32(word.casefold().encode("utf-8", "surrogatepass"))


def _related(read: Sequence[_Text]) -> dict[int, dict[int, int]]:
    """For each article that shares text: the others, with the number of words in common."""
    related: dict[int, dict[int, int]] = defaultdict(dict)
    for i, j in _candidates(read):
        words = _in_common(read[i], read[j])
        if words:
            related[i][j] = related[j][i] = words
    return related


def _in_common(one: _Text, other: _Text) -> int:
    """The words that two articles share, 0 where that is too little to mean anything."""
    common, back = one.common([other]), other.common([one])
    enough = min(common, back) >= _FEWEST and max(common / len(one.words), back / len(other.words)) >= SHARE
    return min(common, back) if enough else 0


def _candidates(read: Sequence[_Text]) -> list[tuple[int, int]]:
    """Pairs of articles worth a comparison."""
    where: dict[int, list[int]] = defaultdict(list)
    for i, text in enumerate(read):
        for run in text.chosen():
            where[run].append(i)
    seen: Counter[tuple[int, int]] = Counter()
    for rows in where.values():
        if len(rows) <= _ALL_PAIRS:
            seen.update((i, j) for n, i in enumerate(rows) for j in rows[n + 1 :])
        else:
            seen.update({*pairwise(rows), *((rows[0], j) for j in islice(rows, 1, None))})
    return sorted(pair for pair, n in seen.items() if n >= _FIRST_LOOK)


def _origin(group: list[_Text]) -> FoundOrigin:
    lead, *others = group
    shares = [lead.common(others) / len(lead.words)]
    shares += [text.common([lead]) / len(text.words) for text in others]
    return FoundOrigin(tuple(text.id for text in group), tuple(round(share, 3) for share in shares))
