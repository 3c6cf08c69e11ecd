"""What one sentence denies and the other states: with a verb of denying, with "no" before it, or set right with "not"."""

import re
from collections.abc import Iterator
from itertools import takewhile

from factdesk.model.spans import Span
from factdesk.nlp.surroundings import agreement, likeness
from factdesk.nlp.wording import STOP, common_form, spoken_words

_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing)|refut(?:es|ed|ing)|contradict(?:s|ed|ing)?"
    r"|no evidence|untrue|fals(?:e|ely)|never (?:received|heard|saw|seen|been)|baseless|unfounded|pure invention)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|neither|without)\b|n['’]t\b", re.IGNORECASE)
_SET_RIGHT = re.compile(
    r"(?:, (?:and )?not|\brather than|\binstead of|\bas opposed to|[—–] ?not) (?!only|just|even|yet|so|long)((?:[^\W\d_][\w'’-]* ?){1,6})"
)
_LACKING = re.compile(
    r"(?:\b(?:no|not (?:\w+ )?any)|n['’]t (?:\w+ )?any) (?:such )?"
    r"(?!longer|more|matter|other|one|doubt|less|fewer|sign|word|further|way|need|reason|idea)((?:[^\W\d_][\w'’-]* ?){1,4})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_CLAUSE = re.compile(r"[;:“”\".]")
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
_ENDS = re.compile(rf"{'|'.join(sorted(STOP))}|ever|\w+ed|came|went|took|given|held|made|found", re.IGNORECASE)
_FAR = 5  # words between a negation and what it negates
_SAME_MATTER = 0.2  # agreement of the words around what is lacking in one sentence and there in the other


def denied(a: str, b: str, *, named: bool) -> tuple[str, str] | None:
    """What `a` says was denied and `b` states; one word of it is enough where the rest of both is about one party."""
    denial = _DENIAL.search(a)
    if denial is None or _denies(b) or NEGATION.search(" ".join(a[: denial.start()].split()[-2:])) is not None:
        return None
    matter = [word for word in spoken_words(a[denial.end() :]) if word not in STOP | _LIGHT and not word[0].isdigit()]
    stated = _content(b)
    if named and len(matter) == 1 and len(matter[0]) > _SHORT:
        same = next((word for word in stated if likeness(matter[0], word) >= 1), None)
        return None if same is None else (denial.group(), same)
    if len(matter) < _FEW:
        return None
    partners = list(_partners(matter, stated))
    if len(partners) < _FEW or len(partners) < _DENIED * len(matter):
        return None
    return denial.group(), partners[0]


def contradicted(a: str, b: str) -> str:
    """What one says there was not, or sets right, and the other states; "" when there is nothing of the kind."""
    found = _set_right(a, b) or _lacking(a, b)
    if found:
        return " / ".join(found)
    found = _set_right(b, a) or _lacking(b, a)
    return " / ".join(reversed(found)) if found else ""


def _set_right(a: str, b: str) -> tuple[str, str] | None:
    """What `a` puts in the place of what `b` states: "in the cellar, not in the attic"."""
    if _denies(b):
        return None
    stated = _content(b)
    for match in _SET_RIGHT.finditer(a):
        wrong = _content(match.group(1))
        right = _content(a[: match.start()])[-1:]
        if wrong and all(_is_in(word, stated) for word in wrong) and not any(_is_in(word, stated) for word in right):
            return f"not {match.group(1).strip()}", wrong[-1]
    return None


def _lacking(a: str, b: str) -> tuple[str, str] | None:
    """What `a` says there was not and `b` tells of: "no drill was held"."""
    if _DENIAL.search(b):
        return None
    for match in _LACKING.finditer(a):
        noun = next(reversed(_first_words(match.group(1))), None)
        there = noun and _told(b, noun.group())
        if noun is None or there is None:
            continue
        span = Span(match.start(1) + noun.start(), match.start(1) + noun.end())
        if agreement(a, span, b, there) >= _SAME_MATTER:
            return f"no {match.group(1)[: noun.end()]}", there.of(b)
    return None


def _denies(text: str) -> bool:
    return _DENIAL.search(text) is not None or NEGATION.search(text) is not None


def _content(text: str) -> list[str]:
    return [word for word in spoken_words(text) if word not in STOP]


def _is_in(word: str, stated: list[str]) -> bool:
    return any(common_form(word) == common_form(other) for other in stated)


def _first_words(text: str) -> list[re.Match[str]]:
    """The noun with the words before it: up to the first small word or verb."""
    words = takewhile(lambda match: not _ENDS.fullmatch(match.group()), re.finditer(r"[^\W\d_]+", text))
    return [match for match in words if len(match.group()) >= _SHORT]


def _told(text: str, word: str) -> Span | None:
    """Where a form of the word stands without a negation before it."""
    form = common_form(word.casefold())
    for match in _WORD.finditer(text):
        before = " ".join(_CLAUSE.split(text[: match.start()])[-1].split()[-_FAR:])
        if common_form(match.group().casefold()) == form and NEGATION.search(before) is None:
            return Span(match.start(), match.end())
    return None


def _partners(matter: list[str], stated: list[str]) -> Iterator[str]:
    for word in matter:
        best = max(stated, key=lambda other: likeness(word, other), default="")
        if best and likeness(word, best) >= 0.5:
            yield best
