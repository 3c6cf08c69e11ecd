"""Undo, redo and the journal."""

import sqlite3
from contextlib import closing
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import BRIDGE, Bench, analysis_of, new_article
from factdesk.errors import FactdeskError
from factdesk.model.articles import ArticleMeta
from factdesk.model.claims import ClaimKind, Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate
from factdesk.model.spans import Span
from factdesk.model.versions import MarkKind
from factdesk.ops import articles, cases, claims, evidence, gate, links, mentions, versions
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
CONTENT = {"articles"}  # rows that stay when their import is undone


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


# -- any sequence of operations ----------------------------------------------------------------------------------------

spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
pick = st.integers(0, 1000)


def _step(name, *arguments):
    return st.tuples(st.just(name), *arguments)


steps = st.one_of(
    _step("mark", pick, st.sampled_from([*Verdict, None])),
    _step("mark all", st.sampled_from([*Verdict, None])),
    _step("note", pick, st.text("ab", max_size=3)),
    _step("confidence", pick, st.one_of(st.none(), st.integers(0, 100))),
    _step("status", pick, st.sampled_from(["accept_claims", "refuse_claims", "restore_claims"])),
    _step("new claim", pick, spans, st.sampled_from(ClaimKind)),
    _step("move claim", pick, spans),
    _step("normalised", pick, st.text("xy", max_size=2)),
    _step("reason", pick, st.sampled_from([*Reason, None])),
    _step("kind", pick, st.sampled_from(ClaimKind)),
    _step("claimant", pick, st.text("cd", max_size=2)),
    _step("edit evidence", pick, st.sampled_from(Stance)),
    _step("accept links"),
    _step("move mention", pick, spans),
    _step("rename case", st.sampled_from(["p", "q"])),
    _step("passage", pick, pick, spans, st.sampled_from(Stance)),
    _step("source", pick, st.text("n", min_size=1, max_size=2)),
    _step("remove evidence", pick),
    _step("link", pick, pick, st.sampled_from(Relation)),
    _step("refuse links"),
    _step("new mention", pick, spans, st.sampled_from(["ORG", "GPE", "DATE"])),
    _step("relabel", pick, st.sampled_from(["ORG", "GPE", "DATE"])),
    _step("refuse mention", pick),
    _step("merge", pick, pick),
    _step("split", pick, st.sampled_from(["One", "Two"])),
    _step("retype", pick, st.sampled_from(["ORG", "GPE"])),
    _step("rename", pick, st.sampled_from(["Anna", "Berta"])),
    _step("import", st.sampled_from(["New text here.", "Another text."])),
    _step("remove article", pick),
    _step("move article", pick, st.integers(0, 4)),
    _step("meta", pick, st.sampled_from(["A", "B"])),
    _step("case", st.sampled_from(["x", "y"])),
    _step("new version", pick, st.sampled_from(["Yes. ", "No 🌊. "]), st.booleans()),
    _step("put back", pick, spans),
    _step("looked at", pick),
    _step("mark occurrences", pick),
    _step("gate", st.integers(0, 1)),
    _step("machine", pick),
    _step("undo"),
    _step("redo"),
)


