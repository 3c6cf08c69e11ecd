"""Evidence for or against a claim."""

from dataclasses import dataclass
from enum import StrEnum

from factdesk.model.claims import Anchor, Relation
from factdesk.model.spans import Span


class Stance(StrEnum):
    """What a piece of evidence does for the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class EvidenceKind(StrEnum):
    """Where the evidence is."""

    PASSAGE = "passage"  # of an article in the project
    URL = "url"
    FILE = "file"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of an article, or an outside source, with its stance towards one claim."""

    id: str
    claim_id: str
    kind: EvidenceKind
    stance: Stance
    quote: str
    article_id: str | None = None
    span: Span | None = None
    url: str = ""
    note: str = ""
    captured_at: str = ""
    made_by: str = ""
    made_at: str = ""
    source: str = ""  # who or what says it; for a passage its article's name
    published_at: str = ""  # ISO 8601, as precise as known; for a passage its article's date
    sha256: str = ""  # of the attached file, or of the text of the passage's article as it was captured
    anchor: Anchor = Anchor.EXACT
    file: "AttachedFile | None" = None


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file kept in the project."""

    sha256: str
    name: str
    media_type: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file ready to be kept: read, hashed and compressed, which takes its time."""

    file: AttachedFile
    zlib: bytes


@dataclass(frozen=True, slots=True)
class ClusterEvidence:
    """Evidence as it is shown beside a claim: its own, or that of another claim about the same fact."""

    evidence: Evidence
    relation: Relation  # of the claim it was added to, as it stands to the cluster's lead
    is_own: bool
    is_settled: bool  # its own, or of a claim that a person accepted into the cluster
    opposes: bool  # it belongs to a claim that contradicts this one: what supports that one speaks against this

    @property
    def stance(self) -> Stance:
        """What it does for the claim that it is shown beside."""
        if not self.opposes or self.evidence.stance is Stance.CONTEXT:
            return self.evidence.stance
        return Stance.REFUTES if self.evidence.stance is Stance.SUPPORTS else Stance.CONTEXT
