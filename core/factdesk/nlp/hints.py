"""A quick look at a sentence before its values are read: which sorts of value can stand in it at all."""

import re

from factdesk.nlp import data
from factdesk.nlp.calendar import MONTHS, SEASONS, WEEKDAYS
from factdesk.nlp.number_words import ONES

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"[\d½¼¾⅓⅔]")
_SORTS = {
    "month": frozenset(MONTHS),
    "weekday": frozenset(WEEKDAYS),
    "season": frozenset(SEASONS) | {"quarter", "half"},
    "relative": frozenset(data.words("hints.relative")),
    "clock": frozenset(data.words("hints.clock")),
    "number": frozenset(ONES) | {"hundred", "thousand", "million", "billion", "trillion", "dozen"},
    "loose": frozenset(data.words("hints.loose")),
    "ratio": frozenset({"in", "out"}),
}


def hints(text: str) -> frozenset[str]:
    """Names of the sorts of value whose words or figures stand in the text."""
    words = frozenset(_WORD.findall(text.casefold()))
    found = {name for name, signs in _SORTS.items() if not signs.isdisjoint(words)}
    if _DIGIT.search(text):
        found.add("digit")
    return frozenset(found)
