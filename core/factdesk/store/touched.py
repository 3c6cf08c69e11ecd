"""Collects the ids that an operation touches, from the rows it writes."""

from typing import Any

from factdesk.model.changes import Changes

_IDS: dict[str, tuple[tuple[str, str], ...]] = {
    "cases": (("cases", "id"),),
    "case_articles": (("cases", "case_id"), ("articles", "article_id")),
    "articles": (("articles", "id"),),
    "claims": (("claims", "id"), ("articles", "article_id")),
    "entities": (("entities", "id"), ("entities", "merged_into")),
    "mentions": (("mentions", "id"), ("articles", "article_id"), ("entities", "entity_id")),
    "evidence": (("evidence", "id"), ("claims", "claim_id"), ("articles", "article_id")),
    "links": (("links", "id"), ("claims", "claim_a"), ("claims", "claim_b")),
    "clusters": (("clusters", "id"), ("cases", "case_id"), ("claims", "lead")),
    "cluster_claims": (("clusters", "cluster_id"), ("claims", "claim_id")),
    "absences": (("clusters", "cluster_id"), ("articles", "article_id")),
    "origins": (("cases", "case_id"), ("articles", "article_id")),
    "adjudications": (("claims", "claim_id"),),
    "settings": (("settings", "name"),),
    "reviewers": (("reviewers", "id"),),
}
"""For each table: which kind of id stands in which column."""


class Touched:
    """Sets of ids by kind."""

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = {kind: set() for pairs in _IDS.values() for kind, _ in pairs}

    def note(self, table: str, row: dict[str, Any]) -> None:
        """A row was written, or is about to go."""
        for kind, column in _IDS[table]:
            value = row.get(column)
            if value:
                self._ids[kind].add(value)

    def changes(self, *, title: str, created: str, everything: bool) -> Changes:
        """Everything noted so far."""
        sets = {kind: frozenset(ids) for kind, ids in self._ids.items()}
        everything = everything or bool(sets["reviewers"])  # names and colours stand everywhere
        return Changes(title=title, created=created, everything=everything, **sets)
