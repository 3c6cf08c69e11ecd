"""What a process may load, and that the binding survives a long session. Each in a child process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from builders import Bench
from factdesk.ops.cluster_suggestions import store_clusters

ROOT = Path(__file__).parents[2]

NO_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"the core asked for {name}")

sys.meta_path.insert(0, NoQt())
count = 0
for package in ("factdesk", "factdesk_resources"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        importlib.import_module(module.name)
        count += 1
print(count)
"""

MANY_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
print("survived")
"""

HEAVY = (
    *("spacy", "sqlite_utils", "numpy", "requests", "rich", "typer", "click", "pydantic", "asyncio", "regex"),
    *("charset_normalizer", "urllib.request", "PySide6.QtNetwork", "lxml", "pyarrow", "cassis", "docx", "openpyxl"),
    *("trafilatura", "weasyprint", "pypdfium2"),
)

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from factdesk_gui.app import _LATER, WarmUp, make_application, make_window
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.prefs import Prefs

class Painted(QObject):
    count = 0

    def eventFilter(self, thing, event):
        self.count += event.type() == QEvent.Type.Paint
        return False

def wait(until):
    while not until():
        app.processEvents()

app = make_application(["factdesk"])
jobs, painted = Jobs(), Painted()
app.installEventFilter(painted)
window = make_window(Prefs(), jobs, Faults())
window.show()
wait(lambda: painted.count)
"""

FIRST_PAINT = (
    WINDOW
    + """
later = {"sqlite3", "factdesk.project", "factdesk_gui.workspace", "factdesk_gui.control.controls"}
dialogs = {name for name in sys.modules if name.startswith("factdesk_gui.dialogs.")}
print(sorted(dialogs | {name for name in (*%r, *later) if name in sys.modules}))
window.close()
jobs.close()
"""
)

OPEN_PROJECT = (
    WINDOW
    + """
WarmUp(window).start()
wait(lambda: _LATER[-1] in sys.modules)
window.projects.open(Path(%r))
wait(lambda: window.workspace is not None)
desk, queue = window.workspace.desk, window.workspace.queue
wait(lambda: queue.model.rowCount() and all(pane.text.surface is not None for pane in desk.panes()))
dialogs = {name for name in sys.modules if name.startswith("factdesk_gui.dialogs.") and name.endswith("_dialog")}
children = [task.read_text() for task in Path("/proc/self/task").glob("*/children")] if sys.platform == "linux" else []
print(sorted(dialogs | {name for name in %r if name in sys.modules}), "".join(children).split())
window.close()
jobs.close()
"""
)


LISTS = """
import sys
from factdesk.exchange.formats_known import broken_formats, formats
from factdesk.exchange.importers import broken_importers, importers
assert formats() and importers(), "nothing is registered"
print(sorted(name for name in %r if name in sys.modules))
"""


def run(script: str, **env: str) -> str:
    """What a fresh Python prints for this script; its failure is the test's."""
    child = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.strip().splitlines()[-1]


def test_core_and_resources_import_without_qt():
    assert int(run(NO_QT)) > 30


def test_binding_survives_twenty_thousand_calls():
    """PySide6 6.12.0 on Python before 3.12 aborts after some five thousand."""
    assert run(MANY_CALLS) == "survived"


def test_nothing_heavy_is_loaded_on_the_way_to_the_first_paint():
    assert run(FIRST_PAINT % (HEAVY,)) == "[]"


def test_formats_and_kinds_of_files_are_listed_without_their_libraries():
    """The window lists them in its own process; what reads and writes them runs in another one."""
    assert run(LISTS % (HEAVY,)) == "[]"


def test_an_analysed_project_opens_without_heavy_modules_and_without_a_child(tmp_path):
    """The process that pre-annotates is started when there is something to read, and dialogs when they are asked for."""
    bench = Bench(tmp_path / "p.factdesk")
    bench.run(store_clusters, bench.case)
    bench.close()
    settings = {"XDG_CONFIG_HOME": str(tmp_path)}  # the project must not become one of the developer's recent ones
    assert run(OPEN_PROJECT % (str(bench.path), HEAVY), **settings) == "[] []"
