"""Keeping a reviewer's place. Not a step to undo."""

import json
from typing import Any

from factdesk.model.changes import Changes
from factdesk.store.transaction import Transaction


def save_place(tx: Transaction, place: dict[str, Any]) -> Changes:
    """Keep where the reviewer is, so that the next start resumes there."""
    tx.execute(
        "INSERT INTO places (reviewer_id, place, saved_at) VALUES (?, ?, ?) "
        "ON CONFLICT (reviewer_id) DO UPDATE SET place = excluded.place, saved_at = excluded.saved_at",
        (tx.reviewer_id, json.dumps(place, ensure_ascii=False), tx.now),
    )
    return Changes()
