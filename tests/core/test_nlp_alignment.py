"""Word vectors, and how much of one sentence stands in another."""

from factdesk.model.spans import Span
from factdesk.nlp import embedding
from factdesk.nlp.alignment import Alignment
from factdesk.nlp.surroundings import agreement, likeness


def test_near_words_have_near_vectors():
    assert likeness("doctor", "surgeon") > likeness("doctor", "harbour")
    assert likeness("doctor", "doctors") == 1.0
    assert likeness("doctor", "qzxv") == 0.0


def test_rare_words_are_rarer_than_frequent_ones():
    known = embedding.load()
    assert known.rarity("the") < known.rarity("harbour") < known.rarity("qzxv") == 1.0


def test_a_sentence_covers_itself_and_nothing_of_an_empty_one():
    told = Alignment(["The ferry sank.", "A ferry was sunk.", "—"], [[], [], []])
    assert told.scores(0, [0])[0] > 0.99
    assert list(told.scores(0, [2, 1]) > 0) == [False, True]
    assert list(told.scores(2, [0, 1])) == [0.0, 0.0]


def test_a_name_counts_however_it_is_spelled():
    texts = ["Vereshko spoke.", "Wereshko spoke.", "Sarro spoke."]
    told = Alignment(texts, [["Daniil Vereshko"], ["Daniil Vereshko"], ["Ludek Sarro"]])
    same, other = told.scores(0, [1, 2])
    assert same > other


def test_words_around_two_values_agree_when_the_values_count_the_same():
    a, b, c = "The storm killed 12 sailors.", "Some 15 sailors were killed.", "The mill sold 15 carts."
    twelve, fifteen, carts = Span(17, 19), Span(5, 7), Span(14, 16)
    assert agreement(a, twelve, b, fifteen) > agreement(a, twelve, c, carts)
