"""Settings of a project: a person's are steps to undo, what the program notes for itself is not."""

import json
from typing import Any

from factdesk.model.changes import Changes
from factdesk.ops.wording import quoted
from factdesk.store.settings import project_setting
from factdesk.store.transaction import Transaction


def change_project_setting(tx: Transaction, name: str, value: Any, title: str = "") -> Changes:
    """A person chose a setting of the project; None takes it away. The title says what was chosen."""
    tx.record(title or f"Setting {quoted(name)}")
    known = project_setting(tx, name)
    stored = json.dumps(value, ensure_ascii=False)
    if value is None:
        if known is not None:
            tx.delete("settings", name)
    elif known is None:
        tx.insert("settings", {"name": name, "value": stored})
    elif known != value:
        tx.update("settings", name, value=stored)
    return tx.changes()


def set_project_setting(tx: Transaction, name: str, value: Any) -> Changes:
    """Keep something that is no choice of a person, and therefore no step; None removes it."""
    if value is None:
        tx.execute("DELETE FROM settings WHERE name = ?", (name,))
    else:
        tx.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value, ensure_ascii=False)),
        )
    tx.note("settings", {"name": name})
    return tx.changes()
