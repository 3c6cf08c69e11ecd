"""docs/keys.md out of the catalog: `python -m factdesk_gui.actions.keys_page > docs/keys.md`."""

import sys

from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.command_spec import CommandSpec, Menu

_HEAD = """\
# Keys and commands

Made from the catalog of commands (`gui/factdesk_gui/actions/catalog.py`); a test keeps it in step.

Every key can be changed: press F1, choose a command and press its new key. Keys that are taken are told before they
change hands, and all defaults can be brought back. Ctrl+K finds any command by a few letters of its name, and articles
by their title.

A key without Ctrl or Alt works wherever no text is being written: in the articles, in lists and on buttons. While you
write a note or search, the same key is a letter. Ctrl+Z takes back typing first when the text field in use has some,
else the last step in the project.

A key “on the board” holds while the board has the focus, and comes before what the same key does elsewhere.
"""

_WRITTEN = {"Return": "Enter", "Enter": "", "PgUp": "Page Up", "PgDown": "Page Down"}


def _written(keys: str) -> str:
    """A key as people write it; the second Enter and braces that are Shift with a bracket are left out."""
    parts = keys.replace("++", "+plus").split("+")
    parts[-1] = _WRITTEN.get(parts[-1], parts[-1].replace("plus", "+"))
    return "" if not parts[-1] or parts[-1] in "{}" else "+".join(parts)


def _line(spec: CommandSpec) -> str:
    keys = ", ".join(f"`{key}`" for key in map(_written, spec.keys) if key)
    place = f" {spec.within}" if keys and spec.within else ""
    return f"| {spec.plain} | {keys}{place} | {spec.tip} |\n"


def keys_page() -> str:
    """The page as Markdown."""
    page = _HEAD
    for menu in Menu:
        lines = [_line(spec) for spec in CATALOG.values() if spec.menu is menu]
        page += f"\n## {menu.plain}\n\n| command | keys | |\n|---|---|---|\n{''.join(lines)}"
    return page


if __name__ == "__main__":
    sys.stdout.write(keys_page())
