from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.exporters import ExportCheckError, export_project
from factdesk.exchange.formats.docbin import EXPORT
from factdesk.exchange.progress import Steps
from loose_documents import LooseDataset, documents
from nasty_case import FAMILY, HALF_A, HALF_B, OVER_A_LINE, ROUTE, nasty_case


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def export(case, tmp_path, **options):
    out = tmp_path / "case.spacy"
    made = export_project(case.project, "docbin", out, ExportOptions(**options))
    docs = list(DocBin().from_disk(out).get_docs(Vocab()))
    return made, {doc.user_data["factdesk"]["article"]["id"]: doc for doc in docs}


def test_every_span_of_the_nasty_case_is_at_its_place(nasty, tmp_path):
    made, docs = export(nasty, tmp_path, choices={"tokens": "cut"})
    assert {id_: doc.text for id_, doc in docs.items()} == nasty.texts
    for document in Dataset(nasty.reader, ExportOptions()).documents():
        doc = docs[document.article.id]
        claims = {(span.start_char, span.end_char, span.text, span.id_) for span in doc.spans["claims"]}
        assert claims == {(c.claim.span.start, c.claim.span.end, c.claim.quote, c.claim.id) for c in document.claims}
        mentions = {(span.start_char, span.end_char, span.text, span.label_) for span in doc.spans["mentions"]}
        assert mentions == {(m.span.start, m.span.end, m.quote, m.label) for m in document.mentions}
    assert made.checked.how.startswith("Loaded with spaCy 3.")
    assert not made.checked.problems


def test_entities_do_not_overlap_and_the_shorter_ones_are_still_among_the_mentions(nasty, tmp_path):
    made, docs = export(nasty, tmp_path)
    doc = docs[nasty.ferry]
    ents = [span.text for span in doc.ents]
    assert "Port Ostrel Coast Guard" in ents
    assert FAMILY in ents
    assert len(ents) < len(doc.spans["mentions"])
    assert sum(span.text == "Port Ostrel" for span in doc.spans["mentions"]) > ents.count("Port Ostrel")
    assert any("overlap longer ones: 1 mention" in note for note in made.written.notes)
    assert [span.kb_id_ for span in doc.ents if span.text == "Milva"] == [
        span.kb_id_ for span in docs[nasty.copy].ents[:1]
    ] * 2


def test_a_mark_inside_a_token_is_widened_and_keeps_its_own_place_beside(nasty, tmp_path):
    made, docs = export(nasty, tmp_path)
    doc = docs[nasty.ferry]
    seven = nasty.span(nasty.ferry, "7,")
    wide = next(span for span in doc.spans["mentions"] if span.text == "line_7")
    facts = doc.user_data["factdesk"]["mentions"][wide.id_]
    assert (facts["start"], facts["end"], facts["quote"]) == (seven.start, seven.start + 1, "7")
    assert any("Widened to whole tokens" in note for note in made.written.notes)


def test_claims_have_their_verdict_as_label_and_everything_else_in_the_data(nasty, tmp_path):
    _, docs = export(nasty, tmp_path, whose=Whose.ALL)
    doc = docs[nasty.ferry]
    claims = {span.text: (span.label_, doc.user_data["factdesk"]["claims"][span.id_]) for span in doc.spans["claims"]}
    label, facts = claims[ROUTE]
    assert (label, facts["verdict"], facts["reason"]) == ("disputed", "disputed", "contradicted by evidence")
    assert facts["note"] == "two\nlines\tand a tab | _ ->"
    assert facts["normalised"] == "The route Ostrel–Vann is 35 km long."
    assert {view["reviewer"]: view["verdict"] for view in facts["opinions"]} == {
        "Ada": "disputed",
        "Ben | O’Neil": "verified",
    }
    assert claims[HALF_B][0] == "suggestion"
    assert claims[HALF_B][1]["verdict"] is None
    assert claims[HALF_A][1]["claimant"] == "the harbour office"
    assert claims[OVER_A_LINE][1]["attribution"] == ("Tomas Brill",)
    article = doc.user_data["factdesk"]["article"]
    assert (article["publisher"], article["published_at"]) == ("The Harbour Post", "2031-05-03T08:15")
    assert article["origin"] == docs[nasty.copy].user_data["factdesk"]["article"]["origin"] != ""


def test_sentences_start_where_they_should(nasty, tmp_path):
    _, docs = export(nasty, tmp_path)
    sentences = [sentence.text.strip() for sentence in docs[nasty.evening].sents]
    assert sentences == [line for line in sentences if line and "\n" not in line]
    assert "260 passengers were aboard." in sentences
    assert [sentence.text for sentence in docs[nasty.world].sents][-2:] == ["乗客は240人だった。", "🚢終わり。"]


def test_names_are_hidden_and_suggestions_left_out_when_asked(nasty, tmp_path):
    _, docs = export(nasty, tmp_path, anonymous=True, decisions_only=True)
    facts = [claim for doc in docs.values() for claim in doc.user_data["factdesk"]["claims"].values()]
    assert {fact["reviewer"] for fact in facts} <= {"", "reviewer 1", "reviewer 2"}
    wanted = Dataset(nasty.reader, ExportOptions(decisions_only=True)).documents()
    assert sorted(fact["id"] for fact in facts) == sorted(
        each.claim.id for document in wanted for each in document.claims
    )
    assert {"suggestion"} < {span.label_ for doc in docs.values() for span in doc.spans["claims"]}


def test_a_file_that_says_something_else_fails_the_check(nasty, tmp_path, monkeypatch):
    numbers = count()
    monkeypatch.setattr("factdesk.exchange.formats.docbin.claim_label", lambda _claim: str(next(numbers)))
    with pytest.raises(ExportCheckError, match="has other data"):
        export(nasty, tmp_path)
    assert not (tmp_path / "case.spacy").exists()


@settings(deadline=None, max_examples=60)
@given(st.lists(documents(), max_size=3), st.sampled_from(["widen", "cut"]))
def test_any_text_with_any_marks_comes_back(tmp_path_factory, found, tokens):
    dataset = LooseDataset(found, EXPORT, tokens=tokens)
    out = tmp_path_factory.getbasetemp() / "any.spacy"
    EXPORT.write(dataset, out, Steps(9))
    assert EXPORT.check(dataset, out).problems == ()
