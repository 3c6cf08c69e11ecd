"""Commands that have texts read by the language model: preannotate (files), analyse (a project)."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from factdesk.cli.lookup import get_case_named, writing
from factdesk.cli.output import REFUSED, note, note_error, progress_bar, say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile, Reviewer
from factdesk.engine.local import preannotate as preannotate_file
from factdesk.engine.protocol import Answer, Article, ArticleDone, Failed, Links, LinksDone, Load
from factdesk.engine.worker import Engine
from factdesk.errors import FactdeskError, ModelError
from factdesk.model.analysis import FoundLink
from factdesk.model.articles import Article as StoredArticle
from factdesk.model.articles import Case
from factdesk.ops.cluster_suggestions import store_clusters
from factdesk.ops.origins import store_origins
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.project import Project
from factdesk.store.articles import article_text, list_articles, unanalysed_articles
from factdesk.store.cases import list_cases

Model = Annotated[str | None, typer.Option(help="An installed spaCy pipeline; otherwise the bundled one.")]
_AT_ONCE = 200  # links in one step


def preannotate(
    source: Annotated[Path, typer.Argument(help="Articles, one JSON object with id and text a line.", metavar="IN")],
    out: Annotated[Path, typer.Argument(help="Entities, sentences and claims, a line for each.", metavar="OUT")],
    links: Annotated[Path | None, typer.Option(help="Where links between claims go.")] = None,
    model: Model = None,
    json: AsJson = False,
) -> None:
    """Pre-annotate a file of articles, without a project."""
    with progress_bar("Reading articles") as progress:
        count = preannotate_file(source, out, links, model, progress)
    if json:
        say_json({"articles": count, "file": str(out), "links": str(links) if links else None})
    else:
        say(f"Wrote {out}: {count:,} {'article' if count == 1 else 'articles'}.")


def analyse(
    project: ProjectFile,
    case: Annotated[str | None, typer.Option(help="Only this case; otherwise all.")] = None,
    model: Model = None,
    again: Annotated[bool, typer.Option("--again", help="Also articles that were analysed before.")] = False,
    reviewer: Reviewer = "",
    json: AsJson = False,
) -> None:
    """Have the articles of a project read, and store what is found as suggestions."""
    with writing(project, reviewer) as opened:
        with opened.reader() as r:
            cases = list_cases(r) if case is None else [get_case_named(r, case)]
            due = [each for each in cases if (list_articles(r, each.id) if again else unanalysed_articles(r, each.id))]
        run = _Run(opened)
        if due:
            run.load(model)
        for each in due:
            run.analyse(each)
    if json:
        say_json({"articles": run.articles, "claims": run.claims, "links": run.links,
                  "failed": [error.message for error in run.failed]})  # fmt: skip
    elif due:
        say(f"Read {run.articles:,} articles: {run.claims:,} claims and {run.links:,} links suggested.")
    else:
        say("Every article was analysed before; --again does it anew.")
    for error in run.failed:
        note_error(error)
    if run.failed:
        raise typer.Exit(REFUSED)


class _Run:
    """Reads case after case and stores each article at once, so that what is done stays when it is stopped."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._engine = Engine()
        self.claims = self.links = 0
        self.failed: list[FactdeskError] = []
        self._counts: dict[str, int] = {}

    @property
    def articles(self) -> int:
        """How many were read."""
        return len(self._counts)

    def load(self, model: str | None) -> None:
        """Load the language model."""
        for answer in self._engine.answer(Load(model)):
            if isinstance(answer, Failed):
                raise ModelError(answer.message, answer.hint)

    def analyse(self, case: Case) -> None:
        """Read the articles of one case, then what they share."""
        with self._project.reader() as r:
            articles = list_articles(r, case.id)
            with progress_bar(case.name) as progress:
                for done, article in enumerate(articles):
                    progress(done, len(articles) + 1)
                    request = Article(
                        article.id, article.meta.title, article_text(r, article.id), article.meta.published_at or ""
                    )
                    self._keep(self._engine.answer(request), case, article)
                progress(len(articles), len(articles) + 1)
                self._keep(self._engine.answer(Links(tuple(article.id for article in articles))), case)
        self.claims = sum(self._counts.values())

    def _keep(self, answers: Iterable[Answer], case: Case, article: StoredArticle | None = None) -> None:
        for answer in answers:
            match answer:
                case ArticleDone(analysis):
                    self._project.run(store_analysis, analysis)
                    self._counts[analysis.article_id] = len(analysis.claims)
                case LinksDone():
                    self._keep_links(case.id, [link for link in answer.links if link.suggested])
                    self._project.run(store_origins, case.id, answer.origins)
                    self._project.run(store_clusters, case.id)
                case Failed():
                    about = f"“{article.label}”: " if article else ""
                    self.failed.append(FactdeskError(about + answer.message, answer.hint))
                    note(about + answer.message)

    def _keep_links(self, case_id: str, links: Sequence[FoundLink]) -> None:
        for start in range(0, max(1, len(links)), _AT_ONCE):
            self._project.run(store_links, case_id, links[start : start + _AT_ONCE], replace=start == 0)
        self.links += len(links)
