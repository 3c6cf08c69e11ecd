"""Numbers, dates, places, names and quotes of all sources under each other, in the order of time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.strip_row import StripEntry, StripRow


class ValueStrip(Section):
    """The values of a cluster, one row for each source; hidden where there is nothing to compare.

    Signals:
        claim_wanted: id of a claim whose passage should be shown.
    """

    claim_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Values side by side", "values", parent)
        self._claim_id = ""
        self.stack: CardStack[StripEntry, StripRow] = CardStack(self._make, StripRow.show_entry, "sources", first=6)
        self.body.addWidget(self.stack)
        self.show_entries("", ())

    def show_entries(self, claim_id: str, entries: Sequence[StripEntry]) -> None:
        """Shows the sources of a claim; one alone is nothing to compare."""
        worth = len(entries) > 1 and any(entry.values or entry.names or entry.said for entry in entries)
        self.stack.show_values(entries if worth else (), same_owner=claim_id == self._claim_id)
        self._claim_id = claim_id
        odd = sum(entry.is_odd for entry in entries)
        self.set_title("Values side by side" + (f" ({odd} of {len(entries)} differ)" if odd else ""))
        self.setVisible(worth)

    def _make(self) -> StripRow:
        row = StripRow()
        row.clicked.connect(lambda: self.claim_wanted.emit(row.entry.claim_id))
        return row
