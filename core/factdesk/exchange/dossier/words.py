"""The words of a dossier that are the same in each: what verdicts mean, how it was made, what terms are called."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from factdesk.compare.dates import in_words
from factdesk.exchange.dossier.values import Badge
from factdesk.model.claims import Verdict
from factdesk.model.clusters import CellState
from factdesk.model.evidence import EvidenceKind, Stance

UNDECIDED = Badge("undecided", "○", "No verdict yet")
BADGES: dict[Verdict | None, Badge] = {
    None: UNDECIDED,
    Verdict.VERIFIED: Badge("verified", "✓", "Verified"),
    Verdict.DISPUTED: Badge("disputed", "✗", "Disputed"),
    Verdict.UNVERIFIED: Badge("unverified", "?", "Unverified"),
}
GLYPHS: dict[CellState, str] = {
    CellState.STATES: "=",
    CellState.DIFFERS: "≈",
    CellState.CONFLICTS: "≠",
    CellState.QUOTES: "“”",
    CellState.NOT_FOUND: "–",
    CellState.NOT_MENTIONED: "∅",
}
STANCES: dict[Stance, tuple[str, str]] = {
    Stance.SUPPORTS: ("+", "Supports the claim"),
    Stance.REFUTES: ("−", "Speaks against the claim"),
    Stance.CONTEXT: ("i", "Context"),
}
KINDS: dict[EvidenceKind, str] = {
    EvidenceKind.PASSAGE: "passage of an article of this case",
    EvidenceKind.URL: "address",
    EvidenceKind.FILE: "file",
    EvidenceKind.NOTE: "note of a reviewer",
}
STATE_WORDS: tuple[tuple[CellState, str], ...] = (
    (CellState.STATES, "The source says the same."),
    (CellState.DIFFERS, "It says it in another way, more or less precisely; no contradiction."),
    (CellState.CONFLICTS, "It says something that cannot be true at the same time."),
    (CellState.QUOTES, "It does not say so itself but puts it into somebody’s mouth, who is named."),
    (CellState.NOT_FOUND, "The program found nothing about it in this source; nobody has confirmed that."),
    (CellState.NOT_MENTIONED, "A person read the source and confirmed that it does not mention it."),
)
METHOD: tuple[tuple[str, str], ...] = (
    (
        "What a claim is here",
        (
            "A claim is a statement about facts that can be checked. Passages of several articles that state the same fact, or "
            "contradict each other about it, are treated together as one claim."
        ),
    ),
    (
        "What the verdicts mean",
        (
            "✓ Verified: the evidence supports the claim; “with caveat” says that something has to be added. "
            "✗ Disputed: evidence contradicts it, sources conflict about it, or it misleads because context is missing. "
            "? Unverified: there is not enough evidence either way, or it cannot be checked at all. "
            "○ No verdict yet: nobody has decided. That is not a verdict, and says nothing about whether the claim is true."
        ),
    ),
    (
        "What people did and what the program did",
        (
            "A program proposed which passages are claims, which of them belong together, and where they differ. These are "
            "suggestions, marked as such as long as nobody has looked at them. Every verdict, reason and note was given by a person. "
            "The program compares words, numbers, dates and names; it does not know what is true."
        ),
    ),
    (
        "How sources are counted",
        (
            "Articles that share most of their text, such as reprints of one agency report, have one origin and count as one source. "
            "“Two sources” therefore means two origins. Whether origins are independent of each other beyond their wording is for "
            "people to judge."
        ),
    ),
    (
        "What “not found” means",
        (
            "That the program found no passage about a claim in an article does not mean that the article is silent about it. "
            "“Not mentioned” is used only where a person has confirmed it."
        ),
    ),
)
GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Article", "One source text. Its text was not changed since it was read in; its SHA-256 proves that."),
    ("Claim", "A statement about facts that can be checked, in the words of one or several sources."),
    ("Confidence", "How sure the reviewer was of the verdict, in percent."),
    ("Conflict", "Two sources say what cannot be true at the same time, for example different numbers or dates."),
    ("Evidence", "A passage, address, file or note that supports a claim, speaks against it or gives context."),
    ("Fingerprint", "A hash over all entries of the history. A later copy of the project can be compared with it."),
    ("Origin", "Articles that share their text; they count as one source."),
    ("Reviewer", "A person who gave verdicts."),
    (
        "SHA-256",
        "A number computed from a text or file. Whoever has the same text gets the same number; a changed one gives another.",
    ),
    ("Source", "An article of this dossier; S1, S2 and so on refer to the list at its end."),
    ("Suggestion", "Something that the program proposed and no person has looked at yet."),
    ("Verdict", "A reviewer’s decision about a claim: verified, disputed or unverified."),
)

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_DAY = len("2031-05-03")
_RTL = {"R", "AL"}


def clean(text: str) -> str:
    """Text that any document can hold: control characters, which have no picture, become U+FFFD."""
    return _UNSEEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Text for a title or a table: all white space becomes single spaces."""
    return " ".join(clean(text).split())


def shorten(text: str, limit: int) -> str:
    """One line of about `limit` characters at most, cut between words."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[:limit].rpartition(" ")[0]
    return (cut if len(cut) > limit // 2 else line[:limit]).rstrip(" ,;:–—-") + "…"


def is_rtl(text: str) -> bool:
    """Whether a text is written from right to left: by its first letter that says so."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _RTL:
            return True
        if direction == "L":
            return False
    return False


def several(count: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 claim, 1,234 claims."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def published(text: str) -> str:
    """A date of publication as precise as it is known: “May 2031”, “3 May 2031, 08:15”."""
    text = text.strip()
    return in_words(text) if len(text) <= _DAY else moment(text)


def moment(time: str) -> str:
    """A stored time in words; times of ours are UTC and say so."""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return one_line(time)
    if found.tzinfo is None:
        return f"{in_words(time[:_DAY])}, {found:%H:%M}"
    there = found.astimezone(UTC)
    return f"{in_words(there.date().isoformat())}, {there:%H:%M} UTC"


def listed(words: Sequence[str]) -> str:
    """Words joined as in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
