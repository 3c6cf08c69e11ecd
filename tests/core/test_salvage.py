"""Rescuing: what a broken file still holds comes into a new, whole project, and what does not is told."""

import json
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from builders import Bench
from factdesk.cli import main
from factdesk.errors import DamagedError, ProjectError
from factdesk.exchange.exporters import export_project
from factdesk.model.claims import Verdict
from factdesk.model.evidence import Stance
from factdesk.model.spans import Span
from factdesk.ops.claims import mark_claim
from factdesk.ops.evidence import add_passage
from factdesk.ops.history import undo_title
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article, history_of
from factdesk.store.connection import open_reader
from factdesk.store.salvage import salvage
from old_files import first_release_file


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A sound project in which a claim of each article is decided and one has evidence, over several pages of texts."""
    bench = Bench.copy(tmp_path_factory.mktemp("whole") / "case.factdesk")
    rng = random.Random(5)
    for n in range(6):
        bench.add(". ".join("".join(rng.choices("abcdeé 🌊", k=700)) for _ in range(3)), f"Paper {n}")
    bench.first = bench.claims()[0]
    bench.run(mark_claim, bench.first.id, Verdict.VERIFIED, None, "seen")
    bench.run(add_passage, bench.first.id, bench.again, Span(0, 10), Stance.SUPPORTS)
    bench.run(mark_claim, bench.claims(bench.report)[0].id, Verdict.DISPUTED, None, "read")
    bench.close()
    return bench


def counts(path):
    with open_reader(path) as r:
        tables = [row[0] for row in r.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        ours = [name for name in tables if "_fts_" not in name and name[:2] != "_s" and name[:6] != "sqlite"]
        return {name: r.value(f"SELECT count(*) FROM {name}") for name in ours}


def root_of(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]


def spoiled(whole, tmp_path, page, *, at=0, length=3000):
    path = tmp_path / "broken.factdesk"
    shutil.copy(whole.path, path)
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + at)
        file.write(random.Random(page).randbytes(length))
    return path


def problems_of(path):
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        return check_project(reader)


def test_a_sound_project_is_rescued_as_it_is(whole, tmp_path):
    done = salvage(whole.path, tmp_path / "new.factdesk")
    assert (done.lost, done.problems) == ((), ())
    assert counts(done.path) == counts(whole.path) == done.rows | {"articles_fts": 9, "claims_fts": done.rows["claims"]}
    with open_reader(done.path) as new, open_reader(whole.path) as old:
        assert history_of(new, whole.first.id) == history_of(old, whole.first.id)
        assert claims_of_article(new, whole.bridge) == claims_of_article(old, whole.bridge)
        assert undo_title(new) == undo_title(old)
    assert [file.name for file in tmp_path.iterdir()] == ["new.factdesk"]


@pytest.mark.parametrize("table", ["reviewers", "sessions", "case_articles", "cases", "operations"])
def test_nothing_that_a_person_did_goes_with_a_table_beside_it(whole, tmp_path, table):
    path = spoiled(whole, tmp_path, root_of(whole.path, table))
    before = path.read_bytes()
    done = salvage(path, tmp_path / "new.factdesk")
    assert path.read_bytes() == before
    kept = ("articles", "originals", "claims", "decisions", "evidence", "mentions", "links")
    assert {name: done.rows[name] for name in kept} == {name: counts(whole.path)[name] for name in kept}
    assert done.problems == ()
    assert done.lost
    assert problems_of(done.path) == []
    with open_reader(done.path) as r:
        assert r.value("SELECT count(*) FROM case_articles") == 9
        assert history_of(r, whole.first.id)[0].judgement.note == "seen"


def test_pages_to_which_nothing_leads_any_more_are_found(whole, tmp_path):
    """The page above all articles is gone, and with it SQLite's way to them."""
    path = spoiled(whole, tmp_path, root_of(whole.path, "articles"))
    done = salvage(path, tmp_path / "new.factdesk")
    assert done.rows["articles"] == 9
    assert done.rows["claims"] == counts(whole.path)["claims"]
    assert "articles" in done.lost[0]


def test_the_beginning_of_the_file_may_be_gone(whole, tmp_path):
    path = spoiled(whole, tmp_path, 1, length=4096)
    with pytest.raises(DamagedError, match="beginning is damaged"):
        Project.open(path)
    done = salvage(path, tmp_path / "new.factdesk")
    assert (done.rows["articles"], done.rows["decisions"], done.rows["cases"], done.rows["reviewers"]) == (9, 2, 1, 1)
    assert problems_of(done.path) == []


def test_articles_come_back_from_their_originals(tmp_path):
    bench = Bench.copy(tmp_path / "case.factdesk")
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    bench.close()
    done = salvage(spoiled(bench, tmp_path, root_of(bench.path, "articles")), tmp_path / "new.factdesk")
    assert done.rows["articles"] == 3
    assert problems_of(done.path) == []
    done = salvage(spoiled(bench, tmp_path, root_of(bench.path, "originals")), tmp_path / "newer.factdesk")
    assert problems_of(done.path) == []


