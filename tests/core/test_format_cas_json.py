import json

import pytest
from cassis import load_cas_from_json
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.exchange.annotation.uima import CLAIM, NAMED_ENTITY
from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats.cas_json import EXPORT
from factdesk.exchange.progress import Steps
from factdesk.model.spans import Span
from loose_documents import LooseDataset, document_of, documents
from nasty_case import ROUTE, nasty_case


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def load(folder):
    for path in sorted(folder.glob("0*.json")):
        with path.open("rb") as file:
            yield load_cas_from_json(file)


def test_every_span_of_the_nasty_case_is_at_its_place(nasty, tmp_path):
    made = export_project(nasty.project, "cas-json", tmp_path / "json")
    found = list(Dataset(nasty.reader, ExportOptions()).documents())
    for loaded, document in zip(load(tmp_path / "json"), found, strict=True):
        assert loaded.sofa_string == document.text
        claims = {(each.begin, each.end, each.get_covered_text(), each.claimId) for each in loaded.select(CLAIM)}
        assert claims == {(c.claim.span.start, c.claim.span.end, c.claim.quote, c.claim.id) for c in document.claims}
        mentions = {(each.begin, each.end, each.get_covered_text(), each.value) for each in loaded.select(NAMED_ENTITY)}
        assert mentions == {(m.span.start, m.span.end, m.quote, m.label) for m in document.mentions}
    claims = {each.get_covered_text(): each for loaded in load(tmp_path / "json") for each in loaded.select(CLAIM)}
    assert (claims[ROUTE].verdict, claims[ROUTE].note) == ("disputed", "two\nlines\tand a tab | _ ->")
    assert made.written.count == sum(len(document.claims) for document in found)
    assert made.checked.how.startswith("Loaded with dkpro-cassis")


def test_offsets_are_utf_16_units_in_the_file(tmp_path):
    document = document_of("I like it 😊 in Berlin.", [Span(15, 21)], [Span(15, 21)])
    EXPORT.write(LooseDataset([document], EXPORT), tmp_path, Steps(1))
    raw = json.loads(next(tmp_path.glob("0*.json")).read_text("utf-8"))
    places = {
        each["%TYPE"]: (each["begin"], each["end"])
        for each in raw["%FEATURE_STRUCTURES"]
        if each["%TYPE"] in (CLAIM, NAMED_ENTITY)
    }
    assert places == {CLAIM: (16, 22), NAMED_ENTITY: (16, 22)}


def test_control_characters_stay_as_they_are(tmp_path):
    dataset = LooseDataset([document_of("One\x0btwo \x01three.", [], [Span(4, 15)])], EXPORT)
    EXPORT.write(dataset, tmp_path, Steps(1))
    assert EXPORT.check(dataset, tmp_path).problems == ()
    assert next(load(tmp_path)).sofa_string == "One\x0btwo \x01three."


@settings(deadline=None, max_examples=25)
@given(st.lists(documents(), max_size=3))
def test_any_text_with_any_marks_comes_back(tmp_path_factory, found):
    dataset = LooseDataset(found, EXPORT)
    out = tmp_path_factory.mktemp("json")
    EXPORT.write(dataset, out, Steps(9))
    assert EXPORT.check(dataset, out).problems == ()
