"""Figures of the board and of clusters from links: python tests/benchmarks/bench_board.py.

Makes cases of 12 articles with 300 clusters, of 6 articles with 2,000, and one of 200 articles with more than 20,000
links, then times what the board asks. Not a test: run it when a query or the grouping changes.
"""

import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).parent))

from bench_store import make, report, timed

from builders import MODEL, new_article
from factdesk.model.analysis import Analysis, FoundClaim
from factdesk.model.claims import ClaimKind, Verdict
from factdesk.model.ids import link_id
from factdesk.model.spans import Span
from factdesk.model.values import Value, ValueKind
from factdesk.ops.articles import add_article
from factdesk.ops.cluster_suggestions import store_clusters
from factdesk.ops.clusters import accept_cluster, mark_cluster
from factdesk.ops.history import undo
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store import board_cells
from factdesk.store.board import BoardFilter, BoardOrder, board
from factdesk.store.cases import list_cases
from factdesk.store.cluster_plan import plan_clusters
from factdesk.store.clusters import cluster_of
from factdesk.store.strip import value_strip

RELATIONS = ("same", "same", "differs", "conflicts")


def told(rng, article, count):
    """A text that states some numbers, and its claims."""
    parts, claims, at = [], [], 0
    for fact in range(count):
        number = rng.choice([12, 12, 12, 15])
        text = f"In street {fact} of town {article} about {number} people were hurt in the storm on Monday."
        start = at + text.index(f"{number} people")
        value = Value(ValueKind.NUMBER, Span(start, start + 2), str(number), "person", number, number)
        who = rng.choice(["", "the police"])
        claims.append(
            FoundClaim(Span(at, at + len(text)), rng.random(), ClaimKind.EVENT, claimant=who, values=(value,))
        )
        parts.append(text)
        at += len(text) + 1
    return " ".join(parts), tuple(claims)


def group(tx, case):
    """The same fact of all articles as one cluster, with differences and conflicts in nearly every row: the worst case."""
    rng = random.Random(2)
    facts = {}
    rows = tx.rows(
        "SELECT id, row_number() OVER (PARTITION BY article_id ORDER BY start) AS fact FROM claims ORDER BY id"
    )
    for claim, fact in map(tuple, rows):
        facts.setdefault(fact, []).append(claim)
    for fact, claims in facts.items():
        tx.execute(
            "INSERT INTO clusters (id, case_id, lead, made_at) VALUES (?, ?, ?, 't')", (f"k{fact}", case, claims[0])
        )
        tx.executemany(
            "INSERT INTO cluster_claims (id, cluster_id, claim_id, relation, status, made_at) "
            "VALUES (?, ?, ?, ?, 'suggested', 't')",
            [(f"p{c}", f"k{fact}", c, "same" if c == claims[0] else rng.choice(RELATIONS)) for c in claims],
        )


def boards(folder, articles, facts):
    """A board of this size."""
    rng = random.Random(1)
    with Project.create(folder / f"board{facts}.factdesk", reviewer="Bench") as project, project.reader() as reader:
        case = list_cases(reader)[0].id
        for number in range(articles):
            text, claims = told(rng, number, facts)
            article = project.run(add_article, case, new_article(text, publisher=f"Paper {number}")).created
            project.run(store_analysis, Analysis(article, MODEL, claims=claims, language="en"))
        project.run(group, case)
        size = f"{facts:,} x {articles}"

        def first_board():
            board_cells._differences.cache_clear()
            return board(reader, BoardFilter(case))

        timed(f"board {size}, first time", first_board)
        rows = timed(f"board {size}, again", lambda: board(reader, BoardFilter(case))).rows
        timed(f"board {size}, only conflicts", lambda: board(reader, BoardFilter(case, only_conflicts=True)))
        timed(f"board {size}, search", lambda: board(reader, BoardFilter(case, search="street 7"), BoardOrder.TEXT))
        claim = rows[0].lead_claim_id
        timed("cluster_of", lambda: cluster_of(reader, case, claim), times=50)
        timed("value_strip", lambda: value_strip(reader, case, claim), times=20)
        project.run(accept_cluster, [rows[0].cluster_id])
        verdicts = iter([Verdict.VERIFIED, Verdict.DISPUTED] * 20)
        timed(
            f"mark_cluster of {articles} claims (durable)",
            lambda: project.run(mark_cluster, case, claim, next(verdicts)),
            times=20,
        )
        timed("undo of it (durable)", lambda: project.run(undo), times=10)


def link(tx):
    """Links in groups of eight claims that are alike, of any relation and strength."""
    rng = random.Random(3)
    tx.execute("DELETE FROM links")
    claims = [tuple(row) for row in tx.rows("SELECT id, article_id FROM claims WHERE status <> 'refused' ORDER BY id")]
    rng.shuffle(claims)
    rows = {}
    for first in range(0, len(claims) - 8, 8):
        group = claims[first : first + 8]
        for n, (a, article) in enumerate(group):
            for b, other in group[:n]:
                if article != other:
                    name = link_id(a, b)
                    rows[name] = (name, *sorted((a, b)), rng.choice(RELATIONS[1:]), rng.random())
    tx.executemany(
        "INSERT INTO links (id, claim_a, claim_b, relation, score, status, made_at) VALUES (?, ?, ?, ?, ?, 'suggested', 't')",
        list(rows.values()),
    )
    report(f"{len(rows):,} links between {len(claims):,} claims")


def clusters(folder):
    """Clusters from very many links."""
    path = folder / "links.factdesk"
    make(path, 200, 40)
    with Project.open(path, reviewer="Bench") as project, project.reader() as reader:
        case = list_cases(reader)[0].id
        project.run(link)
        plan = timed("plan_clusters (no lock)", lambda: plan_clusters(reader, case), times=3)
        timed("store_clusters of the plan, first time", lambda: project.run(store_clusters, case, plan), times=1)
        plan = plan_clusters(reader, case)
        timed("store_clusters of the plan, nothing new", lambda: project.run(store_clusters, case, plan), times=1)
        timed(f"board of {len(plan.clusters):,} clusters x 200", lambda: board(reader, BoardFilter(case)), times=3)


def main():
    """All of it."""
    with tempfile.TemporaryDirectory() as folder:
        boards(Path(folder), 12, 300)
        boards(Path(folder), 6, 2000)
        clusters(Path(folder))


if __name__ == "__main__":
    main()
