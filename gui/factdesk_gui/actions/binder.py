"""The catalog as Qt actions: made once, shown in menus, toolbar and palette, switched on and off by flags."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.command_spec import WHY_NOT, CommandSpec, Need, Place
from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.menus import fill_menu_bar, fill_toolbar
from factdesk_gui.actions.shortcuts import Shortcuts
from factdesk_gui.actions.typing_guard import TypingGuard
from factdesk_gui.icons import icon
from factdesk_gui.plain import plain_tip
from factdesk_gui.prefs import Prefs
from factdesk_gui.theme import themes

Handler = Callable[[], object]


class Binder(QObject):
    """Holds the actions of one main window.

    A checkable command shows what the window last told with `check`; being triggered alone does not move its mark.

    Signals:
        recent_wanted: path of a project chosen from the recent ones.
        triggered: the Command that was just carried out.
    """

    recent_wanted = Signal(str)
    triggered = Signal(object)

    def __init__(self, window: QMainWindow, handlers: Mapping[Command, Handler], prefs: Prefs) -> None:
        super().__init__(window)
        self._window = window
        self._handlers: dict[Command, Handler] = dict(handlers)
        self._flags: frozenset[str] = frozenset()
        self._checked: set[Command] = set()
        self._groups: dict[str, QActionGroup] = {}
        self._recent: QMenu | None = None
        self._menus_opened = False
        self.shortcuts = Shortcuts(prefs, self)
        self._actions = {command: self._make(spec) for command, spec in CATALOG.items()}
        self._guard = TypingGuard(lambda keys: self.shortcuts.owner(keys) is not None, self)
        self.shortcuts.changed.connect(self._describe_all)
        themes().changed.connect(self._tint)
        self._tint()
        self._describe_all()

    def action(self, command: Command) -> QAction:
        """The action of a command."""
        return self._actions[command]

    def answer(self, handlers: Mapping[Command, Handler]) -> None:
        """Says what commands do; a later answer replaces an earlier one."""
        self._handlers.update(handlers)

    def unanswered(self) -> list[Command]:
        """Commands that nobody answers yet."""
        return [command for command in CATALOG if command not in self._handlers]

    def run(self, command: Command) -> None:
        """Carries out a command if it can be used now."""
        self._actions[command].trigger()

    def enable(self, flags: Iterable[str]) -> None:
        """Switches on the commands all of whose needs are among the flags, and all others off."""
        before, self._flags = self._flags, frozenset(flags)
        moved = before ^ self._flags
        for command, spec in CATALOG.items():
            if spec.needs & moved:
                self._actions[command].setEnabled(spec.needs <= self._flags)
                self._describe(command)

    def why_not(self, command: Command) -> str:
        """Why a command cannot be used now, in words, or ""."""
        return next((WHY_NOT[need] for need in Need if need in CATALOG[command].needs - self._flags), "")

    def check(self, command: Command, *, on: bool) -> None:
        """Shows a checkable command as on or off."""
        spec = CATALOG[command]
        if spec.group and on:
            self._checked -= {other for other, its in CATALOG.items() if its.group == spec.group}
        (self._checked.add if on else self._checked.discard)(command)
        self._show_checks(spec)

    def rename(self, command: Command, title: str) -> None:
        """Gives a command a title that says more, such as what would be undone; "" for the usual one."""
        key = _key_beside(self.shortcuts, command)
        self._actions[command].setText((title or CATALOG[command].title) + key)
        self._describe(command)

    def title(self, command: Command) -> str:
        """The title of a command as it is now, without access key and dots."""
        return self._actions[command].text().partition("\t")[0].replace("&", "").removesuffix("…")

    def fill_menu_bar(self) -> None:
        """Puts the menus into the window's menu bar."""
        self._recent = fill_menu_bar(self._window.menuBar(), self._actions)
        for entry in self._window.menuBar().actions():
            entry.menu().aboutToShow.connect(self._on_menu_opened)
        self.set_recent(())

    def make_toolbar(self) -> QToolBar:
        """Adds the toolbar to the window."""
        bar = QToolBar("Toolbar", self._window, objectName="toolbar")
        bar.setMovable(False)
        fill_toolbar(bar, self._actions)
        self._window.addToolBar(bar)
        return bar

    def set_recent(self, projects: Iterable[Path]) -> None:
        """Lists the recent projects; those that are gone stay visible but cannot be chosen."""
        if self._recent is None:
            return
        self._recent.clear()
        for project in projects:
            entry = self._recent.addAction(f"{project.stem} — {project.parent}".replace("&", "&&"))
            entry.setEnabled(project.exists())
            entry.triggered.connect(lambda _on=False, path=str(project): self.recent_wanted.emit(path))
        self._recent.setEnabled(not self._recent.isEmpty())

    def _make(self, spec: CommandSpec) -> QAction:
        action = QAction(spec.title, self._window, objectName=spec.id.value)
        action.setCheckable(spec.checkable)
        action.setIconVisibleInMenu(not spec.checkable)  # a check mark says more there than a drawing
        action.setEnabled(not spec.needs)
        action.setAutoRepeat(spec.id.value.startswith(("go.", "mark.", "view.zoom", "edit.")))
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.addAction(action)
        action.triggered.connect(lambda _on=False, command=spec.id: self._on_triggered(command))
        self._window.addAction(action)  # so that its keys work wherever the focus is, toolbar hidden or not
        return action

    def _on_triggered(self, command: Command) -> None:
        self._show_checks(CATALOG[command])
        self._handlers[command]()
        self.triggered.emit(command)

    def _on_menu_opened(self) -> None:
        if not self._menus_opened:
            self._menus_opened = True
            self._tint()

    def _show_checks(self, spec: CommandSpec) -> None:
        if not spec.checkable:
            return
        its = [other for other, found in CATALOG.items() if found.group == spec.group] if spec.group else [spec.id]
        for command in sorted(its, key=lambda one: one not in self._checked):
            self._actions[command].setChecked(command in self._checked)

    def _tint(self) -> None:
        """Icons in the colours in force; those seen in menus only are drawn when a menu is opened first."""
        for command, spec in CATALOG.items():
            if spec.icon and (spec.tool or self._menus_opened):
                self._actions[command].setIcon(icon(spec.icon, for_checked=spec.checkable))

    def _describe_all(self) -> None:
        for command in CATALOG:
            self._describe(command)

    def _describe(self, command: Command) -> None:
        """Keys, toolbar label and tooltip as they are now."""
        spec, action, key = CATALOG[command], self._actions[command], self.shortcuts.text(command)
        if spec.within is Place.ANYWHERE:
            action.setShortcuts(self.shortcuts.of(command))
        else:
            action.setText(action.text().partition("\t")[0] + _key_beside(self.shortcuts, command))
        label = spec.short or spec.plain
        action.setIconText(f"{label}  {key}" if len(key) == 1 else label)
        tip = self.title(command) + (f" ({key})" if key else "")
        lines = [tip, spec.tip, f"Not now: {why}" if (why := self.why_not(command)) else ""]
        action.setToolTip(plain_tip("\n".join(line for line in lines if line)))


def _key_beside(shortcuts: Shortcuts, command: Command) -> str:
    """What a menu entry shows after its title where the key is not the action's own shortcut."""
    key = shortcuts.text(command) if CATALOG[command].within is not Place.ANYWHERE else ""
    return f"\t{key}" if key else ""
