"""Start-up and memory beside a bare PySide6 window: python tests/benchmarks/bench_startup.py [--runs N] [--full].

Each figure is of a process of its own, from its start to the first paint, to the article's text on the screen, and to
all panels having answered; then its memory when nothing goes on any more. A bare QMainWindow is started in turn with
the others, so that the ratio holds on a busy machine; processor time (of the process, all threads) is the steadier of
the two. Runs off screen unless QT_QPA_PLATFORM says otherwise.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

HEAVY = (
    *("spacy", "sqlite_utils", "numpy", "requests", "rich", "typer", "click", "pydantic", "asyncio"),
    *("charset_normalizer", "regex", "http", "urllib.request", "PySide6.QtNetwork"),
)
_IDLE_MS = 800  # until the memory is looked at
_PATIENCE_MS = 120_000
_DECISIONS = 12


def memory():
    """Memory of this process in MB: resident, and of it what no other process shares (the part that is our doing)."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return {"rss": sizes["Rss"], "own": sizes["Private_Clean"] + sizes["Private_Dirty"]}


def children():
    """How many processes this one has started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return sum(len(task.read_text().split()) for task in tasks)


class Watch:
    """Notes when things came about, in milliseconds since the process was asked for."""

    def __init__(self, asked):
        self._asked = asked
        self.noted = {}

    def note(self, name):
        """The first time counts."""
        if name not in self.noted:
            wall = (time.monotonic_ns() - self._asked) / 1e6
            self.noted[name] = {"wall": wall, "cpu": time.process_time() * 1000}

    def write(self):
        """To the process that asked."""
        sys.stdout.write(json.dumps(self.noted) + "\n")


def bare(watch):
    """Nothing but Qt."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event):
            super().paintEvent(event)
            watch.note("first paint")
            QTimer.singleShot(_IDLE_MS, app.quit)

    app = QApplication([])
    window = Window()
    window.setCentralWidget(QLabel("Factdesk"))
    window.resize(1600, 960)
    window.show()
    app.exec()
    watch.noted |= {"memory": memory(), "children": children()}
    watch.write()


def factdesk(watch, project):
    """The window as the command line opens it, on the start page or on a project."""
    from factdesk_gui import __main__, app

    def watched(*arguments):
        window = make(*arguments)
        _follow(window, watch, bool(project))
        return window

    make, app.make_window = app.make_window, watched
    code = __main__.main([project] if project else [])
    sys.exit(code)


