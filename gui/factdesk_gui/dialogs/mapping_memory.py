"""What the columns of tables hold, remembered for the next table with the same columns."""

import json
from dataclasses import asdict

from factdesk.model.given import TableMapping
from factdesk_gui.dialogs.file_reading import Columns
from factdesk_gui.prefs import Prefs

_MOST = 50  # sets of columns


def remembered_mappings(prefs: Prefs) -> dict[Columns, TableMapping]:
    """By the names of the columns; what cannot be understood any more is left out."""
    found: dict[Columns, TableMapping] = {}
    for line in reversed(prefs.table_mappings):
        try:
            kept = json.loads(line)
            words = tuple((str(word), str(verdict)) for word, verdict in kept["mapping"].pop("verdict_words"))
            mapping = TableMapping(**kept["mapping"], verdict_words=words)
            found[tuple(map(str, kept["columns"]))] = mapping
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def remember_mapping(prefs: Prefs, columns: Columns, mapping: TableMapping) -> None:
    """Keeps one, newest first."""
    known = remembered_mappings(prefs)
    known.pop(columns, None)
    known[columns] = mapping
    newest = list(reversed(known.items()))[:_MOST]
    prefs.table_mappings = [
        json.dumps({"columns": list(names), "mapping": asdict(each)}, ensure_ascii=False) for names, each in newest
    ]
