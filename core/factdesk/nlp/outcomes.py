"""Opposite outcomes: one sentence says that something happened, succeeded or grew, the other that it did not."""

import re
from collections.abc import Iterator
from functools import lru_cache

from factdesk.model.spans import Span
from factdesk.nlp.surroundings import agreement, likeness
from factdesk.nlp.wording import STOP, spoken_words

_OPPOSITES = (
    ("captur seiz occupi advanc enter reach took overran conquer gain", "repel thwart foil prevent retreat withdr withdraw pull lost recaptur expel"),
    ("succeed success successful won victory pass approv adopt", "fail unsuccessful defeat lost reject block veto"),
    ("increas rose risen rise grew grown climb jump soar surg gain", "decreas fell fallen fall declin drop shrank plung slump lost"),
    ("guilty convict", "innocent acquit clear exonerat"), ("alive surviv", "died dead kill perish"), ("safe unharm unhurt uninjur", "injur wound hurt kill harm"),
    ("open reopen", "close shut"), ("start began begin launch resum", "stop halt end cancel suspend postpon abandon"),
    ("support back endors favour favor", "oppos reject condemn"), ("agree accept", "refus disagre reject declin"), ("releas free", "arrest detain jail imprison"),
    ("confirm acknowledg admit", "deni deny dismiss reject"), ("legal lawful", "illegal unlawful"), ("stay remain", "left leav resign quit withdr"),
    ("complet finish", "unfinish incomplet half"), ("accident accidental", "deliberate intentional sabotage arson"),
)  # fmt: skip
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing)|refut(?:es|ed|ing)|contradict(?:s|ed|ing)?"
    r"|no evidence|untrue|fals(?:e|ely)|never (?:received|heard|saw|seen|been)|baseless|unfounded|pure invention)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|neither|without)\b|n['’]t\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SAME_MATTER = 0.45  # agreement of the words around two opposites
_DENIED = 0.6  # the part of what is denied that the other sentence states
_FEW = 3  # words of what is denied that must be stated
_LIGHT = frozenset(
    [
        "receive",
        "received",
        "receiving",
        "heard",
        "hearing",
        "made",
        "making",
        "given",
        "giving",
        "any",
        "ever",
        "such",
        "having",
        "existed",
    ]
)
_SHORT = 4
_FAR = 3  # words between a negation and what it negates


def opposite(a: str, b: str, *, named: bool = False) -> str:
    """The two words or phrases that contradict each other, "" when none do; `named`: both name the same person or thing."""
    found = _antonyms(a, b) or _denied(a, b, named=named)
    if found:
        return " / ".join(found)
    found = _denied(b, a, named=named)
    return " / ".join(reversed(found)) if found else ""


def _antonyms(a: str, b: str) -> tuple[str, str] | None:
    mine, theirs = _outcomes(a), _outcomes(b)
    for (kind, side), first in mine.items():
        second = theirs.get((kind, not side))
        if second is None or (kind, not side) in mine or (kind, side) in theirs:
            continue
        if _negated(a, first) == _negated(b, second) and agreement(a, first, b, second) >= _SAME_MATTER:
            return first.of(a), second.of(b)
    return None


@lru_cache(maxsize=20_000)
def _outcomes(text: str) -> dict[tuple[int, bool], Span]:
    """The first word of each side of each pair of opposites."""
    found: dict[tuple[int, bool], Span] = {}
    for match in _WORD.finditer(text):
        for place in _places(match.group().casefold()):
            found.setdefault(place, Span(match.start(), match.end()))
    return found


@lru_cache(maxsize=20_000)
def _places(word: str) -> tuple[tuple[int, bool], ...]:
    """The pairs of opposites that a word belongs to, and the side."""
    return tuple(
        (kind, side)
        for kind, sides in enumerate(_OPPOSITES)
        for side, stems in zip((True, False), sides, strict=True)
        if any(word.startswith(stem) and len(word) - len(stem) <= 3 for stem in stems.split())
    )


def _negated(text: str, span: Span) -> bool:
    before = text[: span.start].split()[-_FAR:]
    return _NEGATION.search(" ".join(before)) is not None


def _denied(a: str, b: str, *, named: bool) -> tuple[str, str] | None:
    """What `a` says was denied and `b` states; one word of it is enough where the rest of both is about one party."""
    denial = _DENIAL.search(a)
    if denial is None or _DENIAL.search(b) is not None or _NEGATION.search(b) is not None:
        return None
    matter = [word for word in spoken_words(a[denial.end() :]) if word not in STOP | _LIGHT and not word[0].isdigit()]
    stated = [word for word in spoken_words(b) if word not in STOP]
    if named and len(matter) == 1 and len(matter[0]) > _SHORT:
        same = next((word for word in stated if likeness(matter[0], word) >= 1), None)
        return None if same is None else (denial.group(), same)
    if len(matter) < _FEW:
        return None
    partners = list(_partners(matter, stated))
    if len(partners) < _FEW or len(partners) < _DENIED * len(matter):
        return None
    return denial.group(), partners[0]


def _partners(matter: list[str], stated: list[str]) -> Iterator[str]:
    for word in matter:
        best = max(stated, key=lambda other: likeness(word, other), default="")
        if best and likeness(word, best) >= 0.5:
            yield best
