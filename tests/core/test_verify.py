"""`factdesk verify` proves a project, its history and its exports untouched, and says where they are not."""

import json
import sqlite3
import time
from contextlib import closing

import pytest

from builders import Bench
from factdesk.cli import main
from factdesk.errors import FactdeskError
from factdesk.exchange.exporters import export_project
from factdesk.exchange.verification import earlier_fingerprint
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.ops.history import undo
from factdesk.project import Project
from factdesk.store.fingerprint import START, compare_history, fingerprint, fingerprint_in
from nasty_case import nasty_case


@pytest.fixture
def verify(capsys):
    def run(*arguments, code=0):
        found = main(["verify", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert found == code, out + err
        assert "Traceback" not in err
        return out + err

    return run


def change(path, sql):
    """What somebody with another tool does to the file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
        connection.commit()


FREE = "DROP TRIGGER decisions_stay; DROP TRIGGER decisions_kept;"
GUARDS = """
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
CREATE TRIGGER decisions_kept BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
"""


def test_a_history_without_entries_has_a_fingerprint_too(bench):
    assert str(fingerprint(bench.reader)) == f"factdesk-history-1:0:{START}"


def test_entries_that_come_later_leave_the_earlier_fingerprint_valid(bench):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    earlier = fingerprint(bench.reader)
    bench.run(mark_claim, bench.claims()[1].id, Verdict.DISPUTED)
    bench.run(undo)
    found = compare_history(bench.reader, earlier)
    assert found.agrees
    assert (found.earlier.count, found.added) == (1, 2)
    assert fingerprint_in(f"noted: {found.now}.") is not None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions SET note = 'x' WHERE number = 2",
        "UPDATE decisions SET verdict = 'verified' WHERE number = 2",
        "UPDATE decisions SET decided_at = '2020-01-01T00:00:00.000Z' WHERE number = 2",
        "DELETE FROM decisions WHERE number = 2",
        "UPDATE decisions SET number = 99 WHERE number = 2; UPDATE decisions SET number = 2 WHERE number = 3",
        "UPDATE reviewers SET name = 'Somebody else'",
    ],
)
def test_what_was_changed_behind_the_back_is_found_in_the_history(bench, tmp_path, verify, sql):
    for claim in bench.claims():
        bench.run(mark_claim, claim.id, Verdict.DISPUTED, note="as it was")
    noted = tmp_path / "noted.txt"
    noted.write_text(str(fingerprint(bench.reader)))
    bench.close()
    change(bench.path, f"PRAGMA foreign_keys = OFF; {FREE} {sql}; {GUARDS}")
    assert "The history is not that of" in verify(bench.path, "--against", noted, code=3)


def test_a_shorter_history_is_told(bench, tmp_path, verify):
    for claim in bench.claims():
        bench.run(mark_claim, claim.id, Verdict.DISPUTED)
    out = tmp_path / "claims.csv"
    export_project(bench.project, "csv", out)
    bench.close()
    change(bench.path, f"{FREE} DELETE FROM decisions WHERE number > 2; {GUARDS}")
    entries = len(bench.texts[bench.bridge].split(". "))
    told = verify(bench.path, "--against", out, code=3)
    assert f"it ends after 2 entries of {entries}" in told


def test_the_sidecar_of_an_export_narrows_down_where_a_history_differs(bench, tmp_path, verify):
    for verdict in [Verdict.VERIFIED, Verdict.DISPUTED] * 10:
        bench.run(mark_claim, bench.claims()[0].id, verdict)
    out = tmp_path / "claims.csv"
    export_project(bench.project, "csv", out)
    bench.run(mark_claim, bench.claims()[1].id, Verdict.VERIFIED)
    assert "The first 20 entries are those of" in verify(bench.path, "--against", out)
    assert "1 was added since" in verify(bench.path, "--against", f"{out}.about.json")
    bench.close()
    change(bench.path, f"{FREE} UPDATE decisions SET note = 'x' WHERE number = 13; {GUARDS}")
    assert "it differs from entry 13 on" in verify(bench.path, "--against", out, code=3)


def test_another_copy_of_the_project_says_exactly_where_the_histories_part(bench, tmp_path, verify):
    for claim in bench.claims():
        bench.run(mark_claim, claim.id, Verdict.DISPUTED)
    copy = tmp_path / "copy.factdesk"
    bench.project.save_copy(copy)
    with Project.open(copy) as project:
        project.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    bench.run(mark_claim, bench.claims()[0].id, Verdict.UNVERIFIED)
    entries = len(bench.claims())
    assert f"differs from entry {entries + 1} on" in verify(bench.path, "--against", copy, code=3)


def test_a_sound_project_is_told_with_figures_and_its_fingerprint(tmp_path, verify):
    case = nasty_case(tmp_path)
    now = str(fingerprint(case.reader))
    case.close()
    told = verify(case.path)
    assert told.startswith("Untouched: 5 articles with text and original file, ")
    assert "1 attached file" in told
    assert now in told
    answer = json.loads(verify(case.path, "--json"))
    assert answer["problems"] == []
    assert answer["history"]["fingerprint"] == now


def test_what_does_not_hold_is_named(bench, verify):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.DISPUTED)
    bench.close()
    change(bench.path, "UPDATE articles SET text = replace(text, 'bridge', 'brigde'); DROP TRIGGER decisions_stay")
    told = verify(bench.path, code=3)
    assert "text of article" in told
    assert "decisions_stay that prevents it is gone" in told
    assert "Untouched" not in told


def test_nothing_is_written_while_verifying(bench, tmp_path, verify):
    bench.close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    verify(bench.path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_export_is_compared_with_its_sidecar(bench, tmp_path, verify):
    out = tmp_path / "claims.csv"
    export_project(bench.project, "csv", out)
    assert "Its file is as exported" in verify(out)
    with out.open("ab") as file:
        file.write(b"more\r\n")
    assert f"{out} was changed since it was exported" in verify(out, code=3)


def test_a_folder_of_files_is_compared_file_by_file(tmp_path, verify):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    about = {"made_with": "Factdesk 1.0", "title": "Set", "files": {"a.txt": empty, "b.txt": empty, "../c.txt": empty}}
    (folder / "about.json").write_text(json.dumps(about))
    (folder / "d.txt").write_text("later")
    told = verify(folder, code=3)
    assert "b.txt is missing" in told
    assert "names a file outside: ../c.txt" in told
    assert "d.txt came later" in told
    assert "a.txt" not in told


def test_what_is_neither_project_nor_export_is_refused(tmp_path, verify):
    other = tmp_path / "notes.txt"
    other.write_text("nothing")
    assert "there is no notes.txt.about.json" in verify(other, code=1)
    assert "There is no file" in verify(tmp_path / "gone.factdesk", code=1)


def test_a_file_without_a_fingerprint_is_refused(bench, tmp_path, verify):
    other = tmp_path / "notes.txt"
    other.write_text("nothing")
    assert "holds no fingerprint" in verify(bench.path, "--against", other, code=1)
    with pytest.raises(FactdeskError, match="There is no file"):
        earlier_fingerprint(tmp_path / "gone.html")
    both = f"factdesk-history-1:0:{START} factdesk-history-1:1:{START}"
    other.write_text(both)
    with pytest.raises(FactdeskError, match="holds no fingerprint"):
        earlier_fingerprint(other)


def test_twenty_thousand_entries_are_hashed_in_no_time(tmp_path):
    bench = Bench(tmp_path / "long.factdesk")
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED, note="a note of some length, as people write them")
    bench.close()
    change(
        bench.path,
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        "INSERT INTO decisions SELECT i, id || i, claim_id, status, verdict, reason, note, confidence, cause, title, "
        "operation, reviewer_id, session_id, decided_at, tool_version FROM decisions, n WHERE number = 1",
    )
    with Project.open(bench.path, read_only=True) as project, project.reader() as reader:
        begun = time.process_time()
        assert fingerprint(reader).count == 20000
        assert time.process_time() - begun < 2
