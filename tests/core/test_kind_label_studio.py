import json

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.dataset import Whose
from factdesk.exchange.importers import importer_for, read_source
from factdesk.exchange.readings import BadPart, SourceFile
from factdesk.model.claims import Reason, Relation, Verdict
from nasty_case import all_spans, claim_facts, link_facts, mention_facts, nasty_case
from round_trips import brought_back, exported

TEXT = "😊 Ada Low went to Orlen. The dam broke."


def span(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def region(id_, words, label, **more):
    value = span(words) | {"labels": [label]}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": value} | more


def choice(id_, words, value, name="truth"):
    return {
        "id": id_,
        "from_name": name,
        "to_name": "text",
        "type": "choices",
        "value": span(words) | {"choices": [value]},
    }


def read(*tasks, name="project.json"):
    return list(read_source(SourceFile(name, json.dumps(list(tasks)).encode())))


def task(*results, predictions=(), **more):
    return {"id": 1, "annotations": [{"id": 5, "completed_by": 3, "result": list(results)} | more],
            "predictions": [{"result": list(predictions)}], "data": {"text": TEXT, "url": "https://a.example"}}  # fmt: skip


def test_annotations_are_given_marks_and_predictions_suggestions():
    (reading,) = read(
        task(
            region("a", "Ada Low", "PER"),
            region("b", "The dam broke.", "Claim"),
            choice("b", "The dam broke.", "Mostly false"),
            predictions=[region("c", "Orlen", "LOC", score=0.5), region("d", "The dam broke.", "Claim")],
        )
    )
    assert reading.kind == "Label Studio"
    assert [(each.span.of(TEXT), each.label, each.is_suggestion) for each in reading.given.mentions] == [
        ("Ada Low", "PERSON", False), ("Orlen", "LOC", True),
    ]  # fmt: skip
    (claim,) = reading.given.claims
    assert (claim.span.of(TEXT), claim.is_suggestion, claim.reviewer) == ("The dam broke.", False, "annotator 3")
    assert (claim.judgement.verdict, claim.judgement.reason) == (Verdict.DISPUTED, Reason.CONTRADICTED)
    assert reading.article.meta.url == "https://a.example"
    assert reading.warnings == ()


def test_spans_labelled_with_verdicts_are_claims():
    (reading,) = read(task(region("b", "The dam broke.", "Supported")))
    (claim,) = reading.given.claims
    assert claim.judgement.verdict is Verdict.VERIFIED


def test_of_several_verdicts_the_latest_holds_and_it_is_told():
    one, other = (
        {"completed_by": {"email": f"{who}@a.example"}, "created_at": when,
         "result": [region(who, "The dam broke.", "Claim"), choice(who, "The dam broke.", word)]}
        for who, when, word in (("ada", "2031-05-02T00:00:00Z", "true"), ("ben", "2031-05-01T00:00:00Z", "false"))
    )  # fmt: skip
    (reading,) = read({"data": {"text": TEXT}, "annotations": [one, other]})
    (claim,) = reading.given.claims
    assert (claim.judgement.verdict, claim.reviewer) == (Verdict.VERIFIED, "ada@a.example")
    assert reading.warnings == ("1 claim had different verdicts by several annotators; the latest was taken.",)


def test_unknown_words_are_told_and_skipped_annotations_left_out():
    (reading,) = read(task(region("b", "The dam broke.", "Claim"), choice("b", "The dam broke.", "meh", "verdict")))
    assert reading.given.claims[0].judgement.verdict is None
    assert reading.warnings == ("Words that are no verdict here were left out: “meh” (1).",)
    (reading,) = read(task(region("b", "The dam broke.", "Claim"), was_cancelled=True))
    assert not reading.given


def test_the_text_is_the_one_that_the_regions_speak_of():
    data = {"headline": "A long headline that is longer than the text itself, by far.", "body": TEXT}
    (reading,) = read({"data": data, "annotations": [{"result": [region("a", "Ada Low", "PER")]}]})
    assert reading.article.text == TEXT


def test_places_that_count_utf16_units_are_noticed():
    mark = region("a", "Ada Low", "PER")
    mark["value"] |= {"start": mark["value"]["start"] + 1, "end": mark["value"]["end"] + 1}
    (reading,) = read(task(mark))
    assert reading.given.mentions[0].span.of(TEXT) == "Ada Low"
    assert "count UTF-16 units" in reading.warnings[0]


def test_marks_in_html_and_labels_of_whole_texts_are_told():
    hyper = region("a", "Ada Low", "PER") | {"type": "hypertextlabels"}
    hyper["value"] |= {"start": "/p[1]/text()[1]", "end": "/p[1]/text()[1]", "hypertextlabels": ["PER"]}
    whole = {"from_name": "topic", "to_name": "text", "type": "choices", "value": {"choices": ["news"]}}
    (reading,) = read(task(hyper, whole))
    assert not reading.given
    assert reading.warnings == (
        "Labels of whole texts, of what is no plain text, or relations of no claims were left out: 2.",
    )


def test_the_short_export_comes_in():
    (reading,) = read({"id": 1, "text": TEXT, "label": [span("Ada Low") | {"labels": ["PER"]}], "annotator": 1})
    assert [each.label for each in reading.given.mentions] == ["PERSON"]


def test_relations_link_claims_of_several_texts():
    other = "The dam held."
    first, second = region("a", "The dam broke.", "Claim"), region("b", "The dam broke.", "Claim")
    second |= {"to_name": "text2", "value": {"start": 0, "end": 13, "text": other, "labels": ["Claim"]}}
    first["to_name"] = "text1"
    relation = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": ["contradicts"]}
    found = read({"data": {"text1": TEXT, "text2": other}, "annotations": [{"result": [first, second, relation]}]})
    assert [each.article.text for each in found] == [TEXT, other]
    assert [each.place for each in found] == ["article 1", "article 2"]
    (link,) = found[0].given.links
    assert (link.claim_a, link.claim_b, link.relation) == ("a", "b", Relation.CONFLICTS)


def test_bad_tasks_are_told_and_good_ones_come_in():
    found = read(task(region("a", "Ada Low", "PER")), {"data": {"image": 7}, "annotations": []}, "x")
    assert [each.place for each in found] == ["task 1", "task 2", "task 3"]
    assert [isinstance(each, BadPart) for each in found] == [False, True, True]


def test_what_cannot_be_read_is_refused():
    with pytest.raises(ImportRefusedError, match="broken JSON"):
        list(read_source(SourceFile("x.json", b'[{"annotations": [{"result": ')))
    with pytest.raises(ImportRefusedError, match="holds no text"):
        list(read({"data": {"image": 7}, "annotations": []}))


@pytest.mark.parametrize("data", [b"[1]", b'{"annotations": "x"}', b'{"images": [], "annotations": [{"bbox": [1]}]}'])
def test_other_json_is_not_of_label_studio(data):
    try:
        chosen = importer_for(SourceFile("x.json", data)).name
    except ImportRefusedError:
        return
    assert chosen != "label-studio"


@pytest.mark.parametrize("task", ["article", "case"])
@pytest.mark.parametrize("whose", [Whose.IN_FORCE, Whose.ALL])
def test_a_round_trip_keeps_everything_it_says_it_holds(tmp_path, task, whose):
    case = nasty_case(tmp_path)
    exported(case, "label-studio", tmp_path / "ls", choices={"task": task}, whose=whose)
    back = brought_back(tmp_path, tmp_path / "ls")
    assert all_spans(back) == all_spans(case.project)
    wanted = claim_facts(case.project)
    if whose is Whose.ALL:  # a confidence that stayed from an earlier verdict is not that reviewer's
        assert {fact[:9] for fact in claim_facts(back)} == {fact[:9] for fact in wanted}
    else:
        assert claim_facts(back) == wanted
    assert mention_facts(back) == mention_facts(case.project)
    assert link_facts(back) == link_facts(case.project)
    with back.reader() as r, case.project.reader() as original:
        sql = "SELECT quote, kind, normalised, score FROM claims WHERE status <> 'refused' AND score IS NOT NULL ORDER BY 1, 4"
        assert list(map(tuple, r.rows(sql))) == list(map(tuple, original.rows(sql)))
        sql = "SELECT DISTINCT e.name, m.quote FROM mentions m JOIN entities e ON e.id = m.entity_id WHERE m.status <> 'refused' ORDER BY 1, 2"
        assert list(map(tuple, r.rows(sql))) == list(map(tuple, original.rows(sql)))
    back.close()
    case.close()
