"""Opening, closing and refusing project files."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from builders import Bench
from factdesk.errors import (
    DamagedError,
    FactdeskError,
    ProjectError,
    ProjectInUseError,
    ReadOnlyError,
    TooNewError,
)
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.ops.places import save_place
from factdesk.ops.settings import set_project_setting
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.store.claims import get_claim, history_of
from factdesk.store.places import load_place
from factdesk.store.sessions import list_reviewers
from factdesk.store.settings import project_setting
from factdesk.store.version import APPLICATION_ID, SCHEMA

NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    """A closed, empty project."""
    path = tmp_path / "case.factdesk"
    Project.create(path, reviewer="Ada").close()
    return path


def python(code, *args, **options):
    """A child process that runs some code."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


UNPRIVILEGED = f"""
import os, sys
from factdesk.errors import ProjectError, ReadOnlyError
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.store.claims import get_claim
if os.getuid() == 0:  # root may write everywhere; the modules are loaded before, from folders that only root may read
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
"""


def as_nobody(code, *args):
    """A child process without root's right to write everywhere."""
    return python(UNPRIVILEGED + textwrap.dedent(code), *args)


@pytest.fixture
def open_folder():
    """A folder that an unprivileged child process can reach."""
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/factdesk-XXXXXX"], text=True).strip())  # noqa: S108 - pytest's folders are closed to others
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def pragma(path, name):
    with sqlite3.connect(path) as connection:
        value = connection.execute(f"PRAGMA {name}").fetchone()[0]
    connection.close()
    return value


def test_new_project_has_a_case_and_its_marks(path):
    assert (pragma(path, "application_id"), pragma(path, "user_version")) == (APPLICATION_ID, SCHEMA)
    assert APPLICATION_ID.to_bytes(4, "big") == b"FACT"
    assert pragma(path, "journal_mode") == "wal"
    with Project.open(path) as project, project.reader() as reader:
        assert [case.name for case in list_cases(reader)] == ["Case 1"]


def test_closed_project_is_one_file(path):
    assert {entry.name for entry in path.parent.iterdir()} == {"case.factdesk", ".case.factdesk.lock"}


def test_create_does_not_overwrite(path):
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="already a file"):
        Project.create(path, reviewer="Ada")
    assert path.read_bytes() == before


def test_create_in_missing_folder_says_so(tmp_path):
    with pytest.raises(ReadOnlyError, match="cannot be made") as caught:
        Project.create(tmp_path / "nowhere" / "case.factdesk", reviewer="Ada")
    assert "folder" in caught.value.hint


def test_create_leaves_nothing_behind_when_it_fails(tmp_path):
    with pytest.raises(FactdeskError, match="name"):
        Project.create(tmp_path / "case.factdesk", reviewer="  ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["machine", "Machine", ""])
def test_some_names_are_no_reviewers(tmp_path, name):
    with pytest.raises(FactdeskError):
        Project.create(tmp_path / "case.factdesk", reviewer=name)


def test_opening_does_not_import_sqlite_utils(path):
    done = python(
        """
        import sys
        from factdesk.project import Project
        from factdesk.ops.places import save_place
        project = Project.open(sys.argv[1])
        project.run(save_place, {"claim": "x"})
        project.close()
        sys.exit("sqlite_utils" in sys.modules)
        """,
        path,
    )
    assert done.returncode == 0, done.stderr


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(ProjectError, match="no file"):
        Project.open(tmp_path / "gone.factdesk")


def test_folder_is_refused(tmp_path):
    with pytest.raises(ProjectError, match="is a folder"):
        Project.open(tmp_path)


def test_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.factdesk"
    path.touch()
    with pytest.raises(DamagedError, match="is empty"):
        Project.open(path)
    assert path.stat().st_size == 0


def test_other_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "letter.factdesk"
    path.write_text("Dear reader, this is no database.")
    with pytest.raises(DamagedError, match="not a Factdesk project") as caught:
        Project.open(path)
    assert caught.value.hint
    assert path.read_text().startswith("Dear")


@pytest.mark.parametrize("read_only", [False, True])
def test_foreign_database_is_refused_and_left_alone(tmp_path, read_only):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DamagedError, match="not a Factdesk project"):
        Project.open(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_newer_schema_is_refused(path, read_only):
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9003")
    connection.close()
    with pytest.raises(TooNewError, match=r"9\.3") as caught:
        Project.open(path, read_only=read_only)
    assert "Update" in caught.value.hint


def test_newer_minor_schema_opens(path):
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 7}")
        connection.execute("ALTER TABLE articles ADD COLUMN mood TEXT NOT NULL DEFAULT ''")
    connection.close()
    with Project.open(path) as project:
        project.run(save_place, {})
    assert pragma(path, "user_version") == SCHEMA + 7


