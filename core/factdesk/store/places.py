"""Where a reviewer was: articles in the panes, current claim, scroll positions. The window decides what is in it."""

from typing import Any

from factdesk.store.connection import Queryable
from factdesk.store.soundness import stored_json


def load_place(r: Queryable, reviewer_id: str) -> dict[str, Any] | None:
    """The last place of a reviewer, or None."""
    stored = r.value("SELECT place FROM places WHERE reviewer_id = ?", (reviewer_id,))
    if stored is None:
        return None
    place: dict[str, Any] = stored_json(stored, "The place where a reviewer was", dict)
    return place
