"""The words of a sentence that carry its matter, brought to a common form."""

import re
from functools import lru_cache

from factdesk.nlp import data

STOP = frozenset(data.words("wording.stop"))
_STEPS = (
    ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("isation", "ize"), ("ations", ""), ("ation", ""), ("ingly", ""), ("edly", ""),
    ("ments", ""), ("ment", ""), ("ities", ""), ("ity", ""), ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("ers", ""), ("er", ""), ("ed", ""), ("es", ""), ("ly", ""),
    ("s", ""), ("e", ""),
)  # fmt: skip
_GROUPS = (
    "kill dead death die fatal slay murder", "injur wound hurt casualt", "arrest detain custody captur", "attack assault strike raid shell bomb struck", "quake earthquak tremor",
    "buy acquir purchas acquisition bought takeover", "fire sack dismiss oust", "troop forc soldier army military", "confirm acknowledg admit admission", "incursion invasion offensiv advanc",
    "villag town settlement", "region oblast area territory", "ceasefir truc cease-fir", "deni reject refut", "hospital clinic", "shot shoot gun", "jail prison inmat", "blaz fire", "award prize win won",
    "film movie", "company firm", "kid child children", "doctor physician", "plane aircraft jet", "vessel ship boat", "president leader", "agree deal accord", "start begin launch began", "withdraw retreat pull",
)  # fmt: skip
_PLAIN = re.compile(r"\w+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A rough stem; close enough to bring word forms together."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    if len(word) <= 3 or any(c.isdigit() for c in word):
        return word
    for end, put in _STEPS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            word = word.removesuffix(end) + put
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


_TINY = frozenset({"the", "a", "an", "of", "to", "and", "in", "that", "s"})


def all_stems(text: str) -> list[str]:
    """The stems of all words but the emptiest, in order."""
    return [stem(word) for word in _PLAIN.findall(text) if word.casefold() not in _TINY]


_SYNONYMS = {stem(word): group.split()[0] for group in _GROUPS for word in group.split()}


def common_form(word: str) -> str:
    """The stem of a word; near synonyms of events share one."""
    short = stem(word)
    return _SYNONYMS.get(short, short)


def spoken_words(text: str) -> list[str]:
    """All words but the emptiest in lower case, without possessive s."""
    words = (word.casefold().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return [word for word in words if word not in _TINY]


def stems(text: str) -> list[str]:
    """The stems of a sentence's content words, in order; near synonyms of events share one."""
    found = []
    for word in _WORD.findall(text):
        if word.casefold() in STOP or len(word) == 1:
            continue
        found.append(common_form(word))
    return found
