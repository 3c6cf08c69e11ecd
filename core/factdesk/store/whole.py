"""Rows out and in as they are, a page at a time: for exports that lose nothing, and for bringing them back."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from factdesk.errors import ProjectError
from factdesk.store.connection import Queryable
from factdesk.store.journal import Row
from factdesk.store.transaction import Transaction

_PAGE = 500


def count_rows(r: Queryable, table: str, condition: str = "1") -> int:
    """How many rows of a table meet the condition."""
    return int(r.value(f"SELECT count(*) FROM {table} WHERE {condition}"))


def rows_in_order(
    r: Queryable, table: str, columns: tuple[str, ...], condition: str = "1", page: int = _PAGE
) -> Iterator[Row]:
    """All rows that meet the condition in the order in which they were made, read page by page."""
    names = ", ".join(f'"{column}"' for column in columns)
    sql = f"SELECT rowid AS row_number, {names} FROM {table} WHERE rowid > ? AND ({condition}) ORDER BY rowid LIMIT ?"
    last = -1
    while rows := r.rows(sql, (last, page)):
        for row in rows:
            yield dict(row)
        last = rows[-1]["row_number"]


def row_changes_of(r: Queryable, operation: int) -> list[Row]:
    """What a step of the history did to rows, in its order."""
    rows = r.rows("SELECT * FROM row_changes WHERE operation = ? ORDER BY n", (operation,))
    return [dict(row) for row in rows]


def columns_of(r: Queryable, table: str) -> list[str]:
    """The names of a table's columns."""
    return [row["name"] for row in r.rows("SELECT name FROM pragma_table_info(?)", (table,))]


def put_row(tx: Transaction, table: str, row: dict[str, Any]) -> str:
    """Add a row as it is; "" if that was possible, else why the schema does not allow it."""
    return _attempted(tx.put, table, row)


def insert_row(tx: Transaction, table: str, row: dict[str, Any]) -> str:
    """The same as a step that can be undone."""
    return _attempted(tx.insert, table, row)


def _attempted(add: Callable[[str, Row], None], table: str, row: Row) -> str:
    try:
        add(table, row)
    except ProjectError as error:
        if isinstance(error.__cause__, sqlite3.IntegrityError):
            return _in_words(str(error.__cause__))
        raise
    return ""


def point_row(tx: Transaction, table: str, name: str, column: str, target: tuple[str, str]) -> bool:
    """Let a row name another row (its table and id); False if that one is not there."""
    if tx.value(f"SELECT 1 FROM {target[0]} WHERE id = ?", (target[1],)) is None:
        return False
    tx.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (target[1], name))
    return True


def empty_for_import(tx: Transaction) -> None:
    """Take out what a new project begins with: its case, and places kept by the window."""
    for table in ("places", "case_articles", "cases", "settings"):
        tx.execute(f"DELETE FROM {table}")


def is_new(r: Queryable) -> bool:
    """Whether nothing was done in a project yet."""
    return not any(count_rows(r, table) for table in ("articles", "operations", "decisions"))


def take_over_reviewer(tx: Transaction, row: Row) -> bool:
    """Give the one reviewer of this name the id that the export knows; False if the name is new here."""
    known = tx.value("SELECT id FROM reviewers WHERE name = ?", (row["name"],))
    if known is None:
        return False
    tx.execute("PRAGMA defer_foreign_keys = ON")
    tx.execute(
        "UPDATE reviewers SET rowid = (SELECT max(rowid) + 1 FROM reviewers), id = ?, created_at = ? WHERE id = ?",
        (row["id"], row["created_at"], known),
    )
    tx.execute("UPDATE sessions SET reviewer_id = ? WHERE reviewer_id = ?", (row["id"], known))
    tx.execute("PRAGMA defer_foreign_keys = OFF")
    return True


def _in_words(problem: str) -> str:
    if problem.startswith("FOREIGN KEY"):
        return "it refers to something that is not in the file (or was refused)"
    if problem.startswith("UNIQUE"):
        return "the same one is there already"
    return problem