@pytest.mark.parametrize("read_only", [False, True])
def test_damaged_file_is_named(path, read_only):
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xa5" * (4096 - 100)
    path.write_bytes(data)
    with pytest.raises(DamagedError, match="damaged") as caught:
        Project.open(path, read_only=read_only)
    assert "backup" in caught.value.hint


def test_failed_opening_releases_the_lock(path):
    good = path.read_bytes()
    path.write_bytes(good[:100] + b"\xa5" * 3996 + good[4096:])
    with pytest.raises(DamagedError):
        Project.open(path)
    path.write_bytes(good)
    Project.open(path).close()


# -- two at once -------------------------------------------------------------------------------------------------------


def test_second_opener_hears_who_has_it(path):
    with Project.open(path, reviewer="Grace"):
        with pytest.raises(ProjectInUseError, match=r"Grace has .* since .* UTC") as caught:
            Project.open(path, reviewer="Ada")
        assert str(os.getpid()) in caught.value.message
        assert "reading only" in caught.value.hint
    Project.open(path).close()


def test_second_process_hears_who_has_it_and_may_read(bench):
    done = python(
        """
        import sys
        from factdesk.errors import ProjectInUseError, ReadOnlyError
        from factdesk.ops.claims import mark_claim
        from factdesk.project import Project
        from factdesk.store.claims import get_claim
        path, claim = sys.argv[1:]
        try:
            Project.open(path)
        except ProjectInUseError as error:
            sys.stdout.write(error.message + "\\n")
        with Project.open(path, read_only=True) as project, project.reader() as reader:
            sys.stdout.write(f"{get_claim(reader, claim).verdict}\\n")
            try:
                project.run(mark_claim, claim, None)
            except ReadOnlyError as error:
                sys.stdout.write(error.message + "\\n")
        """,
        bench.path,
        bench.claims()[0].id if bench.run(mark_claim, bench.claims()[0].id, Verdict.DISPUTED) else "",
    )
    in_use, verdict, refused = done.stdout.splitlines()
    assert "Ada has" in in_use
    assert verdict == "disputed"
    assert "reading only" in refused


def test_killed_process_does_not_keep_the_project_locked(path):
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent("""
            import sys
            from factdesk.project import Project
            project = Project.open(sys.argv[1], reviewer="Grace")
            sys.stdout.write("open\\n"); sys.stdout.flush(); sys.stdin.read()
            """), str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout.readline() == "open\n"
    with pytest.raises(ProjectInUseError, match="Grace"):
        Project.open(path)
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        interrupted = reader.rows(
            "SELECT ended_at, interrupted FROM sessions ORDER BY started_at DESC LIMIT 1 OFFSET 1"
        )
        assert interrupted[0]["interrupted"] == 1
        assert interrupted[0]["ended_at"]


def test_link_to_a_project_shares_its_lock(path, tmp_path):
    link = tmp_path / "link.factdesk"
    link.symlink_to(path)
    with Project.open(path), pytest.raises(ProjectInUseError):
        Project.open(link)


# -- places that cannot be written -------------------------------------------------------------------------------------

OPEN_BOTH_WAYS = """
try:
    Project.open(sys.argv[1])
    sys.stdout.write("opened\\n")
except ReadOnlyError as error:
    sys.stdout.write(f"{error}\\n")
with Project.open(sys.argv[1], read_only=True) as project, project.reader() as reader:
    sys.stdout.write(list_cases(reader)[0].name)
"""


def test_write_protected_file_can_only_be_read(path, open_folder):
    copy = open_folder / "case.factdesk"
    shutil.copy(path, copy)
    copy.chmod(0o444)
    done = as_nobody(OPEN_BOTH_WAYS, copy)
    refused, case = done.stdout.splitlines()
    assert "write-protected" in refused
    assert "reading only" in refused
    assert case == "Case 1"


