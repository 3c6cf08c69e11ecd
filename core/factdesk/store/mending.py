"""Making a project of rows of which some are missing: what refers to something lost is told apart, replaced or left out."""

import hashlib
import sqlite3
import zlib
from collections import Counter
from dataclasses import dataclass

from factdesk.clock import utc_now
from factdesk.errors import FactdeskError
from factdesk.model.ids import article_id, new_id
from factdesk.store.packing import pack
from factdesk.store.sessions import ELSEWHERE
from factdesk.text.decode import decode
from factdesk.text.normalise import normalise

_ROUNDS = 20  # what is left out may leave others without what they refer to
_REPLACEABLE = frozenset({"reviewers", "sessions", "cases"})
_GUARDED = ("decisions", "opinions")
_LARGEST = 64 * 1024 * 1024  # bytes of an original from which an article is made again


@dataclass(frozen=True, slots=True)
class Mended:
    """What it took."""

    left_out: Counter[str]  # rows, by table, of which what they refer to is gone
    without_original: int  # articles whose text stands in for their original


def mend(connection: sqlite3.Connection, *, cases_are_whole: bool, history_is_whole: bool) -> Mended:
    """Let every row of a project refer to something.

    Reviewers, sittings and cases that are gone are replaced, so that nobody's decision is lost with them.

    Args:
        connection: to the new file, in a transaction, with foreign keys off.
        cases_are_whole: nothing that says which article is in which case was lost.
        history_is_whole: steps can still be undone; otherwise none can, because it might bring back half of a step.
    """
    guards = _take_guards(connection)
    _make_articles_of_originals(connection)
    texts = _make_originals_of_articles(connection)
    left_out = _drop_what_refers_to_nothing(connection, but=_REPLACEABLE)  # first what is no row of its table at all
    knows_sittings = connection.execute("SELECT 1 FROM sessions WHERE process_id <> ?", (ELSEWHERE,)).fetchone()
    for sql in _REPLACED.split(";"):
        connection.execute(sql, {"now": utc_now(), "process": ELSEWHERE if knows_sittings else 1})
    _name_the_unknown(connection)
    if not cases_are_whole:
        _put_into_a_case(connection)
    left_out += _drop_what_refers_to_nothing(connection)
    for sql in _DERIVED.split(";"):
        connection.execute(sql)
    left_out += _drop_what_refers_to_nothing(connection)
    connection.execute(_RECOUNTED)
    if not history_is_whole:
        connection.execute("UPDATE operations SET state = 'dropped'")
    for sql in guards:
        connection.execute(sql)
    return Mended(left_out, texts)


_REPLACED = """
INSERT OR IGNORE INTO sessions (id, reviewer_id, started_at, ended_at, process_id, tool_version)
  SELECT session_id, reviewer_id, min(at), max(at), :process, tool_version FROM
  (SELECT session_id, reviewer_id, at, tool_version FROM operations
   UNION ALL SELECT session_id, reviewer_id, decided_at, tool_version FROM decisions
   UNION ALL SELECT session_id, reviewer_id, decided_at, tool_version FROM opinions) GROUP BY session_id;
INSERT OR IGNORE INTO cases (id, name, created_at) SELECT DISTINCT case_id, 'Rescued case', :now FROM case_articles
"""

# Clusters without their lead are no clusters; the claims keep their verdicts as their own.
_DERIVED = """
DELETE FROM clusters WHERE NOT EXISTS (SELECT 1 FROM cluster_claims m WHERE m.cluster_id = clusters.id
  AND m.claim_id = clusters.lead AND m.status <> 'refused' AND m.relation = 'same');
UPDATE claims SET inherited_from = NULL WHERE inherited_from IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cluster_claims m
  WHERE m.cluster_id = claims.inherited_from AND m.claim_id = claims.id AND m.status = 'accepted')
"""

_RECOUNTED = """
UPDATE claims SET (linked, conflicts) =
  (SELECT count(*), coalesce(sum(relation = 'conflicts'), 0)
   FROM (SELECT relation FROM links WHERE claim_a = claims.id AND status <> 'refused'
         UNION ALL SELECT relation FROM links WHERE claim_b = claims.id AND status <> 'refused')),
  evidence_count = (SELECT count(*) FROM evidence WHERE claim_id = claims.id)
WHERE linked OR conflicts OR evidence_count
"""


