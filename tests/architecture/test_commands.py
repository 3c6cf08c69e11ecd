"""Every command is in the one table, has words for people and stands in the keys' document."""

from pathlib import Path

import pytest

from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.ids import Command
from factdesk_gui.icons import exists

KEYS = Path(__file__).parents[2] / "docs" / "keys.md"


def test_catalog_holds_every_command():
    assert set(CATALOG) == set(Command)
    assert [command for command, spec in CATALOG.items() if spec.id != command] == []


@pytest.mark.parametrize("command", Command)
def test_command_has_title_drawing_and_documentation(command):
    spec = CATALOG[command]
    title = spec.title.replace("&", "").removesuffix("…")
    assert title
    assert not spec.icon or exists(spec.icon)
    assert title in KEYS.read_text("utf-8")
