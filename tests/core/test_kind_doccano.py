import json

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.importers import importer_for, read_source
from factdesk.exchange.readings import BadPart, SourceFile
from factdesk.model.claims import Reason, Verdict
from nasty_case import all_spans, claim_facts, link_facts, mention_facts, nasty_case
from round_trips import brought_back, exported

TEXT = "😊 Ada Low went to Orlen. The dam broke."
LOW = TEXT.index("Ada")


def file_of(*records, name="labels.jsonl"):
    return SourceFile(name, "".join(json.dumps(each) + "\n" for each in records).encode())


def said(reading):
    text = reading.article.text
    return [(each.span.of(text), each.label) for each in reading.given.mentions]


@pytest.mark.parametrize("key", ["label", "labels"])
def test_spans_of_a_sequence_labelling_project_come_in(key):
    claim = TEXT.index("The dam") + 1
    record = {"id": 7, "text": TEXT, key: [[LOW + 1, LOW + 8, "PER"], [claim, claim + 14, "False"]]}
    (reading,) = read_source(file_of(record))
    assert reading.kind == "doccano"
    assert said(reading) == [("Ada Low", "PERSON")]
    (claim,) = reading.given.claims
    assert (claim.span.of(TEXT), claim.judgement.verdict) == ("The dam broke.", Verdict.DISPUTED)
    assert claim.judgement.reason is Reason.CONTRADICTED
    assert reading.article.source.original == file_of(record).data


@pytest.mark.parametrize(("before", "unit"), [(1, "UTF-16 units"), (0, "code points")])
def test_the_unit_is_the_one_in_which_spans_are_whole_words(before, unit):
    record = {"text": TEXT, "label": [[LOW + before, LOW + before + 7, "PER"]]}
    (reading,) = read_source(file_of(record))
    assert said(reading) == [("Ada Low", "PERSON")]
    assert (reading.warnings != ()) == (unit == "code points")  # which could be graphemes too


def test_where_the_unit_is_not_sure_it_is_told():
    (reading,) = read_source(file_of({"text": "Orlen 😊", "label": [[0, 5, "LOC"]]}))
    assert said(reading) == [("Orlen", "LOC")]
    assert "it is not sure what positions count: UTF-16 units were taken" in reading.warnings[0]


def test_a_relation_project_comes_in_with_what_its_relations_cannot_be():
    record = {
        "text": "Orlen rose. Orlen fell.",
        "entities": [
            {"id": 3, "start_offset": 0, "end_offset": 11, "label": "claim"},
            {"id": 9, "start_offset": 12, "end_offset": 23, "label": "claim"},
        ],
        "relations": [{"id": 0, "from_id": 3, "to_id": 9, "type": "contradicts"}],
    }
    (reading,) = read_source(file_of(record))
    assert [each.span.of(record["text"]) for each in reading.given.claims] == ["Orlen rose.", "Orlen fell."]
    assert reading.given.links == ()
    assert reading.warnings == ("Relations that link no claims of two articles were left out: 1.",)


def test_bad_lines_are_named_and_good_ones_come_in():
    good = {"text": "Orlen rose.", "label": [[0, 5, "LOC"]]}
    data = file_of(good).data + b'{"text": "x", "label": [[0]]}\n{"label": []}\nnot json\n[1]\n'
    found = list(read_source(SourceFile("x.jsonl", data)))
    assert [each.place for each in found] == ["line 1", "line 2", "line 3", "line 4", "line 5"]
    assert [isinstance(each, BadPart) for each in found] == [False, True, True, True, True]


def test_spans_outside_the_text_are_told():
    (reading,) = read_source(file_of({"text": "Orlen rose.", "label": [[0, 5, "LOC"], [4, 99, "LOC"], [3, 3, "LOC"]]}))
    assert said(reading) == [("Orlen", "LOC")]
    assert reading.warnings == ("2 marks were left out: nothing stands at the place given.",)


def test_broken_json_is_refused():
    with pytest.raises(ImportRefusedError, match="broken JSON"):
        list(read_source(SourceFile("x.json", b'[{"text": "a", "label": [[0, 1, "LOC"]]')))


@pytest.mark.parametrize(
    "data",
    [b'{"text": "a", "label": "pos"}', b'{"text": "a", "label": ["x"]}', b"text,label\na,[[0, 1]]\n", b"[[0, 1]]"],
)
def test_other_files_are_no_doccano_files(data):
    try:
        chosen = importer_for(SourceFile("x.jsonl", data)).name
    except ImportRefusedError:
        return
    assert chosen != "doccano"


@pytest.mark.parametrize("choices", [{}, {"unit": "grapheme"}, {"project": "relations"}])
def test_a_round_trip_keeps_spans_verdicts_and_links(tmp_path, choices):
    case = nasty_case(tmp_path)
    exported(case, "doccano", tmp_path / "doccano", choices=choices)
    back = brought_back(tmp_path, tmp_path / "doccano")
    assert all_spans(back) == all_spans(case.project)
    assert {fact[:7] for fact in claim_facts(back)} == {fact[:7] for fact in claim_facts(case.project)}
    assert {fact[:6] for fact in mention_facts(back)} == {fact[:6] for fact in mention_facts(case.project)}
    if "project" in choices:
        assert {fact[:3] for fact in link_facts(back)} == {fact[:3] for fact in link_facts(case.project)}
    with back.reader() as r:
        assert r.value("SELECT title FROM articles WHERE publisher = 'Evening 晩報'") == "Ferry down"
    back.close()
    case.close()
