"""A disk that is really full: whatever is done, it is said, nothing is half there, and it works once there is room."""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from builders import Bench, analysis_of, new_article
from factdesk.errors import FactdeskError
from factdesk.exchange.attachments import attachment_of, save_attachment
from factdesk.exchange.exporters import export_project
from factdesk.exchange.intake import Intake
from factdesk.exchange.readings import Reading
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.claims import accept_claims, mark_claim, mark_claims, refuse_claims, set_note
from factdesk.ops.evidence import add_source
from factdesk.ops.history import undo
from factdesk.ops.places import save_place
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store.backups import make_backup, restore
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.salvage import salvage
from old_files import first_release_file
from small_disk import small_disk

LETTERS = "".join(random.Random(1).choices("abcdefghij ", k=400_000))


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    with small_disk(tmp_path_factory.mktemp("small") / "disk") as made:
        yield made


@pytest.fixture(scope="module")
def bench(disk, tmp_path_factory):
    """A project on that disk, with a file for each step that needs one."""
    made = Bench.copy(disk.path / "case.factdesk")
    made.first = made.claims()[0].id
    made.other = tmp_path_factory.mktemp("elsewhere") / "other.factdesk"
    hand_over(made.project, made.other, "Bert")
    with Project.open(made.other, reviewer="Bert") as other:
        for claim in made.claims():
            other.run(mark_claim, claim.id, Verdict.DISPUTED, None, LETTERS[:20_000])
    kept = attachment_of(LETTERS.encode(), "kept.txt")
    made.digest = kept.file.sha256
    made.run(add_source, made.first, EvidenceKind.FILE, Stance.CONTEXT, attachment=kept)
    yield made
    made.close()


def take_in(bench, disk):
    report = Intake(bench.project, bench.case).store([Reading(new_article(LETTERS[:90_000]))])
    if report.failure:
        assert report.left, "what could not be stored is there to go on with"
        raise report.failure
    bench.run(undo)  # for the next time


def attach(bench, disk):
    bench.run(
        add_source,
        bench.first,
        EvidenceKind.FILE,
        Stance.CONTEXT,
        attachment=attachment_of(LETTERS[9:].encode(), "a"),
    )
    bench.run(undo)


def accept_all(bench, disk):
    ids = [claim.id for claim in bench.claims()]
    bench.run(refuse_claims, ids)
    bench.run(accept_claims, ids)
    bench.run(mark_claims, ids, Verdict.UNVERIFIED)


def new_one(bench, disk):
    Project.create(disk.path / "new.factdesk", reviewer="Ada").close()


STEPS = {
    "mark": lambda bench, _: bench.run(mark_claim, bench.first, Verdict.DISPUTED, None, LETTERS[:9000]),
    "note": lambda bench, _: bench.run(set_note, bench.first, LETTERS),
    "bulk": accept_all,
    "undo": lambda bench, _: (bench.run(undo), bench.run(set_note, bench.first, LETTERS)),
    "place": lambda bench, _: bench.run(save_place, {"claim": LETTERS}),
    "import with its original": take_in,
    "analysis": lambda bench, _: bench.run(store_analysis, analysis_of(bench.bridge, bench.texts[bench.bridge])),
    "attach": attach,
    "attached file out": lambda bench, disk: save_attachment(bench.reader, bench.digest, disk.path / "out.txt"),
    "backup": lambda bench, _: make_backup(bench.path).path.unlink(),
    "copy": lambda bench, disk: bench.project.save_copy(disk.path / "copy.factdesk"),
    "new project": new_one,
    "hand over": lambda bench, disk: hand_over(bench.project, disk.path / "blind.factdesk", "Cleo"),
    "merge": lambda bench, _: merge_file(bench.project, bench.other),
    "rescue": lambda bench, disk: salvage(bench.other, disk.path / "rescued.factdesk"),
    "export lines": lambda bench, disk: export_project(bench.project, "jsonl", disk.path / "out.jsonl"),
    "export workbook": lambda bench, disk: export_project(
        bench.project, "xlsx" if disk.is_real else "csv", disk.path / "out.x"
    ),
    "export folder": lambda bench, disk: export_project(bench.project, "brat", disk.path / "out"),
}


def use_up_the_wal(path):
    """From now on each step needs room: none is left in the -wal file from before."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)


def files_on(disk):
    return sorted(
        str(file.relative_to(disk.path)) for file in disk.path.rglob("*") if file.is_file() and "-shm" not in file.name
    )


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_does_not_fit_is_told_leaves_nothing_half_and_works_with_room(bench, disk, name):
    step = STEPS[name]
    bench.run(mark_claim, bench.first, Verdict.VERIFIED, None, "acknowledged")
    decisions = bench.reader.value("SELECT count(*) FROM decisions")
    use_up_the_wal(bench.path)
    with disk.full():
        before = files_on(disk)
        with pytest.raises(FactdeskError, match=disk.words) as told:
            step(bench, disk)
        assert told.value.hint.endswith(".")
        assert files_on(disk) == before
        assert check_project(bench.reader) == []
        assert bench.reader.value("SELECT count(*) FROM decisions") >= decisions
    step(bench, disk)
    assert check_project(bench.reader) == []
    for file in disk.path.iterdir():  # for the next step
        if file.name.startswith(("out", "copy", "new", "blind", "rescued")):
            shutil.rmtree(file) if file.is_dir() else file.unlink()


@pytest.mark.parametrize("room", [0, 60_000, 500_000])
def test_an_older_file_is_brought_up_to_date_as_a_whole_or_not_at_all(disk, room):
    path = first_release_file(disk.path / "old.factdesk")
    before = path.read_bytes()
    with disk.full(leaving=room), pytest.raises(FactdeskError, match=disk.words) as told:
        Project.open(path, reviewer="Ada")
    assert "could not be opened for writing" in told.value.message or not disk.is_real
    copies = list(disk.path.glob("old.before*"))
    assert path.read_bytes() == before or copies
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        assert check_project(reader) == []
        assert get_claim(reader, "c1").verdict is Verdict.DISPUTED
    for file in disk.path.glob("*old*"):
        file.unlink()


def test_a_restored_backup_needs_room_and_the_project_stays_until_there_is(disk):
    bench = Bench.copy(disk.path / "back.factdesk")
    made = make_backup(bench.path)
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    bench.close()
    for room in (0, bench.path.stat().st_size * 3 // 2):
        before, files = bench.path.read_bytes(), files_on(disk)
        with disk.full(leaving=room), pytest.raises(FactdeskError, match=disk.words):
            restore(bench.path, made.path)
        assert bench.path.read_bytes() == before
        assert files_on(disk) == files
    restore(bench.path, made.path)
    with Project.open(bench.path) as project, project.reader() as reader:
        assert get_claim(reader, claim).verdict is None


def test_closing_and_opening_on_a_full_disk_loses_nothing(disk):
    bench = Bench.copy(disk.path / "shut.factdesk")
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    with disk.full():
        bench.close()
    with disk.full():
        with pytest.raises(FactdeskError, match=disk.words) as told:
            Project.open(bench.path, reviewer="Ada")
        assert "free some space" in told.value.hint.casefold() or not disk.is_real
        if disk.is_real:
            with Project.open(bench.path, read_only=True, traceless=True) as project, project.reader() as reader:
                assert get_claim(reader, claim).verdict is Verdict.VERIFIED
    with Project.open(bench.path) as project, project.reader() as reader:
        assert get_claim(reader, claim).verdict is Verdict.VERIFIED
        assert check_project(reader) == []
