"""The shape of our tables, as our own schema steps make it: a stranger's file must not have another.

A column may be made by SQLite from others, a check or an index may keep the processor busy for minutes, a rule for
conflicts may replace decisions. So each of our tables must be what our steps made of it, columns that a newer version
added at its end aside; and indexes of one's own must be plain ones.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from factdesk.store import m001, m002, m003, m004
from factdesk.store.connection import Queryable

_STEPS = (m001, m002, m003, m004)
_TABLE = re.compile(r"CREATE TABLE (\w+) \((.*)\)([^()]*)", re.DOTALL)
_COLUMN = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (.*)", re.DOTALL)
_INDEX = re.compile(r"CREATE INDEX (\w+)\s+ON .*", re.DOTALL)
_RULES = ("check(", "primarykey(", "unique(", "foreignkey(", "constraint")
_HARMLESS = re.compile(
    r"\w+(?:text|integer|real|blob)(?:notnull)?(?:default(?:'[^']*'|-?\d+))?(?:references\w+\(\w+\))?"
)
_QUOTES = str.maketrans("", "", '"[]`')


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's columns, the rules below them, and its kind, each without quotes and spaces."""

    columns: tuple[str, ...]
    rules: tuple[str, ...]
    kind: str

    def with_column(self, column: str) -> "_Table":
        return _Table((*self.columns, column), self.rules, self.kind)


def strange_shapes(r: Queryable) -> Iterator[str]:
    """Names of our tables that have another shape than we gave them, and of indexes that may not be there."""
    known = _known()
    for name, sql in r.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if name in known and not _is_ours(known[name], _parsed(sql)):
            yield name
    ours = _known_indexes()
    for name, table, sql in r.rows(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ):
        if table in known and ours.get(name) != plain(sql) and not _is_plain_index(r, table, name):
            yield name


def plain(sql: str) -> str:
    """A statement whatever quotes and spaces it is written with."""
    return "".join(sql.translate(_QUOTES).split()).casefold()


def _is_ours(steps: tuple[_Table, ...], found: _Table | None) -> bool:
    """Whether a table is as one of our steps left it, or has harmless columns more than after the last."""
    if found is None or found in steps:
        return found is not None
    last = steps[-1]
    more = found.columns[len(last.columns) :]
    return found == _Table((*last.columns, *more), last.rules, last.kind) and all(map(_HARMLESS.fullmatch, more))


def _is_plain_index(r: Queryable, table: str, name: str) -> bool:
    """Whether an index only lists columns: it computes nothing and forbids nothing."""
    about = r.rows("SELECT [unique], partial FROM pragma_index_list(?) WHERE name = ?", (table, name))
    columns = r.rows("SELECT cid FROM pragma_index_xinfo(?)", (name,))
    return bool(about) and not any((*about[0], *(row["cid"] == -2 for row in columns)))


@cache
def _known() -> Mapping[str, tuple[_Table, ...]]:
    """By name of our tables: what each step made of it."""
    found: dict[str, tuple[_Table, ...]] = {}
    for step in _STEPS:
        for statement in _statements(step):
            if table := _TABLE.fullmatch(statement):
                made = _parsed(statement)
                found[table[1]] = (made,) if made is not None else ()
            elif column := _COLUMN.fullmatch(statement):
                last = found[column[1]][-1]
                found[column[1]] = (*found[column[1]], last.with_column(plain(column[2])))
    return found


@cache
def _known_indexes() -> Mapping[str, str]:
    statements = (statement for step in _STEPS for statement in _statements(step))
    return {found[1]: plain(statement) for statement in statements if (found := _INDEX.fullmatch(statement))}


def _statements(step: object) -> Iterator[str]:
    for script in (getattr(step, "TABLES", ""), getattr(step, "COLUMNS", "")):
        yield from filter(None, (statement.strip() for statement in script.split(";")))


def _parsed(sql: str) -> _Table | None:
    """A table by its statement; None for one that is not written as ours are."""
    whole = _TABLE.fullmatch(sql.strip())
    if whole is None:
        return None
    parts = tuple(map(plain, _parts(whole[2])))
    rules = tuple(part for part in parts if part.startswith(_RULES))
    return _Table(tuple(part for part in parts if part not in rules), rules, plain(whole[3]))


def _parts(body: str) -> Iterator[str]:
    """What stands between the commas of a table, those inside of brackets and texts aside."""
    depth, quoted, begun = 0, False, 0
    for place, sign in enumerate(body):
        if sign == "'":
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
            if sign == "," and depth == 0:
                yield body[begun:place]
                begun = place + 1
    yield body[begun:]
