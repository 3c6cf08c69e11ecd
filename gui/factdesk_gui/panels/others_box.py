"""What other reviewers said about the claim, and how it was settled if they disagree."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from factdesk.store.connection import Queryable
from factdesk.store.disagreements import Settled, differ, settled_of
from factdesk.store.opinions import Opinion, opinions_about
from factdesk.store.people import Person, list_people
from factdesk_gui import theme as themes
from factdesk_gui.models.reviewer_colours import colours_of
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.opinion_card import OpinionCard
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.words import short_when

_NOTE_LINES = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What is known about a claim from all reviewers."""

    opinions: tuple[Opinion, ...] = ()  # oldest first
    people: tuple[Person, ...] = ()
    settled: Settled | None = None
    is_divided: bool = False  # whether verdicts differ


def load_said(r: Queryable, claim_id: str) -> Said:
    """Reads it; nothing for a claim that only one reviewer judged."""
    opinions = opinions_about(r, [claim_id]).get(claim_id, [])
    if not opinions:
        return Said()
    return Said(tuple(opinions), tuple(list_people(r)), settled_of(r, claim_id), differ(opinions))


class OthersBox(Section):
    """A card for each of the others; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Other reviewers", "others", parent)
        self._said = Said()
        self._me = ""
        self._state = ClampLabel(2, soft=True)
        self.stack: CardStack[Opinion, OpinionCard] = CardStack(
            lambda: OpinionCard(_NOTE_LINES), self._fill, "reviewers", first=3
        )
        self.body.addWidget(self._state)
        self.body.addWidget(self.stack)
        self.show_said(Said(), "")
        themes.themes().changed.connect(self._on_theme)

    @property
    def state(self) -> str:
        """What is said about all of them together."""
        return self._state.text

    def show_said(self, said: Said, me: str) -> None:
        """Shows what others than `me` said."""
        self._said, self._me = said, me
        others = [each for each in said.opinions if each.reviewer != me]
        self.setVisible(bool(others))
        self._state.set_text(state_words(said))
        self._state.setVisible(bool(self._state.text))
        self._colours = colours_of(said.people, dark=themes.current().dark)
        self.stack.show_values(others, same_owner=False)
        self.set_title(f"Other reviewers ({len(others)})" if others else "Other reviewers")

    def _on_theme(self) -> None:
        self.show_said(self._said, self._me)

    def _fill(self, card: OpinionCard, opinion: Opinion) -> None:
        card.show_opinion(opinion, self._colours)


def state_words(said: Said) -> str:
    """Whether reviewers disagree, and what became of it."""
    if not said.is_divided:
        return ""
    if said.settled is None:
        return "Reviewers disagree; not settled yet."
    how = f"{said.settled.chosen}'s verdict" if said.settled.chosen else "a verdict of their own"
    return f"Reviewers disagreed. Settled by {said.settled.made_by}, {short_when(said.settled.made_at)}: {how}."
