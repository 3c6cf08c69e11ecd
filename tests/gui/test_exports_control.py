"""Exports of a project that is open in the window: written elsewhere, told when done, stopped without a trace."""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QPushButton

from commands import run
from factdesk.exchange import process
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.export_format import Checked, Loss, Written
from factdesk.exchange.exporters import Exported
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.board_menu import fill_board_menu
from factdesk_gui.dialogs.export_dialog import ExportDialog
from factdesk_gui.dialogs.export_result_dialog import ExportResultDialog
from factdesk_gui.dialogs.export_subject import Export
from factdesk_gui.models.board_model import HEAD

FAKE = Path(__file__).parent.parent / "support" / "fake_exporter.py"


@pytest.fixture
def opened_urls(monkeypatch):
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    return urls


def fake(monkeypatch, how):
    monkeypatch.setattr(process, "child_command", lambda _task: [sys.executable, str(FAKE), how])


def dialog_of(window, qtbot):
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is not None)
    return window.findChild(ExportDialog)


def notice(window, qtbot):
    qtbot.waitUntil(lambda: bool(window.notices.notices()))
    return window.notices.notices()[-1]


def press(widget, label):
    next(button for button in widget.findChildren(QPushButton) if button.text() == label).click()


def test_an_export_goes_from_the_dialog_to_a_file_and_tells_how_it_was_checked(opened, tmp_path, qtbot, opened_urls):
    run(opened, Command.EXPORT, qtbot)
    dialog = dialog_of(opened, qtbot)
    dialog.choose_format("csv")
    qtbot.waitUntil(lambda: "3 articles' texts" in dialog.losses.text)
    qtbot.waitUntil(lambda: dialog.options.claims.count() == 2)
    assert dialog.options.claims.itemText(1) == "Those shown in the queue now, 9"
    dialog.accept_button.click()
    told = notice(opened, qtbot)
    assert told.text == "Exported to bridge.csv: 9 claims."
    assert told.hint.startswith("Read again with a CSV reader: 9 rows")
    assert "Not in it: 3 articles' texts and " in told.hint
    assert (tmp_path / "bridge.csv").is_file()
    assert json.loads((tmp_path / "bridge.csv.about.json").read_text(encoding="utf-8"))["format"] == "csv"
    press(told, "Open the folder")
    assert opened_urls == [str(tmp_path)]
    assert opened.notices.notices() == []


def test_what_is_still_typed_goes_with_an_export(opened, tmp_path, qtbot):
    claim = opened.workspace.review.claim_id
    with qtbot.waitSignal(opened.workspace.session.changed):
        opened.workspace.session.run(mark_claim, claim, Verdict.VERIFIED)
    note = opened.workspace.inspector.note
    note.editor.setPlainText("not saved yet")
    opened.controls.exports.export_to(tmp_path / "out.csv", "csv")
    notice(opened, qtbot)
    assert "not saved yet" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_the_details_are_behind_a_button_and_a_page_opens_only_by_click(opened, tmp_path, qtbot, opened_urls):
    page = tmp_path / "case.html"
    page.touch()
    made = Exported(page, Written(3, "claims", ("1 name was cut.",)), (Loss("1 note"),), Checked("Looked at."))
    opened.controls.exports._on_written(made)
    assert notice(opened, qtbot).hint == "Looked at. Not in it: 1 note."
    press(opened.notices.notices()[-1], "Details")
    details = opened.findChild(ExportResultDialog)
    assert opened_urls == []
    press(details, "Show in the browser")
    assert opened_urls == [str(page)]
    details.reject()


def test_a_stopped_export_leaves_nothing(opened, tmp_path, qtbot, monkeypatch):
    fake(monkeypatch, "hang")
    out, older = tmp_path / "out.csv", "an older export"
    out.write_text(older, encoding="utf-8")
    opened.controls.exports.export_to(out, "csv")
    qtbot.waitUntil((tmp_path / ".out.csv.part").exists)
    qtbot.waitUntil(lambda: "Exporting out.csv" in opened.status._work.text())
    opened.status.stop_wanted.emit()
    assert notice(opened, qtbot).text == "The export was stopped; nothing was written."
    assert not (tmp_path / ".out.csv.part").exists()
    assert out.read_text(encoding="utf-8") == older
    qtbot.waitUntil(opened.status._work.isHidden)


