"""What a reviewer can do with entities: rename, retype, merge, split a spelling off."""

from functools import partial

from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from factdesk.model.mentions import LABELS, NAME_LABELS, Entity, Mention
from factdesk.ops.mentions import merge_entities, rename_entity, retype_entity, split_mentions
from factdesk.store.mentions import mentions_of_entity
from factdesk_gui.panels.words import count, for_menu, one_line
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_LISTED = 25


class EntitySteps:
    """Builds the context menu of the entity list and runs what is chosen in it."""

    def __init__(self, session: Session, review: Review, parent: QWidget) -> None:
        self._session = session
        self._review = review
        self._parent = parent

    def menu(self, entities: list[Entity], parent: QWidget) -> QMenu:
        """The steps for these entities; the first one is the current one and keeps its name in a merge."""
        menu = QMenu(parent)
        first, others = entities[0], entities[1:]
        menu.addAction(f"&Rename “{for_menu(first.name)}”…").triggered.connect(lambda: self.ask_name(first))
        types = menu.addMenu("&Type")
        for label, meaning in LABELS.items():
            if label in NAME_LABELS:
                action = types.addAction(f"{meaning.capitalize()} ({label})")
                action.setCheckable(True)
                action.setChecked(label == first.label)
                action.triggered.connect(partial(self._retype, first, label))
        title = "Merge (select several first)"
        if others:
            title = f"&Merge {count(len(entities), 'entity')} into “{for_menu(first.name)}”"
        merge = menu.addAction(title)
        merge.setEnabled(bool(others))
        merge.triggered.connect(lambda: self._session.run(merge_entities, first.id, [other.id for other in others]))
        split = menu.addMenu("&Split off a spelling")
        split.setEnabled(len(first.spellings) > 1)
        for spelling in first.spellings[:_LISTED]:
            split.addAction(f"“{for_menu(spelling)}”").triggered.connect(partial(self.split, first, spelling))
        if self._session.read_only:
            for action in menu.actions():
                action.setEnabled(False)
            menu.addAction("This project is open for reading only").setEnabled(False)
        return menu

    def ask_name(self, entity: Entity) -> None:
        """Asks for another name in a small dialog that blocks nothing."""
        dialog = QInputDialog(self._parent)
        dialog.setWindowTitle("Rename entity")
        dialog.setLabelText("Name of the entity in this case:")
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setTextValue(entity.name)
        dialog.textValueSelected.connect(lambda name: self.rename(entity, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def rename(self, entity: Entity, name: str) -> None:
        """Gives an entity another name."""
        if one_line(name) != entity.name:
            self._session.run(rename_entity, entity.id, name)

    def split(self, entity: Entity, spelling: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt slot
        """Makes an entity of its own of all mentions with one spelling."""
        case = self._review.case_id

        def done(mentions: list[Mention]) -> None:
            ids = [mention.id for mention in mentions if mention.quote == spelling]
            self._session.run(split_mentions, ids, one_line(spelling))

        self._session.query("entities.split", lambda reader: mentions_of_entity(reader, entity.id, case), done)

    def _retype(self, entity: Entity, label: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt slot
        if label != entity.label:
            self._session.run(retype_entity, entity.id, label)
