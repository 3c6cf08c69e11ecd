"""The evidence gate holds verdicts back only when a project asks for it, and says what is missing."""

import pytest

from factdesk.errors import FactdeskError, GateError
from factdesk.exchange.attachments import attachment_of
from factdesk.model.claims import Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate, TimeGuard
from factdesk.model.spans import Span
from factdesk.ops.claims import mark_claim, mark_claims
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.gate import save_gate, save_time_guard
from factdesk.ops.history import redo, undo
from factdesk.ops.settings import set_project_setting
from factdesk.store.claims import get_claim
from factdesk.store.gate import GATE, load_gate, load_time_guard, missing_for, supporting_origins

TWO = EvidenceGate(verified_origins=2)


@pytest.fixture
def claim(bench):
    return bench.claims()[0].id


def passage(bench, claim, article, stance=Stance.SUPPORTS, start=0):
    return bench.run(add_passage, claim, article, Span(start, start + 8), stance)


def source(bench, claim, stance=Stance.SUPPORTS, kind=EvidenceKind.URL, **what):
    return bench.run(add_source, claim, kind, stance, **what)


def missing(bench, claim, verdict=Verdict.VERIFIED, **more):
    return missing_for(bench.reader, bench.case, claim, verdict, **more)


def put_origin(tx, case, *articles):
    for article in articles:
        row = {"case_id": case, "article_id": article, "origin": "wire", "share": 0.9, "made_at": tx.now}
        tx.put("origins", row)
    return tx.changes()


def test_gate_is_off_by_default(bench, claim):
    assert load_gate(bench.reader) == EvidenceGate()
    assert not load_gate(bench.reader).is_on
    assert load_gate(bench.reader).rules == ()
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    assert get_claim(bench.reader, claim).verdict is Verdict.VERIFIED


def test_gate_is_a_setting_of_the_project_that_can_be_undone(bench):
    changes = bench.run(save_gate, TWO)
    assert changes.settings == {GATE}
    assert changes.title == "Evidence gate: verified needs 2 independent origins"
    bench.reopen()
    assert load_gate(bench.reader) == TWO
    bench.run(save_gate, EvidenceGate(disputed_evidence=1, need_quote=True, need_note=True))
    bench.run(undo)
    assert load_gate(bench.reader) == TWO
    bench.run(undo)
    assert not load_gate(bench.reader).is_on
    bench.run(redo)
    bench.run(save_gate, EvidenceGate())
    assert not load_gate(bench.reader).is_on


def test_gate_tells_its_rules_in_words():
    assert EvidenceGate(1, 1, need_quote=True, need_note=True).rules == (
        "verified needs 1 independent origin",
        "disputed needs 1 piece of evidence",
        "evidence needs a quotation",
        "a verdict needs a note",
    )
    with pytest.raises(ValueError, match="negative"):
        EvidenceGate(-1)


def test_verdict_without_its_evidence_is_refused_and_names_what_is_missing(bench, claim):
    bench.run(save_gate, TWO)
    with pytest.raises(GateError, match="needs supporting evidence of 2 independent origins") as caught:
        bench.run(mark_claim, claim, Verdict.VERIFIED)
    assert caught.value.missing == ("supporting evidence of 2 independent origins",)
    assert isinstance(caught.value, FactdeskError)
    passage(bench, claim, bench.bridge)
    passage(bench, claim, bench.bridge, start=10)
    assert missing(bench, claim) == ["supporting evidence of 1 more independent origin"]
    passage(bench, claim, bench.again, Stance.REFUTES)
    assert missing(bench, claim) == ["supporting evidence of 1 more independent origin"]
    passage(bench, claim, bench.report)
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    assert get_claim(bench.reader, claim).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("verdict", [None, Verdict.UNVERIFIED])
def test_unverified_and_clearing_are_always_possible(bench, claim, verdict):
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    bench.run(save_gate, EvidenceGate(3, 3, need_quote=True, need_note=True))
    bench.run(mark_claim, claim, verdict)
    assert get_claim(bench.reader, claim).verdict is verdict
    assert missing(bench, claim, verdict) == []