class Player:
    """Plays steps on a bench; steps that a rule of the subject refuses are skipped."""

    def __init__(self, bench):
        self.bench = bench

    def ids(self, table, column="id"):
        rows = self.bench.reader.rows(f"SELECT {column} FROM {table} ORDER BY {column}")
        return [row[0] for row in rows]

    def one(self, table, number, column="id"):
        ids = self.ids(table, column)
        return ids[number % len(ids)] if ids else None

    def play(self, step):
        name, *rest = step
        operation = self.operation(name, rest)
        try:
            if operation is not None and None not in operation[1:2]:
                self.bench.run(*operation)
        except FactdeskError:
            pass

    def operation(self, name, rest):
        bench, one, ids = self.bench, self.one, self.ids
        article, claim, mention, entity = (
            partial(one, table) for table in ("articles", "claims", "mentions", "entities")
        )
        member = partial(one, "case_articles", column="article_id")
        table = {
            "mark": lambda n, verdict: (claims.mark_claim, claim(n), verdict),
            "mark all": lambda verdict: (claims.mark_claims, ids("claims"), verdict),
            "note": lambda n, note: (claims.set_note, claim(n), note),
            "confidence": lambda n, value: (claims.set_confidence, claim(n), value),
            "status": lambda n, what: (getattr(claims, what), [claim(n)]),
            "new claim": lambda n, span, kind: (claims.add_claim, article(n), span, kind),
            "move claim": lambda n, span: (claims.move_claim, claim(n), span),
            "normalised": lambda n, text: (claims.set_normalised, claim(n), text),
            "reason": lambda n, reason: (claims.set_reason, claim(n), reason),
            "kind": lambda n, kind: (claims.set_claim_kind, claim(n), kind),
            "claimant": lambda n, name: (claims.set_claimant, claim(n), name),
            "edit evidence": lambda n, stance: (evidence.edit_evidence, one("evidence", n), stance),
            "accept links": lambda: (links.accept_links, ids("links")),
            "move mention": lambda n, span: (mentions.move_mention, mention(n), span),
            "rename case": lambda text: (cases.rename_case, bench.case, text),
            "passage": lambda n, m, span, stance: (evidence.add_passage, claim(n), article(m), span, stance),
            "source": lambda n, note: (
                evidence.add_source, claim(n), EvidenceKind.NOTE, Stance.CONTEXT, "", "", note,
            ),
            "remove evidence": lambda n: (evidence.remove_evidence, one("evidence", n)),
            "link": lambda n, m, relation: (links.add_link, claim(n), claim(m), relation),
            "refuse links": lambda: (links.refuse_links, ids("links")),
            "new mention": lambda n, span, label: (mentions.add_mention, article(n), span, label),
            "relabel": lambda n, label: (mentions.relabel_mention, mention(n), label),
            "refuse mention": lambda n: (mentions.refuse_mentions, [mention(n)]),
            "merge": lambda n, m: (mentions.merge_entities, entity(n), [entity(m)]),
            "split": lambda n, text: (mentions.split_mentions, [mention(n)], text),
            "retype": lambda n, label: (mentions.retype_entity, entity(n), label),
            "rename": lambda n, text: (mentions.rename_entity, entity(n), text),
            "import": lambda text: (articles.add_article, bench.case, new_article(text)),
            "remove article": lambda n: (articles.remove_article, bench.case, member(n)),
            "move article": lambda n, place: (articles.move_article, bench.case, member(n), place),
            "meta": lambda n, title: (articles.edit_article, article(n), ArticleMeta(title=title)),
            "case": lambda text: (cases.create_case, text),
            "new version": lambda n, head, cut: (
                versions.replace_article, bench.case, member(n), self.version(member(n), head, cut=cut),
            ),
            "put back": lambda n, span: (versions.reattach, claim(n), span),
            "looked at": lambda n: (versions.settle_anchor, MarkKind.CLAIM, claim(n)),
            "mark occurrences": lambda n: (mentions.mark_all_occurrences, bench.case, entity(n)),
            "gate": lambda count: (gate.save_gate, EvidenceGate(verified_origins=count)),
            "machine": lambda n: (store_analysis, self.analysis(article(n), n)),
            "undo": lambda: (undo,),
            "redo": lambda: (redo,),
        }  # fmt: skip
        return table[name](*rest)

    def version(self, article, head, *, cut):
        """A newer text of an article: something before it, and perhaps without its last words."""
        text = self.bench.reader.value("SELECT text FROM articles WHERE id = ?", (article,)) or "None"
        return new_article(head + (text.rpartition(". ")[0] or text if cut else text))

    def analysis(self, article, number):
        """A run that finds this or that."""
        text = self.bench.reader.value("SELECT text FROM articles WHERE id = ?", (article,))
        word = text.split()[number % 3].strip(".,")
        return analysis_of(article, text, words=[(word, "ORG", word)], scores=[0.5] * (1 + number % 3))


def undo_all(bench):
    while undo_title(bench.reader):
        bench.run(undo)


def redo_all(bench):
    while redo_title(bench.reader):
        bench.run(redo)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(played=st.lists(steps, min_size=1, max_size=25))
def test_any_steps_undone_and_redone_come_back(tmp_path_factory, played):
    bench = Bench(tmp_path_factory.mktemp("play") / "case.factdesk")
    player = Player(bench)
    try:
        machine_free = all(step[0] != "machine" for step in played)
        while undo_title(bench.reader):  # the history starts with the steps that are played
            bench.run(undo)
        first = state(bench.path, without=CONTENT)
        redo_all(bench)
        for step in played:
            player.play(step)
        redo_all(bench)
        last = state(bench.path)
        assert check_project(bench.reader) == []
        undo_all(bench)
        if machine_free:
            assert state(bench.path, without=CONTENT) == first
        middle = state(bench.path)
        assert check_project(bench.reader) == []
        bench.reopen()
        assert state(bench.path) == middle
        redo_all(bench)
        assert state(bench.path) == last
        assert check_project(bench.reader) == []
    finally:
        bench.close()
