"""Links between claims of different articles."""

import time

import pytest

from factdesk.model.claims import Relation
from factdesk.model.spans import Span
from factdesk.nlp.likeness import Unit
from factdesk.nlp.links import find_links
from factdesk.nlp.relations import compare
from factdesk.nlp.values import values_in

SURE = 0.9


def unit(article: str, text: str, *names: str, start: int = 0, heading: bool = False) -> Unit:
    span = Span(start, start + len(text))
    return Unit(article, span, text, frozenset(names), tuple(values_in(text, start)), heading)


def pair(a: str, b: str, *names: str) -> tuple[Unit, Unit]:
    return unit("a1", a, *names, start=40), unit("a2", b, *names, start=7)


CASE = [
    unit("a1", "The ferry Anna sank off Oberau on Monday night.", "Oberau"),
    unit("a1", "Prices of fish doubled last year.", start=100),
    unit("a2", "On Monday night the ferry Anna sank near Oberau.", "Oberau"),
    unit("a2", "The minister praised the choir of the capital.", start=100),
]


def score_of(units: list[Unit], a: int, b: int) -> float:
    for link in find_links(units):
        if {(link.article_a, link.span_a), (link.article_b, link.span_b)} == {
            (units[a].article_id, units[a].span),
            (units[b].article_id, units[b].span),
        }:
            return link.score
    return 0.0


def test_the_same_fact_comes_first_and_is_offered():
    links = find_links(CASE)
    assert (links[0].span_a, links[0].span_b) == (CASE[0].span, CASE[2].span)
    assert links[0].suggested
    assert links[0].relation is Relation.SAME
    assert "Oberau" in links[0].reason
    assert not any(link.suggested for link in links[1:])


def test_claims_of_one_article_are_not_linked():
    assert all(link.article_a != link.article_b for link in find_links(CASE))


def test_the_same_claims_give_the_same_links():
    assert find_links(CASE) == find_links(CASE)


def test_no_claims_give_no_links():
    assert find_links([]) == []


def test_claims_without_a_word_give_no_links():
    assert not any(link.suggested for link in find_links([unit("a1", "—"), unit("a2", "…")]))


def test_other_words_of_like_meaning_bring_claims_nearer():
    told = unit("a1", "The physician examined the injured sailors.")
    near, far = (
        unit("a2", "A doctor treated the wounded seamen."),
        unit("a2", "A baker sold the sweet rolls.", start=100),
    )
    assert score_of([told, near, far], 0, 1) > score_of([told, near, far], 0, 2)


def test_agreeing_numbers_bring_claims_nearer():
    told = unit("a1", "Some 430 guests left the hotel by boat.")
    with_it, without = unit("a2", "By boat 430 people got away."), unit("a2", "By boat 55 people got away.", start=100)
    assert score_of([told, with_it, without], 0, 1) > score_of([told, with_it, without], 0, 2)


def test_a_claim_that_both_resemble_brings_two_nearer():
    a, b = unit("a1", "The ferry Anna sank off Oberau."), unit("a2", "Divers look for the ferry that sank.")
    between = unit("a3", "Divers look for the ferry Anna, which sank off Oberau.")
    other = unit("a3", "Prices of fish doubled last year at the market.")
    assert score_of([a, b, between], 0, 1) > score_of([a, b, other], 0, 1)


def test_hundreds_of_claims_of_unrelated_articles_are_linked_quickly():
    nouns = ["harbour", "piano", "glacier", "senate", "orchard", "vaccine", "tunnel", "violin", "mosque", "satellite"]
    verbs = ["closed", "praised", "flooded", "delayed", "painted", "inspected", "sold", "repaired", "opened", "doubted"]
    units = [
        unit(
            f"a{i // 25}",
            f"The {nouns[i % 10]} of {i // 25} was {verbs[i // 7 % 10]} by {nouns[i // 3 % 10]} {i}.",
            start=i,
        )
        for i in range(600)
    ]
    start = time.process_time()
    find_links(units)
    assert time.process_time() - start < 30


def test_another_number_of_the_same_thing_is_a_conflict():
    relation, reason = compare(*pair("The storm killed 12 sailors.", "The storm killed 15 sailors."), SURE)
    assert relation is Relation.CONFLICTS
    assert reason == "12 sailors / 15 sailors"


def test_a_rounded_number_is_no_conflict():
    relation, _ = compare(*pair("The storm killed 12 sailors.", "The storm killed about 13 sailors."), SURE)
    assert relation is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mill employs 40 people.", "A choir of 60 people sang at the opening."),
        ("The bridge is 80 metres long.", "The bridge is to be raised by three metres."),
        ("The firm was paid 18 million crowns.", "The damage is put at 120 million crowns."),
    ],
)
def test_numbers_that_count_different_things_are_no_conflict(one, other):
    relation, _ = compare(*pair(one, other), SURE)
    assert relation is Relation.DIFFERS


def test_another_date_is_a_conflict():
    relation, reason = compare(*pair("The raid began on March 18.", "The raid began on March 20."), SURE)
    assert relation is Relation.CONFLICTS
    assert reason == "18 March / 20 March"


def test_dates_of_different_events_are_no_conflict():
    relation, _ = compare(*pair("The raid began on March 18.", "A court in Lausen meets on March 20."), SURE)
    assert relation is Relation.DIFFERS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The army captured the village.", "The attack on the village was repelled by the army."),
        ("The minister denied that the harbour had been warned of the storm.", "The harbour was warned of the storm."),
        ("The court found the driver guilty.", "The court acquitted the driver."),
    ],
)
def test_another_outcome_is_a_conflict(one, other):
    relation, reason = compare(*pair(one, other), SURE)
    assert relation is Relation.CONFLICTS
    assert " / " in reason


def test_a_negated_opposite_is_no_conflict():
    relation, _ = compare(*pair("The driver was found guilty.", "The driver was not acquitted."), SURE)
    assert relation is not Relation.CONFLICTS


def test_a_weak_candidate_is_never_called_a_conflict():
    relation, _ = compare(*pair("The storm killed 12 sailors.", "The storm killed 15 sailors."), 0.2, offered=False)
    assert relation is Relation.DIFFERS


def test_another_number_of_the_same_thing_makes_a_link_of_claims_that_share_little_else():
    units = [
        unit("a1", "The 7th Regiment was sent to the flooded valley with 350 soldiers and twelve boats."),
        unit("a2", "Another 400 soldiers and nine boats reached the flooded town by night, a general told reporters."),
        unit("a1", "A dam broke above the town on Sunday and the valley was flooded.", start=100),
        unit("a2", "On Sunday the valley was flooded when a dam above the town broke.", start=100),
    ]
    link = next(link for link in find_links(units) if {link.span_a, link.span_b} == {units[0].span, units[1].span})
    assert link.relation is Relation.CONFLICTS
    assert link.suggested
    assert link.reason == "350 soldiers / 400 soldiers"


def test_units_are_converted_before_numbers_are_compared():
    relation, _ = compare(*pair("Water reached a town 11 km away.", "Water four metres high reached a town."), SURE)
    assert relation is Relation.DIFFERS


def test_what_both_say_is_the_reason():
    relation, reason = compare(*pair("Anna sank with 12 sailors.", "Anna sank; 12 sailors were aboard.", "Anna"), SURE)
    assert relation is Relation.SAME
    assert reason == "both: Anna, 12 sailors"
