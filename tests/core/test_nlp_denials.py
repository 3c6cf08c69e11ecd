"""What one claim denies, lacks or sets right and another states; and what only looks like it."""

import pytest

from factdesk.model.claims import Relation
from factdesk.model.spans import Span
from factdesk.nlp.denials import contradicted
from factdesk.nlp.disputes import contested
from factdesk.nlp.likeness import Unit
from factdesk.nlp.links import find_links
from factdesk.nlp.relations import compare
from factdesk.nlp.values import values_in

SURE = 0.9


def brief(article: str, text: str, *names: str, sentences: int = 1) -> Unit:
    return Unit(article, Span(0, len(text)), text, frozenset(names), tuple(values_in(text)), sentences=sentences)


def unit(article: str, text: str, start: int = 0) -> Unit:
    return Unit(article, Span(start, start + len(text)), text, frozenset(), tuple(values_in(text, start)), sentences=30)


def relation(one: str, other: str, *names: str) -> Relation:
    return compare(brief("a1", one, *names), brief("a2", other, *names), SURE)[0]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("The blaze began in the cellar, not in the attic.", "The blaze began in the attic.", "not in the attic / attic"),
        ("The mayor paid in cash rather than by cheque.", "The mayor paid by cheque.", "not by cheque / cheque"),
        ("There was no safety drill before the ship left.", "A drill was held before the ship left.", "no safety drill / drill"),
        ("No such warning ever reached the owner of the mill.", "The institute warned the owner of the mill.", "no warning / warned"),
    ],
)  # fmt: skip
def test_what_is_lacking_or_set_right_contradicts_who_states_it(one, other, reason):
    assert contradicted(one, other) == reason
    assert contradicted(other, one) == " / ".join(reversed(reason.split(" / ")))
    assert relation(one, other) is Relation.CONFLICTS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The attic burned, not only the cellar.", "The cellar burned."),
        ("The blaze began in the cellar, not in the attic.", "The blaze did not begin in the attic."),
        ("The blaze began in the cellar, not in the attic.", "The blaze began in the cellar and reached the attic."),
        ("No drill was held.", "The owner denied that a drill was needed."),
        ("No drill was held.", "No drill took place."),
        ("No longer mayor, he left the town.", "The mayor left the town."),
        ("The bug works without any user action.", "Two million users were attacked."),
        ("There were no user complaints.", "Users of the lift told of cracks."),
    ],
)
def test_what_only_looks_like_a_correction_is_none(one, other):
    assert contradicted(one, other) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The navy captured 26 smugglers off the coast.", "The navy foiled an attack of smugglers off the coast."),
        ("The navy captured 26 smugglers off the coast.", "The navy lost a boat off the coast."),
        ("Two climbers died on the northern face.", "Two men died in a fall from the northern face."),
        ("The firm, while not denying that the harbour was warned, kept silent.", "The harbour was warned."),
    ],
)
def test_opposites_about_other_things_are_no_conflict(one, other):
    assert relation(one, other) is not Relation.CONFLICTS


def test_days_of_other_deeds_are_no_conflict():
    assert relation("The gunman was charged in Lausen on Saturday.", "The gunman fired in Lausen on Friday.") is not Relation.CONFLICTS  # fmt: skip
    assert relation("The actor was held early on Tuesday.", "The singer was fined early on Sunday.") is not Relation.CONFLICTS  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Lausen Dairy denied that it had watered the milk.", "Lausen Dairy is accused of cheating its customers.", "denied"),
        ("The ministry rejected the dairy's accusations.", "The dairy accuses the ministry of delay.", "rejected the dairy's accusations"),
        ("The baker's lawyers argued that he slept that night.", "The baker set the mill on fire.", "'s lawyers argued"),
    ],
)  # fmt: skip
def test_a_denial_contests_what_the_other_says(one, other, reason):
    assert contested(one, other) == reason == contested(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The court denied the dairy's request for delay.", "The dairy asked for a delay."),
        ("Old disputes of the two valleys flared up.", "The valleys share a river."),
        ("The dairy denied it.", "The dairy rejects all accusations."),
        ("Without denying the report, the dairy kept silent.", "The dairy watered its milk."),
        ("The baker's lawyers came by train.", "The baker set the mill on fire."),
    ],
)
def test_what_is_refused_or_denied_by_both_is_not_contested(one, other):
    assert contested(one, other) == ""


