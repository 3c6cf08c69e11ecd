"""The commands about backups."""

import json
import subprocess
import sys

import pytest

from builders import Bench
from factdesk.cli import main
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.claims import get_claim


@pytest.fixture
def project(tmp_path):
    bench = Bench(tmp_path / "bridge.factdesk")
    bench.first = bench.claims()[0].id
    bench.close()
    return bench


def answer(capsys, *arguments):
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_backup_is_made_listed_looked_at_and_restored(project, capsys):
    assert answer(capsys, "backups", str(project.path)) == {"backups": []}
    (made,) = answer(capsys, "backups", str(project.path), "--make")["backups"]
    with Project.open(project.path) as opened:
        opened.run(mark_claim, project.first, Verdict.VERIFIED)
    looked = answer(capsys, "restore", str(project.path), made["file"])
    assert looked["taken_back"]["decisions"] == 1
    assert not looked["restored"]
    done = answer(capsys, "restore", str(project.path), made["file"], "--yes")
    assert done["restored"]
    assert "before restoring" in done["kept"]
    with Project.open(project.path) as opened, opened.reader() as reader:
        assert get_claim(reader, project.first).verdict is None


def test_without_yes_nothing_is_changed_and_the_answer_says_so(project, capsys):
    (made,) = answer(capsys, "backups", str(project.path), "--make")["backups"]
    before = project.path.read_bytes()
    assert main(["restore", str(project.path), made["file"]]) == 0
    captured = capsys.readouterr()
    assert "Added since that backup: 0 decisions" in captured.out
    assert "Add --yes to restore it" in captured.err
    assert project.path.read_bytes() == before


def test_the_program_itself_knows_the_commands(project):
    told = subprocess.run(
        [sys.executable, "-m", "factdesk_gui", "backups", str(project.path), "--make"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Made " in told.stderr
    assert "bytes" in told.stdout
