"""The time, as it is stored."""

from datetime import UTC, datetime


def utc_now() -> str:
    """Now in UTC as ISO 8601 with milliseconds: 2026-03-18T09:30:00.123Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
