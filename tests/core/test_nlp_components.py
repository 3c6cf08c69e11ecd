"""The steps of the pre-annotation as components that anybody can put into a pipeline of their own."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from factdesk.nlp import analyse, components, data, pipeline

TEXT = "Hanna Brandt met Gen. Olav Nilsen in Norway.They left on Monday.\n“It sank,” she said. “Nobody knew.”"


def test_a_blank_pipeline_gets_our_sentences_and_the_names_of_general_knowledge():
    nlp = spacy.blank("en")
    nlp.add_pipe(components.SENTENCES)
    nlp.add_pipe(components.ENTITIES)
    doc = nlp(TEXT)
    assert [sentence.text.strip() for sentence in doc.sents][-1] == "“Nobody knew.”"
    assert {piece.text: piece.label_ for piece in doc.ents}["Norway"] == "GPE"


def test_they_work_beside_other_components_and_languages():
    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Hanna Brandt"}])
    nlp.add_pipe(components.ENTITIES)
    nlp.add_pipe("sentencizer")
    doc = nlp("Hanna Brandt traf ihn in Norway. Er ging.")
    assert {piece.text: piece.label_ for piece in doc.ents} == {"Hanna Brandt": "PERSON", "Norway": "GPE"}
    assert len(list(doc.sents)) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🚢", "?!"])
def test_a_text_without_words_is_no_trouble(text):
    nlp = spacy.blank("en")
    nlp.add_pipe(components.SENTENCES)
    nlp.add_pipe(components.ENTITIES)
    assert nlp(text).ents == ()


def test_a_pipeline_with_them_can_be_saved_and_loaded(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe(components.SENTENCES)
    nlp.add_pipe(components.ENTITIES)
    nlp.to_disk(tmp_path / "mine")
    again = spacy.load(tmp_path / "mine")
    assert [piece.text for piece in again(TEXT).ents] == [piece.text for piece in nlp(TEXT).ents]


@pytest.mark.parametrize(
    ("text", "name", "label", "expected"),
    [
        ("See https://holm.example/a for more.", "https://holm.example/a", "ORG", []),
        ("WE TOLD THEM TO LEAVE US ALONE HERE.", "US", "GPE", []),
        ("He said it in German.", "German", "NORP", [("German", "LANGUAGE")]),
        ("A German ship sank.", "German", "PRODUCT", [("German", "NORP")]),
        ("It cost 2.5 million kroner.", "2.5 million", "CARDINAL", [("2.5 million kroner", "MONEY")]),
        ("In January they left.", "January", "PERSON", [("January", "DATE")]),
    ],
)
def test_what_general_knowledge_is_sure_of_wins(text, name, label, expected):
    nlp = spacy.blank("en")
    nlp.add_pipe(components.ENTITIES)
    doc: Doc = nlp.make_doc(text)
    piece = doc.char_span(text.index(name), text.index(name) + len(name), alignment_mode="expand")
    assert piece is not None
    doc.ents = [Span(doc, piece.start, piece.end, label=label)]
    found = nlp.get_pipe(components.ENTITIES)(doc)
    assert [(each.text, each.label_) for each in found.ents] == expected


def test_suggestions_tell_the_version_of_the_word_lists():
    info = pipeline.equip(spacy.blank("en"), "blank").info
    assert info.resources_version == data.version()
    assert len(info.resources_version) == 12


def test_menus_name_nothing_and_names_elsewhere_stay():
    text = "Follow us on Norway\nShips from Norway sank on Sunday near the coast.\n"
    analysis = analyse.analyse_article(pipeline.equip(spacy.blank("en"), "blank"), "a1", text)
    assert [(m.span.start, m.label) for m in analysis.mentions] == [(text.index("Norway sank"), "GPE")]
