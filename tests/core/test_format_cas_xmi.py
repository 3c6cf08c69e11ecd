import json
import re

import pytest
from cassis import load_cas_from_xmi, load_typesystem
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.exchange.annotation import cas
from factdesk.exchange.annotation.uima import CLAIM, NAMED_ENTITY, SENTENCE, TOKEN
from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import ExportCheckError, export_project
from factdesk.exchange.formats.cas_xmi import EXPORT
from factdesk.exchange.progress import Steps
from factdesk.model.spans import Span
from loose_documents import LooseDataset, document_of, documents
from nasty_case import HALF_B, OVER_A_LINE, ROUTE, nasty_case


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def load(folder):
    with (folder / "TypeSystem.xml").open("rb") as file:
        types = load_typesystem(file)
    for path in sorted(folder.glob("*.xmi")):
        with path.open("rb") as file:
            yield load_cas_from_xmi(file, typesystem=types)


def export(case, tmp_path, **options):
    out = tmp_path / "xmi"
    return export_project(case.project, "cas-xmi", out, ExportOptions(**options)), out


def test_every_span_of_the_nasty_case_is_at_its_place(nasty, tmp_path):
    made, out = export(nasty, tmp_path)
    documents = list(Dataset(nasty.reader, ExportOptions()).documents())
    for loaded, document in zip(load(out), documents, strict=True):
        assert loaded.sofa_string == document.text
        claims = {(each.begin, each.end, each.get_covered_text(), each.claimId) for each in loaded.select(CLAIM)}
        assert claims == {(c.claim.span.start, c.claim.span.end, c.claim.quote, c.claim.id) for c in document.claims}
        mentions = {(each.begin, each.end, each.get_covered_text(), each.value) for each in loaded.select(NAMED_ENTITY)}
        assert mentions == {(m.span.start, m.span.end, m.quote, m.label) for m in document.mentions}
        tokens = [each.get_covered_text() for each in loaded.select(TOKEN)]
        assert "".join(tokens) == "".join(document.text.split())
        assert not any("\n" in each.get_covered_text() for each in loaded.select(SENTENCE))
    assert made.checked.how.startswith("Loaded with dkpro-cassis")


def test_offsets_are_utf_16_units_in_the_file(tmp_path):
    text = "I like it 😊 in Berlin."
    document = document_of(text, [Span(15, 21)], [Span(15, 21)])
    dataset = LooseDataset([document], EXPORT)
    EXPORT.write(dataset, tmp_path, Steps(1))
    raw = next(tmp_path.glob("*.xmi")).read_text("utf-8")
    for name in ("Claim", "NamedEntity"):
        [tag] = re.findall(rf"<\w+:{name} [^>]*>", raw)
        assert re.search(r'begin="(\d+)" end="(\d+)"', tag).groups() == ("16", "22")
    [loaded] = load(tmp_path)
    assert [each.get_covered_text() for each in loaded.select(CLAIM)] == ["Berlin"]
    assert raw.startswith("<?xml version='1.0'")


def test_a_claim_has_its_verdict_and_no_verdict_is_none(nasty, tmp_path):
    _, out = export(nasty, tmp_path)
    claims = {each.get_covered_text(): each for loaded in load(out) for each in loaded.select(CLAIM)}
    route = claims[ROUTE]
    assert (route.verdict, route.reason, route.note) == (
        "disputed", "contradicted by evidence", "two\nlines\tand a tab | _ ->",
    )  # fmt: skip
    assert (route.reviewer, route.status, route.normalised) == (
        "Ada",
        "accepted",
        "The route Ostrel–Vann is 35 km long.",
    )
    assert (claims[OVER_A_LINE].confidence, claims[OVER_A_LINE].kind) == (100, "quotation")
    assert (claims[HALF_B].verdict, claims[HALF_B].status, claims[HALF_B].confidence) == (None, "suggested", None)
    first = "The ferry Milva sank off Port Ostrel on 3 May 2031."
    mine = next(each for each in next(load(out)).select(CLAIM) if each.get_covered_text() == first)
    assert mine.clusterId == claims["The ferry Milva went down off Port Ostrel on 4 May 2031."].clusterId
    assert mine.clusterId