def test_a_project_that_is_closed_stops_its_export(opened, tmp_path, qtbot, monkeypatch):
    fake(monkeypatch, "hang")
    opened.controls.exports.export_to(tmp_path / "out.csv", "csv")
    qtbot.waitUntil((tmp_path / ".out.csv.part").exists)
    assert opened.close_workspace()
    qtbot.waitUntil(lambda: not opened.jobs.busy)
    assert not (tmp_path / ".out.csv.part").exists()


@pytest.mark.parametrize(("how", "words"), [("refuse", "It does not load."), ("die", "ended before its time")])
def test_a_failed_export_is_told_and_leaves_nothing(opened, tmp_path, qtbot, monkeypatch, how, words):
    fake(monkeypatch, how)
    opened.controls.exports.export_to(tmp_path / "out.csv", "csv")
    told = notice(opened, qtbot)
    assert words in told.text
    assert "Nothing was put in place." in told.hint
    assert not list(tmp_path.glob("*out.csv*"))


def test_exports_at_once_are_all_written_and_all_stopped(opened, tmp_path, qtbot, monkeypatch):
    fake(monkeypatch, "hang")
    for name in ("a.csv", "b.csv"):
        opened.controls.exports.export_to(tmp_path / name, "csv")
    qtbot.waitUntil(lambda: len(list(tmp_path.glob(".*.part"))) == 2)
    opened.controls.exports.stop()
    qtbot.waitUntil(lambda: not opened.jobs.busy)
    assert not list(tmp_path.glob(".*.part"))


def test_chosen_rows_of_the_queue_are_offered_for_export(opened, qtbot, monkeypatch):
    fake(monkeypatch, "hang")
    queue = opened.workspace.queue
    queue.view.selectRow(0)
    menu = QMenu()
    queue._add_exports(menu)
    next(action for action in menu.actions() if action.text() == "E&xport this claim…").trigger()
    dialog = dialog_of(opened, qtbot)
    assert dialog.options.claims.currentText() == "Only the 1 chosen claim"
    dialog.choose_format("csv")
    assert dialog.export().options.claim_ids == {opened.workspace.review.claim_id}
    dialog.reject()


def test_chosen_rows_of_the_board_are_offered_for_a_dossier(opened, qtbot, monkeypatch):
    fake(monkeypatch, "hang")
    run(opened, Command.BOARD, qtbot)
    board = opened.workspace.board
    qtbot.waitUntil(lambda: board.model.rowCount() > 0)
    board.view.go(board.model.index(0, HEAD))
    qtbot.waitUntil(opened.binder.action(Command.DOSSIER_ROWS).isEnabled)
    menu = QMenu()
    fill_board_menu(menu, opened.binder)
    assert {"E&xport the chosen rows…", "&Dossier of the chosen rows…"} <= {each.text() for each in menu.actions()}
    opened.binder.run(Command.EXPORT_ROWS)
    dialog = dialog_of(opened, qtbot)
    row = board.model.row(0)
    claims = {claim for cell in row.filled.values() for claim in cell.claim_ids}
    dialog.choose_format("csv")
    assert dialog.export().options.claim_ids == claims
    assert dialog.options.claims.currentText().startswith("Only the 1 chosen row of the board, ")
    dialog.reject()


def test_the_dossier_has_its_own_command(opened, qtbot, monkeypatch):
    fake(monkeypatch, "hang")
    run(opened, Command.DOSSIER, qtbot)
    dialog = dialog_of(opened, qtbot)
    assert dialog.windowTitle() == "Dossier"
    dialog.reject()


def test_an_export_of_named_claims_is_small(opened, tmp_path, qtbot):
    claim = opened.workspace.review.claim_id
    options = ExportOptions(claim_ids=frozenset({claim}), anonymous=True)
    opened.controls.exports.write(Export("csv", tmp_path / "one.csv", options))
    assert notice(opened, qtbot).text == "Exported to one.csv: 1 claim."
