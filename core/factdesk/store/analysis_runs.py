"""What each pre-annotation changed: kept with every run, so that an upgrade of the model is no riddle."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from factdesk.model.analysis import ModelInfo
from factdesk.model.spans import Span
from factdesk.store.articles import article_names
from factdesk.store.connection import Queryable
from factdesk.store.soundness import stored_json

Marks = dict[str, dict[str, Any]]
"""Marks of one sort by what identifies them from run to run: `id`, `start`, `end`, `quote`, and what may change."""

_MOVED = 0.05  # of a score: less is noise
_SORTS = ("claims", "mentions")
_LISTS = ("new", "gone", "rescored", "kept")
_OF_CLAIMS = ("score", "kind", "claimant")
_OF_MENTIONS = ("label", "entity")


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A mark that a run changed; of a new or lost one there is nothing before or after."""

    id: str
    span: Span
    quote: str
    before: dict[str, Any]  # of what changed: score, kind, claimant; label, entity
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MarkChanges:
    """What a run changed in one article, of claims or of mentions."""

    new: tuple[MarkChange, ...] = ()
    gone: tuple[MarkChange, ...] = ()
    rescored: tuple[MarkChange, ...] = ()
    kept: tuple[MarkChange, ...] = ()  # a person worked on them; this run would not have proposed them

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.rescored or self.kept)


@dataclass(frozen=True, slots=True)
class RunChanges:
    """The last run over an article that had been read before."""

    article_id: str
    label: str
    at: str
    before: ModelInfo
    after: ModelInfo
    claims: MarkChanges
    mentions: MarkChanges


def last_changes(r: Queryable, case_id: str) -> list[RunChanges]:
    """What the last run changed in each article of a case, in its order; articles in which nothing changed are left out."""
    found = []
    for article, label in article_names(r, case_id).items():
        runs = r.rows(
            "SELECT model_name, model_version, spacy_version, factdesk_version, resources_version, at, changed "
            "FROM analysis_runs WHERE article_id = ? ORDER BY at DESC, rowid DESC LIMIT 2",
            (article,),
        )
        if len(runs) < 2:
            continue
        newest = runs[0]
        changed = stored_json(newest["changed"], f"What the analysis of article {article} changed", dict)
        claims, mentions = (marks_from_json(changed.get(sort, {})) for sort in _SORTS)
        if claims or mentions:
            before, after = (ModelInfo(*tuple(run)[:5]) for run in (runs[1], newest))
            found.append(RunChanges(article, label, newest["at"], before, after, claims, mentions))
    return found


def suggested_marks(r: Queryable, article_id: str) -> tuple[Marks, Marks]:
    """The machine's claims and mentions of an article as they are now."""
    claims = r.rows(
        'SELECT id, start, "end", quote, score, kind, claimant FROM claims WHERE article_id = ? AND made_by IS NULL '
        'ORDER BY start, "end", id',
        (article_id,),
    )
    mentions = r.rows(
        'SELECT m.id, m.start, m."end", m.quote, m.label, e.name AS entity FROM mentions m '
        "LEFT JOIN entities e ON e.id = m.entity_id WHERE m.article_id = ? AND m.made_by IS NULL "
        'ORDER BY m.start, m."end", m.id',
        (article_id,),
    )
    return {row["id"]: dict(row) for row in claims}, {f"{row['start']}-{row['end']}": dict(row) for row in mentions}


def what_changed(
    before: tuple[Marks, Marks], after: tuple[Marks, Marks], found: tuple[Iterable[str], Iterable[str]]
) -> dict[str, Any]:
    """The difference of two runs as JSON can hold it; `found`: the marks that the later one proposes."""
    changed: dict[str, Any] = {}
    for sort, old, new, names, columns in zip(_SORTS, before, after, found, (_OF_CLAIMS, _OF_MENTIONS), strict=True):
        lists = {
            "new": [_plain(mark) for key, mark in new.items() if key not in old],
            "gone": [_plain(mark) for key, mark in old.items() if key not in new],
            "rescored": [
                _plain(new[key], old[key], columns) for key in new if _differs(old.get(key), new[key], columns)
            ],
            "kept": [_plain(mark) for key, mark in new.items() if key in old and key not in set(names)],
        }
        changed[sort] = {name: marks for name, marks in lists.items() if marks}
    return changed


def in_words(changed: dict[str, Any]) -> str:
    """What a run changed, for the status bar: “2 claims new, 1 gone; 3 mentions new”."""
    parts = []
    for sort in _SORTS:
        marks = changed.get(sort, {})
        counts = [(len(marks[name]), name) for name in _LISTS if name in marks and name != "kept"]
        words = [f"{count:,} {name}" for count, name in counts]
        if words:
            count, rest = words[0].split(" ", 1)
            noun = sort[:-1] if count == "1" else sort
            parts.append(", ".join([f"{count} {noun} {rest}", *words[1:]]))
    return "; ".join(parts) or "nothing changed"


def _differs(old: dict[str, Any] | None, new: dict[str, Any], columns: tuple[str, ...]) -> bool:
    return old is not None and any(_moved(old[column], new[column]) for column in columns)


def _moved(old: Any, new: Any) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) >= _MOVED
    return bool(old != new)


def _plain(mark: dict[str, Any], old: dict[str, Any] | None = None, columns: tuple[str, ...] = ()) -> dict[str, Any]:
    row: dict[str, Any] = {name: mark[name] for name in ("id", "start", "end", "quote")}
    if old is not None:
        moved = [column for column in columns if _moved(old[column], mark[column])]
        row |= {"before": {name: old[name] for name in moved}, "after": {name: mark[name] for name in moved}}
    return row


def marks_from_json(lists: dict[str, Any]) -> MarkChanges:
    """What was kept of the changes of one sort in one run."""
    return MarkChanges(*(tuple(map(_change, lists.get(name, ()))) for name in _LISTS))


def _change(row: dict[str, Any]) -> MarkChange:
    span = Span(row["start"], row["end"])
    return MarkChange(row["id"], span, row["quote"], row.get("before", {}), row.get("after", {}))
