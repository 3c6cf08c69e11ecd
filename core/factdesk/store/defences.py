"""Case files are handed around, so a project may have been made by a stranger to do harm.

A project is data, but an SQLite file also holds a schema, with triggers that run on every change, and views that can stand
in a table's place. Triggers and virtual tables must be exactly those that we made, our tables must have the shape that we
gave them (see `shape`), and what we read must be tables, or the file is not opened. Views of one's own do no harm: nothing
here reads them. On top of that each connection has limits (see `connection`), examines pages for sense, and loads no
extension.
"""

import hashlib
from pathlib import Path

from factdesk.errors import BrokenFileError, DamagedError
from factdesk.store.connection import Queryable
from factdesk.store.faults import REMEDY
from factdesk.store.shape import plain, strange_shapes

KNOWN = frozenset(
    {
        "7682a799b643b5d9",  # articles_ad
        "56364073b9ea8516",  # articles_ai
        "1dc4ba3f69e7fa42",  # articles_au
        "c0f48d9ca430dd0b",  # articles_fts
        "7a936d0c2ad2867a",  # claims_ad
        "8257733c3e505e05",  # claims_ai
        "77c4f79b30b92ab1",  # claims_au
        "44dc6ec4b0d3ae17",  # claims_fts
        "f8f344ddd6f56cd6",  # decisions_kept
        "d0a2f8e0e4d1922c",  # decisions_stay
        "77e76501da61bf36",  # evidence_added
        "d1ed602e975215fe",  # evidence_removed
        "d8598e76fd5100d7",  # links_added
        "211566ea5320bf23",  # links_changed
        "38495de1869ce085",  # links_removed
        "b5d8acf7ef8040c5",  # opinions_kept
        "133267d5444d2d9f",  # opinions_stay
    }
)
"""Digests of the triggers and virtual tables of all our schemas; a test makes them anew."""

_MOST_ROWS = 2**53  # ever made in a table
_ASK = "Do not use it. Ask whoever gave it to you for an export (JSONL), which holds data only."


def acting(r: Queryable) -> dict[str, str]:
    """What acts by itself in a file: the names of its triggers and virtual tables by digest, whatever quotes and spaces."""
    rows = r.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
    )
    return {_digest(sql): name for name, sql in rows}


def check_schema(r: Queryable, path: Path) -> None:
    """Refuse a file in which something acts that Factdesk did not make; newer minor versions add none.

    Raises DamagedError, which says that the file was tampered with, or that it is no complete project.
    """
    tables = {row[0] for row in r.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = _NEEDED - tables
    if missing:
        raise BrokenFileError(f"{path} is no complete project: it has no table “{min(missing)}”.", REMEDY)
    if r.value(f"SELECT count(*) FROM sqlite_sequence WHERE typeof(seq) <> 'integer' OR seq > {_MOST_ROWS}"):
        raise DamagedError(f"{path} says that a table of it is full, which no project can be.", _ASK)
    shaped = sorted(strange_shapes(r))
    if shaped:
        raise DamagedError(
            f"{path} holds a table or an index that Factdesk did not make so (“{shaped[0]}”): it could change or hide decisions.",
            _ASK,
        )
    strange = sorted(name for digest, name in acting(r).items() if digest not in KNOWN)
    if strange:
        raise DamagedError(
            f"{path} holds a trigger that Factdesk did not make (“{strange[0]}”): it could change decisions unseen.",
            _ASK,
        )


def _digest(sql: str) -> str:
    return hashlib.sha256(plain(sql).encode()).hexdigest()[:16]


_NEEDED = frozenset(
    {
        "articles",
        "originals",
        "case_articles",
        "cases",
        "claims",
        "mentions",
        "entities",
        "evidence",
        "links",
        "reviewers",
    }
    | {
        "sessions",
        "settings",
        "places",
        "analyses",
        "operations",
        "row_changes",
        "decisions",
        "articles_fts",
        "claims_fts",
    }
)
