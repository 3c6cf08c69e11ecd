"""The real window, worked by keys, menus and dialogs until it is killed: it notes what its screen shows, then goes on.

What is noted is read from what the widgets show, never from the project. Qt is loaded before the forks, but each window
makes its own application: a fork server must have one thread only.
"""

import itertools
import json
import os
import random
import sys
import threading
import time
import traceback
from functools import partial
from importlib import import_module
from pathlib import Path

import filelock  # noqa: F401 - loaded before the forks, which would each need a second for these
import sqlite_utils  # noqa: F401 - as above
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from factdesk.model.evidence import EvidenceKind
from factdesk.model.spans import Span
from factdesk_gui.actions.ids import Command
from factdesk_gui.app import _parts, make_application
from factdesk_gui.dialogs.backups_dialog import BackupsDialog
from factdesk_gui.dialogs.evidence_dialog import EvidenceDialog
from factdesk_gui.dialogs.import_dialog import ImportDialog
from factdesk_gui.dialogs.merge_dialog import MergeDialog
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.main_window import MainWindow
from factdesk_gui.models.progress_model import PROGRESS_ROLE
from factdesk_gui.models.queue_model import CLAIM_ROLE, Column
from factdesk_gui.prefs import Prefs
from factdesk_gui.review import Passage
from factdesk_gui.theme import Scheme, themes
from victim import serve

WORKER = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))
PATIENCE = 100  # seconds; a stopped process does not count its sleep
KEYS = {"verified": Qt.Key.Key_V, "disputed": Qt.Key.Key_D, "unverified": Qt.Key.Key_U}
MANY = {"accepted": "Accept", "refused": "Refuse", "verified": "verified", "disputed": "disputed"}
FORMATS = (("jsonl", "jsonl"), ("csv", "csv"), ("html", "dossier-html"), ("json", "web-annotation"))


