"""Everything a pane shows of one article, fetched in one go; may run on any thread with that thread's reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from factdesk.model.articles import Article
from factdesk.model.evidence import Evidence
from factdesk.model.mentions import Mention
from factdesk.store.articles import article_text, get_article
from factdesk.store.claims import claim_marks
from factdesk.store.connection import Queryable
from factdesk.store.evidence import passages_in
from factdesk.store.mentions import mentions_of_article
from factdesk_gui.reader.canvas import ShownText

LARGE = 100_000  # code points; longer articles are fetched off the UI thread


@dataclass(frozen=True, slots=True)
class MarkRows:
    """The marks of one article as the store gives them."""

    claims: Sequence[Sequence[Any]]
    mentions: list[Mention]
    passages: list[Evidence]


@dataclass(frozen=True, slots=True)
class ArticleData:
    """An article with its text and marks."""

    article: Article
    shown: ShownText
    marks: MarkRows


def load_marks(r: Queryable, article_id: str) -> MarkRows:
    """The marks alone."""
    return MarkRows(claim_marks(r, article_id), mentions_of_article(r, article_id), passages_in(r, article_id))


def load_article(r: Queryable, article_id: str) -> ArticleData:
    """Article, text and marks."""
    return ArticleData(get_article(r, article_id), ShownText.of(article_text(r, article_id)), load_marks(r, article_id))
