"""What was read is stored in small steps, undone as one, and gone on with after a stop."""

from dataclasses import replace
from pathlib import Path

import pytest

from factdesk.errors import StorageFullError
from factdesk.exchange import intake
from factdesk.exchange.intake import Intake
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import KnownPart, Reading
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Judgement, Relation, Status, Verdict
from factdesk.model.given import NOTHING_GIVEN, Given, GivenClaim, GivenLink, GivenMention
from factdesk.model.spans import Span
from factdesk.ops import history
from factdesk.ops.articles import edit_article
from factdesk.ops.intake import take_in
from factdesk.store.articles import list_articles, original_bytes, original_hashes
from factdesk.store.claims import claims_of_article


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


def test_a_decision_between_two_steps_begins_a_new_one(bench, tmp_path, few_at_once):
    def decide(changes):
        if not decided:
            decided.append(bench.project.run(edit_article, bench.bridge, ArticleMeta(title="Bridge")))

    decided = []
    Intake(bench.project, bench.case, decide).store(read(files(tmp_path / "in", 8)))
    assert history.undo_title(bench.reader) == "Import 5 articles"
    for _ in range(3):
        bench.project.run(history.undo)
    assert len(names(bench)) == 3


def test_stopping_keeps_what_is_stored_and_gives_what_is_left(bench, tmp_path, few_at_once):
    calls = iter([False, True])
    intake_ = Intake(bench.project, bench.case)
    report = intake_.store(read(files(tmp_path / "in", 8)), stopped=lambda: next(calls))
    assert (len(report.added), len(report.left)) == (3, 5)
    report = intake_.store(report.left)
    assert (len(report.added), report.left) == (5, ())
    assert names(bench)[3:] == [f"{number}.txt" for number in range(8)]


def test_the_same_files_again_are_known_by_their_bytes(bench, tmp_path):
    paths = files(tmp_path / "in", 4)
    Intake(bench.project, bench.case).store(read(paths[:2]))
    found = read(paths, original_hashes(bench.reader, bench.case))
    assert [isinstance(each, KnownPart) for each in found] == [True, True, False, False]
    report = Intake(bench.project, bench.case).store(read(paths))
    assert (len(report.added), len(report.known)) == (2, 2)


def test_what_cannot_be_stored_is_told_and_the_others_are(bench, tmp_path):
    paths = files(tmp_path / "in", 4)
    readings = read(paths)
    paths[1].write_text("changed meanwhile")
    blank = replace(readings[2], article=replace(readings[2].article, text=" \n"))
    report = Intake(bench.project, bench.case).store([*readings[:2], blank, readings[3]])
    assert len(report.added) == 2
    assert [problem.what for problem in report.problems] == ["1.txt", "2.txt"]
    assert "was changed since it was read" in str(report.problems[0])
    assert "has no text" in str(report.problems[1])


def test_a_full_disk_ends_it_and_gives_what_is_left(bench, tmp_path, few_at_once, monkeypatch):
    def full(tx, case_id, batch, merge_key):
        if tx.value("SELECT count(*) FROM case_articles") > 3:
            raise StorageFullError("The disk is full.", "Make room.")
        return take_in(tx, case_id, batch, merge_key)

    monkeypatch.setattr(intake, "take_in", full)
    report = Intake(bench.project, bench.case).store(read(files(tmp_path / "in", 8)))
    assert (len(report.added), len(report.left)) == (3, 5)
    assert isinstance(report.failure, StorageFullError)


def test_large_files_have_steps_of_their_own(bench, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "BYTES", 100)
    steps = []
    Intake(bench.project, bench.case, steps.append).store(read(files(tmp_path / "in", 4)))
    assert len(steps) == 4


# marks ---------------------------------------------------------------------------------------------------------------


def annotated(number, *, links=(), verdict=Verdict.VERIFIED):
    text = f"Report {number}\n\nRain fell on {number + 3} villages."
    claim = GivenClaim(Span(10, len(text)), f"c{number}", judgement=Judgement(verdict), reviewer="Ida")
    given = Given(claims=(claim,), mentions=(GivenMention(Span(0, 8), "WORK_OF_ART"),), links=tuple(links))
    article = NewArticle(text, ArticleMeta(title=f"Report {number}"), ArticleSource(text.encode(), "all.jsonl"))
    return Reading(article, place=f"line {number}", given=given, path=Path("all.jsonl"))


def test_marks_come_with_their_articles_in_the_same_step(bench, few_at_once):
    report = Intake(bench.project, bench.case).store([annotated(number) for number in range(5)])
    assert report.marks == 10
    title = "Import 5 articles with marks from “all.jsonl” (verdicts of Ida)"
    assert history.undo_title(bench.reader) == title
    (claim,) = claims_of_article(bench.reader, report.added[4])
    assert (claim.status, claim.judgement.verdict) == (Status.ACCEPTED, Verdict.VERIFIED)
    bench.project.run(history.undo)
    assert len(names(bench)) == 3


def test_links_between_articles_of_different_steps_are_kept(bench, few_at_once):
    links = [GivenLink("c0", "c4", Relation.CONFLICTS), GivenLink("c3", "c4", Relation.SAME)]
    readings = [annotated(number, links=links if number == 4 else ()) for number in range(5)]
    report = Intake(bench.project, bench.case).store(readings)
    assert report.marks == 12
    assert bench.reader.value("SELECT count(*) FROM links WHERE status = 'accepted'") == 2
    assert history.undo_title(bench.reader).startswith("Import 5 articles with marks from “all.jsonl”")


def test_marks_of_a_text_that_the_case_has_are_added_to_it(bench):
    first = annotated(0)
    Intake(bench.project, bench.case).store([replace(first, given=NOTHING_GIVEN)])
    report = Intake(bench.project, bench.case).store([first])
    assert (report.added, len(report.known), report.marks) == ((), 1, 2)
    assert history.undo_title(bench.reader) == "Import marks from “all.jsonl” (verdicts of Ida)"


def test_very_many_rows_are_several_steps_of_the_history(bench, few_at_once, monkeypatch):
    monkeypatch.setattr(intake, "ROWS", 8)
    Intake(bench.project, bench.case).store([annotated(number) for number in range(5)])
    assert history.undo_title(bench.reader).startswith("Import 2 articles")
