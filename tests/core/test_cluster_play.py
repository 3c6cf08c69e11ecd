"""Any sequence of steps on clusters and origins, with runs of the machine between them, can be undone and done again."""

import sqlite3
from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import BRIDGE, BRIDGE_AGAIN, REPORT, Bench, analysis_of, sentence_spans
from factdesk.errors import FactdeskError
from factdesk.model.analysis import FoundLink, FoundOrigin
from factdesk.model.claims import Relation, Verdict
from factdesk.model.spans import Span
from factdesk.ops import claims, clusters, origins
from factdesk.ops.cluster_suggestions import store_clusters
from factdesk.ops.history import redo, redo_title, undo, undo_title
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.store.board import BoardFilter, board
from factdesk.store.check import check_project
from factdesk.store.clusters import contradictions

TABLES = ("claims", "links", "clusters", "cluster_claims", "absences", "origins")
TEXTS = (BRIDGE, BRIDGE_AGAIN, REPORT)

pick = st.integers(0, 50)
relation = st.sampled_from(Relation)
verdict = st.sampled_from([*Verdict, None])


def _step(name, *arguments):
    return st.tuples(st.just(name), *arguments)


steps = st.one_of(
    _step("link", pick, pick, relation),
    _step("link", pick, pick, relation),
    _step("unlink", pick),
    _step("mark cluster", pick, verdict),
    _step("mark cluster", pick, verdict),
    _step("mark clusters", pick, verdict),
    _step("mark claim", pick, verdict),
    _step("note", pick, st.text("ab", max_size=2)),
    _step("confidence", pick, st.integers(0, 100)),
    _step("claim status", pick, st.sampled_from(["accept_claims", "refuse_claims", "restore_claims"])),
    _step("new claim", pick, pick),
    _step("accept", pick),
    _step("refuse", pick),
    _step("accept all"),
    _step("relation", pick, relation),
    _step("lead", pick),
    _step("merge", pick, pick),
    _step("split", pick, pick),
    _step("ensure", pick),
    _step("normalised", pick, st.text("xy", max_size=2)),
    _step("absent", pick, pick),
    _step("not absent", pick, pick),
    _step("point", pick, pick, pick, relation),
    _step("join origin", pick, pick),
    _step("leave origin", pick),
    _step("machine links", st.lists(st.tuples(pick, pick, relation, st.floats(0.3, 1)), max_size=12)),
    _step("machine origins", st.lists(pick, max_size=3)),
    _step("machine claims", pick, st.integers(0, 3)),
    _step("undo"),
    _step("undo"),
    _step("redo"),
)


