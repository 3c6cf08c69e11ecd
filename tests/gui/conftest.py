"""What tests of the window share: an open project with its session, and a check that nothing is left behind."""

import gc
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QToolTip

from builders import Bench
from factdesk.store.claims import claims_of_article
from factdesk.store.cluster_plan import lacks_clusters
from factdesk_gui import workspace
from factdesk_gui.actions.ids import Command
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.main_window import MainWindow
from factdesk_gui.prefs import Prefs
from factdesk_gui.review import Review
from factdesk_gui.session import Session
from factdesk_gui.theme import Scheme, themes


@pytest.fixture(autouse=True)
def own_settings(own_home):
    """Qt looks for the user's settings once for each process; each test has a home of its own."""
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(own_home / "config"))


@pytest.fixture(autouse=True)
def leaves_nothing_behind():
    """Fails a test that leaves a visible window or one of our threads."""
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication):
        QToolTip.hideText()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left = [w for w in app.topLevelWidgets() if w.isVisible() and "TipLabel" not in w.metaObject().className()]
        assert not left, f"windows left open: {left}"
    ours = [thread.name for thread in threading.enumerate() if thread.name.startswith("factdesk")]
    assert not ours, f"threads left running: {ours}"
    gc.collect()


@pytest.fixture
def bench(tmp_path):
    """A project with three analysed articles, open for writing by other means than the session."""
    bench = Bench.copy(tmp_path / "bridge.factdesk")
    yield bench
    bench.reader.close()


@pytest.fixture
def session(bench, qapp):
    """The window's hold on that project; closes it."""
    session = Session(bench.project)
    yield session
    session.close()


@pytest.fixture
def review(bench, session):
    """At the project's only case."""
    review = Review()
    review.choose_case(bench.case)
    return review


@pytest.fixture
def settled(session, qtbot):
    """Runs an operation as the window does and waits until every screen has heard of it."""

    def run(op, *args, **kwargs):
        with qtbot.waitSignal(session.changed) as heard:
            session.run(op, *args, **kwargs)
        return heard.args[0]

    return run


FAKE_WORKER = (sys.executable, str(Path(__file__).parent.parent / "support" / "fake_worker.py"))


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """A shown window of its own settings, with a child process that needs no language model.

    It keeps the place when it closes, but not meanwhile: a test that waits for a change waits for its own.
    """
    monkeypatch.setattr(workspace, "_SAVE_PLACE_MS", 3_600_000)
    prefs = Prefs(tmp_path / "prefs.ini")
    prefs.reviewer = "Ada"
    jobs = Jobs()
    themes().apply(Scheme.LIGHT)
    made = MainWindow(prefs, jobs, Faults(), FAKE_WORKER)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    jobs.close()
    made.deleteLater()


@pytest.fixture
def project(tmp_path):
    """A closed project with three articles and claims in them."""
    bench = Bench.copy(tmp_path / "bridge.factdesk")
    bench.reader.close()
    bench.project.close()
    return bench


@pytest.fixture
def opened(window, project, qtbot):
    """The window with that project on the desk, at the first claim of its first article."""
    window.projects.open(project.path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    claims = claims_of_article(window.workspace.session.reader, project.bridge)
    window.workspace.review.choose_claim(claims[0].id)
    qtbot.waitUntil(lambda: len(window.workspace.queue.visible_ids()) == 9)
    session = window.workspace.session  # what the machine does on its own is over: it is no step of the test's
    qtbot.waitUntil(lambda: not lacks_clusters(session.reader, project.case) and not session.pending)
    qtbot.waitUntil(window.binder.action(Command.VERIFY).isEnabled)  # commands follow what is current a moment later
    return window
