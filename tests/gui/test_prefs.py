"""Settings of this computer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from factdesk_gui.prefs import Prefs
from factdesk_gui.theme import Scheme


@pytest.fixture
def file(tmp_path):
    return tmp_path / "prefs.ini"


def reopened(file, prefs):
    prefs.sync()
    return Prefs(file)


def test_defaults_are_there_before_anything_was_kept(file, qapp):
    prefs = Prefs(file)
    assert (prefs.scheme, prefs.serif, prefs.reading_points) == (Scheme.SYSTEM, True, 12.0)
    assert (prefs.recent, prefs.reviewer, prefs.model) == ([], "", "")


def test_values_come_back_with_their_types(file, qapp):
    prefs = Prefs(file)
    prefs.serif = False
    prefs.reading_points = 14.5
    prefs.reviewer = "Ада, Brandt"
    prefs.scheme = Scheme.CONTRAST
    prefs.window_geometry = QByteArray(b"\x00\x01\xff")
    again = reopened(file, prefs)
    assert again.serif is False
    assert again.reading_points == 14.5
    assert again.reviewer == "Ада, Brandt"
    assert again.scheme is Scheme.CONTRAST
    assert again.window_geometry == QByteArray(b"\x00\x01\xff")


def test_values_edited_by_hand_into_nonsense_fall_back(file, qapp):
    file.write_text("[General]\ntheme=pink\n[reading]\npoints=large\nserif=perhaps\n[window]\ngeometry=x\n")
    prefs = Prefs(file)
    assert (prefs.scheme, prefs.reading_points, prefs.serif) == (Scheme.SYSTEM, 12.0, False)
    assert prefs.window_geometry.isEmpty()


def test_a_change_names_its_key_and_no_change_is_silent(file, qtbot):
    prefs = Prefs(file)
    with qtbot.waitSignal(prefs.changed) as told:
        prefs.serif = False
    assert told.args == ["reading/serif"]
    with qtbot.assertNotEmitted(prefs.changed):
        prefs.serif = False


def test_recent_projects_are_newest_first_and_once(file, qapp, tmp_path):
    prefs = Prefs(file)
    for name in ("a", "b", "a"):
        prefs.remember_recent(tmp_path / f"{name}.factdesk")
    again = reopened(file, prefs)
    assert again.recent == [tmp_path / "a.factdesk", tmp_path / "b.factdesk"]
    assert Path(again.project_folder) == tmp_path
    again.forget_recent(tmp_path / "a.factdesk")
    assert again.recent == [tmp_path / "b.factdesk"]
    again.forget_recent()
    assert again.recent == []


def test_one_recent_project_survives_the_file(file, qapp, tmp_path):
    prefs = Prefs(file)
    prefs.remember_recent(tmp_path / "only.factdesk")
    assert reopened(file, prefs).recent == [tmp_path / "only.factdesk"]


def test_own_keys_no_keys_and_default_keys_are_told_apart(file, qapp):
    prefs = Prefs(file)
    assert prefs.keys("claim.verify") is None
    prefs.set_keys("claim.verify", ["Ctrl+,", ";"])
    prefs.set_keys("claim.dispute", [])
    again = reopened(file, prefs)
    assert again.keys("claim.verify") == ["Ctrl+,", ";"]
    assert again.keys("claim.dispute") == []
    again.set_keys("claim.verify", None)
    assert reopened(file, again).keys("claim.verify") is None


def test_without_a_path_the_user_s_own_settings_are_used(own_home, qapp):
    # Qt asks the environment for the folder only once in a process
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(own_home / "config"))
    prefs = Prefs()
    prefs.reviewer = "Ada"
    prefs.sync()
    assert str(own_home) in prefs.settings.fileName()
