"""Reviewers with their colours, and a reviewer's own sittings."""

import json
import re
import sqlite3
from contextlib import closing

import pytest

from builders import Bench
from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats_known import get_format
from factdesk.exchange.records.importer import import_jsonl
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Judgement, Verdict
from factdesk.ops.adjudication import adjudicate
from factdesk.ops.claims import mark_claim, refuse_claims
from factdesk.ops.history import redo, undo
from factdesk.ops.merging import take_over
from factdesk.ops.people import rename_reviewer, set_colour
from factdesk.project import Project
from factdesk.store import sessions, transaction
from factdesk.store.blind import blind_origin
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim, history_of
from factdesk.store.disagreements import settled_of, takeable
from factdesk.store.fingerprint import compare_history, fingerprint
from factdesk.store.opinions import opinions_about
from factdesk.store.people import Sitting, list_acquaintances, list_people, sittings_of


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "bridge.factdesk")
    yield made
    made.close()


def judged_by_ben(bench, tmp_path, claims, verdict=Verdict.VERIFIED):
    """A blind copy in which Ben judged some claims."""
    copy = hand_over(bench.project, tmp_path / "ben.factdesk", "Ben")
    with Project.open(copy.path) as ben:
        for claim in claims:
            ben.run(mark_claim, claim, verdict)
    return copy.path


def test_sittings_of_a_reviewer_count_their_own_steps(bench):
    first, second, third = (claim.id for claim in bench.claims()[:3])
    bench.run(mark_claim, first, Verdict.VERIFIED)
    bench.run(refuse_claims, [second, third])
    bench.run(undo)
    me = bench.project.reviewer_id
    bench.reopen()
    bench.run(mark_claim, first, Verdict.DISPUTED)
    present, before = sittings_of(bench.reader, me, bench.project.session_id)
    assert (present.steps, present.ended_at) == (1, "")
    assert (before.steps, before.interrupted) == (2, False)
    assert before.ended_at >= before.started_at
    assert sittings_of(bench.reader, "nobody") == []


def test_pace_is_decisions_an_hour_and_undefined_for_a_moment():
    sitting = Sitting("2026-03-01T10:00:00.000Z", "2026-03-01T10:30:00.000Z", interrupted=False, steps=20)
    assert sitting.pace("2026-03-01T12:00:00.000Z") == pytest.approx(40)
    last = "2026-03-01T11:50:00.000Z"
    going_on = Sitting("2026-03-01T10:00:00.000Z", "", interrupted=False, steps=20, last_step=last)
    assert going_on.pace("2026-03-01T12:00:00.000Z") == pytest.approx(10)
    assert going_on.pace("2026-03-01T10:00:20.000Z") is None
    assert going_on.pace("2026-03-01T09:00:00.000Z") is None


def test_what_lies_between_two_steps_is_work_until_it_is_a_pause(bench, monkeypatch):
    now = ["2100-03-01T10:00:00.000Z"]
    monkeypatch.setattr(sessions, "utc_now", lambda: now[0])
    monkeypatch.setattr(transaction, "utc_now", lambda: now[0])
    bench.reopen()
    claims = [claim.id for claim in bench.claims()]
    for moment, claim in (("10:10", claims[0]), ("10:20", claims[1]), ("18:20", claims[2])):  # the lid was closed
        now[0] = f"2100-03-01T{moment}:00.000Z"
        bench.run(mark_claim, claim, Verdict.VERIFIED)
    me, present = bench.project.reviewer_id, bench.project.session_id
    (going_on, *_) = sittings_of(bench.reader, me, present)
    assert going_on.seconds("2100-03-01T18:30:00.000Z") == pytest.approx(30 * 60)
    assert going_on.pace("2100-03-01T18:30:00.000Z") == pytest.approx(6)
    assert going_on.seconds("2100-03-02T07:00:00.000Z") == pytest.approx(20 * 60)  # it slept again
    now[0] = "2100-03-01T18:30:00.000Z"
    bench.reopen()
    assert sittings_of(bench.reader, me, bench.project.session_id)[1].seconds("") == pytest.approx(30 * 60)


def test_people_come_in_the_order_of_their_coming(bench, tmp_path):
    merge_file(bench.project, judged_by_ben(bench, tmp_path, []))
    assert [(person.name, person.colour) for person in list_people(bench.reader)] == [("Ada", ""), ("Ben", "")]


def test_who_merges_goes_on_under_their_own_name(bench, tmp_path):
    path = judged_by_ben(bench, tmp_path, [bench.claims()[0].id])
    merge_file(bench.project, path)
    bench.reopen()
    assert bench.project.reviewer_name == "Ada"


def test_only_a_blind_copy_knows_where_it_comes_from(bench, tmp_path):
    path = judged_by_ben(bench, tmp_path, [])
    assert blind_origin(bench.reader) is None
    with Project.open(path) as copy, copy.reader() as reader:
        origin = blind_origin(reader)
    assert origin is not None
    assert (origin.reviewer, origin.sender) == ("Ben", "Ada")


