"""Settings that belong to a project rather than to a computer, by name, as JSON."""

import json
from typing import Any

from factdesk.store.connection import Queryable


def project_setting(r: Queryable, name: str) -> Any:
    """A setting, or None if it was never set."""
    value = r.value("SELECT value FROM settings WHERE name = ?", (name,))
    return None if value is None else json.loads(value)