def test_articles_of_one_origin_count_once(bench, claim):
    bench.run(save_gate, TWO)
    passage(bench, claim, bench.again)
    passage(bench, claim, bench.report)
    assert missing(bench, claim) == []
    bench.run(put_origin, bench.case, bench.again, bench.report)
    assert missing(bench, claim) == ["supporting evidence of 1 more independent origin"]
    assert supporting_origins(bench.reader, bench.case, claim) == 1


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ({"url": "https://www.example.org/a"}, {"url": "http://example.org/b?c"}, 1),
        ({"url": "https://example.org/a"}, {"url": "example.net/a"}, 2),
        ({"url": "https://a.example/1", "source": "Wire"}, {"url": "https://b.example/1", "source": "wire"}, 1),
        ({"quote": "so", "kind": EvidenceKind.NOTE}, {"quote": "and so", "kind": EvidenceKind.NOTE}, 2),
        ({"note": "I think so", "kind": EvidenceKind.NOTE}, {"note": "Sure", "kind": EvidenceKind.NOTE}, 0),
        ({"attachment": attachment_of(b"x", "a")}, {"attachment": attachment_of(b"x", "b")}, 1),
    ],
    ids=["one site", "two sites", "one source", "two quotations", "bare notes", "one file"],
)
def test_outside_sources_count_as_origins(bench, claim, one, other, count):
    source(bench, claim, **one)
    source(bench, claim, **other)
    assert supporting_origins(bench.reader, bench.case, claim) == count


def test_disputed_needs_evidence_against_the_claim_or_its_context(bench, claim):
    bench.run(save_gate, EvidenceGate(disputed_evidence=2))
    passage(bench, claim, bench.again)
    source(bench, claim, Stance.CONTEXT, url="https://example.org")
    assert missing(bench, claim, Verdict.DISPUTED) == ["1 more piece of evidence that refutes it or gives its context"]
    passage(bench, claim, bench.again, Stance.REFUTES, start=10)
    bench.run(mark_claim, claim, Verdict.DISPUTED)


def test_evidence_without_a_quotation_does_not_count_where_one_is_demanded(bench, claim):
    bench.run(save_gate, EvidenceGate(verified_origins=1, need_quote=True))
    source(bench, claim, url="https://example.org")
    assert missing(bench, claim) == ["supporting evidence of 1 independent origin (1 without a quotation left out)"]
    bench.run(save_gate, EvidenceGate(need_quote=True))
    assert missing(bench, claim) == ["a piece of evidence with a quotation"]
    source(bench, claim, url="https://example.org", quote="It fell.")
    assert missing(bench, claim) == []
    assert missing(bench, claim, Verdict.DISPUTED) == ["a piece of evidence with a quotation"]


def test_note_may_come_with_the_verdict(bench, claim):
    bench.run(save_gate, EvidenceGate(need_note=True))
    assert missing(bench, claim) == ["a note"]
    assert missing(bench, claim, note="seen") == []
    bench.run(mark_claim, claim, Verdict.VERIFIED, note="seen on page 2")
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    with pytest.raises(GateError, match="a note"):
        bench.run(mark_claim, claim, Verdict.VERIFIED, note="  ")


def test_several_claims_are_marked_all_or_none(bench):
    one, two, three = (claim.id for claim in bench.claims()[:3])
    bench.run(save_gate, EvidenceGate(verified_origins=1, need_note=True))
    passage(bench, one, bench.again)
    with pytest.raises(GateError, match="3 of 3 claims cannot be marked verified yet, so none was") as caught:
        bench.run(mark_claims, [one, two, three], Verdict.VERIFIED)
    assert "The bridge at Ostrava" in caught.value.message
    assert set(caught.value.missing) == {"a note", "supporting evidence of 1 independent origin"}
    assert [get_claim(bench.reader, id_).verdict for id_ in (one, two, three)] == [None] * 3
    bench.run(mark_claims, [one, two, three], Verdict.UNVERIFIED)


def test_setting_that_is_not_understood_counts_as_not_set(bench):
    stored = {"verified_origins": "2", "need_note": True, "of a later version": 1, "disputed_evidence": -1}
    bench.run(set_project_setting, GATE, stored)
    assert load_gate(bench.reader) == EvidenceGate(need_note=True)
    bench.run(set_project_setting, GATE, [1])
    assert load_gate(bench.reader) == EvidenceGate()


def test_how_old_evidence_may_be_is_a_setting_too(bench):
    assert load_time_guard(bench.reader).stale_days == 365
    bench.run(save_time_guard, TimeGuard(0))
    assert load_time_guard(bench.reader).stale_days == 0
    bench.run(undo)
    assert load_time_guard(bench.reader).stale_days == 365
