"""The entities of a case as a list that can be searched."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from factdesk.model.mentions import LABELS, Entity

ENTITY_ROLE = int(Qt.ItemDataRole.UserRole) + 1

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)

Index = QModelIndex | QPersistentModelIndex


class EntitiesModel(QAbstractListModel):
    """Entities in the order they were given, or those of them that fit the words typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entities: list[Entity] = []
        self._searched: list[str] = []
        self._shown: list[Entity] = []
        self._words: list[str] = []

    @property
    def total(self) -> int:
        """How many entities there are, shown or not."""
        return len(self._entities)

    def set_entities(self, entities: Sequence[Entity]) -> None:
        """Shows others."""
        self._entities = list(entities)
        self._searched = ["\n".join((entity.name, *entity.spellings)).casefold() for entity in entities]
        self._filter()

    def set_search(self, words: str) -> None:
        """Shows only entities whose name or a spelling has all these words."""
        self._words = words.casefold().split()
        self._filter()

    def entity(self, row: int) -> Entity | None:
        """The entity at a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

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
        if role == _SPOKEN:
            return f"{entity.name}, {LABELS.get(entity.label, entity.label)}, {numbers(entity)}"
        if role == _TOOLTIP:
            return _tip(entity)
        return None

    def _filter(self) -> None:
        self.beginResetModel()
        pairs = zip(self._entities, self._searched, strict=True)
        self._shown = [entity for entity, text in pairs if all(word in text for word in self._words)]
        self.endResetModel()


def numbers(entity: Entity) -> str:
    """How often and where, in words."""
    mentions = "mention" if entity.mention_count == 1 else "mentions"
    articles = "article" if entity.article_count == 1 else "articles"
    return f"{entity.mention_count} {mentions} in {entity.article_count} {articles}"


def _tip(entity: Entity) -> str:
    spellings = ", ".join(f"“{' '.join(spelling.split())}”" for spelling in entity.spellings[:20])
    plain = f"{entity.name}: {LABELS.get(entity.label, entity.label)}; {numbers(entity)}; spelled {spellings}"
    return "<p>" + plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>"
