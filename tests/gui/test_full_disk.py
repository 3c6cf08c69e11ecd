"""A disk that is really full, in the window: said, nothing shown that is not stored, and each thing goes on with room."""

import random
import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QPushButton

from builders import Bench, new_article
from factdesk.exchange.readings import Reading
from factdesk.ops.articles import add_articles
from factdesk.store.articles import unanalysed_articles
from factdesk.store.backups import list_backups
from factdesk.store.check import check_project
from factdesk_gui.actions.ids import Command
from factdesk_gui.prefs import Prefs
from small_disk import small_disk

LETTERS = "".join(random.Random(3).choices("abcdefghij ", k=300_000))


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
def crowded(window, disk, qtbot):
    """The window with a project on that disk; two long articles are not pre-annotated, because the child is not asked."""
    bench = Bench.copy(disk.path / "bridge.factdesk")
    bench.unread = [new_article(f"Claims: {n} {LETTERS}", title=f"Long {n}") for n in range(2)]
    bench.close()
    window.projects.open(bench.path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    qtbot.waitUntil(lambda: not window.controls.analysis.annotator.is_running)
    window.project_file = bench.path
    window.unread = bench.unread
    yield window
    window.close_workspace()


def told(window):
    return [f"{notice.text} {notice.hint}" for notice in window.notices.notices()]


def wait_for(window, qtbot, *words):
    qtbot.waitUntil(lambda: any(all(word in text for word in words) for text in told(window)))
    return next(one for one in window.notices.notices() if all(word in f"{one.text} {one.hint}" for word in words))


def settle(window, qtbot):
    qtbot.waitUntil(lambda: not window.workspace.session.pending and not window.jobs.busy)


def test_pre_annotation_that_does_not_fit_stops_is_not_called_done_and_is_made_up_for(crowded, disk, qtbot):
    session, analysis = crowded.workspace.session, crowded.controls.analysis
    session.project.run(add_articles, crowded.workspace.review.case_id, crowded.unread)
    with closing(sqlite3.connect(crowded.project_file)) as connection:  # no room is left in the -wal file either
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    with disk.full():
        analysis.start()
        wait_for(crowded, qtbot, "the last step could not be saved" if disk.is_real else "could not be")
        qtbot.waitUntil(lambda: not analysis.annotator.is_running)
        settle(crowded, qtbot)
        assert not any("pre-annotated" in text for text in told(crowded))
    left = unanalysed_articles(session.reader, crowded.workspace.review.case_id)
    assert left
    crowded.notices.clear()
    qtbot.waitUntil(crowded.binder.action(Command.PRE_ANNOTATE).isEnabled)
    crowded.binder.run(Command.PRE_ANNOTATE)
    wait_for(crowded, qtbot, "pre-annotated")
    assert unanalysed_articles(session.reader, crowded.workspace.review.case_id) == []
    assert check_project(session.reader) == []


def test_an_import_an_export_and_a_backup_that_do_not_fit_are_told_and_go_on_with_room(crowded, disk, qtbot):
    out = disk.path / "out.jsonl"
    intake, reader = crowded.controls.articles.intake, crowded.workspace.session.reader
    with disk.full():
        intake.store([Reading(article) for article in crowded.unread])
        stopped = wait_for(crowded, qtbot, "The import ended after 0 of 2 articles")
        crowded.controls.exports.export_to(out, "jsonl")
        wait_for(crowded, qtbot, "out.jsonl could not be written" if disk.is_real else "")
        crowded.backups.back_up_if_due()
        wait_for(crowded, qtbot, "No backup could be made today")
        settle(crowded, qtbot)
        assert reader.value("SELECT count(*) FROM articles") == 3
        assert not list(disk.path.glob("*.jsonl*"))
        assert not list(disk.path.glob(".*jsonl*"))
    next(button for button in stopped.findChildren(QPushButton) if button.text() == "Go on").click()
    wait_for(crowded, qtbot, "2 articles imported")
    crowded.controls.exports.export_to(out, "jsonl")
    wait_for(crowded, qtbot, "Exported to out.jsonl")
    crowded.backups.back_up_if_due()
    qtbot.waitUntil(lambda: len(list_backups(crowded.project_file)) == 1)
    qtbot.waitUntil(lambda: not crowded.controls.analysis.annotator.is_running)
    settle(crowded, qtbot)
    assert check_project(reader) == []


def test_settings_that_do_not_fit_stay_as_they_were_and_are_kept_with_room(disk, qapp):
    path = disk.path / "settings" / "prefs.ini"
    prefs = Prefs(path)
    prefs.reviewer = "Ada"
    prefs.sync()
    with disk.full():
        prefs.export_choices = LETTERS
        prefs.sync()
        assert Prefs(path).reviewer == "Ada"
        assert prefs.export_choices == LETTERS, "until the window is closed they hold"
    prefs.reviewer = "Bert"
    prefs.sync()
    again = Prefs(path)
    assert (again.reviewer, again.export_choices) == ("Bert", LETTERS)
