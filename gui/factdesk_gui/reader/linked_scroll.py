"""Locked scrolling: every pane shows its own passage about the current claim."""

from enum import StrEnum


class ScrollMode(StrEnum):
    """How panes scroll."""

    LOCKED = "locked"  # to the passages about the current claim
    FREE = "free"
