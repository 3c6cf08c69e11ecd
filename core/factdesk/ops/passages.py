"""Spans of stored texts, checked: what a new mark or piece of evidence quotes."""

from factdesk.errors import FactdeskError
from factdesk.model.spans import Span
from factdesk.store.articles import article_text
from factdesk.store.connection import Queryable


def quote_at(r: Queryable, article_id: str, span: Span) -> str:
    """What the article says at this span."""
    text = article_text(r, article_id)
    if span.end > len(text):
        raise FactdeskError(
            f"The passage {span.start}..{span.end} lies outside the article, which has {len(text)} characters.",
            "Select the passage again.",
        )
    quote = span.of(text)
    if not quote.strip():
        raise FactdeskError("The selection holds no text.", "Select the words of the passage.")
    return quote
