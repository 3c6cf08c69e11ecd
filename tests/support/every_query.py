"""Asks a project everything that any screen, command or export asks it: each public query of the store, found by itself."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import factdesk.store
from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.model.claims import Verdict
from factdesk.store.board import BoardFilter
from factdesk.store.fingerprint import Fingerprint
from factdesk.store.holdings import Part
from factdesk.store.opinions import opinions_of
from factdesk.store.queue import QueueFilter
from factdesk.store.versions import MarkKind

_IDS = {
    "case_id": "cases", "article_id": "articles", "claim_id": "claims", "entity_id": "entities", "cluster_id": "clusters",
    "evidence_id": "evidence", "mention_id": "mentions", "member_id": "cluster_claims", "reviewer_id": "reviewers",
}  # fmt: skip
_SAME = {
    "claim": "claim_id",
    "other": "claim_id",
    "old": "article_id",
    "new": "article_id",
    "split": "entity_id",
    "kept": "entity_id",
}
_NOT_ASKED = {"rows_in_order", "count_rows", "columns_of", "named_by_steps"}  # given names of tables by our own code


@dataclass(slots=True)
class Asked:
    """One question and what was answered."""

    name: str
    error: Exception | None


def ask_everything(r: Any, path: Path, most: int = 3) -> Iterator[Asked]:
    """Every query with up to so many of the ids that each of its parameters can have."""
    known = _Known(r, path, most)
    for function in queries():
        for arguments in product(*(known.values_for(function, each) for each in _wanted(function))):
            yield Asked(function.__name__, _error_of(lambda f=function, a=arguments: _drained(f(r, *a))))
    for options in (
        ExportOptions(),
        ExportOptions(whose=Whose.ALL, anonymous=True),
        ExportOptions(decisions_only=True),
    ):
        yield Asked("dataset", _error_of(lambda o=options: _dataset(r, o)))


@cache
def queries() -> tuple[Callable[..., Any], ...]:
    """All public functions of the store whose first parameter is what they ask."""
    found = []
    for each in pkgutil.iter_modules(factdesk.store.__path__):
        module = import_module(f"factdesk.store.{each.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = [*inspect.signature(function).parameters.values()]
            asks = parameters and "Queryable" in str(parameters[0].annotation)
            if function.__module__ == module.__name__ and not name.startswith("_") and asks and name not in _NOT_ASKED:
                found.append(function)
    return tuple(found)


@cache
def _wanted(function: Callable[..., Any]) -> tuple[str, ...]:
    parameters = [*inspect.signature(function).parameters.values()][1:]
    return tuple(each.name for each in parameters if each.default is each.empty)


class _Known:
    """What the parameters of queries can be in one project."""

    def __init__(self, r: Any, path: Path, most: int) -> None:
        self._r, self._path, self._most = r, path, most
        self._found: dict[str, list[Any]] = {}
        claims, articles, cases = (self._ids(name) for name in ("claims", "articles", "cases"))
        self._fixed: dict[str, list[Any]] = {
            "article_ids": [articles], "known_articles": [articles], "claim_ids": [claims], "others": [claims],
            "candidates": [self._ids("entities")], "ids": [claims, self._ids("mentions"), self._ids("evidence")],
            "mark_id": claims[:1] + self._ids("mentions")[:1], "rowids": [range(1, 200)], "count": [5], "groups": [()],
            "backup": [r], "path": [path], "words": [["the", "on"]], "search": ["the"], "query": ["the"], "quote": ["Milva"],
            "name": ["Ada", "evidence_gate", "time_guard", "handover"], "table": ["claims"], "operation": [1], "verdict": [Verdict.VERIFIED],
            "new_text": ["Other words. The ferry Milva sank."], "kind": list(MarkKind), "earlier": [Fingerprint(3, "0" * 64)],
            "part": [Part(articles), Part(articles, claims, decisions_only=True)],
            "said": [self._opinions(articles)],
            "sha256": self._column("SELECT sha256 FROM attachments"),
        }  # fmt: skip
        self._queue = [QueueFilter(case) for case in cases] + [
            QueueFilter(case, search="the", only_divided=True) for case in cases
        ]
        self._board = [BoardFilter(case) for case in cases]

    def values_for(self, function: Callable[..., Any], name: str) -> list[Any]:
        """What to try for a parameter."""
        if name == "wanted":
            if function.__name__ == "count_holdings":
                return [["articles", "mentions", "claims", "verdicts", "decisions", "clusters", "links", "passages"]]
            return self._board if function.__name__ == "board" else self._queue
        name = _SAME.get(name, name)
        if name in self._fixed:
            return self._fixed[name]
        assert name in _IDS, f"say here what “{name}” of {function.__name__} can be"
        return self._ids(_IDS[name])[: self._most]

    def _opinions(self, articles: list[str]) -> dict[str, Any]:
        try:
            return {name: found for name, found in opinions_of(self._r, articles).items() if found}
        except Exception:  # noqa: BLE001 - the query itself is asked too, and judged there
            return {}

    def _ids(self, table: str) -> list[str]:
        if table not in self._found:
            self._found[table] = self._column(f"SELECT id FROM {table} ORDER BY id")
        return self._found[table]

    def _column(self, sql: str) -> list[Any]:
        try:
            return [row[0] for row in self._r.rows(sql)]
        except FactdeskError:
            return []


def _drained(found: Any) -> None:
    if isinstance(found, Iterator):
        for _ in found:
            pass


def _dataset(r: Any, options: ExportOptions) -> None:
    dataset = Dataset(r, options)
    for _ in dataset.documents():
        pass
    assert dataset.clusters is not None
    assert dataset.links is not None
    assert dataset.entities is not None


def _error_of(act: Callable[[], object]) -> Exception | None:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - whoever asks judges it
        return error
    return None
