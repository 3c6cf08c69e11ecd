"""Files that a kill, a copy or another program left beside a project, and damage anywhere: told, or of no consequence."""

import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from builders import Bench
from factdesk.errors import FactdeskError, ProjectError, ReadOnlyError
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import history_of
from factdesk.store.connection import open_reader

NOTES = 12


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A project as a kill leaves it: everything since it was opened is in its -wal file, and there is no -shm file."""
    folder = tmp_path_factory.mktemp("killed")
    bench = Bench.copy(folder / "case.factdesk")
    claim = bench.claims()[0].id
    bench.reopen()
    for n in range(NOTES):
        bench.run(mark_claim, claim, Verdict.VERIFIED, None, f"note {n}")
    left = folder / "left"
    left.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{bench.path}{end}", left / f"case.factdesk{end}")
    bench.close()
    return left / "case.factdesk", claim


def copied(killed, tmp_path):
    path = tmp_path / "case.factdesk"
    shutil.copy(killed[0], path)
    shutil.copy(f"{killed[0]}-wal", f"{path}-wal")
    return path, tmp_path / "case.factdesk-wal"


def notes(path, claim):
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        assert check_project(reader) == []
        return [each.judgement.note for each in history_of(reader, claim)][::-1]


def test_a_log_that_was_left_is_taken_in_whole(killed, tmp_path):
    path, wal = copied(killed, tmp_path)
    assert not wal.with_name("case.factdesk-shm").exists()
    assert notes(path, killed[1]) == [f"note {n}" for n in range(NOTES)]
    assert not wal.exists()


def test_of_a_log_that_was_cut_all_whole_steps_are_there(killed, tmp_path):
    kept = []
    for part in (0.001, 0.3, 0.6, 0.9, 1):
        path, wal = copied(killed, tmp_path)
        data = wal.read_bytes()
        wal.write_bytes(data[: int(len(data) * part) - 10])
        found = notes(path, killed[1])
        assert found == [f"note {n}" for n in range(len(found))]
        kept.append(len(found))
    assert kept == sorted(kept)
    assert kept[0] == 0
    assert kept[-1] > NOTES // 2


@pytest.mark.parametrize("content", [b"", b"no log at all", os.urandom(40_000)], ids=["empty", "words", "noise"])
def test_a_log_that_is_none_is_of_no_consequence(killed, tmp_path, content):
    path, wal = copied(killed, tmp_path)
    wal.write_bytes(content)
    assert notes(path, killed[1]) == []


def half_done(path, tmp_path):
    """A project with the journal of another program that was killed in the middle of a change."""
    whole = tmp_path / "whole.factdesk"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    shutil.copy(path, whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("UPDATE articles SET title = 'half' || hex(zeroblob(30000))")
        shutil.copy(f"{path}-journal", tmp_path / "kept-journal")
        shutil.copy(path, tmp_path / "kept")
        connection.execute("ROLLBACK")
    assert (tmp_path / "kept").read_bytes() != whole.read_bytes()
    (tmp_path / "kept").replace(path)
    (tmp_path / "kept-journal").replace(f"{path}-journal")


def test_half_a_change_of_another_program_is_put_back(killed, tmp_path):
    path, _ = copied(killed, tmp_path)
    half_done(path, tmp_path)
    with pytest.raises(ReadOnlyError, match=r"case\.factdesk-journal beside it"):
        open_reader(path, writable_place=False)
    with Project.open(path, read_only=True, traceless=True) as project, project.reader() as reader:
        assert reader.value("SELECT count(*) FROM articles WHERE title LIKE 'half%'") == 0
    assert notes(path, killed[1]) == [f"note {n}" for n in range(NOTES)]


def test_a_log_that_cannot_be_opened_is_told(killed, tmp_path):
    path, wal = copied(killed, tmp_path)
    wal.unlink()
    wal.mkdir()
    with pytest.raises(ProjectError, match=r"could not be read or written") as told:
        Project.open(path, reviewer="Ada")
    assert told.value.hint


def test_damage_anywhere_is_told_or_does_no_harm(killed, tmp_path):
    """Bytes changed, cut off or put in at random: a person hears a sentence, and the program goes on."""
    rng = random.Random(41)
    path, _ = copied(killed, tmp_path)
    Project.open(path, reviewer="Ada").close()
    whole = path.read_bytes()
    told = 0
    for turn in range(24):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 5, 60))):
            length = rng.choice((1, 4, 900))
            at = rng.choice((rng.randrange(200), rng.randrange(len(data) - length)))
            data[at : at + length] = rng.randbytes(length)
        if turn % 3 == 0:
            del data[rng.randrange(len(data)) :]
        path.write_bytes(data)
        try:
            with Project.open(path, reviewer="Ada", read_only=turn % 2 == 0) as project, project.reader() as reader:
                told += bool(check_project(reader))
        except FactdeskError as error:
            told += 1
            assert error.message.startswith(str(path)), error  # noqa: PT017 - a sentence is as good as a list
            assert error.hint, error  # noqa: PT017 - as above
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
    assert told > 15
