"""The child process that reads articles, as a real process."""

import contextlib
import os
import select
import signal
import subprocess
import sys

import pytest

from factdesk.engine import protocol, worker

MODEL_TIME = 120
TEXT = (
    "Mayor Hanna Brandt said on Monday that 14 boats had sunk in the harbour of Oberau.\n"
    "The ferry company denied it. “We lost three boats,” its director Olav Nilsen told reporters.\n"
)
PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "factdesk.engine.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdin.write(b"nonsense\\n")
child.stdin.flush()
child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.read()
"""


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "factdesk.engine.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def ask(child, *requests):
    for request in requests:
        child.stdin.write(protocol.encode(request))
    child.stdin.flush()


def answer(child):
    return protocol.decode_answer(child.stdout.readline())


@pytest.fixture
def child():
    process = start()
    yield process
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(BrokenPipeError):
            stream.close()


def test_it_ends_when_its_input_ends(child):
    child.stdin.close()
    assert child.wait(timeout=30) == 0


def test_it_ends_when_asked(child):
    ask(child, protocol.Quit())
    assert child.wait(timeout=30) == 0


def test_it_yields_the_processor(child):
    child.stdin.write(b"nonsense\n")
    child.stdin.flush()
    assert isinstance(answer(child), protocol.Failed)
    assert os.getpriority(os.PRIO_PROCESS, child.pid) >= 10


def test_it_dies_with_a_parent_that_is_killed():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            PARENT,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    orphan = int(parent.stdout.readline())
    watch = os.pidfd_open(orphan)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    try:
        assert select.select([watch], [], [], 10)[0], "the child outlived its parent"
    finally:
        os.close(watch)
        with contextlib.suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGKILL)


def test_a_missing_model_is_told_and_the_process_lives_on(child):
    ask(child, protocol.Load("no_such_pipeline"))
    told = answer(child)
    assert isinstance(told, protocol.Failed)
    assert "no_such_pipeline" in told.message
    assert told.hint
    ask(child, protocol.Quit())
    assert child.wait(timeout=30) == 0


def test_an_error_in_one_article_is_reported_with_its_id(monkeypatch):
    engine = worker.Engine()

    def article(request):
        if request.id == "bad":
            raise ZeroDivisionError("torn")
        return protocol.Ready(None)

    monkeypatch.setattr(engine, "_article", article)
    (bad,) = engine.answer(protocol.Article("bad", "", "x"))
    (good,) = engine.answer(protocol.Article("good", "", "x"))
    assert bad == protocol.Failed(
        "bad", "The analysis failed: ZeroDivisionError: torn", "Marks can be made by hand in this article."
    )
    assert isinstance(good, protocol.Ready)


@pytest.mark.model
def test_articles_are_analysed_one_by_one_and_then_linked(child):
    ask(
        child,
        protocol.Load(),
        protocol.Article("a1", "", TEXT),
        protocol.Article("a2", "", "Three boats sank in Oberau, director Olav Nilsen told reporters on Monday.\n"),
        protocol.Article("a3", "", ""),
        protocol.Links(("a1", "a2", "a3")),
    )
    ready = answer(child)
    assert isinstance(ready, protocol.Ready)
    assert ready.model.version
    first = answer(child).analysis
    assert first.article_id == "a1"
    assert {TEXT[m.span.start : m.span.end]: m.label for m in first.mentions}["Hanna Brandt"] == "PERSON"
    assert first.claims
    assert answer(child).analysis.article_id == "a2"
    assert answer(child).analysis.claims == ()
    told = answer(child)
    while isinstance(told, protocol.ArticleDone):
        told = answer(child)
    assert isinstance(told, protocol.LinksDone)
    assert {(link.article_a, link.article_b) for link in told.links} <= {("a1", "a2")}


@pytest.mark.model
def test_closing_the_input_in_the_middle_ends_the_work(child):
    ask(child, protocol.Load(), protocol.Article("a1", "", TEXT))
    assert isinstance(answer(child), protocol.Ready)
    ask(child, *(protocol.Article(f"a{n}", "", TEXT) for n in range(2, 6)))
    child.stdin.close()
    child.stdout.close()
    child.wait(timeout=MODEL_TIME)
    assert child.returncode is not None