def test_what_is_known_of_the_article_is_there(nasty, tmp_path):
    _, out = export(nasty, tmp_path)
    loaded = next(load(out))
    [meta] = loaded.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    assert (meta.documentId, meta.documentTitle, meta.documentUri, meta.language) == (
        nasty.ferry, 'Ferry “Milva” sinks <b>&"now"', "https://harbour.example/a?b=1&c=2", "en",
    )  # fmt: skip
    fields = {
        each.key: each.value
        for each in loaded.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.MetaDataStringField")
    }
    assert (fields["publisher"], fields["published_at"]) == ("The Harbour Post", "2031-05-03T08:15")


def test_the_layer_for_inception_has_the_features_of_the_file(nasty, tmp_path):
    _, out = export(nasty, tmp_path)
    [layer] = json.loads((out / "claim-layer.json").read_text("utf-8"))
    with (out / "TypeSystem.xml").open("rb") as file:
        features = {each.name: each.rangeType.name for each in load_typesystem(file).get_type(CLAIM).features}
    assert {each["name"]: each["type"] for each in layer["features"]} == features
    assert (layer["name"], layer["type"], layer["overlap_mode"], layer["cross_sentence"]) == (
        CLAIM, "span", "ANY_OVERLAP", True,
    )  # fmt: skip
    verdict = next(each for each in layer["features"] if each["name"] == "verdict")
    assert [tag["tag_name"] for tag in verdict["tag_set"]["tags"]] == ["verified", "disputed", "unverified"]
    names = json.loads((out / "entities.json").read_text("utf-8"))
    assert {"name": "Milva", "label": "PRODUCT"} in names.values()
    assert "claim-layer.json" in (out / "README.txt").read_text("utf-8")


def test_losses_are_told_in_advance(nasty, tmp_path):
    made, _ = export(nasty, tmp_path)
    told = " ".join(loss.what for loss in made.losses)
    for words in ("refused suggestion", "pieces of evidence", "suggested mentions as such", "history"):
        assert words in told


def test_characters_that_xml_cannot_hold_become_spaces_of_the_same_length(tmp_path):
    text = "One\x0btwo \x01three\ufffe 😊 four."
    at = text.index("four")
    dataset = LooseDataset([document_of(text, [Span(at, at + 4)], [Span(4, at + 5)], note="a\x02b")], EXPORT)
    written = EXPORT.write(dataset, tmp_path, Steps(1))
    assert "Replaced by a space, because XML cannot hold it: 3 characters." in written.notes
    assert EXPORT.check(dataset, tmp_path).problems == ()
    [loaded] = load(tmp_path)
    assert loaded.sofa_string == "One two  three  😊 four."
    assert [each.note for each in loaded.select(CLAIM)] == ["a b"]


def test_a_wrong_place_fails_the_check(nasty, tmp_path, monkeypatch):
    right = cas._annotations
    calls = iter(range(10**6))

    def wrong(document, *, for_xml):
        for name, start, end, values in right(document, for_xml=for_xml):
            yield name, start + (name == CLAIM and next(calls) == 3), end, values

    monkeypatch.setattr(cas, "_annotations", wrong)
    with pytest.raises(ExportCheckError, match="is not there"):
        export(nasty, tmp_path)
    assert not (tmp_path / "xmi").exists()


@settings(deadline=None, max_examples=50)
@given(st.lists(documents(), max_size=3))
def test_any_text_with_any_marks_comes_back(tmp_path_factory, found):
    dataset = LooseDataset(found, EXPORT)
    out = tmp_path_factory.mktemp("xmi")
    EXPORT.write(dataset, out, Steps(9))
    assert EXPORT.check(dataset, out).problems == ()
