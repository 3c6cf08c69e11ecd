"""The write side: what one operation may do inside its transaction.

Recorded writes (`insert`, `update`, `delete`) keep row images for undo and note what was touched. Raw writes
(`execute`, `executemany`, `bulk_insert`, `db`) are for content that is never undone: texts of articles, suggestions
of the machine, imports of whole projects.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.clock import utc_now
from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.store.connection import Params, Queries
from factdesk.store.journal import COUNTED, Row, RowChange, row_id, where
from factdesk.store.sessions import Identity
from factdesk.store.step import JUDGED, Step, write_step
from factdesk.store.touched import Touched

if TYPE_CHECKING:
    from sqlite_utils import Database


class Transaction(Queries):
    """One operation between BEGIN IMMEDIATE and COMMIT, on the writer thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path, identity: Identity, name: str = "") -> None:
        super().__init__(connection, path)
        self.identity = identity
        self.now = utc_now()
        self.reviewer_id = identity.reviewer_id
        self.step = Step(name)
        self._touched = Touched()
        self._database: Database | None = None

    # -- what the operation is -------------------------------------------------------------------------------------

    def record(self, title: str, merge_key: str = "") -> None:
        """Name the step for the undo menu. Steps with the same merge key that follow closely become one."""
        self.step.title = title
        self.step.merge_key = merge_key

    def record_machine(self, title: str) -> None:
        """Name a step of the machine: it is listed, but cannot be undone."""
        self.step.title = title
        self.step.cause = "machine"

    def changes(self, *, created: str = "", title: str | None = None, everything: bool = False) -> Changes:
        """What was touched so far."""
        return self._touched.changes(
            title=(self.step.title or "") if title is None else title, created=created, everything=everything
        )

    # -- recorded writes -------------------------------------------------------------------------------------------

    def insert(self, table: str, row: Row) -> None:
        """Add a row."""
        self.put(table, row)
        name = row_id(table, row)
        image = self.image(table, name)  # with defaults and the row number, so that doing it again is exact
        self.step.journal.add(RowChange(table, name, None, image))
        self.step.journal.touch_referred(table, image)
        self._touched.note(table, image)

    def update(self, table: str, name: str, /, **columns: Any) -> bool:
        """Change columns of a row; False if it has these values already."""
        return self.set_columns(table, name, columns)

    def set_columns(self, table: str, name: str, columns: Row) -> bool:
        """Like `update`, for columns whose names are no Python words."""
        row = self.image(table, name)
        changed = changed_in(row, columns)
        if not changed:
            return False
        self.execute(
            f"UPDATE {table} SET {settings_of(changed)} WHERE {where(table)}", (*changed.values(), *name.split("/"))
        )
        note_change(self, table, name, row, changed)
        return True

    def delete(self, table: str, name: str, *, is_of_machine: bool = False) -> None:
        """Remove a row. What a row of the machine's own names is not taken for a person's work by it."""
        row = self.image(table, name)
        self.execute(f"DELETE FROM {table} WHERE {where(table)}", tuple(name.split("/")))
        self.step.journal.add(RowChange(table, name, row, None))
        if not is_of_machine:
            self.step.journal.touch_referred(table, row)
        self._touched.note(table, row)

    def touch(self, table: str, name: str) -> None:
        """Mark a row as one that a person's work hangs on, so that the machine keeps it."""
        self.step.journal.touch(table, name)

    def image(self, table: str, name: str) -> Row:
        """A row as it is now, without the counts that triggers keep."""
        row = self.one(f"SELECT * FROM {table} WHERE {where(table)}", tuple(name.split("/")))
        if row is None:
            raise missing_row(table, name)
        return image_of(table, row)

    # -- raw writes ------------------------------------------------------------------------------------------------

    def execute(self, sql: str, params: Params = ()) -> int:
        """One statement outside the journal; the number of rows it changed."""
        with self._translated():
            return self._connection.execute(sql, params).rowcount

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows, outside the journal."""
        with self._translated():
            self._connection.executemany(sql, rows)

    def bulk_insert(self, table: str, rows: Sequence[Row]) -> None:
        """Many rows at once through sqlite-utils, outside the journal."""
        if rows:
            with self._translated():
                self.db.table(table).insert_all(rows)

    def bulk_update(self, table: str, rows: Sequence[Row]) -> None:
        """New values for many rows, all with the same columns, each named by its id; outside the journal."""
        if rows:
            columns = [column for column in rows[0] if column != "id"]
            settings = ", ".join(f'"{column}" = ?' for column in columns)
            self.executemany(
                f"UPDATE {table} SET {settings} WHERE id = ?",
                [(*(row[column] for column in columns), row["id"]) for row in rows],
            )

    def put(self, table: str, row: Row) -> None:
        """One new row, outside the journal."""
        columns = ", ".join(f'"{column}"' for column in row)
        self.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))

    @property
    def db(self) -> "Database":
        """sqlite-utils on this transaction's connection; its import takes long the first time."""
        if self._database is None:
            from sqlite_utils import Database  # noqa: PLC0415 - 0.9 s that decisions must not wait for

            self._database = Database(self._connection)
        return self._database

    def note(self, table: str, row: Row) -> None:
        """Tell the screens about a row that was written raw."""
        self._touched.note(table, row)

    def finish(self) -> None:
        """Write the journal entry and the decisions; the last thing before COMMIT."""
        write_step(self, self.step)


def note_change(tx: Transaction, table: str, name: str, row: Row, changed: Row) -> None:
    """Keep what undo and the screens need to know of a changed row: the row as it was, and its new columns."""
    before = {column: row[column] for column in changed}
    tx.step.journal.add(RowChange(table, name, before, changed))
    tx.step.journal.touch_referred(table, before)
    tx.step.journal.touch_referred(table, changed)
    tx.note(table, row)
    tx.note(table, changed)
    if table == "claims" and any(column in changed for column in JUDGED):
        after = row | changed
        tx.step.judged[name] = {column: after[column] for column in JUDGED}


def image_of(table: str, row: sqlite3.Row) -> Row:
    """A row without the counts that triggers keep."""
    left_out = COUNTED | {"text"} if table == "articles" else COUNTED  # a text never changes: images stay small
    return {column: value for column, value in zip(row.keys(), row, strict=True) if column not in left_out}


def changed_in(row: Row, columns: Row) -> Row:
    """Those of the columns that have other values now."""
    return {column: value for column, value in columns.items() if row[column] != value}


def settings_of(columns: Iterable[str]) -> str:
    """What stands behind SET."""
    return ", ".join(f'"{column}" = ?' for column in columns)


def missing_row(table: str, name: str) -> NotFoundError:
    """What to say of a row that is not there."""
    return NotFoundError(f"This project has no {table} row {name}.", "It may have been removed meanwhile.")
