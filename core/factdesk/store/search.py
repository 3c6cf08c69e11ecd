"""Finding words in all articles of a case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factdesk.model.spans import Span
from factdesk.store.connection import Queryable

_CONTEXT = 60  # code points of text on each side of a hit in its snippet
_LETTER = re.compile(r"[^\W_]")
_PHRASE = re.compile(r'"([^"]*)"|([^\s"]+)')
# Scripts without spaces between words, of which the index holds whole sentences as one word: searched letter by letter.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Brackets for `highlight`: a pair that the text does not contain. The first are never characters (Unicode 23.7).
_BRACKETS = (("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3"), ("\ue0f0", "\ue0f1"), ("\uf8f0", "\uf8f1"))


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand."""

    article_id: str
    span: Span
    snippet: str
    title: str


def match_query(query: str) -> str:
    """What a person typed as a safe FTS5 query: all words must occur, the last may go on; "…" is a phrase.

    Empty if there is no word in it, or if it has letters of a script that the index cannot split.
    """
    if _UNSPACED.search(query) or "\0" in query:
        return ""
    # FTS5 splits what stands in quotes by its own rules, so nothing but the quotes themselves needs care.
    parts = ['"' + term + '"' for pair in _PHRASE.findall(query) if _LETTER.search(term := pair[0] or pair[1])]
    if parts and query[-1:] not in {'"', " "}:
        parts[-1] += "*"
    return " AND ".join(parts)


def search_case(r: Queryable, case_id: str, query: str, limit: int = 200) -> list[Hit]:
    """Hits in case order, then by place in the text."""
    needle = query.strip()
    if not needle:
        return []
    match = match_query(query)
    found = _indexed(r, case_id, match) if match else _scanned(r, case_id, needle)
    hits: list[Hit] = []
    for article_id, title, text, spans in found:
        for span in spans:
            hits.append(Hit(article_id, span, _snippet(text, span), title))
            if len(hits) == limit:
                return hits
    return hits


Found = Iterator[tuple[str, str, str, list[Span]]]


def _indexed(r: Queryable, case_id: str, match: str) -> Found:
    articles = r.rows(
        "SELECT a.number, a.id, a.title, a.length FROM articles_fts f CROSS JOIN articles a ON a.number = f.rowid "
        "JOIN case_articles ca ON ca.article_id = a.id AND ca.case_id = ? WHERE f.articles_fts MATCH ? "
        "ORDER BY ca.position, a.id",
        (case_id, match),
    )
    for article in articles:
        for opening, closing in _BRACKETS:
            marked = r.value(
                "SELECT highlight(articles_fts, 0, ?, ?) FROM articles_fts WHERE articles_fts MATCH ? AND rowid = ?",
                (opening, closing, match, article["number"]),
            )
            spans = _bracketed(marked, opening, closing)
            counts = {marked.count(opening), marked.count(closing), (len(marked) - article["length"]) // 2}
            if counts == {len(spans)}:  # the text has no such brackets of its own
                text = marked.replace(opening, "").replace(closing, "")
                yield article["id"], article["title"], text, spans
                break


def _bracketed(marked: str, opening: str, closing: str) -> list[Span]:
    spans: list[Span] = []
    end = -1
    while (start := marked.find(opening, end + 1)) >= 0:
        end = marked.find(closing, start)
        if end <= start + 1:
            break
        brackets_before = 2 * len(spans)
        spans.append(Span(start - brackets_before, end - brackets_before - 1))
    return spans


def _scanned(r: Queryable, case_id: str, needle: str) -> Found:
    pattern = re.compile(re.escape(needle), re.IGNORECASE)
    ids = r.rows(
        "SELECT ca.article_id, a.title FROM case_articles ca JOIN articles a ON a.id = ca.article_id "
        "WHERE ca.case_id = ? ORDER BY ca.position, a.id",
        (case_id,),
    )
    for article_id, title in ids:
        text = r.value("SELECT text FROM articles WHERE id = ?", (article_id,))
        spans = [Span(*found.span()) for found in pattern.finditer(text)]
        if spans:
            yield article_id, title, text, spans


def _snippet(text: str, span: Span) -> str:
    start, end = max(0, span.start - _CONTEXT), min(len(text), span.end + _CONTEXT)
    piece = " ".join(text[start:end].split())
    return ("…" if start else "") + piece + ("…" if end < len(text) else "")
