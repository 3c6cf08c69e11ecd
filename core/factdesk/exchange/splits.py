"""Parting articles into train, validation and test so that what belongs together is never on two sides.

Where an article goes is told by its text, not by chance: the same articles are parted in the same way on every computer,
and a new article moves none of the others unless it ties them together or a part would be empty.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)
_UP_TO = ((TRAIN, 0.8), (VALIDATION, 0.9), (TEST, 1.0))
_FILLED_IN = (TRAIN, TEST, VALIDATION)  # which part must not be empty before which


def tied_together(articles: Iterable[str], ties: Iterable[Sequence[str]]) -> list[list[str]]:
    """Articles in groups: those of one tie are in one group, and so are those of ties that share an article."""
    home = {article: article for article in articles}

    def root(article: str) -> str:
        while home[article] != article:
            home[article] = home[home[article]]
            article = home[article]
        return article

    for tie in ties:
        known = [article for article in tie if article in home]
        for other in known[1:]:
            home[root(other)] = root(known[0])
    groups: dict[str, list[str]] = {}
    for article in home:
        groups.setdefault(root(article), []).append(article)
    return list(groups.values())


def part_of_each(
    groups: Sequence[Sequence[str]], hashes: Mapping[str, str], claims: Mapping[str, int]
) -> dict[str, str]:
    """The part of each article: about 80, 10 and 10 in a hundred; `claims` counts what there is to learn from.

    With three groups or more that hold claims no part is without one; with two, only validation; train never is.
    """
    shares = [_share(min(hashes[article] for article in group)) for group in groups]
    parts = [next(name for name, limit in _UP_TO if share < limit) for share in shares]
    weights = [sum(claims.get(article, 0) for article in group) for group in groups]
    if not any(weights):
        weights = [len(group) for group in groups]
    for name in _FILLED_IN:
        _fill(name, parts, weights, shares)
    return {article: part for group, part in zip(groups, parts, strict=True) for article in group}


def _share(text_sha256: str) -> float:
    """From 0 to 1, even and the same for the same text."""
    return int.from_bytes(hashlib.sha256(f"split {text_sha256}".encode()).digest()[:6]) / 2**48


def _fill(name: str, parts: list[str], weights: Sequence[int], shares: Sequence[float]) -> None:
    """Give a part that is empty the lightest group of the part with most groups, if that keeps one."""
    numbers = {part: [n for n, each in enumerate(parts) if each == part and weights[n]] for part in SPLITS}
    if numbers[name]:
        return
    donor = max(SPLITS, key=lambda part: len(numbers[part]))
    if len(numbers[donor]) > 1 or (name == TRAIN and numbers[donor]):
        moved = min(numbers[donor], key=lambda n: (weights[n], shares[n]))
        parts[moved] = name
