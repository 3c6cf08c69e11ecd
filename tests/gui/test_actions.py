"""The catalog: complete, without clashes, and the same as docs/keys.md."""

import itertools
from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from factdesk_gui import icons
from factdesk_gui.actions.catalog import CATALOG, SUBMENU_SECTION
from factdesk_gui.actions.command_spec import WHY_NOT, Menu, Need, Tool
from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.keys_page import keys_page
from factdesk_gui.actions.shortcuts import overlap, reserved

ROOT = Path(__file__).parents[2]


def test_every_command_has_exactly_one_line_in_the_catalog():
    assert set(CATALOG) == set(Command)
    assert [spec.id for spec in CATALOG.values()] == list(CATALOG)


def test_every_need_says_why_a_command_cannot_be_used():
    assert set(WHY_NOT) == set(Need)
    assert set().union(*(spec.needs for spec in CATALOG.values())) == set(Need)


def test_no_two_default_keys_clash_or_begin_each_other():
    keys = [(spec, QKeySequence(key)) for spec in CATALOG.values() for key in spec.keys]
    assert all(not sequence.isEmpty() for _, sequence in keys)
    pairs = itertools.combinations(keys, 2)
    clashes = [(a.id, b.id) for (a, one), (b, other) in pairs if a.within is b.within and overlap(one, other)]
    assert clashes == []


def test_no_default_key_is_reserved():
    assert {spec.id: key for spec in CATALOG.values() for key in spec.keys if reserved(QKeySequence(key))} == {}


def test_the_keys_of_the_product_are_the_defaults():
    wanted = {
        Command.VERIFY: "V", Command.DISPUTE: "D", Command.UNVERIFY: "U", Command.CLEAR_VERDICT: "Backspace",
        Command.NEXT_CLAIM: "J", Command.PREVIOUS_CLAIM: "K", Command.FOCUS_NOTE: "Return",
        Command.EVIDENCE_SUPPORTS: "E", Command.NEW_CLAIM: "N", Command.START_EARLIER: "[", Command.END_LATER: "]",
        Command.START_LATER: "Shift+[", Command.END_EARLIER: "Shift+]", Command.ACCEPT: "A", Command.REFUSE: "X",
        Command.LINK: "L", Command.NEXT_SOURCE: "G", Command.FIND: "Ctrl+F", Command.FIND_IN_CASE: "Ctrl+Shift+F",
        Command.UNDO: "Ctrl+Z", Command.REDO: "Ctrl+Shift+Z", Command.PALETTE: "Ctrl+K", Command.KEYS: "F1",
    }  # fmt: skip
    assert {command: CATALOG[command].keys[0] for command in wanted} == wanted


@pytest.mark.parametrize("menu", list(Menu), ids=lambda menu: menu.plain)
def test_access_keys_are_unique_within_a_menu(menu):
    titles = [spec.title for spec in CATALOG.values() if spec.menu is menu]
    titles += [sub.value.partition("/")[2] for sub in Menu if sub.value.startswith(f"{menu.value}/")]
    if menu is Menu.FILE:
        titles.append("Open &recent")
    letters = defaultdict(list)
    for title in titles:
        assert title.count("&") == 1, title
        letters[title[title.index("&") + 1].lower()].append(title)
    assert {letter: same for letter, same in letters.items() if len(same) > 1} == {}


def test_menu_bar_access_keys_are_unique():
    letters = [menu.value[menu.value.index("&") + 1].lower() for menu in Menu if "/" not in menu.value]
    assert len(letters) == len(set(letters))


def test_sections_of_a_menu_stand_together():
    for menu in Menu:
        sections = [spec.section for spec in CATALOG.values() if spec.menu is menu]
        assert sections == sorted(sections), menu
    assert set(SUBMENU_SECTION) == {menu for menu in Menu if "/" in menu.value}


def test_every_icon_of_the_catalog_exists():
    assert [spec.icon for spec in CATALOG.values() if spec.icon and not icons.exists(spec.icon)] == []


def test_every_toolbar_command_has_an_icon_and_a_short_label():
    shown = [spec for spec in CATALOG.values() if spec.tool is not Tool.NO]
    assert all(spec.icon for spec in shown)
    assert all(len(spec.short or spec.plain) <= 14 for spec in shown if spec.tool is Tool.LABEL)


def test_icons_take_the_asked_colour_and_an_unknown_name_is_empty(qapp):
    from PySide6.QtGui import QColor

    assert icons.icon("no-such-drawing").isNull()
    assert not icons.app_icon().isNull()
    image = icons.icon("verified", QColor("#ff0000")).pixmap(24, 24).toImage()
    inks = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}


def test_keys_page_of_the_docs_is_in_step_with_the_catalog():
    page = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    assert page == keys_page(), "write it anew: python -m factdesk_gui.actions.keys_page > docs/keys.md"


def test_one_drawing_is_sharp_on_this_screen(qapp):
    from PySide6.QtGui import QColor

    picture = icons.pixmap("verified", 24, QColor("#00ff00"))
    assert picture.width() == round(24 * picture.devicePixelRatio())
    assert not picture.toImage().allGray()
