"""Who decided what about the claim, and when."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from factdesk.model.claims import Decision
from factdesk.store.people import Person
from factdesk_gui import theme as themes
from factdesk_gui.models.reviewer_colours import colour_of, colours_of
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.opinion_card import ColourDot
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.words import when
from factdesk_gui.plain import PlainLabel

_CAUSES = {"undo": "Undone: ", "redo": "Done again: "}


class HistoryEntry(QWidget):
    """One decision in two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = ClampLabel(2)
        self._who = ClampLabel(2, soft=True)
        self._dot = ColourDot()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 2)
        box.setSpacing(0)
        box.addWidget(self._what)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._who, 1)
        box.addLayout(line)

    @property
    def words(self) -> str:
        """Both lines."""
        return f"{self._what.text} ({self._who.text})"

    def show_decision(self, decision: Decision, colours: Mapping[str, QColor]) -> None:
        """Shows another decision; a dot in its reviewer's colour where there are several of them."""
        self._dot.set_colour(colour_of(decision.reviewer, colours))
        self._dot.setVisible(len(colours) > 1)
        self._what.set_text(f"{_CAUSES.get(decision.cause, '')}{decision.title}")
        now = f" · now {_state(decision)}" if decision.cause in _CAUSES else ""
        self._who.set_text(f"{when(decision.decided_at)} · {decision.reviewer}{now}")
        self.setAccessibleName(self.words)


class HistoryList(Section):
    """The append-only history of a claim, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History", "history", parent)
        self._claim_id = ""
        self._decisions: Sequence[Decision] = ()
        self._people: Sequence[Person] = ()
        self._colours: Mapping[str, QColor] = {}
        self.stack: CardStack[Decision, HistoryEntry] = CardStack(HistoryEntry, self._fill, "decisions", first=4)
        self._none = PlainLabel("Nothing was decided about this claim yet.", wordWrap=True)
        self._none.setProperty("role", "soft")
        self.body.addWidget(self.stack)
        self.body.addWidget(self._none)

        themes.themes().changed.connect(self._on_theme)

    def show_history(self, claim_id: str, decisions: Sequence[Decision], people: Sequence[Person] = ()) -> None:
        """Shows the history of a claim."""
        self._decisions, self._people = decisions, people
        self._colours = colours_of(people, dark=themes.current().dark)
        self.stack.show_values(decisions, same_owner=claim_id == self._claim_id)
        self._claim_id = claim_id
        self._none.setVisible(not decisions)

    def _fill(self, entry: HistoryEntry, decision: Decision) -> None:
        entry.show_decision(decision, self._colours)

    def _on_theme(self) -> None:
        self.show_history(self._claim_id, self._decisions, self._people)


def _state(decision: Decision) -> str:
    judgement = decision.judgement
    if judgement.verdict is None:
        return "no verdict"
    reason = f", {judgement.reason.value}" if judgement.reason else ""
    sure = f", {judgement.confidence} % sure" if judgement.confidence is not None else ""
    return f"{judgement.verdict.value}{reason}{sure}"
