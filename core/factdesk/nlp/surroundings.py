"""Whether two values count or date the same thing: how alike the words around them are."""

import re
from collections.abc import Sequence
from functools import lru_cache

from factdesk.model.spans import Span
from factdesk.nlp import embedding
from factdesk.nlp.wording import STOP, common_form

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_FAR = 9  # words on each side
_FADE = 4  # words after which a word counts half
_ANYTHING = frozenset(["people", "person", "persons", "men", "women"])  # what is counted everywhere says nothing
_PARTS_OF_DAY = frozenset(
    ["early", "late", "morning", "afternoon", "evening", "night", "noon", "midnight", "last", "next"]
)
_CLAUSE = re.compile(r"[,;:()“”\"]|\.\s")
_ALIKE = 0.5  # likeness of the words next to two values that name one thing
_NEAR = 0.45  # cosine from which on two words begin to say something alike


def agreement(a: str, x: Span, b: str, y: Span) -> float:
    """How much the words near `x` in one sentence and near `y` in the other say the same, 0 to 1."""
    mine, theirs = _around(a, x), _around(b, y)
    if not mine or not theirs:
        return 0.0
    return min(_found(mine, theirs), _found(theirs, mine))


def touching(a: str, x: Span, b: str, y: Span) -> bool:
    """Whether the content word just before, or just after, is the same for `x` and `y`, or nearly; names and parts of the day do not count."""
    return any(
        one
        and other
        and likeness(one.casefold(), other.casefold()) >= _ALIKE
        and one.islower()
        and one not in _PARTS_OF_DAY
        for one, other in zip(_beside(a, x), _beside(b, y), strict=True)
    )


def one_object(a: str, x: Span, b: str, y: Span) -> bool:
    """Whether two verbs are about one thing: what follows both, what follows one and precedes the other, or what precedes both without object."""
    (before, after), (there_before, there_after) = _beside(a, x), _beside(b, y)
    if after and there_after:
        pairs = [(after, there_after), (after, there_before), (before, there_after)]
    else:
        pairs = [(before, there_before), (after, there_before), (before, there_after)]
    return any(one and other and likeness(one.casefold(), other.casefold()) >= _ALIKE for one, other in pairs)


@lru_cache(maxsize=20_000)
def _beside(text: str, value: Span) -> tuple[str, str]:
    """The nearest content word on each side within the clause, "" where there is none."""
    before = [m.group() for m in _WORD.finditer(_CLAUSE.split(text[: value.start])[-1])][::-1]
    after = [m.group() for m in _WORD.finditer(_CLAUSE.split(text[value.end :])[0])]
    first, second = (next((word for word in side if _has_content(word.casefold())), "") for side in (before, after))
    return first, second


def _has_content(word: str) -> bool:
    return word not in STOP and word not in _ANYTHING and not word[0].isdigit() and len(word) > 1


def _around(text: str, value: Span) -> list[tuple[str, float]]:
    """The content words near a value with their weight, nearest first."""
    before = [m.group().casefold() for m in _WORD.finditer(text[: value.start])][-_FAR:][::-1]
    after = [m.group().casefold() for m in _WORD.finditer(text[value.end :])][:_FAR]
    found: dict[str, float] = {}
    for side in (after, before):
        for distance, word in enumerate(side):
            if _has_content(word):
                found[word] = max(found.get(word, 0.0), _rarity(word) / (1 + distance / _FADE))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


@lru_cache(maxsize=10_000)
def _rarity(word: str) -> float:
    return embedding.load().rarity(word)


def _found(mine: Sequence[tuple[str, float]], theirs: Sequence[tuple[str, float]]) -> float:
    """The weighted part of the words that find a near one of about the same place."""
    total = sum(weight for _, weight in mine)
    got = 0.0
    for word, weight in mine:
        got += max(likeness(word, other) * min(weight, place) for other, place in theirs)
    return got / total if total else 0.0


@lru_cache(maxsize=50_000)
def likeness(word: str, other: str) -> float:
    """How near two lower-case words are in meaning: 1 for forms of one word."""
    if common_form(word) == common_form(other):
        return 1.0
    known = embedding.load()
    i, j = known.row(word), known.row(other)
    if i < 0 or j < 0:
        return 0.0
    return max(0.0, (float(known.vectors[i] @ known.vectors[j]) - _NEAR) / (1 - _NEAR))
