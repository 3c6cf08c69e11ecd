"""Disagreements of reviewers, and settling them: one verdict in force, the others kept."""

import csv
import json

import pytest

from builders import Bench
from factdesk.compare.agreement import agree, span_agreement
from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.exporters import export_project
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Judgement, Reason, Relation, Verdict
from factdesk.model.spans import Span
from factdesk.ops.adjudication import adjudicate
from factdesk.ops.claims import accept_claims, add_claim, mark_claim, set_note
from factdesk.ops.clusters import link_claims, mark_cluster
from factdesk.ops.history import redo, undo
from factdesk.project import Project
from factdesk.store import transaction
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.disagreements import disagreements
from factdesk.store.opinions import opinions_about
from factdesk.store.queue import QueueFilter, queue_ids
from factdesk.store.queue_counts import claim_ids, queue_counts
from factdesk.store.ratings import LABELS, marked_spans, rated_claims


@pytest.fixture
def bench(tmp_path):
    """Ada and Ben judged three claims, two of them differently; one of these is a cluster of two articles."""
    made = Bench(tmp_path / "bridge.factdesk")
    made.first, made.second, made.third = (claim.id for claim in made.claims()[:3])
    made.other = made.claims(made.again)[0].id
    made.run(link_claims, made.case, made.first, made.other, Relation.SAME)
    copy = hand_over(made.project, tmp_path / "ben.factdesk", "Ben")
    made.run(mark_cluster, made.case, made.first, Verdict.VERIFIED, note="Ada's word")
    made.run(mark_claim, made.second, Verdict.DISPUTED)
    made.run(mark_claim, made.third, Verdict.UNVERIFIED)
    with Project.open(copy.path) as ben:
        ben.run(mark_cluster, made.case, made.first, Verdict.DISPUTED, Reason.CONTRADICTED, "Ben's word")
        ben.run(mark_claim, made.second, Verdict.DISPUTED)
        ben.run(mark_claim, made.third, Verdict.VERIFIED)
        ben.run(add_claim, made.bridge, Span(4, 21))
    merge_file(made.project, copy.path)
    made.copy = copy.path
    yield made
    made.close()


def queue(bench, **more):
    return [(each.claim.id, each.others) for each in disagreements(bench.reader, bench.case, **more)]


def test_claims_of_one_fact_are_one_disagreement(bench):
    assert queue(bench) == [(bench.first, (bench.other,)), (bench.third, ())]
    first = disagreements(bench.reader, bench.case)[0]
    assert [(each.reviewer, each.judgement.note) for each in first.opinions] == [
        ("Ada", "Ada's word"),
        ("Ben", "Ben's word"),
    ]


def test_a_settled_verdict_is_in_force_for_all_claims_of_the_fact_and_both_opinions_stay(bench):
    judgement = Judgement(Verdict.DISPUTED, Reason.CONTRADICTED, "Ben's word")
    bench.run(adjudicate, bench.case, bench.first, judgement, "Ben", [bench.other])
    for claim_id in (bench.first, bench.other):
        claim = get_claim(bench.reader, claim_id)
        assert (claim.verdict, claim.judgement.reason, claim.decided_by) == (
            Verdict.DISPUTED,
            Reason.CONTRADICTED,
            "Ada",
        )
        said = [(each.reviewer, each.judgement.verdict) for each in opinions_about(bench.reader, [claim_id])[claim_id]]
        assert said == [("Ada", Verdict.VERIFIED), ("Ben", Verdict.DISPUTED)]
    assert queue(bench) == [(bench.third, ())]
    settled = disagreements(bench.reader, bench.case, include_settled=True)[0].settled
    assert (settled.chosen, settled.made_by) == ("Ben", "Ada")
    assert check_project(bench.reader) == []


