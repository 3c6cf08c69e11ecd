"""A project open for reading only: nothing is written, nothing can be changed, and what others write is followed."""

import os

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.claims import claims_of_article, get_claim
from factdesk_gui import __main__ as command
from factdesk_gui.actions.binder import WHY_NOT
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from old_files import first_release_file

WAIT = 30_000


@pytest.fixture
def closed(bench):
    """A project that nobody has open."""
    bench.reader.close()
    bench.project.close()
    yield bench
    bench.reader = bench.project.reader()  # for the fixture, which closes it


def beside(path):
    """All files beside the project, with their bytes."""
    return {
        each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file() and ".factdesk" in each.name
    }


def view(window, path, qtbot):
    window.projects.open(path, read_only=True)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: bool(window.workspace.review.case_id), timeout=WAIT)
    return window.workspace


def badge(window):
    return {label.text() for label in window.statusBar().findChildren(QLabel) if not label.isHidden()}


def test_nothing_is_written_not_even_for_a_moment(window, closed, qtbot):
    before = beside(closed.path)
    workspace = view(window, closed.path, qtbot)
    assert workspace.session.project.is_traceless
    workspace.review.choose_claim(claims_of_article(workspace.session.reader, closed.bridge)[0].id)
    assert beside(closed.path) == before
    window.close_workspace()
    assert beside(closed.path) == before
    assert window.prefs.recent == []


def test_it_says_that_it_only_reads_and_why_a_command_is_off(window, closed, qtbot):
    workspace = view(window, closed.path, qtbot)
    assert "Reading only" in badge(window)
    assert window.windowTitle() == f"{closed.path.stem} (reading only)"
    workspace.review.choose_claim(claims_of_article(workspace.session.reader, closed.bridge)[0].id)
    qtbot.waitUntil(lambda: window.binder.action(Command.NEXT_CLAIM).isEnabled(), timeout=WAIT)
    assert not window.binder.action(Command.VERIFY).isEnabled()
    assert window.binder.why_not(Command.VERIFY) == WHY_NOT[Need.WRITABLE]
    assert window.binder.action(Command.EXPORT).isEnabled()
    window.close_workspace()


def test_another_window_can_write_meanwhile_and_is_followed(window, closed, qtbot):
    workspace = view(window, closed.path, qtbot)
    claim = claims_of_article(workspace.session.reader, closed.bridge)[0].id
    workspace.review.choose_claim(claim)
    with Project.open(closed.path, reviewer="Grace") as other:  # takes the lock that the viewer has not
        other.run(mark_claim, claim, Verdict.VERIFIED)

        def shows_it():
            found = window.workspace
            if found is None or found.session.project.is_traceless:
                return False
            return get_claim(found.session.reader, claim).verdict is Verdict.VERIFIED

        qtbot.waitUntil(shows_it, timeout=WAIT)
        assert window.workspace.session.read_only
        qtbot.waitUntil(lambda: window.workspace.review.claim_id == claim, timeout=WAIT)
        with qtbot.waitSignal(window.workspace.session.changed, timeout=WAIT) as heard:
            other.run(mark_claim, claim, Verdict.DISPUTED)
        assert heard.args[0].everything
        assert get_claim(window.workspace.session.reader, claim).verdict is Verdict.DISPUTED
    window.close_workspace()


def test_a_project_in_use_opens_for_reading_at_once(window, bench, qtbot):
    workspace = view(window, bench.path, qtbot)
    assert not workspace.session.project.is_traceless
    claim = claims_of_article(workspace.session.reader, bench.bridge)[0].id
    with qtbot.waitSignal(workspace.session.changed, timeout=WAIT):
        bench.run(mark_claim, claim, Verdict.DISPUTED)
    assert get_claim(workspace.session.reader, claim).verdict is Verdict.DISPUTED
    window.close_workspace()
    bench.project.close()


def test_a_project_that_is_read_can_be_opened_for_writing(window, closed, qtbot):
    view(window, closed.path, qtbot)
    window.projects.open(closed.path)
    qtbot.waitUntil(lambda: window.workspace is not None and not window.workspace.session.read_only, timeout=WAIT)
    assert "Reading only" not in badge(window)
    window.close_workspace()


def test_write_protected_media_open_too(window, closed, monkeypatch, qtbot):
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    workspace = view(window, closed.path, qtbot)
    assert len(claims_of_article(workspace.session.reader, closed.bridge)) == 3
    window.close_workspace()


def test_a_file_of_an_older_factdesk_is_offered_to_be_brought_up_to_date(window, tmp_path, qtbot):
    path = first_release_file(tmp_path / "old.factdesk")
    window.projects.open(path, read_only=True)
    qtbot.waitUntil(lambda: bool(window.notices.notices()), timeout=WAIT)
    (notice,) = window.notices.notices()
    assert "its schema is 1.0" in notice.text
    (button,) = [each for each in notice.findChildren(QPushButton) if each.text() == "Bring up to date and open"]
    button.click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: any("was brought up to date" in each.text for each in window.notices.notices()))
    told = next(each for each in window.notices.notices() if "was brought up to date" in each.text)
    (copy,) = tmp_path.glob("old.before-*.factdesk")
    assert str(copy) in told.hint
    window.close_workspace()


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [
        (["view", "a.factdesk"], ("a.factdesk", True)),
        (["a.factdesk"], ("a.factdesk", False)),
        (["demo"], (None, False)),
        ([], (None, False)),
    ],
)
def test_the_command_opens_the_window_for_reading(monkeypatch, arguments, opened):
    calls = []
    monkeypatch.setattr(
        "factdesk_gui.app.run", lambda path, *, demo, read_only: calls.append((path, demo, read_only)) or 0
    )
    assert command.main(arguments) == 0
    path, demo, read_only = calls[0]
    assert ((path and str(path)), read_only) == opened
    assert demo is (arguments == ["demo"])


@pytest.mark.parametrize("arguments", [["view"], ["view", "--x"], ["view", "a", "b"]])
def test_wrong_usage_of_view_is_told(capsys, arguments):
    assert command.main(arguments) == 2
    assert "factdesk view PROJECT" in capsys.readouterr().err
