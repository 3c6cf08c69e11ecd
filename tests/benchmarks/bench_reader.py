"""Figures of the reading panes: python tests/benchmarks/bench_reader.py [--characters N] [--marks N] [--panes N].

Loads long articles with many overlapping marks and times what a reader does with them, repaint included.
Runs off screen unless QT_QPA_PLATFORM says otherwise. Not a test: run it when painting or layout changes.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from PySide6.QtWidgets import QApplication

from builders import MODEL, new_article
from factdesk.model.analysis import Analysis, FoundClaim, FoundMention
from factdesk.model.claims import ClaimKind, Verdict
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.claims import mark_claim
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk_gui.reader.desk import ReadingDesk, ScrollMode
from factdesk_gui.reader.marks import MarkKind
from factdesk_gui.review import Review
from factdesk_gui.session import Session
from factdesk_gui.theme import Scheme, themes

WORDS = [
    "the",
    "mayor",
    "of",
    "a",
    "town",
    "said",
    "that",
    "two",
    "hundred",
    "people",
    "had",
    "left",
    "their",
    "homes",
    "before",
    "flood",
    "water",
    "came",
]


def make_article(chance: random.Random, characters: int, marks: int, *, one_paragraph: bool) -> tuple[str, list, list]:
    """A text with claims (30 %) and mentions (70 %), many of them overlapping."""
    pieces, length = [], 0
    while length < characters:
        words = chance.choices(WORDS, k=chance.randint(8, 30))
        end = ". " if one_paragraph or chance.random() < 0.8 else ".\n\n"
        sentence = " ".join(words).capitalize() + end
        pieces.append(sentence)
        length += len(sentence)
    text = "".join(pieces)[:characters].rstrip() + "."
    claims, mentions = {}, {}
    for number in range(marks):
        start = chance.randrange(len(text) - 400)
        if number % 10 < 3:
            claims[start] = FoundClaim(Span(start, start + chance.randint(60, 350)), 0.5, ClaimKind.EVENT)
        else:
            mentions[start] = FoundMention(Span(start, start + chance.randint(4, 24)), "PERSON", f"P{start % 40}")
    return text, list(claims.values()), list(mentions.values())


class Bench:
    """A desk with panes of such articles."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.app = QApplication.instance() or QApplication([])
        themes().apply(Scheme.LIGHT)
        self.project = Project.create(folder / "bench.factdesk", reviewer="Bench")
        reader = self.project.reader()
        case = list_cases(reader)[0].id
        reader.close()
        self.articles = []
        for number in range(options.panes):
            made = make_article(
                random.Random(number), options.characters, options.marks, one_paragraph=options.one_paragraph
            )
            article = self.project.run(add_article, case, new_article(made[0], publisher=f"Paper {number}")).created
            analysis = Analysis(article, MODEL, tuple(made[2]), (), tuple(made[1]), "en")
            self.project.run(store_analysis, analysis)
            self.articles.append(article)
        self.session = Session(self.project)
        self.review = Review()
        self.review.choose_case(case)
        self.desk = ReadingDesk(self.session, self.review)
        self.desk.set_scroll_mode(ScrollMode.FREE)
        self.desk.resize(1500, 900)
        self.desk.show()
        self.settle()

    def settle(self) -> None:
        """Lets everything that is waiting be painted."""
        for _ in range(4):
            self.app.processEvents()

    def timed(self, times: int, act: Callable[[int], None]) -> str:
        """Median and 95th percentile in milliseconds, each with its repaint, and processor time of one on average."""
        taken, busy = [], time.process_time()
        for number in range(times):
            start = time.perf_counter()
            act(number)
            self.app.processEvents()
            taken.append((time.perf_counter() - start) * 1000)
        taken.sort()
        busy = (time.process_time() - busy) * 1000 / times
        return f"{statistics.median(taken):8.1f}{taken[int(times * 0.95) - 1]:8.1f}{busy:8.1f}"

    def load(self) -> float:
        """Milliseconds until all panes show their text."""
        start = time.perf_counter()
        for article in self.articles:
            self.desk.add_pane(article)
        while any(pane.text.surface is None for pane in self.desk.panes()):
            self.app.processEvents()
        self.settle()
        return (time.perf_counter() - start) * 1000

    def change_one(self, number: int) -> None:
        """A verdict for a visible claim, as it reaches the screen after it was stored."""
        pane = self.desk.panes()[number % len(self.articles)]
        canvas = pane.text.surface.canvas
        seen = canvas.overlay.seen(0, canvas.widget.viewport().height())
        claims = [piece.mark for piece in seen.pieces if piece.mark.kind is MarkKind.CLAIM]
        verdict = list(Verdict)[number % 3].value
        changed = claims[number % len(claims)]._replace(tone=verdict, suggested=False)
        canvas.index.put(changed)
        canvas.touch([changed])
        pane.text.feed.counts_changed.emit()

    def scroll(self, share: float) -> Callable[[int], None]:
        """Scrolls every pane by a share of its page; turns round after a while."""

        def act(number: int) -> None:
            for pane in self.desk.panes():
                bar = pane.text.surface.widget.verticalScrollBar()
                step = max(1, int(bar.pageStep() * share))
                bar.setValue(bar.value() + (step if number % 40 < 20 else -step))

        return act

    def jump(self, number: int) -> None:
        """Any place in every text."""
        chance = random.Random(number)
        for pane in self.desk.panes():
            bar = pane.text.surface.widget.verticalScrollBar()
            bar.setValue(chance.randrange(bar.maximum() + 1))

    def decide(self, number: int) -> None:
        """The same by the whole way: operation, commit, signal, repaint of the line."""
        pane = self.desk.panes()[number % len(self.articles)]
        canvas = pane.text.surface.canvas
        seen = canvas.overlay.seen(0, canvas.widget.viewport().height())
        claims = [piece.mark for piece in seen.pieces if piece.mark.kind is MarkKind.CLAIM]
        heard = []
        self.session.run(mark_claim, claims[number % len(claims)].id, list(Verdict)[number % 3], done=heard.append)
        while not heard:
            self.app.processEvents()

    def resize(self, number: int) -> None:
        """Another width for all panes."""
        self.desk.resize(1500 - 100 * (number % 2 + 1), 900)

    def hit(self, number: int) -> None:
        """What is under the pointer."""
        canvas = self.desk.panes()[0].text.surface.canvas
        view = canvas.widget.viewport()
        canvas.marks_at(view.rect().center().toPointF() * (0.2 + 0.6 * (number % 50) / 50))

    def run(self) -> None:
        """Prints the table."""
        busy = time.process_time()
        rows = [("load", f"{self.load():8.1f}{'':8}{(time.process_time() - busy) * 1000:8.1f}")]
        self.jump(7)
        self.settle()
        rows += [
            ("change one claim", self.timed(60, self.change_one)),
            ("decide (with commit)", self.timed(40, self.decide)),
            ("scroll a line, all panes", self.timed(60, self.scroll(0.05))),
            ("scroll a page, all panes", self.timed(40, self.scroll(1.0))),
            ("jump, all panes", self.timed(20, self.jump)),
            ("resize, all panes", self.timed(6, self.resize)),
            ("hit test", self.timed(100, self.hit)),
        ]
        sys.stdout.write(f"{'':26}{'p50':>8}{'p95':>8}{'cpu':>8}  ms\n")
        for name, figures in rows:
            sys.stdout.write(f"{name:26}{figures}\n")
        self.desk.close()
        self.session.close()


def main() -> None:
    """Makes the articles and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=500_000)
    parser.add_argument("--marks", type=int, default=5_000)
    parser.add_argument("--panes", type=int, default=5)
    parser.add_argument("--one-paragraph", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Bench(Path(folder), options).run()


if __name__ == "__main__":
    main()
