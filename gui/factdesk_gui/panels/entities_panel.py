"""The entities of the case: who and what is named, how it is spelled, and where."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from factdesk.model.changes import Changes
from factdesk.model.mentions import Entity, Mention
from factdesk.store.connection import Reader
from factdesk.store.entity_details import EntityDetails, decided_entities, entity_details
from factdesk.store.mentions import list_entities, mentions_of_entity
from factdesk_gui import theme as themes
from factdesk_gui.icons import icon
from factdesk_gui.models.entities_model import DECIDED_ROLE, ENTITY_ROLE, EntitiesModel, numbers
from factdesk_gui.models.label_words import label_word
from factdesk_gui.panels.badge import paint_chip
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.entity_card import EntityCard
from factdesk_gui.panels.entity_steps import EntitySteps
from factdesk_gui.panels.label_box import LabelBox
from factdesk_gui.panels.row_delegate import Index, RowDelegate, draw_words, ink, line_of, tune_list
from factdesk_gui.panels.words import count, one_line
from factdesk_gui.plain import PlainLabel
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_SETTLE_MS = 200
_NONE = "No entities yet: run Pre-annotate, or mark a mention in an article."
_NO_MATCH = "No entity fits: the search looks at names and spellings."
_SIGN = 14  # pixels of the sign that a person decided


class EntityDelegate(RowDelegate):
    """Name with its sort and number above, spellings below."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        """Paints an entity."""
        entity = index.data(ENTITY_ROLE)
        if not isinstance(entity, Entity):
            return
        theme = themes.current()
        soft = ink(selected=selected, soft=True)
        first, second = line_of(rect, painter, 0), line_of(rect, painter, 1)
        others = [one_line(spelling) for spelling in entity.spellings if spelling != entity.name]
        articles = f"in {entity.article_count:,}" if others else ""
        for line, number in ((first, f"{entity.mention_count:,}"), (second, articles)):
            width = painter.fontMetrics().horizontalAdvance(number) + 2
            draw_words(painter, line.adjusted(line.width() - width, 0, 0, 0), number, soft)
            line.adjust(0, 0, -width - 8, 0)
        if index.data(DECIDED_ROLE):
            sign = QRect(first.right() - _SIGN, first.center().y() - _SIGN // 2, _SIGN, _SIGN)
            icon("reviewer", soft).paint(painter, sign)
            first.adjust(0, 0, -_SIGN - 4, 0)
        word = label_word(entity.label)
        chip = painter.fontMetrics().horizontalAdvance(word) + 12
        name = first.adjusted(0, 0, -chip - 6, 0)
        taken = draw_words(painter, name, one_line(entity.name), ink(selected=selected), bold=True)
        paint_chip(painter, first.adjusted(taken + 10, 0, 0, 0), word, theme.label(entity.label), theme.text)
        draw_words(painter, second, ", ".join(others[:8]) or numbers(entity), soft)


class EntitiesPanel(QWidget):
    """Search, list, and the card of the chosen entity.

    Signals:
        chosen_changed: other entities are selected in the list, or another one is shown.
    """

    chosen_changed = Signal()

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._cycle: tuple[str, str] = ("", "")  # entity, and which of its mentions was shown last
        self.model = EntitiesModel(self)
        self.model.may_merge = not session.read_only
        self.steps = EntitySteps(session, review, self)
        self.search = QLineEdit(placeholderText="Search entities", clearButtonEnabled=True)
        self.labels = LabelBox()
        self.view = QListView()
        self.card = EntityCard()
        self._pages = QStackedWidget()
        self._empty = EmptyNote(_NONE)
        self._status = PlainLabel()
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

        def read(reader: Reader) -> tuple[list[Entity], dict[str, str]]:
            return list_entities(reader, case), decided_entities(reader)

        self._session.query("entities", read, lambda answer: self._show(*answer))
        self._ask_details()

    def next_mention(self, article_id: str = "", spelling: str = "") -> None:
        """Shows the next mention of the chosen entity in its pane, round and round; of one article or spelling."""
        entity_id, case = self._review.entity_id, self._review.case_id

        def show(mentions: list[Mention]) -> None:
            fitting = [
                mention
                for mention in mentions
                if (not article_id or mention.article_id == article_id)
                and (not spelling or one_line(mention.quote) == spelling)
            ]
            self._show_next(entity_id, fitting)

        if entity_id:
            self._session.query("entities.mentions", lambda r: mentions_of_entity(r, entity_id, case), show)

    def chosen(self) -> list[Entity]:
        """The selected entities, the current one first; without any, the one that the panes show."""
        current = self.model.entity(self.view.currentIndex().row())
        rows = sorted(index.row() for index in self.view.selectedIndexes())
        found = [entity for row in rows if (entity := self.model.entity(row)) is not None]
        shown = None if found else self.model.by_id(self._review.entity_id)
        if shown is not None:
            return [shown]
        return sorted(found, key=lambda entity: current is None or entity.id != current.id)

    def stop(self) -> None:
        """Stops emphasising the entity; panes, queue and board show everything again."""
        if self._review.entity_id:
            self._review.choose_entity(self._review.entity_id)

    def _build(self) -> None:
        self.search.setAccessibleName("Search entities")
        self.search.setToolTip("Names and spellings")
        self.search.textChanged.connect(self._on_search)
        self.labels.label_chosen.connect(self._on_label)
        self.view.setModel(self.model)
        tune_list(self.view, EntityDelegate(), "Entities")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.view.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.view.setDragDropOverwriteMode(True)  # one is dropped on another, never between two
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.clicked.connect(self._on_clicked)
        self.view.activated.connect(self._on_activated)
        self.view.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.model.merge_wanted.connect(self.steps.merge)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut  # PySide forgets it if the slot is given along with it
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=inside).activated.connect(self.stop)
        self._status.setProperty("role", "soft")
        self.card.follow(self)
        self.card.next_wanted.connect(self.next_mention)
        self.card.off_wanted.connect(self.stop)
        self.card.article_wanted.connect(lambda article: self.next_mention(article_id=article))
        self.card.spelling_wanted.connect(lambda spelling: self.next_mention(spelling=spelling))
        self.card.separate_wanted.connect(self.steps.separate)
        self._lay_out()

    def _lay_out(self) -> None:
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        self._empty.acted.connect(self._show_all)
        above = QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.labels)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 4)
        box.setSpacing(5)
        box.addLayout(above)
        box.addWidget(self._pages, 1)
        box.addWidget(self.card)
        box.addWidget(self._status)

    def _show(self, entities: list[Entity], decided: dict[str, str]) -> None:
        scroll = self.view.verticalScrollBar().value()
        current = self.model.entity(self.view.currentIndex().row())
        kept = {entity.id for row in self.view.selectedIndexes() if (entity := self.model.entity(row.row()))}
        self.model.set_entities(entities, decided)
        self.labels.set_labels(self.model.labels())
        for row in range(self.model.rowCount()) if kept else ():
            entity = self.model.entity(row)
            if entity is not None and entity.id in kept:
                index = self.model.index(row)
                self.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
                if current is not None and entity.id == current.id:
                    self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.view.verticalScrollBar().setValue(scroll)
        self._say()
        self.chosen_changed.emit()

    def _on_label(self, label: str) -> None:
        self.model.set_label(label)
        self._filtered()

    def _on_search(self, words: str) -> None:
        self.model.set_search(words)
        self._filtered()

    def _filtered(self) -> None:
        """Other rows are shown: the entity in all panes stays the selected one if it is among them."""
        row = self.model.row_of(self._review.entity_id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        self._say()

    def _show_all(self) -> None:
        self.search.clear()
        self.labels.setCurrentIndex(0)

    def _say(self) -> None:
        shown = self.model.rowCount()
        self._pages.setCurrentWidget(self.view if shown else self._empty)
        self._empty.say(_NO_MATCH if self.model.total else _NONE, "Show all" if self.model.total else "")
        total = count(self.model.total, "entity")
        self._status.setText(total if shown == self.model.total else f"{shown:,} of {total}")

    def _on_changed(self, changes: Changes) -> None:
        if changes.mentions or changes.entities or changes.cases or changes.everything:
            self._settle.start()

    def _on_entity(self, entity_id: str) -> None:
        row = self.model.row_of(entity_id)
        if not entity_id:
            self.view.clearSelection()
            self.card.hide()
        elif row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(row))
        self._ask_details()
        self.chosen_changed.emit()

    def _ask_details(self) -> None:
        entity_id, case = self._review.entity_id, self._review.case_id

        def show(details: EntityDetails) -> None:
            entity = self.model.by_id(entity_id)
            if entity is None or not details.articles:  # merged into another, or undone
                self.stop()
            elif entity_id == self._review.entity_id:
                self.card.show_entity(entity, details, writable=not self._session.read_only)

        if entity_id:
            self._session.query("entities.details", lambda reader: entity_details(reader, entity_id, case), show)

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
        ids = [mention.id for mention in mentions]
        last = ids.index(self._cycle[1]) if self._cycle[0] == entity_id and self._cycle[1] in ids else -1
        at = (last + 1) % len(mentions)
        mention = mentions[at]
        self._cycle = (entity_id, mention.id)
        self._status.setText(f"Mention {at + 1:,} of {len(mentions):,}: “{one_line(mention.quote)}”")
        self._review.show_passage(mention.article_id, mention.span)

    def _open_menu(self, point: QPoint) -> None:
        entities = self.chosen()
        if entities:
            menu = self.steps.menu(entities, self)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.view.viewport().mapToGlobal(point))