class Follower:
    """Looks at the window as it comes up, then decides about claims, then ends it."""

    def __init__(self, window, watch, *, has_project):
        self._window, self._watch, self._has_project = window, watch, has_project
        self._ending = False

    def on_paint(self):
        """Something was painted."""
        if "first paint" not in self._watch.noted:
            self._watch.note("first paint")
            self._watch.noted["heavy"] = [name for name in HEAVY if name in sys.modules]
            if not self._has_project:
                self._end_soon()
        self.look()

    def look(self):
        """What is there now."""
        space = self._window.workspace
        if space is None:
            return
        panes = space.desk.panes()
        if panes and all(pane.text.surface is not None for pane in panes):
            self._watch.note("text")
        if "text" in self._watch.noted and space.queue.model.rowCount() and space.progress.model.rowCount():
            self._watch.note("panels")
            self._end_soon()

    def _end_soon(self):
        from PySide6.QtCore import QTimer

        if not self._ending:
            self._ending = True
            QTimer.singleShot(_IDLE_MS, self._end)

    def _end(self):
        self._watch.noted |= {"memory": memory(), "children": children()}
        if self._has_project:
            self._watch.noted["decisions"] = self._decide()
        self._watch.write()
        sys.stdout.flush()
        self._window.close()

    def _decide(self):
        """Milliseconds from V or D to the painted verdict, which comes after the commit."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from factdesk_gui.actions.ids import Command

        space, taken, heard = self._window.workspace, [], []
        space.session.changed.connect(heard.append)
        for number in range(_DECISIONS):
            space.queue.next_claim()
            QTest.qWait(150)
            start, cpu = time.perf_counter(), time.thread_time()
            self._window.binder.run((Command.VERIFY, Command.DISPUTE)[number % 2])
            while not heard:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QApplication.processEvents()
            taken.append(((time.perf_counter() - start) * 1000, (time.thread_time() - cpu) * 1000))
            heard.clear()
        return taken


def _follow(window, watch, has_project):
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    follower = Follower(window, watch, has_project=has_project)

    class Painted(QObject):
        def eventFilter(self, _thing, event):
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, follower.on_paint)
            return False

    painted, timer = Painted(window), QTimer(window, interval=5)
    timer.timeout.connect(follower.look)
    timer.start()
    QApplication.instance().installEventFilter(painted)
    QTimer.singleShot(_PATIENCE_MS, QApplication.quit)


def measure(kind, project=""):
    """One process."""
    command = [sys.executable, __file__, "--child", kind, "--project", str(project)]
    command += ["--asked", str(time.monotonic_ns())]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    if child.returncode or not child.stdout.strip():
        raise SystemExit(f"{kind} {project} did not come to its end:\n{child.stderr}")
    return json.loads(child.stdout.strip().splitlines()[-1])


def table(results):
    """Best and median of each moment, and the ratio of the medians to the bare window's first paint."""
    base = results["bare window"]
    cell = "{:>9.0f}{:>9.0f}{:>7.1f}x"
    sys.stdout.write(f"{'ms since process start':34}{'wall best':>9}{'median':>9}{'ratio':>8}{'cpu best':>9}")
    sys.stdout.write(f"{'median':>9}{'ratio':>8}\n")
    for name, runs in results.items():
        for moment in [key for key in ("first paint", "text", "panels") if key in runs[0]]:
            row = f"{name + ', ' + moment:34}"
            for clock in ("wall", "cpu"):
                times = [run[moment][clock] for run in runs]
                bares = statistics.median(run["first paint"][clock] for run in base)
                row += cell.format(min(times), statistics.median(times), statistics.median(times) / bares)
            sys.stdout.write(row + "\n")
    sys.stdout.write(f"\n{'idle afterwards':34}{'RSS MB':>9}{'own MB':>9}{'over bare':>11}{'children':>10}\n")
    bare_own = statistics.median(run["memory"]["own"] for run in base)
    for name, runs in results.items():
        rss, own = (statistics.median(run["memory"][key] for run in runs) for key in ("rss", "own"))
        sys.stdout.write(f"{name:34}{rss:9.0f}{own:9.0f}{own - bare_own:+11.0f}{runs[0]['children']:10}\n")
    for name, runs in results.items():
        both = [pair for run in runs for pair in run.get("decisions", ())]
        if both:
            walls, cpus = sorted(wall for wall, _ in both), sorted(cpu for _, cpu in both)
            sys.stdout.write(
                f"{name + ', a decision':34} p50 {statistics.median(walls):.0f} ms   p95 "
                f"{walls[int(len(walls) * 0.95)]:.0f}   window's processor time {statistics.median(cpus):.0f}\n"
            )
    heavy = sorted({name for runs in results.values() for run in runs for name in run.get("heavy", ())})
    sys.stdout.write(f"heavy modules loaded before the first paint: {', '.join(heavy) or 'none'}\n")


def prepare(folder, options):
    """Project files to open: the sample case with its suggestions, and a large one."""
    # Imported here: the children must load nothing that the window does not.
    from bench_store import make

    from builders import analysis_of
    from factdesk.exchange.sample import open_sample
    from factdesk.ops.suggestions import store_analysis
    from factdesk.store.articles import article_text, list_articles
    from factdesk.store.cases import list_cases

    sample = Path(folder, "sample.factdesk")
    project = open_sample(sample, "Bench")
    with project.reader() as reader:
        articles = list_articles(reader, list_cases(reader)[0].id)
        for article in articles:  # without the language model: what is measured is the window
            text = article_text(reader, article.id)
            project.run(store_analysis, analysis_of(article.id, text, scores=[0.5] * 12))
    project.close()
    large = options.keep or Path(folder, "large.factdesk")
    if not large.exists():
        articles = 10_000 if options.full else 1_000
        make(large, articles, 40)
    return {"sample case": sample, f"large case ({large.stat().st_size / 1e6:.0f} MB)": large}


def main():
    """Starts everything in turn and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=4)
    parser.add_argument("--full", action="store_true", help="10,000 articles with 400,000 claims in the large case")
    parser.add_argument("--keep", type=Path, help="use this project file as the large case")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--project", help=argparse.SUPPRESS)
    parser.add_argument("--asked", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        watch = Watch(options.asked)
        bare(watch) if options.child == "bare" else factdesk(watch, options.project)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "CACHE"):  # nobody's own settings are read or written
            os.environ[f"XDG_{name}_HOME"] = folder
        projects = prepare(folder, options)
        results = {"bare window": [], "start page": [], **{name: [] for name in projects}}
        for _ in range(options.runs):
            results["bare window"].append(measure("bare"))
            results["start page"].append(measure("window"))
            for name, path in projects.items():
                results[name].append(measure("window", path))
        table(results)


if __name__ == "__main__":
    main()
