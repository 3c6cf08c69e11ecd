"""What the machine found in one article, before it is stored. Plain data that travels as JSON."""

from dataclasses import dataclass, field

from factdesk.model.claims import ClaimKind, Relation
from factdesk.model.spans import Span
from factdesk.model.values import Attribution, Value


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which pipeline made a suggestion."""

    name: str  # e.g. "en_core_web_sm"
    version: str
    spacy_version: str
    factdesk_version: str
    resources_version: str = ""  # digest of the word lists and weights


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A proposed mention."""

    span: Span
    label: str
    entity: str | None = None  # canonical name within the case; None for values


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence with its check-worthiness, claim or not."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A proposed claim."""

    span: Span
    score: float
    kind: ClaimKind
    claimant: str = ""
    claimant_span: Span | None = None
    content_span: Span | None = None
    features: tuple[str, ...] = ()
    repeat_of: int | None = None  # index of the first copy among this article's claims
    cue: str = ""  # the word of saying
    attribution: tuple[Attribution, ...] = ()  # who says it, on whose word: the speaker first
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article."""

    article_id: str
    model: ModelInfo
    mentions: tuple[FoundMention, ...] = ()
    sentences: tuple[FoundSentence, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A proposed link between claims of two articles, named by article id and span."""

    article_a: str
    span_a: Span
    article_b: str
    span_b: Span
    relation: Relation
    score: float
    reason: str = ""
    suggested: bool = True  # False: a weak candidate, kept for ranking only


@dataclass(frozen=True, slots=True)
class FoundOrigin:
    """Articles that share their text: wire copy, reprints, rewrites."""

    article_ids: tuple[str, ...]  # the one that the others are compared with first
    shares: tuple[float, ...]  # for each article: the part of its words that it has in common with the others, 0..1


@dataclass(frozen=True, slots=True)
class CaseAnalysis:
    """The result for articles of one case that were analysed together."""

    articles: tuple[Analysis, ...]
    links: tuple[FoundLink, ...] = field(default=())
    origins: tuple[FoundOrigin, ...] = ()
