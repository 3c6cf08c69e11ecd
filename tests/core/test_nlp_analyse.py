"""The whole way from a text to suggestions."""

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factdesk.errors import ModelError
from factdesk.model.mentions import LABELS
from factdesk.nlp import analyse, pipeline

ARTICLE = """\
Ferry sinks off Oberau as storm hits the northern coast

The ferry Anna sank off the coast of Oberau on Monday, killing 14 people, harbour master Hanna Brandt said.
INGRID HOLM/Getty Images
“We found nobody alive,” Brandt told reporters. “The boat broke in two.”
According to the Norwegian defence ministry, two ships were sent from Bergen on March 18.
Read more
• “Nobody warned the crew of the ferry on Monday,” the union’s Norway-based lawyer Olav Nilsen said.
The ferry Anna sank off the coast of Oberau on Monday, killing 14 people, harbour master Hanna Brandt said.
"""


@pytest.fixture(scope="module")
def blank():
    return pipeline.equip(spacy.blank("en"), "blank")


@pytest.fixture(scope="module")
def bundled():
    return pipeline.load()


def check_spans(text, analysis):
    for mention in analysis.mentions:
        quote = mention.span.of(text)
        assert quote == quote.strip()
        assert "\n" not in quote
        assert mention.label in LABELS
    for claim in analysis.claims:
        quote = claim.span.of(text)
        assert quote[0] not in " \n\"'“”‘’•-"
        assert quote[-1] not in " \n\"'“”‘’•-"
        assert "\n" not in quote
        assert 0 <= claim.score <= 1
    for sentence in analysis.sentences:
        assert sentence.span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "…",
        "“",
        "👩‍👩‍👧‍👦 sank on Monday.",
        "שלום עולם. זה משפט.",
        "彼は来た。雨が降った。",
        "\u202eabc. Def",
        "”“" * 30,
        "A.B.C.D." * 300,
        "((((" * 50,
        "x" * 60_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_any_text_is_survived(blank, text):
    check_spans(text, analyse.analyse_article(blank, "a1", text))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=200))
def test_random_text_gives_exact_spans(blank, text):
    check_spans(text, analyse.analyse_article(blank, "a1", text))


def test_without_a_model_rules_still_find_sentences_and_claims(blank):
    analysis = analyse.analyse_article(blank, "a1", ARTICLE)
    assert any(claim.span.of(ARTICLE).startswith("According to the Norwegian") for claim in analysis.claims)
    assert {m.span.of(ARTICLE) for m in analysis.mentions} >= {"Norwegian defence ministry", "Norway"}


def test_a_missing_pipeline_is_named_with_a_way_out():
    with pytest.raises(ModelError) as told:
        pipeline.load("xx_no_such_pipeline")
    assert "xx_no_such_pipeline" in told.value.message
    assert told.value.hint


def test_no_pipeline_at_all_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(pipeline, "installed_pipelines", list)
    with pytest.raises(ModelError) as told:
        pipeline.load()
    assert "pip install" in told.value.hint


def test_the_components_can_be_put_into_any_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("factdesk_sentences", first=True)
    nlp.add_pipe("factdesk_entities", last=True)
    doc = nlp("Gen. Berg left Norway. He was ill.")
    assert [sentence.text for sentence in doc.sents] == ["Gen. Berg left Norway.", "He was ill."]
    assert [(piece.text, piece.label_) for piece in doc.ents] == [("Norway", "GPE")]


@pytest.mark.model
def test_an_article_is_read_as_a_reviewer_would(bundled):
    analysis = analyse.analyse_article(bundled, "a1", ARTICLE)
    check_spans(ARTICLE, analysis)
    labels = {m.span.of(ARTICLE): m.label for m in analysis.mentions}
    assert labels["Hanna Brandt"] == "PERSON"
    assert labels["Brandt"] == "PERSON"
    assert labels["Monday"] == "DATE"
    assert labels["Norwegian defence ministry"] == "ORG"
    assert labels["Bergen"] == "GPE"
    quotes = [claim.span.of(ARTICLE) for claim in analysis.claims]
    assert quotes[0].startswith("The ferry Anna sank")
    assert not any("Getty" in quote or "Read more" in quote or "northern coast" in quote for quote in quotes)
    assert [claim.repeat_of for claim in analysis.claims if claim.span.of(ARTICLE) == quotes[0]] == [None, 0]
    assert analysis.claims[0].claimant == "Hanna Brandt"
    assert "number" in analysis.claims[0].features


@pytest.mark.model
def test_the_same_text_gives_the_same_result(bundled):
    assert analyse.analyse_article(bundled, "a1", ARTICLE) == analyse.analyse_article(bundled, "a1", ARTICLE)


@pytest.mark.model
def test_a_case_agrees_on_names_and_links_its_claims(bundled):
    other = "Harbour master Brandt said on Monday that the ferry Anna had sunk off Oberau and 16 people had died.\nOberau lies in the north.\n"
    found = analyse.analyse_case(bundled, [analyse.CaseArticle("a1", ARTICLE), analyse.CaseArticle("a2", other)])
    second = {m.span.of(other): m for m in found.articles[1].mentions}
    assert second["Brandt"].entity == "Hanna Brandt"
    best = found.links[0]
    assert best.suggested
    assert {best.article_a, best.article_b} == {"a1", "a2"}


@pytest.mark.model
@pytest.mark.soak
def test_half_a_million_characters_are_read(bundled):
    text = (ARTICLE * (120_000 // len(ARTICLE) + 1))[:120_000] + "\n" + "word " * 4000
    analysis = analyse.analyse_article(bundled, "a1", text)
    check_spans(text, analysis)
    assert max(s.span.end for s in analysis.sentences) > 135_000
