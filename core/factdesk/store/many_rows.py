"""Recorded writes to many rows at once: read with one query, written with one statement for all that change alike."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from factdesk.store.journal import Row
from factdesk.store.transaction import Transaction, changed_in, image_of, missing_row, note_change, settings_of


def images_of(tx: Transaction, table: str, names: Iterable[str]) -> dict[str, Row]:
    """Rows that are named by their id, as they are now (see `Transaction.image`), by name."""
    wanted = dict.fromkeys(names)
    sql = f"SELECT t.* FROM json_each(?) wanted CROSS JOIN {table} t ON t.id = wanted.value"
    found: dict[str, Row] = {row["id"]: image_of(table, row) for row in tx.rows(sql, (json.dumps([*wanted]),))}
    for name in wanted:
        if name not in found:
            raise missing_row(table, name)
    return found


def set_many(tx: Transaction, table: str, columns: Mapping[str, Row], images: Mapping[str, Row] | None = None) -> None:
    """Like `Transaction.set_columns` for many rows, by name; `images` if they were asked for already."""
    rows = images_of(tx, table, columns) if images is None else images
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for name, wanted in columns.items():
        changed = changed_in(rows[name], wanted)
        if changed:
            alike.setdefault(tuple(changed), []).append((*changed.values(), name))
            note_change(tx, table, name, rows[name], changed)
    for names, values in alike.items():
        tx.executemany(f"UPDATE {table} SET {settings_of(names)} WHERE id = ?", values)