def test_the_text_stands_in_for_an_original_that_was_no_text(tmp_path):
    bench = Bench.copy(tmp_path / "case.factdesk")
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("UPDATE articles SET original_sha256 = 'of a web page', media_type = 'text/html'")
        connection.commit()
    bench.close()
    done = salvage(spoiled(bench, tmp_path, root_of(bench.path, "originals")), tmp_path / "new.factdesk")
    assert any(
        "original file of 3 articles could not be read: the text stands in its place" in each for each in done.lost
    )
    assert problems_of(done.path) == []
    with Project.open(done.path) as project:
        export_project(project, "jsonl", tmp_path / "out.jsonl")


def test_claims_that_are_gone_take_only_what_belongs_to_them(tmp_path):
    bench = Bench.copy(tmp_path / "case.factdesk")
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    bench.close()
    done = salvage(spoiled(bench, tmp_path, root_of(bench.path, "claims")), tmp_path / "new.factdesk")
    assert (done.rows["articles"], done.rows["claims"], done.rows["links"], done.rows["decisions"]) == (3, 0, 0, 1)
    assert any("Left out: 1 link" in line for line in done.lost)
    assert problems_of(done.path) == []


@pytest.mark.parametrize("part", [0.6, 0.9])
def test_a_truncated_file_gives_what_it_has(whole, tmp_path, part):
    path = tmp_path / "short.factdesk"
    data = whole.path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    done = salvage(path, tmp_path / "new.factdesk")
    assert done.lost
    assert done.rows["articles"] + done.rows["decisions"] > 0
    assert problems_of(done.path) == list(done.problems)


def test_what_is_only_in_the_wal_file_is_rescued_too(tmp_path):
    bench = Bench.copy(tmp_path / "case.factdesk")
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED, None, "newest")
    left = tmp_path / "left.factdesk"
    shutil.copy(bench.path, left)
    wal = bench.path.with_name("case.factdesk-wal").read_bytes()
    left.with_name("left.factdesk-wal").write_bytes(wal[: len(wal) - 100])  # the last of it never reached the disk
    bench.close()
    done = salvage(left, tmp_path / "new.factdesk")
    assert problems_of(done.path) == []
    assert done.rows["articles"] == 3
    left.with_name("left.factdesk-wal").write_bytes(wal)
    done = salvage(left, tmp_path / "newer.factdesk")
    with open_reader(done.path) as r:
        assert history_of(r, claim)[0].judgement.note == "newest"


def test_what_was_removed_does_not_come_back(whole, tmp_path):
    path = tmp_path / "case.factdesk"
    shutil.copy(whole.path, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM evidence")
        connection.execute("DELETE FROM mentions")
        connection.commit()
    with path.open("r+b") as file:
        file.seek((root_of(path, "mentions") - 1) * 4096)
        file.write(bytes(100))
    assert salvage(path, tmp_path / "new.factdesk").rows["mentions"] == 0


def test_a_project_of_the_first_release_is_rescued(tmp_path):
    path = first_release_file(tmp_path / "old.factdesk")
    done = salvage(path, tmp_path / "new.factdesk")
    assert (done.rows["articles"], done.rows["claims"], done.rows["decisions"], done.lost) == (2, 2, 1, ())
    assert problems_of(done.path) == []


def test_any_damage_gives_a_project_or_a_sentence(whole, tmp_path):
    rng = random.Random(23)
    data = whole.path.read_bytes()
    rescued = 0
    for turn in range(6):
        broken = bytearray(data)
        for _ in range(rng.choice((1, 20, 200))):
            length = rng.choice((1, 8, 600))
            at = rng.randrange(len(broken) - length)
            broken[at : at + length] = rng.randbytes(length)
        path, target = tmp_path / f"{turn}.factdesk", tmp_path / f"{turn} new.factdesk"
        path.write_bytes(broken[: rng.choice((len(broken), rng.randrange(len(broken) // 2, len(broken))))])
        try:
            done = salvage(path, target)
        except DamagedError as error:
            assert error.hint  # noqa: PT017 - either is right
            assert not target.exists()
            continue
        rescued += 1
        assert problems_of(target) == list(done.problems)
    assert rescued > 3


def test_what_holds_nothing_is_refused_and_nothing_is_overwritten(tmp_path, whole):
    empty = tmp_path / "empty.factdesk"
    for content in (b"", b"Hello", bytes(9000), b"SQLite format 3\0" + bytes(9000)):
        empty.write_bytes(content)
        with pytest.raises(DamagedError, match="Nothing of a project"):
            salvage(empty, tmp_path / "new.factdesk")
    with pytest.raises(ProjectError, match="already a file"):
        salvage(whole.path, empty)
    with pytest.raises(ProjectError, match="cannot be read"):
        salvage(tmp_path / "nothing.factdesk", tmp_path / "new.factdesk")
    with pytest.raises(ProjectError, match="could not be read or written"):
        salvage(whole.path, tmp_path / "nowhere" / "new.factdesk")
    assert [file.name for file in tmp_path.iterdir()] == ["empty.factdesk"]


def test_the_command_says_what_is_there_and_what_is_missing(whole, tmp_path, capsys):
    assert main(["rescue", str(whole.path), str(tmp_path / "same")]) == 0
    assert "9 articles" in (told := capsys.readouterr().out)
    assert "Everything could be read" in told
    path = spoiled(whole, tmp_path, root_of(whole.path, "cases"))
    assert main(["rescue", str(path), str(tmp_path / "new.factdesk"), "--json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert answer["rows"]["decisions"] == 2
    assert "cases" in answer["lost"][0]
    assert main(["check", str(tmp_path / "new.factdesk")]) == 0
