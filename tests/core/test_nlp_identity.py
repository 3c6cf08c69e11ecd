"""Which mentions of a case name the same thing: spellings, short forms, titles, namesakes, towns and their regions."""

import pytest

from factdesk.model.spans import Span
from factdesk.nlp import identity, voting
from factdesk.nlp.drafts import ArticleDraft, NameUse
from factdesk.nlp.sounds import alike, same_given_name


def draft(article_id: str, text: str, *names: tuple[str, str]) -> ArticleDraft:
    uses, at = [], 0
    for words, label in names:
        at = text.index(words, at)
        uses.append(NameUse(Span(at, at + len(words)), words, label))
        at += len(words)
    return ArticleDraft(article_id, text, uses, [])


def entities(*drafts: ArticleDraft) -> list[list[str | None]]:
    settled = voting.vote(drafts)
    identity.name_entities(settled, drafts)
    return [[use.entity for use in settled[each.article_id]] for each in drafts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Petr Kovrin", "Petro Kovryn"),
        ("Dmitry Halenko", "Dmytro Halenko"),
        ("Sergei Lubenko", "Serhiy Lubenko"),
        ("Mohammed Zarifi", "Muhammad Zarifi"),
        ("Nikolai Berezan", "Mykola Berezan"),
        ("Katharina Oster", "Katharina OSTER"),
        ("J. Brekke", "Jonas Brekke"),
        ("Samuel Adeyo", "Samuel Adeyo Jr."),
    ],
)
def test_two_spellings_of_a_person_are_one(one, other):
    first = draft("a1", f"{one} spoke.", (one, "PERSON"))
    second = draft("a2", f"{other} left.", (other, "PERSON"))
    (a,), (b,) = entities(first, second)
    assert a == b


@pytest.mark.parametrize(
    ("one", "other"),
    [("Daniel Okoye", "Grace Okoye"), ("Anna Holm", "Arne Holm"), ("Igor Zemtsov", "Oleg Zemtsov"), ("Lena Aune", "Leif Aune")],
)  # fmt: skip
def test_people_with_one_surname_stay_apart(one, other):
    first = draft("a1", f"{one} spoke.", (one, "PERSON"))
    second = draft("a2", f"{other} left.", (other, "PERSON"))
    (a,), (b,) = entities(first, second)
    assert a != b


def test_a_surname_alone_means_the_one_of_that_name_in_its_own_article():
    first = draft("a1", "Daniel Okoye spoke. Okoye left.", ("Daniel Okoye", "PERSON"), ("Okoye", "PERSON"))
    second = draft("a2", "Grace Okoye sued. Okoye won.", ("Grace Okoye", "PERSON"), ("Okoye", "PERSON"))
    assert entities(first, second) == [["Daniel Okoye"] * 2, ["Grace Okoye"] * 2]


def test_a_surname_alone_means_the_one_named_last():
    text = "Daniel Okoye spoke. Okoye left. Grace Okoye sued. Okoye won."
    names = [("Daniel Okoye", "PERSON"), ("Okoye", "PERSON"), ("Grace Okoye", "PERSON"), ("Okoye", "PERSON")]
    assert entities(draft("a1", text, *names)) == [["Daniel Okoye", "Daniel Okoye", "Grace Okoye", "Grace Okoye"]]


def test_an_organisation_is_known_by_its_initials_and_by_its_first_word():
    first = draft("a1", "The National Ferry Board met Norvik Stone.", ("National Ferry Board", "ORG"), ("Norvik Stone", "ORG"))  # fmt: skip
    second = draft("a2", "The NFB fined Norvik.", ("NFB", "ORG"), ("Norvik", "ORG"))
    one, two = entities(first, second)
    assert one == two == ["National Ferry Board", "Norvik Stone"]


def test_a_first_word_that_two_organisations_share_names_neither():
    first = draft("a1", "Norvik Stone met Norvik Bank.", ("Norvik Stone", "ORG"), ("Norvik Bank", "ORG"))
    second = draft("a2", "A fine for Norvik.", ("Norvik", "ORG"))
    assert entities(first, second)[1] == ["Norvik"]


def test_a_town_and_the_region_of_its_name_stay_apart():
    text = "Tarnholm Province mourns. The mayor of Tarnholm spoke. Police in the province of Tarnholm left."
    names = [("Tarnholm Province", "GPE"), ("Tarnholm", "GPE"), ("Tarnholm", "GPE")]
    assert entities(draft("a1", text, *names)) == [["Tarnholm Province", "Tarnholm", "Tarnholm Province"]]


def test_titles_and_case_do_not_make_another_person():
    first = draft("a1", "ILSE VARGA spoke. Mayor Varga left.", ("ILSE VARGA", "PERSON"), ("Varga", "PERSON"))
    second = draft("a2", "Ilse Varga’s car stood there.", ("Ilse Varga", "PERSON"))
    assert {entity for found in entities(first, second) for entity in found} == {"Ilse Varga"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zelenivka", "Zelenovka"), ("Vishnetal", "Vyshnetal"), ("Kostreva", "Costreva"), ("Berezhinia", "Berezhynya")],
)
def test_places_written_in_two_ways_are_one(one, other):
    first = draft("a1", f"It fell on {one}.", (one, "GPE"))
    second = draft("a2", f"It fell on {other}.", (other, "GPE"))
    (a,), (b,) = entities(first, second)
    assert a == b


def test_sounds_bring_spellings_together_and_keep_names_apart():
    assert alike("Kovrin", "Kovryn")
    assert not alike("Halen", "Holm")
    assert same_given_name("Yuri", "Yurii")
    assert not same_given_name("Daniel", "Grace")
