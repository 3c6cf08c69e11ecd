"""Rows keep their places while the project changes."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from factdesk_gui.models.queue_order import merge_order


def order(*rows):
    return array("q", rows)


def test_the_same_claims_in_another_order_leave_the_screen_alone():
    shown = order(1, 2, 3)
    assert merge_order(shown, order(3, 2, 1)) is shown


def test_a_new_claim_comes_after_the_one_it_follows():
    assert list(merge_order(order(1, 2, 3), order(3, 9, 8, 1, 2))) == [1, 2, 3, 9, 8]


def test_a_new_claim_at_the_top_comes_to_the_top():
    assert list(merge_order(order(1, 2), order(9, 2, 1))) == [9, 1, 2]


def test_what_no_longer_fits_stays_if_it_is_kept():
    assert list(merge_order(order(1, 2, 3), order(1, 3), kept={2})) == [1, 2, 3]


def test_what_is_gone_goes_and_its_followers_stay():
    assert list(merge_order(order(1, 2, 3), order(3, 1, 4))) == [1, 4, 3]


def test_from_nothing_to_everything_and_back():
    assert list(merge_order(order(), order(2, 1))) == [2, 1]
    assert list(merge_order(order(2, 1), order())) == []


rows = st.lists(st.integers(0, 30), unique=True)


@given(rows, rows, st.sets(st.integers(0, 30)))
def test_nothing_is_lost_doubled_or_moved(shown, newer, kept):
    merged = list(merge_order(order(*shown), order(*newer), kept))
    assert len(merged) == len(set(merged))
    assert set(merged) == set(newer) | (set(shown) & kept)
    still = [row for row in shown if row in set(merged)]
    assert [row for row in merged if row in set(shown)] == still
