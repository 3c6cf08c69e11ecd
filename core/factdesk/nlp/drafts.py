"""What one reading of an article leaves behind, as plain data: enough to judge the whole case without spaCy's documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from factdesk.model.spans import Span
from factdesk.model.values import Value
from factdesk.nlp.layout import Role


@dataclass(slots=True)
class NameUse:
    """One mention before the case has voted on it."""

    span: Span
    text: str
    label: str
    cues: dict[str, float] = field(default_factory=dict)  # label -> evidence from the neighbourhood
    entity: str | None = None
    sure: bool = False  # general knowledge settled the label


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what in a sentence; all spans in the article."""

    content: Span
    source: Span | None
    cue: Span | None
    speaker: str = ""  # the source in words, "" when nobody is named
    kind: str = "indirect"  # direct, indirect or mixed


@dataclass(slots=True)
class SentenceDraft:
    """One sentence with everything that the claim score and the links look at."""

    span: Span
    role: Role
    features: dict[str, float]
    vector: Sequence[float] = ()
    score: float = 0.0
    repeat_of: int | None = None  # index of the earlier sentence that says the same
    attributions: tuple[Attribution, ...] = ()
    continued: Attribution | None = None  # a quotation that began in an earlier sentence
    values: tuple[Value, ...] = ()


@dataclass(slots=True)
class ArticleDraft:
    """One article as read."""

    article_id: str
    text: str
    uses: list[NameUse]
    sentences: list[SentenceDraft]
    definitions: dict[str, str] = field(default_factory=dict)  # WHO -> World Health Organization
    published: str = ""  # ISO date, "" when not known
