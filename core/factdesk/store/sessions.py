"""Reviewers and their sittings: who writes, since when, with which version of the tool."""

import sqlite3
from dataclasses import dataclass
from typing import Protocol

from factdesk import __version__
from factdesk.clock import utc_now
from factdesk.errors import FactdeskError
from factdesk.model.ids import new_id
from factdesk.store.connection import Params, Queryable

MACHINE = "machine"  # how values made by nobody are signed; no reviewer may have this name

ELSEWHERE = 0
"""The process of a sitting that took place in another copy of the project, and came in by merging."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes: kept with every operation and decision."""

    reviewer_id: str
    reviewer_name: str
    session_id: str
    tool_version: str = __version__


class Writing(Queryable, Protocol):
    """What adding a reviewer needs of a transaction."""

    def execute(self, sql: str, params: Params = ()) -> int:
        """One statement."""


def reviewer_of(r: Queryable, name: str) -> str | None:
    """The id of a reviewer by name."""
    found: str | None = r.value("SELECT id FROM reviewers WHERE name = ?", (name,))
    return found


def last_reviewer(r: Queryable) -> str:
    """Who worked here last; in a copy that nobody opened yet, the one it was made for; or "".

    Sittings that came in by merging do not count.
    """
    return (
        r.value(
            "SELECT r.name FROM sessions s JOIN reviewers r ON r.id = s.reviewer_id WHERE s.process_id <> ? "
            "ORDER BY s.rowid DESC",  # not by time: a clock may be set back
            (ELSEWHERE,),
        )
        or r.value("SELECT json_extract(value, '$.reviewer') FROM settings WHERE name = 'handover'")
        or ""
    )


def list_reviewers(r: Queryable) -> list[str]:
    """All names, in order of first appearance."""
    return [row["name"] for row in r.rows("SELECT name FROM reviewers ORDER BY created_at, name")]


def clean_name(name: str) -> str:
    """A reviewer's name as it is stored."""
    cleaned = " ".join(name.split())
    if not cleaned or cleaned.casefold() == MACHINE:
        raise FactdeskError(
            f"“{cleaned}” cannot be a reviewer's name." if cleaned else "The reviewer has no name.",
            "Give the name that should stand beside your decisions.",
        )
    return cleaned


def ensure_reviewer(connection: sqlite3.Connection, name: str) -> str:
    """The id of this reviewer, who is added if new."""
    row = connection.execute("SELECT id FROM reviewers WHERE name = ?", (name,)).fetchone()
    if row is not None:
        return str(row[0])
    reviewer = new_id()
    connection.execute("INSERT INTO reviewers (id, name, created_at) VALUES (?, ?, ?)", (reviewer, name, utc_now()))
    return reviewer


def begin_session(connection: sqlite3.Connection, reviewer: str, process_id: int) -> Identity:
    """Start a sitting. Ones that never ended are closed at their last step: their process was killed."""
    name = clean_name(reviewer)
    connection.execute(
        "UPDATE sessions SET interrupted = 1, ended_at = "
        "coalesce((SELECT max(at) FROM operations WHERE session_id = sessions.id), started_at) WHERE ended_at IS NULL"
    )
    reviewer_id = ensure_reviewer(connection, name)
    session_id = new_id()
    connection.execute(
        "INSERT INTO sessions (id, reviewer_id, started_at, process_id, tool_version) VALUES (?, ?, ?, ?, ?)",
        (session_id, reviewer_id, utc_now(), process_id, __version__),
    )
    return Identity(reviewer_id, name, session_id)


def end_session(connection: sqlite3.Connection, session_id: str) -> None:
    """End a sitting in good order."""
    connection.execute("UPDATE sessions SET ended_at = ? WHERE id = ?", (utc_now(), session_id))


def ensure_reviewer_row(tx: Writing, reviewer_id: str, name: str, moment: str) -> None:
    """Know a reviewer under the id that another copy gave, unless the name is known already."""
    if reviewer_of(tx, name) is None:
        tx.execute("INSERT INTO reviewers (id, name, created_at) VALUES (?, ?, ?)", (reviewer_id, name, moment))
