"""What makes a sentence worth checking, and what sort of claim it is."""

import pytest
import spacy

from factdesk.model.claims import ClaimKind
from factdesk.model.spans import Span
from factdesk.nlp import checkworthy, features
from factdesk.nlp.drafts import Attribution, SentenceDraft
from factdesk.nlp.layout import Role


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


@pytest.fixture
def sentence(blank):
    def make(text, *labels, role=Role.BODY, **extra):
        draft = SentenceDraft(Span(0, len(text)), role, features.of_sentence(blank(text)[:], labels), **extra)
        draft.score = checkworthy.score(draft)
        return draft

    return make


FACT = "The harbour office reported on Monday that 14 boats had sunk off Oberau."


def test_a_fact_with_figures_scores_above_opinion_question_and_shout(sentence):
    fact = sentence(FACT, "DATE", "CARDINAL", "GPE", "ORG").score
    assert fact > 0.8
    assert sentence("I think we should all be proud of this wonderful town.").score < 0.3
    assert sentence("Why did nobody warn the sailors of Oberau?", "GPE").score < 0.3
    assert sentence("“Excellent work, guys!").score < 0.2


@pytest.mark.parametrize("role", [Role.HEADING, Role.CREDIT, Role.NAVIGATION])
def test_titles_credits_and_navigation_are_never_claims(sentence, role):
    assert not checkworthy.is_claim(sentence(FACT, "DATE", "CARDINAL", "GPE", role=role))


def test_a_repeated_sentence_scores_next_to_nothing(sentence):
    assert sentence(FACT, "DATE", "CARDINAL", repeat_of=0).score < 0.1


def test_a_request_for_comment_is_no_claim(sentence):
    assert not checkworthy.is_claim(
        sentence("The Oberau Courier has contacted the defence ministry for comment.", "ORG", "ORG")
    )


def test_scores_are_probabilities(sentence):
    for text in ("", "A", FACT * 20, "?", "🚢"):
        if text:
            assert 0 <= sentence(text).score <= 1


def test_the_reasons_are_words_a_reviewer_knows(sentence):
    words = features.in_words(sentence(FACT, "DATE", "CARDINAL", "GPE", "ORG").features)
    assert {"number", "date", "place", "named source"} <= set(words)


@pytest.mark.parametrize(
    ("text", "labels", "kind"),
    [
        ("Fourteen boats sank.", ("CARDINAL",), ClaimKind.QUANTITY),
        ("The boats will return next week.", ("DATE",), ClaimKind.PREDICTION),
        ("The dam was destroyed.", (), ClaimKind.EVENT),
        ("The town lies on a river.", (), ClaimKind.BACKGROUND),
        ("“The dam was destroyed,” she said.", (), ClaimKind.QUOTATION),
    ],
)
def test_kinds(sentence, text, labels, kind):
    assert checkworthy.kind(sentence(text, *labels)) is kind


def test_an_indirect_report_is_a_position(sentence):
    said = Attribution(Span(9, 30), Span(0, 3), Span(4, 8), "She")
    assert checkworthy.kind(sentence("She said the dam was destroyed.", attributions=(said,))) is ClaimKind.POSITION


def test_what_a_source_thinks_is_not_the_opinion_of_the_article(sentence):
    quoted = sentence("“A shameful, reckless decision,” the harbour office of Oberau said.", "GPE")
    own = sentence("A shameful, reckless decision by the harbour office of Oberau.", "GPE")
    assert "evaluation" in own.features
    assert "evaluation" not in quoted.features
    assert quoted.score > own.score


def test_judging_and_arguing_words_lower_the_score(sentence):
    plain = sentence("The council of Oberau closed the harbour in March.", "GPE", "DATE").score
    coloured = sentence(
        "But of course the reckless council of Oberau simply closed the harbour in March.", "GPE", "DATE"
    ).score
    assert plain > coloured + 0.1


def test_a_quotation_that_tells_a_feeling_only_is_no_claim(sentence):
    said = Attribution(Span(1, 45), Span(48, 60), Span(61, 65), "Hanna Brandt")
    feeling = sentence(
        "“I thought that we would all die in this storm,” Hanna Brandt said.", "PERSON", attributions=(said,)
    )
    assert not checkworthy.is_claim(feeling)
    fact = sentence(
        "“We lost 14 boats in Oberau on Monday alone,” Hanna Brandt said.",
        "PERSON",
        "CARDINAL",
        "GPE",
        "DATE",
        attributions=(said,),
    )
    assert checkworthy.is_claim(fact)


@pytest.mark.parametrize(
    "text",
    ["How many more must die?", "Let us never forget them.", "We should all think of the families.", "Please stay safe out there, everyone!", "Heroes, every one of them!"],
)  # fmt: skip
def test_questions_exhortations_and_shouts_are_no_claims(sentence, text):
    assert not checkworthy.is_claim(sentence(text))
