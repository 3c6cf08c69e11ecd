"""What another copy of a project holds that this one may not have: read as rows, checked, never written to."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from factdesk.errors import DamagedError
from factdesk.store.connection import Queryable, Reader, open_reader
from factdesk.store.journal import Row
from factdesk.store.opening import check_path, check_readable_as_it_is, is_writable
from factdesk.store.opinions import NOT_OPINIONS

BY_PEOPLE = ("claims", "mentions", "evidence", "links")
"""Tables from which the rows that people made come in."""


@dataclass(slots=True)
class Incoming:
    """Rows of a copy by table, in the order in which they can be added."""

    file_name: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # of its articles, for checking quotes
    blobs: dict[str, bytes] = field(default_factory=dict)  # originals by article, attachments by SHA-256


def open_copy(path: Path) -> Reader:
    """A reader of another copy; refuses what is no project or would have to be brought up to date first."""
    check_path(path)
    reader = open_reader(path, writable_place=is_writable(path))
    try:
        check_readable_as_it_is(reader, path)
    except BaseException:
        reader.close()
        raise
    return reader


def read_incoming(r: Queryable, path: Path, known_articles: Iterable[str]) -> Incoming:
    """All that people did in a copy, and the articles that are not known here.

    Raises DamagedError for a copy whose texts are not those that their ids and hashes tell of.
    """
    known = set(known_articles)
    incoming = Incoming(path.name)
    rows = incoming.rows
    rows["reviewers"] = _all(r, "reviewers", "created_at, id")
    rows["sessions"] = _all(r, "sessions", "started_at, id")
    rows["cases"] = _all(r, "cases", "created_at, id")
    rows["case_articles"] = _all(r, "case_articles", "case_id, position")
    rows["articles"] = []
    for number in r.numbers("SELECT number FROM articles ORDER BY number"):
        article = dict(r.rows("SELECT * FROM articles WHERE number = ?", (number,))[0])
        if hashlib.sha256(article["text"].encode()).hexdigest() != article["text_sha256"]:
            raise DamagedError(
                f"The text of article {article['id']} in {path.name} is not the one that was imported.",
                "Nothing was merged. Ask for the file again.",
            )
        incoming.texts[article["id"]] = article["text"]
        if article["id"] not in known:
            rows["articles"].append(article)
            incoming.blobs[article["id"]] = r.value("SELECT zlib FROM originals WHERE article_id = ?", (article["id"],))
    rows["entities"] = _all(r, "entities", "made_at, id")
    for table in BY_PEOPLE:
        rows[table] = _all(r, table, "made_at, id", "made_by IS NOT NULL")
    rows["attachments"] = _all(r, "attachments", "added_at, sha256")
    for row in rows["attachments"]:
        incoming.blobs[row["sha256"]] = row["zlib"]
    rows["decisions"] = _decisions(r)
    rows["opinions"] = _all(r, "opinions", "number")
    rows["judged"] = _all(r, "claims", "number", "id IN (SELECT claim_id FROM decisions)")
    return incoming


def _decisions(r: Queryable) -> list[Row]:
    marks = ", ".join("?" * len(NOT_OPINIONS))
    found = r.rows(
        "SELECT d.* FROM decisions d LEFT JOIN operations o ON o.seq = d.operation "
        "LEFT JOIN operations t ON t.seq = o.target "
        f"WHERE coalesce(t.name, o.name, '') NOT IN ({marks}) ORDER BY d.number",
        NOT_OPINIONS,
    )
    return [dict(row) for row in found]


def _all(r: Queryable, table: str, order: str, condition: str = "1") -> list[Row]:
    return [dict(row) for row in r.rows(f"SELECT * FROM {table} WHERE {condition} ORDER BY {order}")]
