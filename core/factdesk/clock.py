"""The time, as it is stored and as it is waited for."""

import time
from datetime import UTC, datetime

LONGEST_LOOK = 0.25
"""Seconds that one look at `AwakeTime` adds at most."""


def utc_now() -> str:
    """Now in UTC as ISO 8601 with milliseconds: 2026-03-18T09:30:00.123Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class AwakeTime:
    """Seconds since it was made in which this process could work, for whoever waits for another one and looks often.

    A machine that sleeps, or a process that is stopped, does not look meanwhile; on some systems the clock goes on. Such
    a gap counts as one look, so that nobody is given up for what happened to both.
    """

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._passed = 0.0

    def passed(self) -> float:
        """The seconds so far."""
        now = time.monotonic()
        self._passed += min(now - self._last, LONGEST_LOOK)
        self._last = now
        return self._passed
