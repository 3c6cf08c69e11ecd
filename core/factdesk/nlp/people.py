"""Which person a short form means: full names of a case, by surname and by where they stand."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from factdesk.nlp.drafts import NameUse
from factdesk.nlp.sounds import alike, same_given_name, skeleton

_PARTICLES = frozenset(
    {"von", "van", "de", "der", "den", "del", "da", "di", "la", "le", "al", "bin", "ben", "el", "ter", "dos"}
)
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")


def _cased(name: str) -> str:
    name = _SUFFIX.sub("", name)
    return " ".join(w.capitalize() if w.isupper() and len(w) > 3 else w for w in name.split())


class People:
    """The full names of a case."""

    def __init__(self, settled: Mapping[str, Sequence[NameUse]]) -> None:
        self._count: Counter[str] = Counter()
        self._where: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for article, uses in settled.items():
            for use in uses:
                if use.label == "PERSON" and len(use.text.split()) > 1:
                    name = _cased(use.text)
                    self._count[name] += 1
                    self._where[article].append((use.span.start, name))
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        for name, _count in sorted(self._count.items(), key=lambda item: (-item[1], item[0])):
            self._by_surname[skeleton(name.split()[-1])].append(name)
        self._leader = self._leaders()

    def _leaders(self) -> dict[str, str]:
        """Each full name and the commonest spelling of that person's name."""
        leader: dict[str, str] = {}
        for name, _count in sorted(self._count.items(), key=lambda item: (-item[1], item[0])):
            words = name.split()
            same = (other for other in self._named(words[-1]) if other in leader and leader[other] == other)
            leader[name] = next((other for other in same if self._fits(words, other.split())), name)
        return leader

    def _named(self, surname: str) -> list[str]:
        """Full names with this surname, the commonest first."""
        same = self._by_surname.get(skeleton(surname), [])
        if same or len(surname) <= 5:
            return same
        return [name for other, names in self._by_surname.items() if alike(other, surname) for name in names]

    def full(self, text: str, article: str, offset: int) -> str:
        """The fullest name of the person meant by what stands there."""
        name = _cased(text)
        words = name.split()
        if len(words) > 1:
            fitting = [other for other in self._named(words[-1]) if self._fits(words, other.split())]
            return (
                self._leader[next((other for other in fitting if len(other.split()[0].rstrip(".")) > 1), fitting[0])]
                if fitting
                else name
            )
        same = self._named(words[-1]) or self._by_given_name(words[0])
        if not same:
            return name
        return self._leader[self._nearest(same, article, offset)]

    def _by_given_name(self, word: str) -> list[str]:
        found = [name for name in self._count if name.split()[0] == word]
        return found if len({self._leader[name] for name in found}) == 1 else []

    def _nearest(self, names: Sequence[str], article: str, offset: int) -> str:
        """Of several people with one surname the one named last before, else the one named first in the article, else the commonest."""
        if len(names) > 1:
            places = self._where.get(article, [])
            at = bisect_left(places, (offset, ""))
            for _, name in [*reversed(places[:at]), *places[at:]]:
                if name in names:
                    return name
        return names[0]

    @staticmethod
    def _fits(words: Sequence[str], other: Sequence[str]) -> bool:
        """Whether two full names with one surname can be one person's."""
        if same_given_name(words[0].rstrip("."), other[0].rstrip(".")):
            return True
        return words[0].lower() in _PARTICLES  # "von Holm" beside "Ida von Holm"
