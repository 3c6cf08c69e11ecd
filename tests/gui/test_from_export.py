"""An export becomes a project again, in the window."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from factdesk.exchange.exporters import export_project
from factdesk.exchange.progress import StoppedError
from factdesk.exchange.records.importer import project_from_export
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article, history_of
from factdesk_gui.actions.ids import Command

WAIT = 30_000


@pytest.fixture
def export(project, tmp_path):
    """An export with one verdict in it."""
    path = tmp_path / "bridge.jsonl"
    with Project.open(project.path, reviewer="Grace") as opened, opened.reader() as reader:
        claim = claims_of_article(reader, project.bridge)[0].id
        opened.run(mark_claim, claim, Verdict.DISPUTED, note="Other numbers elsewhere.")
        export_project(opened, "jsonl", path)
    return path


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_an_export_becomes_a_project_with_its_history(window, export, project, tmp_path, qtbot):
    target = tmp_path / "again.factdesk"
    window.projects.from_export.make(export, target)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    session = window.workspace.session
    assert session.project.path == target
    claim = claims_of_article(session.reader, project.bridge)[0]
    assert claim.verdict is Verdict.DISPUTED
    assert [entry.reviewer for entry in history_of(session.reader, claim.id)] == ["Grace"]
    assert session.project.reviewer_name == "Ada"
    assert check_project(session.reader) == []
    notice = window.notices.notices()[0]
    assert "3 articles, 9 claims and 1 decision" in notice.text


def test_bad_lines_are_named_and_can_be_copied(window, export, tmp_path, qtbot):
    lines = export.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if json.loads(line)["type"] == "claim")
    lines[at] = lines[at].replace('"quote":', '"quoted":')
    export.write_text("\n".join(lines) + "\n", encoding="utf-8")
    window.projects.from_export.make(export, tmp_path / "again.factdesk")
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    notice = window.notices.notices()[0]
    assert notice.kind == "warning"
    assert f"line {at + 1}" in notice.hint
    notice.findChild(QPushButton).click()
    assert f"line {at + 1}" in QApplication.clipboard().text()


@pytest.mark.parametrize("kind", ["no export", "target exists", "no folder"])
def test_what_cannot_become_a_project_is_told_and_leaves_nothing(window, export, project, tmp_path, qtbot, kind):
    target = tmp_path / "again.factdesk"
    if kind == "no export":
        export.write_text('{"id": "1", "text": "An article."}\n', encoding="utf-8")
    elif kind == "target exists":
        target = project.path
    else:
        target = tmp_path / "nowhere" / "again.factdesk"
    before = project.path.read_bytes()
    window.projects.from_export.make(export, target)
    qtbot.waitUntil(lambda: bool(window.notices.notices()), timeout=WAIT)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    notice = window.notices.notices()[0]
    assert notice.kind == "error"
    assert notice.hint
    assert window.workspace is None
    assert project.path.read_bytes() == before
    assert not (tmp_path / "again.factdesk").exists()


def test_a_stopped_import_leaves_no_project(export, tmp_path):
    target = tmp_path / "again.factdesk"
    with pytest.raises(StoppedError):
        project_from_export(export, target, "Ada", stopped=lambda: True)
    assert not list(tmp_path.glob("*again*"))


def test_a_dropped_export_asks_where_its_project_shall_lie(window, export, qtbot):
    drop(window, export)
    chooser = window.findChild(QFileDialog)
    assert chooser.windowTitle() == "New project from an export"
    assert chooser.selectedFiles()[0].endswith("bridge.factdesk")
    chooser.reject()


def test_the_command_asks_for_an_export_first(window, qtbot):
    window.binder.run(Command.NEW_FROM_EXPORT)
    chooser = window.findChild(QFileDialog)
    assert "*.jsonl" in chooser.nameFilters()[0]
    chooser.reject()


def test_files_dropped_for_a_project_that_is_not_made_are_forgotten(window, project, tmp_path, qtbot):
    from factdesk_gui.dialogs.import_dialog import ImportDialog
    from factdesk_gui.dialogs.new_project_dialog import NewProjectDialog

    path = tmp_path / "wire.txt"
    path.write_text("It rained in Brno.", encoding="utf-8")
    drop(window, path)
    window.findChild(NewProjectDialog).reject()
    window.projects.open(project.path)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT)
    assert window.findChild(ImportDialog) is None
