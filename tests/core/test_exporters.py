import csv
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from builders import MODEL, found_claim, new_article
from factdesk.errors import FactdeskError, StorageFullError
from factdesk.exchange import atomic
from factdesk.exchange.claim_rows import COLUMNS
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats.claim_table import guard, unguard
from factdesk.exchange.formats.records import CHANGE, SHAPES
from factdesk.exchange.formats_known import broken_formats, formats, get_format
from factdesk.exchange.importers import broken_importers
from factdesk.exchange.progress import StoppedError
from factdesk.model.analysis import Analysis
from factdesk.model.claims import Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.model.values import Attribution, Value, ValueKind
from factdesk.ops.articles import add_article, remove_article
from factdesk.ops.cases import create_case
from factdesk.ops.claims import add_claim, mark_claim, refuse_claims
from factdesk.ops.clusters import link_claims, mark_cluster, set_normalised_claim
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.suggestions import store_analysis
from factdesk.store.cases import list_cases
from factdesk.store.progress import project_stats
from unicode_texts import texts


def table_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_a_row_for_each_claim_with_verdict_and_evidence(bench, tmp_path):
    first, second, third = bench.claims()[:3]
    other = bench.claims(bench.again)[0]
    bench.run(mark_claim, first.id, Verdict.VERIFIED, Reason.WITH_CAVEAT, "said twice,\nby both", 80)
    bench.run(add_passage, first.id, bench.again, other.span, Stance.SUPPORTS)
    bench.run(add_source, first.id, EvidenceKind.URL, Stance.REFUTES, url="https://example.org/", note="seen today")
    bench.run(refuse_claims, [third.id])
    out = tmp_path / "claims.csv"
    count = export_project(bench.project, "csv", out).written.count
    rows = table_of(out)
    assert len(rows) == count
    assert tuple(rows[0]) == COLUMNS
    row = next(row for row in rows if row["claim_id"] == first.id)
    assert row["case"] == "The bridge"
    assert row["publisher"] == "The Daily"
    assert (int(row["start"]), int(row["end"]), row["quote"]) == (first.span.start, first.span.end, first.quote)
    assert (row["status"], row["verdict"], row["reason"]) == ("accepted", "verified", "with caveat")
    assert (row["note"], row["confidence"], row["reviewer"]) == ("said twice,\nby both", "80", "Ada")
    assert row["decided_at"].endswith("Z")
    assert row["evidence_count"] == "2"
    assert row["evidence"].split("\n") == [
        f"supports: Evening [{other.span.start}–{other.span.end}] “{other.quote}”",
        "refutes: https://example.org/ (seen today)",
    ]
    by_id = {row["claim_id"]: row for row in rows}
    assert (by_id[second.id]["status"], by_id[second.id]["verdict"]) == ("suggested", "")
    assert by_id[third.id]["status"] == "refused"


def test_the_table_tells_of_clusters_voices_and_values(bench, tmp_path):
    first, other = bench.claims()[0], bench.claims(bench.again)[0]
    number = Value(ValueKind.NUMBER, Span(4, 10), "12 people", "person", 12.0, 12.0)
    voices = (Attribution("Nová"), Attribution("the mayor"))
    found = found_claim(first.span, values=(number,), attribution=voices, cue="said")
    bench.run(store_analysis, Analysis(bench.bridge, MODEL, claims=(found,)))
    cluster = bench.run(link_claims, bench.case, first.id, other.id, Relation.DIFFERS).created
    bench.run(mark_cluster, bench.case, other.id, Verdict.DISPUTED)
    bench.run(set_normalised_claim, bench.case, other.id, "The bridge fell")
    out = tmp_path / "claims.csv"
    export_project(bench.project, "csv", out)
    row = next(row for row in table_of(out) if row["claim_id"] == first.id)
    assert (row["cluster"], row["normalised_claim"], row["relation"]) == (cluster, "The bridge fell", "same")
    assert (row["verdict"], row["inherited"]) == ("disputed", "yes")
    assert (row["attribution"], row["values"]) == ("Nová ← the mayor", "12 people")
    assert next(row for row in table_of(out) if row["claim_id"] == other.id)["relation"] == "differs"
    figures = project_stats(bench.reader)
    assert figures["clusters"] == {
        "total": 1, "conflicting": 0, "verdicts": {"disputed": 1}, "members": {"accepted": 2}, "inherited": 2, "absences": 0,
    }  # fmt: skip
    assert figures["origins"] == 0


def test_the_table_can_leave_out_suggestions(bench, tmp_path):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.DISPUTED)
    bench.run(refuse_claims, [bench.claims()[1].id])
    out = tmp_path / "claims.csv"
    assert export_project(bench.project, "csv", out, ExportOptions(decisions_only=True)).written.count == 2
    assert {row["status"] for row in table_of(out)} == {"accepted", "refused"}


def test_an_article_of_two_cases_is_there_once_and_a_removed_one_not(bench, tmp_path):
    other = bench.run(create_case, "Other; case").created
    bench.run(add_article, other, new_article(bench.texts[bench.bridge]))
    bench.run(remove_article, bench.case, bench.report)
    out = tmp_path / "claims.csv"
    export_project(bench.project, "csv", out)
    rows = table_of(out)
    assert {row["case"] for row in rows if row["article_id"] == bench.bridge} == {"The bridge; Other; case"}
    assert len({row["claim_id"] for row in rows}) == len(rows)
    assert bench.report not in {row["article_id"] for row in rows}