class Hand:
    """Whoever sits before the window. Each kind of work is a generator of what it waits for before it goes on."""

    def __init__(self, job):
        self.job = job
        self.rng = random.Random(job["seed"])
        self.folder = Path(job["project"]).parent
        self.notes = os.open(job["notes"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        sys.excepthook = threading.excepthook = self.give_up
        self.app = make_application(["factdesk"])
        themes().apply(Scheme.LIGHT)
        prefs = Prefs(Path(job["home"]) / "prefs.ini")
        prefs.reviewer = "Ada"
        self.window = MainWindow(prefs, Jobs(), Faults(), WORKER)
        self.window.show()
        self.window.activateWindow()

    def work(self):
        """Works until it is killed."""
        steps = self.open_and_work()
        wanted, since = next(steps), time.monotonic()

        def go_on():
            nonlocal wanted, since
            while wanted():
                wanted, since = next(steps), time.monotonic()
            if time.monotonic() - since > PATIENCE:
                raise TimeoutError(f"It waits in line {line_of(steps)}; told: {self.notices()}")

        timer = QTimer(interval=2)
        timer.timeout.connect(go_on)
        timer.start()
        self.app.exec()

    def open_and_work(self):
        yield from self.open()
        yield from getattr(self, self.job["work"])()

    def say(self, *values):
        """One write, which no kill can tear apart."""
        os.write(self.notes, (json.dumps(values) + "\n").encode())

    def give_up(self, *error):
        """A fault of the program or of this one ends the round."""
        words = "".join(traceback.format_exception(*error)) if len(error) == 3 else repr(error)
        told = Path(self.job["notes"]).with_suffix(".told")
        told.write_text(words)
        told.replace(told.with_suffix(".error"))
        os._exit(1)

    # what the screen shows ----------------------------------------------------------------------------------------

    @property
    def workspace(self):
        return self.window.workspace

    def rows(self):
        """What the queue shows of each claim: its status and its verdict."""
        model = self.workspace.queue.model
        claims = [model.data(model.index(row, Column.VERDICT), CLAIM_ROLE) for row in range(model.rowCount())]
        return {claim.id: (claim.status.value, claim.verdict and claim.verdict.value) for claim in claims if claim}

    def all_show(self, word):
        """Whether all claims have this status, or all this verdict."""
        return all(word in row for row in self.rows().values()) and self.is_saved()

    def verdict_of(self, claim):
        return self.rows()[claim][1]

    def shown(self):
        """The claim in the inspector."""
        claim = self.workspace.inspector.claim
        return claim.id if claim is not None else ""

    def is_saved(self):
        label = next(
            one for one in self.window.statusBar().findChildren(QLabel) if one.accessibleName() == "Saving state"
        )
        return label.text() == "✓ Saved" and not self.workspace.session.pending

    def notices(self):
        return [f"{notice.text} {notice.hint}" for notice in self.window.notices.notices()]

    def told(self, words):
        return any(words in notice for notice in self.notices())

    def articles(self):
        """The titles that the list of articles shows."""
        model = self.workspace.progress.model
        return [model.data(model.index(row), PROGRESS_ROLE).article.meta.title for row in range(model.rowCount())]

    def dialog(self, kind):
        return self.window.findChild(kind)

    # what hands do ------------------------------------------------------------------------------------------------

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        view = self.workspace.queue.view
        view.setFocus()
        QTest.keyClick(view, key, modifier)

    def can(self, command):
        return self.window.binder.action(command).isEnabled

    def open(self):
        self.window.projects.open(Path(self.job["project"]))
        yield lambda: self.workspace is not None and self.workspace.queue.feed._articles is not None
        if not self.rows():  # all were refused
            self.workspace.queue.filters._chips["refused"].click()
        yield lambda: self.rows() and (self.can(Command.VERIFY)() or self.job["work"] == "bulk")
        yield lambda: self.app.activeWindow() is self.window
        self.say("opened", self.shown(), self.workspace.desk.shown_articles())

    def step(self):
        """Goes to another claim by J or K."""
        before = self.shown()
        down, up = (Qt.Key.Key_J, Qt.Key.Key_K) if self.rng.random() < 0.7 else (Qt.Key.Key_K, Qt.Key.Key_J)
        self.press(down)
        if self.shown() == before:  # the end of the queue
            self.press(up)
        yield self.can(Command.VERIFY)

    def decide(self):
        """Gives the claim shown another verdict by its key."""
        claim = self.shown()
        verdict = self.rng.choice([one for one in KEYS if one != self.verdict_of(claim)])
        self.press(KEYS[verdict])
        yield lambda: self.verdict_of(claim) == verdict and self.is_saved()

    # kinds of work ------------------------------------------------------------------------------------------------

    def mark(self):
        while True:
            yield from self.step()
            yield from self.decide()
            self.say("rows", self.rows())

    def bulk(self):
        queue = self.workspace.queue
        while True:
            wanted, words = self.rng.choice(list(MANY.items()))
            if self.all_show(wanted):
                continue
            self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            queue.view.customContextMenuRequested.emit(QPoint(9, 9))
            menu = queue.findChildren(QMenu)[-1]
            next(action for action in menu.actions() if words in action.text().replace("&", "")).trigger()
            menu.close()
            yield partial(self.all_show, wanted)
            self.say("rows", self.rows())
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def back_and_forth(self):
        bar = self.window.statusBar()
        for _ in range(3):
            yield from self.step()
            yield from self.decide()
        while True:
            command, word = self.rng.choice([(Command.UNDO, "Undone: Mark"), (Command.REDO, "Redone"), (None, "")])
            undoes = self.window.binder.action(Command.UNDO).text()
            if command is None or not self.can(command)() or (command is Command.UNDO and "Mark" not in undoes):
                yield from self.step()
                yield from self.decide()
            else:
                bar.clearMessage()
                self.window.binder.run(command)
                yield lambda word=word: word in bar.currentMessage() and self.is_saved()
                yield self.can(Command.UNDO)
            self.say("rows", self.rows())

    def bring_in(self):
        for number in itertools.count():
            folder = self.folder / f"in {self.job['seed']} {number}"
            folder.mkdir()
            titles = [f"Flood {self.job['seed']} {number}.{each}" for each in range(5)]
            for each, title in enumerate(titles):
                text = f"{title}\n\nClaims: The water rose by {each} metres on Monday, said the mayor of Orlen.\n"
                (folder / f"{each}.txt").write_text(text, encoding="utf-8")
            self.window.projects.take_files([folder])
            yield lambda: self.dialog(ImportDialog) is not None
            dialog = self.dialog(ImportDialog)
            yield dialog.accept_button.isEnabled
            dialog.accept_button.click()
            yield lambda titles=titles: set(titles) <= set(self.articles())
            self.say("articles", titles)
            yield lambda titles=titles: all(title in self.analysed() for title in titles)
            self.say("analysed", titles)
            yield lambda: self.dialog(ImportDialog) is None

    def analysed(self):
        """Titles of articles whose claims the queue shows."""
        queue = self.workspace.queue.model
        return {queue.data(queue.index(row, Column.CLAIM)).partition(" Claims: ")[0] for row in range(queue.rowCount())}

    def write_out(self):
        for number in itertools.count():
            suffix, name = FORMATS[number % len(FORMATS)]
            out = Path(self.job["out"]) / f"{number % 3}.{suffix}"
            self.window.notices.clear()
            self.window.controls.exports.export_to(out, name)
            self.say("begun", out.name)
            yield lambda out=out: self.told(f"Exported to {out.name}")
            self.say("exported", out.name)

    def reason(self):
        """Notes, passages and files as evidence."""
        for number in itertools.count():
            yield from self.step()
            claim = self.shown()
            yield from self.type_note(claim, f"n{number} of {self.job['seed']}")
            pane = self.workspace.desk.current_pane()
            start = self.rng.randrange(50)
            passage = Passage(pane.article_id, Span(start, start + self.rng.randrange(2, 30)))
            self.workspace.review.select(passage)
            yield self.can(Command.EVIDENCE_REFUTES)
            self.window.binder.run(Command.EVIDENCE_REFUTES)
            yield partial(self.is_evidence, passage)
            self.say("passage", claim, passage.article_id, passage.span.start)
            yield from self.attach(claim, f"letter {number} of {self.job['seed']}")

    def is_evidence(self, passage):
        """Whether the inspector shows this passage as evidence."""
        found = (one.evidence for one in self.workspace.inspector.view.evidence)
        return self.is_saved() and any(
            (one.article_id, one.span) == (passage.article_id, passage.span) for one in found
        )

    def type_note(self, claim, words):
        editor = self.workspace.inspector.note.editor
        self.window.binder.run(Command.FOCUS_NOTE)
        editor.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(editor, words)
        self.workspace.queue.view.setFocus()
        inspector = self.workspace.inspector
        yield (
            lambda: (
                inspector.claim.judgement.note.endswith(words) and self.is_saved() and not inspector.note.saver.waiting
            )
        )
        self.say("note", claim, words)

    def attach(self, claim, words):
        inspector = self.workspace.inspector
        file = self.folder / f"{words}.txt"
        file.write_text(words)
        self.window.binder.run(Command.OUTSIDE_SOURCE)
        yield lambda: self.dialog(EvidenceDialog) is not None
        dialog = self.dialog(EvidenceDialog)
        dialog.choose_kind(EvidenceKind.FILE)
        dialog.file.set_path(file)
        yield dialog.accept_button.isEnabled
        dialog.accept_button.click()
        yield (
            lambda: (
                self.is_saved()
                and any(one.evidence.file and one.evidence.file.name == file.name for one in inspector.view.evidence)
            )
        )
        self.say("file", claim, file.name, words)
        yield lambda: self.dialog(EvidenceDialog) is None

    def merge(self):
        for number in itertools.count():
            self.window.controls.second_review.merge([Path(self.job["copies"][number % 2])])
            yield lambda: self.dialog(MergeDialog) is not None and not self.window.jobs.busy
            dialog = self.dialog(MergeDialog)
            text = dialog.text()
            self.say("merged", "Came in from" in text or "Nothing new came in" in text)
            before = self.rows()
            if dialog.take_over.isVisible():
                dialog.take_over.click()
                yield lambda before=before: self.rows() != before and self.is_saved()
                self.say("rows", self.rows())
                self.window.binder.run(Command.UNDO)
                yield lambda before=before: self.rows() == before and self.is_saved()
                self.say("rows", self.rows())
            dialog.reject()
            yield lambda: self.dialog(MergeDialog) is None

    def migrate(self):
        yield from self.mark()

    def back_up(self):
        for _ in itertools.count():
            yield from self.step()
            yield from self.decide()
            self.say("rows", self.rows())
            self.window.binder.run(Command.BACKUPS)
            yield lambda: self.dialog(BackupsDialog) is not None
            yield from self.back_up_now(self.dialog(BackupsDialog))

    def back_up_now(self, dialog):
        yield lambda: dialog.now.isEnabled() and not self.window.jobs.busy
        listed = dialog.list.count()
        dialog.now.click()
        yield lambda: dialog.list.count() > listed and not self.window.jobs.busy
        self.say("backups", dialog.list.count())
        dialog.reject()
        yield lambda: self.dialog(BackupsDialog) is None


def line_of(steps):
    """Where the innermost generator stands."""
    while getattr(steps.gi_yieldfrom, "gi_frame", None) is not None:
        steps = steps.gi_yieldfrom
    return f"{steps.gi_frame.f_lineno} ({steps.gi_code.co_name})"


def main():
    """Loads what every window needs, then serves."""
    for part in _parts():
        import_module(part)
    assert threading.active_count() == 1, threading.enumerate()
    tasks = {task.read_text().strip() for task in Path("/proc/self/task").glob("*/comm")}
    assert not {task for task in tasks if task.startswith("Q")}, (
        f"Qt has begun threads, which forks would lose: {tasks}"
    )
    serve(lambda job: Hand(job).work())


if __name__ == "__main__":
    main()
