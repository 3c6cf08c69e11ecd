"""Undo and redo from the journal, one history for the whole project, across restarts."""

from factdesk.model.changes import Changes
from factdesk.store.connection import Queryable
from factdesk.store.replay import redo_step, undo_step
from factdesk.store.transaction import Transaction


def undo(tx: Transaction) -> Changes:
    """Take the newest step back."""
    step = _last_done(tx)
    if step is None:
        return Changes(title="There is nothing to undo")
    seq, title = step
    tx.record(title)
    undo_step(tx, seq)
    return tx.changes(title=f"Undone: {title}")


def redo(tx: Transaction) -> Changes:
    """Do the step again that was undone last."""
    step = _last_undone(tx)
    if step is None:
        return Changes(title="There is nothing to redo")
    seq, title = step
    tx.record(title)
    redo_step(tx, seq)
    return tx.changes(title=f"Redone: {title}")


def undo_title(r: Queryable) -> str:
    """What undo would take back, "" for nothing."""
    step = _last_done(r)
    return "" if step is None else step[1]


def redo_title(r: Queryable) -> str:
    """What redo would do again, "" for nothing."""
    step = _last_undone(r)
    return "" if step is None else step[1]


def _last_done(r: Queryable) -> tuple[int, str] | None:
    return _step(r, "SELECT seq, title FROM operations WHERE cause = 'do' AND state = 'done' ORDER BY seq DESC LIMIT 1")


def _last_undone(r: Queryable) -> tuple[int, str] | None:
    return _step(r, "SELECT seq, title FROM operations WHERE cause = 'do' AND state = 'undone' ORDER BY seq LIMIT 1")


def _step(r: Queryable, sql: str) -> tuple[int, str] | None:
    row = r.one(sql)
    return None if row is None else (row["seq"], row["title"])
