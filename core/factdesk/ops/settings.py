"""Setting defaults of a project. Not a step to undo."""

import json
from typing import Any

from factdesk.model.changes import Changes
from factdesk.store.transaction import Transaction


def set_project_setting(tx: Transaction, name: str, value: Any) -> Changes:
    """Keep a setting; None removes it."""
    if value is None:
        tx.execute("DELETE FROM settings WHERE name = ?", (name,))
    else:
        tx.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value, ensure_ascii=False)),
        )
    return Changes()
