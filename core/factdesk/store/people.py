"""Who works on a project: reviewers with their colours, and a reviewer's own sittings."""

from dataclasses import dataclass
from datetime import datetime

from factdesk.store.connection import Queryable
from factdesk.store.sessions import ELSEWHERE

_HOUR = 3600
_SHORTEST = 60  # seconds: the pace of a shorter one says nothing


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer as the project knows them."""

    name: str
    colour: str  # "#rrggbb", "" for the one that the window gives


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting of a reviewer; private, and never compared with those of others."""

    started_at: str
    ended_at: str  # "" while it goes on
    interrupted: bool
    steps: int  # decisions; one for many claims at once counts once

    def pace(self, now: str) -> float | None:
        """Decisions an hour, or None for a sitting too short to tell."""
        seconds = self.seconds(now)
        return self.steps * _HOUR / seconds if seconds >= _SHORTEST else None

    def seconds(self, now: str) -> float:
        """How long it lasted; a clock that was set back gives 0."""
        began, ended = (datetime.fromisoformat(each) for each in (self.started_at, self.ended_at or now))
        return max(0.0, (ended - began).total_seconds())


def list_people(r: Queryable) -> list[Person]:
    """All reviewers, in the order in which they came to the project."""
    rows = r.rows("SELECT name, colour FROM reviewers ORDER BY created_at, name")
    return [Person(row["name"], row["colour"]) for row in rows]


def sittings_of(r: Queryable, reviewer_id: str, present: str = "") -> list[Sitting]:
    """The sittings of one reviewer, newest first.

    Args:
        r: the project.
        reviewer_id: whose.
        present: id of the sitting that goes on now; others without an end were interrupted.
    """
    rows = r.rows(
        "SELECT s.id, s.started_at, coalesce(s.ended_at, '') AS ended_at, s.interrupted, "
        "(SELECT count(DISTINCT coalesce(d.operation, d.id)) FROM decisions d "
        " WHERE d.session_id = s.id AND d.cause = 'do') AS steps "
        "FROM sessions s WHERE s.reviewer_id = ? AND s.process_id <> ? ORDER BY s.started_at DESC, s.id DESC",
        (reviewer_id, ELSEWHERE),
    )
    return [
        Sitting(
            row["started_at"],
            row["ended_at"] or ("" if row["id"] == present else row["started_at"]),
            bool(row["interrupted"]),
            row["steps"],
        )
        for row in rows
    ]
