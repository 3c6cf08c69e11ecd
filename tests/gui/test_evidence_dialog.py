"""Evidence from outside the case: the dialog, the file kept in the project, the address that is shown first."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPlainTextEdit

from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.evidence import add_passage, add_source
from factdesk.store.evidence import attachment_bytes, evidence_of
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.addresses import AddressDialog
from factdesk_gui.dialogs.evidence_dialog import EvidenceDialog
from factdesk_gui.dialogs.sizes import size_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def dialog(qtbot):
    made = EvidenceDialog("Some 250 people left.")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.open()
    return made


def asked(window, qtbot, kind):
    qtbot.waitUntil(lambda: window.findChild(kind) is not None)
    return window.findChild(kind)


def evidence(window):
    workspace = window.workspace
    return evidence_of(workspace.session.reader, workspace.review.claim_id)


def drop(dialog, url):
    data = QMimeData()
    data.setUrls([url])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, modifiers))
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, modifiers))


def test_a_dropped_file_shows_its_size(dialog, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"x" * 2048)
    drop(dialog, QUrl.fromLocalFile(str(tmp_path / "photo.jpg")))
    assert dialog.kind() is EvidenceKind.FILE
    assert dialog._size.text() == "2 KB, kept inside the project"
    assert dialog.accept_button.isEnabled()


def test_a_dropped_link_becomes_the_address(dialog):
    drop(dialog, QUrl("https://example.org/report"))
    assert (dialog.kind(), dialog.source().url) == (EvidenceKind.URL, "https://example.org/report")


def test_ctrl_enter_agrees_from_a_text_of_several_lines(dialog, qtbot):
    drop(dialog, QUrl("https://example.org/report"))
    quote = dialog.findChild(QPlainTextEdit)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(quote, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_missing_file_is_told(dialog, tmp_path):
    dialog.choose_kind(EvidenceKind.FILE)
    dialog.file.set_path(tmp_path / "gone.pdf")
    assert "There is no file" in dialog.problem
    assert not dialog.accept_button.isEnabled()


def test_dates_are_checked_and_captured_is_now_unless_said_otherwise(dialog):
    dialog.form.editor("url").setText("https://example.org/x")
    assert dialog.form.value("captured_at").endswith("Z")
    assert dialog.source().captured_at == ""
    dialog.form.editor("published_at").setText("last week")
    assert "no date such as" in dialog.problem
    dialog.form.editor("published_at").setText("2026-03")
    dialog.form.editor("captured_at").setText("2026-03-20")
    assert dialog.problem == ""
    assert (dialog.source().published_at, dialog.source().captured_at) == ("2026-03", "2026-03-20")


def test_sizes_read_well():
    assert [size_words(size) for size in (870, 2048, 12_700, 50 * 1024 * 1024)] == [
        "870 bytes", "2 KB", "12.4 KB", "50 MB",
    ]  # fmt: skip


def test_a_file_is_kept_in_the_project_and_can_be_saved_elsewhere(opened, qtbot, tmp_path):
    (tmp_path / "letter.txt").write_bytes(b"Dear editors")
    opened.binder.run(Command.OUTSIDE_SOURCE)
    dialog = asked(opened, qtbot, EvidenceDialog)
    dialog.choose_kind(EvidenceKind.FILE)
    dialog.file.set_path(tmp_path / "letter.txt")
    dialog.form.set_value("source", "Town hall")
    dialog.form.set_value("stance", "refutes")
    dialog.accept()
    qtbot.waitUntil(lambda: len(evidence(opened)) == 1)
    kept = evidence(opened)[0]
    assert (kept.file.name, kept.source, kept.stance) == ("letter.txt", "Town hall", Stance.REFUTES)
    assert attachment_bytes(opened.workspace.session.reader, kept.sha256) == b"Dear editors"
    opened.controls.evidence.save_copy(kept.sha256, tmp_path / "copy.txt")
    qtbot.waitUntil(lambda: any("A copy is in" in notice.text for notice in opened.notices.notices()))
    assert (tmp_path / "copy.txt").read_bytes() == b"Dear editors"


def test_evidence_is_edited_in_the_same_dialog_and_undone(opened, qtbot, project):
    session = opened.workspace.session
    claim = opened.workspace.review.claim_id
    with qtbot.waitSignal(session.changed):
        session.run(add_source, claim, EvidenceKind.URL, Stance.SUPPORTS, url="https://example.org/a", source="Press")
    opened.controls.evidence.ask_edit(evidence(opened)[0].id)
    dialog = asked(opened, qtbot, EvidenceDialog)
    assert (dialog.form.value("url"), dialog.form.value("source")) == ("https://example.org/a", "Press")
    dialog.form.set_value("published_at", "2026-03-18")
    dialog.accept()
    qtbot.waitUntil(lambda: evidence(opened)[0].published_at == "2026-03-18")
    opened.binder.run(Command.UNDO)
    qtbot.waitUntil(lambda: evidence(opened)[0].published_at == "")


def test_a_passage_keeps_its_quote_when_edited(opened, qtbot, project):
    session = opened.workspace.session
    with qtbot.waitSignal(session.changed):
        session.run(add_passage, opened.workspace.review.claim_id, project.again, Span(0, 7), Stance.SUPPORTS)
    before = evidence(opened)[0]
    opened.controls.evidence.ask_edit(before.id)
    dialog = asked(opened, qtbot, EvidenceDialog)
    assert dialog.kind() is EvidenceKind.PASSAGE
    dialog.form.set_value("stance", "context")
    dialog.form.set_value("note", "Only the place.")
    dialog.accept()
    qtbot.waitUntil(lambda: evidence(opened)[0].stance is Stance.CONTEXT)
    after = evidence(opened)[0]
    assert (after.note, after.quote, after.source) == ("Only the place.", before.quote, before.source)


def test_an_address_is_shown_before_anything_is_opened(opened, qtbot):
    session = opened.workspace.session
    claim = opened.workspace.review.claim_id
    with qtbot.waitSignal(session.changed):
        session.run(add_source, claim, EvidenceKind.URL, Stance.SUPPORTS, url="https://example.org/a?b=1")
    asked_for = []
    opened.controls.evidence.open_in_browser = asked_for.append
    opened.controls.evidence.ask_address(evidence(opened)[0].id)
    dialog = asked(opened, qtbot, AddressDialog)
    assert asked_for == []
    dialog.accept()
    assert [url.toString() for url in asked_for] == ["https://example.org/a?b=1"]


def test_only_web_addresses_are_opened(qtbot):
    dialog = AddressDialog("file:///etc/passwd")
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
