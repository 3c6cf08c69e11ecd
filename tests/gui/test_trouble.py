"""What goes wrong around an open project, on the real window: said clearly, nothing shown as saved that is not."""

import os
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from commands import run
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article, get_claim
from factdesk.store.version import MAJOR
from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.panels.verdict_button import VerdictButton

WAIT = 30_000


def current(window):
    return get_claim(window.workspace.session.reader, window.workspace.review.claim_id)


def told(window):
    return [f"{notice.text} {notice.hint}" for notice in window.notices.notices()]


def wait_for_words(window, qtbot, words):
    qtbot.waitUntil(lambda: any(words in text for text in told(window)), timeout=WAIT)
    return next(text for text in told(window) if words in text)


def offer_of(window, words):
    notice = next(one for one in window.notices.notices() if words in one.text)
    return notice.findChild(QPushButton)


def fill_disk(window):
    """From now on the file may not grow, as on a full disk; gives back what makes room again."""
    project = window.workspace.session.project
    project.run(lambda tx: tx.rows("PRAGMA max_page_count = 1"))
    free = project.reader()
    pages = free.value("PRAGMA freelist_count")
    free.close()
    assert pages == 0
    return lambda: project.run(lambda tx: tx.rows("PRAGMA max_page_count = 1000000"))


def shown_verdicts(window):
    """What the toolbar and the inspector show as pressed."""
    binder = window.binder
    commands = {Command.VERIFY: "verified", Command.DISPUTE: "disputed", Command.UNVERIFY: "unverified"}
    pressed = {word for command, word in commands.items() if binder.action(command).isChecked()}
    buttons = window.workspace.inspector.findChildren(VerdictButton)
    return pressed | {button.verdict for button in buttons if button.isChecked()}


def saving_state(window):
    """What the status line says about the disk."""
    return next(one for one in window.statusBar().findChildren(QLabel) if one.accessibleName() == "Saving state").text()


