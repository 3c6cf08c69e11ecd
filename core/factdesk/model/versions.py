"""Versions of an article, and marks that a new version carried along or left behind."""

from dataclasses import dataclass
from enum import StrEnum

from factdesk.model.claims import Anchor
from factdesk.model.spans import Span


class MarkKind(StrEnum):
    """What sort of mark; the value is the name of its table."""

    CLAIM = "claims"
    MENTION = "mentions"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One version of an article."""

    article_id: str
    replaces: str | None  # the version before it
    published_at: str
    captured_at: str
    imported_at: str
    text_sha256: str
    is_current: bool  # whether it is the one in a case


@dataclass(frozen=True, slots=True)
class CarriedMark:
    """A mark that a person should look at after its article changed: changed a little, or left behind."""

    kind: MarkKind
    id: str
    anchor: Anchor  # fuzzy or orphan
    article_id: str  # the version it is in
    current_id: str  # the version in the case: where an orphan may be put back
    span: Span
    quote: str
    quote_before: str  # what it said before the article changed; for an orphan its quote
    claim_id: str  # of evidence: the claim it is about; of a claim: itself; "" for a mention
