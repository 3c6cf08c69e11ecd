"""The schema: made once, migrated with a copy, readable by other tools."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from factdesk.errors import ProjectError
from factdesk.model.claims import Anchor, Verdict
from factdesk.ops.claims import mark_claim
from factdesk.ops.history import undo
from factdesk.project import Project
from factdesk.store import migrations, opening, version
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from old_files import STEPS, file_of_schema, first_release_file

DOCS = Path(__file__).parents[2] / "docs" / "project-file.md"
VIEWS = {
    "claims_with_verdicts", "decision_history", "articles_overview", "mentions_with_entities", "evidence_with_claims",
    "links_with_quotes", "activity", "clusters_board",
}  # fmt: skip


@pytest.fixture
def next_schema(monkeypatch):
    """A schema one minor version ahead, with one more step."""
    steps = migrations.Migrations("factdesk")
    steps(name="m001_first_schema")(migrations.m001_first_schema)
    steps(name="m002_across_sources")(migrations.m002_across_sources)
    steps(name="m003_other_reviewers")(migrations.m003_other_reviewers)
    steps(name="m004_steps_of_opinions")(migrations.m004_steps_of_opinions)

    @steps()
    def m005_mood(db):
        db.execute("ALTER TABLE articles ADD COLUMN mood TEXT NOT NULL DEFAULT ''")
        db.execute("PRAGMA user_version = 2003")

    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    for module in (migrations, opening, version):
        monkeypatch.setattr(module, "SCHEMA", 2003)
    return steps


def columns(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def test_steps_are_recorded(bench):
    rows = bench.reader.rows("SELECT migration_set, name FROM _sqlite_migrations")
    assert [tuple(row) for row in rows] == [
        ("factdesk", "m001_first_schema"),
        ("factdesk", "m002_across_sources"),
        ("factdesk", "m003_other_reviewers"),
        ("factdesk", "m004_steps_of_opinions"),
    ]


def test_older_file_is_copied_and_migrated(bench, next_schema):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    bench.reopen()
    assert "mood" in columns(bench.path, "articles")
    assert get_claim(bench.reader, claim).verdict is Verdict.VERIFIED
    bench.run(undo)
    copy = bench.path.with_name("case.before-2.3-was-2.2.factdesk")
    assert "mood" not in columns(copy, "articles")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT verdict FROM claims WHERE id = ?", (claim,)).fetchone() == ("verified",)
    bench.reopen()
    assert len(list(bench.path.parent.glob("*before*"))) == 1


def test_earlier_copy_is_never_overwritten(bench, next_schema):
    earlier = bench.path.with_name("case.before-2.3-was-2.2.factdesk")
    earlier.write_text("precious")
    bench.reopen()
    assert earlier.read_text() == "precious"
    assert bench.path.with_name("case.before-2.3-was-2.2-2.factdesk").exists()


def test_failed_step_leaves_the_file_as_it_was(bench, next_schema):
    @next_schema()
    def m006_fails(db):
        db.execute("CREATE TABLE half (x)")
        raise sqlite3.OperationalError("no such luck")

    bench.close()
    with pytest.raises(Exception, match="no such luck"):
        Project.open(bench.path)
    assert columns(bench.path, "half") == []


def test_older_file_is_not_read_as_it_is(bench, next_schema):
    bench.close()
    before = bench.path.read_bytes()
    with pytest.raises(ProjectError, match=r"older Factdesk \(its schema is .*brought up to date") as told:
        Project.open(bench.path, read_only=True)
    assert "Open it once for writing" in told.value.hint
    assert bench.path.read_bytes() == before


# -- a file of version 1.0, as the first release wrote it ----------------------------------------------------------------


@pytest.fixture
def first_release(tmp_path):
    """A project with data that no later step of the schema has touched."""
    return first_release_file(tmp_path / "old.factdesk")


def test_file_of_the_first_release_is_copied_then_brought_up_to_date(first_release):
    with Project.open(first_release) as project, project.reader() as reader:
        assert check_project(reader) == []
        assert reader.value("PRAGMA user_version") == 2002
        claim = get_claim(reader, "c1")
        assert (claim.verdict, claim.inherited_from, claim.anchor) == (Verdict.DISPUTED, None, Anchor.EXACT)
        assert (claim.linked, claim.conflicts, claim.evidence_count) == (1, 1, 1)
        assert project.run(undo).title == "Undone: Mark disputed: It fell"
        assert get_claim(reader, "c1").verdict is None
        assert check_project(reader) == []
    copy = first_release.with_name("old.before-2.2-was-1.0.factdesk")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1000,)
        assert connection.execute("SELECT verdict FROM claims WHERE id = 'c1'").fetchone() == ("disputed",)
        assert "anchor" not in [row[1] for row in connection.execute("PRAGMA table_info(claims)")]


@pytest.mark.parametrize("count", range(1, len(STEPS)))
def test_file_of_each_earlier_schema_is_brought_up_to_date_with_its_copy_kept(tmp_path, count):
    path = file_of_schema(tmp_path / "old.factdesk", count)
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=r"older Factdesk .*its schema is \d\.\d") as told:
        Project.open(path, read_only=True)
    assert "factdesk upgrade" in told.value.hint
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        assert project.upgrade.now == version.schema_name(version.SCHEMA)
        assert project.upgrade.copy.name == f"old.before-{project.upgrade.now}-was-{project.upgrade.was}.factdesk"
        assert check_project(reader) == []
        assert get_claim(reader, "c1").verdict is Verdict.DISPUTED
        project.run(mark_claim, "c2", Verdict.VERIFIED)
        project.run(undo)
    assert len(project.upgrade.copy.read_bytes()) == len(before)
    with Project.open(path) as project:
        assert project.upgrade is None


def test_all_steps_have_a_file_of_their_time(bench):
    assert [row[0] for row in bench.reader.rows("SELECT name FROM _sqlite_migrations")] == list(STEPS)


def test_file_of_a_newer_minor_schema_is_used_as_it_is(bench):
    claim = bench.claims()[0].id
    bench.close()
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("ALTER TABLE claims ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")
        connection.execute(f"PRAGMA user_version = {version.MAJOR * 1000 + 99}")
        connection.commit()
    bench.reopen()
    assert bench.project.upgrade is None
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    bench.run(undo)
    assert check_project(bench.reader) == []
    assert not list(bench.path.parent.glob("*before*"))
    assert bench.reader.value("SELECT mood FROM claims") == "calm"


def test_views_need_no_knowledge_of_ours(bench):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    with closing(sqlite3.connect(bench.path)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        assert names == VIEWS
        for view in VIEWS:
            connection.execute(f"SELECT * FROM {view} LIMIT 5").fetchall()
        row = connection.execute(
            "SELECT cases, publisher, verdict, decided_by, made_by FROM claims_with_verdicts WHERE verdict <> ''"
        ).fetchone()
        assert row == ("The bridge", "The Daily", "verified", "Ada", "machine")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE claims SET verdict = 'true'",
        "UPDATE claims SET verdict = 'verified', decided_at = 'x', reason = 'contradicted by evidence'",
        "UPDATE claims SET reason = 'clear'",
        "UPDATE claims SET status = 'maybe'",
        "UPDATE claims SET kind = 'rumour'",
        "UPDATE claims SET confidence = 101",
        "UPDATE claims SET quote = 'x'",
        'UPDATE mentions SET "end" = start',
        "UPDATE links SET relation = 'similar'",
        "UPDATE links SET claim_b = claim_a",
        "UPDATE cases SET name = ' '",
        "UPDATE operations SET state = 'gone'",
    ],
)
def test_vocabulary_is_checked_by_the_file_itself(bench, sql):
    with closing(sqlite3.connect(bench.path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)


def test_every_table_view_and_column_is_documented(bench):
    text = DOCS.read_text("utf-8")
    sections = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    names = bench.reader.rows(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' "
        "AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
    )
    missing = [
        f"{name}.{row[0]}"
        for (name,) in names
        for row in bench.reader.rows(f"SELECT name FROM pragma_table_xinfo('{name}')")
        if f"`{row[0]}`" not in sections.get(name, "")
    ]
    assert missing == []