def test_takeable_are_claims_that_nobody_here_judged_or_refused(bench, tmp_path):
    first, second, third = (claim.id for claim in bench.claims())
    path = judged_by_ben(bench, tmp_path, [first, second, third])
    bench.run(mark_claim, first, Verdict.DISPUTED)
    bench.run(refuse_claims, [second])
    assert takeable(bench.reader) == []
    merge_file(bench.project, path)
    assert takeable(bench.reader) == takeable(bench.reader, bench.case) == [third]
    assert takeable(bench.reader, "another case") == []
    bench.run(take_over, [third])
    assert takeable(bench.reader) == []


def test_a_settlement_holds_until_somebody_says_something_new(bench, tmp_path):
    first = bench.claims()[0].id
    path = judged_by_ben(bench, tmp_path, [first])
    bench.run(mark_claim, first, Verdict.DISPUTED)
    merge_file(bench.project, path)
    assert settled_of(bench.reader, first) is None
    bench.run(adjudicate, bench.case, first, Judgement(Verdict.VERIFIED), "Ben")
    settled = settled_of(bench.reader, first)
    assert settled is not None
    assert (settled.chosen, settled.made_by) == ("Ben", "Ada")
    with Project.open(path) as ben:
        ben.run(mark_claim, first, Verdict.UNVERIFIED)
    merge_file(bench.project, path)
    assert settled_of(bench.reader, first) is None


# -- names and colours ---------------------------------------------------------------------------------------------------


def names(bench):
    return [each.person.name for each in list_acquaintances(bench.reader)]


def test_another_name_stands_beside_all_that_its_reviewer_decided(bench, tmp_path):
    first = bench.claims()[0].id
    path = judged_by_ben(bench, tmp_path, [first])
    bench.run(mark_claim, first, Verdict.DISPUTED)
    merge_file(bench.project, path)
    before = fingerprint(bench.reader)
    assert bench.run(rename_reviewer, "  Ada   Nová ").title == "Rename Ada to Ada Nová"
    assert bench.project.learn_name()
    assert bench.project.reviewer_name == "Ada Nová"
    assert get_claim(bench.reader, first).decided_by == "Ada Nová"
    assert history_of(bench.reader, first)[0].reviewer == "Ada Nová"
    assert {each.reviewer for each in opinions_about(bench.reader, [first])[first]} == {"Ada Nová", "Ben"}
    assert compare_history(bench.reader, before).agrees, "the history is the same, whatever its people are called"
    bench.run(mark_claim, first, Verdict.VERIFIED)
    assert compare_history(bench.reader, before).agrees
    assert check_project(bench.reader) == []
    bench.run(undo)
    bench.run(undo)
    assert names(bench) == ["Ada", "Ben"]
    bench.run(redo)
    assert names(bench) == ["Ada Nová", "Ben"]


def test_two_reviewers_never_have_one_name(bench, tmp_path):
    merge_file(bench.project, judged_by_ben(bench, tmp_path, [bench.claims()[0].id]))
    with pytest.raises(FactdeskError, match="Somebody else in this project is called Ben"):
        bench.run(rename_reviewer, "Ben")
    with pytest.raises(FactdeskError, match="cannot be a reviewer's name"):
        bench.run(rename_reviewer, "Machine")
    bench.run(rename_reviewer, "Adele")
    bench.reopen(reviewer="Ada")  # somebody else, who has the name that is free
    with pytest.raises(FactdeskError, match="called Ada now"):
        bench.run(undo)
    assert names(bench) == ["Adele", "Ben", "Ada"]


def test_a_colour_is_one_of_those_that_every_theme_has(bench):
    bench.run(set_colour, "Ada", "teal")
    assert [person.colour for person in list_people(bench.reader)] == ["teal"]
    with pytest.raises(FactdeskError, match="no colour for a reviewer"):
        bench.run(set_colour, "Ada", "#ffffff")
    with pytest.raises(FactdeskError, match="Nobody called Eve"):
        bench.run(set_colour, "Eve", "teal")
    bench.run(undo)
    assert [person.colour for person in list_people(bench.reader)] == [""]


def test_the_list_of_reviewers_says_who_came_when_and_judged_what_but_ranks_nobody(bench, tmp_path):
    ids = [claim.id for claim in bench.claims()]
    merge_file(bench.project, judged_by_ben(bench, tmp_path, ids))
    bench.run(mark_claim, ids[0], Verdict.DISPUTED)
    ada, ben = list_acquaintances(bench.reader)
    assert [(each.person.name, each.judged) for each in (ada, ben)] == [("Ada", 1), ("Ben", 3)]
    assert ben.first_seen <= ben.last_seen <= ada.last_seen


