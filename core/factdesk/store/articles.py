"""Articles, read."""

import json
import zlib
from sqlite3 import Row

from factdesk.errors import NotFoundError
from factdesk.model.analysis import FoundSentence
from factdesk.model.articles import Article, ArticleMeta
from factdesk.model.spans import Span
from factdesk.store.connection import Queryable

# The text is the last column of the table, so that reading the others never loads it.
_COLUMNS = """
a.id, a.title, a.publisher, a.byline, a.url, a.published_at, a.language, a.length, a.text_sha256, a.original_sha256,
a.original_size, a.encoding, a.source_name, a.media_type, a.captured_at, a.imported_at,
EXISTS (SELECT 1 FROM analyses n WHERE n.article_id = a.id) AS analysed,
(SELECT count(*) FROM claims c WHERE c.article_id = a.id AND c.status <> 'refused') AS claim_count,
(SELECT count(*) FROM claims c WHERE c.article_id = a.id AND c.status <> 'refused' AND c.verdict IS NOT NULL)
  AS decided_count
"""


def list_articles(r: Queryable, case_id: str) -> list[Article]:
    """The articles of a case, in its order."""
    rows = r.rows(
        f"SELECT {_COLUMNS} FROM case_articles ca JOIN articles a ON a.id = ca.article_id WHERE ca.case_id = ? "
        "ORDER BY ca.position, ca.article_id",
        (case_id,),
    )
    return [_article(row) for row in rows]


def get_article(r: Queryable, article_id: str) -> Article:
    """One article without its text."""
    row = r.one(f"SELECT {_COLUMNS} FROM articles a WHERE a.id = ?", (article_id,))
    if row is None:
        raise _missing(article_id)
    return _article(row)


def article_text(r: Queryable, article_id: str) -> str:
    """The stored text."""
    text: str | None = r.value("SELECT text FROM articles WHERE id = ?", (article_id,))
    if text is None:
        raise _missing(article_id)
    return text


def original_bytes(r: Queryable, article_id: str) -> bytes:
    """The bytes as they were imported."""
    packed: bytes | None = r.value("SELECT zlib FROM originals WHERE article_id = ?", (article_id,))
    if packed is None:
        raise _missing(article_id)
    return zlib.decompress(packed)


def unanalysed_articles(r: Queryable, case_id: str) -> list[str]:
    """Ids of the articles of a case that no pre-annotation has been stored for, in case order."""
    rows = r.rows(
        "SELECT article_id FROM case_articles WHERE case_id = ? "
        "AND article_id NOT IN (SELECT article_id FROM analyses) ORDER BY position, article_id",
        (case_id,),
    )
    return [row[0] for row in rows]


def sentences_of(r: Queryable, article_id: str) -> list[FoundSentence]:
    """The sentences found by pre-annotation, in text order; none before it ran."""
    stored = r.value("SELECT sentences FROM analyses WHERE article_id = ?", (article_id,))
    return [FoundSentence(Span(start, end), score) for start, end, score in json.loads(stored or "[]")]


def _article(row: Row) -> Article:
    return Article(
        id=row["id"],
        meta=ArticleMeta(
            title=row["title"],
            publisher=row["publisher"],
            byline=row["byline"],
            url=row["url"],
            published_at=row["published_at"],
            language=row["language"],
        ),
        length=row["length"],
        text_sha256=row["text_sha256"],
        original_sha256=row["original_sha256"],
        original_size=row["original_size"],
        encoding=row["encoding"],
        source_name=row["source_name"],
        media_type=row["media_type"],
        captured_at=row["captured_at"],
        imported_at=row["imported_at"],
        analysed=bool(row["analysed"]),
        claim_count=row["claim_count"],
        decided_count=row["decided_count"],
    )


def _missing(article_id: str) -> NotFoundError:
    return NotFoundError(f"There is no article {article_id} in this project.")
