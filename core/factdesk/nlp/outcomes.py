"""Opposite outcomes: one sentence says that something happened, succeeded or grew, the other that it did not."""

import re
from functools import lru_cache

from factdesk.model.spans import Span
from factdesk.nlp.denials import NEGATION, denied
from factdesk.nlp.surroundings import agreement, one_object

_OPPOSITES = (
    ("captur seiz occupi advanc enter reach took overran conquer gain", "repel prevent retreat withdr withdraw pull lost recaptur expel"),
    ("succeed success successful won victory pass approv adopt", "fail unsuccessful defeat lost reject block veto thwart foil"),
    ("increas rose risen rise grew grown climb jump soar surg gain", "decreas fell fallen fall declin drop shrank plung slump lost"),
    ("guilty convict", "innocent acquit clear exonerat"), ("alive surviv", "died dead kill perish"), ("safe unharm unhurt uninjur", "injur wound hurt kill harm"),
    ("open reopen", "close shut"), ("start began begin launch resum", "stop halt end cancel suspend postpon abandon"),
    ("support back endors favour favor", "oppos reject condemn"), ("agree accept", "refus disagre reject declin"), ("releas free", "arrest detain jail imprison"),
    ("confirm acknowledg admit", "deni deny dismiss reject"), ("legal lawful", "illegal unlawful"), ("stay remain", "left leav resign quit withdr"),
    ("complet finish", "unfinish incomplet half"), ("accident accidental", "deliberate intentional sabotage arson"),
)  # fmt: skip
_DOERS = {"er", "ers", "or", "ors"}  # climbers do not climb in every sentence
_WORD = re.compile(r"[^\W\d_]{3,}")
_SAME_MATTER = 0.45  # agreement of the words around two opposites
_FAR = 3  # words between a negation and what it negates


def opposite(a: str, b: str, *, named: bool = False) -> str:
    """The two words or phrases that contradict each other, "" when none do; `named`: both name the same person or thing."""
    found = _antonyms(a, b) or denied(a, b, named=named)
    if found:
        return " / ".join(found)
    found = denied(b, a, named=named)
    return " / ".join(reversed(found)) if found else ""


def _antonyms(a: str, b: str) -> tuple[str, str] | None:
    mine, theirs = _outcomes(a), _outcomes(b)
    for (kind, side), first in mine.items():
        second = theirs.get((kind, not side))
        if second is None or (kind, not side) in mine or (kind, side) in theirs:
            continue
        alike = agreement(a, first, b, second) >= _SAME_MATTER and one_object(a, first, b, second)
        if alike and _negated(a, first) == _negated(b, second):
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
        if any(
            word.startswith(stem) and len(word) - len(stem) <= 3 and word.removeprefix(stem) not in _DOERS
            for stem in stems.split()
        )
    )


def _negated(text: str, span: Span) -> bool:
    before = text[: span.start].split()[-_FAR:]
    return NEGATION.search(" ".join(before)) is not None
