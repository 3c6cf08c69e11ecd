"""Undoing a step, or doing it again, from its row images."""

from itertools import groupby

from factdesk.errors import FactdeskError
from factdesk.store.journal import Row, dump, load
from factdesk.store.many_rows import set_many
from factdesk.store.transaction import Transaction

_HANGING: dict[str, tuple[tuple[str, str], ...]] = {
    "claims": (("links", "claim_a"), ("links", "claim_b"), ("cluster_claims", "claim_id"), ("clusters", "lead")),
    "clusters": (("cluster_claims", "cluster_id"),),
    "entities": (("mentions", "entity_id"),),
}
"""For each table: where rows of the machine may name one of its rows."""

Change = tuple[str, str, Row | None, Row | None]


def undo_step(tx: Transaction, seq: int) -> None:
    """Put every row that the step touched back to what it was."""
    tx.step.cause, tx.step.target = "undo", seq
    changes = _changes(tx, seq)
    going = [(table, name) for table, name, before, _ in changes if before is None]
    adopted: list[Change] = [(table, name, None, row) for table, name, row in _adopt(tx, going, changes)]
    _remember(tx, seq, adopted)
    _replay(tx, [(table, name, after, before) for table, name, before, after in reversed(changes + adopted)])
    tx.execute("UPDATE operations SET state = 'undone' WHERE seq = ?", (seq,))


def redo_step(tx: Transaction, seq: int) -> None:
    """Put every row that the step touched to what it made of it."""
    tx.step.cause, tx.step.target = "redo", seq
    changes = _changes(tx, seq)
    going = [(table, name) for table, name, _, after in changes if after is None]
    adopted: list[Change] = [(table, name, row, None) for table, name, row in _adopt(tx, going, changes)]
    _remember(tx, seq, adopted)
    _replay(tx, changes + adopted)
    tx.execute("UPDATE operations SET state = 'done' WHERE seq = ?", (seq,))


def _changes(tx: Transaction, seq: int) -> list[Change]:
    tx.execute("PRAGMA defer_foreign_keys = ON")  # rows that refer to each other come back in any order
    rows = tx.rows("SELECT table_name, row_id, before, after FROM row_changes WHERE operation = ? ORDER BY n", (seq,))
    return [(row["table_name"], row["row_id"], load(row["before"]), load(row["after"])) for row in rows]


def _adopt(tx: Transaction, going: list[tuple[str, str]], changes: list[Change]) -> list[tuple[str, str, Row]]:
    """What the machine has hung since on rows that go now: it goes and comes with them, as if the step had made it."""
    known = {(table, name) for table, name, _, _ in changes}
    found: list[tuple[str, str, Row]] = []
    while going:
        table, name = going.pop()
        for other, column in _HANGING.get(table, ()):
            for row in tx.rows(f"SELECT id FROM {other} WHERE {column} = ?", (name,)):
                key = (other, row["id"])
                if key not in known:
                    known.add(key)
                    found.append((*key, tx.image(*key)))
                    going.append(key)
    return found


def _remember(tx: Transaction, seq: int, changes: list[Change]) -> None:
    first = tx.value("SELECT coalesce(max(n), -1) + 1 FROM row_changes WHERE operation = ?", (seq,))
    tx.executemany(
        "INSERT INTO row_changes (operation, n, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [(seq, first + n, table, name, dump(old), dump(new)) for n, (table, name, old, new) in enumerate(changes)],
    )


def _replay(tx: Transaction, changes: list[Change]) -> None:
    """Write every row; claims of which only columns change go together, for there may be tens of thousands."""
    for together, group in groupby(
        sorted(changes, key=_turn), lambda each: each[0] == "claims" and None not in each[2:]
    ):
        if together:
            set_many(tx, "claims", {name: new for _, name, _, new in group if new})
            continue
        for change in group:
            _replace(tx, *change)


def _replace(tx: Transaction, table: str, name: str, old: Row | None, new: Row | None) -> None:
    if table == "reviewers" and new:
        _check_free(tx, name, new.get("name"))
    if new is None:
        tx.delete(table, name)
    elif old is None:
        tx.insert(table, new)
    elif new:
        tx.set_columns(table, name, new)


def _turn(change: Change) -> int:
    """Rows that go give up what only one row may have, before others take it: removed, then changed, then made."""
    _, _, old, new = change
    return 0 if new is None else 1 if old is not None else 2


def _check_free(tx: Transaction, reviewer: str, name: str | None) -> None:
    """A name that a reviewer gave up may be somebody else's by now."""
    if tx.value("SELECT 1 FROM reviewers WHERE name = ? AND id <> ?", (name, reviewer)) is not None:
        raise FactdeskError(
            f"Somebody else in this project is called {name} now.",
            "This step cannot be taken back or done again until one of you takes another name.",
        )
