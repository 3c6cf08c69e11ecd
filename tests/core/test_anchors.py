"""Marks are found again in a newer version of their text, or said to be lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.compare.anchors import Carrier
from factdesk.model.claims import Anchor
from factdesk.model.spans import Span
from factdesk.text.normalise import normalise
from unicode_texts import texts


def place(old, new, quote, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = old.index(quote, start + 1)
    span = Span(start, start + len(quote))
    found = Carrier(old, new).place_all([span]).get(span)
    return None if found is None else (found.span.of(new), found.span.start, found.anchor)


HEAD = "A flood came. "


@pytest.mark.parametrize(
    "text",
    [
        "The bridge fell on Monday. 🌊 Twelve people were hurt.",
        "הגשר נפל ביום שני. שנים עשר איש נפצעו.",
        "桥在周一倒塌了。十二人受伤。",
        "Le pont est tombe\u0301. 👩‍👩‍👧 Douze blesse\u0301s.",
    ],
    ids=["emoji", "right to left", "Chinese", "combining marks"],
)
def test_mark_moves_with_its_words(text):
    quote = text[text.index(".") + 1 :].strip() if "." in text else text[text.index("。") + 1 :]
    assert place(text, HEAD + text, quote) == (quote, len(HEAD) + text.index(quote), Anchor.MOVED)
    assert place(text, text + " " + HEAD, quote) == (quote, text.index(quote), Anchor.EXACT)


def test_repeated_sentence_keeps_its_turn():
    old = "One. It rained. Two. It rained. Three. It rained. Four."
    new = "Zero. One. It rained. Two. It rained. Five. Three. It rained. Four."
    for nth in range(3):
        found = place(old, new, "It rained.", nth)
        assert found[1] == [m for m in range(len(new)) if new.startswith("It rained.", m)][nth]


def test_sentence_that_was_carried_off_is_found_where_it_went():
    old = "The mayor resigned on Friday. The river kept rising all night. Schools stay closed."
    new = "Schools stay closed. The river kept rising all night. The mayor resigned on Friday."
    assert place(old, new, "The mayor resigned on Friday.") == ("The mayor resigned on Friday.", 54, Anchor.MOVED)


def test_changed_sentence_is_found_with_a_flag():
    old = "First. The bridge at Brno fell on Monday and 12 people were hurt. Last."
    new = "First. The bridge at Brno fell on Sunday and 15 people were hurt. Last."
    quote, start, anchor = place(old, new, "The bridge at Brno fell on Monday and 12 people were hurt.")
    assert (quote, anchor) == ("The bridge at Brno fell on Sunday and 15 people were hurt.", Anchor.FUZZY)
    assert start == 7


def test_words_that_are_gone_are_lost():
    old = "The bridge fell. Twelve people were hurt, officials said. The river rose."
    assert place(old, "The bridge fell. The river rose.", "Twelve people were hurt, officials said.") is None
    new = "The bridge fell. Nobody knows how many horses ran off. The river rose."
    assert place(old, new, "Twelve people were hurt, officials said.") is None


def test_name_is_not_found_inside_a_longer_one():
    assert place("Nova spoke. It rained.", "Novak sang. It rained.", "Nova") is None
    assert place("Nova spoke. It rained.", "Novak sang. It rained. Then Nova left.", "Nova")[1] == 28


def test_two_marks_never_become_one():
    old = "Brno woke up. The sun shone. Brno fell asleep."
    new = "The sun shone. Brno fell asleep."
    spans = [Span(0, 4), Span(29, 33)]
    placed = Carrier(old, new).place_all(spans)
    assert set(placed) == {spans[1]}
    assert placed[spans[1]].span == Span(15, 19)


def test_part_of_a_mark_goes_with_it_or_is_looked_for():
    old = "Mayor Nova spoke. She said 12 people were hurt."
    new = "On Friday mayor Nova spoke. She said 12 people were hurt."
    carrier = Carrier(old, new)
    whole = Span(18, len(old))
    placed = carrier.place_all([whole])[whole]
    assert carrier.shifted(Span(27, 29), whole, placed).of(new) == "12"
    assert carrier.shifted(Span(6, 10), whole, placed).of(new) == "Nova"
    assert carrier.shifted(Span(0, 5), whole, placed) is None


@given(texts.map(normalise), texts.map(normalise), st.data())
def test_every_exact_or_moved_mark_says_the_same_words(old, new, data):
    if not old:
        return
    edges = st.tuples(st.integers(0, len(old)), st.integers(0, len(old))).filter(lambda pair: pair[0] != pair[1])
    spans = [Span(min(pair), max(pair)) for pair in data.draw(st.lists(edges, max_size=6))]
    if data.draw(st.booleans()):
        new = new[:7] + old + new[7:]
    placed = Carrier(old, new).place_all(spans)
    assert len({found.span for found in placed.values()}) == len(placed)
    for span, found in placed.items():
        assert found.span.end <= len(new)
        if found.anchor is not Anchor.FUZZY:
            assert found.span.of(new) == span.of(old)
        if found.anchor is Anchor.EXACT:
            assert found.span == span
