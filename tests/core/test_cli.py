import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from builders import Bench
from factdesk import __version__
from factdesk.cli import main
from factdesk.cli.app import app
from factdesk.cli.names import COMMANDS
from factdesk.cli.output import REFUSED
from factdesk.project import Project
from factdesk.store.claims import claims_of_article, history_of

TEXT = "Dam at Orlen breaks\n\nThe river rose by two metres on Sunday. Mayor Anna Berg said 240 people were in a school. 😊\n"


class Shell:
    """Runs commands in this process and keeps what they printed."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self, *arguments, code=0):
        found = main([str(argument) for argument in arguments])
        self.out, self.err = self._capsys.readouterr()
        assert found == code, self.err
        assert "Traceback" not in self.err
        return self.out

    def json(self, *arguments, code=0):
        return json.loads(self(*arguments, "--json", code=code))


@pytest.fixture
def shell(capsys):
    return Shell(capsys)


def process(*arguments, **kw):
    """A command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from factdesk.cli import main; sys.exit(main())", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        **kw,
    )


@pytest.fixture
def folder(tmp_path):
    """Two articles and a picture."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "orlen.txt").write_text(TEXT)
    (folder / "späť.txt").write_bytes(
        "Starosta řekl, že řeka stoupla o dva metry a že lidé jsou ve škole.".encode("cp1250")
    )
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return folder


def test_names_are_those_of_the_commands():
    assert {command.name for command in app.registered_commands} == COMMANDS


def test_names_are_known_without_loading_typer():
    code = (
        "import sys, factdesk.cli.names\n"
        "sys.exit(any(name in sys.modules for name in ('typer', 'rich', 'sqlite3', 'factdesk.cli.app')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_command_loads_neither_spacy_nor_sqlite_utils(bench):
    code = (
        "import sys\nfrom factdesk.cli import main\n"
        f"assert main(['stats', {str(bench.path)!r}]) == 0\n"
        "sys.exit(any(name in sys.modules for name in ('spacy', 'sqlite_utils', 'numpy', 'rich', 'regex')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_new_makes_a_project_and_refuses_to_overwrite_it(shell, tmp_path):
    answer = shell.json("new", tmp_path / "p", "--case", "The flood", "--reviewer", "Ann")
    assert answer["project"] == str(tmp_path / "p.factdesk")
    assert answer["reviewer"] == "Ann"
    shell("new", tmp_path / "p", code=1)
    assert shell.err.startswith("factdesk: There is already a file")


def test_import_takes_files_and_folders_and_names_what_it_refuses(shell, tmp_path, folder):
    project = tmp_path / "p.factdesk"
    shell("new", project)
    answer = shell.json("import", project, folder, tmp_path / "missing.txt", code=1)
    assert [article["file"] for article in answer["articles"]] == ["orlen.txt", "späť.txt"]
    assert [article["new"] for article in answer["articles"]] == [True, True]
    assert answer["articles"][0]["title"] == "Dam at Orlen breaks"
    assert answer["articles"][1]["encoding"] == "cp1250"
    assert "photo.png" in answer["refused"][0]["message"]
    assert "missing.txt" in answer["refused"][1]["message"]
    out = shell("import", project, folder / "orlen.txt")
    assert "1 already there" in out


def test_import_makes_the_case_that_is_named(shell, tmp_path, folder):
    project = tmp_path / "p.factdesk"
    shell("new", project, "--case", "One")
    assert shell.json("import", project, folder / "orlen.txt", "--case", "two  words")["case"] == "two words"
    again = shell.json("import", project, folder / "orlen.txt", "--case", "TWO words")
    assert (again["case"], again["articles"], again["known"]) == ("two words", [], 1)
    shell("import", project, folder / "orlen.txt", code=1)
    assert "“One”, “two words”" in shell.err
    assert "--case" in shell.err


def test_an_archive_a_table_and_marks_of_another_tool_come_in(shell, tmp_path):
    project = tmp_path / "p.factdesk"
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as archive:
        archive.writestr("a/one.txt", "The bridge at Orlen is closed. Nobody was hurt.")
        archive.writestr("photo.png", b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "rows.csv").write_text("headline,story\nDam,The dam at Orlen broke on Sunday at noon.\nBoats,\n")
    (tmp_path / "marks.jsonl").write_text(
        json.dumps({"text": "The mayor of Orlen left.", "label": [[13, 18, "GPE"]]}) + "\n"
    )
    shell("new", project)
    answer = shell.json("import", project, tmp_path / "case.zip", code=1)
    assert [(each["file"], each["place"]) for each in answer["articles"]] == [("one.txt", "a/one.txt")]
    assert "photo.png" in answer["refused"][0]["message"]
    answer = shell.json(
        "import", project, tmp_path / "rows.csv", "--column", "text=story", "--column", "title=headline", code=1
    )
    assert [(each["place"], each["title"]) for each in answer["articles"]] == [("row 2", "Dam")]
    assert "row 3" in answer["refused"][0]["message"]
    assert shell.json("import", project, tmp_path / "marks.jsonl")["marks"] == 1
    shell("import", project, tmp_path / "rows.csv", "--column", "story", code=2)
    assert "ROLE=NAME" in shell.err


def test_import_reads_in_the_encoding_that_is_given(shell, tmp_path):
    project, file = tmp_path / "p.factdesk", tmp_path / "news.txt"
    file.write_bytes("Мэр сказал, что вода поднялась".encode("koi8_r"))
    shell("new", project)
    assert shell.json("import", project, file, "--encoding", "koi8-r")["articles"][0]["encoding"] == "koi8-r"
    shell("import", project, file, "--encoding", "klingon", code=1)
    assert "no such text encoding" in shell.err


def test_doubt_about_an_encoding_is_told(shell, tmp_path):
    project, file = tmp_path / "p.factdesk", tmp_path / "news.txt"
    file.write_bytes(("По словам военных, операция продолжается уже месяц, сообщил президент. " * 3).encode("koi8_r"))
    shell("new", project)
    shell("import", project, file)
    assert "“news.txt” was read as koi8_r, but may be" in shell.err


def test_mark_keeps_verdict_reason_note_and_reviewer(shell, bench):
    claim = bench.claims()[0]
    bench.close()
    answer = shell.json(
        *("mark", bench.path, claim.id, "Disputed", "--reason", "sources-conflict", "--note", "12 or 15?"),
        *("--confidence", "70", "--reviewer", "Eve"),
    )
    assert answer["verdict"] == "disputed"
    assert answer["reason"] == "sources conflict"
    assert (answer["note"], answer["confidence"], answer["reviewer"]) == ("12 or 15?", 70, "Eve")
    assert shell("mark", bench.path, claim.id[:9], "none") == f"no verdict: {claim.quote}\n"
    with Project.open(bench.path, read_only=True) as project, project.reader() as r:
        assert [decision.reviewer for decision in history_of(r, claim.id)] == ["Eve", "Eve"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("c0000000", "verified"), 1, "There is no claim c0000000"),
        (("c", "verified"), 1, "There is no claim c "),
        (("ID", "true"), 2, "not one of 'verified', 'disputed', 'unverified', 'none'"),
        (("ID", "verified", "--reason", "sources-conflict"), 2, "clear, with-caveat"),
        (("ID", "none", "--reason", "clear"), 2, "the reason can be: none"),
        (("ID", "verified", "--confidence", "101"), 2, "100"),
    ],
)
def test_mark_refuses_what_makes_no_sense(shell, bench, arguments, code, words):
    claim = bench.claims()[0].id
    bench.close()
    shell("mark", bench.path, *(claim if each == "ID" else each for each in arguments), code=code)
    assert words in shell.err


def test_undo_and_redo_work_across_processes(shell, bench):
    claim = bench.claims()[0].id
    bench.close()
    shell("mark", bench.path, claim, "verified")
    assert shell("undo", bench.path).startswith("Undone: Mark verified")
    assert shell.json("redo", bench.path)["step"].startswith("Mark verified")
    shell("redo", bench.path, code=1)
    assert shell.err == "There is nothing to redo.\n"


def test_stats_counts_for_people_and_for_scripts(shell, bench):
    claim = bench.claims()[0].id
    bench.close()
    shell("mark", bench.path, claim, "unverified")
    out = shell("stats", bench.path)
    assert "Case “The bridge”: 3 articles" in out
    assert "1 unverified" in out
    answer = shell.json("stats", bench.path)
    assert answer["verdicts"]["unverified"] == 1
    progress = answer["cases"][0]["progress"]
    assert sum(article["decided"] for article in progress) == 1


def test_export_and_import_again(shell, bench, tmp_path):
    bench.close()
    export, again, new = tmp_path / "out.jsonl", tmp_path / "again.jsonl", tmp_path / "new.factdesk"
    assert shell.json("export", bench.path, "jsonl", export)["rows"] > 20
    shell("new", new)
    assert "Imported 3 articles" in shell("import", new, export)
    shell("export", new, "jsonl", again)
    assert again.read_bytes() == export.read_bytes()
    shell("import", new, export, code=1)
    assert "Make a new project" in shell.err
    shell("import", new, export, tmp_path, code=1)
    assert "alone" in shell.err


def test_bad_lines_of_an_export_are_named(shell, bench, tmp_path):
    bench.close()
    export, new = tmp_path / "out.jsonl", tmp_path / "new.factdesk"
    shell("export", bench.path, "jsonl", export)
    export.write_bytes(export.read_bytes().replace(b'"type":"claim"', b'"type":"claim?"', 1))
    shell("new", new)
    answer = shell.json("import", new, export, code=1)
    assert "claim?" in answer["problems"][0]["reason"]
    assert answer["kept"]["article"] == 3


def test_export_writes_a_table_with_and_without_suggestions(shell, bench, tmp_path):
    claim = bench.claims()[0].id
    bench.close()
    shell("mark", bench.path, claim, "verified")
    everything, decided = tmp_path / "all.csv", tmp_path / "decided.csv"
    assert shell.json("export", bench.path, "csv", everything)["rows"] > 5
    assert shell("export", bench.path, "CSV", decided, "--decisions-only").startswith(f"Wrote {decided}: 1 claim.\n")
    with decided.open(encoding="utf-8-sig", newline="") as file:
        assert [row["claim_id"] for row in csv.DictReader(file)] == [claim]
    shell("export", bench.path, "xml", decided, code=2)
    assert "jsonl or " in shell.err


def test_check_tells_a_sound_project_from_a_damaged_one(shell, bench, tmp_path):
    bench.close()
    assert shell("check", bench.path) == "The project is sound.\n"
    data = bytearray(bench.path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = os.urandom(20_000)
    bench.path.write_bytes(data)
    assert shell.json("check", bench.path, code=3)["problems"]
    other = tmp_path / "text.factdesk"
    other.write_text("no project")
    assert "not a Factdesk project" in shell("check", other, code=3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("stats", "none.factdesk"), "There is no file none.factdesk"),
        (("export", "none", "csv", "x.csv"), "There is no file none"),
        (("preannotate", "none.jsonl", "x.jsonl"), "none.jsonl"),
        (("undo", "."), "is a folder"),
    ],
)
def test_a_user_s_error_is_a_sentence_with_a_hint(shell, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    shell(*arguments, code=1)
    first, *hints = shell.err.splitlines()
    assert first.startswith("factdesk: ")
    assert words in first
    assert hints


@pytest.mark.parametrize(
    "arguments",
    [(), ("dance",), ("new",), ("stats", "p", "--nope"), ("mark", "p", "c1")],
    ids=" ".join,
)
def test_wrong_usage_has_a_code_of_its_own(shell, arguments):
    shell(*arguments, code=2)


def test_help_and_version_are_answers(shell):
    out = shell("--help")
    assert all(f"  {name} " in out for name in COMMANDS)
    assert shell("--version") == f"factdesk {__version__}\n"


# -- as processes of their own ------------------------------------------------------------------------------------------


def test_a_project_that_is_open_elsewhere_can_be_read_but_not_written(bench, tmp_path):
    claim = bench.claims()[0].id
    run = process("mark", bench.path, claim, "verified")
    assert run.returncode == 1
    assert run.stderr.startswith(f"factdesk: Ada has {bench.path} open for writing since ")
    assert "Traceback" not in run.stderr
    assert process("export", bench.path, "csv", tmp_path / "out.csv").returncode == 0
    assert process("stats", bench.path, "--json").returncode == 0


def test_answers_and_notes_go_to_different_streams(bench, tmp_path):
    bench.close()
    run = process("import", bench.path, tmp_path / "missing.txt", "--json")
    assert run.returncode == 1
    assert json.loads(run.stdout)["refused"]
    assert run.stderr == ""


def test_a_stopped_analysis_leaves_by_the_code_for_that(tmp_path):
    code = """
