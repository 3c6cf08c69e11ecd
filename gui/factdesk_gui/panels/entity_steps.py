"""What a reviewer can do with entities: rename, retype, merge, split, separate, mark every occurrence."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from factdesk.model.changes import Changes
from factdesk.model.mentions import NAME_LABELS, Entity
from factdesk.ops.mentions import (
    mark_all_occurrences,
    merge_entities,
    rename_entity,
    retype_entity,
    split_mentions,
)
from factdesk.ops.unmerge import unmerge_entity
from factdesk.store.articles import article_names, article_text
from factdesk.store.connection import Reader
from factdesk.store.mentions import mentions_of_entity
from factdesk_gui.models.label_words import LABEL_WORDS, label_choice, label_meaning
from factdesk_gui.panels.words import count, for_menu, one_line
from factdesk_gui.plain import plain_tip
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_AROUND = 36  # code points of the text on each side of a mention


class EntitySteps(QObject):
    """Asks what has to be asked and runs the steps; all of them can be undone.

    Signals:
        told: what was done, in words, and whether there is something to undo.
    """

    told = Signal(str, bool)

    def __init__(self, session: Session, review: Review, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._parent = parent

    def menu(self, entities: list[Entity], parent: QWidget) -> QMenu:
        """The steps for these entities; the first one is the current one and keeps its name in a merge."""
        menu = QMenu(parent)
        first, others = entities[0], entities[1:]
        menu.addAction(f"&Rename “{for_menu(first.name)}”…").triggered.connect(lambda: self.ask_name(first))
        types = menu.addMenu("&What it is")
        self._fill_labels(types, first)
        title = "Merge (select several first, or drag one on another)"
        if others:
            title = f"&Merge {count(len(entities), 'entity')} into “{for_menu(first.name)}”"
        merge = menu.addAction(title)
        merge.setEnabled(bool(others))
        merge.triggered.connect(lambda: self.merge(first.id, [other.id for other in others]))
        split = menu.addAction("&Split…")
        split.setEnabled(first.mention_count > 1)
        split.triggered.connect(lambda: self.ask_split(first))
        menu.addSeparator()
        menu.addAction("Mark &all occurrences").triggered.connect(lambda: self.mark_all(first))
        if self._session.read_only:
            for action in menu.actions():
                action.setEnabled(False)
            menu.addAction("This project is open for reading only").setEnabled(False)
        return menu

    def ask_name(self, entity: Entity) -> None:
        """Asks for another name in a small dialog that blocks nothing."""
        from factdesk_gui.dialogs.name_dialog import NameDialog  # noqa: PLC0415 - opened seldom

        explains = "The name of the entity in this case; how the articles spell it stays."
        dialog = NameDialog("Rename entity", explains, "Rename", entity.name, "Best known name", self._parent.window())
        dialog.name_given.connect(lambda name: self.rename(entity, name))
        dialog.open()

    def ask_label(self, entity: Entity, where: QPoint) -> None:
        """Offers the labels as a menu at a place on the screen."""
        menu = QMenu(self._parent)
        self._fill_labels(menu, entity)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def ask_split(self, entity: Entity, spelling: str = "") -> None:
        """Asks which mentions name something else."""
        from factdesk_gui.dialogs.split_dialog import SplitDialog, SplitRow  # noqa: PLC0415 - opened seldom

        case = self._review.case_id

        def read(reader: Reader) -> list[SplitRow]:
            names = article_names(reader, case)
            texts: dict[str, str] = {}
            rows = []
            for mention in mentions_of_entity(reader, entity.id, case):
                if mention.article_id not in texts:
                    texts[mention.article_id] = article_text(reader, mention.article_id)
                text, span = texts[mention.article_id], mention.span
                before = _flat(text[max(0, span.start - _AROUND) : span.start])
                after = _flat(text[span.end : span.end + _AROUND])
                label = names.get(mention.article_id, "")
                quote = one_line(mention.quote)
                rows.append(SplitRow(mention.id, quote, label, before, quote, after))
            return rows

        def show(rows: Sequence[SplitRow]) -> None:
            dialog = SplitDialog(entity.name, rows, spelling, self._parent.window())
            dialog.split_given.connect(self.split)
            dialog.open()

        self._session.query("entities.split", read, show)

    def rename(self, entity: Entity, name: str) -> None:
        """Gives an entity another name."""
        if one_line(name) != entity.name:
            self._session.run(rename_entity, entity.id, name)

    def merge(self, keep: str, others: Sequence[str]) -> None:
        """Makes several entities one."""
        self._session.run(merge_entities, keep, list(others), done=self._tell)

    def split(self, mention_ids: Sequence[str], name: str) -> None:
        """Makes an entity of its own of some mentions."""
        self._session.run(split_mentions, list(mention_ids), name, done=self._tell)

    def separate(self, entity_id: str) -> None:
        """Takes a merge back."""
        self._session.run(unmerge_entity, entity_id, done=self._tell)

    def mark_all(self, entity: Entity) -> None:
        """Marks every place in the case where the name or a spelling of the entity stands unmarked."""
        self._session.run(mark_all_occurrences, self._review.case_id, entity.id, done=self._tell)

    def retype(self, entity: Entity, label: str) -> None:
        """Says what the entity is."""
        if label != entity.label:
            self._session.run(retype_entity, entity.id, label)

    def _fill_labels(self, menu: QMenu, entity: Entity) -> None:
        menu.setToolTipsVisible(True)
        for label in LABEL_WORDS:
            if label in NAME_LABELS:
                action = menu.addAction(label_choice(label))
                action.setToolTip(plain_tip(label_meaning(label)))
                action.setCheckable(True)
                action.setChecked(label == entity.label)
                action.triggered.connect(_quietly(partial(self.retype, entity, label)))

    def _tell(self, changes: Changes) -> None:
        if changes.title:
            self.told.emit(changes.title, bool(changes.mentions or changes.entities))


def _flat(text: str) -> str:
    """White space as single spaces, also at the ends."""
    return re.sub(r"\s+", " ", text)


def _quietly(step: Callable[[], None]) -> Callable[..., None]:
    """A step as a slot that takes no notice of the check mark."""

    def run(_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt slot
        step()

    return run
