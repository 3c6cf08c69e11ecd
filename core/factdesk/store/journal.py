"""What an operation did to rows: images before and after, from which it can be undone and done again."""

import json
from dataclasses import dataclass, field
from typing import Any

from factdesk.store.soundness import stored_json

Row = dict[str, Any]

KEYS: dict[str, tuple[str, ...]] = {
    "cases": ("id",),
    "case_articles": ("case_id", "article_id"),
    "articles": ("id",),
    "claims": ("id",),
    "entities": ("id",),
    "mentions": ("id",),
    "evidence": ("id",),
    "links": ("id",),
    "clusters": ("id",),
    "cluster_claims": ("id",),
    "absences": ("id",),
    "origins": ("case_id", "article_id"),
    "adjudications": ("id",),
    "settings": ("name",),
    "reviewers": ("id",),
}
"""The tables that operations write, and the columns that name a row."""

REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "mentions": (("entity_id", "entities"),),
    "evidence": (("claim_id", "claims"),),
    "links": (("claim_a", "claims"), ("claim_b", "claims")),
    "entities": (("merged_into", "entities"),),
    "claims": (("inherited_from", "clusters"),),
    "clusters": (("lead", "claims"),),
    "cluster_claims": (("cluster_id", "clusters"), ("claim_id", "claims")),
    "absences": (("cluster_id", "clusters"),),
    "adjudications": (("claim_id", "claims"),),
}
"""Columns that name a row which the machine could otherwise remove, and the table of that row."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

COUNTED = frozenset({"linked", "conflicts", "evidence_count"})
"""Columns that triggers keep; never part of an image."""


def row_id(table: str, row: Row) -> str:
    """The name of a row in the journal."""
    return "/".join(str(row[column]) for column in KEYS[table])


def where(table: str) -> str:
    """The condition that finds a row by its name's parts."""
    return " AND ".join(f"{column} = ?" for column in KEYS[table])


@dataclass(slots=True)
class RowChange:
    """The net effect on one row: before is None if it was made, after is None if it was removed."""

    table: str
    row_id: str
    before: Row | None
    after: Row | None

    def then(self, later: "RowChange") -> "RowChange | None":
        """Both as one step; None if a row was made and removed again."""
        if self.before is None:
            return None if later.after is None else RowChange(self.table, self.row_id, None, self._with(later.after))
        before = self.before if later.before is None else {**later.before, **self.before}
        if later.after is None:
            return RowChange(self.table, self.row_id, before, None)
        after = later.after if self.after is None else self._with(later.after)
        return RowChange(self.table, self.row_id, before, after)

    def _with(self, columns: Row) -> Row:
        return {**(self.after or {}), **columns}

    @property
    def is_empty(self) -> bool:
        """Whether a row that was changed is as it was."""
        return self.before is not None and self.before == self.after


@dataclass(slots=True)
class Journal:
    """The row changes of one operation, one for each row, in order of first touch."""

    changes: dict[tuple[str, str], RowChange] = field(default_factory=dict)
    touched: set[tuple[str, str]] = field(default_factory=set)

    def add(self, change: RowChange) -> None:
        """Note one more change."""
        key = (change.table, change.row_id)
        earlier = self.changes.get(key)
        merged = change if earlier is None else earlier.then(change)
        if merged is None:
            del self.changes[key]
        else:
            self.changes[key] = merged

    def touch(self, table: str, name: str) -> None:
        """Note that a person's work hangs on this row, though its columns stay: the machine must not remove it."""
        key = (table, name)
        self.touched.add(key)
        self.changes.setdefault(key, RowChange(table, name, {}, {}))

    def touch_referred(self, table: str, columns: Row) -> None:
        """Touch the rows that these columns name."""
        for column, target in REFERENCES.get(table, ()):
            if columns.get(column):
                self.touch(target, columns[column])

    def effective(self) -> list[RowChange]:
        """The changes worth keeping."""
        return [change for key, change in self.changes.items() if not change.is_empty or key in self.touched]


def dump(image: Row | None) -> str | None:
    """An image as it is stored."""
    return None if image is None else _ENCODER.encode(image)


def load(image: str | None) -> Row | None:
    """An image as it was stored."""
    if image is None:
        return None
    row: Row = stored_json(image, "A row in the history", dict)
    return row
