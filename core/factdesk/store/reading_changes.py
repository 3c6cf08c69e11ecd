"""What reading articles again changed, all runs of the last reading together.

One reading of a case may store an article more than once: alone first, and again with what the whole case taught.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from sqlite3 import Row

from factdesk.model.analysis import ModelInfo
from factdesk.store.analysis_runs import MarkChange, MarkChanges, RunChanges, marks_from_json
from factdesk.store.articles import article_names
from factdesk.store.connection import Queryable
from factdesk.store.soundness import stored_json

_TOGETHER = timedelta(minutes=15)  # runs of one model that follow so closely are one reading
_RUNS = 12  # looked at for one article

Key = Callable[[MarkChange], str]


def reading_changes(r: Queryable, case_id: str, article_ids: Collection[str] | None = None) -> list[RunChanges]:
    """What the last reading changed in articles that had been read before, in case order; unchanged ones left out."""
    found = []
    for article, label in article_names(r, case_id).items():
        if article_ids is not None and article not in article_ids:
            continue
        runs = r.rows(
            "SELECT model_name, model_version, spacy_version, factdesk_version, resources_version, at, changed "
            "FROM analysis_runs WHERE article_id = ? ORDER BY at DESC, rowid DESC LIMIT ?",
            (article, _RUNS),
        )
        last = _last_reading(runs)
        if len(last) == len(runs):  # it was never read before
            continue
        stored = [
            stored_json(run["changed"], f"What the analysis of article {article} changed", dict)
            for run in reversed(last)
        ]
        claims = fold([marks_from_json(changed.get("claims", {})) for changed in stored], lambda mark: mark.id)
        mentions = fold([marks_from_json(changed.get("mentions", {})) for changed in stored], _place)
        if claims or mentions:
            before, after = _model(runs[len(last)]), _model(runs[0])
            found.append(RunChanges(article, label, runs[0]["at"], before, after, claims, mentions))
    return found


def fold(runs: Sequence[MarkChanges], key: Key) -> MarkChanges:
    """Several runs as one: what came and went again is no change."""
    new: dict[str, MarkChange] = {}
    gone: dict[str, MarkChange] = {}
    rescored: dict[str, MarkChange] = {}
    for run in runs:
        for mark in run.new:
            if gone.pop(key(mark), None) is None:
                new[key(mark)] = mark
        for mark in run.gone:
            rescored.pop(key(mark), None)
            if new.pop(key(mark), None) is None:
                gone[key(mark)] = mark
        for mark in run.rescored:
            if key(mark) not in new:
                _rescore(rescored, key(mark), mark)
    kept = runs[-1].kept if runs else ()
    return MarkChanges(tuple(new.values()), tuple(gone.values()), tuple(rescored.values()), kept)


def _rescore(rescored: dict[str, MarkChange], name: str, mark: MarkChange) -> None:
    earlier = rescored.get(name)
    before = mark.before | (earlier.before if earlier else {})
    after = (earlier.after if earlier else {}) | mark.after
    moved = [column for column in after if after[column] != before.get(column)]
    if moved:
        rescored[name] = MarkChange(
            mark.id, mark.span, mark.quote, {one: before[one] for one in moved}, {one: after[one] for one in moved}
        )
    else:
        rescored.pop(name, None)


def _last_reading(runs: list[Row]) -> list[Row]:
    """The newest run and those right before it that belong to the same reading."""
    last: list[Row] = []
    for run in runs:
        if last and (_model(run) != _model(last[-1]) or _moment(last[-1]) - _moment(run) > _TOGETHER):
            break
        last.append(run)
    return last


def _moment(run: Row) -> datetime:
    return datetime.fromisoformat(run["at"])


def _model(run: Row) -> ModelInfo:
    return ModelInfo(*tuple(run)[:5])


def _place(mark: MarkChange) -> str:
    return f"{mark.span.start}-{mark.span.end}"
