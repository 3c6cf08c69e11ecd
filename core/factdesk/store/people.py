"""Who works on a project: reviewers with their colours, and a reviewer's own sittings."""

from dataclasses import dataclass
from datetime import datetime

from factdesk.store.connection import Queryable
from factdesk.store.sessions import ELSEWHERE

_HOUR = 3600
_SHORTEST = 60  # seconds: the pace of a shorter one says nothing

PAUSE = 15 * 60
"""Seconds between two steps from which on nobody was at work: a meal, a lid that was closed."""


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer as the project knows them."""

    name: str
    colour: str  # one of model.people.COLOURS, "" for the one by the order of coming


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A reviewer as the list of reviewers shows them."""

    id: str
    person: Person
    judged: int  # claims on which they gave a verdict, here or in a copy
    first_seen: str
    last_seen: str  # their last decision; "" for none


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting of a reviewer; private, and never compared with those of others."""

    started_at: str
    ended_at: str  # "" while it goes on
    interrupted: bool
    steps: int  # decisions; one for many claims at once counts once
    pauses: float = 0.0  # seconds of them up to the last step, or to the end
    last_step: str = ""  # when, "" for none

    def pace(self, now: str) -> float | None:
        """Decisions an hour, or None for a sitting too short to tell."""
        seconds = self.seconds(now)
        return self.steps * _HOUR / seconds if seconds >= _SHORTEST else None

    def seconds(self, now: str) -> float:
        """How long was worked, without pauses; a clock that was set back gives 0."""
        lasted = _between(self.started_at, self.ended_at or now) - self.pauses
        idle = 0.0 if self.ended_at else _between(self.last_step or self.started_at, now)
        return max(0.0, lasted - (idle if idle > PAUSE else 0.0))


def list_people(r: Queryable) -> list[Person]:
    """All reviewers, in the order in which they came to the project."""
    rows = r.rows("SELECT name, colour FROM reviewers ORDER BY created_at, name")
    return [Person(row["name"], row["colour"]) for row in rows]


def list_acquaintances(r: Queryable) -> list[Acquaintance]:
    """All reviewers with what is known of them, in the order in which they came; never by how much they did."""
    rows = r.rows(
        "WITH said AS (SELECT reviewer_id, claim_id, verdict, decided_at FROM decisions "
        "UNION ALL SELECT reviewer_id, claim_id, verdict, decided_at FROM opinions), "
        "seen AS (SELECT reviewer_id, count(DISTINCT CASE WHEN verdict IS NOT NULL THEN claim_id END) AS judged, "
        "min(decided_at) AS first, max(decided_at) AS last FROM said GROUP BY 1) "
        "SELECT p.id, p.name, p.colour, p.created_at, coalesce(s.judged, 0) AS judged, s.first, s.last "
        "FROM reviewers p LEFT JOIN seen s ON s.reviewer_id = p.id ORDER BY p.created_at, p.name"
    )
    return [
        Acquaintance(
            row["id"],
            Person(row["name"], row["colour"]),
            row["judged"],
            min(row["created_at"], row["first"] or row["created_at"]),
            row["last"] or "",
        )
        for row in rows
    ]


def sittings_of(r: Queryable, reviewer_id: str, present: str = "") -> list[Sitting]:
    """The sittings of one reviewer, newest first.

    Args:
        r: the project.
        reviewer_id: whose.
        present: id of the sitting that goes on now; others without an end were interrupted.
    """
    rows = r.rows(_SITTINGS, {"reviewer": reviewer_id, "elsewhere": ELSEWHERE, "pause": PAUSE})
    return [
        Sitting(
            row["started_at"],
            row["ended_at"] or ("" if row["id"] == present else row["last_step"] or row["started_at"]),
            bool(row["interrupted"]),
            row["steps"],
            row["pauses"],
            row["last_step"],
        )
        for row in rows
    ]


_SITTINGS = """
WITH steps AS (
  SELECT session_id, at FROM operations WHERE reviewer_id = :reviewer AND cause <> 'machine'
  UNION ALL SELECT session_id, decided_at FROM decisions WHERE reviewer_id = :reviewer
), moments AS (
  SELECT session_id, at FROM steps
  UNION ALL SELECT id, started_at FROM sessions WHERE reviewer_id = :reviewer
  UNION ALL SELECT id, ended_at FROM sessions WHERE reviewer_id = :reviewer AND ended_at IS NOT NULL
), gaps AS (
  SELECT session_id,
    (julianday(at) - julianday(lag(at) OVER (PARTITION BY session_id ORDER BY at))) * 86400 AS seconds
  FROM moments
), pauses AS (SELECT session_id, sum(seconds) AS seconds FROM gaps WHERE seconds > :pause GROUP BY session_id)
SELECT s.id, s.started_at, coalesce(s.ended_at, '') AS ended_at, s.interrupted,
  (SELECT count(DISTINCT coalesce(d.operation, d.id)) FROM decisions d
   WHERE d.session_id = s.id AND d.cause = 'do') AS steps,
  coalesce((SELECT max(at) FROM steps WHERE session_id = s.id), '') AS last_step,
  coalesce((SELECT seconds FROM pauses WHERE session_id = s.id), 0.0) AS pauses
FROM sessions s WHERE s.reviewer_id = :reviewer AND s.process_id <> :elsewhere ORDER BY s.started_at DESC, s.id DESC
"""


def _between(began: str, ended: str) -> float:
    """Seconds from one moment to another."""
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()
