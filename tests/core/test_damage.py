"""Damaged files: whatever page is broken, the file is refused or the damage is told, and nothing is made worse."""

import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from builders import Bench
from factdesk.errors import DamagedError, FactdeskError, NotFoundError
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.ops.history import undo
from factdesk.project import Project
from factdesk.store import sessions, transaction
from factdesk.store.articles import get_article
from factdesk.store.backups import make_backup, restore
from factdesk.store.cases import get_case
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim, history_of
from factdesk.store.clusters import get_cluster
from factdesk.store.evidence import get_attachment, get_evidence
from factdesk.store.mentions import get_entity, get_mention
from factdesk.store.people import sittings_of


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A sound project with something in every table that work fills, and a backup of it."""
    bench = Bench(tmp_path_factory.mktemp("whole") / "case.factdesk")
    bench.first = bench.claims()[0].id
    bench.run(mark_claim, bench.first, Verdict.VERIFIED, None, "seen")
    bench.backup = make_backup(bench.path).path
    bench.close()
    return bench


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        return dict(
            connection.execute(
                "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0 AND type = 'table' ORDER BY name"
            )
        )


def looked_at(path):
    """What a person hears when they open a file and have it checked: a refusal, or problems; none is no answer here."""
    try:
        with Project.open(path, read_only=True) as project, project.reader() as reader:
            return check_project(reader)
    except FactdeskError as error:
        return [f"{error.message} / {error.hint}"] if error.hint else pytest.fail(f"no remedy: {error.message}")


def test_a_broken_page_of_any_table_is_told(whole, tmp_path):
    rng = random.Random(11)
    found = tables(whole.path)
    assert len(found) > 30
    for name, page in found.items():
        path = tmp_path / "case.factdesk"
        shutil.copy(whole.path, path)
        with path.open("r+b") as file:
            file.seek((page - 1) * 4096 + (108 if page == 1 else 0))
            file.write(rng.randbytes(2000))
        before = path.read_bytes()
        assert looked_at(path), f"a broken page of {name} was not noticed"
        assert path.read_bytes() == before, f"looking at a broken page of {name} changed the file"


@pytest.mark.parametrize("part", [0.02, 0.25, 0.5, 0.9, 0.95])
def test_a_truncated_file_is_told_and_a_backup_takes_its_place(whole, tmp_path, part):
    path = tmp_path / "case.factdesk"
    data = whole.path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert looked_at(path)
    kept = restore(path, whole.backup)
    assert kept.read_bytes() == data[: int(len(data) * part)]
    assert looked_at(path) == []


@pytest.mark.parametrize("read_only", [False, True])
def test_damage_that_is_no_text_is_told_as_damage(whole, tmp_path, read_only):
    """SQLite quotes the broken statement of the schema, whatever its bytes."""
    path = tmp_path / "case.factdesk"
    data = whole.path.read_bytes()
    at = data.index(b"CREATE TABLE places") + len("CREATE TABLE places (")
    path.write_bytes(data[:at] + b"\x95\xff'\xfe" + data[at + 4 :])
    with pytest.raises(DamagedError, match="is damaged"):
        Project.open(path, reviewer="Ada", read_only=read_only)


def test_writing_to_a_broken_file_is_refused(whole, tmp_path):
    """A page that is only met while writing: the step fails as a whole, with a sentence, and others go on."""
    path = tmp_path / "case.factdesk"
    shutil.copy(whole.path, path)
    with path.open("r+b") as file:
        file.seek((tables(path)["decisions"] - 1) * 4096)
        file.write(os.urandom(3000))

    def work():
        with Project.open(path, reviewer="Ada") as project:
            for verdict in (Verdict.DISPUTED, Verdict.VERIFIED) * 20:
                project.run(mark_claim, whole.first, verdict)

    with pytest.raises(FactdeskError, match="damaged"):
        work()
    assert looked_at(path)


@pytest.mark.parametrize(
    "text", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(84), b"PK\x03\x04 no project"]
)
def test_what_only_begins_like_a_project_is_refused(tmp_path, text):
    path = tmp_path / "case.factdesk"
    path.write_bytes(text)
    assert looked_at(path)
    assert path.read_bytes() == text


def test_a_wal_file_of_another_project_spoils_nothing(whole, tmp_path):
    other = Bench(tmp_path / "other.factdesk")
    other.run(mark_claim, other.claims()[0].id, Verdict.DISPUTED, None, "other")
    wal = other.path.with_name("other.factdesk-wal").read_bytes()
    other.close()
    path = tmp_path / "case.factdesk"
    shutil.copy(whole.path, path)
    path.with_name("case.factdesk-wal").write_bytes(wal[: len(wal) // 2])
    told = looked_at(path)
    if not told:
        with Project.open(path) as project, project.reader() as reader:
            assert history_of(reader, whole.first)[0].judgement.note == "seen"


def test_a_clock_that_was_set_back_keeps_the_order_of_decisions(whole, tmp_path, monkeypatch):
    path = tmp_path / "case.factdesk"
    shutil.copy(whole.path, path)
    for module in (transaction, sessions):
        monkeypatch.setattr(module, "utc_now", lambda: "2001-01-01T00:00:00.000Z")
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        project.run(mark_claim, whole.first, Verdict.DISPUTED, None, "later")
        assert [each.judgement.note for each in history_of(reader, whole.first)][:2] == ["later", "seen"]
        project.run(undo)
        assert history_of(reader, whole.first)[0].judgement.note == "seen"
        assert check_project(reader) == []
        sittings = sittings_of(reader, project.reviewer_id, project.session_id)
        assert all(each.seconds("2000-01-01T00:00:00.000Z") >= 0 for each in sittings)
        project.set_reviewer("Bert")
    with Project.open(path) as project:
        assert project.reviewer_name == "Bert", "who worked last, whatever the clock said"


def test_a_word_that_no_project_knows_is_told_as_damage(whole, tmp_path):
    path = tmp_path / "case.factdesk"
    shutil.copy(whole.path, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE claims SET kind = 'quanQity'")
        connection.commit()
    with (
        Project.open(path, read_only=True) as project,
        project.reader() as reader,
        pytest.raises(DamagedError, match="“quanQity” where a claim kind belongs"),
    ):
        get_claim(reader, whole.first)


def test_what_is_not_there_any_more_is_told_with_a_remedy(whole):
    with Project.open(whole.path, read_only=True) as project, project.reader() as reader:
        for query in (
            get_claim,
            get_article,
            get_case,
            get_cluster,
            get_entity,
            get_evidence,
            get_attachment,
            get_mention,
        ):
            with pytest.raises(NotFoundError, match="project") as missing:
                query(reader, "nowhere")
            assert "factdesk check" in missing.value.hint
