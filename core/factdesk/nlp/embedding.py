"""What words mean, as a small vector each: near words have near vectors. Only the process that reads articles loads it."""

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from factdesk.nlp import data

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedding:
    """Vectors of length one for frequent words, most frequent first."""

    rows: dict[str, int]
    vectors: "Matrix"

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return int(self.vectors.shape[1])

    def row(self, word: str) -> int:
        """Where a lower-case word stands; -1 when it is not known. Of a compound the last part may serve."""
        for form in (word, word.replace("-", ""), word.rpartition("-")[2]):
            found = self.rows.get(form)
            if found is not None:
                return found
        return -1

    def rarity(self, word: str) -> float:
        """How rare a word is in English, from 0 for "the" to 1 for one that is not among these words (Zipf's law)."""
        row = self.row(word)
        return float(np.log(2 + row) / np.log(2 + len(self.rows))) if row >= 0 else 1.0


@cache
def load() -> Embedding:
    """The vectors that ship with Factdesk."""
    with np.load(io.BytesIO(data.raw("embedding.npz")), allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode("ascii").split("\n")
        vectors = stored["vectors"].astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return Embedding({word: row for row, word in enumerate(words)}, vectors)
