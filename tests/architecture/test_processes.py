"""What a process may load, and that the binding survives a long session. Each in a child process of its own."""

import subprocess
import sys
from pathlib import Path

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

FIRST_WINDOW = """
import sys
from factdesk_gui.app import make_application, make_window
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.prefs import Prefs

app = make_application(["factdesk"])
jobs = Jobs()
window = make_window(Prefs(), jobs, Faults())
window.show()
app.processEvents()
assert window.isVisible()
heavy = ("spacy", "sqlite_utils", "numpy", "requests", "rich", "typer", "pydantic", "asyncio", "charset_normalizer")
print([name for name in heavy if name in sys.modules])
window.close()
jobs.close()
"""


def run(script: str) -> str:
    """What a fresh Python prints for this script; its failure is the test's."""
    child = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr
    return child.stdout.strip().splitlines()[-1]


def test_core_and_resources_import_without_qt():
    assert int(run(NO_QT)) > 30


def test_binding_survives_twenty_thousand_calls():
    """PySide6 6.12.0 on Python before 3.12 aborts after some five thousand."""
    assert run(MANY_CALLS) == "survived"


def test_nothing_heavy_is_loaded_on_the_way_to_the_first_window():
    assert run(FIRST_WINDOW) == "[]"
