"""What exports of a large case cost: ./dev bench exports [FORMAT...] [--articles N] [--claims N] [--keep FILE].

Makes a project of N articles (1,000) with 40 claims each: a quarter of them in clusters of five, a tenth with evidence, half
of them decided by one operation each 20,000. Then writes and checks each format in a process of its own. Told are processor
times, which other programs on the machine change little, and the most memory that the process had.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from bench_store import make, report

from factdesk.exchange import exporters
from factdesk.exchange.formats_known import formats, get_format
from factdesk.model.changes import Changes
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claims
from factdesk.project import Project
from factdesk.store.connection import open_reader

TOGETHER = 5  # articles that tell of the same facts
SHARED = 4  # one claim of so many is in a cluster
AT_ONCE = 20_000  # claims decided in one operation
MEGABYTE = 1024  # of the kilobytes that the kernel tells


def enrich(tx):
    """Clusters over five articles each, and evidence, as plain rows."""
    tx.execute(
        "CREATE TEMP TABLE places AS SELECT c.id, (a.number - 1) / ? AS together, "
        "row_number() OVER (PARTITION BY c.article_id ORDER BY c.start) AS k "
        "FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.status <> 'refused'",
        (TOGETHER,),
    )
    tx.execute(
        "INSERT INTO clusters (id, case_id, lead, made_at) SELECT 'k' || together || '-' || k, (SELECT id FROM cases), "
        "min(id), ? FROM places WHERE k % ? = 0 GROUP BY together, k",
        (tx.now, SHARED),
    )
    tx.execute(
        "INSERT INTO cluster_claims (id, cluster_id, claim_id, relation, status, made_at) SELECT 'm' || p.id, k.id, p.id, "
        "CASE WHEN p.id = k.lead THEN 'same' WHEN p.together % 3 THEN 'differs' ELSE 'conflicts' END, 'accepted', ? "
        "FROM places p JOIN clusters k ON k.id = 'k' || p.together || '-' || p.k",
        (tx.now,),
    )
    tx.execute(
        "INSERT INTO evidence (id, claim_id, kind, stance, url, note, source, made_at) SELECT 'e' || id, id, 'url', "
        "'supports', 'https://example.org/' || id, 'The register of street ' || k, 'Register', ? FROM places WHERE k % 10 = 3",
        (tx.now,),
    )
    return Changes("Enriched", everything=True)


def prepare(path, articles, claims):
    """The project."""
    make(path, articles, claims)
    with Project.open(path, reviewer="Bench") as project:
        project.run(enrich)
        with project.reader() as reader:
            ids = [row["id"] for row in reader.rows("SELECT id FROM claims WHERE status <> 'refused' ORDER BY number")]
        for number, first in enumerate(range(0, len(ids) // 2, AT_ONCE)):
            chosen = ids[: len(ids) // 2][first : first + AT_ONCE]
            begun = time.process_time()
            project.run(mark_claims, chosen, list(Verdict)[number % 3])
            report(f"{len(chosen):,} claims marked in one operation: cpu {time.process_time() - begun:.2f} s")


def measured(times, name, work):
    """The same function, with its processor time kept."""

    def timed(*arguments):
        begun = time.process_time()
        try:
            return work(*arguments)
        finally:
            times[name] = time.process_time() - begun

    return timed


def export_one(project, name, folder):
    """Writes one format in this process and tells what it cost."""
    times, told = {}, []
    chosen = get_format(name)
    spied = replace(chosen, write=measured(times, "write", chosen.write), check=measured(times, "check", chosen.check))
    exporters.get_format = lambda _name: spied
    out = folder / f"out{chosen.suffix}"
    with open_reader(project) as reader:
        foreseen = measured(times, "foresee", exporters.foresee)
        foreseen(reader, name)
        exporters.export_project(
            reader, name, out, progress=lambda done, total: told.append((time.process_time(), done, total))
        )
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    silent = max((after[0] - before[0] for before, after in pairwise(told)), default=0)
    report(
        f"{name:<16} {times['foresee']:8.2f} {times['write']:9.1f} {times['check']:9.1f} {silent:9.1f} {memory:9.0f} {size:9.1f}"
    )


def main():
    """Makes the project and exports it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", help="only these")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=40, help="of each article")
    parser.add_argument("--keep", type=Path, help="use this project file, and make it if it is not there")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = options.keep or folder / "bench.factdesk"
        if options.here:
            export_one(path, options.formats[0], folder)
            return
        if not path.exists():
            prepare(path, options.articles, options.claims)
        report(f"{'cpu s, MB':<16} {'foresee':>8} {'write':>9} {'check':>9} {'silent':>9} {'memory':>9} {'size':>9}")
        for each in options.formats or [known.name for known in formats()]:
            command = [sys.executable, __file__, each, "--here", "--keep", str(path)]
            if subprocess.run(command, check=False).returncode:
                report(f"{each} failed")


if __name__ == "__main__":
    main()
