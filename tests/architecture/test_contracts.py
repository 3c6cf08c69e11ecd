"""The import contracts and house bans, broken on purpose: a rule that cannot see is worse than none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = "The window sits on the core, never the other way"
NO_QT = "The core and the resources know no Qt"
SQLITE = "Only the store speaks to SQLite"
NO_SPACY = "The window's process never loads spaCy"
CORE = "Rooms of the core, top to bottom"
GUI = "Rooms of the window, top to bottom"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the sources and of the rules."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("core", "gui", "resources"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint_imports(copy):
    """The contracts' verdict on the copy: exit code and words."""
    paths = os.pathsep.join(str(copy / folder) for folder in ("core", "gui", "resources"))
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": paths, "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def test_the_house_keeps_its_contracts(copy):
    code, words = lint_imports(copy)
    assert code == 0, words


@pytest.mark.parametrize(
    ("file", "sin", "contract"),
    [
        ("core/factdesk/text/offsets.py", "import factdesk_gui.theme", LAYERS),
        ("resources/factdesk_resources/__init__.py", "import factdesk.errors", LAYERS),
        ("core/factdesk/errors.py", "from PySide6.QtCore import QObject", NO_QT),
        ("core/factdesk/errors.py", "def late():\n    import PySide6.QtGui", NO_QT),
        ("gui/factdesk_gui/panels/__init__.py", "import sqlite3", SQLITE),
        ("core/factdesk/text/normalise.py", "import sqlite_utils", SQLITE),
        ("gui/factdesk_gui/jobs.py", "def late():\n    import spacy", NO_SPACY),
        ("gui/factdesk_gui/jobs.py", "import factdesk.nlp", NO_SPACY),
        ("core/factdesk/text/normalise.py", "import factdesk.store", CORE),
        ("core/factdesk/somewhere.py", "", CORE),
        ("gui/factdesk_gui/theme.py", "import factdesk_gui.app", GUI),
        ("gui/factdesk_gui/somewhere.py", "", GUI),
    ],
    ids=[
        "core imports the window",
        "resources import the core",
        "Qt in the core",
        "Qt in the core inside a function",
        "SQLite in a panel",
        "sqlite-utils outside the store",
        "spaCy in the window inside a function",
        "the nlp room in the window",
        "upward import in the core",
        "core room in no layer",
        "upward import in the window",
        "window room in no layer",
    ],
)
def test_broken_contract_is_caught(copy, file, sin, contract):
    path = copy / file
    before = path.read_text("utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{sin}\n", "utf-8")
    try:
        code, words = lint_imports(copy)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, "utf-8")
    assert code != 0
    assert f"{contract} BROKEN" in words


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("import core.factdesk.errors", "TID251"),
        ("from gui.factdesk_gui import theme", "TID251"),
        ("from . import errors", "TID252"),
        ("print('found')", "T201"),
        ("try:\n    pass\nexcept Exception:\n    pass", "BLE001"),
        ("from PySide6.QtCore import *", "F403"),
        ("def half():\n    return 1", "D103"),
    ],
    ids=lambda value: value.splitlines()[0],
)
def test_ban_is_caught(line, rule):
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--output-format=concise",
            "--stdin-filename=core/factdesk/errors.py",
            "-",
        ],
        cwd=ROOT,
        input=line + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert rule in run.stdout