def test_write_protected_folder_can_only_be_read(path, open_folder):
    copy = open_folder / "case.factdesk"
    shutil.copy(path, copy)
    copy.chmod(0o666)
    open_folder.chmod(0o555)
    done = as_nobody(OPEN_BOTH_WAYS, copy)
    refused, case = done.stdout.splitlines()
    assert "folder" in refused
    assert "write-protected" in refused
    assert case == "Case 1"
    assert stat.S_IMODE(open_folder.stat().st_mode) == 0o555
    assert [entry.name for entry in open_folder.iterdir()] == ["case.factdesk"]


def test_unreadable_file_is_named(path, open_folder):
    copy = open_folder / "case.factdesk"
    shutil.copy(path, copy)
    copy.chmod(0)
    done = as_nobody(
        """
        try:
            Project.open(sys.argv[1], read_only=True)
        except ProjectError as error:
            sys.stdout.write(str(error))
        """,
        copy,
    )
    assert "may not be read" in done.stdout


def test_newest_decisions_in_a_wal_file_are_never_overlooked(bench, open_folder):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    for suffix in ("", "-wal"):  # as after a crash: the decision is in the -wal file only
        shutil.copy(f"{bench.path}{suffix}", open_folder / f"case.factdesk{suffix}")
        (open_folder / f"case.factdesk{suffix}").chmod(0o444)
    open_folder.chmod(0o555)
    done = as_nobody(
        """
        try:
            with Project.open(sys.argv[1], read_only=True) as project, project.reader() as reader:
                sys.stdout.write(str(get_claim(reader, sys.argv[2]).verdict))
        except ProjectError as error:
            sys.stdout.write(error.message)
        """,
        open_folder / "case.factdesk",
        claim,
    )
    assert "case.factdesk-wal" in done.stdout, done.stdout + done.stderr


# -- reviewers, sittings, places ---------------------------------------------------------------------------------------


def test_decisions_carry_reviewer_sitting_time_and_version(bench):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    first = bench.project.session_id
    bench.project.set_reviewer("  Grace   Hopper ")
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    newest, oldest = history_of(bench.reader, claim)
    assert (newest.reviewer, oldest.reviewer) == ("Grace Hopper", "Ada")
    assert oldest.session_id == first != newest.session_id
    assert newest.decided_at.endswith("Z")
    assert newest.tool_version
    assert get_claim(bench.reader, claim).decided_by == "Grace Hopper"
    assert bench.reader.value("SELECT count(*) FROM sessions WHERE ended_at IS NULL") == 1
    assert list_reviewers(bench.reader) == ["Ada", "Grace Hopper"]


def test_last_reviewer_goes_on(bench):
    bench.project.set_reviewer("Grace")
    bench.reopen()
    assert bench.project.reviewer_name == "Grace"


def test_place_is_kept_for_each_reviewer(bench):
    bench.run(save_place, {"claim": "c1", "panes": ["ä", "b"]})
    bench.run(save_place, {"claim": "c2"})
    ada = bench.project.reviewer_id
    bench.project.set_reviewer("Grace")
    assert load_place(bench.reader, bench.project.reviewer_id) is None
    bench.reopen(reviewer="Ada")
    assert bench.project.reviewer_id == ada
    assert load_place(bench.reader, ada) == {"claim": "c2"}


def test_settings_are_kept_and_removed(bench):
    bench.run(set_project_setting, "model", {"name": "x"})
    assert project_setting(bench.reader, "model") == {"name": "x"}
    bench.run(set_project_setting, "model", None)
    assert project_setting(bench.reader, "model") is None


def test_read_only_project_knows_the_last_reviewer(path):
    with Project.open(path, read_only=True) as project:
        assert (project.read_only, project.reviewer_name) == (True, "Ada")
        project.set_reviewer("Nobody")
        assert project.reviewer_id == ""


def test_strange_file_names_work(tmp_path):
    path = tmp_path / "Fäll 50% #1?.factdesk"
    bench = Bench(path)
    assert bench.claims()
    bench.close()
    assert json.loads(python("import json,sys; sys.stdout.write(json.dumps(sys.argv[1]))", path).stdout) == str(path)
    with Project.open(path, read_only=True) as project, project.reader() as reader:
        assert list_cases(reader)


def test_closing_twice_is_harmless(path):
    project = Project.open(path)
    project.close()
    project.close()
    with pytest.raises(ProjectError, match="is closed"):
        project.run(save_place, {})
