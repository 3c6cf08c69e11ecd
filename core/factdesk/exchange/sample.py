"""The sample case as articles ready to be stored, and as a project."""

from dataclasses import replace
from pathlib import Path

from factdesk.exchange.importers import read_text_file
from factdesk.model.articles import ArticleMeta, NewArticle
from factdesk.ops.articles import add_articles
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk_resources.samples import SampleArticle, sample_case


def sample_articles() -> list[NewArticle]:
    """The five articles, read from their files as any other and with what their pages say about them."""
    return [_read(article) for article in sample_case().articles]


def open_sample(path: Path, reviewer: str) -> Project:
    """Opens the sample project at this path; where there is none yet, makes it.

    Raises:
        ProjectError: the file is in use, damaged or cannot be written.
    """
    if path.exists():
        return Project.open(path, reviewer=reviewer)
    path.parent.mkdir(parents=True, exist_ok=True)
    project = Project.create(path, reviewer=reviewer, case_name=sample_case().name)
    with project.reader() as reader:
        case_id = list_cases(reader)[0].id
    project.run(add_articles, case_id, sample_articles())
    return project


def _read(article: SampleArticle) -> NewArticle:
    new = read_text_file(article.path, encoding=article.encoding)
    meta = ArticleMeta(
        title=article.title,
        publisher=article.publisher,
        byline=article.byline,
        url=article.url,
        published_at=article.published_at,
        language=article.language,
    )
    return replace(new, meta=meta)
