"""Mentions and entities, read."""

from sqlite3 import Row

from factdesk.errors import NotFoundError
from factdesk.model.mentions import NAME_LABELS, Entity, Mention
from factdesk.model.spans import Span
from factdesk.store.connection import Queryable
from factdesk.store.sessions import MACHINE
from factdesk.store.soundness import from_row
from factdesk.store.stored_words import ANCHORS, STATUSES

_MENTIONS = """
SELECT m.id, m.article_id, m.start, m."end", m.quote, m.label, m.entity_id, m.status, m.anchor, p.name AS made_by
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
        "WHERE m.entity_id = ? AND m.status <> 'refused' ORDER BY ca.position, ca.article_id, m.start, m.id",
        (case_id, entity_id),
    )
    return [_mention(row) for row in rows]


def list_entities(r: Queryable, case_id: str) -> list[Entity]:
    """The named entities of a case, most mentioned first."""
    source = _mentions_of_case(r, case_id)
    articles = dict(
        map(
            tuple,
            r.rows(f"SELECT m.entity_id, count(DISTINCT m.article_id) {source} GROUP BY m.entity_id", (case_id,)),
        )
    )
    spellings: dict[str, list[tuple[int, str]]] = {}
    for id_, quote, uses in r.rows(
        f"SELECT m.entity_id, m.quote, count(*) {source} GROUP BY m.entity_id, m.quote", (case_id,)
    ):
        spellings.setdefault(id_, []).append((-uses, quote))
    entities = [
        Entity(
            id=row["id"],
            name=row["name"],
            label=row["label"],
            spellings=tuple(quote for _, quote in sorted(spellings[row["id"]])),
            mention_count=-sum(uses for uses, _ in spellings[row["id"]]),
            article_count=articles[row["id"]],
        )
        for row in r.rows(f"SELECT id, name, label FROM entities WHERE label IN ({_LABELS})")
        if row["id"] in spellings
    ]
    return sorted(entities, key=lambda entity: (-entity.mention_count, entity.name.casefold(), entity.id))


def _mentions_of_case(r: Queryable, case_id: str) -> str:
    """Where the mentions of a case's entities come from: its articles if they are few, else all mentions by entity."""
    counts = r.one(
        "SELECT (SELECT count(*) FROM case_articles WHERE case_id = ?), (SELECT count(*) FROM articles)", (case_id,)
    )
    here, everywhere = (0, 0) if counts is None else counts
    condition = "m.status <> 'refused' AND m.entity_id IS NOT NULL"
    if here == everywhere:
        return f"FROM mentions m INDEXED BY mentions_by_entity WHERE ? <> '' AND {condition}"
    if here * 4 < everywhere:
        articles = "case_articles ca CROSS JOIN mentions m ON m.article_id = ca.article_id"
    else:
        articles = (
            "mentions m INDEXED BY mentions_by_entity CROSS JOIN case_articles ca ON ca.article_id = m.article_id"
        )
    return f"FROM {articles} WHERE ca.case_id = ? AND {condition}"


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


@from_row("mentions")
def _mention(row: Row) -> Mention:
    return Mention(
        id=row["id"],
        article_id=row["article_id"],
        span=Span(row["start"], row["end"]),
        quote=row["quote"],
        label=row["label"],
        entity_id=row["entity_id"],
        status=STATUSES[row["status"]],
        made_by=row["made_by"] or MACHINE,
        anchor=ANCHORS[row["anchor"]],
    )
