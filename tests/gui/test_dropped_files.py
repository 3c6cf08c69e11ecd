"""Files and folders dropped on the window."""

import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton

from builders import BRIDGE
from commands import run
from factdesk.exchange import intake
from factdesk.ops.intake import take_in
from factdesk.store.articles import list_articles, original_bytes
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.import_dialog import ImportDialog
from factdesk_gui.dialogs.list_dialog import ListDialog

WAIT = 30_000
RUSSIAN = "Мост в городе упал. Пострадали двенадцать человек, сказал мэр."


@pytest.fixture
def folder(tmp_path):
    """Two articles, one that the case has, an empty file and two binary ones."""
    made = tmp_path / "wire"
    made.mkdir()
    (made / "1 rain.txt").write_bytes(b"\xef\xbb\xbfRain in Brno\r\n\r\nIt rained for 3 days.")
    (made / "2 bridge.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (made / "3 known.txt").write_text(BRIDGE, encoding="utf-16")
    (made / "4 empty.txt").touch()
    (made / "5 picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (made / "6 page.bin").write_bytes(bytes(range(256)) * 4)
    return made


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_a_dropped_folder_is_read_named_and_imported(opened, folder, qtbot):
    drop(opened, folder)
    dialog = opened.findChild(ImportDialog)
    qtbot.waitUntil(lambda: not dialog.reading.is_busy and dialog.troubles.model.rowCount() == 3, timeout=WAIT)
    troubles = [trouble.name for trouble in dialog.troubles.model.troubles()]
    assert troubles == ["4 empty.txt", "5 picture.txt", "6 page.bin"]
    rows = {row.path.name: row for row in dialog.rows.list.rows()}
    assert set(rows) == {"1 rain.txt", "2 bridge.txt", "3 known.txt"}
    assert not rows["3 known.txt"].is_wanted
    assert rows["2 bridge.txt"].article.text == RUSSIAN
    assert dialog.accept_button.text() == "Import 2 articles"
    dialog.accept()
    reader, case = opened.workspace.session.reader, opened.workspace.review.case_id
    qtbot.waitUntil(lambda: len(list_articles(reader, case)) == 5, timeout=WAIT)
    rain, bridge = list_articles(reader, case)[3:]
    assert (rain.meta.title, bridge.encoding) == ("Rain in Brno", "cp1251")
    assert original_bytes(reader, rain.id) == (folder / "1 rain.txt").read_bytes()
    qtbot.waitUntil(lambda: not opened.controls.analysis.annotator.is_running, timeout=WAIT)
    run(opened, Command.UNDO, qtbot)
    assert len(list_articles(reader, case)) == 3


def test_the_same_files_again_offer_nothing(opened, folder, qtbot):
    for turn in range(2):
        drop(opened, folder)
        dialog = opened.findChildren(ImportDialog)[-1]
        qtbot.waitUntil(
            lambda shown=dialog: not shown.reading.is_busy and shown.troubles.model.rowCount() == 3, timeout=WAIT
        )
        assert len(dialog.rows.list.wanted()) == (0 if turn else 2)
        dialog.accept() if not turn else dialog.reject()
        session, annotator = opened.workspace.session, opened.controls.analysis.annotator
        reader, case = session.reader, opened.workspace.review.case_id
        qtbot.waitUntil(lambda r=reader, c=case: len(list_articles(r, c)) == 5, timeout=WAIT)
        qtbot.waitUntil(lambda s=session, a=annotator: not s.pending and not a.is_running, timeout=WAIT)


def test_files_dropped_on_a_project_open_for_reading_are_refused(window, project, folder, qtbot):
    window.projects.open(project.path, read_only=True)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    drop(window, folder)
    assert "reading only" in window.notices.notices()[0].text
    assert window.findChild(ImportDialog) is None
    window.close_workspace()


def test_json_lines_of_another_tool_are_imported_and_our_own_become_a_project(opened, tmp_path, qtbot):
    foreign = tmp_path / "tweets.jsonl"
    foreign.write_text('{"body": "Rain in Brno. ' + "It rained for three days in the whole valley. " * 8 + '"}\n')
    drop(opened, foreign)
    dialog = opened.findChild(ImportDialog)
    qtbot.waitUntil(lambda: not dialog.reading.is_busy, timeout=WAIT)
    assert dialog.rows.rowCount() == 1
    dialog.reject()
    own = tmp_path / "own.jsonl"
    opened.controls.exports.export_to(own, "jsonl")
    qtbot.waitUntil(own.exists, timeout=WAIT)
    drop(opened, own, foreign)
    chooser = opened.findChild(QFileDialog)
    assert chooser.windowTitle() == "New project from an export"
    chooser.reject()
    told = [notice.text for notice in opened.notices.notices()]
    assert "own.jsonl is an export, which becomes a project of its own; the other files were left alone." in told


def test_an_import_is_stopped_gone_on_with_and_lists_what_was_bad(opened, tmp_path, qtbot, monkeypatch):
    gate, steps = threading.Event(), []

    def slow(tx, *batch):
        steps.append(batch)
        if len(steps) == 3:
            gate.wait(10)
        return take_in(tx, *batch)

    monkeypatch.setattr(intake, "ARTICLES", 1)
    monkeypatch.setattr(intake, "take_in", slow)
    many = tmp_path / "many"
    many.mkdir()
    for number in range(6):
        (many / f"{number}.txt").write_text(f"Report {number}: the river rose by {number} metres.", encoding="utf-8")
    (many / "bad.bin").write_bytes(bytes(range(256)) * 4)
    drop(opened, many)
    dialog = opened.findChild(ImportDialog)
    qtbot.waitUntil(lambda: not dialog.reading.is_busy and dialog.rows.rowCount() == 6, timeout=WAIT)
    control = opened.controls.articles.intake
    reader, case = opened.workspace.session.reader, opened.workspace.review.case_id
    with qtbot.waitSignal(control.finished, timeout=WAIT):
        dialog.accept()
        qtbot.waitUntil(lambda: len(steps) == 3, timeout=WAIT)
        control.stop()
        gate.set()
    assert len(list_articles(reader, case)) == 6
    notice = opened.notices.notices()[-1]
    assert notice.text == "3 of 6 articles imported."
    with qtbot.waitSignal(control.finished, timeout=WAIT):
        next(each for each in notice.findChildren(QPushButton) if each.text() == "Go on").click()
    assert len(list_articles(reader, case)) == 9
    notice = opened.notices.notices()[-1]
    assert notice.text == "6 articles imported. 1 file or part could not be imported."
    next(each for each in notice.findChildren(QPushButton) if each.text() == "Show list…").click()
    listed = opened.findChild(ListDialog)
    assert "bad.bin" in listed.area.toPlainText()
    listed.reject()
    qtbot.waitUntil(lambda: not opened.controls.analysis.annotator.is_running, timeout=WAIT)


def test_a_project_that_is_being_filled_closes_only_when_asked_twice(opened, folder, qtbot):
    control = opened.controls.articles.intake
    control._is_running = True
    assert not opened.close_workspace()
    assert "The project stays open" in opened.notices.notices()[-1].text
    assert opened.close_workspace()