def test_the_file_is_what_a_spreadsheet_expects(bench, tmp_path):
    out = tmp_path / "claims.csv"
    export_project(bench.project, "csv", out)
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfclaim_id,case,")
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 495", "-5 degrees", "@name", "\tx", "\rx", "\nx", "=HYPERLINK(\"http://x\")", "＝1", "'=1", "''+1"],
)  # fmt: skip
def test_no_cell_begins_a_formula(text):
    cell = guard(text)
    assert cell == "'" + text
    assert unguard(cell) == text


@pytest.mark.parametrize("text", ["", "plain", "'quoted'", "5 - 3", "'90s", " =1"])
def test_harmless_cells_stay(text):
    assert guard(text) == text
    assert unguard(text) == text


@given(texts)
def test_guarded_cells_come_back_and_never_begin_a_formula(text):
    assert unguard(guard(text)) == text
    assert not re.match(r"[=+\-@\t\r\n]", guard(text))


def test_a_quote_that_would_be_a_formula_is_guarded_in_the_table(bench, tmp_path):
    article = bench.run(add_article, bench.case, new_article("=1+1 is what -5 says")).created
    bench.run(add_claim, article, Span(0, 4))
    bench.run(add_claim, article, Span(13, 15))
    out = tmp_path / "claims.csv"
    export_project(bench.project, "csv", out)
    quotes = [row["quote"] for row in table_of(out) if row["article_id"] == article]
    assert quotes == ["'=1+1", "'-5"]
    assert list(map(unguard, quotes)) == ["=1+1", "-5"]


def test_formats_are_listed_for_dialogs():
    names = [each.name for each in formats()]
    assert {"jsonl", "csv"} <= set(names)
    assert len(names) == len(set(names))
    for each in formats():
        assert each.title
        assert each.description
        assert each.is_folder or each.suffix.startswith(".")
        assert all(option.choices for option in each.options)
    with pytest.raises(FactdeskError, match="no export format “xml”"):
        get_format("xml")


def test_every_registered_format_can_be_used():
    assert broken_formats() == ()
    assert broken_importers() == ()


# -- all or nothing -------------------------------------------------------------------------------------------------


@pytest.fixture
def large(bench):
    """Enough articles for an export to be stopped in its middle."""
    other = bench.run(create_case, "Large").created
    for number in range(70):
        bench.run(add_article, other, new_article(f"Article number {number}."))
    return bench


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_a_stopped_export_leaves_the_old_file(large, tmp_path, name):
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "out.file"
    out.write_text("the old one")
    seen = []
    with pytest.raises(StoppedError):
        export_project(
            large.project, name, out, progress=lambda *step: seen.append(step), stopped=lambda: len(seen) > 1
        )
    assert out.read_text() == "the old one"
    assert list(folder.iterdir()) == [out]


def test_progress_ends_at_its_total(large, tmp_path):
    seen = []
    export_project(large.project, "jsonl", tmp_path / "out.jsonl", progress=lambda *step: seen.append(step))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] > 70
    assert seen == sorted(seen)


def test_a_killed_export_leaves_no_half_file(large, tmp_path):
    out = tmp_path / "out.jsonl"
    script = """
import sys, os, signal
from pathlib import Path
from factdesk.exchange.exporters import export_project
from factdesk.project import Project
project = Project.open(Path(sys.argv[1]), read_only=True)
def progress(done, total):
    if done:
        os.kill(os.getpid(), signal.SIGKILL)
export_project(project, "jsonl", Path(sys.argv[2]), progress=progress)
"""
    run = subprocess.run([sys.executable, "-c", script, large.path, out], check=False, capture_output=True)
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert not out.exists()
    export_project(large.project, "jsonl", out)
    assert out.read_bytes().endswith(b"}\n")
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("code", [28, 5], ids=["full", "broken"])
def test_a_disk_that_fails_is_told_in_a_sentence(bench, tmp_path, monkeypatch, code):
    def fail(_handle):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(atomic.os, "fsync", fail)
    with pytest.raises(StorageFullError if code == 28 else FactdeskError) as caught:
        export_project(bench.project, "csv", tmp_path / "out.csv")
    assert "out.csv" in caught.value.message
    assert not (tmp_path / "out.csv").exists()


def test_places_that_cannot_be_written_are_named(bench, tmp_path):
    for out, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "out.csv", "There is no folder"),
        (bench.path, "is a database"),
    ):
        with pytest.raises(FactdeskError, match=words):
            export_project(bench.project, "csv", out)
    assert list_cases(bench.reader)


def test_every_field_and_column_is_documented():
    words = Path(__file__).parents[2].joinpath("docs", "export-format.md").read_text("utf-8")
    sections = dict(re.findall(r"^\*\*(\w+)\*\*(.*?)(?=^\*\*|^With|\Z)", words, re.MULTILINE | re.DOTALL))
    for shape in SHAPES:
        for field in shape.fields:
            assert f"`{field.name}`" in sections[shape.type], (shape.type, field.name)
    for field in CHANGE.fields:
        assert f"`{field.name}`" in sections["operation"]
    assert all(f"`{column}`" in words for column in COLUMNS)
    assert all(f"`{each.name}`" in words for each in formats())
