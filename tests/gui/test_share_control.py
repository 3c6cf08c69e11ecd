"""A project on a network drive or in a copied folder: said once it is open, and a copy can be worked on."""

from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from factdesk.store import shares
from factdesk_gui.notices import Kind


def lies_on(monkeypatch, tmp_path, kind):
    table = tmp_path / "mountinfo"
    table.write_text(f"1 1 0:1 / {tmp_path.resolve()} rw - {kind} server:/desk rw\n")
    monkeypatch.setattr(shares, "_MOUNTS", table)


def chips(window):
    return {label.text(): label.toolTip() for label in window.statusBar().findChildren(QLabel) if label.isVisible()}


def open_and_wait(window, project, qtbot, *, read_only=False):
    window.projects.open(project.path, read_only=read_only)
    qtbot.waitUntil(lambda: window.workspace is not None)
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_a_network_drive_is_told_lastingly_and_a_copy_on_this_computer_is_offered(
    window, project, tmp_path, monkeypatch, tmp_path_factory, qtbot
):
    lies_on(monkeypatch, tmp_path, "nfs4")
    open_and_wait(window, project, qtbot)
    qtbot.waitUntil(lambda: bool(window.notices.notices()))
    (notice,) = window.notices.notices()
    assert notice.kind is Kind.WARNING
    assert "bridge.factdesk lies on a network drive (nfs4)" in notice.text
    assert "Save a copy on this computer" in notice.hint
    assert "network drive" in chips(window)["Network drive"]
    notice.findChild(QPushButton).click()
    chooser = window.findChild(QFileDialog)
    assert not chooser.directory().path().startswith(str(tmp_path)), "the copy is offered away from the network"
    copy = tmp_path_factory.mktemp("here") / "copy.factdesk"
    chooser.fileSelected.emit(str(copy))
    chooser.close()
    qtbot.waitUntil(lambda: window.workspace and window.workspace.session.project.path == copy)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert "Network drive" not in chips(window)
    window.close_workspace()


def test_one_who_only_reads_there_is_told_too(window, project, tmp_path, monkeypatch, qtbot):
    lies_on(monkeypatch, tmp_path, "cifs")
    open_and_wait(window, project, qtbot, read_only=True)
    qtbot.waitUntil(lambda: "Network drive" in chips(window))
    assert window.notices.notices()[0].findChild(QPushButton) is None
    window.close_workspace()


def test_a_folder_that_is_copied_elsewhere_gets_a_hint_that_passes(window, project, tmp_path, qtbot):
    (tmp_path / ".dropbox").touch()
    open_and_wait(window, project, qtbot)
    qtbot.waitUntil(lambda: "Copied by Dropbox" in chips(window))
    assert window.notices.notices()[0].kind is Kind.HINT
    window.close_workspace()


def test_a_folder_of_this_computer_is_not_worth_a_word(window, project, qtbot):
    open_and_wait(window, project, qtbot)
    assert window.notices.notices() == []
    assert not {"Network drive", "Copied by Dropbox"} & set(chips(window))
    window.close_workspace()
