from itertools import pairwise

import pytest
import regex
from hypothesis import given

from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_end, cluster_start, snap_span
from factdesk.text.words import (
    next_word_end,
    next_word_start,
    previous_word_end,
    previous_word_start,
    trim_span,
    whole_words,
    word_at,
)
from unicode_texts import texts_with_spans

MOVES = (next_word_end, next_word_start, previous_word_end, previous_word_start)


def clusters_of(text):
    """The edges of visible characters, by the library alone and over the whole text."""
    return {0} | {match.end() for match in regex.finditer(r"\X", text)}


def walk(move, text, index):
    places = []
    while (following := move(text, index)) != index:
        places.append(following)
        index = following
    return places


def pieces(move, text, index):
    places = [index, *walk(move, text, index)]
    return [text[min(a, b) : max(a, b)] for a, b in pairwise(places)]


def test_the_end_moves_word_by_word_and_over_the_full_stop():
    assert pieces(next_word_end, "Some 1,250 men don’t agree. Then", 0) == [
        "Some", " 1,250", " men", " don’t", " agree", ".", " Then",
    ]  # fmt: skip


def test_the_start_moves_word_by_word():
    text = "He paid $5 for “this” 👩‍👩‍👧 thing"
    assert pieces(previous_word_start, text, len(text)) == [
        "thing", "👩‍👩‍👧 ", "this” ", "for “", "5 ", "$", "paid ", "He ",
    ]  # fmt: skip


def test_edges_move_back_as_well():
    assert walk(next_word_start, "one two, three", 0) == [4, 9]
    assert walk(previous_word_end, "one two, three", 14) == [7, 3]


def test_languages_without_blanks_move_too():
    assert pieces(next_word_end, "日本語テスト。", 0) == ["日", "本", "語", "テスト", "。"]
    assert pieces(next_word_end, "שלום עולם", 0) == ["שלום", " עולם"]


def test_word_at_takes_the_word_under_or_beside_the_place():
    assert word_at("a soldier’s coat", 5) == Span(2, 11)
    assert word_at("one two", 3) == Span(0, 3)
    assert word_at("one two", 4) == Span(4, 7)
    assert word_at(" . ", 1) is None


@given(texts_with_spans())
def test_moves_go_their_way_and_never_cut_a_visible_character(sample):
    text, start, _ = sample
    allowed = clusters_of(text)
    for move, sign in zip(MOVES, (1, 1, -1, -1), strict=True):
        for place in walk(move, text, start):
            assert place in allowed
            assert (place - start) * sign > 0


@given(texts_with_spans())
def test_places_in_a_long_text_are_those_of_the_short_one(sample):
    text, start, _ = sample
    before, after = "A line.\n" * 400 + "\n", "\nAnother line." * 400
    for move in MOVES:
        alone = move("\n" + text + "\n", start + 1)
        if alone != start + 1 and 1 <= alone <= len(text):
            assert move(before + text + after, len(before) + start) == len(before) + alone - 1


@given(texts_with_spans())
def test_cluster_edges_agree_with_the_library(sample):
    text, start, end = sample
    allowed = clusters_of(text)
    for place in (start, end):
        assert cluster_start(text, place) == max(edge for edge in allowed if edge <= place)
        assert cluster_end(text, place) == min(edge for edge in allowed if edge >= place)
    snapped = snap_span(text, Span(start, end))
    assert snapped.contains(Span(start, end))
    assert {snapped.start, snapped.end} <= allowed


@given(texts_with_spans())
def test_trimming_cuts_no_visible_character_and_settles(sample):
    text, start, end = sample
    trimmed = trim_span(text, Span(start, end))
    if trimmed is None:
        return
    assert {trimmed.start, trimmed.end} <= clusters_of(text)
    assert snap_span(text, Span(start, end)).contains(trimmed)
    assert trim_span(text, trimmed) == trimmed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (" \n  He said so. \n", "He said so."),
        ("“We won,”", "We won,"),
        ("“We won,” he said.", "“We won,” he said."),
        ("He said “we won.”", "He said “we won.”"),
        ("“We won, he said.", "We won, he said."),
        ("and so it went.”", "and so it went."),
        ("„Wir haben gewonnen.“", "Wir haben gewonnen."),
        ('"It is over" and "we won"', '"It is over" and "we won"'),
        ("• 240 soldiers died", "240 soldiers died"),
        ("– 240 soldiers died", "240 soldiers died"),
        ("-5 degrees", "-5 degrees"),
        ("’90s policy", "’90s policy"),
        ("the soldiers’ graves", "the soldiers’ graves"),
        ("\u00a0\u200bword\ufeff", "word"),
        ("👩‍👩‍👧 ", "👩‍👩‍👧"),
        ("“\u0301word", "“\u0301word"),
    ],
)
def test_trimming_leaves_what_belongs_to_the_statement(text, left):
    span = trim_span(text, Span(0, len(text)))
    assert span is not None
    assert span.of(text) == left


@pytest.mark.parametrize("text", [" ", "\n\u00a0", "“”", "• ", '"'])
def test_trimming_nothing_but_marks_leaves_nothing(text):
    assert trim_span(text, Span(0, len(text))) is None


@pytest.mark.parametrize(
    ("text", "start", "end", "whole"),
    [
        ("A contradictory statement, they said", 7, 22, "contradictory statement"),
        ("A contradictory statement", 2, 15, "contradictory"),
        ("A contradictory statement", 1, 16, " contradictory "),
        ("naïve élan 👩‍👩‍👧", 2, 8, "naïve élan"),
        ("水位上升", 1, 3, "位上"),
    ],
)
def test_a_hasty_selection_grows_to_whole_words(text, start, end, whole):
    assert whole_words(text, Span(start, end)).of(text) == whole
