"""What stands in the way of a verdict, and which verdicts of one's own contradict each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from factdesk.model.claims import Verdict
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.clamp_label import ClampLabel


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Another claim whose verdict does not go with that of the claim shown."""

    claim_id: str
    words: str


class MissingList(QWidget):
    """What the evidence gate asks for before each verdict; nothing while it is off or satisfied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = {verdict: ClampLabel(4) for verdict in Verdict}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        for line in self._lines.values():
            box.addWidget(line)
        self.show_missing({})

    def show_missing(self, missing: Mapping[Verdict, Sequence[str]]) -> None:
        """Shows what each verdict still needs, in words."""
        for verdict, line in self._lines.items():
            needed = missing.get(verdict, ())
            line.set_text(f"Still missing for {verdict}: {'; '.join(needed)}")
            line.setVisible(bool(needed))
        self.setVisible(any(missing.get(verdict) for verdict in Verdict))


class ContradictionCard(QWidget):
    """One contradiction with a button that goes to the other claim.

    Signals:
        claim_wanted: id of that claim.
    """

    claim_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim_id = ""
        self._words = ClampLabel(4)
        self._go = QPushButton("Go there")
        self._go.setToolTip("Show the claim with the other verdict")
        self._go.clicked.connect(lambda: self.claim_wanted.emit(self._claim_id))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self._words)
        box.addWidget(self._go)

    def show_contradiction(self, found: Contradiction) -> None:
        """Shows another one."""
        self._claim_id = found.claim_id
        self._words.set_text(f"≠ {found.words}")
        self._go.setAccessibleName(f"Go there: {found.words}")


class ContradictionList(QWidget):
    """Verdicts of one's own that contradict the one shown.

    Signals:
        claim_wanted: id of a claim to go to.
    """

    claim_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack: CardStack[Contradiction, ContradictionCard] = CardStack(
            self._make, ContradictionCard.show_contradiction, "contradictions", first=2
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self.show_contradictions(())

    def show_contradictions(self, found: Sequence[Contradiction]) -> None:
        """Shows what contradicts the claim's verdict."""
        self.stack.show_values(found, same_owner=False)
        self.setVisible(bool(found))

    def _make(self) -> ContradictionCard:
        card = ContradictionCard()
        card.claim_wanted.connect(self.claim_wanted)
        return card
