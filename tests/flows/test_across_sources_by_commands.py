"""The whole chain without a window: new, import, analyse; what the sources share, and that reading again changes nothing."""

import json

import pytest

from factdesk.cli import main
from factdesk.model.clusters import CellState
from factdesk.project import Project
from factdesk.store.board import BoardFilter, board
from factdesk.store.cases import list_cases
from factdesk.store.reading_changes import reading_changes
from factdesk_resources.samples import sample_case

pytestmark = pytest.mark.model

REPRINTED = 1  # the wire's article, which a sixth paper prints with a line of its own
OWN_LINE = "\n\nThis newspaper has shortened the report.\n"


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """The texts of the sample case as plain files, and a reprint of one of them."""
    folder = tmp_path_factory.mktemp("articles")
    texts = [article.path.read_text(encoding=article.encoding) for article in sample_case().articles]
    for article, text in zip(sample_case().articles, texts, strict=True):
        (folder / f"{article.path.stem}.txt").write_text(text, encoding="utf-8")
    (folder / "reprint.txt").write_text(texts[REPRINTED].rstrip() + OWN_LINE, encoding="utf-8")
    return folder


def read(project, articles):
    """A project of the articles, made by three commands."""
    assert main(["new", str(project), "--case", "The dam", "--reviewer", "Ann"]) == 0
    assert main(["import", str(project), str(articles)]) == 0
    assert main(["analyse", str(project)]) == 0
    return project


@pytest.fixture(scope="module")
def project(articles, tmp_path_factory):
    return read(tmp_path_factory.mktemp("project") / "dam.factdesk", articles)


def ask(project, question):
    with Project.open(project, read_only=True) as opened, opened.reader() as reader:
        return question(reader, list_cases(reader)[0].id)


def facts(project):
    """What the board says, without the ids that belong to one project only."""
    found = ask(project, lambda reader, case: board(reader, BoardFilter(case)))
    columns = [(column.article_id, column.origin_id is None, column.share) for column in found.columns]
    rows = [(row.lead_claim_id, row.text, row.sources, row.conflicts, row.omitted_in, row.cells) for row in found.rows]
    return columns, rows


def test_the_chain_gives_clusters_origins_and_figures(project, capsys):
    assert main(["stats", str(project), "--json"]) == 0
    stats = json.loads(capsys.readouterr().out)
    assert (stats["articles"], stats["analysed"]) == (6, 6)
    assert stats["clusters"]["total"] >= 15
    assert stats["clusters"]["conflicting"] >= 3
    assert stats["clusters"]["members"] == {"suggested": stats["clusters"]["members"]["suggested"]}
    assert stats["origins"] == 1
    assert stats["decisions"] == 0

    assert main(["stats", str(project)]) == 0
    said = capsys.readouterr().out
    assert (
        f"Clusters of claims: {stats['clusters']['total']}, {stats['clusters']['conflicting']} with a conflict" in said
    )
    assert "1 group of articles with the same text" in said
    assert main(["check", str(project)]) == 0


def test_the_reprint_counts_as_the_same_source(project):
    found = ask(project, lambda reader, case: board(reader, BoardFilter(case)))
    shared = [column for column in found.columns if column.origin_id]
    assert len(shared) == 2
    assert all(column.share > 0.9 for column in shared)
    here = found.columns.index(shared[0])
    assert found.columns[here + 1] == shared[1]
    assert max(row.sources for row in found.rows) <= 5
    assert max(row.conflicts for row in found.rows) <= 5
    empty = (CellState.NOT_FOUND, CellState.NOT_FOUND)
    told = [row for row in found.rows if (row.cell(here).state, row.cell(here + 1).state) != empty]
    assert told
    names = {column.article_id for column in shared}
    assert all(names.isdisjoint(row.omitted_in) for row in told)


def test_reading_again_changes_nothing(project, articles, tmp_path, capsys):
    before = facts(project)
    capsys.readouterr()
    assert main(["analyse", str(project)]) == 0
    assert "analysed before" in capsys.readouterr().out
    assert main(["analyse", str(project), "--again"]) == 0
    assert facts(project) == before
    assert ask(project, reading_changes) == []
    assert main(["check", str(project)]) == 0


def test_the_same_texts_give_the_same_board_in_another_project(project, articles, tmp_path):
    assert facts(read(tmp_path / "other.factdesk", articles)) == facts(project)
