"""What reading articles again changed."""

from dataclasses import replace

import pytest

from builders import BRIDGE, MODEL, Bench, analysis_of
from factdesk.model.claims import Verdict
from factdesk.model.spans import Span
from factdesk.ops.claims import mark_claim
from factdesk.ops.suggestions import store_analysis
from factdesk.store.analysis_runs import MarkChange, MarkChanges
from factdesk.store.reading_changes import fold, reading_changes

NEWER = replace(MODEL, version="2.0")


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path / "bridge.factdesk")
    yield bench
    bench.close()


def read(bench, *, scores, drop=0, model=NEWER):
    found = analysis_of(bench.bridge, BRIDGE, scores=scores, model=model)
    bench.run(store_analysis, replace(found, claims=found.claims[drop:]))


def mark(name, before=None, after=None):
    return MarkChange(name, Span(0, 4), "text", before or {}, after or {})


def by_id(change):
    return change.id


def test_the_first_reading_changes_nothing(bench):
    assert reading_changes(bench.reader, bench.case) == []


def test_a_newer_model_tells_what_it_changed(bench):
    read(bench, scores=(0.9, 0.4, 0.7), drop=1)
    (changes,) = reading_changes(bench.reader, bench.case)
    assert (changes.label, changes.before.version, changes.after.version) == ("The Daily", "1.0", "2.0")
    assert [one.quote for one in changes.claims.gone] == ["The bridge at Ostrava fell on Monday."]
    assert [(one.before, one.after) for one in changes.claims.rescored] == [({"score": 0.8}, {"score": 0.4})]
    assert reading_changes(bench.reader, bench.case, {bench.again}) == []


def test_two_runs_of_one_reading_are_told_together(bench):
    read(bench, scores=(0.9, 0.4, 0.7), drop=1)
    read(bench, scores=(0.9, 0.5, 0.7))
    (changes,) = reading_changes(bench.reader, bench.case)
    assert changes.claims.gone == changes.claims.new == ()
    assert [(one.before, one.after) for one in changes.claims.rescored] == [({"score": 0.8}, {"score": 0.5})]


def test_what_a_person_decided_stays_and_is_told(bench):
    claim = bench.claims()[0]
    bench.run(mark_claim, claim.id, Verdict.VERIFIED)
    read(bench, scores=(0.9, 0.8, 0.7), drop=1)
    (changes,) = reading_changes(bench.reader, bench.case)
    assert [one.id for one in changes.claims.kept] == [claim.id]
    assert bench.claims()[0].verdict is Verdict.VERIFIED


def test_what_came_and_went_again_is_no_change():
    runs = [MarkChanges(new=(mark("a"),), gone=(mark("b"),)), MarkChanges(new=(mark("b"),), gone=(mark("a"),))]
    assert not fold(runs, by_id)
    scores = [
        MarkChanges(rescored=(mark("c", {"score": 0.2}, {"score": 0.6}),)),
        MarkChanges(rescored=(mark("c", {"score": 0.6}, {"score": 0.2}),)),
    ]
    assert not fold(scores, by_id)
