"""Who decided what about the claim, and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from factdesk.model.claims import Decision
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.clamp_label import ClampLabel
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
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 2)
        box.setSpacing(0)
        box.addWidget(self._what)
        box.addWidget(self._who)

    @property
    def words(self) -> str:
        """Both lines."""
        return f"{self._what.text} ({self._who.text})"

    def show_decision(self, decision: Decision) -> None:
        """Shows another decision."""
        self._what.set_text(f"{_CAUSES.get(decision.cause, '')}{decision.title}")
        now = f" · now {_state(decision)}" if decision.cause in _CAUSES else ""
        self._who.set_text(f"{when(decision.decided_at)} · {decision.reviewer}{now}")
        self.setAccessibleName(self.words)


class HistoryList(Section):
    """The append-only history of a claim, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History", "history", parent)
        self._claim_id = ""
        self.stack: CardStack[Decision, HistoryEntry] = CardStack(
            HistoryEntry, HistoryEntry.show_decision, "decisions", first=4
        )
        self._none = PlainLabel("Nothing was decided about this claim yet.", wordWrap=True)
        self._none.setProperty("role", "soft")
        self.body.addWidget(self.stack)
        self.body.addWidget(self._none)

    def show_history(self, claim_id: str, decisions: Sequence[Decision]) -> None:
        """Shows the history of a claim."""
        self.stack.show_values(decisions, same_owner=claim_id == self._claim_id)
        self._claim_id = claim_id
        self._none.setVisible(not decisions)


def _state(decision: Decision) -> str:
    judgement = decision.judgement
    if judgement.verdict is None:
        return "no verdict"
    reason = f", {judgement.reason.value}" if judgement.reason else ""
    sure = f", {judgement.confidence} % sure" if judgement.confidence is not None else ""
    return f"{judgement.verdict.value}{reason}{sure}"
