"""What was read is stored in small steps, undone as one, and gone on with after a stop."""

import pytest

from factdesk.errors import StorageFullError
from factdesk.exchange import intake
from factdesk.exchange.importers import read_file
from factdesk.exchange.intake import Intake
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import KnownPart
from factdesk.ops import history
from factdesk.store.articles import list_articles, original_bytes


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(intake, "ARTICLES", 3)


def files(folder, count):
    folder.mkdir(exist_ok=True)
    made = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(made):
        path.write_text(f"Report {number}\r\n\r\nRain fell on {number + 3} villages.", encoding="utf-8", newline="")
    return made


def read(paths, known=()):
    with FileProcess("read") as process:
        process.know(known)
        return [found for path in paths for found in process.read(path)]


def names(bench):
    return [article.source_name for article in list_articles(bench.reader, bench.case)]


def test_all_is_stored_in_order_with_its_original_bytes(bench, tmp_path, few_at_once):
    paths = files(tmp_path / "in", 8)
    seen = []
    report = Intake(bench.project, bench.case).store(read(paths), lambda done, total: seen.append((done, total)))
    assert len(report.added) == 8
    assert (report.known, report.problems, report.left, report.failure) == ((), (), (), None)
    assert names(bench)[3:] == [path.name for path in paths]
    assert [original_bytes(bench.reader, each) for each in report.added] == [path.read_bytes() for path in paths]
    assert seen == [(0, 8), (3, 8), (6, 8), (8, 8)]


def test_an_import_of_many_steps_is_undone_and_redone_at_once(bench, tmp_path, few_at_once):
    Intake(bench.project, bench.case).store(read(files(tmp_path / "in", 8)))
    assert history.undo_title(bench.reader) == "Import 8 articles"
    bench.project.run(history.undo)
    assert len(names(bench)) == 3
    bench.project.run(history.redo)
    assert len(names(bench)) == 11
