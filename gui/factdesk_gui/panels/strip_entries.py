"""What the strip of values shows of what the store lined up."""

from collections.abc import Sequence
from typing import Any

from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.strip_row import StripEntry


def strip_entries(view: ClaimView, lines: Sequence[Any]) -> list[StripEntry]:
    """One entry for each claim."""
    return []
