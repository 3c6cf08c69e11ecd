"""Killed at a random moment of any work: what was acknowledged is there, the file is sound, exports are whole or absent.

These are processes without a window; tests/flows/test_window_kills.py has those with one. `./dev kills ROUNDS` plays more.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders import Bench
from factdesk.exchange.second_review import hand_over
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.ops.history import redo, redo_title, undo, undo_title
from factdesk.project import Project
from factdesk.store.backups import list_backups
from factdesk.store.check import check_project
from factdesk.store.connection import open_reader
from old_files import first_release_file

ROUNDS = max(20, int(os.environ.get("FACTDESK_KILLS", "0")) // 11)  # of each kind of work
SUPPORT = Path(__file__).parents[1] / "support"
LONGEST = 0.25  # seconds until a kill

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def server():
    """One process with everything loaded, that forks the victims."""
    environment = os.environ | {"PYTHONPATH": str(SUPPORT)}
    with subprocess.Popen(
        [sys.executable, str(SUPPORT / "victim.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A project to copy, and copies of it with opinions to merge."""
    folder = tmp_path_factory.mktemp("template")
    bench = Bench(folder / "case.factdesk")
    bench.ids = [claim.id for claim in bench.claims()]
    bench.copies = []
    for name in ("Ben", "Cy"):
        copy = hand_over(bench.project, folder / f"{name}.factdesk", name).path
        with Project.open(copy) as project:
            for number, claim in enumerate(bench.ids):
                project.run(mark_claim, claim, list(Verdict)[number % 3], None, name)
        bench.copies.append(str(copy))
    bench.close()
    return bench


def killed(server, folder, rng, work, project, **more):
    """Lets a victim work, kills it, and gives what it said before."""
    notes = folder / f"{work}.notes"
    job = {"work": work, "project": str(project), "notes": str(notes), "seed": rng.random()} | more
    server.stdin.write(json.dumps(job) + "\n")
    server.stdin.flush()
    victim = int(server.stdout.readline())
    begun = time.monotonic()
    wanted = rng.randrange(2)  # from its first breath, or from its first word on, the moment is left to chance
    failed = notes.with_suffix(".error")
    while (not notes.exists() or notes.stat().st_size < wanted) and not failed.exists():
        assert time.monotonic() - begun < 60
        time.sleep(0.002)
    assert not failed.exists(), failed.read_text()
    time.sleep(rng.random() * LONGEST)
    os.kill(victim, signal.SIGKILL)
    assert int(server.stdout.readline()) == -signal.SIGKILL, notes.with_suffix(".error").read_text()
    lines = notes.read_text().splitlines()
    notes.unlink()
    return [json.loads(line) for line in lines]


def sound(path):
    """Opens the project as the next session would, checks everything it promises, and goes on working."""
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        assert check_project(reader) == []
        if undo_title(reader):
            project.run(undo)
            assert redo_title(reader)
            project.run(redo)
        assert check_project(reader) == []


def has_verdict(reader, claim, verdict, note):
    sql = "SELECT count(*) FROM decisions WHERE claim_id = ? AND verdict = ? AND note = ?"
    return reader.value(sql, (claim, verdict, note)) > 0


def check_said(path, said):
    with open_reader(path) as reader:
        for what, *values in said:
            match what:
                case "verdict":
                    assert has_verdict(reader, *values), values
                case "step":
                    assert reader.value("SELECT count(*) FROM operations WHERE seq = ?", values) == 1
                case "articles":
                    for name in values:
                        assert reader.value("SELECT count(*) FROM case_articles WHERE article_id = ?", (name,)) == 1
                        assert reader.value("SELECT count(*) FROM originals WHERE article_id = ?", (name,)) == 1
                case "analysed":
                    assert reader.value("SELECT count(*) FROM claims WHERE article_id = ?", values) == 2
                case "claim":
                    assert reader.value("SELECT count(*) FROM claims WHERE id = ?", values) == 1
                case "merged":
                    assert reader.value("SELECT count(*) FROM opinions") >= 3
                case "backup":
                    assert Path(values[0]).exists()


@pytest.mark.parametrize(
    "work", ["mark", "bulk", "back_and_forth", "import_articles", "analyse", "own_claims", "merge", "back_up"]
)
def test_nothing_acknowledged_is_lost(server, template, tmp_path, work):
    rng = random.Random(work)
    path = tmp_path / "case.factdesk"
    shutil.copy(template.path, path)
    count = 0
    for _ in range(ROUNDS):
        more = {"ids": template.ids, "article": template.bridge, "copies": template.copies}
        said = killed(server, tmp_path, rng, work, path, **more)
        count += len(said)
        check_said(path, said)
        sound(path)
    assert count > 0
    for backup in list_backups(path)[:5]:
        with open_reader(backup.path) as reader:
            assert check_project(reader) == []


def test_bulk_steps_are_all_or_nothing(server, template, tmp_path):
    rng = random.Random("bulk")
    path = tmp_path / "case.factdesk"
    shutil.copy(template.path, path)
    marks = ", ".join("?" * len(template.ids))
    for _ in range(ROUNDS // 2):
        killed(server, tmp_path, rng, "bulk", path, ids=template.ids)
        with open_reader(path) as reader:
            states = reader.rows(f"SELECT DISTINCT status, verdict FROM claims WHERE id IN ({marks})", template.ids)
            assert len(states) == 1, [tuple(row) for row in states]


def test_a_migration_is_done_or_not_begun_and_the_older_file_is_kept(server, tmp_path):
    rng = random.Random("migrate")
    original = first_release_file(tmp_path / "template.factdesk")
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "old.factdesk"
        shutil.copy(original, path)
        said = killed(server, tmp_path, rng, "migrate", path, ids=["c1", "c2"])
        check_said(path, [each for each in said if each[0] == "verdict"])
        sound(path)
        copies = list(folder.glob("old.before-*.factdesk"))
        assert copies
        for copy in copies:
            with open_reader(copy) as reader:
                assert reader.value("PRAGMA integrity_check") == "ok"


def test_an_export_is_whole_or_absent(server, template, tmp_path):
    rng = random.Random("export")
    out = tmp_path / "out"
    out.mkdir()
    for _ in range(ROUNDS):
        killed(server, tmp_path, rng, "export", template.path, ids=[], out=str(out))
        for file in (each for each in out.iterdir() if not each.name.startswith(".")):
            if file.suffix == ".jsonl":
                assert json.loads(file.read_text().splitlines()[-1])["type"] == "end", file
            elif file.suffix == ".csv":
                assert file.read_bytes().endswith(b"\r\n")
            elif file.suffix == ".json":
                json.loads(file.read_text())
