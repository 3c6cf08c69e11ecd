import json

import pytest

from factdesk.exchange.annotation.standoff import escaped, fragments_of, read_standoff, unescaped
from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import foresee
from factdesk.exchange.formats.brat import EXPORT
from factdesk.model.claims import Status
from factdesk.model.spans import Span
from nasty_case import OVER_A_LINE, all_spans, nasty_case
from round_trips import exported


@pytest.fixture
def case(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def pairs(out):
    """Texts and annotation lines as any reader of brat files sees them."""
    for path in sorted(out.glob("*.ann")):
        yield path.with_suffix(".txt").read_bytes().decode(), path.read_bytes().decode().split("\n")[:-1]


def test_every_annotation_says_what_the_text_says_there(case, tmp_path):
    out = tmp_path / "brat"
    made = exported(case, "brat", out)
    assert made.checked.problems == ()
    spans = 0
    for text, lines in pairs(out):
        assert text in case.texts.values()
        ids = [line.split("\t")[0] for line in lines if not line.startswith("*")]
        assert len(ids) == len(set(ids))
        for line in lines:
            if line.startswith("T"):
                spans += 1
                _, head, quote = line.split("\t", 2)
                places = [tuple(map(int, pair.split())) for pair in head.split(" ", 1)[1].split(";")]
                assert " ".join(text[start:end] for start, end in places) == quote
                assert not any("\n" in text[start:end] for start, end in places)
    assert spans == made.written.count == len(all_spans(case.project))


def test_a_claim_over_a_line_end_is_written_in_fragments(case, tmp_path):
    out = tmp_path / "brat"
    made = exported(case, "brat", out)
    span = case.span(case.ferry, OVER_A_LINE)
    middle = span.start + OVER_A_LINE.index("\n")
    text = (out / "001-the-harbour-post.ann").read_text()
    assert f"\tClaim {span.start} {middle};{middle + 1} {span.end}\t{OVER_A_LINE.replace(chr(10), ' ')}\n" in text
    assert made.written.notes[0] == "2 annotations over a line end were written in fragments, one for each line."


def test_verdicts_reasons_kinds_and_notes_belong_to_their_claims(case, tmp_path):
    out = tmp_path / "brat"
    exported(case, "brat", out)
    text = (out / "001-the-harbour-post.txt").read_bytes().decode()
    found = read_standoff((out / "001-the-harbour-post.ann").read_text().splitlines(), text)
    by_quote = {bound.span.of(text): id_ for id_, bound in found.bounds.items() if bound.type == "Claim"}
    over = found.attributes[by_quote[OVER_A_LINE]]
    assert over == {"Verdict": "disputed", "Reason": "missing_context", "Kind": "quotation"}
    route = next(id_ for quote, id_ in by_quote.items() if quote.startswith("Its route"))
    assert found.notes[route] == ["two\nlines\tand a tab | _ ->"]
    assert any(len(group) > 2 for group in found.same)  # spellings of one entity


def test_the_settings_name_every_type_and_value_that_is_used(case, tmp_path):
    out = tmp_path / "brat"
    exported(case, "brat", out)
    conf = (out / "annotation.conf").read_text()
    sections = {part.split("]")[0]: part for part in conf.split("[")[1:]}
    for text, lines in pairs(out):
        found = read_standoff(lines, text)
        assert all(f"\n{bound.type}\n" in sections["entities"] for bound in found.bounds.values())
        for attributes in found.attributes.values():
            for name, value in attributes.items():
                line = next(line for line in sections["attributes"].splitlines() if line.startswith(f"{name}\t"))
                assert value in line.partition("Value:")[2].split("|")
    about = json.loads((out / "articles.json").read_text())
    assert about[0]["url"] == "https://harbour.example/a?b=1&c=2"


def test_what_brat_cannot_hold_is_told_before(case):
    words = " | ".join(loss.what for loss in foresee(case.project, "brat"))
    assert "4 links between claims" in words
    assert "2 passages as evidence" in words
    assert "6 confidences of verdicts" in words


def test_decisions_only_leaves_suggestions_out_that_nobody_looked_at(case, tmp_path):
    whole, few = tmp_path / "whole", tmp_path / "few"
    exported(case, "brat", whole)
    exported(case, "brat", few, decisions_only=True)
    documents = Dataset(case.reader, ExportOptions(decisions_only=True)).documents()
    linked = [each for document in documents for each in document.claims if each.claim.status is Status.SUGGESTED]
    before, after = (
        sum(path.read_text().count("suggested") for path in folder.glob("*.ann")) for folder in (whole, few)
    )
    assert before > after == len(linked)  # a person's link, cluster or evidence hangs on these


def test_the_check_finds_a_moved_annotation(case, tmp_path):
    out = tmp_path / "brat"
    exported(case, "brat", out)
    path = out / "002-evening.ann"
    path.write_text(path.read_text().replace("Claim 78 105", "Claim 79 105").replace("A1\t", "A1\tX"))
    with case.project.reader() as reader, reader.snapshot() as r:
        problems = EXPORT.check(Dataset(r, ExportOptions(), EXPORT), out).problems
    assert any("says “260 passengers" in problem for problem in problems)
    assert "002-evening.ann has other spans than the project" in problems


def test_fragments_and_notes_survive_every_kind_of_line_end():
    text = "a\x85b\n \nc\x0b"
    assert [each.of(text) for each in fragments_of(text, Span(0, len(text)))] == ["a", "b", "c"]
    note = "one\ntwo\t\\n three"
    assert unescaped(escaped(note)) == note
    assert "\n" not in escaped("a\u2028b\r\nc")
