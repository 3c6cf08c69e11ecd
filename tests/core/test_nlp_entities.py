"""Names and values: clean spans, general knowledge, and the vote of the case."""

import pytest
import spacy
from spacy.tokens import Doc
from spacy.tokens import Span as Piece

from factdesk.model.spans import Span
from factdesk.nlp import identity, voting
from factdesk.nlp.drafts import ArticleDraft, NameUse
from factdesk.nlp.entities import tidy


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


def tidied(nlp, text: str, *found: tuple[str, str]) -> dict[str, str]:
    doc: Doc = nlp(text)
    doc.ents = [Piece(doc, *token_range(doc, words), label=label) for words, label in found]
    return {piece.text: piece.label_ for piece in tidy(doc).ents}


def token_range(doc: Doc, words: str) -> tuple[int, int]:
    start = doc.text.index(words)
    span = doc.char_span(start, start + len(words), alignment_mode="expand")
    assert span is not None
    return span.start, span.end


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("The mayor of “Oberau’s” port left.", ("“Oberau’s”", "GPE"), {"Oberau": "GPE"}),
        ("He met Gen. Ola Berg there.", ("Gen. Ola Berg", "PERSON"), {"Ola Berg": "PERSON"}),
        ("They left on Monday.", ("Monday", "ORG"), {"Monday": "DATE"}),
        ("Theresa May spoke.", ("Theresa May", "PERSON"), {"Theresa May": "PERSON"}),
        ("A Norwegian ship sank.", ("Norwegian", "PRODUCT"), {"Norwegian": "NORP"}),
        ("The Norway-based Holm Group closed.", ("Norway-based Holm Group", "ORG"), {"Norway": "GPE", "Holm Group": "ORG"}),
        ("A pro-Peru rally.", ("pro-Peru", "ORG"), {"Peru": "GPE"}),
        ("It is just two kilometers away.", ("just two kilometers", "QUANTITY"), {"two kilometers": "QUANTITY"}),
        ("The 14th Rescue Brigade came.", ("came", "ORG"), {"14th Rescue Brigade": "ORG", "came": "ORG"}),
        ("The Danish defence ministry denied it.", ("Danish", "NORP"), {"Danish defence ministry": "ORG"}),
        ("Ships left Tromsø Oblast.", ("Tromsø", "PERSON"), {"Tromsø Oblast": "GPE"}),
        ("Ferries to Port\nMia Lund", ("Port\nMia Lund", "ORG"), {"Port": "ORG", "Mia Lund": "ORG"}),
    ],
)  # fmt: skip
def test_a_found_name_is_cleaned(blank, text, found, expected):
    assert tidied(blank, text, found) == expected


def test_countries_and_peoples_are_found_without_a_model(blank):
    assert tidied(blank, "Ships from Norway met Danish boats.") == {"Norway": "GPE", "Danish": "NORP"}


def draft(article_id: str, text: str, *names: tuple[str, str]) -> ArticleDraft:
    uses, at = [], 0
    for words, label in names:
        at = text.index(words, at)
        uses.append(NameUse(Span(at, at + len(words)), words, label))
        at += len(words)
    return ArticleDraft(article_id, text, uses, [])


def judged(*drafts: ArticleDraft) -> list[list[tuple[str, str, str | None]]]:
    settled = voting.vote(drafts)
    identity.name_entities(settled, drafts)
    return [[(use.text, use.label, use.entity) for use in settled[d.article_id]] for d in drafts]


def test_the_case_outvotes_one_odd_label():
    first = draft(
        "a1",
        "Gjeldsund fell. Gjeldsund was taken. Gjeldsund burned.",
        ("Gjeldsund", "GPE"),
        ("Gjeldsund", "GPE"),
        ("Gjeldsund", "GPE"),
    )
    second = draft("a2", "Then Gjeldsund was lost.", ("Gjeldsund", "PRODUCT"))
    assert judged(first, second)[1] == [("Gjeldsund", "GPE", "Gjeldsund")]


def test_a_surname_follows_its_full_name():
    first = draft("a1", "Mira Okoye spoke. Okoye left.", ("Mira Okoye", "PERSON"), ("Okoye", "ORG"))
    assert judged(first)[0] == [("Mira Okoye", "PERSON", "Mira Okoye"), ("Okoye", "PERSON", "Mira Okoye")]


def test_a_name_that_was_missed_is_found_by_its_other_mentions():
    first = draft("a1", "Mira Okoye spoke. Then Okoye left.", ("Mira Okoye", "PERSON"))
    assert [text for text, _, _ in judged(first)[0]] == ["Mira Okoye", "Okoye"]


def test_spellings_of_one_name_are_one_entity():
    first = draft("a1", "Oleksiy Zavadsky left Zelenivka.", ("Oleksiy Zavadsky", "PERSON"), ("Zelenivka", "GPE"))
    second = draft("a2", "Zavadskyy left Zelenovka.", ("Zavadskyy", "PERSON"), ("Zelenovka", "GPE"))
    one, two = judged(first, second)
    assert [entity for _, _, entity in one] == [entity for _, _, entity in two]


def test_people_with_one_surname_and_other_first_names_stay_apart():
    first = draft("a1", "Anna Holm met Jonas Holm.", ("Anna Holm", "PERSON"), ("Jonas Holm", "PERSON"))
    assert [entity for _, _, entity in judged(first)[0]] == ["Anna Holm", "Jonas Holm"]


def test_a_short_form_that_the_article_explains_is_the_same_entity():
    first = draft(
        "a1",
        "The Institute for Harbour Safety (IHS) spoke. IHS left.",
        ("Institute for Harbour Safety", "ORG"),
        ("IHS", "ORG"),
        ("IHS", "ORG"),
    )
    first.definitions = {"IHS": "Institute for Harbour Safety"}
    assert {entity for _, _, entity in judged(first)[0]} == {"Institute for Harbour Safety"}


def test_a_city_named_as_such_is_not_its_region():
    first = draft(
        "a1", "Lindholm Oblast is large. Lindholm City is small.", ("Lindholm Oblast", "GPE"), ("Lindholm City", "GPE")
    )
    assert [entity for _, _, entity in judged(first)[0]] == ["Lindholm Oblast", "Lindholm City"]


def test_spans_of_added_names_are_exact():
    text = "🚢 Mira Okoye spoke.\nOkoye’s ship sank; “Okoye” left."
    settled = voting.vote([draft("a1", text, ("Mira Okoye", "PERSON"))])
    assert len(settled["a1"]) == 3
    assert all(use.span.of(text) == use.text for use in settled["a1"])
