"""What the words around a name say about its label: "village of", "Gen.", "oblast", "said"."""

import re
from collections.abc import Callable, Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as Piece

from factdesk.nlp import data
from factdesk.nlp.drafts import NameUse

PLACE_NOUNS = frozenset(data.words("cues.place_nouns"))
_PERSON_NOUNS = frozenset(data.words("cues.person_nouns"))
_SAYING = frozenset(data.words("cues.saying"))
_VENTURES = frozenset(data.words("cues.ventures"))
_PLACE_ENDING = re.compile(r"(?:[iyoe]vka|grad|gorod|abad|hausen|stadt|shire|ville|istan)$")
_LISTED = re.compile(
    r"\b(?:villages?|towns?|settlements?|cities|hamlets|districts|provinces|municipalities),? (?:such as|like|including|of|as|named|called|around) "
    r"((?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:, and |, | and | or )?)+)"
)
_OF_PLACE = frozenset(data.words("cues.of_place"))
_ORG = frozenset(data.words("cues.org"))
_FAC = frozenset(data.words("cues.fac"))
_LOC = frozenset(data.words("cues.loc"))

_BEFORE: dict[str, tuple[str, float]] = {
    word: (label, weight)
    for section, label, weight in (  # where a word stands in two lists, the later one counts
        ("entities.titles", "PERSON", 2.0), ("cues.person_nouns", "PERSON", 1.0), ("cues.place_nouns", "GPE", 1.0), ("cues.taking", "GPE", 1.2),
        ("cues.inside", "GPE", 0.8), ("cues.near", "GPE", 1.5), ("cues.towards", "GPE", 0.3), ("cues.halves", "GPE", 2.0),
        ("cues.vessels", "PRODUCT", 3.0), ("cues.media", "ORG", 2.0), ("cues.firms", "ORG", 1.2),
    )
    for word in data.words(section)
}  # fmt: skip
"""What the word before a name says."""
for _word in ("border", "borders", "capital"):
    del _BEFORE[_word]


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
        elif words[0] == "Port" or (
            words[0] in {"San", "Santa", "Saint", "St.", "St", "Los", "Las"} and len(words) == 2
        ):
            add("GPE", 1.0)
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
    last, two = before[-1], before[-2:]
    if last == "of" and len(two) == 2 and two[0] in PLACE_NOUNS | _OF_PLACE:
        add("GPE", 3.0 if two[0] in PLACE_NOUNS else 2.0)
    elif last == "told" or two in (["said", "on"], ["told", "the"]):
        add("ORG", 0.8)
    elif last in _BEFORE:
        add(*_BEFORE[last])


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
        _from_apposition([word for word in after[1:] if word not in {",", "itself"}], add)


def _from_apposition(rest: list[str], add: Callable[[str, float], None]) -> None:
    """Behind a comma: a village in the north / director of the zoo / 34."""
    if rest[:1] and rest[0] in {"a", "an", "the"}:
        if PLACE_NOUNS & set(rest[1:4]):
            add("GPE", 2.5)
        elif _PERSON_NOUNS & set(rest[1:4]):
            add("PERSON", 2.0)
    elif (rest[:1] and rest[0] in _PERSON_NOUNS) or rest[:2] == ["head", "of"]:
        add("PERSON", 2.0)
    elif rest[:1] == ["who"]:
        add("PERSON", 0.8)
    elif rest[:1] and rest[0].isdigit() and len(rest[0]) == 2:
        add("PERSON", 2.0)


def add_listed_places(text: str, uses: Sequence[NameUse], offset: int) -> None:
    """Every name in a list of villages or towns is a place: "settlements such as A, B and C"."""
    for match in _LISTED.finditer(text):
        start, end = match.start(1) + offset, match.end(1) + offset
        for use in uses:
            if start <= use.span.start < end:
                use.cues["GPE"] = use.cues.get("GPE", 0.0) + 3.0
