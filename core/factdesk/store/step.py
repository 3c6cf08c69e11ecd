"""Writing one step of the history: its head, its row images, and the decisions it made."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from factdesk.model.ids import new_id
from factdesk.store.connection import Params, Queryable
from factdesk.store.journal import Journal, Row, RowChange, dump, load
from factdesk.store.sessions import Identity

JUDGED = ("status", "verdict", "reason", "note", "confidence")
"""Columns of a claim that a person decides: each change of them is a line in `decisions`."""

MERGE_WINDOW = timedelta(seconds=30)


@dataclass(slots=True)
class Step:
    """What one transaction adds to the history."""

    name: str
    title: str | None = None
    cause: str = "do"
    target: int | None = None
    merge_key: str = ""
    journal: Journal = field(default_factory=Journal)
    judged: dict[str, Row] = field(default_factory=dict)


class Writing(Queryable, Protocol):
    """What writing a step needs of a transaction."""

    identity: Identity
    now: str

    def execute(self, sql: str, params: Params = ()) -> int:
        """One statement."""

    def executemany(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """One statement for many rows."""


def write_step(tx: Writing, step: Step) -> None:
    """Add the step to the history, or to the step it continues; a step without effect leaves no trace."""
    if step.cause == "machine":
        _write_head(tx, step)
        return
    if step.cause in {"undo", "redo"}:
        _write_decisions(tx, step, _write_head(tx, step))
        return
    changes = step.journal.effective()
    if not changes:
        return
    if step.title is None:
        raise RuntimeError(f"the operation {step.name} wrote rows without naming its step")
    first, seq = 0, continued_step(tx, step.merge_key)
    if seq is None:
        tx.execute("UPDATE operations SET state = 'dropped' WHERE cause = 'do' AND state = 'undone'")
        seq = _write_head(tx, step)
    elif _meets(tx, seq, changes):
        changes = _merge_into(tx, step, seq)
    else:
        first = _append_to(tx, step, seq)
    tx.executemany(
        "INSERT INTO row_changes (operation, n, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [(seq, n, c.table, c.row_id, dump(c.before), dump(c.after)) for n, c in enumerate(changes, first)],
    )
    _write_decisions(tx, step, seq)


def _write_head(tx: Writing, step: Step) -> int:
    who = tx.identity
    tx.execute(
        "INSERT INTO operations (id, name, title, cause, target, state, merge_key, session_id, reviewer_id, at, "
        "tool_version) VALUES (?, ?, ?, ?, ?, 'done', ?, ?, ?, ?, ?)",
        (
            *(new_id(), step.name, step.title or "", step.cause, step.target, step.merge_key),
            *(who.session_id, who.reviewer_id, tx.now, who.tool_version),
        ),
    )
    return int(tx.value("SELECT last_insert_rowid()"))


def _write_decisions(tx: Writing, step: Step, seq: int) -> None:
    who = tx.identity
    tx.executemany(
        "INSERT INTO decisions (id, claim_id, status, verdict, reason, note, confidence, cause, title, operation, "
        "reviewer_id, session_id, decided_at, tool_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(new_id(), claim, *(judged[column] for column in JUDGED), step.cause, step.title or "", seq),
                *(who.reviewer_id, who.session_id, tx.now, who.tool_version),
            )
            for claim, judged in step.judged.items()
        ],
    )


def continued_step(tx: Writing, merge_key: str) -> int | None:
    """The number of the step that one with this key continues: the newest, of the same sitting, moments ago."""
    if not merge_key:
        return None
    last = tx.one(
        "SELECT seq, state, cause, merge_key, session_id, at FROM operations WHERE cause <> 'machine' "
        "ORDER BY seq DESC LIMIT 1"
    )
    if last is None or (last["cause"], last["state"]) != ("do", "done"):
        return None
    if (last["merge_key"], last["session_id"]) != (merge_key, tx.identity.session_id):
        return None
    passed = datetime.fromisoformat(tx.now) - datetime.fromisoformat(last["at"])
    return int(last["seq"]) if timedelta(0) <= passed < MERGE_WINDOW else None


def _meets(tx: Writing, seq: int, changes: list[RowChange]) -> bool:
    """Whether the step changed one of these rows already."""
    sql = "SELECT 1 FROM row_changes WHERE operation = ? AND table_name = ? AND row_id = ?"
    return any(tx.value(sql, (seq, change.table, change.row_id)) is not None for change in changes)


def _append_to(tx: Writing, step: Step, seq: int) -> int:
    """Other rows follow those of the step; gives the number of the first. Long imports stay fast this way."""
    tx.execute("UPDATE operations SET title = ?, at = ? WHERE seq = ?", (step.title, tx.now, seq))
    return int(tx.value("SELECT max(n) + 1 FROM row_changes WHERE operation = ?", (seq,)))


def _merge_into(tx: Writing, step: Step, seq: int) -> list[RowChange]:
    """All changes of the step and the one before it; none are left if the typing came back to where it began."""
    together = Journal()
    earlier = tx.rows(
        "SELECT table_name, row_id, before, after FROM row_changes WHERE operation = ? ORDER BY n", (seq,)
    )
    for row in earlier:
        together.add(RowChange(row["table_name"], row["row_id"], load(row["before"]), load(row["after"])))
    for change in step.journal.effective():
        together.add(change)
    tx.execute("DELETE FROM row_changes WHERE operation = ?", (seq,))
    changes = together.effective()
    tx.execute(
        "UPDATE operations SET title = ?, at = ?, state = ? WHERE seq = ?",
        (step.title, tx.now, "done" if changes else "dropped", seq),
    )
    return changes
