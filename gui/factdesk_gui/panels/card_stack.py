"""A column of cards that are kept and filled again, so that going from claim to claim makes no new widgets."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from factdesk_gui.panels.tab_order import TabStop, put_after

T = TypeVar("T")
C = TypeVar("C", bound=QWidget)

_FIRST = 12


class CardStack(QWidget, Generic[T, C]):
    """Shows values as cards; a long list ends in a button that shows the rest."""

    def __init__(
        self,
        make: Callable[[], C],
        fill: Callable[[C, T], None],
        noun: str,
        first: int = _FIRST,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._fill = fill
        self._noun = noun
        self._first = first
        self._values: Sequence[T] = ()
        self._cards: list[C] = []
        self._all = False
        self._before = TabStop(self)
        self._rest = QPushButton()
        self._rest.clicked.connect(self._show_all)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(5)
        self._box.addWidget(self._rest)
        self._rest.hide()

    def cards(self) -> list[C]:
        """The cards on show."""
        return self._cards[: self._shown()]

    def show_values(self, values: Sequence[T], *, same_owner: bool) -> None:
        """Shows other values; for another owner a long list is closed again."""
        self._values = values
        self._all = self._all and same_owner
        self._arrange()

    def _shown(self) -> int:
        return len(self._values) if self._all else min(len(self._values), self._first)

    def _show_all(self) -> None:
        self._all = True
        self._arrange()

    def _arrange(self) -> None:
        shown = self._shown()
        while len(self._cards) < shown:
            card = self._make()
            self._box.insertWidget(self._box.count() - 1, card)
            self._cards.append(card)
            put_after(self._before, self._cards)
        for at, card in enumerate(self._cards):
            if at < shown:
                self._fill(card, self._values[at])
            card.setVisible(at < shown)
        self._rest.setText(f"Show all {len(self._values)} {self._noun}")
        self._rest.setVisible(shown < len(self._values))
        self.setVisible(bool(self._values))
