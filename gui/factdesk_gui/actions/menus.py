"""Menus and toolbar out of the catalog."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton

from factdesk_gui.actions.catalog import CATALOG, RECENT_AFTER, SUBMENU_SECTION
from factdesk_gui.actions.command_spec import Menu, Tool
from factdesk_gui.actions.ids import Command

_ICON_SIZE = 20


def fill_menu_bar(bar: QMenuBar, actions: Mapping[Command, QAction]) -> QMenu:
    """Puts all menus into the bar and gives back the empty one for recent projects."""
    recent = QMenu("Open &recent", bar)
    for menu in Menu:
        if "/" not in menu.value:
            _fill(bar.addMenu(menu.value), menu, actions, recent)
    return recent


def _fill(target: QMenu, menu: Menu, actions: Mapping[Command, QAction], recent: QMenu | None = None) -> None:
    entries: list[tuple[int, Command | Menu]] = [
        (spec.section, command) for command, spec in CATALOG.items() if spec.menu is menu
    ]
    entries += [(SUBMENU_SECTION[sub], sub) for sub in Menu if sub.value.startswith(f"{menu.value}/")]
    section = 0
    for number, entry in sorted(entries, key=lambda found: found[0]):
        if section and number != section:
            target.addSeparator()
        section = number
        if isinstance(entry, Menu):
            _fill(target.addMenu(entry.value.partition("/")[2]), entry, actions)
            continue
        target.addAction(actions[entry])
        if entry is RECENT_AFTER and recent is not None:
            target.addMenu(recent)


def fill_toolbar(bar: QToolBar, actions: Mapping[Command, QAction]) -> None:
    """Puts the commands that have a place there into a toolbar."""
    bar.setIconSize(QSize(_ICON_SIZE, _ICON_SIZE))
    wanted = sorted(
        (spec for spec in CATALOG.values() if spec.tool is not Tool.NO), key=lambda found: found.tool_section
    )
    section = 0
    for spec in wanted:
        if section and spec.tool_section != section:
            bar.addSeparator()
        section = spec.tool_section
        bar.addAction(actions[spec.id])
        button = bar.widgetForAction(actions[spec.id])
        if isinstance(button, QToolButton):
            has_label = spec.tool is Tool.LABEL
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon if has_label else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            button.setAccessibleName(spec.plain)
            button.setObjectName(spec.id.name.lower())
