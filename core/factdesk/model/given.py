"""Marks that came with a text from another tool or from an export: what people and machines had said of it there."""

from dataclasses import dataclass

from factdesk.model.claims import ClaimKind, Judgement, Relation
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span

_UNDECIDED = Judgement()


@dataclass(frozen=True, slots=True)
class GivenClaim:
    """A claim as another file has it; its span lies in the normalised text of the article it comes with."""

    span: Span
    key: str = ""  # its name in that file, for links and evidence
    kind: ClaimKind = ClaimKind.EVENT
    judgement: Judgement = _UNDECIDED
    reviewer: str = ""  # who judged it, as far as known
    decided_at: str = ""  # UTC, ISO 8601 with Z
    normalised: str = ""
    claimant: str = ""
    score: float | None = None
    is_suggestion: bool = False  # a machine's, which nobody has looked at


@dataclass(frozen=True, slots=True)
class GivenMention:
    """A span that names something, as another file has it."""

    span: Span
    label: str  # OntoNotes 5 where the other tool's label could be translated, else as it is
    entity: str = ""  # name of the thing
    is_suggestion: bool = False


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A relation between two claims of one file, by their keys."""

    claim_a: str
    claim_b: str
    relation: Relation
    is_suggestion: bool = False


@dataclass(frozen=True, slots=True)
class GivenEvidence:
    """Evidence for or against a claim, by the claim's key."""

    claim: str
    kind: EvidenceKind
    stance: Stance
    quote: str = ""
    url: str = ""
    source: str = ""
    published_at: str = ""
    note: str = ""
    span: Span | None = None  # of a passage: where it stands in the article that it comes with


@dataclass(frozen=True, slots=True)
class Given:
    """All marks that came with one article."""

    claims: tuple[GivenClaim, ...] = ()
    mentions: tuple[GivenMention, ...] = ()
    links: tuple[GivenLink, ...] = ()
    evidence: tuple[GivenEvidence, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.claims or self.mentions or self.links or self.evidence)


NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class GivenArticle:
    """What one step of an import stores: keys of claims are unique within `source`."""

    article: str  # id of the stored article
    given: Given
    source: str  # the file, as people name it


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Which column of a table holds what; names of columns as in the file, "" for none."""

    text: str
    title: str = ""
    publisher: str = ""
    byline: str = ""
    url: str = ""
    published_at: str = ""
    language: str = ""
    claim: str = ""  # quotes of claims, to be found in the text
    verdict: str = ""
    verdict_words: tuple[tuple[str, str], ...] = ()  # the file's word, our verdict
