"""Rows of a board without a project, for tests of what is done with them."""

from factdesk.model.claims import Verdict
from factdesk.model.clusters import CellState
from factdesk.store.board import BoardColumn, BoardRow
from factdesk.store.board_cells import NOT_MENTIONED, BoardCell

S, D, C, Q, N, M = (
    CellState.STATES,
    CellState.DIFFERS,
    CellState.CONFLICTS,
    CellState.QUOTES,
    CellState.NOT_FOUND,
    CellState.NOT_MENTIONED,
)


def columns(names, origins=None):
    """Columns called so; `origins` names those that are one source."""
    return tuple(
        BoardColumn(article_id=f"article-{name}", label=name, origin_id=(origins or {}).get(name), share=0.9)
        for name in names
    )


def row(name, states, *, verdict=None, sources=None, suggested=(), shown=None, omitted=()):
    """A row with a cell for each state; every cell that says something has a claim of its own."""
    filled = {
        at: NOT_MENTIONED
        if state is M
        else BoardCell(state, (f"claim-{name}-{at}",), (shown or {}).get(at, ""), at in suggested)
        for at, state in enumerate(states)
        if state is not N
    }
    stated = sum(1 for state in states if state not in (N, M, C))
    return BoardRow(
        key=name,
        cluster_id=name,
        lead_claim_id=next(cell.claim_ids[0] for cell in filled.values() if cell.claim_ids),
        text=f"Fact {name}",
        verdict=Verdict(verdict) if verdict else None,
        inherited=0,
        own=0,
        suggested=len(suggested),
        conflicts=sum(1 for state in states if state is C),
        sources=stated if sources is None else sources,
        score=0.5,
        omitted_in=tuple(f"article-{one}" for one in omitted),
        width=len(states),
        filled=filled,
    )
