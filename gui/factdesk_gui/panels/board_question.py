"""What the board asks the store, off the UI thread, and what it gets back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factdesk.store.board import BoardColumn, BoardFilter, BoardOrder, BoardRow, board
from factdesk.store.claimants import claimants_of
from factdesk.store.clusters import contradictions
from factdesk.store.connection import Reader
from factdesk.store.overrides import own_verdicts
from factdesk_gui.models.board_rows import Chip, OwnVerdicts, Sources, settle
from factdesk_gui.panels.board_bar import Asked


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """The board as it should be shown.

    Attributes:
        rows: what the filters leave, and rows on screen that no longer fit but stay where they are.
        counts: rows behind each chip, of those that entity, claimant and search leave.
        total: rows of the case.
        claimants: who says things, with the number of claims.
        out_of_place: whether rows on screen would stand elsewhere, or leave, if asked anew.
    """

    columns: Sequence[BoardColumn]
    rows: Sequence[BoardRow]
    counts: Mapping[Chip, int]
    total: int
    claimants: Sequence[tuple[str, int]]
    out_of_place: bool
    sources: Sources
    own: OwnVerdicts


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """Filters and order; with `shown`, rows on screen keep their places."""

    case_id: str
    asked: Asked
    order: BoardOrder
    shown: Sequence[BoardRow] | None

    def ask(self, reader: Reader) -> BoardAnswer:
        """Runs on the reading thread."""
        asked = self.asked
        with reader.snapshot():
            whole = board(reader, BoardFilter(self.case_id), self.order)
            found = whole
            if asked.entity_id or asked.claimant or asked.search:
                narrow = BoardFilter(
                    self.case_id,
                    entity_id=asked.entity_id or None,
                    claimant=asked.claimant or None,
                    search=asked.search,
                )
                found = board(reader, narrow, self.order)
            against = {one.cluster_id: one.reason for one in contradictions(reader, self.case_id)}
            own = OwnVerdicts(own_verdicts(reader, self.case_id), against)
            claimants = claimants_of(reader, self.case_id)
        sources = Sources.of(whole.columns)
        rows = [row for row in found.rows if all(sources.fits(row, chip, against) for chip in asked.chips)]
        fresh = [row.key for row in rows]
        if self.shown is not None:
            rows = settle(self.shown, rows, whole.rows)
        return BoardAnswer(
            columns=whole.columns,
            rows=rows,
            counts=sources.counts(found.rows, against),
            total=len(whole.rows),
            claimants=claimants,
            out_of_place=[row.key for row in rows] != fresh,
            sources=sources,
            own=own,
        )