import os, select, signal, sys
from factdesk.cli import analysis_commands, main
def stopped(*_):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    os.kill(os.getpid(), signal.SIGINT)
    select.select([], [], [], 30)  # Python sees the signal at the latest here
analysis_commands.preannotate_file = stopped
sys.exit(main(["preannotate", "a", "b"]))
"""
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert run.returncode == 128 + signal.SIGINT
    assert "Traceback" not in run.stderr


def test_a_wrong_file_is_told_before_the_language_model_is_loaded(tmp_path):
    code = """
import sys
from factdesk.cli import main
code = main(["preannotate", sys.argv[1], sys.argv[1] + ".out"])
assert "spacy" not in sys.modules
sys.exit(code)
"""
    missing = tmp_path / "missing.jsonl"
    run = subprocess.run([sys.executable, "-c", code, missing], check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert "missing.jsonl cannot be read" in " ".join(run.stderr.split())


@pytest.mark.model
def test_preannotate_and_analyse_find_the_same_claims(shell, tmp_path):
    rows = [{"id": str(n), "case": "c", "text": TEXT.replace("240", str(240 + n))} for n in range(2)]
    source, out, links = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "links.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert shell.json("preannotate", source, out, "--links", links)["articles"] == 2
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert links.exists()
    project = tmp_path / "p.factdesk"
    shell("new", project)
    for row in rows:
        (tmp_path / f"{row['id']}.txt").write_text(row["text"])
        shell("import", project, tmp_path / f"{row['id']}.txt")
    answer = shell.json("analyse", project)
    assert answer["articles"] == 2
    assert answer["failed"] == []
    with Project.open(project, read_only=True) as opened, opened.reader() as r:
        for line, article in zip(found, r.rows("SELECT id FROM articles ORDER BY number"), strict=True):
            spans = [(claim.span.start, claim.span.end) for claim in claims_of_article(r, article["id"])]
            assert spans == [(claim["start"], claim["end"]) for claim in line["claims"]]
    assert "analysed before" in shell("analyse", project)
    shell("analyse", project, "--again", "--model", "no_such_model", code=1)
    assert "no_such_model" in shell.err


def test_every_command_and_option_is_documented(shell):
    words = Path(__file__).parents[2].joinpath("docs", "command-line.md").read_text("utf-8")
    for command in app.registered_commands:
        assert f"factdesk {command.name}" in words
    options = {
        option
        for line in shell("--help").splitlines()
        for option in line.split()
        if option.startswith("--") and option != "--help"
    }
    for name in COMMANDS:
        options |= {
            word.strip("[],")
            for line in shell(name, "--help").splitlines()
            for word in line.split()[:1]
            if word.startswith("--") and word != "--help"
        }
    assert {option for option in options if option not in words} == set()


def test_a_command_that_stumbles_over_a_damaged_project_says_so(shell, monkeypatch, tmp_path):
    bench = Bench(tmp_path / "case.factdesk")
    bench.close()
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE claims SET kind = 'quanQity'")
        connection.commit()

    def stumble(*_args, **_kwargs):
        raise KeyError("quanQity")

    monkeypatch.setattr("factdesk.cli.project_commands.project_stats", stumble)
    shell("stats", bench.path, code=REFUSED)
    assert "is damaged" in shell.err
    assert "backup" in shell.err
