"""What the dates of articles and evidence say about a claim."""

from dataclasses import dataclass
from enum import StrEnum


class TimeIssue(StrEnum):
    """What may be wrong with the time of a piece of evidence."""

    NEWER = "evidence is newer than the claim"
    ARTICLE_CHANGED = "the article changed after it was captured"
    CAPTURED_BEFORE_CHANGE = "captured before the claim's article changed"
    STALE = "stale evidence"
    UNKNOWN_DATE = "date not known"


@dataclass(frozen=True, slots=True)
class TimeWarning:
    """One thing to look at, in words."""

    issue: TimeIssue
    text: str
    evidence_id: str | None = None  # None: it is about the claim's article


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """Where a fact was published first, as far as the dates in a case tell."""

    claim_id: str
    article_id: str
    label: str  # of the article
    published_at: str
    is_sure: bool
    why: str = ""  # why it is not, in words
