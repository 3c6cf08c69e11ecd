"""Mentions and the entities they name."""

from dataclasses import dataclass

from factdesk.model.claims import Anchor, Status
from factdesk.model.spans import Span

LABELS: dict[str, str] = {
    "PERSON": "person",
    "NORP": "nationality, religion or politics",
    "FAC": "building or facility",
    "ORG": "organisation",
    "GPE": "country, region or city",
    "LOC": "other place",
    "PRODUCT": "product",
    "EVENT": "named event",
    "WORK_OF_ART": "work of art",
    "LAW": "law",
    "LANGUAGE": "language",
    "DATE": "date",
    "TIME": "time",
    "PERCENT": "percentage",
    "MONEY": "money",
    "QUANTITY": "quantity",
    "ORDINAL": "ordinal",
    "CARDINAL": "number",
}
"""The OntoNotes 5 labels and what they mean."""

NAME_LABELS = frozenset(
    {"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
"""Labels of things that have an identity across articles; the others are values."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something."""

    id: str
    article_id: str
    span: Span
    quote: str
    label: str
    entity_id: str | None
    status: Status
    made_by: str
    anchor: Anchor = Anchor.EXACT


@dataclass(frozen=True, slots=True)
class Entity:
    """All mentions of one real thing across a case, whatever the spelling."""

    id: str
    name: str
    label: str
    spellings: tuple[str, ...]  # most frequent first
    mention_count: int
    article_count: int
