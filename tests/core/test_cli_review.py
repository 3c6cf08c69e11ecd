"""Hand over, merge and agreement from the command line."""

import json

import pytest

from builders import Bench
from factdesk.cli import main
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim, refuse_claims
from factdesk.project import Project
from factdesk.store.claims import get_claim


@pytest.fixture
def project(tmp_path):
    bench = Bench(tmp_path / "bridge.factdesk")
    bench.ids = [claim.id for claim in bench.claims()]
    bench.run(mark_claim, bench.ids[0], Verdict.VERIFIED)
    bench.run(mark_claim, bench.ids[1], Verdict.DISPUTED)
    bench.close()
    return bench


def answer(capsys, *arguments, code=0):
    assert main([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_a_second_reviewer_s_whole_way(project, tmp_path, capsys):
    copy = tmp_path / "ben.factdesk"
    made = answer(capsys, "handover", project.path, "Ben", copy)
    assert (made["reviewer"], made["claims"]) == ("Ben", 9)
    with Project.open(copy) as ben:
        ben.run(mark_claim, project.ids[0], Verdict.VERIFIED)
        ben.run(mark_claim, project.ids[1], Verdict.VERIFIED)
        ben.run(mark_claim, project.ids[2], Verdict.UNVERIFIED)
    merged = answer(capsys, "merge", project.path, copy, "--take-over")
    assert merged["added"] == {"decision": 3}
    assert merged["disagreements"] == 1
    assert merged["taken_over"] == "Take over 1 verdict from Ben"
    with Project.open(project.path) as home, home.reader() as reader:
        assert get_claim(reader, project.ids[2]).decided_by == "Ben"
    found = answer(capsys, "agreement", project.path)
    assert found["pairs"][0]["reviewers"] == ["Ada", "Ben"]
    assert (found["pairs"][0]["claims"], found["pairs"][0]["observed"]) == (2, 0.5)
    assert found["pairs"][0]["table"] == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert "Only 2 claims" in found["alpha"]["remark"]


def test_the_answers_are_for_people_too(project, tmp_path, capsys):
    (tmp_path / "ids.txt").write_text("\n".join(project.ids[:2]))
    assert (
        main(["handover", str(project.path), "Ben", str(tmp_path / "ben"), "--claims", str(tmp_path / "ids.txt")]) == 0
    )
    assert "for Ben: 2 claims, no verdict" in capsys.readouterr().out
    with Project.open(tmp_path / "ben.factdesk") as ben:
        ben.run(mark_claim, project.ids[0], Verdict.DISPUTED)
    assert main(["merge", str(project.path), str(tmp_path / "ben.factdesk")]) == 0
    told = capsys.readouterr().out
    assert "Came in from Ben: 1 decision." in told
    assert "Disagreements to settle: 1." in told
    assert main(["agreement", str(project.path), "--kind", "event"]) == 0
    told = capsys.readouterr().out
    assert "Ada down, Ben across" in told
    assert "Only 1 claim: the figure may be far off" in told


def test_a_file_that_cannot_be_merged_is_refused_with_a_remedy(project, tmp_path, capsys):
    (tmp_path / "no.factdesk").write_text("words")
    assert main(["merge", str(project.path), str(tmp_path / "no.factdesk")]) == 1
    assert "is not a Factdesk project" in capsys.readouterr().err


def test_reviewers_are_listed_renamed_and_coloured(project, capsys):
    found = answer(capsys, "reviewers", project.path, "--colour", "Ada=teal")
    assert [(each["name"], each["colour"], each["claims"]) for each in found["reviewers"]] == [("Ada", "teal", 2)]
    assert main(["reviewers", str(project.path), "--rename", "Adele"]) == 0
    said = capsys.readouterr()
    assert said.err == "Rename Ada to Adele.\n"
    assert said.out.startswith("Adele: 2 claims judged, first seen 20")
    assert main(["reviewers", str(project.path), "--colour", "Adele=white"]) == 1
    assert "Choose one of blue, orange" in capsys.readouterr().err


def test_what_was_refused_here_is_not_taken_over(project, tmp_path, capsys):
    copy = tmp_path / "ben.factdesk"
    main(["handover", str(project.path), "Ben", str(copy)])
    with Project.open(copy) as ben:
        ben.run(mark_claim, project.ids[2], Verdict.UNVERIFIED)
    with Project.open(project.path) as home:
        home.run(refuse_claims, [project.ids[2]])
    assert main(["merge", str(project.path), str(copy), "--take-over"]) == 0
    with Project.open(project.path) as home, home.reader() as reader:
        assert get_claim(reader, project.ids[2]).verdict is None
        before = reader.value("SELECT count(*) FROM operations"), reader.value("SELECT count(*) FROM merges")
    capsys.readouterr()
    assert main(["merge", str(project.path), str(copy)]) == 0
    assert capsys.readouterr().out.startswith("Nothing new came in")
    with Project.open(project.path) as home, home.reader() as reader:
        assert (reader.value("SELECT count(*) FROM operations"), reader.value("SELECT count(*) FROM merges")) == before
