"""What tests of the window share: an open project with its session, and a check that nothing is left behind."""

import gc
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QToolTip

from builders import Bench
from factdesk_gui.review import Review
from factdesk_gui.session import Session


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
    bench = Bench(tmp_path / "bridge.factdesk")
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