def test_the_queue_can_be_asked_for_what_reviewers_disagree_on(bench):
    wanted = QueueFilter(bench.case, only_divided=True)

    def shown():
        return set(claim_ids(bench.reader, queue_ids(bench.reader, wanted)))

    assert shown() == {bench.first, bench.other, bench.third}
    counts = queue_counts(bench.reader, wanted)
    assert (counts.verified.claims, counts.unverified.claims, counts.disputed.claims) == (2, 1, 0)
    bench.run(adjudicate, bench.case, bench.first, Judgement(Verdict.DISPUTED), "Ben", [bench.other])
    assert shown() == {bench.third}
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.VERIFIED), "Ben")
    assert shown() == set()


def test_settling_is_one_step_to_undo_and_to_do_again(bench):
    bench.run(adjudicate, bench.case, bench.first, Judgement(Verdict.UNVERIFIED, note="neither"), "", [bench.other])
    assert bench.run(undo).title.startswith("Undone: Adjudicate")
    assert get_claim(bench.reader, bench.first).verdict is Verdict.VERIFIED
    assert queue(bench) == [(bench.first, (bench.other,)), (bench.third, ())]
    bench.run(redo)
    assert get_claim(bench.reader, bench.other).verdict is Verdict.UNVERIFIED
    assert queue(bench) == [(bench.third, ())]
    assert check_project(bench.reader) == []


def test_settling_again_replaces_the_first_settlement(bench):
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.VERIFIED), "Ben")
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.UNVERIFIED), "Ada")
    (settled,) = (
        each.settled for each in disagreements(bench.reader, bench.case, include_settled=True) if each.settled
    )
    assert settled.chosen == "Ada"
    assert bench.reader.value("SELECT count(*) FROM adjudications") == 1


def test_a_new_opinion_opens_the_question_again(bench):
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.VERIFIED), "Ben")
    with Project.open(bench.copy) as ben:
        ben.run(mark_claim, bench.third, Verdict.DISPUTED)
    merge_file(bench.project, bench.copy)
    assert (bench.third, ()) in queue(bench)


def test_what_is_no_disagreement_is_not_settled(bench):
    with pytest.raises(FactdeskError, match="no verdict"):
        bench.run(adjudicate, bench.case, bench.first, Judgement())
    lonely = bench.claims(bench.report)[0].id
    bench.run(mark_claim, lonely, Verdict.VERIFIED)
    with pytest.raises(FactdeskError, match="Only one reviewer"):
        bench.run(adjudicate, bench.case, lonely, Judgement(Verdict.VERIFIED))


def test_exports_hold_the_settled_verdict_and_beside_it_what_each_reviewer_said(bench):
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.VERIFIED), "Ben")

    def exported(**options):
        dataset = Dataset(bench.reader, ExportOptions(**options))
        return next(
            each for document in dataset.documents() for each in document.claims if each.claim.id == bench.third
        )

    assert exported().claim.verdict is Verdict.VERIFIED
    assert exported(whose=Whose.ONE, reviewer="Ada").claim.verdict is Verdict.UNVERIFIED
    assert exported(whose=Whose.ONE, reviewer="Ben").claim.verdict is Verdict.VERIFIED
    assert [each.reviewer for each in exported(whose=Whose.ALL).opinions] == ["Ada", "Ben"]


