from hypothesis import given
from hypothesis import strategies as st

from factdesk.model.spans import Span
from factdesk_gui.reader.mark_index import MarkIndex
from factdesk_gui.reader.marks import Mark, MarkKind


def mark(mark_id, start, end, kind=MarkKind.CLAIM, tone=""):
    return Mark(mark_id, kind, start, end, Span(start, end), tone)


def filled(*marks):
    index = MarkIndex()
    for one in marks:
        index.put(one)
    return index


sides = st.tuples(st.integers(0, 3000), st.integers(1, 1500)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(sides, max_size=40), sides)
def test_between_finds_exactly_the_marks_that_overlap(spans, stretch):
    marks = [mark(str(i), *span) for i, span in enumerate(spans)]
    found = filled(*marks).between(*stretch)
    assert {m.id for m in found} == {m.id for m in marks if m.start < stretch[1] and m.end > stretch[0]}


def test_marks_at_a_place_come_innermost_first():
    index = filled(mark("outer", 0, 900), mark("inner", 100, 200), mark("name", 110, 120, MarkKind.MENTION))
    assert [m.id for m in index.at(115)] == ["name", "inner", "outer"]
    assert [m.id for m in index.at(100)] == ["inner", "outer"]
    assert index.at(901) == []


def test_overlapping_claims_get_lanes_of_their_own():
    index = filled(mark("a", 0, 100), mark("b", 50, 150), mark("c", 60, 70), mark("d", 100, 120))
    assert [index.lane(i) for i in "abcd"] == [0, 1, 2, 0]


def test_a_moved_mark_is_found_at_its_new_place_only():
    index = filled(mark("a", 0, 10))
    index.put(mark("a", 5000, 5010))
    assert index.between(0, 100) == []
    assert [m.id for m in index.between(5005, 5006)] == ["a"]


def test_replacing_tells_only_what_differs():
    index = filled(mark("same", 0, 10), mark("gone", 20, 30), mark("other", 40, 50))
    touched = index.replace(
        MarkKind.CLAIM, [mark("same", 0, 10), mark("other", 40, 50, tone="disputed"), mark("new", 60, 70)]
    )
    assert sorted(m.id for m in touched) == ["gone", "new", "other", "other"]
    assert {m.id for m in index.of_kind()} == {"same", "other", "new"}
