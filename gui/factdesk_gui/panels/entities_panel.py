"""The entities of the case: who and what is named, how it is spelled, and where."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from factdesk.model.changes import Changes
from factdesk.model.mentions import Entity, Mention
from factdesk.store.mentions import list_entities, mentions_of_entity
from factdesk_gui import theme as themes
from factdesk_gui.models.entities_model import ENTITY_ROLE, EntitiesModel, numbers
from factdesk_gui.panels.badge import paint_chip
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.entity_steps import EntitySteps
from factdesk_gui.panels.icon_button import IconButton
from factdesk_gui.panels.row_delegate import Index, RowDelegate, draw_words, ink, line_of, tune_list
from factdesk_gui.panels.words import count, one_line
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_SETTLE_MS = 200
_NONE = "No entities yet: run Pre-annotate, or mark a mention in an article."
_NO_MATCH = "No entity has these words in its name or spellings."


class EntityDelegate(RowDelegate):
    """Name with label and number above, spellings below."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        """Paints an entity."""
        entity = index.data(ENTITY_ROLE)
        if not isinstance(entity, Entity):
            return
        theme = themes.current()
        first, second = line_of(rect, painter, 0), line_of(rect, painter, 1)
        number = f"{entity.mention_count:,}"
        width = painter.fontMetrics().horizontalAdvance(number)
        draw_words(painter, first.adjusted(first.width() - width, 0, 0, 0), number, ink(selected=selected, soft=True))
        first.adjust(0, 0, -width - 8, 0)
        chip = painter.fontMetrics().horizontalAdvance(entity.label) + 12
        name = first.adjusted(0, 0, -chip - 6, 0)
        taken = draw_words(painter, name, one_line(entity.name), ink(selected=selected), bold=True)
        paint_chip(painter, first.adjusted(taken + 10, 0, 0, 0), entity.label, theme.label(entity.label), theme.text)
        others = [one_line(spelling) for spelling in entity.spellings if spelling != entity.name]
        words = ", ".join(others[:8]) or numbers(entity)
        draw_words(painter, second, words, ink(selected=selected, soft=True))


class EntitiesPanel(QWidget):
    """Search, list, and what can be done with an entity."""

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._cycle: tuple[str, int] = ("", -1)  # entity and which of its mentions was shown last
        self.model = EntitiesModel(self)
        self.steps = EntitySteps(session, review, self)
        self.search = QLineEdit(placeholderText="Search entities", clearButtonEnabled=True)
        self.view = QListView()
        self._pages = QStackedWidget()
        self._empty = EmptyNote(_NONE)
        self._status = QLabel()
        self._next = IconButton("next", "Show the next mention of the entity (Enter)")
        self._off = IconButton("clear", "Stop emphasising this entity (Esc)")
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._build()
        self._settle.timeout.connect(self.reload)
        session.changed.connect(self._on_changed)
        review.case_chosen.connect(self.reload)
        review.entity_chosen.connect(self._on_entity)
        self.reload()

    def reload(self) -> None:
        """Asks for the entities anew."""
        case = self._review.case_id
        self._session.query("entities", lambda reader: list_entities(reader, case), self._show)

    def next_mention(self) -> None:
        """Shows the next mention of the chosen entity in its pane, round and round."""
        entity_id, case = self._review.entity_id, self._review.case_id
        if entity_id:
            self._session.query(
                "entities.mentions",
                lambda reader: mentions_of_entity(reader, entity_id, case),
                lambda mentions: self._show_next(entity_id, mentions),
            )

    def chosen(self) -> list[Entity]:
        """The selected entities, the current one first."""
        current = self.model.entity(self.view.currentIndex().row())
        rows = sorted(index.row() for index in self.view.selectedIndexes())
        found = [entity for row in rows if (entity := self.model.entity(row)) is not None]
        return sorted(found, key=lambda entity: current is None or entity.id != current.id)

    def _build(self) -> None:
        self.search.setAccessibleName("Search entities")
        self.search.setToolTip("Names and spellings")
        self.search.textChanged.connect(self._on_search)
        self.view.setModel(self.model)
        tune_list(self.view, EntityDelegate(), "Entities")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.clicked.connect(self._on_clicked)
        self.view.activated.connect(self._on_activated)
        self._status.setProperty("role", "soft")
        self._next.clicked.connect(self.next_mention)
        self._off.clicked.connect(lambda: self._review.choose_entity(self._review.entity_id))
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        self._empty.acted.connect(self.search.clear)
        below = QHBoxLayout()
        below.addWidget(self._status, 1)
        below.addWidget(self._next)
        below.addWidget(self._off)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 4)
        box.setSpacing(5)
        box.addWidget(self.search)
        box.addWidget(self._pages, 1)
        box.addLayout(below)
        self._on_entity("")

    def _show(self, entities: list[Entity]) -> None:
        scroll = self.view.verticalScrollBar().value()
        kept = {entity.id for entity in self.chosen()}
        current = self.model.entity(self.view.currentIndex().row())
        self.model.set_entities(entities)
        for row in range(self.model.rowCount()) if kept else ():
            entity = self.model.entity(row)
            if entity is not None and entity.id in kept:
                index = self.model.index(row)
                self.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
                if current is not None and entity.id == current.id:
                    self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.view.verticalScrollBar().setValue(scroll)
        self._say()

    def _on_search(self, words: str) -> None:
        self.model.set_search(words)
        self._say()

    def _say(self) -> None:
        shown = self.model.rowCount()
        self._pages.setCurrentWidget(self.view if shown else self._empty)
        self._empty.say(_NO_MATCH if self.model.total else _NONE, "Clear search" if self.model.total else "")
        total = count(self.model.total, "entity")
        self._status.setText(total if shown == self.model.total else f"{shown:,} of {total}")

    def _on_changed(self, changes: Changes) -> None:
        if changes.mentions or changes.entities or changes.cases or changes.everything:
            self._settle.start()

    def _on_entity(self, entity_id: str) -> None:
        self._next.setEnabled(bool(entity_id))
        self._off.setEnabled(bool(entity_id))
        row = self.model.row_of(entity_id)
        if not entity_id:
            self.view.clearSelection()
        elif row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(row))

    def _on_clicked(self, index: QModelIndex) -> None:
        entity = self.model.entity(index.row())
        if entity is not None and len(self.view.selectedIndexes()) == 1 and entity.id != self._review.entity_id:
            self._review.choose_entity(entity.id)

    def _on_activated(self, index: QModelIndex) -> None:
        entity = self.model.entity(index.row())
        if entity is None:
            return
        if entity.id != self._review.entity_id:
            self._review.choose_entity(entity.id)
        self.next_mention()

    def _show_next(self, entity_id: str, mentions: list[Mention]) -> None:
        if not mentions:
            return
        last = self._cycle[1] if self._cycle[0] == entity_id else -1
        at = (last + 1) % len(mentions)
        self._cycle = (entity_id, at)
        mention = mentions[at]
        self._status.setText(f"Mention {at + 1:,} of {len(mentions):,}: “{one_line(mention.quote)}”")
        self._review.show_passage(mention.article_id, mention.span)

    def _open_menu(self, point: QPoint) -> None:
        entities = self.chosen()
        if entities:
            menu = self.steps.menu(entities, self)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.view.viewport().mapToGlobal(point))
