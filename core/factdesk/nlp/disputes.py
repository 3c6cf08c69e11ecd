"""Disputes: one sentence says that somebody denies or contests something, the other tells what; told apart from each other by form only."""

import re

from factdesk.nlp.denials import NEGATION

_PAPERS = r"(?:requests?|access|entry|bail|bids?|motions?|permission|visas?|appeals?|applications?|parole|asylum)"
_TALK = r"(?:claims?|allegations?|accusations?|charges?|suggestions?|reports?|assertions?|arguments?|notions?|ideas?|characteri[sz]ations?|criticism)"
_BEFORE = 2  # words before a denial in which a negation takes it back
_FEW = r"(?:[\w'’]+ ){0,3}"
_CONTESTED = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying)\b(?! {_FEW}{_PAPERS}\b)|(?:reject|dismiss|counter)(?:s|es|ed|ing)? {_FEW}{_TALK}"
    r"|disput(?:ed|ing)|disputes (?:the|that|his|her|its|their|any)|refut(?:es|ed|ing)|rebut(?:s|ted)|contradict(?:s|ed)|discredit(?:s|ed|ing)?|countered"
    r"|(?:found|sees?|saw|is|was) no (?:\w+ )?evidence|(?:total|outright) lies|pleaded not guilty|nothing wrong)\b",
    re.IGNORECASE,
)
_DEFENDED = re.compile(
    r"(?:\bdefen[cs]e (?:team|lawyers?|attorneys?|counsel)|\bthe defen[cs]e|\b(?:lawyers?|attorneys?) for|['’]s? (?:defen[cs]e )?(?:lawyers?|attorneys?|legal team))\b"
    r"[^,;.]{0,40}?\b(?:argu(?:es?|ed)|insist(?:s|ed)?|show|maintain(?:s|ed)?|contend(?:s|ed)?|claim(?:s|ed)?)\b",
    re.IGNORECASE,
)


def contested(a: str, b: str) -> str:
    """What one of two sentences says to contest the other; "" where neither or both do. Both should be about one party in one story."""
    found = [words for words in map(_contesting, (a, b)) if words]
    return found[0] if len(found) == 1 else ""


def _contesting(text: str) -> str:
    for pattern in (_CONTESTED, _DEFENDED):
        for match in pattern.finditer(text):
            if NEGATION.search(" ".join(text[: match.start()].split()[-_BEFORE:])) is None:
                return match.group().strip()
    return ""
