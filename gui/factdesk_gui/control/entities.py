"""Commands about entities: the ones chosen in their list, or the one that the panes show."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from factdesk.model.mentions import Entity
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.notices import NoticeBar, Offer
from factdesk_gui.workspace import Workspace


class EntityControl(QObject):
    """Answers the commands about entities of one project."""

    def __init__(self, workspace: Workspace, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._review = workspace.review
        self._panel = workspace.entities
        self._notices = notices
        self._panel.steps.told.connect(self._tell)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        panel, steps = self._panel, self._panel.steps
        return {
            Command.NEXT_MENTION: self.next_mention,
            Command.ENTITY_OFF: panel.stop,
            Command.RENAME_ENTITY: lambda: self._with_first(steps.ask_name),
            Command.RETYPE_ENTITY: self.ask_label,
            Command.MERGE_ENTITIES: self.merge,
            Command.SPLIT_ENTITY: lambda: self._with_first(steps.ask_split),
            Command.MARK_OCCURRENCES: lambda: self._with_first(steps.mark_all),
        }

    def next_mention(self) -> None:
        """Shows the next mention of the entity that the panes show, or of the one selected in the list."""
        if not self._review.entity_id:
            self._with_first(lambda entity: self._review.choose_entity(entity.id))
        self._panel.next_mention()

    def ask_label(self) -> None:
        """Offers what the entity may be, at its row of the list."""
        view = self._panel.view
        place = view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft())
        self._with_first(lambda entity: self._panel.steps.ask_label(entity, place))

    def merge(self) -> None:
        """Makes the selected entities one; the current one keeps its name."""
        first, *others = self._panel.chosen()
        self._panel.steps.merge(first.id, [other.id for other in others])

    def needs_met(self) -> set[Need]:
        """How many entities are chosen, for enabling commands."""
        chosen = self._panel.chosen()
        facts = {Need.ENTITY: bool(chosen), Need.ENTITIES: len(chosen) > 1}
        return {need for need, is_met in facts.items() if is_met}

    def _with_first(self, step: Callable[[Entity], object]) -> None:
        chosen = self._panel.chosen()
        if chosen:
            step(chosen[0])

    def _tell(self, words: str, can_undo: bool) -> None:  # noqa: FBT001 - a slot gets its value by place
        self._notices.tell(f"{words}.", offer=Offer("Undo", self._session.undo) if can_undo else None)
