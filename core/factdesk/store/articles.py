"""Articles, read."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from factdesk.errors import DamagedError, NotFoundError
from factdesk.model.analysis import FoundSentence
from factdesk.model.articles import Article, ArticleMeta, unnamed_label
from factdesk.model.spans import Span
from factdesk.store.connection import Queryable
from factdesk.store.packing import unpacked
from factdesk.store.soundness import REMEDY, STUMBLES, stored_json

# The text is the last column of the table, so that reading the others never loads it.
_COLUMNS = (
    "id, title, publisher, byline, url, published_at, language, length, text_sha256, original_sha256, original_size, "
    "encoding, source_name, media_type, captured_at, imported_at, analysed, opening"
)
_ARTICLES = """
SELECT a.id, a.title, a.publisher, a.byline, a.url, a.published_at, a.language, a.length, a.text_sha256,
       a.original_sha256, a.original_size, a.encoding, a.source_name, a.media_type, a.captured_at, a.imported_at,
       EXISTS (SELECT 1 FROM analyses n WHERE n.article_id = a.id) AS analysed,
       CASE WHEN a.publisher = '' AND a.title = '' THEN substr(a.text, 1, 160) ELSE '' END AS opening
FROM articles a
"""
_COUNTS = """
SELECT c.article_id, count(*) AS total, count(c.verdict) AS decided, sum(c.verdict IS 'verified') AS verified,
       sum(c.verdict IS 'disputed') AS disputed, sum(c.verdict IS 'unverified') AS unverified,
       sum(c.status = 'suggested') AS suggested
