"""Which entity stands for another after merging."""

from factdesk.store.connection import Queryable


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
