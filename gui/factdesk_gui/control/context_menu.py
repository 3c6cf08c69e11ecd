"""What a pane's context menu offers besides its marks: the commands that fit what is under the pointer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu

from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.ids import Command
from factdesk_gui.reader.marks import Mark
from factdesk_gui.review import Review

_FOR_SELECTION = (
    Command.NEW_CLAIM,
    Command.NEW_MENTION,
    Command.EVIDENCE_SUPPORTS,
    Command.EVIDENCE_REFUTES,
    Command.EVIDENCE_CONTEXT,
)
_FOR_MARK = (
    Command.VERIFY,
    Command.DISPUTE,
    Command.UNVERIFY,
    Command.CLEAR_VERDICT,
    Command.ACCEPT,
    Command.REFUSE,
    Command.RELABEL_MENTION,
)

_FOR_ARTICLE = (
    Command.EDIT_ARTICLE,
    Command.NEW_VERSION,
    Command.PASTE_VERSION,
    Command.SHOW_VERSIONS,
    Command.SAME_SOURCE,
    Command.OWN_SOURCE,
    Command.REMOVE_ARTICLE,
)


def extend_article(menu: QMenu, binder: Binder) -> None:
    """Adds the commands about the article of a pane to the menu of its head."""
    menu.addSeparator()
    part = menu.addMenu("This article")
    part.addActions([binder.action(command) for command in _FOR_ARTICLE])


def extend(menu: QMenu, marks: Sequence[Mark], review: Review, binder: Binder) -> None:
    """Adds the commands for the selection, and those for the mark in hand if the pointer is on it."""
    in_hand = review.mention_id or review.claim_id
    groups = [_FOR_SELECTION] if review.selection is not None else []
    if any(mark.id == in_hand for mark in marks):
        groups.append(_FOR_MARK)
    for commands in groups:
        actions = [binder.action(command) for command in commands]
        usable = [action for action in actions if action.isEnabled()]
        if usable:
            menu.addSeparator()
            menu.addActions(usable)
