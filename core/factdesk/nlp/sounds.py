"""How names sound, roughly, so that spellings and transliterations of one name can be told from other names."""

import re
import unicodedata
from functools import cache, lru_cache

from factdesk.nlp import data

_SOUNDS = (
    ("iy", "i"),
    ("yi", "i"),
    ("yy", "i"),
    ("ij", "i"),
    ("ii", "i"),
    ("y", "i"),
    ("j", "i"),
    ("kh", "h"),
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("ie", "e"),
    ("io", "o"),
    ("ia", "a"),
    ("iu", "u"),
    ("zh", "z"),
    ("dzh", "dz"),
    ("ou", "u"),
    ("oo", "u"),
)


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Letters and digits without accents, lower case."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in flat if not unicodedata.combining(c))))


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """How a name sounds, roughly: transliterations of one name share it."""
    word = fold(name)
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=100_000)
def alike(a: str, b: str, *, loose_from: int = 8) -> bool:
    """Whether two single words are probably spellings of one name; longer ones than `loose_from` may differ by two sounds."""
    x, y = skeleton(a), skeleton(b)
    if x == y:
        return True
    if min(len(x), len(y)) < 6 or x[0] != y[0]:
        return False
    return _distance(x, y) <= (1 if min(len(x), len(y)) < loose_from else 2) and abs(len(x) - len(y)) <= 2


def _distance(x: str, y: str) -> int:
    row = list(range(len(y) + 1))
    for i, a in enumerate(x, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(y, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@cache
def _given_groups() -> dict[str, int]:
    """Forms of one given name, each with the number of its line."""
    return {fold(name): n for n, line in enumerate(data.given_name_forms()) for name in line}


def same_given_name(a: str, b: str) -> bool:
    """Whether two given names can be one person's: Dmitry and Dmytro, an initial, two spellings."""
    a, b = fold(a), fold(b)
    if a == b:
        return True
    if min(len(a), len(b)) <= 1:
        return bool(a and b) and a[0] == b[0]
    groups = _given_groups()
    if a in groups and b in groups:
        return groups[a] == groups[b]
    return alike(a, b) or (
        min(len(a), len(b)) >= 4 and a[:3] == b[:3] and skeleton(a).rstrip("aeio") == skeleton(b).rstrip("aeio")
    )
