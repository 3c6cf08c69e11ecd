import json

import pytest

from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.exporters import export_project, foresee
from factdesk.exchange.formats.fever import fever_problems
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.evidence import add_passage, add_source
from factdesk.store.articles import article_text
from nasty_case import FAMILY, HALF_A, RENEE, ROUTE, TWO_SENTENCES, nasty_case

RESCUED = f"{FAMILY} A family of three, led by {RENEE}, was rescued."


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """The nasty case with passages for FEVER: over two sentences, over a line break, in another article."""
    bench = nasty_case(tmp_path_factory.mktemp("nasty"))
    rescued = bench.claim(bench.ferry, RESCUED)
    bench.run(add_passage, rescued, bench.ferry, bench.span(bench.ferry, TWO_SENTENCES), Stance.SUPPORTS)
    bench.run(add_passage, rescued, bench.evening, bench.span(bench.evening, "260 passengers"), Stance.SUPPORTS)
    bench.run(add_source, rescued, EvidenceKind.URL, Stance.REFUTES, "no", "https://no.example")
    yield bench
    bench.close()


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def exported(bench, tmp_path, **options):
    out = tmp_path / "fever"
    made = export_project(bench.project, "fever", out, ExportOptions(**options))
    pages = {}
    for page in lines_of(out / "wiki-pages" / "wiki-001.jsonl"):
        pages[page["id"]] = [line.split("\t")[1] for line in page["lines"].split("\n") if line]
    claims = {record["claim"]: record for record in lines_of(out / "claims.jsonl")}
    return made, claims, pages


def test_labels_and_evidence_are_those_of_fever(nasty, tmp_path):
    made, claims, pages = exported(nasty, tmp_path)
    assert made.written.count == len(claims) == 4
    rescued = claims[RESCUED]
    assert (rescued["label"], rescued["verifiable"]) == ("SUPPORTS", "VERIFIABLE")
    said = [" ".join(pages[page][number] for _, _, page, number in group) for group in rescued["evidence"]]
    assert said == [TWO_SENTENCES, "260 passengers were aboard."]
    assert list(map(len, rescued["evidence"])) == [2, 1]
    route = claims["The route Ostrel–Vann is 35 km long."]
    assert route["label"] == "REFUTES"
    [[[_, _, page, number]]] = route["evidence"]
    assert (page.startswith("source_"), pages[page][number]) == (True, "The line is 29 km <long>.")
    unknown = claims[TWO_SENTENCES]
    assert (unknown["label"], unknown["verifiable"]) == ("NOT ENOUGH INFO", "NOT VERIFIABLE")
    assert unknown["evidence"][0][0][2:] == [None, None]


def test_places_keep_what_fever_cannot_hold(nasty, tmp_path):
    exported(nasty, tmp_path)
    ids = {record["id"] for record in lines_of(tmp_path / "fever" / "claims.jsonl")}
    places = lines_of(tmp_path / "fever" / "places.jsonl")
    assert {place["id"] for place in places} == ids
    for place in places:
        assert article_text(nasty.reader, place["article_id"])[place["start"] : place["end"]] == place["quote"]


def test_every_article_is_a_page_with_all_its_words(nasty, tmp_path):
    _, _, pages = exported(nasty, tmp_path)
    for article, text in nasty.texts.items():
        assert "".join(pages[f"article_{article}"]).replace(" ", "") == "".join(text.split())


def test_ids_are_the_same_in_every_export(nasty, tmp_path):
    _, first, _ = exported(nasty, tmp_path)
    chosen = nasty.claim(nasty.ferry, ROUTE)
    _, second, _ = exported(nasty, tmp_path, claim_ids=frozenset({chosen}))
    [(text, record)] = second.items()
    assert first[text]["id"] == record["id"]
    assert first[text]["evidence"] == record["evidence"]


def test_what_has_no_label_is_told_in_advance(nasty, tmp_path):
    losses = {loss.what: loss.because for loss in foresee(nasty.project, "fever")}
    assert "FEVER has no label for it: left out." in losses["1 claim with the verdict “disputed, missing context”"]
    assert "1 claim with the verdict “unverified, not checkable”" in losses
    assert any("without a verdict" in what for what in losses)
    made, _, _ = exported(nasty, tmp_path)
    assert any("left out" in note for note in made.written.notes)  # disputed with refuting evidence, but no quote


def test_claims_without_evidence_can_be_kept(nasty, tmp_path):
    _, claims, _ = exported(nasty, tmp_path, choices={"without_evidence": "keep"})
    assert claims[HALF_A]["label"] == "REFUTES"
    assert claims[HALF_A]["evidence"] == []


def test_the_verdicts_of_one_reviewer(nasty, tmp_path):
    _, claims, _ = exported(
        nasty, tmp_path, whose=Whose.ONE, reviewer="Ben | O’Neil", choices={"without_evidence": "keep"}
    )
    assert {record["label"] for record in claims.values()} == {"SUPPORTS", "REFUTES"}
    assert claims["The route Ostrel–Vann is 35 km long."]["label"] == "SUPPORTS"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "7"}, "no id of its own"),
        ({"label": "SUPPORTED"}, "has the label"),
        ({"verifiable": "NOT VERIFIABLE"}, "is NOT VERIFIABLE"),
        ({"claim": "a\nb"}, "no claim in one line"),
        ({"evidence": [[[1, 2, "article_x", 9]]]}, "no sentence 9"),
        ({"evidence": [[[1, 2, "nowhere", 0]]]}, "on a page nowhere"),
        ({"evidence": [[[1, "article_x", 0]]]}, "needs two ids"),
    ],
)
def test_the_rules_find_what_is_wrong(change, problem):
    good = {
        "id": 7,
        "verifiable": "VERIFIABLE",
        "label": "SUPPORTS",
        "claim": "a",
        "evidence": [[[1, 2, "article_x", 0]]],
    }
    pages = {"article_x": ["One."]}
    assert list(fever_problems([good], pages)) == []
    assert any(problem in found for found in fever_problems([good | change], pages))
    assert list(fever_problems([good, good], pages))
