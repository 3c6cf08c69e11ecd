"""Is a project sound? Looks at everything that the file promises and says in words what does not hold."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from factdesk.errors import DamagedError
from factdesk.store.connection import Queryable
from factdesk.store.packing import PackedError, unpack
from factdesk.store.soundness import shape_problems
from factdesk.store.step import JUDGED

_MOST = 20  # problems named of each sort; the others are counted
_QUOTED = {"claims": "claim", "mentions": "mention", "evidence": "evidence"}


def check_project(r: Queryable) -> list[str]:
    """All problems found, in words; none means that the project is sound."""
    broken = _integrity(r)
    if broken:
        return broken  # nothing else can be read reliably
    problems: list[str] = []
    for check in _CHECKS:
        found = check(r)
        problems += islice(found, _MOST)
        rest = sum(1 for _ in found)
        if rest:
            problems.append(f"… and {rest:,} more of this sort")
    return problems


def count_checked(r: Queryable) -> dict[str, int]:
    """How much there is of each sort that a check compares with its hash, its text or its history."""
    counts = {name: int(r.value(sql) or 0) for name, sql in _COUNTED.items()}
    counts["quotes"] = sum(int(r.value(f"SELECT count(*) FROM {table} WHERE start IS NOT NULL")) for table in _QUOTED)
    return counts


_COUNTED = {
    "articles": "SELECT count(*) FROM articles",
    "attachments": "SELECT count(*) FROM attachments",
    "verdicts": "SELECT count(*) FROM claims WHERE verdict IS NOT NULL",
    "entries": "SELECT count(*) FROM decisions",
}


def _integrity(r: Queryable) -> list[str]:
    try:
        answers = [str(row[0]) for row in r.rows(f"PRAGMA integrity_check({_MOST})")]
    except DamagedError as error:  # too broken even to be examined
        answers = [error.message]
    return [] if answers == ["ok"] else [f"The file is damaged: {answer}" for answer in answers]


def _references(r: Queryable) -> Iterator[str]:
    for row in r.rows("PRAGMA foreign_key_check"):
        yield f"Row {row['rowid']} of {row['table']} refers to something in {row['parent']} that is not there"


def _texts(r: Queryable) -> Iterator[str]:
    for number in r.numbers("SELECT number FROM articles"):
        row = r.one("SELECT id, text, length, text_sha256 FROM articles WHERE number = ?", (number,))
        if row is None:
            continue
        text: str = row["text"]
        if hashlib.sha256(text.encode()).hexdigest() != row["text_sha256"] or len(text) != row["length"]:
            yield f"The text of article {row['id']} is not the one that was imported"


def _originals(r: Queryable) -> Iterator[str]:
    rows = r.rows("SELECT a.id, a.original_sha256, a.original_size FROM articles a ORDER BY a.number")
    for row in rows:
        packed = r.value("SELECT zlib FROM originals WHERE article_id = ?", (row["id"],))
        try:
            original = unpack(packed, row["original_size"])
        except PackedError:
            original = b""
        if hashlib.sha256(original).hexdigest() != row["original_sha256"]:
            yield f"The original bytes of article {row['id']} are missing or changed"


def _quotes(r: Queryable) -> Iterator[str]:
    for number in r.numbers("SELECT number FROM articles"):
        article = r.one("SELECT id, text FROM articles WHERE number = ?", (number,))
        if article is None:
            continue
        for table, thing in _QUOTED.items():
            for row in r.rows(f'SELECT id, start, "end", quote FROM {table} WHERE article_id = ?', (article["id"],)):
                if article["text"][row["start"] : row["end"]] != row["quote"]:
                    yield f"The quote of {thing} {row['id']} is not what its article {article['id']} says there"


def _judgements(r: Queryable) -> Iterator[str]:
    differs = " OR ".join(
        f"d.{column} IS NOT c.{column}" if column != "status" else "d.status IS NOT NULL AND d.status <> c.status"
        for column in JUDGED
    )
    rows = r.rows(
        "SELECT c.id FROM claims c JOIN decisions d "
        "ON d.number = (SELECT max(x.number) FROM decisions x WHERE x.claim_id = c.id) "
        f"WHERE {differs} UNION ALL "
        "SELECT c.id FROM claims c WHERE (c.verdict IS NOT NULL OR c.note <> '' OR c.confidence IS NOT NULL) "
        "AND NOT EXISTS (SELECT 1 FROM decisions x WHERE x.claim_id = c.id)"
    )
    for row in rows:
        yield f"The verdict of claim {row['id']} is not the one that its history ends with"


def _guards(r: Queryable) -> Iterator[str]:
    for name, word in {"decisions_stay": "changed", "decisions_kept": "removed"}.items():
        guard = r.value("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (name,))
        if guard is None or "RAISE(ABORT" not in guard:
            yield f"Entries of the history could have been {word}: the trigger {name} that prevents it is gone"


def _attachments(r: Queryable) -> Iterator[str]:
    for digest, name, size in [
        tuple(row) for row in r.rows("SELECT sha256, name, size FROM attachments ORDER BY rowid")
    ]:
        packed = r.value("SELECT zlib FROM attachments WHERE sha256 = ?", (digest,))
        try:
            content = unpack(packed, size)
        except PackedError:
            content = b""
        if hashlib.sha256(content).hexdigest() != digest:
            yield f"The attached file “{name}” is changed"


def _clusters(r: Queryable) -> Iterator[str]:
    for query, words in _OF_CLUSTERS.items():
        for row in r.rows(query):
            yield words.format(*row)


_OF_CLUSTERS = {
    "SELECT k.id FROM clusters k WHERE NOT EXISTS (SELECT 1 FROM cluster_claims m WHERE m.cluster_id = k.id "
    "AND m.claim_id = k.lead AND m.status <> 'refused' AND m.relation = 'same')": "Cluster {0} is led by a claim that is not in it",
    "SELECT m.claim_id, count(*) FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id "
    "WHERE m.status <> 'refused' GROUP BY m.claim_id, k.case_id HAVING count(*) > 1": "Claim {0} is in {1} clusters of one case",
    "SELECT c.id, k.id FROM claims c JOIN clusters k ON k.id = c.inherited_from WHERE c.verdict IS NOT k.verdict "
    "OR c.reason IS NOT k.reason OR c.confidence IS NOT k.confidence OR c.decided_by IS NOT k.decided_by "
    "OR c.decided_at IS NOT k.decided_at OR c.verdict IS NULL OR NOT EXISTS (SELECT 1 FROM cluster_claims m "
    "WHERE m.cluster_id = k.id AND m.claim_id = c.id AND m.status = 'accepted' AND m.relation <> 'conflicts')": (
        "Claim {0} does not have the verdict of cluster {1}, from which it should come"
    ),
    "SELECT c.id, k.id FROM clusters k JOIN cluster_claims m ON m.cluster_id = k.id AND m.status = 'accepted' "
    "AND m.relation <> 'conflicts' JOIN claims c ON c.id = m.claim_id "
    "WHERE k.verdict IS NOT NULL AND c.verdict IS NULL AND c.status <> 'refused'": (
        "The verdict of cluster {1} did not reach claim {0}"
    ),
    "SELECT a.cluster_id, a.article_id FROM absences a JOIN cluster_claims m ON m.cluster_id = a.cluster_id "
    "AND m.status = 'accepted' JOIN claims c ON c.id = m.claim_id AND c.article_id = a.article_id": (
        "Article {1} states the fact of cluster {0}, which it is said not to mention"
    ),
}  # fmt: skip


def _counts(r: Queryable) -> Iterator[str]:
    rows = r.rows(
        "WITH ends AS (SELECT claim_a AS claim, relation FROM links WHERE status <> 'refused' "
        "UNION ALL SELECT claim_b, relation FROM links WHERE status <> 'refused'), "
        "counted AS (SELECT claim, count(*) AS linked, sum(relation = 'conflicts') AS conflicts FROM ends GROUP BY 1), "
        "proofs AS (SELECT claim_id, count(*) AS evidence FROM evidence GROUP BY 1) "
        "SELECT c.id FROM claims c LEFT JOIN counted k ON k.claim = c.id LEFT JOIN proofs p ON p.claim_id = c.id "
        "WHERE c.linked <> coalesce(k.linked, 0) OR c.conflicts <> coalesce(k.conflicts, 0) "
        "OR c.evidence_count <> coalesce(p.evidence, 0)"
    )
    for row in rows:
        yield f"The numbers of links and evidence noted at claim {row['id']} are wrong"


def _index_of_articles(r: Queryable) -> Iterator[str]:
    yield from _index(r, "articles", ("text",))


def _index_of_claims(r: Queryable) -> Iterator[str]:
    yield from _index(r, "claims", ("quote", "normalised", "claimant"))


def _index(r: Queryable, table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Compare the search index with one made afresh in memory: for each row, how many words each column has.

    FTS5's own integrity check is a write, which a reader may not do.
    """
    names = ", ".join(columns)
    stored = {row["id"]: row["sz"] for row in r.rows(f"SELECT id, sz FROM {table}_fts_docsize")}
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.execute(f"CREATE VIRTUAL TABLE f USING fts5 ({names}, tokenize='unicode61 remove_diacritics 2')")
        marks = ", ".join("?" * (len(columns) + 1))
        numbers = r.numbers(f"SELECT number FROM {table}")
        for start in range(0, len(numbers), 500):
            page = json.dumps(numbers[start : start + 500].tolist())
            rows = r.rows(
                f"SELECT number, {names} FROM {table} WHERE number IN (SELECT value FROM json_each(?))", (page,)
            )
            fresh.executemany(f"INSERT INTO f (rowid, {names}) VALUES ({marks})", map(tuple, rows))
            for number, size in fresh.execute("SELECT id, sz FROM f_docsize"):
                if stored.pop(number, None) != size:
                    yield f"The search index is out of step with row {number} of {table}"
            fresh.execute("DELETE FROM f")
    for number in stored:
        yield f"The search index has an entry {number} that {table} has not"


_CHECKS = (
    *(_references, shape_problems, _texts, _originals, _attachments, _quotes, _judgements, _guards, _clusters, _counts),
    *(_index_of_articles, _index_of_claims),
)
