"""Pre-annotation: a real child process that answers, fails, crashes and hangs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import fake_worker
from factdesk.errors import FactdeskError, ModelError, NotFoundError
from factdesk_gui.analysis import PreAnnotator, State
from factdesk_gui.worker_process import worker_command

WAIT = 30_000


class Heard:
    """Everything a PreAnnotator says."""

    def __init__(self, annotator):
        self.articles, self.links, self.origins, self.errors, self.crashes, self.progress, self.ended = (
            [],
            [],
            [],
            [],
            [],
            [],
            [],
        )
        annotator.article_done.connect(lambda one: self.articles.append((one.article_id, one.language)))
        annotator.links_done.connect(lambda found: self.links.extend(found.links))
        annotator.links_done.connect(lambda found: self.origins.extend(found.origins))
        annotator.failed.connect(self.errors.append)
        annotator.crashed.connect(self.crashes.append)
        annotator.progressed.connect(lambda *values: self.progress.append(values))
        annotator.ended.connect(self.ended.append)


@pytest.fixture
def annotator(qapp):
    made = PreAnnotator([sys.executable, fake_worker.__file__])
    made.heard = Heard(made)
    yield made
    made.close()


def case(**texts):
    def fetch(article_id):
        if article_id not in texts:
            raise NotFoundError(f"No article {article_id}.")
        return f"Title {article_id}", texts[article_id], "2031-05-04"

    return fetch


def test_articles_are_read_one_by_one_and_then_linked(annotator, qtbot):
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["a", "b"], case(a="Alpha 😀", b="Beta"))
    heard = annotator.heard
    assert heard.articles == [("a", "en"), ("b", "en"), ("a", "whole")]
    assert heard.progress == [(0, 2, "Title a"), (1, 2, "Title b"), (2, 2, "Linking claims")]
    assert [(link.article_a, link.article_b) for link in heard.links] == [("a", "b")]
    assert [origin.article_ids for origin in heard.origins] == [("a", "b")]
    assert (heard.ended, heard.errors, annotator.state) == ([2], [], State.IDLE)
    assert annotator.info.name == "bundled"


def test_the_child_stays_for_the_next_run(annotator, qtbot):
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["a"], case(a="Alpha"))
    child = annotator.child.process_id
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["b"], case(b="Beta"), others=["a"])
    assert annotator.child.process_id == child
    assert len(annotator.heard.links) == 1, "the first article was still known to the child"


def test_articles_analysed_earlier_are_read_again_for_links_only(annotator, qtbot):
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["b"], case(a="Alpha", b="Beta"), others=["a"])
    assert annotator.heard.articles == [("b", "en"), ("b", "whole")]
    assert len(annotator.heard.links) == 1
    assert annotator.heard.ended == [1]


def test_another_model_is_loaded_before_the_next_run(annotator, qtbot):
    annotator.warm_up()
    qtbot.waitUntil(lambda: annotator.state is State.IDLE, timeout=WAIT)
    annotator.model = "de_core_news_sm"
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["a"], case(a="Alpha"))
    assert annotator.info.name == "de_core_news_sm"


def test_a_missing_model_is_told_and_ends_the_run(annotator, qtbot):
    annotator.model = "missing"
    with qtbot.waitSignal(annotator.failed, timeout=WAIT) as told:
        annotator.start(["a"], case(a="Alpha"))
    assert isinstance(told.args[0], ModelError)
    assert told.args[0].hint == "Choose another one."
    assert (annotator.state, annotator.is_running, annotator.child.is_alive) == (State.OFF, False, False)
    annotator.model = ""
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["a"], case(a="Alpha"))


def test_an_article_that_fails_is_named_and_the_others_go_on(annotator, qtbot):
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["a", "b", "c"], case(a="Alpha", b="fail", c="Gamma"))
    assert [str(error) for error in annotator.heard.errors] == ["“Title b”: It cannot be read. Mark it by hand."]
    assert annotator.heard.ended == [2]


def test_an_article_removed_meanwhile_is_passed_over(annotator, qtbot):
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["gone", "a"], case(a="Alpha"))
    assert annotator.heard.progress == [(0, 1, "Title a")]
    assert annotator.heard.ended == [1]


def test_a_crash_is_reported_and_resume_sends_what_is_left(annotator, qtbot, tmp_path):
    fetch = case(a="Alpha", b=f"crash once {tmp_path / 'mark'}", c="Gamma")
    with qtbot.waitSignal(annotator.crashed, timeout=WAIT) as told:
        annotator.start(["a", "b", "c"], fetch)
    assert isinstance(told.args[0], FactdeskError)
    assert "Title b" in told.args[0].message
    assert "2 articles" in told.args[0].hint
    assert "the ground gave way" in annotator.child.last_words
    assert (annotator.state, annotator.left, annotator.is_running) == (State.OFF, 2, False)
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.resume()
    firsts = [name for name, language in annotator.heard.articles if language == "en"]
    assert firsts == ["a", "b", "c"]
    assert annotator.heard.ended == [3]
    assert len(annotator.heard.links) == 1


def test_an_article_that_crashes_twice_is_left_out(annotator, qtbot):
    with qtbot.waitSignal(annotator.crashed, timeout=WAIT):
        annotator.start(["a", "b"], case(a="crash", b="Beta"))
    with qtbot.waitSignal(annotator.crashed, timeout=WAIT) as told:
        annotator.resume()
    assert "left out" in told.args[0].hint
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.resume()
    assert [name for name, _ in annotator.heard.articles] == ["b"]


def test_cancel_keeps_what_is_done_and_ends_a_child_that_hangs(annotator, qtbot):
    with qtbot.waitSignal(annotator.article_done, timeout=WAIT):
        annotator.start(["a", "b", "c"], case(a="Alpha", b="hang", c="Gamma"))
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.cancel()
        assert annotator.state is State.STOPPING
    assert annotator.heard.articles == [("a", "en")]
    assert annotator.heard.ended == [1]
    assert annotator.heard.crashes == []
    assert not annotator.child.is_alive
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["c"], case(c="Gamma"))


def test_cancel_while_the_model_loads_leaves_it_loading(annotator, qtbot):
    annotator.start(["a"], case(a="Alpha"))
    annotator.cancel()
    assert annotator.heard.ended == [0]
    qtbot.waitUntil(lambda: annotator.state is State.IDLE, timeout=WAIT)
    assert annotator.heard.articles == []


def test_a_child_that_dies_while_idle_is_started_again_when_wanted(annotator, qtbot):
    annotator.warm_up()
    qtbot.waitUntil(lambda: annotator.state is State.IDLE, timeout=WAIT)
    os.kill(annotator.child.process_id, 9)
    qtbot.waitUntil(lambda: annotator.state is State.OFF, timeout=WAIT)
    assert annotator.heard.crashes == []
    with qtbot.waitSignal(annotator.ended, timeout=WAIT):
        annotator.start(["a"], case(a="Alpha"))


def test_close_ends_the_child(annotator, qtbot):
    with qtbot.waitSignal(annotator.article_done, timeout=WAIT):
        annotator.start(["a", "b"], case(a="Alpha", b="hang"))
    number = annotator.child.process_id
    annotator.close()
    assert annotator.state is State.OFF
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_program_that_cannot_be_started_is_told(qtbot):
    annotator = PreAnnotator(["/nowhere/factdesk-worker"])
    with qtbot.waitSignal(annotator.failed, timeout=WAIT) as told:
        annotator.start(["a"], case(a="Alpha"))
    assert "/nowhere/factdesk-worker" in told.args[0].message
    assert not annotator.is_running


def test_the_worker_is_our_own_python_or_the_bundle(monkeypatch):
    assert worker_command() == [sys.executable, "-P", "-m", "factdesk.engine.worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--worker"]


def test_the_window_side_loads_no_spacy():
    code = (
        "import sys, factdesk_gui.analysis; sys.exit(any(m in sys.modules for m in ('spacy', 'numpy', 'sqlite_utils')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path("/")).returncode == 0