def mark_until_full(window, qtbot):
    """Marks claim after claim until the disk is full; gives the verdicts that were kept and the claim that was not."""
    kept = {}
    reader = window.workspace.session.reader
    ids = [
        claim.id for article in window.workspace.desk.shown_articles() for claim in claims_of_article(reader, article)
    ]
    for turn in range(400):
        claim = ids[turn % len(ids)]
        window.workspace.review.choose_claim(claim)
        verdict = list(Verdict)[(turn // len(ids)) % 3]
        before = get_claim(reader, claim).verdict
        command = {"verified": Command.VERIFY, "disputed": Command.DISPUTE}.get(verdict, Command.UNVERIFY)
        qtbot.waitUntil(window.binder.action(command).isEnabled, timeout=WAIT)
        window.binder.run(command)
        qtbot.waitUntil(lambda: not window.workspace.session.pending, timeout=WAIT)
        if told(window):
            return kept, claim, before
        kept[claim] = verdict
    raise AssertionError("the disk never became full")


def test_a_full_disk_while_marking_shows_no_verdict_that_is_not_stored(opened, project, qtbot):
    make_room = fill_disk(opened)
    kept, refused, before = mark_until_full(opened, qtbot)
    words = wait_for_words(opened, qtbot, "disk is full")
    assert "Free some space" in words
    assert offer_of(opened, "disk is full").text() == "Save a copy…", "on another disk the work goes on at once"
    assert str(project.path) in words
    assert current(opened).id == refused
    qtbot.waitUntil(lambda: shown_verdicts(opened) == ({before.value} if before else set()))
    reader = opened.workspace.session.reader
    kept.pop(refused, None)
    assert {claim: get_claim(reader, claim).verdict for claim in kept} == kept

    assert saving_state(opened) == "Not saved"

    make_room()
    opened.workspace.review.choose_claim(refused)
    run(opened, Command.UNVERIFY, qtbot)
    assert current(opened).verdict is Verdict.UNVERIFIED
    qtbot.waitUntil(lambda: saving_state(opened) == "✓ Saved")
    run(opened, Command.CLOSE_PROJECT, qtbot)
    with Project.open(project.path) as again, again.reader() as reader:
        assert check_project(reader) == []
        assert {claim: get_claim(reader, claim).verdict for claim in kept} == kept


@pytest.mark.parametrize("away", ["deleted", "replaced", "folder gone"])
def test_a_project_that_goes_away_while_open_is_told_and_a_copy_is_saved(
    opened, project, qtbot, tmp_path_factory, away
):
    run(opened, Command.VERIFY, qtbot)
    verified = current(opened).id
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    if away == "deleted":
        project.path.unlink()
    elif away == "replaced":
        Project.create(elsewhere / "other.factdesk", reviewer="Bert").close()
        (elsewhere / "other.factdesk").replace(project.path)
    else:
        project.path.parent.rename(elsewhere / "unplugged")
    opened.binder.run(Command.DISPUTE)
    words = wait_for_words(opened, qtbot, "replaced" if away == "replaced" else "no longer there")
    assert "Save a copy" in words
    qtbot.waitUntil(lambda: shown_verdicts(opened) == {"verified"})
    assert current(opened).verdict is Verdict.VERIFIED

    opened.workspace.inspector.note.editor.setPlainText("typed since")
    copy = elsewhere / "copy.factdesk"
    opened.controls.rescue.save_copy(copy)
    qtbot.waitUntil(
        lambda: opened.workspace is not None and opened.workspace.session.project.path == copy, timeout=WAIT
    )
    opened.workspace.review.choose_claim(verified)
    assert current(opened).verdict is Verdict.VERIFIED
    assert current(opened).judgement.note == "typed since"
    run(opened, Command.DISPUTE, qtbot)
    assert current(opened).verdict is Verdict.DISPUTED
    opened.close_workspace()


def test_a_project_that_was_renamed_while_open_is_opened_under_its_new_name(opened, project, tmp_path, qtbot):
    run(opened, Command.VERIFY, qtbot)
    verified = current(opened).id
    project.path.rename(tmp_path / "renamed.factdesk")
    opened.binder.run(Command.DISPUTE)
    assert "put the file back under its name" in wait_for_words(opened, qtbot, "no longer there")
    opened.close_workspace()
    opened.close_workspace()
    for rest in ("-wal", "-shm"):  # a file manager renames one file only
        assert not (tmp_path / f"renamed.factdesk{rest}").exists()
    opened.projects.open(tmp_path / "renamed.factdesk")
    qtbot.waitUntil(lambda: opened.workspace is not None)
    assert get_claim(opened.workspace.session.reader, verified).verdict is Verdict.VERIFIED
    opened.close_workspace()


def test_a_copy_that_cannot_be_written_is_told_and_another_place_is_offered(opened, project, tmp_path, qtbot):
    project.path.unlink()
    opened.binder.run(Command.DISPUTE)
    wait_for_words(opened, qtbot, "no longer there")
    opened.controls.rescue.save_copy(tmp_path / "nowhere" / "copy.factdesk")
    words = wait_for_words(opened, qtbot, "cannot be made")
    assert "Choose a folder" in words
    assert opened.workspace is not None
    assert opened.close_workspace() is False
    qtbot.waitUntil(lambda: not opened.workspace.session.pending)
    assert "The project stays open" in told(opened)[-1]
    assert "Closing once more" in told(opened)[-1]
    assert opened.close_workspace() is True


def test_what_cannot_be_saved_keeps_the_window_open_until_closed_once_more(opened, project, qtbot):
    run(opened, Command.VERIFY, qtbot)
    claim = current(opened).id
    make_room = fill_disk(opened)
    editor = opened.workspace.inspector.note.editor
    editor.setPlainText("a note that does not fit " * 4000)
    assert opened.close() is False
    words = wait_for_words(opened, qtbot, "The project stays open")
    assert "disk is full" in words
    assert opened.isVisible()
    assert editor.toPlainText().startswith("a note")

    make_room()
    qtbot.waitUntil(lambda: not opened.workspace.session.pending)
    assert opened.close() is True
    with Project.open(project.path, read_only=True) as closed, closed.reader() as reader:
        assert get_claim(reader, claim).judgement.note == "a note that does not fit " * 4000


BROKEN = {
    "missing": (lambda path: path.unlink(), "There is no file"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "text": (lambda path: path.write_text("Hello"), "is not a Factdesk project"),
    "damaged": (lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000), "is damaged"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
    "newer": (lambda path: set_schema(path, (MAJOR + 1) * 1000), "made by a newer Factdesk"),
}


def set_schema(path, number):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {number}")


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_cannot_be_opened_is_told_with_what_to_do(window, project, qtbot, kind):
    spoil, words = BROKEN[kind]
    spoil(project.path)
    window.projects.open(project.path)
    qtbot.waitUntil(lambda: bool(window.notices.notices()), timeout=WAIT)
    notice = window.notices.notices()[0]
    assert words in notice.text
    assert "bridge.factdesk" in notice.text
    assert notice.hint
    assert window.workspace is None
    assert window.binder.action(Command.OPEN_SAMPLE).isEnabled()


def test_an_opened_project_stays_when_another_cannot_be_opened(opened, tmp_path, qtbot):
    opened.projects.open(tmp_path / "nothing.factdesk")
    wait_for_words(opened, qtbot, "There is no file")
    run(opened, Command.VERIFY, qtbot)
    assert current(opened).verdict is Verdict.VERIFIED


HOLD = """
import sys
from factdesk.project import Project
project = Project.open(sys.argv[1], reviewer="Grace")
sys.stdout.write("open\\n"); sys.stdout.flush(); sys.stdin.read()
project.close()
"""


@pytest.fixture
def held(project):
    """The project open for writing in another process."""
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), str(project.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout.readline() == "open\n"
    yield child
    child.stdin.close()
    child.stdout.close()
    child.wait(30)


def test_a_second_window_says_who_and_since_when_and_can_only_read(window, project, held, qtbot):
    window.projects.open(project.path)
    words = wait_for_words(window, qtbot, "Grace has")
    assert "since 20" in words
    assert "UTC" in words
    assert f"process {held.pid}" in words
    offer_of(window, "Grace has").click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    assert window.workspace.session.read_only
    window.close_workspace()


@pytest.mark.parametrize("protected", ["file", "folder"])
def test_a_write_protected_place_is_told_and_offered_for_reading(window, project, monkeypatch, qtbot, protected):
    # the permissions themselves are tried in tests/core as another user: root may write anywhere
    real = os.access
    what = project.path if protected == "file" else project.path.parent
    monkeypatch.setattr(os, "access", lambda path, mode: real(path, mode) and not (mode == os.W_OK and path == what))
    window.projects.open(project.path)
    words = wait_for_words(window, qtbot, "write-protected")
    assert "copy it to a folder of your own" in words
    offer_of(window, "write-protected").click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    assert window.workspace.session.read_only
    assert len(claims_of_article(window.workspace.session.reader, project.bridge)) == 3
    window.close_workspace()


def test_for_reading_only_no_command_writes_and_the_session_refuses(window, project, qtbot):
    window.projects.open(project.path, read_only=True)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    workspace = window.workspace
    claim = claims_of_article(workspace.session.reader, project.bridge)[0]
    workspace.review.choose_claim(claim.id)
    qtbot.waitUntil(lambda: window.binder.action(Command.NEXT_CLAIM).isEnabled())
    before = project.path.read_bytes()
    for spec in CATALOG.values():
        if Need.WRITABLE in spec.needs:
            assert not window.binder.action(spec.id).isEnabled(), spec.id
    for button in workspace.inspector.findChildren(VerdictButton):
        assert not button.isEnabled()
    workspace.session.run(mark_claim, claim.id, Verdict.VERIFIED)
    words = wait_for_words(window, qtbot, "reading only")
    assert "open it for writing" in words
    assert "Reading only" in {label.text() for label in window.statusBar().findChildren(QLabel) if label.isVisible()}
    assert current(window).verdict is None
    window.close_workspace()
    assert project.path.read_bytes() == before
    assert not project.path.with_name(project.path.name + "-wal").exists()


def test_a_command_that_does_not_need_a_writable_project_only_looks():
    looking = {
        Command.NEW_PROJECT, Command.NEW_FROM_EXPORT, Command.OPEN_PROJECT, Command.VIEW_PROJECT, Command.OPEN_SAMPLE, Command.EXPORT,
        Command.CLOSE_PROJECT, Command.DOSSIER, Command.EXPORT_ROWS, Command.DOSSIER_ROWS,
        Command.QUIT, Command.FIND, Command.FIND_NEXT, Command.FIND_PREVIOUS, Command.FIND_IN_CASE,
        Command.REVIEWER_NAME, Command.STOP_PRE_ANNOTATION, Command.CHOOSE_MODEL, Command.FOCUS_NOTE,
        Command.JUDGED_ELSEWHERE, Command.SHOW_VERSIONS, Command.CARRIED_MARKS, Command.READ_CHANGES,
        Command.PROJECT_SETTINGS, Command.NEXT_MENTION, Command.ENTITY_OFF, Command.BOARD, Command.BOARD_SEARCH,
        Command.BOARD_AGAIN, Command.NEXT_OMISSION, Command.OPEN_PASSAGE,
        Command.AGREEMENT, Command.SETTLE, Command.REVIEWERS, Command.MY_SESSIONS, Command.RESCUE,
    }  # fmt: skip
    others = {
        spec.id: spec.menu for spec in CATALOG.values() if Need.WRITABLE not in spec.needs and spec.id not in looking
    }
    assert {menu.partition("/")[0] for menu in others.values()} <= {"&Go", "&View", "&Help"}, others
