"""Clean spans for the names and values that a pipeline found, and labels that general knowledge is sure of.

Works on one document. What only the whole case can tell is in voting.py.
"""

import re
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as Piece

from factdesk.model.mentions import NAME_LABELS
from factdesk.nlp import data

TITLES = frozenset(data.words("entities.titles"))
DAYS = frozenset(data.words("entities.days"))
MONTHS = frozenset(data.words("entities.months"))
_ALSO_NAMES = frozenset({"may", "april", "june", "august", "march"})
_APPROXIMATE = frozenset({"just", "only", "exactly", "some", "even", "merely"})
_DETERMINERS = frozenset({"the", "a", "an"})
_EDGE = frozenset("\"'“”‘’„‚«»‹›•·▪◦‣*■►●○-–—,;:()[]|/…")
_ONLY_WHEN_FOUND = frozenset({"Senate", "West"})  # too often a part of something else
_PREFIXES = frozenset({"pro", "anti", "intra", "non", "post", "pre", "ex", "trans", "inter"})
_FORMATIONS = "Regiment|Brigade|Division|Battalion|Army|Corps|Fleet|Squadron|Wing|Legion|Company|Infantry|Cavalry|Congress|Circuit|Amendment|Precinct|District"
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth")
_ADDRESS = re.compile(r"://|^www\.|\w@\w|\.(?:html?|php|aspx?)\b", re.IGNORECASE)
_CURRENCIES = "|".join(data.words("entities.currencies"))
_MONEY = re.compile(
    rf"\d[\d.,]*(?: (?:thousand|million|billion|trillion|crore|lakh))?[ -](?:{_CURRENCIES})\b", re.IGNORECASE
)
_LANGUAGES = frozenset(data.words("entities.languages"))
_SPEAKING = frozenset({"speak", "speaks", "spoke", "speaking", "spoken", "language", "languages"})
_REGION = frozenset(
    {
        "Oblast",
        "oblast",
        "Krai",
        "krai",
        "Raion",
        "Province",
        "County",
        "Voivodeship",
        "Prefecture",
        "Governorate",
        "City",
    }
)
_MINISTRY = re.compile(
    r"(?:defen[cs]e|foreign|interior|finance|health|justice|education|energy|transport|agriculture|economy|culture|emergency) "
    r"(?:affairs )?(?:ministry|department)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Found:
    """A piece of a document while it is being cleaned: token numbers, end exclusive."""

    start: int
    end: int
    label: str


def tidy(doc: Doc) -> Doc:
    """Replaces `doc.ents` by clean ones."""
    found: list[_Found] = []
    for entity in doc.ents:
        for piece in _pieces(doc, entity):
            found += _relabelled(doc, piece)
    found = _without_overlaps(
        _sums(doc) + found + _formations(doc) + _ministries(doc) + _known(doc, found) + _torn_places(doc, found)
    )
    found = _joined(doc, found)
    for piece in found:
        _extend(doc, piece)
    doc.ents = [Piece(doc, f.start, f.end, label=f.label) for f in _without_overlaps(found)]
    return doc


def _pieces(doc: Doc, entity: Piece) -> list[_Found]:
    """One entity, cut at line ends and at "-based", each part trimmed."""
    found, at = [], entity.start
    for i in range(entity.start, entity.end + 1):
        if i < entity.end and "\n" not in doc[i].text:
            continue
        found.append(_Found(at, i, entity.label_))
        at = i + 1
    cut: list[_Found] = []
    for piece in found:
        based = next(
            (i for i in range(piece.start + 1, piece.end) if doc[i].lower_ == "based" and doc[i - 1].text in "-–—"),
            None,
        )
        if based is None or entity.label_ not in NAME_LABELS:
            cut.append(piece)
        else:
            cut += [_Found(piece.start, based - 1, "GPE"), _Found(based + 1, piece.end, piece.label)]
    trimmed = [_trimmed(doc, piece) for piece in cut]
    return [piece for piece in trimmed if piece is not None]


def _trimmed(doc: Doc, piece: _Found) -> _Found | None:
    start, end, label = piece.start, piece.end, piece.label
    while start < end and _stray_start(doc, start, end, label):
        start += 1
    while start < end and _stray_end(doc, end - 1, label):
        end -= 1
    return _Found(start, end, label) if start < end else None


def _stray_start(doc: Doc, i: int, end: int, label: str) -> bool:
    token = doc[i]
    word = token.lower_.rstrip(".")
    if token.is_space or token.text in _EDGE or (label in NAME_LABELS and word in _DETERMINERS):
        return True
    if label in {"QUANTITY", "CARDINAL", "DATE", "TIME", "MONEY", "PERCENT"} and word in _APPROXIMATE and i + 1 < end:
        return True
    if label in NAME_LABELS and word in _PREFIXES and i + 2 < end and doc[i + 1].text in "-–":
        return True
    return label == "PERSON" and word in TITLES and i + 1 < end


def _stray_end(doc: Doc, i: int, label: str) -> bool:
    token = doc[i]
    if token.is_space or token.text in _EDGE or token.lower_ in {"'s", "’s", "‘s", "´s", "`s", "'", "’"}:
        return True
    return label in NAME_LABELS and (
        token.text in {".", "!", "?"} or token.lower_ in {"and", "or", "of", "the", "in", "for"}
    )


def _relabelled(doc: Doc, piece: _Found) -> list[_Found]:
    """The piece with the label that the word lists are sure of; nothing when it is no name at all."""
    text = doc[piece.start : piece.end].text
    words = {w.lower_ for w in doc[piece.start : piece.end] if w.is_alpha}
    if _ADDRESS.search(text) or (text in {"US", "IT"} and _is_shouted(doc, piece)):
        return []
    if piece.label not in NAME_LABELS:
        return [piece]
    if words and words <= (DAYS | MONTHS) and not (words <= _ALSO_NAMES and piece.label == "PERSON"):
        piece.label = "DATE"
    elif text in data.demonyms() and piece.label != "LANGUAGE":
        piece.label = "LANGUAGE" if text in _LANGUAGES and _is_language(doc, piece) else "NORP"
    elif text in data.known_names():
        piece.label = data.known_names()[text].label
    elif data.places().get(text) == "c":
        piece.label = "GPE"
    elif not any(c.isalnum() for c in text) or (len(text) == 1 and text not in "EU"):
        return []
    return [piece]


def _is_shouted(doc: Doc, piece: _Found) -> bool:
    """Whether the words around are all capitals, so that "US" is a pronoun."""
    near = [t.text for t in doc[max(0, piece.start - 3) : piece.end + 3] if t.is_alpha and len(t) > 2]
    return len(near) > 1 and all(word.isupper() for word in near)


def _is_language(doc: Doc, piece: _Found) -> bool:
    """In German, / speaks German / the German language."""
    before = doc[piece.start - 1].lower_ if piece.start else ""
    after = doc[piece.end].text if piece.end < len(doc) else "."
    alone = not after[0].isalnum() or after in {"and", "or", "that", "on", "to", "at"}
    return before in _SPEAKING or after in _SPEAKING or (before == "in" and alone)


def _sums(doc: Doc) -> list[_Found]:
    """Amounts in currencies that have no sign: 2.5 million kroner."""
    spans = (doc.char_span(match.start(), match.end()) for match in _MONEY.finditer(doc.text))
    return [_Found(span.start, span.end, "MONEY") for span in spans if span is not None]


def _torn_places(doc: Doc, found: list[_Found]) -> list[_Found]:
    """Places of two or three words of which the pipeline saw a part only, or each word alone: Great Yarmouth."""
    people = {
        i
        for piece in found
        if piece.label == "PERSON" and piece.end - piece.start > 1
        for i in range(piece.start, piece.end)
    }
    whole = {(piece.start, piece.end) for piece in found}
    ends = {piece.start: piece.end for piece in found}
    torn = []
    for start, end in sorted(ends.items()):
        for longer in (end + 2, end + 1):
            if longer > len(doc) or not doc[longer - 1].text[0].isupper() or (start, longer) in whole:
                continue
            if doc[start:longer].text in data.places() and not people & set(range(start, longer)):
                torn.append(_Found(start, longer, "GPE"))
                break
    return torn


def _joined(doc: Doc, found: list[_Found]) -> list[_Found]:
    """Two places with nothing but a space between them are one name."""
    joined: list[_Found] = []
    for piece in found:
        last = joined[-1] if joined else None
        touching = last is not None and last.end == piece.start and not doc[piece.start].is_sent_start
        if last is not None and touching and last.label == piece.label == "GPE" and not _any_sure(doc, last, piece):
            last.end = piece.end
            continue
        joined.append(piece)
    return joined


def _any_sure(doc: Doc, *pieces: _Found) -> bool:
    return any(sure_label(doc[piece.start : piece.end].text) for piece in pieces)


def _formations(doc: Doc) -> list[_Found]:
    """Numbered units: 225th Assault Regiment."""
    found = []
    for token in doc:
        if not (token.text[0].isdigit() or token.text[0].isupper()) or not _ORDINAL.fullmatch(token.text):
            continue
        end = token.i + 1
        while end < len(doc) and end < token.i + 7 and doc[end].text[0].isupper():
            end += 1
        if end > token.i + 1 and re.fullmatch(_FORMATIONS, doc[end - 1].text):
            label = "LAW" if doc[end - 1].text == "Amendment" else "GPE" if doc[end - 1].text == "District" else "ORG"
            found.append(_Found(token.i, end, label))
    return found


def _ministries(doc: Doc) -> list[_Found]:
    """Russian defense ministry: the people and the ministry are one name."""
    found = []
    for match in _MINISTRY.finditer(doc.text):
        span = doc.char_span(match.start(), match.end())
        if span is None or not span.start:
            continue
        before = span.start - 1
        if doc[before].lower_ in {"'s", "’s"}:
            continue
        if doc[before].text in data.demonyms() or doc[before].text in data.known_names():
            found.append(_Found(before, span.end, "ORG"))
    return found


def _known(doc: Doc, found: list[_Found]) -> list[_Found]:
    """Names of general knowledge that the pipeline missed."""
    covered = {i for piece in found for i in range(piece.start, piece.end)}
    missed = []
    for token in doc:
        if token.i in covered or not token.text[0].isupper() or len(token) < 2:
            continue
        label = sure_label(token.text)
        if label is None or _in_longer_name(doc, token.i):
            continue
        missed.append(_Found(token.i, token.i + 1, label))
    return missed


def sure_label(text: str) -> str | None:
    """The label of a name that needs no context, or None."""
    if text in data.demonyms() and text not in {"Labour", "Conservative", "Arctic", "Democratic", "Roma"}:
        return "NORP"
    known = data.known_names().get(text)
    if known is not None and (len(text) > 2 or text in {"UN", "EU", "UK", "US"}):
        return known.label if known.label in {"GPE", "LOC", "ORG"} and known.canonical not in _ONLY_WHEN_FOUND else None
    return "GPE" if data.places().get(text) == "c" else None


def _in_longer_name(doc: Doc, i: int) -> bool:
    """Whether a capitalised neighbour makes this word a part of something else."""
    following = doc[i + 1] if i + 1 < len(doc) else None
    previous = doc[i - 1] if i else None
    if (
        following is not None
        and following.text[0].isupper()
        and not following.is_sent_start
        and following.ent_type_ in {"", doc[i].ent_type_}
    ):
        return doc[i].text not in data.demonyms()
    return bool(
        previous is not None and previous.text[0].isupper() and not doc[i].is_sent_start and not previous.is_sent_start
    )


def _extend(doc: Doc, piece: _Found) -> None:
    """Lindholm Oblast, Orange County: the word for the sort of place belongs to the name."""
    if (
        piece.label in {"GPE", "LOC", "PRODUCT", "NORP", "ORG", "PERSON"}
        and piece.end < len(doc)
        and doc[piece.end].text in _REGION
    ):
        if doc[piece.end - 1].text in data.demonyms():
            return
        piece.end += 1
        piece.label = "GPE"


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    """The longest pieces, first come first."""
    taken: set[int] = set()
    kept = []
    for piece in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        tokens = set(range(piece.start, piece.end))
        if tokens and not tokens & taken:
            taken |= tokens
            kept.append(piece)
    return sorted(kept, key=lambda f: f.start)
