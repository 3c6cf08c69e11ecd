"""Links between claims of different articles."""

from factdesk.model.claims import Relation
from factdesk.model.spans import Span
from factdesk.nlp.links import Unit, find_links
from factdesk.nlp.relations import compare
from factdesk.nlp.values import values_in


def unit(article: str, text: str, *names: str, start: int = 0) -> Unit:
    return Unit(article, Span(start, start + len(text)), text, frozenset(names))


def pair(a: str, b: str, *names: str) -> tuple[Unit, Unit]:
    one, two = unit("a1", a, *names), unit("a2", b, *names)
    one.values, two.values = tuple(values_in(a)), tuple(values_in(b))
    return one, two


CASE = [
    unit("a1", "The ferry Anna sank off Oberau on Monday night.", "Oberau"),
    unit("a1", "Prices of fish doubled last year.", start=100),
    unit("a2", "On Monday night the ferry Anna sank near Oberau.", "Oberau"),
    unit("a2", "The minister praised the choir of the capital.", start=100),
]


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


def test_another_number_of_the_same_thing_is_a_conflict():
    relation, reason = compare(*pair("The storm killed 12 sailors.", "The storm killed 15 sailors."), 0.9)
    assert relation is Relation.CONFLICTS
    assert reason == "12 / 15"


def test_a_rounded_number_is_no_conflict():
    relation, _ = compare(*pair("The storm killed 12 sailors.", "The storm killed about 13 sailors."), 0.9)
    assert relation is Relation.SAME


def test_another_date_is_a_conflict():
    relation, reason = compare(*pair("The raid began on March 18.", "The raid began in late March."), 0.9)
    assert relation is Relation.CONFLICTS
    assert reason == "March 18 / late March"


def test_another_outcome_is_a_conflict():
    relation, reason = compare(*pair("The army captured the village.", "The attack on the village was repelled."), 0.9)
    assert relation is Relation.CONFLICTS
    assert reason == "captured / repelled"


def test_a_weak_candidate_is_never_called_a_conflict():
    relation, _ = compare(*pair("The storm killed 12 sailors.", "The storm killed 15 sailors."), 0.2, offered=False)
    assert relation is Relation.DIFFERS
