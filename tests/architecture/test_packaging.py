"""What the desktop is told about Factdesk agrees with what the program does."""

import configparser
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from factdesk.store.version import APPLICATION_ID

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"
ID = "org.factdesk.Factdesk"
MIME = "application/x-factdesk-project"
NAMESPACE = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}


def test_file_type_is_found_by_the_project_files_own_mark():
    kind = ET.parse(LINUX / f"{ID}.mime.xml").getroot().find("m:mime-type", NAMESPACE)  # noqa: S314 - our own file
    assert kind is not None
    assert kind.get("type") == MIME
    glob = kind.find("m:glob", NAMESPACE)
    assert glob is not None
    assert glob.get("pattern") == "*.factdesk"
    mark = kind.find("m:magic/m:match/m:match", NAMESPACE)
    assert mark is not None
    assert mark.get("offset") == "68"  # where SQLite keeps the application_id
    assert (mark.get("value") or "").encode() == APPLICATION_ID.to_bytes(4, "big")


def test_menu_entry_opens_projects_in_the_window_of_that_name():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # keys of menu entries have capitals
    entry.read(LINUX / f"{ID}.desktop", "utf-8")
    assert entry["Desktop Entry"]["MimeType"] == f"{MIME};"
    assert entry["Desktop Entry"]["Exec"] == "factdesk %f"
    assert entry["Desktop Entry"]["Icon"] == ID
    app = (ROOT / "gui" / "factdesk_gui" / "app.py").read_text("utf-8")
    assert f'setDesktopFileName("{ID}")' in app


def test_every_library_that_dev_installs_is_a_dependency_of_the_package():
    """The same list serves the checkout and the package; a library added to one must not be forgotten in the other."""
    control = (LINUX / "control").read_text("utf-8")
    script = (ROOT / "dev").read_text("utf-8")
    pairs = re.findall(r"^(?:libraries=')?lib\S+\.so\.\d+ (lib\S+?)'?$", script, re.MULTILINE)
    assert len(pairs) > 15
    assert [package for package in pairs if not re.search(rf"[ :]{re.escape(package)}(?:,| \(| \||$)", control)] == []
