"""The writer thread: order, survival, a full disk, a killed process, one commit for one decision."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from types import SimpleNamespace

import pytest

from builders import Bench, new_article
from factdesk.errors import FactdeskError, MovedError, ProjectError, ReadOnlyError, StorageFullError, UnreachableError
from factdesk.model.changes import Changes
from factdesk.model.claims import Verdict
from factdesk.ops.articles import add_article
from factdesk.ops.claims import mark_claim, set_note
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.connection import QueryInterruptedError
from factdesk.store.faults import translate
from small_disk import small_disk


def test_urgent_jobs_go_before_batches(bench):
    hold, order = threading.Event(), []

    def wait(tx):
        hold.wait(30)

    def note(tx, name):
        order.append(name)

    held = bench.project.submit(wait)
    batch = [bench.project.submit(note, f"batch {n}", urgent=False) for n in range(3)]
    urgent = [bench.project.submit(note, f"urgent {n}") for n in range(2)]
    hold.set()
    for future in (held, *batch, *urgent):
        future.result(30)
    assert order == ["urgent 0", "urgent 1", "batch 0", "batch 1", "batch 2"]


def test_future_resolves_after_the_commit(bench):
    claim = bench.claims()[0].id
    seen = []

    def look(future):
        with bench.project.reader() as reader:
            seen.append(get_claim(reader, claim).verdict)

    future = bench.project.submit(mark_claim, claim, Verdict.VERIFIED)
    future.add_done_callback(look)
    assert isinstance(future.result(30), Changes)
    bench.close()
    assert seen == [Verdict.VERIFIED]


def test_thread_survives_failed_jobs(bench):
    def fails(tx):
        raise SystemExit

    future = bench.project.submit(fails)
    with pytest.raises(SystemExit):
        future.result(30)
    with pytest.raises(ProjectError, match="did not take"):
        bench.run(lambda tx: tx.execute("INSERT INTO cases (id, name) VALUES ('x', '')"))
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)


def test_cancelled_job_does_not_run(bench):
    hold = threading.Event()
    bench.project.submit(lambda _: hold.wait(30))
    claim = bench.claims()[0].id
    future = bench.project.submit(mark_claim, claim, Verdict.VERIFIED, urgent=False)
    assert future.cancel()
    hold.set()
    bench.run(lambda _: None)
    assert get_claim(bench.reader, claim).verdict is None


def test_closing_finishes_what_is_queued(bench):
    claims = [claim.id for claim in bench.claims()]
    futures = [bench.project.submit(mark_claim, claim, Verdict.VERIFIED, urgent=False) for claim in claims]
    bench.close()
    assert all(future.done() for future in futures)
    bench.reopen()
    assert {get_claim(bench.reader, claim).verdict for claim in claims} == {Verdict.VERIFIED}


def test_decision_is_one_transaction(bench):
    statements = []
    bench.run(lambda tx: tx._connection.set_trace_callback(statements.append))
    statements.clear()
    bench.run(mark_claim, bench.claims()[0].id, Verdict.DISPUTED)
    bench.run(lambda tx: tx._connection.set_trace_callback(None))
    decision = statements[: statements.index("COMMIT") + 1]
    assert decision[0] == "BEGIN IMMEDIATE"
    writes = [line.split()[:3] for line in decision if line.split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert writes == [
        ["UPDATE", "claims", "SET"],
        ["UPDATE", "operations", "SET"],
        ["INSERT", "INTO", "operations"],
        ["INSERT", "INTO", "row_changes"],
        ["INSERT", "INTO", "decisions"],
    ]


def test_each_commit_is_on_the_disk(bench):
    def settings(tx):
        return [tx.value(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")]

    assert bench.run(settings) == ["wal", 2, 1, 5000]


def test_readers_cannot_write(bench):
    with pytest.raises(ProjectError, match="cannot be written"):
        bench.reader.rows("UPDATE claims SET note = 'x'")
    assert bench.reader.value("PRAGMA trusted_schema") == 0


def test_snapshot_sees_one_moment(bench):
    claim = bench.claims()[0].id
    with bench.reader.snapshot() as reader:
        assert get_claim(reader, claim).verdict is None
        bench.run(mark_claim, claim, Verdict.VERIFIED)
        assert get_claim(reader, claim).verdict is None
    assert get_claim(bench.reader, claim).verdict is Verdict.VERIFIED


def test_query_can_be_interrupted_from_another_thread(bench):
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    stop = threading.Timer(0.2, bench.reader.interrupt)
    stop.start()
    with pytest.raises(QueryInterruptedError):
        bench.reader.value(endless)
    stop.join()
    assert bench.reader.value("SELECT 1") == 1


# -- a full disk -------------------------------------------------------------------------------------------------------


def test_full_disk_stores_nothing_of_the_step_and_goes_on_later(bench):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    bench.run(lambda tx: tx.rows("PRAGMA max_page_count = 1"))  # no smaller than the file is: nothing more fits
    steps = bench.reader.value("SELECT count(*) FROM operations")
    letters = "".join(random.Random(1).choices("abcdefghij ", k=400_000))
    with pytest.raises(StorageFullError, match="disk is full") as caught:
        bench.run(add_article, bench.case, new_article(letters))
    assert "Nothing of it was stored" in caught.value.hint
    with pytest.raises(StorageFullError):
        bench.run(set_note, claim, letters)
    assert get_claim(bench.reader, claim).verdict is Verdict.VERIFIED
    assert check_project(bench.reader) == []
    bench.run(lambda tx: tx.rows("PRAGMA max_page_count = 1000000"))
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    bench.run(add_article, bench.case, new_article(letters))
    assert bench.reader.value("SELECT count(*) FROM operations") > steps
    assert check_project(bench.reader) == []


# -- a file that goes away under us ------------------------------------------------------------------------------------


@pytest.mark.parametrize("away", ["deleted", "moved", "replaced", "folder moved"])
def test_nothing_is_written_to_a_file_that_is_no_longer_under_its_name(bench, tmp_path_factory, away):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    if away == "deleted":
        bench.path.unlink()
    elif away == "moved":
        bench.path.rename(elsewhere / "moved.factdesk")
    elif away == "replaced":
        Project.create(elsewhere / "other.factdesk", reviewer="Bert").close()
        (elsewhere / "other.factdesk").replace(bench.path)
    else:
        bench.path.parent.rename(elsewhere / "folder")
    with pytest.raises(MovedError, match="replaced" if away == "replaced" else "no longer there") as caught:
        bench.run(mark_claim, claim, Verdict.DISPUTED)
    assert "Save a copy" in caught.value.hint

    copy = elsewhere / "copy.factdesk"
    bench.project.save_copy(copy)
    with Project.open(copy) as rescued, rescued.reader() as reader:
        assert get_claim(reader, claim).verdict is Verdict.VERIFIED
        assert check_project(reader) == []
        rescued.run(mark_claim, claim, Verdict.DISPUTED)
    assert not list(elsewhere.glob(".*.new*"))


def test_a_folder_that_comes_back_is_written_again(bench, tmp_path_factory):
    claim = bench.claims()[0].id
    folder, away = bench.path.parent, tmp_path_factory.mktemp("elsewhere") / "folder"
    folder.rename(away)
    with pytest.raises(MovedError):
        bench.run(mark_claim, claim, Verdict.VERIFIED)
    away.rename(folder)
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    assert get_claim(bench.reader, claim).verdict is Verdict.VERIFIED


def test_a_copy_never_overwrites_and_says_where_it_cannot_go(bench, tmp_path):
    with pytest.raises(ProjectError, match="already a file"):
        bench.project.save_copy(bench.path)
    with pytest.raises(ProjectError, match="cannot be made"):
        bench.project.save_copy(tmp_path / "nowhere" / "copy.factdesk")
    with Project.open(bench.path, read_only=True) as looking, pytest.raises(ReadOnlyError):
        looking.save_copy(tmp_path / "copy.factdesk")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "disk is full"),
        (sqlite3.SQLITE_READONLY, "cannot be written"),
        (sqlite3.SQLITE_IOERR | 10 << 8, "could not be read or written"),
        (sqlite3.SQLITE_CANTOPEN, "could not be read or written"),
        (sqlite3.SQLITE_CORRUPT | 1 << 8, "is damaged"),
        (sqlite3.SQLITE_NOTADB, "is damaged"),
        (sqlite3.SQLITE_BUSY | 2 << 8, "Another program"),
        (sqlite3.SQLITE_CONSTRAINT, "did not take this step"),
    ],
)
def test_every_fault_says_what_happened_and_what_to_do(tmp_path, code, words):
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    told = translate(error, tmp_path / "a.factdesk")
    assert words in told.message
    assert "a.factdesk" in told.message
    assert told.hint.endswith(".")


def test_a_disk_that_became_read_only_is_told_as_that(tmp_path, monkeypatch):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    path = tmp_path / "a.factdesk"
    assert isinstance(translate(error, path), UnreachableError)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    told = translate(error, path)
    assert isinstance(told, ReadOnlyError)
    assert "can only be read now" in told.message
    assert "Save a copy on another disk" in told.hint


def test_a_disk_that_is_taken_away_leaves_everything_for_a_copy(tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        bench = Bench(disk.path / "case.factdesk")
        claim = bench.claims()[0].id
        bench.run(mark_claim, claim, Verdict.VERIFIED)
        disk.take_away()
        with pytest.raises(MovedError, match="its disk was taken away"):
            bench.run(mark_claim, claim, Verdict.DISPUTED)
        bench.project.save_copy(tmp_path / "copy.factdesk")
        bench.close()
    with Project.open(tmp_path / "copy.factdesk") as copy, copy.reader() as reader:
        assert get_claim(reader, claim).verdict is Verdict.VERIFIED
        assert check_project(reader) == []


def test_other_program_that_holds_the_file_is_named(bench, monkeypatch):
    bench.run(lambda _: None)
    bench.project.run(lambda tx: tx._connection.execute("PRAGMA busy_timeout = 50") and None)
    other = sqlite3.connect(bench.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(FactdeskError, match="Another program holds"):
        bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    other.rollback()
    other.close()
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)


# -- a killed process --------------------------------------------------------------------------------------------------

MARKS_UNTIL_KILLED = """
import itertools, sys
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim, mark_claims
from factdesk.ops.history import undo
from factdesk.project import Project
project = Project.open(sys.argv[1], reviewer="Victim")
ids = sys.argv[2:]
verdicts = itertools.cycle(Verdict)
for number in itertools.count():
    claim, verdict = ids[number % len(ids)], next(verdicts)
    project.run(mark_claim, claim, verdict, None, str(number))
    sys.stdout.write(f"{number} {claim} {verdict}\\n")
    sys.stdout.flush()
"""


def test_killed_at_any_moment_every_acknowledged_decision_is_there(tmp_path):
    bench = Bench(tmp_path / "case.factdesk")
    ids = [claim.id for claim in bench.claims()]
    bench.close()
    rng = random.Random(7)
    for _ in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(MARKS_UNTIL_KILLED), str(bench.path), *ids],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        acknowledged = [child.stdout.readline() for _ in range(rng.randrange(1, 60))]
        child.send_signal(signal.SIGKILL)
        acknowledged += child.stdout.readlines()
        child.wait()
        child.stdout.close()
        complete = [line.split() for line in acknowledged if line.endswith("\n")]
        assert complete
        with Project.open(bench.path, reviewer="Ada") as project, project.reader() as reader:
            assert check_project(reader) == []
            for number, claim, verdict in complete:
                found = reader.value(
                    "SELECT count(*) FROM decisions WHERE claim_id = ? AND note = ? AND verdict = ?",
                    (claim, number, verdict),
                )
                assert found, f"{number} was acknowledged and is lost"
            number, claim, verdict = complete[-1]
            stored = get_claim(reader, claim)
            assert int(stored.judgement.note) >= int(number)
