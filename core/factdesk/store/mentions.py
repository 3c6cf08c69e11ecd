"""Mentions and entities, read."""

from collections import Counter
from sqlite3 import Row

from factdesk.errors import NotFoundError
from factdesk.model.claims import Status
from factdesk.model.mentions import NAME_LABELS, Entity, Mention
from factdesk.model.spans import Span
from factdesk.store.connection import Queryable
from factdesk.store.sessions import MACHINE

_MENTIONS = """
SELECT m.id, m.article_id, m.start, m."end", m.quote, m.label, m.entity_id, m.status, p.name AS made_by
FROM mentions m LEFT JOIN reviewers p ON p.id = m.made_by
"""
_LABELS = ", ".join(f"'{label}'" for label in sorted(NAME_LABELS))


def get_mention(r: Queryable, mention_id: str) -> Mention:
    """One mention."""
    row = r.one(f"{_MENTIONS} WHERE m.id = ?", (mention_id,))
    if row is None:
        raise NotFoundError(f"There is no mention {mention_id} in this project.")
    return _mention(row)


def mentions_of_article(r: Queryable, article_id: str) -> list[Mention]:
    """The mentions of an article by span; refused ones left out."""
    rows = r.rows(
        f"{_MENTIONS} WHERE m.article_id = ? AND m.status <> 'refused' ORDER BY m.start, m.\"end\" DESC, m.id",
        (article_id,),
    )
    return [_mention(row) for row in rows]


def mentions_of_entity(r: Queryable, entity_id: str, case_id: str) -> list[Mention]:
    """Where a case names an entity, in case order."""
    rows = r.rows(
        f"{_MENTIONS} JOIN case_articles ca ON ca.article_id = m.article_id AND ca.case_id = ? "
        "WHERE m.entity_id = ? AND m.status <> 'refused' ORDER BY ca.position, m.start, m.id",
        (case_id, entity_id),
    )
    return [_mention(row) for row in rows]


def list_entities(r: Queryable, case_id: str) -> list[Entity]:
    """The named entities of a case, most mentioned first."""
    rows = r.rows(
        "SELECT e.id, e.name, e.label, m.quote, count(*) AS uses "
        "FROM case_articles ca CROSS JOIN mentions m ON m.article_id = ca.article_id AND m.status <> 'refused' "
        "JOIN entities e ON e.id = m.entity_id "
        f"WHERE ca.case_id = ? AND e.label IN ({_LABELS}) GROUP BY e.id, m.quote",
        (case_id,),
    )
    spellings: dict[str, Counter[str]] = {}
    heads: dict[str, Row] = {}
    for row in rows:
        spellings.setdefault(row["id"], Counter())[row["quote"]] += row["uses"]
        heads[row["id"]] = row
    articles = _article_counts(r, case_id)
    entities = [
        Entity(
            id=id_,
            name=heads[id_]["name"],
            label=heads[id_]["label"],
            spellings=tuple(spelling for spelling, _ in sorted(uses.items(), key=lambda item: (-item[1], item[0]))),
            mention_count=uses.total(),
            article_count=articles[id_],
        )
        for id_, uses in spellings.items()
    ]
    return sorted(entities, key=lambda entity: (-entity.mention_count, entity.name.casefold(), entity.id))


def get_entity(r: Queryable, entity_id: str) -> Entity:
    """One entity with its mentions in the whole project."""
    row = r.one("SELECT id, name, label FROM entities WHERE id = ?", (entity_id,))
    if row is None:
        raise NotFoundError(f"There is no entity {entity_id} in this project.")
    uses = r.rows(
        "SELECT quote, count(*) AS uses FROM mentions WHERE entity_id = ? AND status <> 'refused' "
        "GROUP BY quote ORDER BY uses DESC, quote",
        (entity_id,),
    )
    articles = r.value(
        "SELECT count(DISTINCT article_id) FROM mentions WHERE entity_id = ? AND status <> 'refused'", (entity_id,)
    )
    return Entity(
        row["id"],
        row["name"],
        row["label"],
        tuple(use["quote"] for use in uses),
        sum(use["uses"] for use in uses),
        articles,
    )


def _article_counts(r: Queryable, case_id: str) -> dict[str, int]:
    rows = r.rows(
        "SELECT m.entity_id, count(DISTINCT m.article_id) FROM case_articles ca "
        "CROSS JOIN mentions m ON m.article_id = ca.article_id AND m.status <> 'refused' "
        "WHERE ca.case_id = ? AND m.entity_id IS NOT NULL GROUP BY m.entity_id",
        (case_id,),
    )
    return dict(map(tuple, rows))


def _mention(row: Row) -> Mention:
    return Mention(
        id=row["id"],
        article_id=row["article_id"],
        span=Span(row["start"], row["end"]),
        quote=row["quote"],
        label=row["label"],
        entity_id=row["entity_id"],
        status=Status(row["status"]),
        made_by=row["made_by"] or MACHINE,
    )
