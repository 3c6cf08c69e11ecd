"""Undo, redo and the journal; any sequence of steps is in test_every_operation."""

import sqlite3
from contextlib import closing

import pytest

from builders import BRIDGE, analysis_of
from factdesk.errors import FactdeskError
from factdesk.model.claims import Verdict
from factdesk.model.evidence import Stance
from factdesk.model.spans import Span
from factdesk.ops import claims, evidence
from factdesk.ops.history import redo, redo_title, undo, undo_title
from factdesk.ops.suggestions import store_analysis
from factdesk.store import transaction
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim, history_of
from factdesk.store.journal import Journal, RowChange

STATE = {
    "cases": "id", "case_articles": "case_id, article_id", "articles": "id", "claims": "id", "entities": "id",
    "mentions": "id", "evidence": "id", "links": "id", "settings": "name",
}  # fmt: skip


def state(path, *, without=()):
    """Everything that operations write, as plain rows."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
            for table, order in STATE.items()
            if table not in without
        }


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""

    class Clock:
        seconds = 0

        def now(self):
            return f"2026-03-18T09:{self.seconds // 60:02}:{self.seconds % 60:02}.000Z"

    clock = Clock()
    monkeypatch.setattr(transaction, "utc_now", clock.now)
    return clock


def test_nothing_to_undo_says_so(tmp_path, bench):
    for _ in range(3):
        bench.run(undo)
    assert bench.run(undo).title == "There is nothing to undo"
    assert undo_title(bench.reader) == ""
    for _ in range(3):
        bench.run(redo)
    assert bench.run(redo).title == "There is nothing to redo"
    assert redo_title(bench.reader) == ""


def test_titles_name_the_next_step(bench):
    claim = bench.claims()[0].id
    bench.run(claims.mark_claim, claim, Verdict.VERIFIED)
    title = undo_title(bench.reader)
    assert title.startswith("Mark verified")
    assert bench.run(undo).title == f"Undone: {title}"
    assert redo_title(bench.reader) == title
    assert bench.run(redo).title == f"Redone: {title}"


def test_undo_is_a_decision_of_its_own(bench):
    claim = bench.claims()[0].id
    bench.run(claims.mark_claim, claim, Verdict.VERIFIED, note="sure")
    bench.run(undo)
    bench.run(redo)
    history = history_of(bench.reader, claim)
    assert [(entry.cause, entry.judgement.verdict, entry.judgement.note) for entry in history] == [
        ("redo", Verdict.VERIFIED, "sure"),
        ("undo", None, ""),
        ("do", Verdict.VERIFIED, "sure"),
    ]


def test_decisions_cannot_be_rewritten(bench):
    bench.run(claims.mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    for sql in ("UPDATE decisions SET verdict = 'disputed'", "DELETE FROM decisions"):
        with pytest.raises(FactdeskError, match="only ever added"):
            bench.run(lambda tx, sql=sql: tx.execute(sql))


def test_new_step_drops_what_was_undone(bench):
    one, two = (claim.id for claim in bench.claims()[:2])
    bench.run(claims.mark_claim, one, Verdict.VERIFIED)
    bench.run(undo)
    bench.run(claims.mark_claim, two, Verdict.VERIFIED)
    assert redo_title(bench.reader) == ""
    bench.run(undo)
    bench.run(undo)
    assert undo_title(bench.reader).startswith("Import")


def test_history_survives_a_restart(bench):
    claim = bench.claims()[0].id
    bench.run(claims.mark_claim, claim, Verdict.VERIFIED)
    bench.run(claims.set_confidence, claim, 70)
    bench.run(undo)
    bench.reopen()
    assert redo_title(bench.reader) == "Confidence 70 %"
    bench.run(redo)
    bench.run(undo)
    bench.run(undo)
    assert get_claim(bench.reader, claim).verdict is None


def test_typing_is_one_step(bench, clock):
    claim = bench.claims()[0].id
    bench.run(claims.mark_claim, claim, Verdict.VERIFIED)
    for length in range(1, 6):
        clock.seconds += 20
        bench.run(claims.set_note, claim, "hello"[:length])
    assert history_of(bench.reader, claim)[0].judgement.note == "hello"
    assert len(history_of(bench.reader, claim)) == 2
    bench.run(undo)
    assert get_claim(bench.reader, claim).judgement.note == ""
    bench.run(redo)
    assert get_claim(bench.reader, claim).judgement.note == "hello"


def test_typing_after_a_pause_is_another_step(bench, clock):
    claim = bench.claims()[0].id
    bench.run(claims.set_note, claim, "one")
    clock.seconds = 31
    bench.run(claims.set_note, claim, "one two")
    bench.run(undo)
    assert get_claim(bench.reader, claim).judgement.note == "one"


def test_typing_elsewhere_or_after_another_step_is_another_step(bench, clock):
    one, two = (claim.id for claim in bench.claims()[:2])
    bench.run(claims.set_note, one, "a")
    bench.run(claims.set_note, two, "b")
    bench.run(claims.set_note, one, "ab")
    bench.run(undo)
    assert get_claim(bench.reader, one).judgement.note == "a"
    bench.run(claims.set_note, one, "ac")
    bench.run(undo)
    assert get_claim(bench.reader, one).judgement.note == "a"


def test_typing_in_another_sitting_is_another_step(bench, clock):
    claim = bench.claims()[0].id
    bench.run(claims.set_note, claim, "a")
    bench.reopen()
    bench.run(claims.set_note, claim, "ab")
    bench.run(undo)
    assert get_claim(bench.reader, claim).judgement.note == "a"


def test_typing_that_comes_back_is_no_step(bench, clock):
    before = undo_title(bench.reader)
    claim = bench.claims()[0].id
    bench.run(claims.set_note, claim, "a")
    bench.run(claims.set_note, claim, "")
    assert undo_title(bench.reader) == before
    assert check_project(bench.reader) == []


def test_step_that_fails_leaves_nothing(bench):
    before = state(bench.path)
    steps = bench.reader.value("SELECT count(*) FROM operations")
    claim = bench.claims()[0].id

    def fails(tx):
        tx.record("Half a step")
        tx.update("claims", claim, note="x")
        raise KeyError("half-way")

    with pytest.raises(KeyError):
        bench.run(fails)
    assert state(bench.path) == before
    assert bench.reader.value("SELECT count(*) FROM operations") == steps


def test_step_without_a_title_is_a_bug(bench):
    claim = bench.claims()[0].id
    with pytest.raises(RuntimeError, match="without naming"):
        bench.run(lambda tx: tx.update("claims", claim, note="x"))


def test_machine_steps_are_listed_but_not_undone(bench):
    before = undo_title(bench.reader)
    bench.run(store_analysis, analysis_of(bench.bridge, BRIDGE))
    assert undo_title(bench.reader) == before
    row = bench.reader.one("SELECT * FROM activity WHERE cause = 'machine' ORDER BY seq DESC LIMIT 1")
    assert row["title"].startswith("Pre-annotate")


def test_undone_step_survives_a_new_run_of_the_machine(bench):
    claim = bench.claims()[0].id
    bench.run(evidence.add_passage, claim, bench.again, Span(0, 7), Stance.REFUTES)
    bench.run(undo)
    nothing = analysis_of(bench.bridge, BRIDGE, scores=[0.1])
    bench.run(store_analysis, nothing)  # finds the first claim only ...
    other = bench.claims()[0].id
    assert other == claim
    bench.run(redo)
    assert get_claim(bench.reader, claim).evidence_count == 1
    assert check_project(bench.reader) == []


def test_journal_keeps_the_net_effect_of_a_step():
    journal = Journal()
    journal.add(RowChange("claims", "a", {"note": ""}, {"note": "x"}))
    journal.add(RowChange("claims", "a", {"note": "x", "kind": "event"}, {"note": "y", "kind": "opinion"}))
    journal.add(RowChange("claims", "b", None, {"id": "b", "note": ""}))
    journal.add(RowChange("claims", "b", {"note": ""}, {"note": "z"}))
    journal.add(RowChange("claims", "c", None, {"id": "c"}))
    journal.add(RowChange("claims", "c", {"id": "c"}, None))
    journal.add(RowChange("claims", "d", {"note": "1"}, {"note": "2"}))
    journal.add(RowChange("claims", "d", {"id": "d", "note": "2"}, None))
    journal.add(RowChange("claims", "e", {"note": "1"}, {"note": "2"}))
    journal.add(RowChange("claims", "e", {"note": "2"}, {"note": "1"}))
    journal.add(RowChange("claims", "f", {"id": "f", "note": "1"}, None))
    journal.add(RowChange("claims", "f", None, {"id": "f", "note": "2"}))
    assert [(change.row_id, change.before, change.after) for change in journal.effective()] == [
        ("a", {"note": "", "kind": "event"}, {"note": "y", "kind": "opinion"}),
        ("b", None, {"id": "b", "note": "z"}),
        ("d", {"id": "d", "note": "1"}, None),
        ("f", {"id": "f", "note": "1"}, {"id": "f", "note": "2"}),
    ]
