"""Project files of strangers whose tables, indexes, statistics, search index or names are not as ours are."""

import os
import sqlite3
from contextlib import closing

import pytest

from builders import Bench
from factdesk.errors import DamagedError, FactdeskError, ProjectError, ProjectInUseError
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store import migrations, shape
from factdesk.store.cases import list_cases
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.connection import Queries
from factdesk.store.search import search_case
from old_files import tamper


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "bridge.factdesk")
    made.first = made.claims()[0].id
    made.close()
    return made


def schema(change):
    """Another text in the schema, as somebody with other tools can write it."""
    return ("PRAGMA writable_schema = ON", f"UPDATE sqlite_master SET sql = {change}")


@pytest.mark.parametrize(
    "statements",
    [
        ("ALTER TABLE claims ADD COLUMN loud TEXT AS (upper(note)) VIRTUAL",),
        ("ALTER TABLE claims RENAME COLUMN note TO own", "ALTER TABLE claims ADD COLUMN note TEXT AS ('good ' || own)"),
        ("ALTER TABLE claims ADD COLUMN slow TEXT CHECK (length(randomblob(4)) > 0)",),
        ("ALTER TABLE claims ADD COLUMN other TEXT REFERENCES claims (id) ON DELETE CASCADE",),
        ("CREATE INDEX slow ON claims (length(replace(hex(zeroblob(1000)), '0', 'aaaa') || note))",),
        ("CREATE INDEX part ON claims (note) WHERE note GLOB '*a*a*a*a*b'",),
        ("CREATE UNIQUE INDEX one_claim ON claims (id, verdict)",),
        schema("replace(sql, 'linked INTEGER', 'linked INTEGER CHECK (abs(random()) > 0)') WHERE name = 'claims'"),
        schema("replace(sql, 'note TEXT', 'note TEXT COLLATE strange') WHERE name = 'claims'"),
        schema(
            "replace(sql, 'note TEXT NOT NULL DEFAULT', 'note TEXT NOT NULL DEFAULT (hex(9)) --') WHERE name = 'claims'"
        ),
        schema(
            "replace(sql, 'TEXT NOT NULL UNIQUE', 'TEXT NOT NULL UNIQUE ON CONFLICT REPLACE') WHERE name = 'decisions'"
        ),
        schema("replace(sql, 'sessions (id)', 'sessions (id) ON DELETE CASCADE') WHERE name = 'decisions'"),
        schema("replace(sql, ') STRICT', ')') WHERE type = 'table'"),
    ],
)
def test_our_tables_in_another_shape_are_not_opened(bench, statements):
    tamper(bench.path, *statements)
    for read_only in (True, False):
        with pytest.raises(DamagedError) as refused:
            Project.open(bench.path, reviewer="Ada", read_only=read_only)
        assert refused.value.hint


def test_who_gives_a_strange_table_is_to_be_asked_for_data_only(bench):
    tamper(bench.path, "ALTER TABLE claims ADD COLUMN loud TEXT AS (upper(note)) VIRTUAL")
    with pytest.raises(DamagedError, match=r"did not make so .“claims”.: it could change or hide decisions") as refused:
        Project.open(bench.path, reviewer="Ada")
    assert "export (JSONL)" in refused.value.hint


def test_every_step_of_our_own_has_the_shape_that_is_known():
    names = [name for name in vars(migrations) if name[:1] == "m" and name[1:4].isdigit() and "_" in name]
    assert len(shape._STEPS) == len(names)
    for count in range(1, len(names) + 1):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            steps = migrations.Migrations("factdesk")
            for name in sorted(names)[:count]:
                steps(name=name)(getattr(migrations, name))
            steps.apply(migrations.Database(connection))
            assert list(shape.strange_shapes(Queries(connection, None))) == []


def test_what_is_one_s_own_and_plain_is_nobody_s_business(bench):
    tamper(
        bench.path,
        "CREATE INDEX mine ON claims (note, kind DESC)",
        "CREATE TABLE Own (id TEXT PRIMARY KEY, n INTEGER CHECK (n > 0)) WITHOUT ROWID",
        "ANALYZE",
        "UPDATE sqlite_stat1 SET stat = '1 1 1 1 1 1 1 1 1 1 99999999999999999999 x y'",
        "INSERT INTO claims_fts_config VALUES ('rank', 'load_extension(1)')",
    )
    with Project.open(bench.path) as project, project.reader() as reader:
        project.run(mark_claim, bench.first, Verdict.VERIFIED, None, "aaaa")
        assert search_case(reader, list_cases(reader)[0].id, "bridge")
        assert check_project(reader) == []


def test_columns_that_a_newer_version_added_are_no_other_shape(bench):
    tamper(bench.path, "ALTER TABLE claims ADD COLUMN weight REAL NOT NULL DEFAULT 1", "PRAGMA user_version = 2900")
    with Project.open(bench.path) as project:
        project.run(mark_claim, bench.first, Verdict.VERIFIED)


@pytest.mark.parametrize("last", ["9223372036854775807", "'many'"])
def test_a_table_that_says_it_is_full_is_told(bench, last):
    tamper(bench.path, f"UPDATE sqlite_sequence SET seq = {last}")
    with pytest.raises(DamagedError, match="is full, which no project can be"):
        Project.open(bench.path, reviewer="Ada")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_fts_config SET v = 99 WHERE k = 'version'",
        "UPDATE claims_fts_data SET block = zeroblob(100)",
        "UPDATE claims_fts_data SET block = randomblob(3000)",
        "DELETE FROM claims_fts_docsize",
        "DROP TABLE claims_fts_idx",
    ],
)
def test_a_search_index_that_is_broken_is_told_or_searched_in_vain(bench, statement):
    tamper(bench.path, statement)
    told = []
    try:
        with Project.open(bench.path) as project, project.reader() as reader:
            told += check_project(reader)
            search_case(reader, list_cases(reader)[0].id, "bridge")
            project.run(mark_claim, bench.first, Verdict.VERIFIED, None, "aaaa")
    except FactdeskError as error:
        told.append(error.hint)
    assert all(told)


def test_pages_of_64_kilobytes_are_read_like_others(bench):
    tamper(bench.path, "PRAGMA journal_mode = DELETE", "PRAGMA page_size = 65536", "VACUUM")
    with Project.open(bench.path) as project, project.reader() as reader:
        project.run(mark_claim, bench.first, Verdict.VERIFIED)
        assert check_project(reader) == []


def test_a_pipe_a_device_and_a_link_to_itself_are_no_projects(tmp_path):
    pipe, device, circle = (tmp_path / f"{name}.factdesk" for name in ("pipe", "device", "circle"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    circle.symlink_to(circle)
    for path in (pipe, device, circle):
        with pytest.raises(ProjectError) as refused:
            Project.open(path, reviewer="Ada", read_only=True)
        assert refused.value.hint


def test_a_link_to_a_project_is_the_same_project(bench, tmp_path):
    (tmp_path / "room").mkdir()
    link = tmp_path / "room" / "link.factdesk"
    link.symlink_to(bench.path)
    with Project.open(bench.path, reviewer="Ada") as project:
        with pytest.raises(ProjectInUseError):
            Project.open(link, reviewer="Ben")
        project.run(mark_claim, bench.first, Verdict.VERIFIED, None, "seen")
        with Project.open(link, read_only=True) as other, other.reader() as reader:
            assert get_claim(reader, bench.first).judgement.note == "seen"
    assert [path.name for path in link.parent.iterdir()] == ["link.factdesk"]
