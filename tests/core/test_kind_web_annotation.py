import json
import zipfile

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.dataset import Whose
from factdesk.exchange.importers import importer_for, load_file, read_source
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import BadPart, SourceFile
from factdesk.model.claims import Reason, Relation, Verdict
from nasty_case import all_spans, claim_facts, link_facts, mention_facts, nasty_case
from round_trips import brought_back, exported, read_all

TEXT = "😊 Ada Low went to Orlen.\r\nThe dam broke. The dam broke."


def annotation(words, body=(), source="story.txt", nth=0, **more):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    quote = {"type": "TextQuoteSelector", "exact": words, "prefix": TEXT[max(0, start - 5) : start]}
    target = {"source": source, "selector": quote}
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": body, "target": target} | more


def lay_down(folder, *annotations, text=TEXT):
    path = folder / "notes.jsonld"
    path.write_text(json.dumps(annotations), encoding="utf-8")
    if text is not None:
        (folder / "story.txt").write_bytes(text.encode())
    return path


def tag(value):
    return {"type": "TextualBody", "value": value, "purpose": "tagging"}


def test_annotations_come_in_with_the_text_beside_them(tmp_path):
    path = lay_down(
        tmp_path,
        annotation("Ada Low", [tag("Person")]),
        annotation("The dam broke.", [tag("false")], nth=1, source="https://a.example/story.txt?x=1"),
        annotation("Orlen", {"type": "TextualBody", "value": "Where is it?", "purpose": "commenting"}),
    )
    found = read_all(path)
    text = TEXT.replace("\r\n", "\n")
    assert {reading.article.text for reading in found} == {text}
    given = found[0].given
    assert [(each.span.of(text), each.label) for each in given.mentions] == [("Ada Low", "PERSON")]
    assert [(each.span.of(text), each.judgement.note) for each in given.claims] == [("Orlen", "Where is it?")]
    (claim,) = found[1].given.claims
    assert claim.span.start == text.rindex("The dam")
    assert (claim.judgement.verdict, claim.judgement.reason) == (Verdict.DISPUTED, Reason.CONTRADICTED)
    assert found[1].article.meta.url == "https://a.example/story.txt?x=1"


def test_positions_in_utf16_units_are_corrected_by_the_quotation(tmp_path):
    one = annotation("Orlen", [tag("LOC")])
    start = TEXT.index("Orlen") + 1
    one["target"]["selector"] = [
        one["target"]["selector"], {"type": "TextPositionSelector", "start": start, "end": start + 5},
    ]  # fmt: skip
    (reading,) = read_all(lay_down(tmp_path, one))
    assert reading.given.mentions[0].span.of(reading.article.text) == "Orlen"


def test_a_quotation_that_stands_nowhere_or_twice_is_told(tmp_path):
    gone, twice = annotation("Orlen", [tag("LOC")]), annotation("The dam broke.", [tag("claim")])
    gone["target"]["selector"]["exact"] = "Nowhere"
    del twice["target"]["selector"]["prefix"]
    (reading,) = read_all(lay_down(tmp_path, gone, twice))
    assert not reading.given
    assert reading.warnings == ("2 marks were left out: nothing stands at the place given.",)


def test_annotations_without_their_text_are_refused(tmp_path):
    path = lay_down(tmp_path, annotation("Orlen", [tag("LOC")]), text=None)
    with pytest.raises(ImportRefusedError, match="none of the texts"):
        list(read_source(load_file(path)))


def test_the_text_that_is_not_there_is_named(tmp_path):
    path = lay_down(
        tmp_path, annotation("Orlen", [tag("LOC")]), *[annotation("Orlen", [tag("LOC")], "other.txt")] * 2,
        annotation("Orlen", [tag("LOC")], "../story.txt"),
    )  # fmt: skip
    bad, *good = read_source(load_file(path))
    assert bad == BadPart("other.txt", "its text is not beside the file; annotations on it that were left out: 2")
    assert [len(each.given.mentions) for each in good] == [1, 1]  # a name that leads elsewhere is looked for here


def test_links_connect_claims_of_two_texts(tmp_path):
    (tmp_path / "other.txt").write_text("It held.")
    one, other = annotation("Orlen", [tag("claim")], id="x1"), annotation("Orlen", [tag("claim")], "other.txt", id="x2")
    other["target"]["selector"] = {"type": "TextPositionSelector", "start": 0, "end": 8}
    link = {
        "type": "Annotation",
        "motivation": "linking",
        "body": [tag("contradicts")],
        "target": [one["target"], other["target"]],
    }
    first, second = read_all(lay_down(tmp_path, one, other, link))
    (found,) = first.given.links
    assert (found.claim_a, found.claim_b, found.relation) == ("x1", "x2", Relation.CONFLICTS)
    assert second.article.text == "It held."


def test_broken_json_is_refused():
    with pytest.raises(ImportRefusedError, match="broken JSON"):
        list(read_source(SourceFile("x.jsonld", b'{"type": "Annotation", ')))


def test_it_is_known_by_its_context_and_claim_reviews_are_not_it():
    assert (
        importer_for(SourceFile("x.json", b'{"@context": "http://www.w3.org/ns/anno.jsonld"}')).name == "web-annotation"
    )
    with pytest.raises(ImportRefusedError):
        importer_for(SourceFile("x.jsonld", b'{"@type": "ClaimReview"}'))


@pytest.mark.parametrize("whose", [Whose.IN_FORCE, Whose.ALL])
def test_a_round_trip_keeps_marks_verdicts_links_and_evidence(tmp_path, whose):
    case = nasty_case(tmp_path)
    exported(case, "web-annotation", tmp_path / "wa", whose=whose)
    back = brought_back(tmp_path, tmp_path / "wa")
    assert all_spans(back) == all_spans(case.project)
    assert claim_facts(back) == claim_facts(case.project)
    assert mention_facts(back) == mention_facts(case.project)
    assert link_facts(back) == link_facts(case.project)
    sql = (
        "SELECT v.kind, v.stance, v.quote, v.url, v.source, v.published_at, c.quote FROM evidence v "
        "JOIN claims c ON c.id = v.claim_id WHERE v.kind IN ('passage', 'url') ORDER BY 1, 2, 3"
    )
    with back.reader() as r, case.project.reader() as original:
        assert list(map(tuple, r.rows(sql))) == list(map(tuple, original.rows(sql)))
        meta = "SELECT title, publisher, byline, url, published_at FROM articles WHERE url <> '' ORDER BY url"
        assert list(map(tuple, r.rows(meta))) == list(map(tuple, original.rows(meta)))
    back.close()
    case.close()


def test_an_export_comes_in_from_an_archive_too(tmp_path):
    case = nasty_case(tmp_path)
    exported(case, "web-annotation", tmp_path / "wa")
    path = tmp_path / "wa.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted((tmp_path / "wa").rglob("*.*")):
            archive.write(file, file.relative_to(tmp_path).as_posix())
    with FileProcess("read") as process:
        found = list(process.read(path))
    assert [each.article.text for each in found] == list(case.texts.values())
    assert sum(len(each.given.claims) for each in found) == 16
    case.close()
