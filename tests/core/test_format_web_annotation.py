import json

import pytest
import regex

from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.formats.web_annotation import EXPORT, selectors_of
from factdesk.model.spans import Span
from nasty_case import FAMILY, HALF_A, ROUTE, nasty_case
from round_trips import exported


@pytest.fixture
def case(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def items_of(out):
    return json.loads((out / "annotations.jsonld").read_text(encoding="utf-8"))["first"]["items"]


def targets(item):
    return item["target"] if isinstance(item["target"], list) else [item["target"]]


def values(item):
    return {body.get("label", ""): body["value"] for body in item["body"] if "value" in body}


def of_claim(items, words):
    return [
        item
        for item in items
        if item["id"].startswith("urn:factdesk:claim:") and targets(item)[0]["selector"][0].get("exact") == words
    ]


def test_every_quotation_stands_at_its_place_with_what_is_around_it(case, tmp_path):
    out = tmp_path / "wa"
    made = exported(case, "web-annotation", out)
    assert made.checked.problems == ()
    items = items_of(out)
    assert made.written.count == len(items) == 22 + 16 + 4 + 5
    for target in (target for item in items for target in targets(item)):
        quote, place = target["selector"]
        text = (out / target["state"]["cached"]).read_bytes().decode()
        start, end = place["start"], place["end"]
        assert text[start:end] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        at = start - len(quote["prefix"])
        assert text[at : at + len(around)] == around
        edges = {0, *(match.end() for match in regex.finditer(r"\X", text))}
        assert {at, at + len(around)} <= edges


def test_annotations_have_what_the_model_asks_for(case, tmp_path):
    out = tmp_path / "wa"
    exported(case, "web-annotation", out)
    collection = json.loads((out / "annotations.jsonld").read_text(encoding="utf-8"))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    motivations = {"assessing", "highlighting", "tagging", "linking"}
    purposes = {"assessing", "classifying", "commenting", "describing", "identifying", "linking", "tagging"}
    for item in items_of(out):
        assert item["type"] == "Annotation"
        assert item["motivation"] in motivations
        assert all(body.get("purpose", "linking") in purposes for body in item["body"])
        assert all(target["state"]["schema:sha256"] for target in targets(item))


def test_verdicts_notes_and_evidence_are_bodies(case, tmp_path):
    out = tmp_path / "wa"
    exported(case, "web-annotation", out)
    items = items_of(out)
    (route,) = of_claim(items, ROUTE)
    said = values(route)
    assert (said["verdict"], said["reason"], said["kind"]) == ("disputed", "contradicted by evidence", "event")
    assert said["note"] == "two\nlines\tand a tab | _ ->"
    assert route["creator"] == {"type": "Person", "name": "Ada"}
    evidence = [item for item in items if targets(item)[0].get("id", "") == route["id"] and "evidence" in item["id"]]
    assert sorted(values(item)["stance"] for item in evidence) == ["context", "refutes", "supports"]
    urls = [body["source"] for item in evidence for body in item["body"] if isinstance(body.get("source"), str)]
    assert urls == ["https://map.example/?a=1&b=2"]


def test_two_targets_link_claims_of_two_texts(case, tmp_path):
    out = tmp_path / "wa"
    exported(case, "web-annotation", out)
    links = [item for item in items_of(out) if item["id"].startswith("urn:factdesk:link:")]
    assert sorted(values(item)["relation"] for item in links) == ["conflicts", "differs", "same", "same"]
    assert all(len({target["state"]["cached"] for target in targets(item)}) == 2 for item in links)


def test_each_reviewer_has_an_annotation_where_all_are_wanted(case, tmp_path):
    out = tmp_path / "wa"
    exported(case, "web-annotation", out, whose=Whose.ALL, anonymous=True)
    found = {(item["creator"]["name"], values(item)["verdict"]) for item in of_claim(items_of(out), HALF_A)}
    assert found == {("reviewer 2", "disputed"), ("reviewer 1", "verified")}


def test_positions_alone_quote_nothing(case, tmp_path):
    out = tmp_path / "wa"
    made = exported(case, "web-annotation", out, with_text=False)
    assert made.checked.problems == ()
    text = (out / "annotations.jsonld").read_text(encoding="utf-8")
    assert not (out / "texts").exists()
    assert not any(words in text for words in (FAMILY, "Tomas Brill", "launched two boats"))
    assert "schema:sha256" in text


def test_context_cuts_no_visible_character():
    family = "👩\u200d👩\u200d👧"
    text = f"{family}{'a' * 30}word{'b' * 31}{family}"
    start = text.index("word")
    quote, _ = selectors_of(text, Span(start, start + 4))
    assert quote["prefix"] == family + "a" * 30
    assert quote["suffix"] == "b" * 31 + family


def test_the_check_finds_a_wrong_place(case, tmp_path):
    out = tmp_path / "wa"
    exported(case, "web-annotation", out)
    path = out / "annotations.jsonld"
    collection = json.loads(path.read_text())
    collection["first"]["items"][0]["target"]["selector"][1]["start"] += 1
    collection["first"]["items"][1]["target"]["selector"][0]["prefix"] = "x"
    path.write_text(json.dumps(collection))
    with case.project.reader() as reader, reader.snapshot() as r:
        problems = " ".join(EXPORT.check(Dataset(r, ExportOptions(), EXPORT), out).problems)
    assert problems.count("the quotation is not at its place") == 2
    assert "other spans than the project" in problems
