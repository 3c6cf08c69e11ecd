"""What the words around a name say about its label: "village of", "Gen.", "oblast", "said"."""

import re
from collections.abc import Callable, Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as Piece

from factdesk.nlp import data
from factdesk.nlp.drafts import NameUse
from factdesk.nlp.entities import TITLES

PLACE_NOUNS = frozenset(data.words("cues.place_nouns"))
_PERSON_NOUNS = frozenset(data.words("cues.person_nouns"))
_SAYING = frozenset(data.words("cues.saying"))
_TAKING = frozenset(data.words("cues.taking"))
_VENTURES = frozenset(data.words("cues.ventures"))
_PLACE_ENDING = re.compile(r"(?:[iyoe]vka|grad|gorod|abad|hausen|stadt|shire|ville|istan)$")
_LISTED = re.compile(
    r"\b(?:villages?|towns?|settlements?|cities|hamlets|districts|provinces|municipalities),? (?:such as|like|including|of|as|named|called|around) "
    r"((?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:, and |, | and | or )?)+)"
)
_IN = frozenset({"in", "near", "outside", "around", "towards", "toward", "throughout", "across", "within", "into"})
_FROM = frozenset({"from", "to", "at"})
_ORG = frozenset(data.words("cues.org"))
_FAC = frozenset(data.words("cues.fac"))
_LOC = frozenset(data.words("cues.loc"))


def cues_for(doc: Doc, piece: Piece) -> dict[str, float]:
    """Evidence by label for one name, from its own words and its neighbours."""
    found: dict[str, float] = {}

    def add(label: str, weight: float) -> None:
        found[label] = found.get(label, 0.0) + weight

    _from_own_words(piece, add)
    _from_before(doc, piece, add)
    _from_after(doc, piece, add)
    return found


def _from_own_words(piece: Piece, add: Callable[[str, float], None]) -> None:
    words = [token.text for token in piece]
    if len(words) > 1:
        if words[-1] in _ORG or words[0] in {
            "Ministry",
            "University",
            "Bank",
            "Department",
            "Institute",
            "Office",
            "Council",
            "Committee",
        }:
            add("ORG", 2.5)
        elif words[-1] in _FAC:
            add("FAC", 2.0)
        elif words[-1] in _LOC or words[0] in {"Lake", "Mount", "Gulf", "River"}:
            add("LOC", 2.0)
        elif words[0] in data.given_names() and len(words) <= 4 and all(w[0].isupper() for w in words):
            add("PERSON", 1.2)
    elif _PLACE_ENDING.search(words[0]):
        add("GPE", 1.5)
    elif words[0].isupper() and 2 <= len(words[0]) <= 6:
        add("ORG", 0.8)


def _from_before(doc: Doc, piece: Piece, add: Callable[[str, float], None]) -> None:
    before = [token.lower_.rstrip(".") for token in doc[max(0, piece.start - 3) : piece.start] if not token.is_space]
    if not before:
        return
    last = before[-1]
    if last == "of" and len(before) > 1 and before[-2] in PLACE_NOUNS:
        add("GPE", 3.0)
    elif last in PLACE_NOUNS and last not in {"border", "borders", "capital"}:
        add("GPE", 1.0)
    elif last in _IN:
        add("GPE", 0.8)
    elif last in _FROM:
        add("GPE", 0.3)
    elif last in TITLES:
        add("PERSON", 2.0)
    elif last == "told" or before[-2:] in (["said", "on"], ["told", "the"]):
        add("ORG", 0.8)
    elif last in _TAKING:
        add("GPE", 1.2)


def _from_after(doc: Doc, piece: Piece, add: Callable[[str, float], None]) -> None:
    after = [token.lower_ for token in doc[piece.end : piece.end + 6] if not token.is_space]
    if not after:
        return
    if after[0] in PLACE_NOUNS:
        add("GPE", 1.5)
    elif _VENTURES & set(after[:2]):
        add("ORG", 1.5)
    elif after[0] in _SAYING:
        add("PERSON", 0.8)
    if after[0] in {",", "itself", "–", "—"}:
        rest = [w for w in after[1:] if w not in {",", "itself"}]
        if rest[:1] and rest[0] in {"a", "an", "the"}:
            if PLACE_NOUNS & set(rest[1:4]):
                add("GPE", 2.5)
            elif _PERSON_NOUNS & set(rest[1:4]):
                add("PERSON", 2.0)
        elif rest[:1] and rest[0].isdigit() and len(rest[0]) == 2 and rest[1:2] == [","]:
            add("PERSON", 2.0)


def add_listed_places(text: str, uses: Sequence[NameUse], offset: int) -> None:
    """Every name in a list of villages or towns is a place: "settlements such as A, B and C"."""
    for match in _LISTED.finditer(text):
        start, end = match.start(1) + offset, match.end(1) + offset
        for use in uses:
            if start <= use.span.start < end:
                use.cues["GPE"] = use.cues.get("GPE", 0.0) + 3.0
