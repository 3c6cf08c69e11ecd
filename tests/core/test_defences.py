"""Project files from strangers: nothing in them acts, nothing unfolds without end, nothing stands in a table's place."""

import sqlite3
import zlib
from contextlib import closing

import pytest

from builders import Bench
from factdesk.errors import DamagedError, FactdeskError
from factdesk.exchange.second_review import merge_file
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store import defences, migrations
from factdesk.store.articles import original_bytes
from factdesk.store.backups import backup_folder, restore
from factdesk.store.connection import Queries, open_reader
from factdesk.store.packing import PackedError, pack, unpack
from old_files import STEPS, tamper


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "bridge.factdesk")
    made.first = made.claims()[0].id
    made.close()
    return made


def test_the_digests_are_those_of_all_our_schemas():
    known = {}
    for count in range(1, len(STEPS) + 1):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            steps = migrations.Migrations("factdesk")
            for name in STEPS[:count]:
                steps(name=name)(getattr(migrations, name))
            steps.apply(migrations.Database(connection))
            known |= defences.acting(Queries(connection, None))
    assert set(known) == defences.KNOWN


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER helpful AFTER UPDATE ON claims BEGIN UPDATE claims SET note = 'changed' WHERE id = new.id; END",
        "CREATE TRIGGER late BEFORE INSERT ON decisions BEGIN SELECT RAISE(IGNORE); END",
        "CREATE VIRTUAL TABLE extra USING fts5 (x)",
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_in_which_something_acts_that_is_not_ours_is_not_opened(bench, statement, read_only):
    tamper(bench.path, statement)
    with pytest.raises(DamagedError, match="trigger that Factdesk did not make") as refused:
        Project.open(bench.path, reviewer="Ada", read_only=read_only)
    assert "export (JSONL)" in refused.value.hint


def test_our_own_trigger_with_other_words_is_not_ours(bench):
    tamper(
        bench.path,
        "DROP TRIGGER evidence_added",
        "CREATE TRIGGER evidence_added AFTER INSERT ON evidence BEGIN DELETE FROM claims; END",
    )
    with pytest.raises(DamagedError, match="evidence_added"):
        Project.open(bench.path, reviewer="Ada")


def test_a_view_in_the_place_of_a_table_is_not_read(bench):
    tamper(bench.path, "ALTER TABLE evidence RENAME TO hidden", "CREATE VIEW evidence AS SELECT * FROM hidden")
    with pytest.raises(DamagedError):
        Project.open(bench.path, reviewer="Ada", read_only=True)


def test_a_view_of_one_s_own_is_nobody_s_business(bench):
    tamper(bench.path, "CREATE VIEW mine AS SELECT quote FROM claims")
    with Project.open(bench.path) as project:
        project.run(mark_claim, bench.first, Verdict.VERIFIED)


def test_a_tampered_copy_is_neither_merged_nor_restored(bench, tmp_path):
    copy = tmp_path / "copy.factdesk"
    copy.write_bytes(bench.path.read_bytes())
    tamper(copy, "CREATE TRIGGER t AFTER UPDATE ON claims BEGIN SELECT 1; END")
    before = bench.path.read_bytes()
    with pytest.raises(DamagedError):
        restore(bench.path, copy)
    assert bench.path.read_bytes() == before
    assert not backup_folder(bench.path).exists()
    with Project.open(bench.path) as project, pytest.raises(DamagedError):
        merge_file(project, copy)


def test_packed_bytes_unfold_to_what_was_noted_and_not_more(bench):
    bomb = zlib.compress(bytes(200 * 2**20))
    with Project.open(bench.path) as project, project.reader() as reader:
        article = reader.value("SELECT id FROM articles")
    with closing(sqlite3.connect(bench.path, isolation_level=None)) as connection:
        connection.execute("UPDATE originals SET zlib = ? WHERE article_id = ?", (bomb, article))
    with (
        open_reader(bench.path) as reader,
        pytest.raises(DamagedError, match=r"The original of article .* cannot be read"),
    ):
        original_bytes(reader, article)


@pytest.mark.parametrize("size", [0, 1, 100, 70_000])
def test_packing_and_unpacking_are_each_other_s_reverse(size):
    data = bytes(n % 251 for n in range(size))
    assert unpack(pack(data), size) == data
    for wrong in (size + 1, max(0, size - 1)):
        if wrong != size:
            with pytest.raises(PackedError):
                unpack(pack(data), wrong)
    with pytest.raises(PackedError):
        unpack(pack(data)[:-1], size)
    with pytest.raises(PackedError):
        unpack(None, size)


def test_a_value_of_half_a_gigabyte_is_refused_by_the_connection(bench):
    with open_reader(bench.path) as reader, pytest.raises(FactdeskError):
        reader.value("SELECT zeroblob(600000000)")


def test_no_connection_loads_an_extension(bench):
    with open_reader(bench.path) as reader, pytest.raises(FactdeskError):
        reader.value("SELECT load_extension('x')")
