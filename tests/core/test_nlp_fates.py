"""Numbers of people by what became of them: the same fate with other numbers is a conflict, other fates are none."""

import pytest

from factdesk.model.claims import Relation
from factdesk.model.spans import Span
from factdesk.nlp.fates import fate
from factdesk.nlp.relations import compare
from factdesk.nlp.values import values_in


class Said:
    """A claim as the comparison needs it."""

    def __init__(self, text, *names):
        self.text = text
        self.span = Span(0, len(text))
        self.names = frozenset(names)
        self.values = tuple(values_in(text))


@pytest.mark.parametrize(
    ("text", "number", "found"),
    [
        ("The fire killed 12 people and injured 40.", "12 people", "dead"),
        ("The fire killed 12 people and injured 40.", "40", "hurt"),
        ("12 people were killed and 40 injured.", "40", "hurt"),
        ("At least three people are dead and 14 are missing.", "14", "missing"),
        ("Police detained nine men; two officers were hurt.", "nine men", "held"),
        ("Some 300 people live there.", "300 people", ""),
    ],
)
def test_the_nearest_fate_in_the_clause_is_that_of_the_number(text, number, found):
    at = text.index(number)
    assert fate(text, Span(at, at + len(number))) == found


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Three people are known to have died, among them a guard.", "Two people died, a guard and a driver.", "3 people / 2 people"),
        ("Seven passengers were treated for smoke, doctors said.", "Nine people were treated for smoke.", "7 passengers / 9 people"),
        ("About 1,200 residents were evacuated from the town.", "In all, 1,900 people were evacuated.", "about 1,200 residents / 1,900 people"),
    ],
)  # fmt: skip
def test_other_numbers_with_one_fate_conflict(one, other, reason):
    assert compare(Said(one), Said(other), 0.7) == (Relation.CONFLICTS, reason)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Three people died in the fire.", "Nine people were injured in the fire."),
        ("Police arrested 12 protesters on Sunday.", "Some 30 protesters marched on Sunday, police said."),
        ("About 250 people died.", "Some 240 people died."),
        ("Twelve people died, three of them children.", "Three children were among the 12 people who died."),
    ],
)
def test_other_fates_and_numbers_that_agree_do_not_conflict(one, other):
    assert compare(Said(one), Said(other), 0.7)[0] is not Relation.CONFLICTS


def test_claims_about_other_places_do_not_conflict():
    one, other = "Turnout in Ves was 54 percent.", "Turnout in Orn was 61 percent."
    assert compare(Said(one, "Ves"), Said(other, "Orn"), 0.9)[0] is not Relation.CONFLICTS
    assert compare(Said(one, "Ves"), Said(other, "Ves"), 0.9)[0] is Relation.CONFLICTS


def test_a_denial_conflicts_with_what_it_denies():
    denied = Said("Brack Steel denied that it had received any warning.", "Brack Steel")
    warned = Said("The inspectors said they had warned Brack Steel in March.", "Brack Steel")
    assert compare(denied, warned, 0.7)[0] is Relation.CONFLICTS
    assert (
        compare(denied, Said("Brack Steel sold two mills in March.", "Brack Steel"), 0.7)[0] is not Relation.CONFLICTS
    )
