"""Pre-annotation in the window, with a real child process that needs no language model."""

import os
import signal

import pytest
from PySide6.QtWidgets import QPushButton

from builders import new_article
from commands import run
from factdesk.model.claims import Verdict
from factdesk.model.spans import Span
from factdesk.ops.articles import add_articles
from factdesk.ops.claims import mark_claim, move_claim, refuse_claims
from factdesk.project import Project
from factdesk.store.articles import unanalysed_articles
from factdesk.store.claims import claims_of_article, get_claim
from factdesk.store.mentions import mentions_of_article
from factdesk_gui.actions.ids import Command
from factdesk_gui.analysis import State
from factdesk_gui.review import Passage

WAIT = 30_000


@pytest.fixture
def open_with(window, project, qtbot):
    """Adds articles to the project and opens it; the child begins to read them."""

    def open_project(*texts, model=""):
        with Project.open(project.path, reviewer="Ada") as filling:
            filling.run(add_articles, project.case, [new_article(text, title=text[:12]) for text in texts])
        window.prefs.model = model
        window.projects.open(project.path)
        qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
        return window.controls.analysis

    return open_project


def unread(window):
    return unanalysed_articles(window.workspace.session.reader, window.workspace.review.case_id)


def notice_with(window, qtbot, words):
    qtbot.waitUntil(lambda: any(words in one.text for one in window.notices.notices()), timeout=WAIT)
    return next(one for one in window.notices.notices() if words in one.text)


def settle(window, qtbot):
    session, annotator = window.workspace.session, window.controls.analysis.annotator
    qtbot.waitUntil(lambda: not session.pending and not annotator.is_running, timeout=WAIT)


def click_offer(notice, label):
    button = next(one for one in notice.findChildren(QPushButton) if one.text() == label)
    button.click()


def test_a_killed_child_is_told_and_resume_reads_what_is_left(window, open_with, tmp_path, qtbot):
    gate = tmp_path / "gate"
    analysis = open_with("First article.", f"wait for {gate}", "Third article.")
    qtbot.waitUntil(lambda: len(unread(window)) == 2, timeout=WAIT)
    os.kill(analysis.annotator.child.process_id, signal.SIGKILL)
    notice = notice_with(window, qtbot, "ended unexpectedly")
    assert "wait for" in notice.text
    assert "What is finished is kept" in notice.hint
    assert len(unread(window)) == 2
    run(window, Command.NEXT_CLAIM, qtbot)
    run(window, Command.VERIFY, qtbot)
    gate.touch()
    click_offer(notice, "Resume")
    qtbot.waitUntil(lambda: unread(window) == [], timeout=WAIT)
    settle(window, qtbot)
    assert get_claim(window.workspace.session.reader, window.workspace.review.claim_id).verdict is Verdict.VERIFIED


def test_progress_names_the_article_and_stop_keeps_what_is_done(window, open_with, tmp_path, qtbot):
    said = []
    analysis = open_with("First article.", f"wait for {tmp_path / 'never'}")
    analysis.working.connect(lambda *values: said.append(values))
    qtbot.waitUntil(lambda: len(unread(window)) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: any("Pre-annotating 2 of 2: wait for" in str(values[0]) for values in said), timeout=WAIT)
    run(window, Command.STOP_PRE_ANNOTATION, qtbot)
    settle(window, qtbot)
    assert said[-1] == (None, 0, 0)
    assert len(unread(window)) == 1
    qtbot.waitUntil(lambda: not window.binder.action(Command.STOP_PRE_ANNOTATION).isEnabled())


def test_without_a_model_it_is_told_and_marks_are_made_by_hand(window, open_with, project, qtbot):
    open_with("Nobody was hurt in Brno.", model="missing")
    notice = notice_with(window, qtbot, "is not installed")
    assert notice.hint
    settle(window, qtbot)
    workspace = window.workspace
    article = unread(window)[0]
    workspace.desk.show_article(article)
    workspace.review.select(Passage(article, Span(0, 24)))
    run(window, Command.NEW_CLAIM, qtbot)
    qtbot.waitUntil(lambda: get_claim(workspace.session.reader, workspace.review.claim_id).article_id == article)
    run(window, Command.DISPUTE, qtbot)
    claim = get_claim(workspace.session.reader, workspace.review.claim_id)
    assert (claim.quote, claim.verdict, claim.made_by) == ("Nobody was hurt in Brno.", Verdict.DISPUTED, "Ada")
    workspace.review.select(Passage(article, Span(19, 23)))
    window.controls.marks.add_mention("GPE")
    qtbot.waitUntil(lambda: [one.quote for one in mentions_of_article(workspace.session.reader, article)] == ["Brno"])


def test_articles_imported_while_others_are_read_are_read_afterwards(window, open_with, tmp_path, qtbot):
    gate = tmp_path / "gate"
    open_with(f"wait for {gate}")
    qtbot.waitUntil(lambda: window.controls.analysis.annotator.state is State.READING, timeout=WAIT)
    window.controls.articles.add([new_article("Late article.")])
    qtbot.waitUntil(lambda: len(unread(window)) == 2, timeout=WAIT)
    gate.touch()
    qtbot.waitUntil(lambda: unread(window) == [], timeout=WAIT)
    settle(window, qtbot)


def test_reading_again_names_the_model_and_never_touches_what_a_person_decided(window, project, qtbot):
    window.projects.open(project.path)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    session = window.workspace.session
    decided, refused, moved = claims_of_article(session.reader, project.bridge)
    session.project.run(mark_claim, decided.id, Verdict.VERIFIED, note="checked")
    session.project.run(refuse_claims, [refused.id])
    session.project.run(move_claim, moved.id, Span(moved.span.start, moved.span.end - 1))

    def work_of_people():
        claims = [get_claim(session.reader, one.id) for one in (decided, refused, moved)]
        return [(one.span, one.quote, one.status, one.judgement, one.decided_by, one.decided_at) for one in claims]

    kept = work_of_people()
    run(window, Command.PRE_ANNOTATE, qtbot)
    notice_with(window, qtbot, "pre-annotated")
    settle(window, qtbot)
    assert work_of_people() == kept
    assert claims_of_article(session.reader, project.report) == [], "untouched suggestions are replaced"
    rows = session.reader.rows(
        "SELECT DISTINCT model FROM mentions WHERE article_id = ? AND status = 'suggested'", (project.report,)
    )
    assert [row["model"] for row in rows] == ["fake 1"]