FROM {articles} CROSS JOIN claims c ON c.article_id = a.article_id AND c.status <> 'refused'
GROUP BY a.article_id
"""


class ClaimCounts(NamedTuple):
    """How many claims of an article there are, of each sort; refused ones are not counted."""

    total: int = 0
    decided: int = 0
    verified: int = 0
    disputed: int = 0
    unverified: int = 0
    suggested: int = 0


def list_articles(r: Queryable, case_id: str) -> list[Article]:
    """The articles of a case, in its order."""
    return [article for article, _ in articles_with_counts(r, case_id)]


def articles_with_counts(
    r: Queryable, case_id: str, article_ids: Collection[str] | None = None
) -> list[tuple[Article, ClaimCounts]]:
    """The articles of a case, or those of them that are named, with the counts of their claims, in its order."""
    params, named = [case_id], ""
    if article_ids is not None:
        params.append(json.dumps(list(article_ids)))
        named = " AND article_id IN (SELECT value FROM json_each(?))"
    source = f"(SELECT article_id FROM case_articles WHERE case_id = ?{named}) a"
    counted = r.lists(
        "article_id, total, decided, verified, disputed, unverified, suggested",
        _COUNTS.format(articles=source),
        params,
    )
    counts = {row[0]: ClaimCounts(*row[1:]) for row in counted}
    rows = r.lists(
        _COLUMNS,
        f"{_ARTICLES} JOIN case_articles ca ON ca.article_id = a.id WHERE ca.case_id = ?{named} "
        "ORDER BY ca.position, ca.article_id",
        params,
    )
    found = [(row, counts.get(row[0], ClaimCounts())) for row in rows]
    return [(_article(row, count), count) for row, count in found]


def article_names(r: Queryable, case_id: str, only: Iterable[str] | None = None) -> dict[str, str]:
    """Short names by id, in the order of the case; the same names as `Article.label`, without the rest of the rows."""
    chosen = None if only is None else json.dumps(list(only))
    rows = r.lists(
        "id, publisher, title, source_name, opening",
        "SELECT a.id, a.publisher, a.title, a.source_name, "
        "CASE WHEN a.publisher = '' AND a.title = '' THEN substr(a.text, 1, 160) ELSE '' END AS opening "
        "FROM case_articles ca "
        "JOIN articles a ON a.id = ca.article_id WHERE ca.case_id = :case "
        f"{'' if chosen is None else 'AND ca.article_id IN (SELECT value FROM json_each(:chosen)) '}"
        "ORDER BY ca.position, a.id",
        {"case": case_id, "chosen": chosen},
    )
    return {
        id_: publisher or title or unnamed_label(name, opening) or id_[:9]
        for id_, publisher, title, name, opening in rows
    }


def get_article(r: Queryable, article_id: str) -> Article:
    """One article without its text."""
    row = r.one(f"{_ARTICLES} WHERE a.id = ?", (article_id,))
    if row is None:
        raise _missing(article_id)
    counts = r.one(_COUNTS.format(articles="(SELECT ? AS article_id) a"), (article_id,))
    return _article(tuple(row), ClaimCounts() if counts is None else ClaimCounts(*tuple(counts)[1:]))


def article_text(r: Queryable, article_id: str) -> str:
    """The stored text."""
    text: str | None = r.value("SELECT text FROM articles WHERE id = ?", (article_id,))
    if text is None:
        raise _missing(article_id)
    return text


def original_bytes(r: Queryable, article_id: str) -> bytes:
    """The bytes as they were imported."""
    row = r.one(
        "SELECT o.zlib, a.original_size FROM articles a JOIN originals o ON o.article_id = a.id WHERE a.id = ?",
        (article_id,),
    )
    if row is None:
        raise _missing(article_id)
    return unpacked(row[0], row[1], f"The original of article {article_id}")


def original_hashes(r: Queryable, case_id: str) -> set[str]:
    """SHA-256 of the original bytes of the articles of a case, by which files are known without being read again."""
    rows = r.lists(
        "original_sha256",
        "SELECT a.original_sha256 FROM case_articles ca JOIN articles a ON a.id = ca.article_id WHERE ca.case_id = ?",
        (case_id,),
    )
    return {row[0] for row in rows}


def unanalysed_articles(r: Queryable, case_id: str) -> list[str]:
    """Ids of the articles of a case that no pre-annotation has been stored for, in case order."""
    rows = r.lists(
        "article_id",
        "SELECT article_id FROM case_articles WHERE case_id = ? "
        "AND article_id NOT IN (SELECT article_id FROM analyses) ORDER BY position, article_id",
        (case_id,),
    )
    return [row[0] for row in rows]


def first_articles(r: Queryable, case_id: str, count: int) -> list[str]:
    """Ids of the first articles of a case."""
    rows = r.rows(
        "SELECT article_id FROM case_articles WHERE case_id = ? ORDER BY position, article_id LIMIT ?", (case_id, count)
    )
    return [row[0] for row in rows]


def in_case(r: Queryable, case_id: str, article_ids: Iterable[str]) -> set[str]:
    """Those of the articles that belong to a case."""
    rows = r.rows(
        "SELECT article_id FROM case_articles WHERE case_id = ? AND article_id IN (SELECT value FROM json_each(?))",
        (case_id, json.dumps(list(article_ids))),
    )
    return {row[0] for row in rows}


def sentences_of(r: Queryable, article_id: str) -> list[FoundSentence]:
    """The sentences found by pre-annotation, in text order; none before it ran."""
    stored = r.value("SELECT sentences FROM analyses WHERE article_id = ?", (article_id,))
    what = f"What was found in article {article_id}"
    return [_sentence(each, what) for each in stored_json(stored or "[]", what, list)]


def _sentence(parts: Any, what: str) -> FoundSentence:
    try:
        start, end, score = parts
        return FoundSentence(Span(start, end), score)
    except STUMBLES as error:
        raise DamagedError(f"{what} is no list of sentences ({error}): the project is damaged.", REMEDY) from error


def _article(row: Sequence[Any], counts: ClaimCounts) -> Article:
    """The columns stand in the order of the fields: by place they are read much faster than by name."""
    fields = (row[0], ArticleMeta(*row[1:7]), *row[7:16], bool(row[16]), counts.total, counts.decided, row[17])
    return Article(*fields)


def _missing(article_id: str) -> NotFoundError:
    return NotFoundError(f"There is no article {article_id} in this project.")
