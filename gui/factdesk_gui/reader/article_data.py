"""Everything a pane shows of one article, fetched in one go; may run on any thread with that thread's reader."""

from dataclasses import dataclass

from factdesk.model.articles import Article
from factdesk.model.evidence import Evidence
from factdesk.store.articles import article_text, get_article
from factdesk.store.claims import claim_marks
from factdesk.store.connection import Queryable
from factdesk.store.evidence import passages_in
from factdesk.store.mentions import mentions_of_article
from factdesk_gui.reader.canvas import ShownText
from factdesk_gui.reader.marks import Mark, MarkMaker

LARGE = 100_000  # code points; longer articles are fetched off the UI thread


@dataclass(frozen=True, slots=True)
class ArticleMarks:
    """The marks of one article; evidence of all its claims, of which only the current one's is shown."""

    claims: list[Mark]
    mentions: list[Mark]
    passages: list[Evidence]


@dataclass(frozen=True, slots=True)
class ArticleData:
    """An article with its text and marks."""

    article: Article
    shown: ShownText
    marks: ArticleMarks


def load_marks(r: Queryable, article_id: str, maker: MarkMaker) -> ArticleMarks:
    """The marks alone."""
    return ArticleMarks(
        maker.claims(claim_marks(r, article_id)),
        maker.mentions(mentions_of_article(r, article_id)),
        passages_in(r, article_id),
    )


def load_article(r: Queryable, article_id: str) -> ArticleData:
    """Article, text and marks."""
    article = get_article(r, article_id)
    shown = ShownText.of(article_text(r, article_id), article.meta.title)
    return ArticleData(article, shown, load_marks(r, article_id, MarkMaker(shown.positions)))
