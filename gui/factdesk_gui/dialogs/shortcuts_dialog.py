"""The key sheet: all commands by menu with their keys, searched by typing, changed by pressing."""

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeView,
    QWidget,
)

from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.shortcuts import Shortcuts, reserved
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.shortcut_rows import COMMAND_ROLE, ShortcutRows
from factdesk_gui.plain import PlainLabel

_SEARCH_ROLE = COMMAND_ROLE + 1


class _Found(QSortFilterProxyModel):
    """Commands whose title, words or keys hold what was typed; their menus stay."""

    def __init__(self, rows: ShortcutRows) -> None:
        super().__init__()
        self._query = ""
        self.setSourceModel(rows)
        self.setRecursiveFilteringEnabled(True)

    def ask(self, query: str) -> None:
        """Shows what holds the query."""
        self.beginFilterChange()
        self._query = query.casefold().strip()
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]  # Qt allows both index types
        """Whether a command answers."""
        if not self._query:
            return True
        model = self.sourceModel()
        words = model.index(row, 0, parent).data(_SEARCH_ROLE) or ""
        keys = model.index(row, 1, parent).data() or ""
        if not parent.isValid():
            return False
        return self._query in str(words).casefold() or self._query == str(keys).casefold().split("  or  ")[0]


class ShortcutsDialog(FrameDialog):
    """Changes are kept at once, in the user's settings."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(
            "Keys",
            "Keys without Ctrl or Alt work wherever no text is being written. Choose a command to change its key.",
            "",
            parent,
        )
        self._shortcuts = shortcuts
        self._rows = ShortcutRows(shortcuts)
        self._found = _Found(self._rows)
        self.search = QLineEdit(placeholderText="Search commands and keys", clearButtonEnabled=True)
        self.search.setAccessibleName("Search commands and keys")
        self.search.textChanged.connect(self._on_search)
        self.tree = self._make_tree()
        self.body.addWidget(self.search)
        self.body.addWidget(self.tree, 1)
        self.body.addLayout(self._make_editor())
        self.reset_all_button = QPushButton("Reset all keys", autoDefault=False)
        self.reset_all_button.clicked.connect(self._shortcuts.reset_all)
        self.buttons.addButton(self.reset_all_button, self.buttons.ButtonRole.ResetRole)
        self._shortcuts.changed.connect(self._on_changed)
        self.fit(860, 600)
        self._on_chosen()
        self.search.setFocus()

    def command(self) -> Command | None:
        """The chosen command."""
        value = self.tree.currentIndex().data(COMMAND_ROLE)
        return Command(value) if value else None

    def choose(self, command: Command) -> None:
        """Goes to a command."""
        index = self._found.mapFromSource(self._rows.item_of(command).index())
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)

    def assign(self) -> None:
        """Gives the chosen command the keys that were pressed, even if another command had them."""
        command, keys = self.command(), self.recorder.keySequence()
        if command is not None and not keys.isEmpty() and not reserved(keys):
            self._shortcuts.set(command, [keys])

    def remove(self) -> None:
        """Leaves the chosen command without keys."""
        if (command := self.command()) is not None:
            self._shortcuts.set(command, [])

    def reset(self) -> None:
        """Brings back the default keys of the chosen command."""
        if (command := self.command()) is not None:
            self._shortcuts.reset(command)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self._found)
        tree.setAccessibleName("Commands")
        tree.setUniformRowHeights(True)
        tree.setRootIsDecorated(False)
        tree.setItemsExpandable(False)
        tree.setStyleSheet("QTreeView::item { padding: 3px 2px; }")
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        tree.header().resizeSection(0, 300)
        tree.header().resizeSection(1, 190)
        tree.header().setStretchLastSection(True)
        tree.expandAll()
        tree.selectionModel().currentChanged.connect(self._on_chosen)
        return tree

    def _make_editor(self) -> QHBoxLayout:
        self._name = PlainLabel()
        self.recorder = QKeySequenceEdit()
        self.recorder.setMaximumSequenceLength(1)
        self.recorder.setClearButtonEnabled(True)
        self.recorder.setAccessibleName("New key")
        self.recorder.keySequenceChanged.connect(self._check)
        self.assign_button = QPushButton("Use this key", autoDefault=False)
        self.assign_button.clicked.connect(self.assign)
        self.remove_button = QPushButton("No key", autoDefault=False)
        self.remove_button.clicked.connect(self.remove)
        self.reset_button = QPushButton("Default", autoDefault=False)
        self.reset_button.clicked.connect(self.reset)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        for widget in (self.recorder, self.assign_button, self.remove_button, self.reset_button):
            row.addWidget(widget)
        return row

    def _on_search(self, query: str) -> None:
        self._found.ask(query)
        self.tree.expandAll()

    def _on_chosen(self) -> None:
        command = self.command()
        self._name.setText(f"New key for “{CATALOG[command].plain}”:" if command else "")
        self.recorder.clear()
        self._check(QKeySequence())

    def _on_changed(self) -> None:
        self._rows.refresh()
        self._on_chosen()

    def _check(self, keys: QKeySequence) -> None:
        """Tells whose key it is; a reserved one cannot be used, a taken one changes hands."""
        command = self.command()
        for widget in (self.recorder, self.remove_button, self.reset_button):
            widget.setEnabled(command is not None)
        self.assign_button.setEnabled(command is not None and not keys.isEmpty() and not reserved(keys))
        self.assign_button.setText("Use this key")
        problem = "" if command is None or keys.isEmpty() else self._shortcuts.problem(keys, command)
        other = None if command is None or keys.isEmpty() else self._shortcuts.owner(keys, but=command)
        if other is not None and not reserved(keys):
            self.assign_button.setText("Take it over")
            problem += f" Taking it over leaves “{CATALOG[other].plain}” without it."
        self.say_problem(problem, blocks=bool(reserved(keys)))
        self._name.setVisible(command is not None)
        self.recorder.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
