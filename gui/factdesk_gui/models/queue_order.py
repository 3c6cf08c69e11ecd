"""Keeps the queue still under the reviewer's hand: a newer order is worked into the one on screen."""

from array import array
from collections import defaultdict
from collections.abc import Collection


def merge_order(shown: "array[int]", newer: "array[int]", kept: Collection[int] = ()) -> "array[int]":
    """What to show after the project changed, without moving a row that is on screen.

    Args:
        shown: the order on screen.
        newer: the order as a fresh question would give it.
        kept: rows that no longer fit the question and stay nevertheless, until the reviewer asks anew.

    Returns:
        The rows of `shown` that still belong, in their old order; each new row follows the row it follows in `newer`.
    """
    known = set(shown)
    wanted = set(newer)
    wanted.update(kept)
    followers: dict[int, list[int]] = defaultdict(list)
    anchor = -1  # before the first row; no row number is negative
    for row in newer:
        if row in known:
            anchor = row
        else:
            followers[anchor].append(row)
    if not followers and known <= wanted:
        return shown
    merged = array("q", followers.get(-1, ()))
    for row in shown:
        if row in wanted:
            merged.append(row)
        if row in followers:
            merged.extend(followers[row])
    return merged
