"""The entities of a case as a list that can be searched, and in which one can be dragged on another."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from factdesk.model.mentions import Entity
from factdesk_gui.models.label_words import LABEL_WORDS, label_meaning, label_word
from factdesk_gui.plain import wrapped_tip

ENTITY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
DECIDED_ROLE = ENTITY_ROLE + 1  # who decided about it, "" for the machine

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_DRAGGED = "application/x-factdesk-entities"
_SPELLINGS = 20  # in a tooltip

Index = QModelIndex | QPersistentModelIndex


class EntitiesModel(QAbstractListModel):
    """Entities in the order they were given, or those of them that fit the words typed and the label chosen.

    Signals:
        merge_wanted: (id of the entity that stays, ids of those dropped on it).
    """

    merge_wanted = Signal(str, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entities: list[Entity] = []
        self._decided: Mapping[str, str] = {}
        self._searched: list[str] = []
        self._shown: list[Entity] = []
        self._words: list[str] = []
        self._label = ""
        self.may_merge = True

    @property
    def total(self) -> int:
        """How many entities there are, shown or not."""
        return len(self._entities)

    def set_entities(self, entities: Sequence[Entity], decided: Mapping[str, str] | None = None) -> None:
        """Shows others; `decided` says who decided about an entity, by its id."""
        self._entities = list(entities)
        self._decided = decided or {}
        self._searched = ["\n".join((entity.name, *entity.spellings)).casefold() for entity in entities]
        self._filter()

    def set_search(self, words: str) -> None:
        """Shows only entities whose name or a spelling has all these words."""
        self._words = words.casefold().split()
        self._filter()

    def set_label(self, label: str) -> None:
        """Shows only entities with this label; "" for all."""
        self._label = label
        self._filter()

    def labels(self) -> list[tuple[str, int]]:
        """The labels that occur, in the order in which they are offered, and how many entities have each."""
        counts = Counter(entity.label for entity in self._entities)
        return [(label, counts[label]) for label in LABEL_WORDS if label in counts]

    def entity(self, row: int) -> Entity | None:
        """The entity at a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def by_id(self, entity_id: str) -> Entity | None:
        """An entity, shown or not."""
        return next((entity for entity in self._entities if entity.id == entity_id), None)

    def row_of(self, entity_id: str) -> int:
        """The row of an entity, -1 if it is not shown."""
        return next((row for row, entity in enumerate(self._shown) if entity.id == entity_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - an invalid index never changes
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt: one entity."""
        entity = self.entity(index.row()) if index.isValid() else None
        if entity is None:
            return None
        if role == ENTITY_ROLE:
            return entity
        if role == _DISPLAY:
            return entity.name
        if role == DECIDED_ROLE:
            return self._decided.get(entity.id, "")
        if role == _SPOKEN:
            return f"{entity.name}, {label_word(entity.label)}, {numbers(entity)}, {self._author(entity)}"
        if role == _TOOLTIP:
            return self._tip(entity)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: each can be dragged on each other."""
        flags = super().flags(index)
        if not index.isValid() or not self.may_merge:
            return flags
        return flags | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        """Qt: ids of entities."""
        return [_DRAGGED]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """Qt: what is dragged."""
        found = [entity.id for index in indexes if (entity := self.entity(index.row())) is not None]
        data = QMimeData()
        data.setData(_DRAGGED, "\n".join(found).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Qt: nothing leaves the list by dragging."""
        return Qt.DropAction.CopyAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Qt: what is dropped on an entity is to be merged into it."""
        del action, row, column
        kept = self.entity(parent.row()) if parent.isValid() else None
        if kept is None or not self.may_merge:
            return False
        dragged = [one for one in bytes(data.data(_DRAGGED).data()).decode().splitlines() if one != kept.id]
        if dragged:
            self.merge_wanted.emit(kept.id, dragged)
        return bool(dragged)

    def _author(self, entity: Entity) -> str:
        who = self._decided.get(entity.id)
        return f"decided by {who}" if who else "found by the machine"

    def _tip(self, entity: Entity) -> str:
        spellings = ", ".join(f"“{' '.join(spelling.split())}”" for spelling in entity.spellings[:_SPELLINGS])
        plain = f"{entity.name}: {label_meaning(entity.label)}; {numbers(entity)}; spelled {spellings}; "
        plain += self._author(entity)
        return wrapped_tip(plain)

    def _filter(self) -> None:
        self.beginResetModel()
        pairs = zip(self._entities, self._searched, strict=True)
        self._shown = [
            entity
            for entity, text in pairs
            if (not self._label or entity.label == self._label) and all(word in text for word in self._words)
        ]
        self.endResetModel()


def numbers(entity: Entity) -> str:
    """How often and where, in words."""
    mentions = "mention" if entity.mention_count == 1 else "mentions"
    articles = "article" if entity.article_count == 1 else "articles"
    return f"{entity.mention_count} {mentions} in {entity.article_count} {articles}"
