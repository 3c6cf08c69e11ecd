"""Claims, verdicts and their vocabulary."""

from dataclasses import dataclass
from enum import StrEnum

from factdesk.model.spans import Span
from factdesk.model.values import Attribution, Value


class Verdict(StrEnum):
    """A reviewer's decision about a claim. No verdict yet is None, never a member here."""

    VERIFIED = "verified"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"


class Reason(StrEnum):
    """The optional second step of a verdict."""

    CLEAR = "clear"
    WITH_CAVEAT = "with caveat"
    CONTRADICTED = "contradicted by evidence"
    SOURCES_CONFLICT = "sources conflict"
    MISSING_CONTEXT = "missing context"
    NOT_ENOUGH_EVIDENCE = "not enough evidence"
    NOT_CHECKABLE = "not checkable"


REASONS: dict[Verdict, tuple[Reason, ...]] = {
    Verdict.VERIFIED: (Reason.CLEAR, Reason.WITH_CAVEAT),
    Verdict.DISPUTED: (Reason.CONTRADICTED, Reason.SOURCES_CONFLICT, Reason.MISSING_CONTEXT),
    Verdict.UNVERIFIED: (Reason.NOT_ENOUGH_EVIDENCE, Reason.NOT_CHECKABLE),
}
"""Which reasons go with which verdict, in the order the window offers them."""


class Status(StrEnum):
    """Whether a person has looked at a mark: a suggestion is the machine's until someone accepts it."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Anchor(StrEnum):
    """How a mark stands in the present version of its article."""

    EXACT = "exact"  # where it was made
    MOVED = "moved"  # the same words, elsewhere in a newer version
    FUZZY = "fuzzy"  # the words were changed a little: a person should look
    ORPHAN = "orphan"  # the words are gone; the mark stays with the version it was made in


class ClaimKind(StrEnum):
    """What sort of statement a claim is."""

    EVENT = "event"
    QUANTITY = "quantity"
    QUOTATION = "quotation"
    POSITION = "position"
    PREDICTION = "prediction"
    OPINION = "opinion"
    BACKGROUND = "background"


class Relation(StrEnum):
    """How two claims of different articles stand to each other."""

    SAME = "same"
    DIFFERS = "differs"
    CONFLICTS = "conflicts"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict as a reviewer left it; all parts are optional until one is chosen."""

    verdict: Verdict | None = None
    reason: Reason | None = None
    note: str = ""
    confidence: int | None = None  # percent, 0..100

    def __post_init__(self) -> None:
        if self.reason is not None and (self.verdict is None or self.reason not in REASONS[self.verdict]):
            raise ValueError(f"the reason {self.reason!r} does not go with the verdict {self.verdict!r}")
        if self.confidence is not None and not 0 <= self.confidence <= 100:
            raise ValueError("confidence is a percentage from 0 to 100")


@dataclass(frozen=True, slots=True)
class Claim:
    """A check-worthy statement: a span of one article."""

    id: str
    article_id: str
    span: Span
    quote: str
    kind: ClaimKind
    score: float | None  # check-worthiness 0..1; None for claims made by hand
    claimant: str
    normalised: str
    features: tuple[str, ...]  # why the machine proposed it, in words
    status: Status
    made_by: str  # "machine" or a reviewer's name
    repeat_of: str | None  # the first copy, when the same text stands twice in the article
    judgement: Judgement
    decided_by: str  # reviewer's name, "" while undecided
    decided_at: str
    linked: int = 0  # claims of other articles linked with this one (refused links left out)
    conflicts: int = 0  # of these, in conflict
    evidence_count: int = 0
    cue: str = ""  # the word of saying
    attribution: tuple[Attribution, ...] = ()  # who says it, on whose word: the speaker first
    values: tuple[Value, ...] = ()
    inherited_from: str | None = None  # the cluster whose verdict this is; None: its own
    anchor: Anchor = Anchor.EXACT

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, or None while there is none."""
        return self.judgement.verdict


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two claims of different articles."""

    id: str
    claim_a: str
    claim_b: str
    relation: Relation
    score: float
    reason: str
    status: Status


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of a claim's append-only history."""

    id: str
    claim_id: str
    judgement: Judgement
    cause: str  # "do", "undo" or "redo"
    title: str  # what was done, in words
    reviewer: str
    session_id: str
    decided_at: str
    tool_version: str
