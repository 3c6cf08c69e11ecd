"""What is shown while no project is open."""

import pytest

from factdesk_gui.prefs import Prefs
from factdesk_gui.start_page import StartPage
from factdesk_gui.theme import Scheme, themes


@pytest.fixture
def prefs(tmp_path, qapp):
    return Prefs(tmp_path / "prefs.ini")


@pytest.fixture
def page(prefs, qtbot):
    made = StartPage(prefs)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    return made


@pytest.mark.parametrize("name", ["sample", "new", "open"])
def test_each_way_to_begin_is_told(page, qtbot, name):
    with qtbot.waitSignal(getattr(page, f"{name}_wanted")):
        getattr(page, name).click()


def test_the_first_time_it_tells_how_the_work_goes(page):
    assert page._steps_box.isVisible()
    assert not page._recent_box.isVisible()


def test_recent_projects_can_be_opened_and_missing_ones_are_greyed(page, qtbot, tmp_path):
    there = tmp_path / "Flood.factdesk"
    there.touch()
    page.set_recent([there, tmp_path / "gone.factdesk"])
    first, gone = page.recent_cards()
    assert (first.isEnabled(), gone.isEnabled()) == (True, False)
    assert gone.accessibleDescription().startswith("Missing: ")
    assert page._recent_box.isVisible()
    assert not page._steps_box.isVisible()
    with qtbot.waitSignal(page.recent_wanted) as told:
        first.click()
    assert told.args == [str(there)]


def test_missing_projects_stand_last_and_can_be_taken_off_the_list(page, prefs, qtbot, tmp_path):
    there = tmp_path / "Flood.factdesk"
    there.touch()
    prefs.remember_recent(there)
    for number in range(6):
        prefs.remember_recent(tmp_path / f"gone {number}.factdesk")
    page.set_recent(prefs.recent)
    assert page.recent_cards()[0].accessibleName() == "Flood"
    assert len(page.recent_cards()) == 5
    with qtbot.waitSignal(page.recent_changed):
        page._forget.click()
    assert prefs.recent == [there]
    assert [card.accessibleName() for card in page.recent_cards()] == ["Flood"]
    assert page._forget.isHidden()


def test_the_list_is_made_anew_and_stays_short(page, tmp_path):
    projects = [tmp_path / f"{number}.factdesk" for number in range(9)]
    page.set_recent(projects)
    page.set_recent(projects[3:])
    assert [card.accessibleName() for card in page.recent_cards()] == ["3", "4", "5", "6", "7"]
    page.set_recent([])
    assert page.recent_cards() == []


def test_recent_projects_of_the_settings_are_shown(prefs, qtbot, tmp_path):
    prefs.remember_recent(tmp_path / "Flood.factdesk")
    page = StartPage(prefs)
    qtbot.addWidget(page)
    assert [card.accessibleName() for card in page.recent_cards()] == ["Flood"]


def place_of(page, column):
    """Its row and column; asked for without `itemAt`, which leaves Python with items that Qt frees."""
    return page._columns.getItemPosition(page._columns.indexOf(column))[:2]


def test_columns_stand_under_each_other_in_a_narrow_window(page):
    assert place_of(page, page._side) == (0, 1)
    page.resize(600, 700)
    assert place_of(page, page._side) == (1, 0)
    page.resize(1366, 700)
    assert place_of(page, page._side) == (0, 1)


def test_cards_say_what_they_are_to_assistive_tools(page):
    assert page.sample.accessibleName() == "Open the sample case"
    assert page.sample.accessibleDescription()


def test_colours_follow_the_theme(page):
    before = page.styleSheet()
    themes().apply(Scheme.DARK)
    try:
        assert page.styleSheet() != before
    finally:
        themes().apply(Scheme.LIGHT)
