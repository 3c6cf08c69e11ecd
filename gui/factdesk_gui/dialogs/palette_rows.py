"""What the palette lists: commands and articles that answer the query, best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.catalog import CATALOG
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.matching import match

_ARTICLES_SHOWN = 50
_WORDS_COUNT = 14.0  # a command whose extra words begin like the query: less than its title, more than mere letters
_DISABLED_COSTS = 3.0
_ARTICLE_COSTS = 2.0
_LEFT_OUT = {Command.PALETTE}

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette."""

    title: str
    place: str  # the menu, or "Article"
    key: str = ""
    why_not: str = ""
    icon: str = ""
    command: Command | None = None
    article_id: str = ""
    letters: tuple[int, ...] = ()  # of the title, that answer the query


def command_entries(binder: Binder) -> list[tuple[Entry, str]]:
    """All commands with their extra words."""
    return [
        (
            Entry(
                binder.title(command),
                spec.menu.plain,
                binder.shortcuts.text(command),
                binder.why_not(command),
                spec.icon,
                command,
            ),
            f"{spec.words} {spec.plain} {spec.menu.plain}",
        )
        for command, spec in CATALOG.items()
        if command not in _LEFT_OUT
    ]


class PaletteRows(QAbstractListModel):
    """Entries that answer the query.

    Args:
        commands: entries with extra words to find them by.
        articles: id and name.
    """

    def __init__(
        self,
        commands: Sequence[tuple[Entry, str]],
        articles: Sequence[tuple[str, str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = list(commands)
        self._articles = [Entry(name, "Article", icon="article", article_id=key) for key, name in articles]
        self._shown: list[Entry] = []
        self.ask("")

    def entry(self, row: int) -> Entry:
        """One line."""
        return self._shown[row]

    def ask(self, query: str) -> None:
        """Lists what answers a query; with none, all commands that can be used now come first."""
        self.beginResetModel()
        self._shown = self._answer(query) if query.strip() else self._everything()
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a line; the delegate paints the rest from `entry`."""
        entry = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (entry.title, entry.key, entry.place, f"not now: {entry.why_not}" if entry.why_not else "")
            return ", ".join(part for part in parts if part)
        return None

    def _everything(self) -> list[Entry]:
        entries = [entry for entry, _ in self._commands]
        return sorted(entries, key=lambda entry: bool(entry.why_not)) + self._articles[:_ARTICLES_SHOWN]

    def _answer(self, query: str) -> list[Entry]:
        found: list[tuple[float, Entry]] = []
        for entry, words in self._commands:
            scored = _score(query, entry, words)
            if scored is not None:
                found.append((scored[0] - (_DISABLED_COSTS if entry.why_not else 0), scored[1]))
        articles = filter(None, (_score(query, entry, "") for entry in self._articles))
        best = sorted(articles, key=lambda pair: -pair[0])[:_ARTICLES_SHOWN]
        found += [(score - _ARTICLE_COSTS, entry) for score, entry in best]
        return [entry for _, entry in sorted(found, key=lambda pair: -pair[0])]


def _score(query: str, entry: Entry, words: str) -> tuple[float, Entry] | None:
    hit = match(query, entry.title)
    if hit is not None:
        return hit[0], Entry(**_parts(entry, hit[1]))
    known = words.casefold().split()
    parts = query.casefold().split()
    if words and all(any(word.startswith(part) for word in known) for part in parts):
        return _WORDS_COUNT, entry
    return None


def _parts(entry: Entry, letters: tuple[int, ...]) -> dict[str, Any]:
    kept = {name: getattr(entry, name) for name in entry.__slots__}
    return kept | {"letters": letters}