def _make_articles_of_originals(connection: sqlite3.Connection) -> None:
    """An article of plain text comes back from its original: its id proves that it is the same text."""
    alone = connection.execute(
        "SELECT article_id, zlib FROM originals WHERE article_id NOT IN (SELECT id FROM articles) ORDER BY rowid"
    ).fetchall()
    for name, packed in alone:
        try:
            data = zlib.decompressobj().decompress(packed, _LARGEST)
            found = decode(data)
        except (zlib.error, FactdeskError):
            continue
        text = normalise(found.text)
        if article_id(text) == name:
            row = {
                "id": name,
                "title": "Rescued article",
                "length": len(text),
                "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
                "original_sha256": hashlib.sha256(data).hexdigest(),
                "original_size": len(data),
                "encoding": found.encoding,
                "media_type": "text/plain",
                "imported_at": utc_now(),
                "text": text,
            }
            connection.execute(
                f"INSERT INTO articles ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
            )


def _make_originals_of_articles(connection: sqlite3.Connection) -> int:
    """The original of a plain text is made again of the text, where its SHA-256 proves that it was the same.

    Any other article gets its text as the original, and says so; gives how many these are.
    """
    replaced = 0
    alone = connection.execute(
        "SELECT id, text, encoding, original_sha256 FROM articles WHERE id NOT IN (SELECT article_id FROM originals)"
    ).fetchall()
    for name, text, encoding, digest in alone:
        try:
            data = text.encode(encoding)
        except (LookupError, UnicodeError):
            data = b""
        if hashlib.sha256(data).hexdigest() != digest:
            data, replaced = text.encode(), replaced + 1
            connection.execute(
                "UPDATE articles SET original_sha256 = text_sha256, original_size = ?, encoding = 'utf-8', "
                "media_type = 'text/plain', source_name = trim(source_name || ' (rescued text)') WHERE id = ?",
                (len(data), name),
            )
        connection.execute("INSERT INTO originals (article_id, zlib) VALUES (?, ?)", (name, pack(data)))
    return replaced


def _take_guards(connection: sqlite3.Connection) -> list[str]:
    """Takes the triggers away that keep the history as it is; gives what makes them again."""
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (?, ?)", _GUARDED
    ).fetchall()
    for guard in guards:
        connection.execute(f"DROP TRIGGER {guard['name']}")
    return [guard["sql"] for guard in guards]


def _name_the_unknown(connection: sqlite3.Connection) -> None:
    """Whoever is named by an id that no reviewer has is a reviewer without a name."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    for table in tables:
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if key["table"] == "reviewers":
                column = key["from"]
                connection.execute(
                    "INSERT OR IGNORE INTO reviewers (id, name, created_at) "
                    f"SELECT DISTINCT {column}, 'Unknown reviewer ' || substr({column}, -4), ? FROM {table} "
                    f"WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM reviewers)",
                    (utc_now(),),
                )


def _put_into_a_case(connection: sqlite3.Connection) -> None:
    """Articles of which nobody knows any more to which case they belong come into one of their own."""
    alone = connection.execute(
        "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM case_articles) ORDER BY number"
    ).fetchall()
    if not alone:
        return
    case = new_id()
    connection.execute("INSERT INTO cases (id, name, created_at) VALUES (?, 'Rescued articles', ?)", (case, utc_now()))
    connection.executemany(
        "INSERT INTO case_articles (case_id, article_id, position) VALUES (?, ?, ?)",
        [(case, row[0], 1024 * (n + 1)) for n, row in enumerate(alone)],
    )


def _drop_what_refers_to_nothing(connection: sqlite3.Connection, but: frozenset[str] = frozenset()) -> Counter[str]:
    """Rows that refer to something of no table, `but` some, are let go of it or taken out; how many were, by table."""
    left_out: Counter[str] = Counter()
    keys: dict[str, dict[int, sqlite3.Row]] = {}
    for _ in range(_ROUNDS):
        checked = connection.execute("PRAGMA foreign_key_check").fetchall()
        broken = {tuple(row) for row in checked if row[2] not in but}
        if not broken:
            break
        for table, row, _parent, number in sorted(broken, key=str):
            if table not in keys:
                listed = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
                keys[table] = {key["id"]: key for key in listed}
            left_out[table] += _drop(connection, table, row, keys[table][number])
    return left_out


def _drop(connection: sqlite3.Connection, table: str, row: int | None, key: sqlite3.Row) -> int:
    """Lets one row refer to nothing, or if it must refer to something, takes it out; 1 if it is out."""
    if row is None:  # of a table without row numbers
        return connection.execute(
            f"DELETE FROM {table} WHERE {key['from']} NOT IN (SELECT {key['to']} FROM {key['table']})"
        ).rowcount
    try:
        connection.execute(f"UPDATE {table} SET {key['from']} = NULL WHERE rowid = ?", (row,))
    except sqlite3.IntegrityError:
        return connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,)).rowcount
    return 0
