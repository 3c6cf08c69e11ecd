"""Which entity stands for another after merging and splitting, and which ones a claim names."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from factdesk.model.spans import Span
from factdesk.store.connection import Queryable


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity as a chip or filter shows it."""

    id: str
    name: str
    label: str


def standing_entity(r: Queryable, entity_id: str) -> str | None:
    """The entity itself, or the one it was merged into (however often); None if there is no such entity."""
    found: str | None = r.value(
        "WITH RECURSIVE chain (id, next, steps) AS ("
        "  SELECT id, merged_into, 0 FROM entities WHERE id = ?"
        "  UNION SELECT e.id, e.merged_into, steps + 1 FROM chain JOIN entities e ON e.id = chain.next"
        "  WHERE steps < 100"  # a guard against a circle, which merging never makes
        ") SELECT id FROM chain ORDER BY steps DESC LIMIT 1",
        (entity_id,),
    )
    return found


def entities_of_claim(r: Queryable, claim_id: str) -> list[NamedEntity]:
    """The named things in a claim, in the order in which it names them."""
    rows = r.rows(
        "SELECT e.id, e.name, e.label FROM claims c JOIN mentions m ON m.article_id = c.article_id "
        'AND m.start < c."end" AND m."end" > c.start AND m.status <> \'refused\' '
        "JOIN entities e ON e.id = m.entity_id WHERE c.id = ? GROUP BY e.id ORDER BY min(m.start), e.id",
        (claim_id,),
    )
    return [NamedEntity(*row) for row in rows]


def spellings_split_off(r: Queryable) -> dict[str, str]:
    """For each spelling that belongs to an entity a person made, and to no second such entity: that entity."""
    rows = r.rows(
        "SELECT m.quote, min(e.id) AS entity FROM entities e JOIN mentions m ON m.entity_id = e.id "
        "WHERE e.made_by IS NOT NULL AND e.merged_into IS NULL AND m.status <> 'refused' "
        "GROUP BY m.quote HAVING count(DISTINCT e.id) = 1"
    )
    return {row["quote"]: row["entity"] for row in rows}


def is_split_off(r: Queryable, quote: str, entity_id: str, split: str, article_id: str) -> bool:
    """Whether a new mention with this spelling, taken for one entity, belongs to the one a person split off from it.

    It does if this article has it only as the split one; if the article has neither, if no article has the other.
    """
    row = r.one(
        "SELECT count(*) AS everywhere, coalesce(sum(article_id = :article), 0) AS here, "
        "(SELECT count(*) FROM mentions WHERE entity_id = :split AND quote = :quote AND article_id = :article "
        " AND status <> 'refused') AS split_here "
        "FROM mentions WHERE entity_id = :entity AND quote = :quote AND status <> 'refused'",
        {"article": article_id, "entity": entity_id, "split": split, "quote": quote},
    )
    if row is None or row["here"]:
        return False
    return bool(row["split_here"]) or not row["everywhere"]


def spellings_of(r: Queryable, entity_id: str) -> list[str]:
    """Every way in which articles write an entity, and its name; longest first."""
    rows = r.rows(
        "SELECT DISTINCT quote FROM mentions WHERE entity_id = :entity AND status <> 'refused' "
        "UNION SELECT name FROM entities WHERE id = :entity",
        {"entity": entity_id},
    )
    return sorted((row[0] for row in rows), key=lambda spelling: (-len(spelling), spelling))


def texts_with(r: Queryable, case_id: str, words: Collection[str]) -> list[tuple[str, str]]:
    """Id and text of the articles of a case in which one of the words stands, in case order."""
    rows = r.rows(
        "SELECT a.id, a.text FROM case_articles ca JOIN articles a ON a.id = ca.article_id WHERE ca.case_id = ? "
        "AND EXISTS (SELECT 1 FROM json_each(?) w WHERE instr(a.text, w.value) > 0) ORDER BY ca.position, a.id",
        (case_id, json.dumps(list(words), ensure_ascii=False)),
    )
    return [(row["id"], row["text"]) for row in rows]


def marked_spans(r: Queryable, article_id: str) -> list[tuple[Span, str, str | None]]:
    """Span, quote and entity of each mention of an article; refused ones too, so that none is made again."""
    rows = r.rows('SELECT start, "end", quote, entity_id FROM mentions WHERE article_id = ?', (article_id,))
    return [(Span(row["start"], row["end"]), row["quote"], row["entity_id"]) for row in rows]
