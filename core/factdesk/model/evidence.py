"""Evidence for or against a claim."""

from dataclasses import dataclass
from enum import StrEnum

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
