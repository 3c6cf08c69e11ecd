"""Figures of a project of full size: python tests/benchmarks/bench_store.py [--full] [--keep FILE].

Makes a project of 1,000 articles (--full: 10,000) with 40 claims and 80 mentions each (once, if --keep names a file),
then times what the window does with it. Not a test: run it when a query or an index changes.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from builders import MODEL, analysis_of, new_article
from factdesk.model.claims import Verdict
from factdesk.model.ids import article_id, claim_id, link_id, mention_id, sha256
from factdesk.ops.articles import add_article
from factdesk.ops.claims import mark_claim, mark_claims
from factdesk.ops.history import undo
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store.articles import list_articles
from factdesk.store.cases import list_cases
from factdesk.store.claims import claim_marks, claims_by_ids, get_claim
from factdesk.store.mentions import list_entities
from factdesk.store.progress import case_progress, project_stats
from factdesk.store.queue import QueueFilter, QueueOrder, queue_ids
from factdesk.store.search import search_case

WORDS = [
    "the",
    "mayor",
    "of",
    "a",
    "town",
    "said",
    "that",
    "people",
    "bridge",
    "river",
    "army",
    "company",
    "market",
    "report",
    "number",
    "killed",
    "officials",
]
BATCH = 250


def sentence(rng):
    """About a hundred letters."""
    return " ".join(rng.choices(WORDS, k=14)).capitalize() + f" {rng.randrange(1000)}."


def fill(tx, case, first, count, claims):
    """Articles first..first+count with all their marks, as plain rows."""
    rng = random.Random(first)
    articles, originals, members, claim_rows, mention_rows = [], [], [], [], []
    for number in range(first, first + count):
        sentences = [sentence(rng) for _ in range(claims)]
        text = f"Article {number}. " + " ".join(sentences)
        digest = sha256(text.encode())
        name = article_id(text)
        articles.append((name, f"Article {number}", f"Paper {number % 40}", len(text), digest, digest, len(text), text))
        originals.append((name, zlib.compress(text.encode(), 1)))
        members.append((case, name, number * 1024))
        position = len(f"Article {number}. ")
        for quote in sentences:
            end = position + len(quote)
            decided = rng.random() < 0.2
            verdict = rng.choice(["verified", "disputed", "unverified"]) if decided else None
            status = "accepted" if decided else ("refused" if rng.random() < 0.05 else "suggested")
            claim_rows.append(
                (
                    claim_id(name, position, end),
                    name,
                    position,
                    end,
                    quote,
                    "event",
                    rng.random(),
                    status,
                    verdict,
                    "2026-01-01T00:00:00.000Z" if decided else None,
                    MODEL.name,
                )
            )
            for offset in (0, 12):
                span = (position + offset, position + offset + 5)
                mention_rows.append(
                    (
                        mention_id(name, *span, "ORG"),
                        name,
                        *span,
                        quote[offset : offset + 5],
                        "ORG",
                        f"e{hash(quote[offset : offset + 5]) % 3000}",
                        "suggested",
                    )
                )
            position = end + 1
    now = tx.now
    tx.executemany(
        "INSERT INTO articles (id, title, publisher, length, text_sha256, original_sha256, original_size, encoding, "
        f"media_type, imported_at, text) VALUES (?, ?, ?, ?, ?, ?, ?, 'utf-8', 'text/plain', '{now}', ?)",
        articles,
    )
    tx.executemany("INSERT INTO originals (article_id, zlib) VALUES (?, ?)", originals)
    tx.executemany("INSERT INTO case_articles (case_id, article_id, position) VALUES (?, ?, ?)", members)
    tx.executemany(
        'INSERT INTO claims (id, article_id, start, "end", quote, kind, score, status, verdict, decided_at, model, '
        f"made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{now}')",
        claim_rows,
    )
    tx.executemany(
        f"INSERT OR IGNORE INTO entities (id, name, label, made_at) VALUES (?, ?, 'ORG', '{now}')",
        [(row[6], row[6].upper()) for row in mention_rows],
    )
    tx.executemany(
        'INSERT INTO mentions (id, article_id, start, "end", quote, label, entity_id, status, made_at) '
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{now}')",
        mention_rows,
    )
    tx.executemany(
        "INSERT INTO analyses (article_id, model_name, model_version, spacy_version, factdesk_version, language, "
        f"analysed_at, sentences) VALUES (?, 'bench', '1', '3', '0.1', 'en', '{now}', '[]')",
        [(row[0],) for row in articles],  # else the window starts its pre-annotation
    )
    relations = ["same", "differs", "conflicts"]
    links = [
        (*sorted((a[0], b[0])), relations[n % 3])
        for n, (a, b) in enumerate(zip(claim_rows[::8], claim_rows[4::8], strict=False))
    ]
    tx.executemany(
        "INSERT INTO links (id, claim_a, claim_b, relation, score, status, made_at) "
        f"VALUES (?, ?, ?, ?, 0.5, 'suggested', '{now}')",
        [(link_id(a, b), a, b, r) for a, b, r in links],
    )


def make(path, articles, claims):
    """The project."""
    with Project.create(path, reviewer="Bench") as project:
        with project.reader() as reader:
            case = list_cases(reader)[0].id
        for first in range(0, articles, BATCH):
            project.run(fill, case, first, min(BATCH, articles - first), claims)


def report(line):
    """To the terminal."""
    sys.stdout.write(line + "\n")


def timed(label, work, *, times=5):
    """Median and worst wall time, and median processor time: on a busy machine only the latter tells anything."""
    taken, busy, result = [], [], None
    for _ in range(times):
        start, cpu = time.perf_counter(), time.process_time()
        result = work()
        taken.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    report(
        f"{label:<46} p50 {statistics.median(taken):9.2f} ms   max {max(taken):9.2f}   cpu {statistics.median(busy):9.2f}"
    )
    return result


def read(path):
    """What the window reads."""
    start = time.perf_counter()
    project = Project.open(path, reviewer="Bench")
    report(
        f"open {(time.perf_counter() - start) * 1000:.1f} ms, sqlite_utils imported: {'sqlite_utils' in sys.modules}"
    )
    reader = project.reader()
    case = list_cases(reader)[0].id
    wanted = QueueFilter(case)
    for order in QueueOrder:
        numbers = timed(
            f"queue_ids {order.name} ({reader.value('SELECT count(*) FROM claims')} claims)",
            lambda order=order: queue_ids(reader, wanted, order),
        )
    rng = random.Random(1)
    timed(
        "page of 128",
        lambda: claims_by_ids(reader, numbers[(at := rng.randrange(len(numbers) - 128)) : at + 128]),
        times=50,
    )
    timed("queue_ids disputed", lambda: queue_ids(reader, QueueFilter(case, verdicts=frozenset({"disputed"}))))
    timed("queue_ids conflicts", lambda: queue_ids(reader, QueueFilter(case, only_conflicts=True)))
    timed("queue_ids search 'bridge'", lambda: queue_ids(reader, QueueFilter(case, search="bridge")))
    timed("queue_ids search 'bridge 512'", lambda: queue_ids(reader, QueueFilter(case, search="bridge 512")))
    entity = list_entities(reader, case)[0].id
    timed("queue_ids of an entity", lambda: queue_ids(reader, QueueFilter(case, entity_id=entity)))
    articles = timed("list_articles", lambda: list_articles(reader, case))
    timed(
        "queue_ids of one article",
        lambda: queue_ids(reader, QueueFilter(case, article_ids=frozenset({articles[9].id}))),
    )
    timed("claim_marks of an article", lambda: claim_marks(reader, articles[5].id), times=50)
    timed("case_progress", lambda: case_progress(reader, case), times=3)
    timed("list_entities", lambda: list_entities(reader, case), times=3)
    timed("search_case 'officials'", lambda: search_case(reader, case, "officials"), times=3)
    timed("search_case rare", lambda: search_case(reader, case, "Article 77"), times=3)
    timed("project_stats", lambda: project_stats(reader), times=3)
    write(project, reader, case, numbers)
    reader.close()
    start = time.perf_counter()
    project.close()
    report(f"close {(time.perf_counter() - start) * 1000:.1f} ms, file {path.stat().st_size / 1e6:.0f} MB")


def write(project, reader, case, numbers):
    """What the window writes."""
    ids = [claim.id for _, claim in claims_by_ids(reader, numbers[:600])]
    feed = iter(ids)
    timed("mark_claim (durable)", lambda: project.run(mark_claim, next(feed), Verdict.DISPUTED), times=400)
    timed("undo (durable)", lambda: project.run(undo), times=200)
    bulk = [claim.id for _, claim in claims_by_ids(reader, numbers[1000:21000])]
    timed(f"mark_claims of {len(bulk):,}", lambda: project.run(mark_claims, bulk, Verdict.VERIFIED), times=1)
    timed(f"undo of {len(bulk):,}", lambda: project.run(undo), times=1)
    text = "New article. " + " ".join(sentence(random.Random(n)) for n in range(40))
    article = project.run(add_article, case, new_article(text)).created
    project.run(store_analysis, analysis_of(article, text, scores=[0.5] * 40))  # imports sqlite-utils
    timed(
        "store_analysis again, 40 claims",
        lambda: project.run(store_analysis, analysis_of(article, text, scores=[0.5] * 40)),
        times=10,
    )
    assert get_claim(reader, ids[0]).verdict is not None


def main():
    """Make, read, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 articles with 400,000 claims instead of a tenth")
    parser.add_argument("--articles", type=int, help="another number of them")
    parser.add_argument("--claims", type=int, default=40, help="of each article")
    parser.add_argument("--keep", type=Path, help="use this project file, and make it if it is not there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder, "bench.factdesk")
        if not path.exists():
            start = time.perf_counter()
            make(path, options.articles or (10_000 if options.full else 1_000), options.claims)
            report(f"made in {time.perf_counter() - start:.0f} s")
        read(path)


if __name__ == "__main__":
    main()
