"""How long files take to come in and datasets to go out: ./dev bench files [--articles N].

Imports N web pages (default 300) through the child process, pre-annotates nothing, gives each a few claims and verdicts, and
writes every format. Processor time of the child does not count where it is told as wall time: read the ratios.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from builders import analysis_of
from factdesk.exchange.files import expand_paths
from factdesk.exchange.formats_known import formats
from factdesk.exchange.intake import Intake
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import Reading
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claims
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store.articles import article_text, list_articles
from factdesk.store.cases import list_cases
from factdesk.store.claims import claims_of_article

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Flood {n}</title><meta property="article:published_time"
content="2026-03-{day:02}T09:30:00+01:00"></head><body><nav>Home News Sport</nav><article><h1>Flood {n} at Orlen</h1>{body}
</article><footer>About us</footer></body></html>"""
SENTENCE = "In street {n}.{k} the water rose by {k} metres and {n} people were taken to a school, the mayor said. "


def pages(folder, count):
    """Web pages of ten paragraphs."""
    for n in range(count):
        body = "".join(f"<p>{SENTENCE.format(n=n, k=k) * 2}</p>" for k in range(10))
        (folder / f"{n}.html").write_text(PAGE.format(n=n, day=n % 27 + 1, body=body))


def measured(name, work):
    """Runs it and tells how long it took."""
    begun = time.perf_counter()
    value = work()
    sys.stdout.write(f"{name:<36} {time.perf_counter() - begun:8.1f} s\n")
    sys.stdout.flush()
    return value


def main():
    """Measures all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        pages(folder / "in", count)
        project = Project.create(folder / "case.factdesk", reviewer="Ada")
        with project.reader() as reader, FileProcess("read") as files:
            case = list_cases(reader)[0].id
            paths = expand_paths([folder / "in"])
            found = measured(f"read {count} web pages", lambda: [each for path in paths for each in files.read(path)])
            readings = [each for each in found if isinstance(each, Reading)]
            measured("store them", lambda: Intake(project, case).store(readings))
            articles = list_articles(reader, case)
            for number, article in enumerate(articles):
                project.run(
                    store_analysis, analysis_of(article.id, article_text(reader, article.id), scores=[0.5] * 30)
                )
                claims = [claim.id for claim in claims_of_article(reader, article.id)][:5]
                project.run(mark_claims, claims, list(Verdict)[number % 3])
            total = reader.value("SELECT count(*) FROM claims")
        project.close()
        sys.stdout.write(f"{len(articles)} articles, {total} claims\n")
        with FileProcess("write", seconds=None) as writer:
            for each in formats():
                out = folder / f"out-{each.name}{each.suffix}"
                measured(
                    f"{each.name}, written and checked",
                    lambda each=each, out=out: writer.export(project.path, each.name, out),
                )


if __name__ == "__main__":
    main()
