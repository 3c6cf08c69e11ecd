"""Backups: whole, dated, thinned out, compared with the project before anything is put back, and nothing thrown away."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from builders import Bench
from factdesk.errors import DamagedError, ProjectError, ProjectInUseError
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store import backups
from factdesk.store.backups import (
    Backup,
    backup_folder,
    compare,
    is_due,
    list_backups,
    make_backup,
    restore,
    superfluous,
    thin_out,
)
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.connection import open_reader


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "bridge.factdesk")
    yield made
    made.reader.close()
    made.project.close()


def mark(bench, number, verdict=Verdict.VERIFIED):
    bench.run(mark_claim, bench.claims()[number].id, verdict)


def test_a_backup_holds_what_is_still_in_the_wal_file_and_is_one_sound_file(bench):
    mark(bench, 0)
    made = make_backup(bench.path)
    assert made.path.parent == backup_folder(bench.path) == bench.path.with_name("bridge backups")
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]
    assert list_backups(bench.path) == [made]
    with open_reader(made.path) as reader:
        assert check_project(reader) == []
        assert get_claim(reader, bench.claims()[0].id).verdict is Verdict.VERIFIED


def test_one_is_due_when_there_is_none_or_a_day_has_passed_with_changes(bench):
    assert is_due(bench.path)
    made = make_backup(bench.path)
    tomorrow = (datetime.now(UTC) + timedelta(hours=25)).isoformat()
    assert not is_due(bench.path)
    assert not is_due(bench.path, tomorrow), "nothing was changed"
    mark(bench, 0)
    assert is_due(bench.path, tomorrow)
    made.path.write_bytes(b"no database")
    assert is_due(bench.path, tomorrow), "a backup that cannot be read is none"


def test_a_clock_that_was_set_back_neither_ends_the_backups_nor_makes_one_each_time(bench):
    first = make_backup(bench.path).path
    first.rename(first.with_name("2099-01-01T000000Z.factdesk"))
    assert not is_due(bench.path), "nothing was changed since"
    mark(bench, 0)
    assert is_due(bench.path)
    make_backup(bench.path)
    mark(bench, 1)
    assert not is_due(bench.path)
    assert is_due(bench.path, (datetime.now(UTC) + timedelta(hours=25)).isoformat())
    assert superfluous(list_backups(bench.path), "2026-01-01T00:00:00Z") == []


def test_backups_of_one_second_are_listed_in_the_order_in_which_they_were_made(bench, monkeypatch):
    monkeypatch.setattr(backups, "utc_now", lambda: "2026-10-25T02:30:00.000Z")
    made = []
    for word in ("", "", "before restoring", ""):
        made.append(make_backup(bench.path, word))
        mark(bench, 0, list(Verdict)[len(made) % 3])
        os.utime(made[-1].path, ns=(len(made), len(made)))  # a coarse clock of the disk must not matter here
    assert [each.path for each in list_backups(bench.path)] == [each.path for each in reversed(made)]
    assert len({each.path for each in made}) == 4


def test_old_backups_are_thinned_out_by_day_week_and_month():
    now = datetime(2026, 6, 30, 12, tzinfo=UTC)
    made = [now - timedelta(hours=3 * n) for n in range(8 * 400)]
    all_of_them = [Backup(Path(str(n)), f"{each:%Y-%m-%dT%H:%M:%SZ}", 1) for n, each in enumerate(made)]
    gone = {backup.path for backup in superfluous(all_of_them, f"{now:%Y-%m-%dT%H:%M:%SZ}")}
    kept = [backup for backup in all_of_them if backup.path not in gone]
    ages = [now - datetime.fromisoformat(backup.made_at) for backup in kept]
    assert sum(age <= timedelta(days=2) for age in ages) == 17
    assert 12 <= sum(timedelta(days=2) < age <= timedelta(days=14) for age in ages) <= 13
    assert 11 <= sum(timedelta(days=14) < age <= timedelta(days=90) for age in ages) <= 13
    assert 9 <= sum(age > timedelta(days=90) for age in ages) <= 13
    assert kept[0] == all_of_them[0]
    again = superfluous(kept, f"{now:%Y-%m-%dT%H:%M:%SZ}")
    assert again == [], "what was kept once stays"


def test_the_preview_tells_what_restoring_takes_back(bench):
    mark(bench, 0)
    made = make_backup(bench.path)
    bench.add("Another text stands here. It has two sentences.", "Late News")
    mark(bench, 1, Verdict.DISPUTED)
    with open_reader(made.path) as copy:
        difference = compare(bench.reader, copy)
        assert (difference.articles, difference.claims, difference.decisions) == (1, 2, 1)
        ((at, who, what),) = difference.newest
        assert (who, bool(at), bool(what)) == ("Ada", True, True)
        assert difference.only_in_backup == 0
        assert compare(copy, bench.reader).only_in_backup == 1


def test_restoring_keeps_the_project_as_it_was(bench):
    made = make_backup(bench.path)
    claim = bench.claims()[0].id
    mark(bench, 0)
    bench.close()
    kept = restore(bench.path, made.path)
    with Project.open(bench.path) as project, project.reader() as reader:
        assert get_claim(reader, claim).verdict is None
        assert check_project(reader) == []
    assert "before restoring" in kept.name
    restore(bench.path, kept)
    with open_reader(bench.path) as reader:
        assert get_claim(reader, claim).verdict is Verdict.VERIFIED


def test_a_project_that_is_open_is_not_restored(bench):
    made = make_backup(bench.path)
    with pytest.raises(ProjectInUseError, match=r"Ada has .* open"):
        restore(bench.path, made.path)


def test_a_damaged_project_is_moved_aside_and_restored(bench):
    made = make_backup(bench.path)
    bench.close()
    data = bytearray(bench.path.read_bytes())
    data[100:20_000] = os.urandom(19_900)
    bench.path.write_bytes(data)
    kept = restore(bench.path, made.path)
    assert "damaged" in kept.name
    assert kept.read_bytes() == data
    with Project.open(bench.path) as project, project.reader() as reader:
        assert check_project(reader) == []


def test_a_stale_wal_file_does_not_spoil_what_was_restored(bench, tmp_path):
    made = make_backup(bench.path)
    mark(bench, 0)
    wal = bench.path.with_name(bench.path.name + "-wal")
    left = wal.read_bytes()
    bench.close()
    wal.write_bytes(left)  # as after a kill
    restore(bench.path, made.path)
    assert not wal.exists()
    with Project.open(bench.path) as project, project.reader() as reader:
        assert check_project(reader) == []


def test_a_damaged_backup_is_refused_and_nothing_is_touched(bench):
    made = make_backup(bench.path)
    bench.close()
    before = bench.path.read_bytes()
    made.path.write_bytes(made.path.read_bytes()[:9000])
    with pytest.raises(DamagedError):
        restore(bench.path, made.path)
    assert bench.path.read_bytes() == before


def test_a_disk_without_room_is_told_and_leaves_no_half_backup(bench, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.os, "fsync", full)
    with pytest.raises(ProjectError, match="disk is full: no backup"):
        make_backup(bench.path)
    assert list(backup_folder(bench.path).iterdir()) == []


def test_backups_of_another_project_in_the_same_folder_are_not_mixed_up(bench, tmp_path):
    other = Bench(tmp_path / "river.factdesk")
    make_backup(bench.path)
    assert list_backups(other.path) == []
    other.close()


def test_a_backup_taken_while_decisions_are_written_is_of_one_moment(bench):
    claims = [claim.id for claim in bench.claims()]
    for number in range(60):
        bench.project.submit(mark_claim, claims[number % len(claims)], list(Verdict)[number % 3])
    made = make_backup(bench.path)
    with open_reader(made.path) as reader:
        assert check_project(reader) == []


def test_the_copy_needs_no_room_beside_it_to_be_read(bench):
    made = make_backup(bench.path)
    with sqlite3.connect(made.path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    connection.close()


def test_what_a_killed_process_had_begun_goes_away_a_day_later(bench):
    made = make_backup(bench.path)
    part = made.path.with_name(f".{made.path.name}.part")
    part.write_bytes(b"half a copy")
    thin_out(bench.path)
    assert part.exists()
    thin_out(bench.path, "2199-01-01T00:00:00.000Z")
    assert not part.exists()
    assert made.path.exists()
