"""Undoing a step, or doing it again, from its row images."""

from factdesk.store.journal import Row, load
from factdesk.store.transaction import Transaction


def undo_step(tx: Transaction, seq: int) -> None:
    """Put every row that the step touched back to what it was."""
    tx.step.cause, tx.step.target = "undo", seq
    for table, name, before, after in reversed(_changes(tx, seq)):
        _replace(tx, table, name, after, before)
    tx.execute("UPDATE operations SET state = 'undone' WHERE seq = ?", (seq,))


def redo_step(tx: Transaction, seq: int) -> None:
    """Put every row that the step touched to what it made of it."""
    tx.step.cause, tx.step.target = "redo", seq
    for table, name, before, after in _changes(tx, seq):
        _replace(tx, table, name, before, after)
    tx.execute("UPDATE operations SET state = 'done' WHERE seq = ?", (seq,))


def _changes(tx: Transaction, seq: int) -> list[tuple[str, str, Row | None, Row | None]]:
    tx.execute("PRAGMA defer_foreign_keys = ON")  # rows that refer to each other come back in any order
    rows = tx.rows("SELECT table_name, row_id, before, after FROM row_changes WHERE operation = ? ORDER BY n", (seq,))
    return [(row["table_name"], row["row_id"], load(row["before"]), load(row["after"])) for row in rows]


def _replace(tx: Transaction, table: str, name: str, old: Row | None, new: Row | None) -> None:
    if new is None:
        tx.delete(table, name)
    elif old is None:
        tx.insert(table, new)
    elif new:
        tx.set_columns(table, name, new)