DENIED = "Lausen Dairy denied on Monday that it had watered the milk of its customers."
TOLD = "Inspectors told Lausen Dairy that its customers got thin milk."


def test_in_brief_items_of_one_story_a_denial_is_a_conflict():
    link = find_links([brief("a1", DENIED, "Lausen Dairy"), brief("a2", TOLD, "Lausen Dairy")])[0]
    assert (link.relation, link.suggested) == (Relation.CONFLICTS, True)
    assert link.reason == "only one says: denied"


@pytest.mark.parametrize(("names", "sentences"), [((), 1), (("Lausen Dairy",), 30), (("Lausen Dairy",), 0)])
def test_elsewhere_a_denial_alone_is_none(names, sentences):
    units = [brief("a1", DENIED, *names, sentences=sentences), brief("a2", TOLD, *names, sentences=sentences)]
    assert all(link.relation is not Relation.CONFLICTS for link in find_links(units))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The storm killed one man.", "One person was killed in the storm."),
        ("The blast killed three workers.", "Three people died in the blast."),
        ("The blast killed at least 24 people.", "Several people were killed in the blast."),
        ("He shot at five people, killing two.", "He shot two people dead."),
        ("The raid left at least 10 people dead, injuring dozens.", "The raid left five people injured."),
        ("Lausen asked for 40 million euros.", "Lausen needs 55 million euros but has asked for 40 million."),
        ("A girl of Lausen, 10 years old, was shot.", "A boy of Lausen, 15 years old, was shot."),
    ],
)
def test_numbers_that_fit_together_are_no_conflict(one, other):
    assert relation(one, other) is not Relation.CONFLICTS


EVENTS = [
    ("a1", "A ferry sank off Oberau on Monday night."),
    ("a2", "Some thirty cattle went down with the Anna."),
    ("a3", "The ferry Anna sank on Monday; the cattle of Oberau drowned."),
    ("a4", "The choir of the capital sang for the queen."),
]


def told(sentences: int) -> dict[frozenset[str], float]:
    units = [brief(article, text, sentences=sentences) for article, text in EVENTS]
    return {frozenset((link.article_a, link.article_b)): link.score for link in find_links(units)}


def test_brief_items_of_one_event_are_nearer_than_sentences_of_long_articles():
    short, long = told(1), told(25)
    assert short[frozenset(("a1", "a2"))] > 1.5 * long[frozenset(("a1", "a2"))]
    assert short.get(frozenset(("a1", "a4")), 0.0) < 0.05


TOLLS = [
    ("a1", 0, "A gate of the dam above Lausen broke on Wednesday and a wave ran through the sleeping valley."),
    ("a1", 200, "Two people died, a watchman and a lorry driver on his way home."),
    ("a2", 0, "A wave ran through the valley of Lausen on Wednesday when a gate of the dam broke."),
    ("a2", 200, "Three people were killed, doctors said."),
    ("a3", 0, "The choir of the capital went on a journey by ship."),
    ("a3", 200, "Five tourists drowned when a boat sank in the harbour there."),
]


def test_another_toll_of_one_event_is_found_where_little_else_is_shared():
    units = [unit(article, text, at) for article, at, text in TOLLS]
    clashes = [link for link in find_links(units) if link.relation is Relation.CONFLICTS]
    assert [(link.article_a, link.article_b, link.reason) for link in clashes] == [("a1", "a2", "2 people / 3 people")]
    assert clashes[0].suggested


def test_another_number_in_articles_about_other_things_is_none():
    units = [
        unit("a1", "The army sent 350 soldiers and twelve boats to the flooded valley of the Ilse."),
        unit(
            "a1", "A mill, two bridges and the school of the valley were lost, the mayor of the Ilse said.", start=100
        ),
        unit("a2", "The queen reviewed 400 soldiers on parade."),
        unit("a2", "A choir sang, flags were flown and children waved from the balconies of the capital.", start=100),
    ]
    assert all(link.relation is not Relation.CONFLICTS for link in find_links(units))
