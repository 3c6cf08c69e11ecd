"""Rows of the board: which chip leaves them, where they stay, what is open work."""

from dataclasses import replace

import pytest

from board_values import C, D, M, N, Q, S, columns, row
from factdesk_gui.models.board_rows import Chip, Sources, settle, spoken_cell, spoken_row

THREE = Sources.of(columns("ABC"))


@pytest.mark.parametrize(
    ("states", "chip"),
    [
        ((S, S, S), Chip.AGREE),
        ((S, D, Q), Chip.AGREE),
        ((S, S, N), Chip.SHARED),
        ((S, N, M), Chip.ONE),
        ((S, C, S), Chip.CONFLICTS),
        ((S, C, N), Chip.CONFLICTS),
    ],
)
def test_every_row_is_behind_exactly_one_of_four_chips(states, chip):
    four = (Chip.AGREE, Chip.SHARED, Chip.CONFLICTS, Chip.ONE)
    assert [one for one in four if THREE.fits(row("x", states), one)] == [chip]


def test_open_work_is_the_columns_that_leave_a_shared_fact_out():
    assert THREE.omissions(row("x", (S, S, N), omitted="C")) == [2]
    assert THREE.omissions(row("x", (S, N, N))) == []
    assert THREE.fits(row("x", (S, S, N), omitted="C"), Chip.OMISSIONS)
    assert not THREE.fits(row("x", (S, S, M)), Chip.OMISSIONS)


def test_all_agree_counts_a_reprint_with_its_original():
    sources = Sources.of(columns("ABC", {"B": "wire", "C": "wire"}))
    assert sources.number == 2
    assert sources.fits(row("x", (S, S, N), sources=2), Chip.AGREE)
    assert sources.fits(row("x", (N, S, S), sources=1), Chip.ONE)


def test_a_single_article_agrees_with_nobody():
    alone = Sources.of(columns("A"))
    assert not alone.fits(row("x", (S,)), Chip.AGREE)
    assert alone.fits(row("x", (S,)), Chip.ONE)


def test_counts_are_rows_but_for_omissions_which_are_cells():
    rows = [
        row("a", (S, S, N), omitted="C"),
        row("b", (S, S, S), verdict="verified"),
        row("c", (S, C, N)),
        row("e", (S, N, S, N), omitted="BD"),
    ]
    counts = THREE.counts(rows, {"b"})
    assert counts[Chip.ALL] == 4
    assert counts[Chip.OMISSIONS] == 3
    assert counts[Chip.UNDECIDED] == 3
    assert counts[Chip.CONTRADICTIONS] == 1


def names(rows):
    return [one.key for one in rows]


def test_rows_on_screen_keep_their_places_and_new_ones_come_beside_theirs():
    a, b, c, d = (row(name, (S, S, N)) for name in "abcd")
    assert names(settle([a, b, c], [c, d, b, a], [c, d, b, a])) == ["a", "b", "c", "d"]
    assert names(settle([a, b], [d, b, a], [d, b, a])) == ["d", "a", "b"]


def test_a_row_that_no_longer_fits_stays_as_it_is_now():
    a, b = row("a", (S, S, N)), row("b", (S, S, N))
    decided = replace(a, verdict="verified")
    kept = settle([a, b], [b], [decided, b])
    assert names(kept) == ["a", "b"]
    assert kept[0].verdict == "verified"


def test_a_row_that_is_gone_leaves():
    a, b = row("a", (S, S, N)), row("b", (S, S, N))
    assert names(settle([a, b], [b], [b])) == ["b"]


def test_a_single_claim_that_became_a_cluster_stays_where_it_was():
    a, alone, c = row("a", (S, S, N)), row("alone", (S, N, N)), row("c", (S, S, N))
    grown = replace(alone, key="cluster-7", cluster_id="cluster-7")
    assert names(settle([a, alone, c], [grown, a, c], [grown, a, c])) == ["a", "cluster-7", "c"]


def test_a_merged_row_stands_where_the_first_of_them_stood():
    a, b, c = row("a", (S, N, N)), row("b", (N, S, N)), row("c", (S, S, N))
    merged = replace(a, filled={0: a.cell(0), 1: b.cell(1)})
    assert names(settle([a, c, b], [c, merged], [c, merged])) == ["a", "c"]


def test_a_cell_is_said_with_source_state_and_value():
    (column,) = columns(["Courier"])
    (cell,) = row("x", (C,), shown={0: "200 soldiers"}, suggested={0}).cells
    assert spoken_cell(column, cell) == "Courier: conflicts, 200 soldiers, suggested"


def test_a_row_is_said_with_verdict_words_and_sources():
    said = spoken_row(row("x", (S, C, N), verdict="disputed"), 3)
    assert said == "disputed, Fact x, stated by 1 of 3 sources, 1 conflict"
