"""Who may write a project: one at a time, whatever names the file has and whatever was left of others."""

import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

from factdesk.errors import ReadOnlyError
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.claims import get_claim

NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    """A closed, empty project."""
    path = tmp_path / "case.factdesk"
    Project.create(path, reviewer="Ada").close()
    return path


def test_a_file_with_two_names_is_written_under_neither(path, tmp_path):
    other = tmp_path / "other.factdesk"
    other.hardlink_to(path)
    for name in (path, other):
        with pytest.raises(ReadOnlyError, match=r"second name \(a hard link\)") as caught:
            Project.open(name)
        assert "work in the copy" in caught.value.hint
        Project.open(name, read_only=True).close()
    copy = tmp_path / "copy.factdesk"
    shutil.copy(other, copy)
    Project.open(copy).close()
    other.unlink()
    Project.open(path).close()


def test_a_name_that_is_added_while_it_is_open_is_refused_and_disturbs_nobody(bench):
    other = bench.path.with_name("other.factdesk")
    other.hardlink_to(bench.path)
    with pytest.raises(ReadOnlyError, match="second name"):
        Project.open(other)
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    assert get_claim(bench.reader, bench.claims()[0].id).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("left", ["", "of a process that is long gone\n4711\n"], ids=["empty", "with words"])
def test_a_lock_file_that_was_left_behind_keeps_nobody_out(path, left):
    path.with_name(f".{path.name}.lock").write_text(left)
    Project.open(path).close()


RACE = """
import sys
from factdesk.errors import ProjectInUseError
from factdesk.project import Project
sys.stdout.write("ready\\n"); sys.stdout.flush()
for line in sys.stdin:
    try:
        project = Project.open(sys.argv[1], reviewer=sys.argv[2])
        sys.stdout.write("won\\n")
    except ProjectInUseError as error:
        project = None
        sys.stdout.write(f"{error.message}\\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if project:
        project.close()
    sys.stdout.write("closed\\n"); sys.stdout.flush()
"""


def test_of_two_that_open_at_the_same_moment_exactly_one_writes(path):
    both = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(RACE), str(path), name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in ("Ada", "Grace")
    ]  # fmt: skip

    def say(word):
        for each in both:
            each.stdin.write(f"{word}\n")
        for each in both:
            each.stdin.flush()
        return [each.stdout.readline() for each in both]

    assert [each.stdout.readline() for each in both] == ["ready\n"] * 2
    for _ in range(20):
        told = sorted(say("open"), key="won\n".__eq__)
        assert told[1] == "won\n"
        assert str(path) in told[0]
        assert " open " in told[0]
        say("close")
    for each in both:
        each.stdin.close()
        each.stdout.close()
        assert each.wait(60) == 0
    with Project.open(path) as project, project.reader() as reader:
        assert reader.value("SELECT count(*) FROM sessions WHERE interrupted") == 0


AS_NOBODY = f"""
import os, sys
import filelock
from factdesk.errors import ReadOnlyError
from factdesk.project import Project
from factdesk.store.cases import list_cases
if os.getuid() == 0:  # root may write everywhere; the modules are loaded before, from folders that only root may read
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
try:
    Project.open(sys.argv[1])
except ReadOnlyError as error:
    sys.stdout.write(f"{{error}}\\n")
with Project.open(sys.argv[1], read_only=True) as project, project.reader() as reader:
    sys.stdout.write(list_cases(reader)[0].name)
"""


def test_a_lock_file_of_somebody_else_is_named(path):
    open_folder = Path(tempfile.mkdtemp(prefix="factdesk-", dir="/tmp"))
    open_folder.chmod(0o777)
    copy = open_folder / "case.factdesk"
    shutil.copy(path, copy)
    copy.chmod(0o666)
    lock = open_folder / ".case.factdesk.lock"
    lock.touch()
    lock.chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(AS_NOBODY), str(copy)], capture_output=True, text=True, check=False
    )
    shutil.rmtree(open_folder)
    refused, case = done.stdout.splitlines()
    assert f"The lock file {lock} belongs to somebody else" in refused
    assert "remove that file" in refused
    assert case == "Case 1"
