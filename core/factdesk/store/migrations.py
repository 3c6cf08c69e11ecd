"""Making and updating the schema. Imports sqlite-utils, which costs most of a second: only when there is work."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from factdesk.store import m001, m002, m003, m004
from factdesk.store.version import APPLICATION_ID, SCHEMA, schema_name

MIGRATIONS = Migrations("factdesk")


@MIGRATIONS()
def m001_first_schema(db: Database) -> None:
    """Schema 1.0."""
    _run(db, m001.TABLES)
    _table(db, "articles").enable_fts(["text"], tokenize="unicode61 remove_diacritics 2", create_triggers=True)
    _table(db, "claims").enable_fts(
        ["quote", "normalised", "claimant"], tokenize="unicode61 remove_diacritics 2", create_triggers=True
    )
    _run(db, m001.FTS_UPDATES)
    _run(db, m001.TRIGGERS)
    _run(db, m001.VIEWS)
    db.execute("PRAGMA user_version = 1000")


@MIGRATIONS()
def m002_across_sources(db: Database) -> None:
    """Schema 2.0."""
    _run(db, m002.TABLES)
    _run(db, m002.COLUMNS)
    _run(db, m002.VIEWS)
    db.execute("PRAGMA user_version = 2000")


@MIGRATIONS()
def m003_other_reviewers(db: Database) -> None:
    """Schema 2.1."""
    _run(db, m003.COLUMNS)
    _run(db, m003.TABLES)
    _run(db, m003.TRIGGERS)
    db.execute("PRAGMA user_version = 2001")


@MIGRATIONS()
def m004_steps_of_opinions(db: Database) -> None:
    """Schema 2.2."""
    _run(db, m004.COLUMNS)
    db.execute("PRAGMA user_version = 2002")


def _run(db: Database, script: str) -> None:
    """Statement by statement, in the step's transaction. sqlite-utils does the same, but looks for ends sign by sign."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""
    if statement.strip():
        raise ValueError(f"This statement does not end: {statement}")


def create_schema(connection: sqlite3.Connection) -> None:
    """All steps on an empty file."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection))


def migrate(connection: sqlite3.Connection, path: Path, user_version: int) -> Path | None:
    """Bring an older file up to date; returns the copy that was made of it before, if a step was due."""
    db = Database(connection)
    if not MIGRATIONS.pending(db):
        return None
    copy = backup_path(path, user_version)
    backup(connection, copy)
    MIGRATIONS.apply(db)
    return copy


def backup_path(path: Path, user_version: int) -> Path:
    """Where the copy of an older file goes: beside it, never over an earlier copy."""
    stem = f"{path.stem}.before-{schema_name(SCHEMA)}-was-{schema_name(user_version)}"
    copy = path.with_name(f"{stem}{path.suffix}")
    count = 2
    while copy.exists():
        copy = path.with_name(f"{stem}-{count}{path.suffix}")
        count += 1
    return copy


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """A complete copy by SQLite's backup, which also sees what is still in the -wal file."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as copy:
        connection.backup(copy)
    part.replace(target)


def _table(db: Database, name: str) -> Table:
    return db.table(name)
