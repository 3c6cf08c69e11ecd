"""Contradictions between claims of different rows: the board shows them where each claim stands."""

import pytest

from factdesk.model.claims import Relation
from factdesk.model.clusters import CellState
from factdesk.ops.history import undo
from factdesk.ops.links import add_link, refuse_links
from factdesk.store.board import BoardFilter, board


@pytest.fixture
def apart(bench):
    """Two claims of two articles that contradict each other, each in a row of its own."""
    for table in ("cluster_claims", "clusters", "links"):
        bench.run(lambda tx, table=table: (tx.execute(f"DELETE FROM {table}"), tx.changes())[1])
    bench.one, bench.other = bench.claims(bench.bridge)[0].id, bench.claims(bench.again)[1].id
    bench.link = bench.run(add_link, bench.one, bench.other, Relation.CONFLICTS).created
    return bench


def rows_of(bench, **wanted):
    return {row.lead_claim_id: row for row in board(bench.reader, BoardFilter(bench.case, **wanted)).rows}


def test_both_rows_show_a_contradiction_between_them(apart):
    rows = rows_of(apart)
    for claim in (apart.one, apart.other):
        row = rows[claim]
        cell = next(cell for cell in row.cells if claim in cell.claim_ids)
        assert (cell.state, cell.clashes, row.conflicts) == (CellState.CONFLICTS, (apart.link,), 1)


def test_rows_that_contradict_each_other_are_among_the_conflicts_and_agree_with_nobody(apart):
    assert set(rows_of(apart, only_conflicts=True)) == {apart.one, apart.other}
    assert not {apart.one, apart.other} & set(rows_of(apart, only_agreed=True))


def test_a_refused_contradiction_leaves_the_board_and_comes_back_with_undo(apart):
    apart.run(refuse_links, [apart.link])
    assert rows_of(apart, only_conflicts=True) == {}
    apart.run(undo)
    assert set(rows_of(apart, only_conflicts=True)) == {apart.one, apart.other}
