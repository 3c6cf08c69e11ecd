"""Settings that belong to a project rather than to a computer, by name, as JSON."""

from typing import Any

from factdesk.store.connection import Queryable
from factdesk.store.soundness import stored_json


def project_setting(r: Queryable, name: str) -> Any:
    """A setting, or None if it was never set."""
    value = r.value("SELECT value FROM settings WHERE name = ?", (name,))
    return None if value is None else stored_json(value, f"The setting “{name}”", object)
