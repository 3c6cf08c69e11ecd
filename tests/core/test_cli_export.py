"""What `factdesk formats` and `factdesk export` say and write."""

import csv
import json

import pytest

from factdesk.cli import main
from factdesk.exchange.formats_known import formats
from factdesk.model.claims import Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.claims import mark_claim
from factdesk.ops.evidence import add_source


class Shell:
    """Runs commands in this process and keeps what they printed."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self, *arguments, code=0):
        found = main([str(argument) for argument in arguments])
        self.out, self.err = self._capsys.readouterr()
        assert found == code, self.err
        return self.out

    def json(self, *arguments, code=0):
        return json.loads(self(*arguments, "--json", code=code))


@pytest.fixture
def shell(capsys):
    return Shell(capsys)


@pytest.fixture
def judged(bench):
    """One claim verified by Ada and evidence with a note."""
    first, second = bench.claims()[:2]
    bench.run(mark_claim, first.id, Verdict.VERIFIED, note="seen by both")
    bench.run(add_source, second.id, EvidenceKind.NOTE, Stance.CONTEXT, note="a call")
    return bench


def table_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_formats_are_listed_in_their_groups_with_what_they_cannot_hold(shell):
    lines = shell("formats").splitlines()
    assert lines[0] == "Everything"
    assert "  jsonl  Everything (JSON Lines) (.jsonl)" in lines
    assert "    Cannot hold: nothing is lost." in lines
    assert any(line.startswith("    Cannot hold: texts of articles;") for line in lines)


def test_formats_are_listed_for_scripts(shell):
    answer = shell.json("formats")
    by_name = {each["name"]: each for each in answer["formats"]}
    assert set(by_name) == {each.name for each in formats()}
    assert by_name["jsonl"]["cannot_hold"] == []
    assert "a choice of one case" in by_name["jsonl"]["cannot_honour"]
    assert (by_name["csv"]["suffix"], by_name["csv"]["folder"], by_name["csv"]["unit"]) == (
        ".csv",
        False,
        "code points",
    )


def test_an_export_says_what_is_lost_and_how_it_was_checked(shell, judged, tmp_path):
    out = tmp_path / "claims.csv"
    lines = shell("export", judged.path, "csv", out).splitlines()
    assert lines[0] == f"Wrote {out}: 9 claims."
    assert lines[1].startswith("Read again with a CSV reader: 9 rows")
    assert "  3 articles' texts" in lines
    assert shell.json("export", judged.path, "csv", out)["losses"][0]["what"] == "3 articles' texts"
    assert "Nothing is lost." in shell("export", judged.path, "jsonl", tmp_path / "all.jsonl")


def test_a_dry_run_says_what_would_be_lost_and_writes_nothing(shell, judged, tmp_path):
    before = sorted(tmp_path.iterdir())
    assert "3 articles' texts" in shell("export", judged.path, "csv", "--dry-run")
    assert shell.json("export", judged.path, "csv", tmp_path / "x.csv", "--dry-run")["losses"]
    assert shell("export", judged.path, "jsonl", "--dry-run") == "Nothing is lost.\n"
    assert sorted(tmp_path.iterdir()) == before


def test_only_the_named_claims_are_exported(shell, judged, tmp_path):
    first = judged.claims()[0].id
    ids, out = tmp_path / "ids.txt", tmp_path / "claims.csv"
    ids.write_text(f"{first[:9]}\n", encoding="utf-8")
    shell("export", judged.path, "csv", out, "--claims", ids)
    assert [row["claim_id"] for row in table_of(out)] == [first]
    ids.write_text("\n", encoding="utf-8")
    shell("export", judged.path, "csv", out, "--claims", ids, code=1)
    assert "names no claim" in shell.err
    shell("export", judged.path, "csv", out, "--claims", tmp_path / "none.txt", code=1)
    assert "cannot be read" in shell.err


def test_names_are_hidden_in_the_export_and_beside_it(shell, judged, tmp_path):
    for kind in ("csv", "jsonl"):
        out = tmp_path / f"hidden.{kind}"
        shell("export", judged.path, kind, out, "--anonymous", "--licence", "CC-BY-4.0")
        text = out.read_text(encoding="utf-8") + (tmp_path / f"hidden.{kind}.about.json").read_text(encoding="utf-8")
        assert "Ada" not in text
        assert "reviewer 1" in text
        assert "CC-BY-4.0" in text


def test_one_case_and_one_reviewer_can_be_chosen(shell, judged, tmp_path):
    out = tmp_path / "claims.csv"
    shell("export", judged.path, "csv", out, "--case", "the bridge", "--whose", "Ada")
    assert sum(row["verdict"] == "verified" for row in table_of(out)) == 1
    shell("export", judged.path, "csv", out, "--case", "Another", code=1)
    assert "There is no case “Another”" in shell.err
    shell("export", judged.path, "csv", out, "--whose", "Zoe", code=1)
    assert "Nobody called “Zoe”" in shell.err


def test_what_a_format_cannot_honour_is_refused(shell, judged, tmp_path):
    shell("export", judged.path, "jsonl", tmp_path / "x.jsonl", "--case", "The bridge", code=1)
    assert "a choice of one case" in shell.err
    shell("export", judged.path, "jsonl", tmp_path / "x.jsonl", "--without-text", code=1)
    assert "makes no sense without the texts" in shell.err
    shell("export", judged.path, "csv", tmp_path / "x.csv", "--option", "colour=red", code=1)
    assert "has no option colour" in shell.err
    assert not list(tmp_path.glob("x.*"))


def test_wrong_usage_is_told(shell, judged, tmp_path):
    shell("export", judged.path, "csv", code=2)
    assert "Name the file or folder" in shell.err
    shell("export", judged.path, "csv", tmp_path / "x.csv", "--option", "colour", code=2)
    assert "no NAME=VALUE" in shell.err
