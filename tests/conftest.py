"""Every test runs off screen and in a home of its own: no user's settings are read or changed."""

import gc
import os

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "0")
settings.register_profile("house", deadline=None)  # a shared machine may stop a test for longer than any deadline
settings.register_profile(
    "ci", deadline=None, derandomize=True
)  # the same examples each time; new ones are sought at home
settings.load_profile("ci" if os.environ.get("CI") else "house")

PATIENCE_MS = 120_000  # until a wait has failed: a shared machine may do nothing for many seconds


class PatientBot(QtBot):
    """Waits longer than pytest-qt's five seconds before it calls a test failed."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, **more):
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals, *, timeout=PATIENCE_MS, **more):
        return super().waitSignals(signals, timeout=timeout, **more)


@pytest.fixture(autouse=True, scope="module")
def small_heap():
    """What is loaded by now stays: looking for garbage need not go through all modules of all libraries each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def qtbot(qapp, request):
    """pytest-qt's own, with more patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """A fresh home with its XDG folders."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        folder = home / name.lower()
        folder.mkdir()
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder))
    return home
