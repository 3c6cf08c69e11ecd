"""Taking a merge of entities back, later than undo would: the rest of what was done since stays."""

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.ops.wording import quoted
from factdesk.store.entity_details import mentions_before_merge, merge_time
from factdesk.store.mentions import get_entity
from factdesk.store.transaction import Transaction


def unmerge_entity(tx: Transaction, entity_id: str) -> Changes:
    """Make a merged entity one of its own again, with the mentions it had and those found since in its spellings."""
    entity = get_entity(tx, entity_id)
    kept = tx.value("SELECT merged_into FROM entities WHERE id = ?", (entity_id,))
    if kept is None:
        raise FactdeskError(
            f"{quoted(entity.name)} is not merged into another entity.", "It may have been separated already."
        )
    tx.record(f"Separate {quoted(entity.name)} from {quoted(get_entity(tx, kept).name)}")
    own = set(mentions_before_merge(tx, entity_id, kept))
    rows = tx.rows("SELECT id, quote, made_at FROM mentions WHERE entity_id = ?", (kept,))
    spellings = {_plain(entity.name)} | {_plain(row["quote"]) for row in rows if row["id"] in own}
    merged_at = merge_time(tx, entity_id)
    for row in rows:
        is_later = row["made_at"] > merged_at and _plain(row["quote"]) in spellings
        if row["id"] in own or is_later:
            tx.update("mentions", row["id"], entity_id=entity_id)
    tx.update("entities", entity_id, merged_into=None)
    tx.touch("entities", kept)
    return tx.changes(created=entity_id)


def _plain(quote: str) -> str:
    return " ".join(quote.split()).casefold()
