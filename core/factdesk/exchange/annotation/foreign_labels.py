"""What other tools and datasets call entities, verdicts and relations, in our words.

The tables are cautious: a word that could mean two things is not in them. What they do not know is told to the reviewer,
and labels of mentions are then kept as they are.
"""

import re

from factdesk.model.claims import REASONS, ClaimKind, Reason, Relation, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.mentions import LABELS

Meaning = tuple[Verdict, Reason | None]

_NO_LETTER = re.compile(r"[^\w]+|_")
_LONGEST = 64


def label_of(word: str) -> str | None:
    """The OntoNotes 5 label that another tool's label means, or None.

    MISC of CoNLL-2003 has no equal: it holds nationalities, events and works alike.
    """
    label = word.strip().upper().replace("-", "_").replace(" ", "_")
    return label if label in LABELS else _LABELS.get(_plain(word))


def own_label(word: str) -> str:
    """A label that we have no word for, tidied so that it can be kept; "" when nothing is left."""
    return " ".join(word.split())[:_LONGEST]


def is_claim_label(word: str) -> bool:
    """Whether spans with this label are claims."""
    return _plain(word) in _CLAIMS


def verdict_of(word: str) -> Meaning | None:
    """The verdict that a word of another vocabulary means, with its reason where the word tells one; None if unknown."""
    return _VERDICTS.get(_plain(word))


def is_undecided(word: str) -> bool:
    """Whether a word says that there is no verdict yet."""
    return _plain(word) in _UNDECIDED


def reason_of(word: str, verdict: Verdict | None) -> Reason | None:
    """The reason that one of our own words names, if it goes with the verdict."""
    plain = _plain(word)
    return next((reason for reason in (REASONS[verdict] if verdict else ()) if reason.value == plain), None)


def kind_of(word: str) -> ClaimKind | None:
    """The kind of claim that one of our own words names."""
    plain = _plain(word)
    return next((kind for kind in ClaimKind if kind.value == plain), None)


def relation_of(word: str) -> Relation | None:
    """How two claims stand to each other, from another tool's word for it."""
    return _RELATIONS.get(_plain(word))


def stance_of(word: str) -> Stance | None:
    """What evidence does for a claim, from another tool's word for it."""
    return _STANCES.get(_plain(word))


def _plain(word: str) -> str:
    return " ".join(_NO_LETTER.sub(" ", word.casefold()).split())


_LABELS = {
    **dict.fromkeys(("per", "pers", "people", "human", "name", "persname", "personname"), "PERSON"),
    **dict.fromkeys(("organization", "organisation", "company", "institution", "orgname"), "ORG"),
    **dict.fromkeys(("country", "city", "state", "town", "geo political entity", "geopolitical entity"), "GPE"),
    **dict.fromkeys(("location", "place", "placename", "region"), "LOC"),
    **dict.fromkeys(("facility", "building"), "FAC"),
    **dict.fromkeys(("nationality", "religious group", "political group"), "NORP"),
    **dict.fromkeys(("work", "work of art", "workofart", "title of work"), "WORK_OF_ART"),
    **dict.fromkeys(("percentage",), "PERCENT"),
    **dict.fromkeys(("currency", "money amount", "monetary value"), "MONEY"),
    **dict.fromkeys(("number", "numeral"), "CARDINAL"),
    **dict.fromkeys(("measure", "measurement"), "QUANTITY"),
}
_CLAIMS = frozenset({"claim", "claims", "checkworthy", "check worthy", "check worthy claim", "factual claim"})

_CAVEAT: Meaning = (Verdict.VERIFIED, Reason.WITH_CAVEAT)
_REFUTED: Meaning = (Verdict.DISPUTED, Reason.CONTRADICTED)
_CONTEXT: Meaning = (Verdict.DISPUTED, Reason.MISSING_CONTEXT)
_CONFLICT: Meaning = (Verdict.DISPUTED, Reason.SOURCES_CONFLICT)
_LACKING: Meaning = (Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE)
_VERDICTS: dict[str, Meaning] = {
    **dict.fromkeys(("verified", "supported", "supports", "support", "true", "correct", "accurate", "confirmed",
                     "factual", "entailed", "entailment"), (Verdict.VERIFIED, None)),
    **dict.fromkeys(("mostly true", "mostly correct", "mostly accurate", "largely true", "verified with caveat"), _CAVEAT),
    "disputed": (Verdict.DISPUTED, None),
    **dict.fromkeys(("refuted", "refutes", "refute", "false", "incorrect", "wrong", "inaccurate", "untrue", "debunked",
                     "contradicted", "contradiction", "mostly false", "pants on fire", "pants fire", "fake", "hoax",
                     "fabricated"), _REFUTED),
    **dict.fromkeys(("half true", "misleading", "missing context", "lacks context", "out of context", "cherrypicking",
                     "cherry picking", "distorts the facts"), _CONTEXT),
    **dict.fromkeys(("conflicting", "conflicting evidence", "conflicting evidence cherrypicking", "sources conflict",
                     "disagree", "contested"), _CONFLICT),
    "unverified": (Verdict.UNVERIFIED, None),
    **dict.fromkeys(("not enough info", "not enough information", "not enough evidence", "nei", "insufficient evidence",
                     "unproven", "no evidence", "inconclusive"), _LACKING),
    **dict.fromkeys(("not checkable", "uncheckable", "unverifiable", "not verifiable"),
                    (Verdict.UNVERIFIED, Reason.NOT_CHECKABLE)),
}  # fmt: skip
_UNDECIDED = frozenset(
    {"", "none", "no verdict", "no verdict yet", "undecided", "open", "pending", "todo", "suggested"}
)
_RELATIONS = {
    **dict.fromkeys(
        ("same", "same as", "sameas", "equal", "equivalent", "equiv", "duplicate", "same fact"), Relation.SAME
    ),
    **dict.fromkeys(("differs", "differs from", "different"), Relation.DIFFERS),
    **dict.fromkeys(("conflicts", "conflicts with", "conflict", "contradicts", "contradiction"), Relation.CONFLICTS),
}
_STANCES = {
    **dict.fromkeys(("supports", "support", "supported", "agree", "agrees", "evidence for"), Stance.SUPPORTS),
    **dict.fromkeys(("refutes", "refute", "refuted", "attack", "attacks", "disagree", "disagrees", "contradicts",
                     "evidence against"), Stance.REFUTES),
    **dict.fromkeys(("context", "gives context", "neutral", "discuss", "discusses"), Stance.CONTEXT),
}  # fmt: skip
