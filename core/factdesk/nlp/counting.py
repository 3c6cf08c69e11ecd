"""What a number counts, and how exact the words around it say it is."""

import re

from factdesk.compare.nouns import is_plural, singular
from factdesk.model.values import Approximation

_WORD = re.compile(r"[\s\u00a0]+([“\"‘(]?)([\w][\w’'-]*)")
_SKIP = re.compile(
    r"(?:[\s\u00a0]+(?:or so|or more|or fewer|or less|odd|more|further|additional))?(?:[\s\u00a0]+of(?:[\s\u00a0]+(?:the|its|their|his|her|those|these|our))?)?",
    re.IGNORECASE,
)
_STOP = frozenset(
    ["in", "at", "on", "to", "from", "for", "by", "with", "who", "that", "which", "where", "when", "while", "and", "or", "but", "nor", "as", "than", "then", "were", "was", "are", "is", "am", "be", "been", "being", "have", "has", "had", "will", "would", "could", "can", "may", "might", "must", "should", "do", "does", "did", "the", "this", "his", "its", "their", "her", "he", "she", "it", "they", "we", "you", "i", "not", "if", "so", "over", "under", "after", "before", "since", "until", "against", "during", "between", "into", "about", "near", "across", "per", "because", "out", "up", "down", "off", "said", "says", "say", "dead", "wounded", "injured", "killed", "missing"]
)  # fmt: skip
_NO_NOUN = frozenset(
    [
        "always",
        "perhaps",
        "sometimes",
        "plus",
        "besides",
        "afterwards",
        "versus",
        "yes",
        "towards",
        "earlier",
        "does",
        "goes",
        "says",
        "comes",
        "takes",
        "makes",
        "was",
        "has",
        "as",
        "news",
        "means",
        "leads",
        "includes",
        "suggests",
        "shows",
        "remains",
        "needs",
        "wants",
        "becomes",
        "gets",
        "seems",
        "others",
        "ours",
        "yours",
        "theirs",
    ]
)
_STATES = {"dead": "dead", "killed": "dead", "wounded": "injured", "injured": "injured", "hurt": "injured", "missing": "missing", "arrested": "arrested", "detained": "arrested"}  # fmt: skip
_MEASURE_ADVERBS = frozenset({"percent", "percentage", "million", "billion", "thousand", "hundred", "dozen"})
_STATE_BEHIND = re.compile(
    r"\s+(?:(?:of them|others?|more|people|persons?) )?(?:(?:were|was|had been|have been|has been|are|is|still|remained|remain|left|confirmed|feared|reported) ){0,3}(dead|killed|wounded|injured|hurt|missing|arrested|detained)\b",
    re.IGNORECASE,
)
_STATE_BEFORE = re.compile(
    r"\b(?:(kill)(?:s|ed|ing)|(injur|wound)(?:es|ed|ing|s)|(arrest|detain)(?:s|ed|ing))\s+(?:[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)
_TOLL = re.compile(r"\b(?:death toll|toll)\b[^.;,\d]{0,40}$", re.IGNORECASE)
_BOTH = re.compile(r"\s+(?:and|or) (?:wo)?men\b")
_OTHERS = frozenset({"others", "persons", "individuals"})

_ABOUT = r"about|around|some|roughly|approximately|approx\.?|circa|c\.|an estimated|estimated(?: at)?|nearly|almost|close to|just over|just under|more or less|in the region of|in the order of|near"
_MORE = r"more than|over|above|at least|no fewer than|no less than|not less than|upwards? of|in excess of|exceed(?:s|ed|ing)|a minimum of|greater than|well over|beyond"
_LESS = r"less than|fewer than|under|below|up to|at most|no more than|not more than|as many as|as much as|a maximum of|short of|well under|just under"
_LEAD = re.compile(
    rf"(?:\b(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<about>{_ABOUT}))|(?P<tilde>[~≈])|(?P<gt>[>≥])|(?P<lt>[<≤]))\s*(?:(?:a|an|the|some|another|estimated|the estimated|total of)\s+){{0,2}}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s?(?:(?P<about>or so|or thereabouts|-odd|-ish)|(?P<more>or more|-plus|and counting)|(?P<less>or (?:fewer|less)))\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(?:fl[ey]w|flying|went|moved?|crossed|jumped|bridge|road|rose|fell|win|won|victory|lead|advantage)\s+$",
    re.IGNORECASE,
)


def approximation(before: str) -> Approximation:
    """What the words in front of a number say: about, more, less or nothing."""
    match = _LEAD.search(before[-60:])
    if match is None:
        return Approximation.EXACT
    if match["more"] or match["gt"]:
        if match["more"] in {"over", "above", "beyond"} and _MOVES.search(before[-60:][: match.start()]):
            return Approximation.EXACT
        return Approximation.MORE
    if match["less"] or match["lt"]:
        return Approximation.LESS
    return Approximation.ABOUT


def suffix_approximation(text: str, end: int) -> Approximation:
    """What the words behind a number say."""
    match = _TAIL.match(text, end)
    if match is None:
        return Approximation.EXACT
    return Approximation.ABOUT if match["about"] else Approximation.MORE if match["more"] else Approximation.LESS


def counted(text: str, end: int, before: str = "") -> str:
    """The noun that a bare number counts, in the singular: "200 Russian soldiers"; "" when it is not said.

    For the dead, the injured and the like it is the state: "killing 12", "12 were hurt".
    """
    noun = _noun(text, end)
    if noun and noun != "person":
        return noun
    state = _STATE_BEHIND.match(text, end) if not noun else None
    if state is not None:
        return _STATES[state[1].casefold()]
    if noun:
        return noun
    toll = _STATE_BEFORE.search(before)
    if toll is not None:
        return "dead" if toll[1] else "injured" if toll[2] else "arrested"
    return "dead" if _TOLL.search(before) else ""


def _noun(text: str, end: int) -> str:
    skipped = _SKIP.match(text, end)
    at = skipped.end() if skipped is not None else end
    found = ""
    for n in range(5):
        match = _WORD.match(text, at)
        if match is None or (match[1] and n):
            break
        word = match[2].casefold()
        if word in _OTHERS and not found:
            return "person"
        if word in _STOP or word in _MEASURE_ADVERBS or word[0].isdigit():
            break
        at = match.end()
        if is_plural(word) and word not in _NO_NOUN and not word.endswith(("'s", "’s")):
            found = match[2].removesuffix("s") if match[2][0].isupper() and text[at : at + 1] != "-" else singular(word)
        elif found:
            break
        if text[at : at + 1] in {"’", "'"}:
            break
    return "person" if found in {"man", "woman"} and _BOTH.match(text, at) else found
