"""What other people sent is never run: few places start programs, and the desktop is asked to open things in one."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from factdesk_gui.control.outside import open_address, show_folder, show_page

ROOT = Path(__file__).parents[2]
OPENING = re.compile(
    r"QDesktopServices|startfile|xdg-open|webbrowser|os\.system|os\.popen|shell=True|startDetached|setOpenExternalLinks"
)
STARTING = re.compile(
    r"subprocess\.(?:Popen|run|call|check_\w+)|os\.(?:exec|spawn|posix_spawn)\w*\(|QProcess\(|multiprocessing"
)
RUNNING = re.compile(
    r"(?<![\w.])(?:eval|exec|compile|__import__)\(|import (?:pickle|marshal|shelve|yaml)|enable_load_extension|allow_pickle=True"
)


def places(pattern):
    found = set()
    for folder in ("core", "gui", "resources"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if pattern.search(path.read_text(encoding="utf-8")):
                found.add(path.relative_to(ROOT).as_posix())
    return found


def test_the_desktop_is_asked_in_one_module():
    assert places(OPENING) == {"gui/factdesk_gui/control/outside.py"}


def test_only_our_own_children_and_the_list_of_disks_are_started():
    children = {"core/factdesk/exchange/process.py", "gui/factdesk_gui/worker_process.py"}
    assert places(STARTING) == children | {"core/factdesk/store/shares.py"}


def test_no_text_or_file_becomes_code():
    assert places(RUNNING) == set()


@pytest.fixture
def opened(monkeypatch):
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toString()) or True)
    return urls


@pytest.mark.parametrize(
    "address",
    [
        "file:///bin/sh",
        "javascript:alert(1)",
        "smb://host/share",
        "mailto:a@b.example",
        "http:",
        "/bin/sh",
        "",
        "ssh://x",
        "data:text/html,x",
    ],
)
def test_only_web_addresses_are_opened(opened, address):
    assert not open_address(QUrl(address))
    assert opened == []
    assert open_address(QUrl("https://courier.example/a"))
    assert opened == ["https://courier.example/a"]


def test_of_files_only_folders_and_pages_are_shown(opened, tmp_path):
    for name in ("run.desktop", "run.sh", "page.html"):
        (tmp_path / name).write_text("x")
    show_page(tmp_path / "run.desktop")
    show_folder(tmp_path / "run.sh")
    show_folder(tmp_path)
    assert opened == [QUrl.fromLocalFile(str(tmp_path)).toString()] * 3
    show_page(tmp_path / "page.html")
    assert opened[-1].endswith("/page.html")