def test_one_person_keeps_one_id_in_every_copy_made_for_them(bench, tmp_path):
    first, second = (hand_over(bench.project, tmp_path / f"{n}.factdesk", "Ben") for n in range(2))
    assert first.reviewer_id == second.reviewer_id


def test_two_people_of_one_name_are_told_apart_only_by_another_name(bench, tmp_path):
    copies = [hand_over(bench.project, tmp_path / f"{name}.factdesk", name).path for name in ("Cy", "Dee")]
    claim = bench.claims()[0].id
    for path, verdict in zip(copies, (Verdict.VERIFIED, Verdict.DISPUTED), strict=True):
        with Project.open(path, reviewer="Ben") as somebody:
            somebody.run(mark_claim, claim, verdict)
    assert merge_file(bench.project, copies[0]).report.remarks == []
    (told,) = merge_file(bench.project, copies[1]).report.remarks
    assert told.startswith("Ben there and Ben here are taken for one person")


def test_who_renames_themselves_in_a_copy_keeps_the_name_here(bench, tmp_path):
    first, second, _ = (claim.id for claim in bench.claims())
    path = judged_by_ben(bench, tmp_path, [first])
    merge_file(bench.project, path)
    with Project.open(path) as ben:
        ben.run(rename_reviewer, "Benno")
        ben.run(mark_claim, second, Verdict.DISPUTED)
        with ben.reader() as reader:
            origin = blind_origin(reader)
            assert origin is not None
            assert origin.reviewer == "Benno", "the copy is still theirs"
    merged = merge_file(bench.project, path)
    assert merged.report.remarks == ["Benno there goes on to be called Ben here."]
    assert [each.reviewer for each in opinions_about(bench.reader, [second])[second]] == ["Ben"]
    assert names(bench) == ["Ada", "Ben"]


def test_how_long_somebody_sat_does_not_come_in_with_their_work(bench, tmp_path):
    path = judged_by_ben(bench, tmp_path, [bench.claims()[0].id])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE sessions SET started_at = '2026-01-01T08:00:00.000Z'")
    merge_file(bench.project, path)
    rows = bench.reader.rows("SELECT started_at, ended_at FROM sessions WHERE process_id = 0")
    assert [row["started_at"] == row["ended_at"] > "2026-01-01T09" for row in rows] == [True]
    ben = bench.reader.value("SELECT id FROM reviewers WHERE name = 'Ben'")
    assert sittings_of(bench.reader, ben) == []


def records(path, kind):
    return [each for each in map(json.loads, path.read_text("utf-8").splitlines()) if each["type"] == kind]


def test_how_long_somebody_sat_leaves_with_no_export_unless_asked_for(bench, tmp_path):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    bench.reopen()
    began = bench.reader.rows("SELECT started_at, ended_at FROM sessions ORDER BY started_at")[0]
    for format_name in ("csv", "dossier-html", "web-annotation", "label-studio"):
        out = tmp_path / format_name
        export_project(bench.project, format_name, out.with_suffix(get_format(format_name).suffix))
        for file in [out, *tmp_path.rglob(f"{format_name}*")]:
            assert not file.is_file() or began["started_at"].encode() not in file.read_bytes()
    export_project(bench.project, "jsonl", tmp_path / "out.jsonl")
    (session,) = records(tmp_path / "out.jsonl", "session")
    assert session["started_at"] == session["ended_at"] == records(tmp_path / "out.jsonl", "operation")[0]["at"]
    export_project(bench.project, "jsonl", tmp_path / "all.jsonl", ExportOptions(choices={"sessions": "kept"}))
    (session,) = records(tmp_path / "all.jsonl", "session")
    assert (session["started_at"], session["ended_at"]) == tuple(began)
    copy = hand_over(bench.project, tmp_path / "cy.factdesk", "Cy")
    assert began["started_at"].encode() not in copy.path.read_bytes()


def test_a_complete_export_without_names_has_none_of_those_that_steps_tell_of(bench, tmp_path):
    ids = [claim.id for claim in bench.claims()]
    merge_file(bench.project, judged_by_ben(bench, tmp_path, ids))
    bench.run(take_over, ids)
    bench.run(rename_reviewer, "Adelheid")
    bench.run(set_colour, "Ben", "teal")
    export_project(bench.project, "jsonl", tmp_path / "out.jsonl", ExportOptions(anonymous=True))
    told = (tmp_path / "out.jsonl").read_text("utf-8")
    assert re.findall(r"\b(Ada|Ben|ben|Adelheid)\b", told) == []
    with Project.create(tmp_path / "again.factdesk", reviewer="Cy") as again:
        assert import_jsonl(again, tmp_path / "out.jsonl").problems == []
        with again.reader() as reader:
            assert check_project(reader) == []
            assert {"reviewer 1", "reviewer 2"} <= {person.name for person in list_people(reader)}
