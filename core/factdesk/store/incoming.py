"""What another copy of a project holds that this one may not have: read as rows, checked, never written to."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from factdesk.errors import DamagedError, TooOldError
from factdesk.model.ids import article_id as id_of_text
from factdesk.model.ids import sha256
from factdesk.store.connection import Queryable, Reader, connect, copied, open_reader
from factdesk.store.faults import translate
from factdesk.store.journal import Row
from factdesk.store.opening import check_path, check_readable_as_it_is, is_writable
from factdesk.store.opinions import NOT_OPINIONS
from factdesk.store.packing import PackedError, unpack

BY_PEOPLE = ("claims", "mentions", "evidence", "links")
"""Tables from which the rows that people made come in."""

_STATE = ("verdict", "reason", "confidence")
_NOTHING: Row = dict.fromkeys(_STATE) | {"note": ""}


@dataclass(slots=True)
class Incoming:
    """Rows of a copy by table, in the order in which they can be added."""

    file_name: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)  # ids of all that it has
    blobs: dict[str, bytes] = field(default_factory=dict)  # originals by article, attachments by SHA-256
    problems: list[str] = field(default_factory=list)  # what of it cannot be used, in words


@contextmanager
def open_copy(path: Path) -> Iterator[Reader]:
    """A reader of another copy; one of an older Factdesk is brought up to date elsewhere, and stays as it is."""
    check_path(path)
    with ExitStack() as stack:
        reader = stack.enter_context(open_reader(path, writable_place=is_writable(path)))
        try:
            check_readable_as_it_is(reader, path)
        except TooOldError:
            newer = _brought_up_to_date(path, Path(stack.enter_context(TemporaryDirectory(prefix="factdesk-"))))
            reader = stack.enter_context(open_reader(newer))
            check_readable_as_it_is(reader, path)
        yield reader


def _brought_up_to_date(path: Path, folder: Path) -> Path:
    from factdesk.store.migrations import migrate  # noqa: PLC0415 - brings sqlite-utils, only for older files

    newer = folder / path.name
    try:
        copied(path, newer).close()
        with closing(connect(newer, "rw")) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            migrate(connection, newer, version)
    except sqlite3.Error as error:
        raise translate(error, path) from error
    return newer


def read_incoming(r: Queryable, path: Path, known_articles: Iterable[str]) -> Incoming:
    """All that people did in a copy, and the articles that are not known here.

    What is damaged is left out and told in `problems`; the rest is used.
    """
    incoming = Incoming(path.name)
    reading = _Reading(r, incoming)
    rows = incoming.rows
    rows["reviewers"] = reading.all("reviewers", "created_at, id")
    rows["cases"] = reading.all("cases", "created_at, id")
    rows["case_articles"] = reading.all("case_articles", "case_id, position, article_id")
    reading.articles(set(known_articles))
    rows["entities"] = reading.all("entities", "made_at, id")
    for table in BY_PEOPLE:
        rows[table] = reading.all(table, "made_at, id", "made_by IS NOT NULL")
    reading.attachments()
    rows["decisions"] = reading.decisions()
    rows["opinions"] = reading.all("opinions", "number")
    rows["judged"] = reading.all("claims", "number", "id IN (SELECT claim_id FROM decisions)")
    named = {row["session_id"] for row in (*rows["decisions"], *rows["opinions"])}
    rows["sessions"] = [row for row in reading.all("sessions", "started_at, id") if row["id"] in named]
    return incoming


class _Reading:
    """Reads a copy; a table of which a part is damaged gives the rows around it."""

    def __init__(self, r: Queryable, incoming: Incoming) -> None:
        self._r = r
        self._in = incoming

    def all(self, table: str, order: str, condition: str = "1") -> list[Row]:
        """The rows of a table."""
        try:
            return [dict(row) for row in self._r.rows(f"SELECT * FROM {table} WHERE {condition} ORDER BY {order}")]
        except DamagedError:
            rows = self._around_damage(table, condition)
            self._in.problems.append(f"some of {table}: that part of the file is damaged")
            keys = [name.strip() for name in order.split(",")]
            return sorted(rows, key=lambda row: tuple((row[key] is not None, row[key]) for key in keys))

    def articles(self, known: set[str]) -> None:
        """Articles that are not known here, with their originals; those whose texts are not theirs stay out."""
        found = self._in.rows["articles"] = []
        heads = self.all_of("articles", "id, number, text_sha256")
        for head in sorted(heads, key=lambda each: int(each["number"])):
            self._in.articles.add(head["id"])
            if head["id"] in known:
                continue
            try:
                row = dict(self._r.rows("SELECT * FROM articles WHERE number = ?", (head["number"],))[0])
                packed = self._r.value("SELECT zlib FROM originals WHERE article_id = ?", (head["id"],))
                original = unpack(packed, row["original_size"])
            except (DamagedError, PackedError, IndexError):
                self._leave_out(f"article {head['id']}: it is damaged")
                continue
            text = row["text"]
            if sha256(text.encode()) != row["text_sha256"] or id_of_text(text) != row["id"]:
                self._leave_out(f"article {head['id']}: its text is not the one that was imported")
            elif sha256(original) != row["original_sha256"]:
                self._leave_out(f"article {head['id']}: its original bytes are not those that were imported")
            else:
                found.append(row)
                self._in.blobs[row["id"]] = packed

    def attachments(self) -> None:
        """Attached files whose bytes are those that their hashes tell of."""
        found = self._in.rows["attachments"] = []
        for row in self.all("attachments", "added_at, sha256"):
            try:
                is_whole = sha256(unpack(row["zlib"], row["size"])) == row["sha256"]
            except PackedError:
                is_whole = False
            if is_whole:
                found.append(row)
            else:
                self._leave_out(f"attached file “{row['name']}”: it is damaged")

    def decisions(self) -> list[Row]:
        """What each person said, step by step: see `_own_words`."""
        operations = {row["seq"]: row for row in self.all_of("operations", "seq, id, name, target")}
        by_claim: dict[str, list[Row]] = defaultdict(list)
        for row in self.all("decisions", "number"):
            by_claim[row["claim_id"]].append(row)
        found = [row for rows in by_claim.values() for row in _own_words(rows, operations)]
        return sorted(found, key=lambda row: int(row["number"]))

    def all_of(self, table: str, columns: str) -> list[Row]:
        """Some columns of a table."""
        try:
            return [dict(row) for row in self._r.rows(f"SELECT {columns} FROM {table}")]
        except DamagedError:
            names = [name.strip() for name in columns.split(",")]
            self._in.problems.append(f"some of {table}: that part of the file is damaged")
            return [{name: row[name] for name in names} for row in self._around_damage(table, "1")]

    def _leave_out(self, problem: str) -> None:
        self._in.problems.append(problem)

    def _around_damage(self, table: str, condition: str) -> list[Row]:
        """The rows before and behind a place that cannot be read."""
        found: dict[int, Row] = {}
        for order, beyond in (("", ">"), ("DESC", "<")):
            last: int | None = None
            while True:
                where = "1" if last is None else f"rowid {beyond} {last}"
                try:
                    row = self._r.one(
                        f"SELECT rowid AS row_number, * FROM {table} NOT INDEXED WHERE {where} AND ({condition}) "
                        f"ORDER BY rowid {order} LIMIT 1"
                    )
                except DamagedError:
                    break
                if row is None:
                    return list(found.values())
                last = int(row["row_number"])
                found[last] = {name: row[name] for name in row.keys() if name != "row_number"}  # noqa: SIM118 - a Row
        return list(found.values())


def _own_words(rows: list[Row], operations: dict[int, Row]) -> Iterator[Row]:
    """What each person said about one claim, as it can be read without the entries of others.

    Entries that repeat or settle what others said stay out. One that only accepts the claim, or writes a note on somebody
    else's verdict, says again what its reviewer had said before.
    """
    state: tuple[Any, ...] = (None, None, None)
    author: str | None = ""
    authors: dict[tuple[Any, ...], str | None] = {}
    own: dict[str, Row] = {}
    for row in rows:
        head = operations.get(row["operation"], {})
        step = head if row["cause"] == "do" else operations.get(head.get("target", 0), {})
        now, who = tuple(row[name] for name in _STATE), row["reviewer_id"]
        told = row | {"place": row["number"], "step": step.get("id", "")}
        if step.get("name") in NOT_OPINIONS:
            author = None if row["cause"] != "undo" else authors.get(now, "")
            state = now
            continue
        if row["cause"] != "do":
            state, author = now, authors.get(now, "")
            yield told
            continue
        if now != state:
            author = who
        authors[now] = author
        state = now
        if author == who:
            own[who] = {name: row[name] for name in (*_STATE, "note")}
        yield told | own.get(who, _NOTHING)
