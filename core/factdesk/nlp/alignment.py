"""How much of what one sentence says stands in another, word by word.

Each word looks for the one nearest in meaning in the other sentence: the same stem, the same name, or a word with a near vector. What
finds a partner counts by its rarity, in English and in this case; small words count half. The score is that of the sentence that finds
less of itself in the other, so that a long sentence is not like every short one.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from factdesk.nlp import embedding
from factdesk.nlp.wording import STOP, common_form, spoken_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEAR = 0.35  # cosine from which on two words begin to say something alike
_ONE_THREAD = 200_000  # multiplications; OpenBLAS takes several threads from about a quarter of a million
_SMALL = 0.5  # what words without content count


class Alignment:
    """The words of all sentences of a case, ready to be compared."""

    def __init__(self, texts: Sequence[str], names: Sequence[Iterable[str]]) -> None:
        bags = [
            [*dict.fromkeys(spoken_words(text)), *sorted("\0" + name for name in named)]
            for text, named in zip(texts, names, strict=True)
        ]
        seen = Counter(word for bag in bags for word in bag)
        place = {word: i for i, word in enumerate(seen)}
        self._vectors = _vectors(list(seen))
        self._forms = _forms(list(seen))
        total = len(bags) + 1
        most = math.log(total) + 1
        self._weights = np.array([_weight(word, (math.log(total / (1 + n)) + 1) / most) for word, n in seen.items()])
        self._bags = [np.array([place[word] for word in bag], dtype=np.intp) for bag in bags]
        self._sums = np.array([max(self._weights[bag].sum(), 1e-9) for bag in self._bags])

    def scores(self, i: int, others: Sequence[int]) -> "NDArray[Any]":
        """How well sentence `i` and each of the others cover each other, 0 to 1."""
        mine = self._bags[i]
        found = np.zeros(len(others))
        full = [k for k, j in enumerate(others) if len(self._bags[j])]
        if not len(mine) or not full:
            return found
        rows = [others[k] for k in full]
        theirs = np.concatenate([self._bags[j] for j in rows])
        starts = np.cumsum([0, *(len(self._bags[j]) for j in rows[:-1])])
        near = (_product(self._vectors[mine], self._vectors[theirs]) - _NEAR) / (1 - _NEAR)
        np.clip(near, 0.0, 1.0, out=near)
        near[self._forms[mine][:, None] == self._forms[theirs]] = 1.0
        there = self._weights[mine] @ np.maximum.reduceat(near, starts, axis=1) / self._sums[i]
        back = np.add.reduceat(near.max(axis=0) * self._weights[theirs], starts) / self._sums[rows]
        found[full] = np.minimum(there, back)
        return found


def _product(rows: "NDArray[Any]", columns: "NDArray[Any]") -> "NDArray[Any]":
    """Cosines of two sets of words, in steps too small for several threads: these wait for each other more than they compute."""
    step = max(1, _ONE_THREAD // max(rows.size, 1))
    return np.hstack([rows @ columns[at : at + step].T for at in range(0, len(columns), step)])


def _weight(word: str, in_case: float) -> float:
    if word.startswith("\0"):
        return (1 + in_case) / 2
    return (embedding.load().rarity(word) + in_case) / 2 * (_SMALL if word in STOP else 1.0)


def _forms(words: Sequence[str]) -> "NDArray[Any]":
    """A number for each word, the same for forms of one word."""
    numbers: dict[str, int] = {}
    return np.array(
        [numbers.setdefault(word if word[0] == "\0" else common_form(word), len(numbers)) for word in words],
        dtype=np.intp,
    )


def _vectors(words: Sequence[str]) -> "NDArray[Any]":
    known = embedding.load()
    rows = np.array([known.row(word) for word in words], dtype=np.intp)
    vectors = known.vectors[rows] if len(rows) else np.zeros((0, known.width), np.float32)
    vectors[rows < 0] = 0.0
    return vectors