class Player:
    """Plays steps on a bench; those that a rule of the subject refuses are skipped."""

    def __init__(self, bench):
        self.bench = bench
        self.articles = (bench.bridge, bench.again, bench.report)

    def one(self, number, sql):
        ids = [row[0] for row in self.bench.reader.rows(sql)]
        if not ids:
            raise FactdeskError("There is none.")
        return ids[number % len(ids)]

    def claim(self, number):
        return self.one(number, "SELECT id FROM claims ORDER BY number")

    def member(self, number, what="id"):
        return self.one(number, f"SELECT {what} FROM cluster_claims ORDER BY rowid")

    def cluster(self, number):
        return self.one(number, "SELECT id FROM clusters ORDER BY rowid")

    def article(self, number):
        return self.articles[number % 3]

    def play(self, name, *rest):
        if name == "undo" and undo_title(self.bench.reader).startswith("Import"):
            return  # the articles stay
        try:
            work = self.work(name, rest)
            for operation in work if isinstance(work, list) else [work]:
                self.bench.run(*operation)
        except FactdeskError:
            pass
        assert check_project(self.bench.reader) == [], (name, rest)

    def work(self, name, rest):
        case, claim = self.bench.case, self.claim
        table = {
            "link": lambda n, m, r: (clusters.link_claims, case, claim(n), claim(m), r),
            "unlink": lambda n: (clusters.unlink_claim, case, claim(n)),
            "mark clusters": lambda n, v: (clusters.mark_clusters, [claim(n), claim(n + 1)], v, case),
            "mark cluster": lambda n, v: (clusters.mark_cluster, case, claim(n), v),
            "mark claim": lambda n, v: (claims.mark_claim, claim(n), v),
            "note": lambda n, note: (claims.set_note, claim(n), note),
            "confidence": lambda n, value: (claims.set_confidence, claim(n), value),
            "claim status": lambda n, what: (getattr(claims, what), [claim(n)]),
            "new claim": lambda n, m: (claims.add_claim, self.article(n), Span(m % 40, m % 40 + 9)),
            "accept": lambda n: (clusters.accept_members, [self.member(n)]),
            "refuse": lambda n: (clusters.refuse_members, [self.member(n), self.member(n + 1)]),
            "accept all": lambda: (clusters.accept_cluster, [self.cluster(0)]),
            "relation": lambda n, r: (clusters.set_relation, self.member(n), r),
            "lead": lambda n: (clusters.set_lead, self.member(n, "cluster_id"), self.member(n, "claim_id")),
            "merge": lambda n, m: (clusters.merge_clusters, self.cluster(n), [self.cluster(m)]),
            "split": self.split,
            "ensure": lambda n: (clusters.ensure_cluster, case, claim(n)),
            "normalised": lambda n, text: (clusters.set_normalised_claim, case, claim(n), text),
            "absent": lambda n, m: (clusters.confirm_absence, case, claim(n), self.article(m)),
            "not absent": lambda n, m: (clusters.withdraw_absence, case, claim(n), self.article(m)),
            "point": lambda n, m, at, r: (
                clusters.point_at, case, claim(n), self.article(m), Span(at % 40, at % 40 + 9), r,
            ),
            "join origin": lambda n, m: (origins.join_origin, case, [self.article(n), self.article(m)]),
            "leave origin": lambda n: (origins.leave_origin, case, self.article(n)),
            "machine links": self.machine_links,
            "machine origins": lambda numbers: (origins.store_origins, case, self.found_origins(numbers)),
            "machine claims": self.machine_claims,
            "undo": lambda: (undo,),
            "redo": lambda: (redo,),
        }  # fmt: skip
        return table[name](*rest)

    def split(self, n, m):
        cluster = self.member(n, "cluster_id")
        return (clusters.split_cluster, cluster, [self.member(n, "claim_id"), self.member(m, "claim_id")])

    def found_origins(self, numbers):
        articles = tuple(dict.fromkeys(self.article(n) for n in numbers))
        return [FoundOrigin(articles, (0.5,) * len(articles))] if len(articles) > 1 else []

    def machine_links(self, found):
        spans = [
            (article, span)
            for article, text in zip(self.articles, TEXTS, strict=True)
            for span in sentence_spans(text)
        ]  # fmt: skip
        links = []
        for n, m, kind, score in found:
            (a, one), (b, other) = spans[n % len(spans)], spans[m % len(spans)]
            if a != b:
                links.append(FoundLink(a, one, b, other, kind, score))
        return [(store_links, self.bench.case, links), (store_clusters, self.bench.case)]

    def machine_claims(self, n, count):
        article = self.article(n)
        text = TEXTS[n % 3]
        return (store_analysis, analysis_of(article, text, scores=[0.5] * max(1, count)))


def state(path):
    """Everything that these steps write."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES
        }  # fmt: skip


def redo_all(bench):
    while redo_title(bench.reader):
        bench.run(redo)
        assert check_project(bench.reader) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(played=st.lists(steps, min_size=1, max_size=25))
def test_any_steps_on_clusters_come_back(tmp_path_factory, played):
    bench = Bench(tmp_path_factory.mktemp("play") / "case.factdesk")
    try:
        player = Player(bench)
        first = state(bench.path)
        for step in played:
            player.play(*step)
        redo_all(bench)
        last = state(bench.path)
        assert len(board(bench.reader, BoardFilter(bench.case)).columns) == 3
        contradictions(bench.reader, bench.case)
        bench.reopen()
        while not undo_title(bench.reader).startswith("Import"):  # what was played; the articles stay
            bench.run(undo)
            assert check_project(bench.reader) == []
        if not any(step[0].startswith("machine") for step in played):
            assert state(bench.path) == first
        redo_all(bench)
        assert state(bench.path) == last
    finally:
        bench.close()