def test_an_adjudicated_export_holds_what_was_agreed_or_settled_and_tells_what_it_leaves_out(bench, tmp_path):
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.UNVERIFIED, note="neither"))
    lonely = bench.claims(bench.report)[0].id
    bench.run(mark_claim, lonely, Verdict.VERIFIED)
    wanted = ExportOptions(whose=Whose.ADJUDICATED)
    exported = export_project(bench.project, "csv", tmp_path / "out.csv", wanted)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["claim_id"]: row for row in csv.DictReader(file)}
    assert rows[bench.second]["verdict"] == "disputed"
    assert (rows[bench.third]["verdict"], rows[bench.third]["note"]) == ("unverified", "neither")
    assert [rows[claim]["verdict"] for claim in (bench.first, bench.other, lonely)] == ["", "", ""]
    told = [(loss.what, loss.because) for loss in exported.losses]
    assert ("the verdicts on 2 claims", "Reviewers disagree, and it is not settled.") in told
    assert ("the verdicts on 1 claim", "Only one reviewer judged each of them.") in told
    about = json.loads((tmp_path / "out.csv.about.json").read_text())
    assert "two or more reviewers gave alike" in about["options"]["verdicts"]
    with pytest.raises(FactdeskError, match="cannot honour"):
        export_project(bench.project, "jsonl", tmp_path / "out.jsonl", wanted)
    with bench.project.reader() as reader:
        dataset = Dataset(reader, wanted)
        assert [cluster.judgement.verdict for cluster in dataset.clusters] == [None]
        few = Dataset(reader, ExportOptions(whose=Whose.ADJUDICATED, decisions_only=True))
        assert {bench.second, bench.third} <= set(few.claims)
        assert lonely not in few.claims


def test_a_note_on_a_settled_verdict_is_no_opinion(bench):
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.DISPUTED))
    bench.run(set_note, bench.third, "as we agreed on the phone")
    said = opinions_about(bench.reader, [bench.third])[bench.third]
    assert [(each.reviewer, each.judgement.verdict) for each in said] == [
        ("Ada", Verdict.UNVERIFIED),
        ("Ben", Verdict.VERIFIED),
    ]
    assert queue(bench) == [(bench.first, (bench.other,))]
    bench.run(mark_claim, bench.third, Verdict.VERIFIED)
    assert queue(bench) == [(bench.first, (bench.other,))], "now Ada and Ben agree"
    assert {each.judgement.verdict for each in opinions_about(bench.reader, [bench.third])[bench.third]} == {
        Verdict.VERIFIED
    }


def test_an_older_opinion_that_comes_in_later_opens_the_question_again(bench, tmp_path):
    copy = hand_over(bench.project, tmp_path / "cy.factdesk", "Cy")
    with Project.open(copy.path) as cy:
        cy.run(mark_claim, bench.third, Verdict.DISPUTED)
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.VERIFIED), "Ben")
    assert (bench.third, ()) not in queue(bench)
    merge_file(bench.project, copy.path)
    assert (bench.third, ()) in queue(bench), "Cy's verdict was not known when it was settled"
    assert get_claim(bench.reader, bench.third).verdict is Verdict.VERIFIED, "what was in force stays so meanwhile"
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.VERIFIED), "Ben")
    assert (bench.third, ()) not in queue(bench)
    bench.run(undo)
    assert (bench.third, ()) in queue(bench)


def test_a_clock_that_was_set_back_does_not_keep_a_question_open(bench, monkeypatch):
    monkeypatch.setattr(transaction, "utc_now", lambda: "2001-01-01T00:00:00.000Z")
    bench.run(adjudicate, bench.case, bench.third, Judgement(Verdict.VERIFIED), "Ben")
    assert (bench.third, ()) not in queue(bench)


def test_ratings_and_marked_spans_are_what_each_reviewer_said(bench):
    bench.run(accept_claims, [bench.claims(bench.report)[0].id])
    ratings = {each.claim_id: each.verdicts for each in rated_claims(bench.reader, bench.case)}
    assert ratings[bench.second] == {"Ada": "disputed", "Ben": "disputed"}
    assert ratings[bench.third] == {"Ada": "unverified", "Ben": "verified"}
    found = agree(list(ratings.values()), "Ada", "Ben", LABELS)
    assert (found.count, found.observed) == (4, 0.25)
    spans = marked_spans(bench.reader, bench.case)
    assert set(spans) == {"Ada", "Ben"}
    assert len(spans["Ada"][bench.bridge]) == 3
    assert len(spans["Ben"][bench.bridge]) == 4
    assert bench.report not in spans["Ben"]
    assert span_agreement("Ada", "Ben", spans).exact == 4
