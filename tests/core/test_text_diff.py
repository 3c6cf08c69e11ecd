"""What changed between two versions of a text."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.compare.sequences import common_in_order
from factdesk.compare.text_diff import text_diff
from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_edges
from unicode_texts import texts

OLD = "The bridge fell on Monday. Twelve people were hurt. The river kept rising.\n\nA second storm is due."
NEW = "The bridge fell on Sunday. Twelve people were hurt.\n\nA second storm is due. Nobody was missing."


def shown(old, new):
    return [(old[slice(*piece.old)], new[slice(*piece.new)]) for piece in text_diff(old, new).changes]


def test_changes_are_words_where_a_sentence_changed_and_sentences_where_one_came_or_went():
    assert shown(OLD, NEW) == [("Monday", "Sunday"), (" The river kept rising.", ""), ("", " Nobody was missing.")]


def test_scattered_small_words_in_a_rewritten_sentence_are_shown_as_one_change():
    old, new = "Tell me: the mill of the lord burned at the river.", "Tell me: a cow on the run ate at noon."
    assert len(shown(old, new)) <= 2


@pytest.mark.parametrize("text", ["", "One line.", "a\n\nb"])
def test_equal_texts_have_no_changes(text):
    assert text_diff(text, text).changes == ()


def test_span_in_unchanged_text_is_carried_whole():
    span = Span(OLD.index("Twelve"), OLD.index(" The river"))
    moved, kept = text_diff(OLD, NEW).carried(span)
    assert (moved.of(NEW), kept) == ("Twelve people were hurt.", 1.0)


def test_span_with_a_changed_word_is_carried_in_part():
    moved, kept = text_diff(OLD, NEW).carried(Span(0, OLD.index(" Twelve")))
    assert moved.of(NEW) == "The bridge fell on Sunday."
    assert 0.6 < kept < 1


def test_changed_word_at_the_end_of_a_span_comes_with_it():
    moved, _ = text_diff(OLD, NEW).carried(Span(0, OLD.index(". Twelve")))
    assert moved.of(NEW) == "The bridge fell on Sunday"


def test_span_that_went_is_not_carried():
    start = OLD.index("The river")
    assert text_diff(OLD, NEW).carried(Span(start, start + 10)) is None


@given(texts, texts)
def test_pieces_together_are_both_texts(old, new):
    diff = text_diff(old, new)
    edges_old, edges_new = cluster_edges(old), cluster_edges(new)
    at = (0, 0)
    for piece in diff.pieces:
        assert (piece.old[0], piece.new[0]) == at
        assert not (piece.is_added and piece.is_removed)
        assert piece.is_same == (old[slice(*piece.old)] == new[slice(*piece.new)])
        assert {*piece.old} <= edges_old
        assert {*piece.new} <= edges_new
        at = (piece.old[1], piece.new[1])
    assert at == (len(old), len(new))


@given(texts, texts, st.data())
def test_carried_span_lies_in_the_new_text(old, new, data):
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    carried = text_diff(old, new).carried(span)
    if carried is not None:
        moved, kept = carried
        assert moved.end <= len(new)
        assert 0 < kept <= 1
        assert kept < 1 or moved.of(new) == span.of(old)


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_pairs_are_equal_growing_and_the_longest(a, b):
    pairs = common_in_order(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(x[0] < y[0] and x[1] < y[1] for x, y in pairwise(pairs))
    assert len(pairs) == _longest(a, b)


def _longest(a, b):
    row = [0] * (len(b) + 1)
    for item in a:
        below = [0]
        for column, other in enumerate(b):
            below.append(row[column] + 1 if item == other else max(row[column + 1], below[column]))
        row = below
    return row[-1]


WORDS = [f"{a}{b}" for a in ("ka", "lo", "mi", "ru", "te", "zo") for b in ("bel", "dan", "fir", "gom", "hus", "jak")]


def long_text(seed, length=500_000):
    chance = random.Random(seed)
    sentences, size = [], 0
    while size < length:
        words = [chance.choice(WORDS) for _ in range(chance.randint(4, 20))]
        sentence = " ".join(words).capitalize() + chance.choice([". ", ". ", ".\n\n"])
        sentences.append(sentence)
        size += len(sentence)
    return "".join(sentences)[:length]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(long_text(1), long_text(1).replace("kabel", "Kabel").replace("rujak. ", ""), id="edited all over"),
        pytest.param(long_text(2, 90_000), long_text(3, 90_000), id="nothing in common"),
        pytest.param("ka lo. " * 12_000, "lo ka. mi " * 9_000, id="repetition"),
        pytest.param("x" * 500_000, "x" * 499_000 + "y" * 1000, id="no words"),
        pytest.param("桥。" * 40_000, "桥梁。" * 30_000, id="no blanks"),
    ],
)
def test_long_texts_take_a_bounded_time(old, new):
    start = time.process_time()
    diff = text_diff(old, new)
    assert time.process_time() - start < 20
    assert diff.changes
