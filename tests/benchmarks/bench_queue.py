"""Figures of the claim queue at full size: python tests/benchmarks/bench_queue.py [--full] [--keep FILE].

Opens the queue on a project of 40,000 claims in 1,000 articles (--full: ten times that) and times what a reviewer does with it, repaint
included, and how long the window does not answer meanwhile. Runs off screen unless QT_QPA_PLATFORM says otherwise.
Not a test: run it when the queue's model, view or queries change.
"""

import argparse
import gc
import os
import resource
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from bench_store import make, report
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QLineEdit

from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk_gui.models.queue_model import Column
from factdesk_gui.panels.queue_panel import QueuePanel
from factdesk_gui.review import Review
from factdesk_gui.session import Session
from factdesk_gui.theme import Scheme, themes


class Pulse(QObject):
    """A timer of 4 ms: its longest pause is how long the window did not answer."""

    def __init__(self):
        super().__init__()
        self._timer = QTimer(self, interval=4, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._clock = QElapsedTimer()
        self.longest = 0

    @contextmanager
    def watched(self):
        """Measures the longest pause inside."""
        self.longest = 0
        self._clock.start()
        self._timer.start()
        yield
        self._beat()
        self._timer.stop()

    def _beat(self):
        self.longest = max(self.longest, self._clock.restart())


def wait_for(signal, start):
    """Starts something and runs the event loop until the signal comes."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(60_000, loop.quit)
    start()
    loop.exec()
    signal.disconnect(loop.quit)


def memory():
    """Resident memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def steps(label, work, times):
    """Median, 95th percentile and worst time of something that repaints."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.processEvents()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    report(
        f"{label:<44} p50 {statistics.median(taken):8.1f} ms   p95 {taken[int(len(taken) * 0.95)]:8.1f}   "
        f"max {taken[-1]:8.1f}"
    )


def asked(label, pulse, signal, start):
    """Time from asking until it is shown, and the longest pause of the window meanwhile."""
    began = time.perf_counter()
    with pulse.watched():
        wait_for(signal, start)
        QApplication.processEvents()
    report(f"{label:<44} shown {(time.perf_counter() - began) * 1000:6.0f} ms   window away at most {pulse.longest} ms")


def run(path, width, height):
    """Everything."""
    app = QApplication([])
    themes().apply(Scheme.LIGHT)
    session, review, pulse = Session(Project.open(path, reviewer="Bench")), Review(), Pulse()
    before = memory()
    panel = QueuePanel(session, review)
    panel.resize(width, height)
    panel.show()
    QTest.qWaitForWindowExposed(panel)
    case = list_cases(session.reader)[0].id
    wait_for(panel.feed.counted, lambda: None)  # of no case yet
    asked("open: all claims in order", pulse, panel.feed.ordered, lambda: review.choose_case(case))
    asked("numbers on the switches", pulse, panel.feed.counted, lambda: None)
    report(f"{len(panel.model.ids)} claims, {memory() - before:.0f} MB more than without the panel")
    view, bar = panel.view, panel.view.verticalScrollBar()
    action = QAbstractSlider.SliderAction
    steps("scroll by a line", lambda _: bar.triggerAction(action.SliderSingleStepAdd), 300)
    steps("scroll by a page", lambda _: bar.triggerAction(action.SliderPageStepAdd), 100)
    steps("jump anywhere", lambda n: bar.setValue(bar.maximum() * (n * 37 % 100) // 100), 100)
    bar.setValue(0)
    steps("next claim (J)", lambda _: panel.next_claim(), 200)
    steps("one row refreshed", lambda _: panel.model.refresh({review.claim_id}), 100)
    current = review.claim_id
    asked(
        "a verdict: on disk, repainted",
        pulse,
        session.changed,
        lambda: session.run(mark_claim, current, Verdict.DISPUTED),
    )
    asked("numbers after it", pulse, panel.feed.counted, lambda: None)
    asked("next undecided claim", pulse, review.claim_chosen, panel.next_undecided)
    for verdict in ("disputed", "none"):
        chip = panel.filters._chips[verdict]
        asked(f"only {verdict}", pulse, panel.feed.ordered, chip.click)
        asked("all again", pulse, panel.feed.ordered, chip.click)
    box = panel.filters.findChild(QLineEdit)
    for words in ("bridge", "bridge 512"):
        asked(f"search “{words}”, pause included", pulse, panel.feed.ordered, lambda words=words: box.setText(words))
    asked("no search, pause included", pulse, panel.feed.ordered, box.clear)
    start = time.perf_counter()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    app.processEvents()
    report(f"{'choose all (Ctrl+A)':<44} {(time.perf_counter() - start) * 1000:.1f} ms, {panel.status}")
    gc.collect()
    report(
        f"{memory() - before:.0f} MB more at the end; columns {[c.name for c in Column if not view.isColumnHidden(c)]}"
    )
    panel.close()
    session.close()


def main():
    """Make the project if need be, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 articles with 400,000 claims instead of a tenth")
    parser.add_argument("--articles", type=int, help="another number of them")
    parser.add_argument("--claims", type=int, default=40, help="of each article")
    parser.add_argument("--keep", type=Path, help="use this project file, and make it if it is not there")
    parser.add_argument("--width", type=int, default=1366)
    parser.add_argument("--height", type=int, default=480)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder, "bench.factdesk")
        if not path.exists():
            make(path, options.articles or (10_000 if options.full else 1_000), options.claims)
        run(path, options.width, options.height)


if __name__ == "__main__":
    main()
