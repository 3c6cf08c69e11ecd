"""With what the machine read the articles of a case, and when."""

from dataclasses import dataclass

from factdesk.model.analysis import ModelInfo
from factdesk.store.connection import Queryable


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """The last pre-annotation of one article."""

    article_id: str
    model: ModelInfo
    at: str


def readings_of(r: Queryable, case_id: str) -> list[ArticleReading]:
    """The last reading of each article that was read, in case order."""
    rows = r.rows(
        "SELECT n.article_id, n.model_name, n.model_version, n.spacy_version, n.factdesk_version, n.resources_version, "
        "n.analysed_at FROM case_articles ca JOIN analyses n ON n.article_id = ca.article_id "
        "WHERE ca.case_id = ? ORDER BY ca.position, ca.article_id",
        (case_id,),
    )
    return [ArticleReading(row[0], ModelInfo(*tuple(row)[1:6]), row[6]) for row in rows]
