"""Puts values into a project that its schema forbids, and leaves the schema as it was: damage, or a stranger's work."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_NOT_NULL = re.compile(r"(?<!IS) NOT NULL")
_STRICT = re.compile(r"\)\s*STRICT(,\s*(WITHOUT ROWID))?\s*$")


class LooseProject:
    """A project whose tables take anything; `spoiled` writes a copy of it with its schema as it was."""

    def __init__(self, project: Path) -> None:
        with closing(_opened(project)) as connection:
            self._schema = connection.execute(
                "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
            ).fetchall()
            self.columns = [
                (table, row[1])
                for kind, table, *_, sql in self._schema
                if kind == "table" and not table.startswith("sqlite") and not sql.startswith("CREATE VIRTUAL")
                for row in connection.execute(f'PRAGMA table_info("{table}")')
            ]
        self.tables = {name: sql for kind, name, *_, sql in self._schema if kind == "table" and sql}
        loose = project.with_name("loose.factdesk")
        loose.write_bytes(project.read_bytes())
        with closing(_opened(loose)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
            for kind, name, *_, sql in self._schema:
                if kind == "table" and sql:
                    plain = _NOT_NULL.sub("", _STRICT.sub(lambda found: f") {found[2] or ''}", sql))
                    connection.execute(
                        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (plain, name)
                    )
        self._loose = loose.read_bytes()
        loose.unlink()

    @contextmanager
    def spoiled(self, path: Path) -> Iterator[sqlite3.Connection]:
        """Write the project to a path; what is done with the connection meanwhile meets no rule."""
        path.write_bytes(self._loose)
        with closing(_opened(path)) as connection:
            yield connection
        with closing(_opened(path)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("BEGIN")
            for kind, name, of, root, sql in self._schema:
                if kind == "trigger":
                    connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", (kind, name, of, root, sql))
                elif kind == "table" and sql:
                    connection.execute(
                        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (sql, name)
                    )
            connection.execute("COMMIT")


def put(
    connection: sqlite3.Connection,
    table: str,
    column: str,
    value: str,
    parameters: tuple = (),
    *,
    all_rows: bool = True,
) -> int:
    """Set a column to what an SQL expression gives, wherever the keys allow it; how many rows have it."""
    where = "" if all_rows else f" WHERE rowid = (SELECT min(rowid) FROM {table})"
    with suppress(sqlite3.IntegrityError, sqlite3.OperationalError):  # a key twice; a table without row numbers
        return connection.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = {value}{where}', parameters).rowcount
    return 0


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection
