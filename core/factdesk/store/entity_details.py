"""What is known about entities beyond their names: who decided about them, where they are named, what they were."""

from collections import Counter
from dataclasses import dataclass

from factdesk.model.claims import Status
from factdesk.store.articles import article_names
from factdesk.store.connection import Queryable
from factdesk.store.journal import load
from factdesk.store.mentions import mentions_of_entity


@dataclass(frozen=True, slots=True)
class EntityDecision:
    """The last thing a person decided about an entity."""

    title: str  # what was done, in words
    reviewer: str
    at: str


@dataclass(frozen=True, slots=True)
class MergedEntity:
    """An entity that a person merged into another."""

    id: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class EntityDetails:
    """One entity in one case."""

    id: str
    articles: tuple[tuple[str, str, int], ...]  # id, label, mentions: in case order
    spellings: tuple[tuple[str, int], ...]  # most frequent first
    accepted: int  # mentions that a person accepted or made
    merged: tuple[MergedEntity, ...]
    decision: EntityDecision | None

    @property
    def mentions(self) -> int:
        """How often the case names it."""
        return sum(count for _, _, count in self.articles)


_DECISIONS = """
SELECT rc.row_id, rc.before, rc.after, o.title, o.at, p.name AS reviewer
FROM row_changes rc JOIN operations o ON o.seq = rc.operation JOIN reviewers p ON p.id = o.reviewer_id
WHERE rc.table_name = 'entities' AND o.state = 'done' AND o.cause = 'do' {narrow} ORDER BY o.seq
"""
_MADE = """
SELECT e.id, e.name, e.made_at, p.name AS reviewer FROM entities e JOIN reviewers p ON p.id = e.made_by {narrow}
"""


def decided_entities(r: Queryable) -> dict[str, str]:
    """Who decided last about each entity that a person renamed, retyped, made, split off or merged others into."""
    found = {row["id"]: row["reviewer"] for row in r.rows(_MADE.format(narrow=""))}
    for row in r.rows(_DECISIONS.format(narrow="")):
        for entity in _decided(row["row_id"], row["before"], row["after"]):
            found[entity] = row["reviewer"]
    return found


def entity_details(r: Queryable, entity_id: str, case_id: str) -> EntityDetails:
    """One entity: articles, spellings, what was merged into it and who decided."""
    mentions = mentions_of_entity(r, entity_id, case_id)
    by_article = Counter(mention.article_id for mention in mentions)
    names = article_names(r, case_id) if mentions else {}
    spellings = Counter(" ".join(mention.quote.split()) for mention in mentions)
    return EntityDetails(
        entity_id,
        tuple((id_, name, by_article[id_]) for id_, name in names.items() if id_ in by_article),
        tuple(sorted(spellings.items(), key=lambda item: (-item[1], item[0]))),
        sum(mention.status is Status.ACCEPTED for mention in mentions),
        merged_into(r, entity_id),
        _decision(r, entity_id),
    )


def merged_into(r: Queryable, entity_id: str) -> tuple[MergedEntity, ...]:
    """The entities that a person merged into this one, directly."""
    rows = r.rows("SELECT id, name, label FROM entities WHERE merged_into = ? ORDER BY name, id", (entity_id,))
    return tuple(MergedEntity(row["id"], row["name"], row["label"]) for row in rows)


def mentions_before_merge(r: Queryable, entity_id: str, kept: str) -> list[str]:
    """Ids of the kept entity's mentions that were those of an entity merged into it."""
    rows = r.rows(
        "SELECT DISTINCT m.id FROM mentions m JOIN row_changes rc ON rc.table_name = 'mentions' AND rc.row_id = m.id "
        "JOIN operations o ON o.seq = rc.operation AND o.state = 'done' AND o.cause = 'do' "
        "WHERE m.entity_id = ? AND json_extract(rc.before, '$.entity_id') = ?",
        (kept, entity_id),
    )
    return [row["id"] for row in rows]


def merge_time(r: Queryable, entity_id: str) -> str:
    """When an entity was merged into another; "" if no step tells."""
    at: str | None = r.value(
        "SELECT max(o.at) FROM row_changes rc JOIN operations o ON o.seq = rc.operation "
        "WHERE rc.table_name = 'entities' AND rc.row_id = ? AND o.state = 'done' "
        "AND json_extract(rc.after, '$.merged_into') IS NOT NULL",
        (entity_id,),
    )
    return at or ""


def _decision(r: Queryable, entity_id: str) -> EntityDecision | None:
    found: EntityDecision | None = None
    for row in r.rows(_MADE.format(narrow="WHERE e.id = ?"), (entity_id,)):
        found = EntityDecision(f"New entity “{row['name']}”", row["reviewer"], row["made_at"])
    narrow = "AND (rc.row_id = ? OR json_extract(rc.after, '$.merged_into') = ?)"
    for row in r.rows(_DECISIONS.format(narrow=narrow), (entity_id, entity_id)):
        if entity_id in _decided(row["row_id"], row["before"], row["after"]):
            found = EntityDecision(row["title"], row["reviewer"], row["at"])
    return found


def _decided(row_id: str, before: str | None, after: str | None) -> list[str]:
    """The entities that a change of an entity's row decided about; rows that were merely touched are none."""
    old, new = load(before) or {}, load(after) or {}
    changed = {column for column in new if old.get(column) != new[column]}
    found = [row_id] if changed & {"name", "label"} else []
    if changed & {"merged_into"}:
        found.append(new["merged_into"] or row_id)
    return found
