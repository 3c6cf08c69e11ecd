"""What became of the people that a number counts: two numbers of dead contradict each other, dead and injured do not."""

import re
from functools import lru_cache

from factdesk.model.spans import Span
from factdesk.model.values import Value, ValueKind
from factdesk.nlp.number_words import DIGITS, SPELLED

_FATES = {
    "dead": "dead died dies dying killed kills killing death deaths fatality fatalities perished slain drowned bodies",
    "hurt": "injured injuring injuries wounded wounding hurt",
    "treated": "treated treatment treating hospitalised hospitalized",
    "missing": "missing unaccounted disappeared vanished",
    "held": "arrested arrests arresting detained detaining detention custody jailed imprisoned hostage hostages",
    "driven out": "evacuated evacuating evacuation displaced homeless fled fleeing",
    "saved": "rescued rescuing saved plucked survivors survived",
    "ill": "infected infections sickened ill diagnosed",
    "dismissed": "dismissed fired sacked redundant layoffs redundancies",
    "hired": "hired employs employed employing",
}
_FATE_OF = {word: fate for fate, words in _FATES.items() for word in words.split()}
_PEOPLE = frozenset(
    [
        "person",
        "people",
        "man",
        "passenger",
        "resident",
        "inhabitant",
        "villager",
        "citizen",
        "civilian",
        "worker",
        "employee",
        "miner",
        "victim",
        "tourist",
        "soldier",
        "troop",
        "officer",
        "policeman",
        "firefighter",
        "protester",
        "demonstrator",
        "student",
        "pupil",
        "patient",
        "prisoner",
        "migrant",
        "refugee",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[;:()“”\"]|\.\s")
_OF_ANOTHER = re.compile(
    rf"\b(?:killing|wounding|injuring|arresting|detaining|killed|wounded|injured|arrested|detained) (?:(?:at least|about|around|some|nearly|almost|over|more than|up to) )?"
    rf"(?:{DIGITS}|{SPELLED}|dozens|scores|several|hundreds|many|others)",
    re.IGNORECASE,
)
_FAR = 7  # words on each side


def counts_people(value: Value) -> bool:
    """Whether a number may be one of people as such, and not of a part of them such as children."""
    return value.kind is ValueKind.NUMBER and (not value.unit or value.unit.casefold() in _PEOPLE)


def is_fate(unit: str) -> bool:
    """Whether what a number counts is a fate and not people: two dead."""
    return unit.casefold() in _FATE_OF


@lru_cache(maxsize=20_000)
def fate(text: str, value: Span) -> str:
    """The fate named nearest to a number in its sentence, "" when none is near."""
    after = _OF_ANOTHER.split(_CLAUSE.split(text[value.end :])[0])[0]
    before = _CLAUSE.split(text[: value.start])[-1]
    found = [
        (distance, side, _FATE_OF[word])
        for side, words in enumerate((_words(after), _words(before)[::-1]))
        for distance, word in enumerate(words[:_FAR])
        if word in _FATE_OF
    ]
    return min(found)[2] if found else ""


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]
