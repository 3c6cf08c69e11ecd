"""Another program that does not know of our lock holds the project: the window waits, then says so, and shows nothing unsaved."""

import subprocess
import sys
from contextlib import contextmanager

from PySide6.QtWidgets import QLabel

from commands import run
from factdesk.model.claims import Verdict
from factdesk.project import Project
from factdesk.store import connection
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk_gui.actions.ids import Command
from factdesk_gui.panels.verdict_button import VerdictButton

HOLD = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
for line in sys.stdin:
    other.execute("BEGIN IMMEDIATE" if line == "hold\\n" else "ROLLBACK")
    sys.stdout.write(line)
    sys.stdout.flush()
"""


@contextmanager
def other_program(path):
    """A program that takes the file for itself when told to."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def tell(word):
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
            assert process.stdout.readline() == f"{word}\n"

        yield tell
        process.stdin.close()


def wait_at_most(window, milliseconds):
    window.workspace.session.project.run(lambda tx: tx.rows(f"PRAGMA busy_timeout = {milliseconds}"))


def current(window):
    return get_claim(window.workspace.session.reader, window.workspace.review.claim_id)


def pressed(window):
    """The verdict that inspector and toolbar show."""
    commands = {Command.VERIFY: "verified", Command.DISPUTE: "disputed", Command.UNVERIFY: "unverified"}
    on = {word for command, word in commands.items() if window.binder.action(command).isChecked()}
    return on | {each.verdict for each in window.workspace.inspector.findChildren(VerdictButton) if each.isChecked()}


def saving_state(window):
    return next(one for one in window.statusBar().findChildren(QLabel) if one.accessibleName() == "Saving state").text()


def told(window):
    return [f"{notice.text} {notice.hint}" for notice in window.notices.notices()]


def test_a_decision_waits_for_another_program_and_is_stored_when_that_lets_go(opened, project, qtbot):
    wait_at_most(opened, 600_000)
    with other_program(project.path) as tell:
        tell("hold")
        opened.binder.run(Command.VERIFY)
        qtbot.waitUntil(lambda: saving_state(opened) == "Saving…")
        assert current(opened).verdict is None
        tell("let go")
        qtbot.waitUntil(lambda: saving_state(opened) == "✓ Saved")
    assert current(opened).verdict is Verdict.VERIFIED
    assert told(opened) == []


def test_a_decision_that_cannot_be_stored_is_told_and_never_shown(opened, project, qtbot):
    run(opened, Command.VERIFY, qtbot)
    wait_at_most(opened, 50)
    with other_program(project.path) as tell:
        tell("hold")
        opened.binder.run(Command.DISPUTE)
        qtbot.waitUntil(lambda: any("Another program holds" in words for words in told(opened)))
        qtbot.waitUntil(lambda: pressed(opened) == {"verified"})
        assert str(project.path) in told(opened)[0]
        assert "then try again" in told(opened)[0]
        assert saving_state(opened) == "Not saved"
        assert current(opened).verdict is Verdict.VERIFIED
        tell("let go")
        run(opened, Command.DISPUTE, qtbot)
    assert current(opened).verdict is Verdict.DISPUTED
    qtbot.waitUntil(lambda: saving_state(opened) == "✓ Saved")


def test_a_project_that_another_program_holds_is_told_and_opened_when_that_lets_go(window, project, qtbot, monkeypatch):
    with other_program(project.path) as tell:
        tell("hold")
        monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)
        window.projects.open(project.path)
        qtbot.waitUntil(lambda: any("Another program holds" in words for words in told(window)))
        assert window.workspace is None
        tell("let go")
        window.projects.open(project.path)
        qtbot.waitUntil(lambda: window.workspace is not None)


def test_closing_waits_for_no_other_program(opened, project, qtbot):
    run(opened, Command.VERIFY, qtbot)
    claim = current(opened).id
    wait_at_most(opened, 50)  # the place is not saved then, which is told; closing once more gives it up
    with other_program(project.path) as tell:
        tell("hold")
        assert opened.close_workspace() or opened.close_workspace()
        tell("let go")
    with Project.open(project.path) as again, again.reader() as reader:
        assert get_claim(reader, claim).verdict is Verdict.VERIFIED
        assert check_project(reader) == []
