import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import ExportCheckError, export_project
from factdesk.exchange.formats import conll
from factdesk.exchange.formats.conll import EXPORT
from factdesk.exchange.progress import Steps
from factdesk.model.spans import Span
from loose_documents import LooseDataset, document_of, documents
from nasty_case import FAMILY, HALF_A, HALF_B, OVER_A_LINE, ROUTE, TWO_SENTENCES, nasty_case


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def export(case, tmp_path, flavour="conll2002", **options):
    out = tmp_path / "conll"
    made = export_project(case.project, "conll", out, ExportOptions(choices={"flavour": flavour}, **options))
    return made, out


def lines(path):
    return path.read_text("utf-8").split("\n")


def records(path):
    return [json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n")]


def spans_of(folder, name):
    """What a reader of IOB2 with the token sidecar finds: article, start, end, label; strict about what goes on."""
    rows, found = lines(folder / name), []
    for sentence in records(folder / "tokens.jsonl"):
        before = "O"
        for number, (start, end) in enumerate(sentence["tokens"]):
            tag = rows[sentence["line"] - 1 + number].split()[-1]
            assert tag == "O" or tag[:2] in ("B-", "I-")
            if tag.startswith("B-"):
                found.append([sentence["article"], start, end, tag[2:]])
            elif tag.startswith("I-"):
                assert before[2:] == tag[2:]
                found[-1][2] = end
            before = tag
    return found


def test_no_tag_goes_on_with_what_did_not_begin_and_the_tokens_are_the_text(nasty, tmp_path):
    made, out = export(nasty, tmp_path)
    texts = {record["id"]: record["text"] for record in records(out / "texts.jsonl")}
    assert texts == nasty.texts
    files = sorted(path.name for path in out.glob("*.conll"))
    assert files == ["claims-2.conll", "claims.conll", "entities-2.conll", "entities.conll"]
    for name in files:
        rows = lines(out / name)
        assert len(rows) == len(lines(out / "claims.conll"))
        for sentence in records(out / "tokens.jsonl"):
            forms = [row.split(" ")[0] for row in rows[sentence["line"] - 1 :][: len(sentence["tokens"])]]
            assert forms == [texts[sentence["article"]][start:end] for start, end in sentence["tokens"]]
        assert not any(row.split(" ") != row.split() for row in rows if row)
        spans_of(out, name)
    assert "has" not in made.checked.problems
    assert made.checked.how.startswith("Read again as IOB2")


def test_every_mark_is_there_with_its_place(nasty, tmp_path):
    made, out = export(nasty, tmp_path)
    marks = {(mark["article"], mark["id"]): mark for mark in records(out / "marks.jsonl")}
    found = [span for path in out.glob("*.conll") for span in map(tuple, spans_of(out, path.name))]
    expected = pieces = 0
    for document in Dataset(nasty.reader, ExportOptions()).documents():
        for mark in (*document.mentions, *(each.claim for each in document.claims)):
            told = marks[document.article.id, mark.id]
            assert (told["start"], told["end"], told["quote"]) == (mark.span.start, mark.span.end, mark.quote)
            if len(told["pieces"]) == 1:
                assert (document.article.id, mark.span.start, mark.span.end, told["tag"]) in found
            expected += 1
            pieces += len(told["pieces"])
    assert (made.written.count, len(found)) == (expected, pieces)


def test_a_claim_over_two_sentences_is_tagged_in_both_and_said_to_be_one(nasty, tmp_path):
    made, out = export(nasty, tmp_path)
    marks = {mark["quote"]: mark for mark in records(out / "marks.jsonl")}
    for quote in (TWO_SENTENCES, OVER_A_LINE):
        assert len(marks[quote]["pieces"]) == 2
    assert marks[TWO_SENTENCES]["tag"] == "unverified"
    assert any("over several sentences: 4 marks" in note for note in made.written.notes)
    rows = lines(out / marks[TWO_SENTENCES]["file"])
    at = rows.index("They B-unverified")
    assert rows[at - 2 : at] == [". I-unverified", ""]


def test_claims_that_overlap_go_to_two_files(nasty, tmp_path):
    made, out = export(nasty, tmp_path)
    marks = {mark["quote"]: mark for mark in records(out / "marks.jsonl")}
    assert {marks[HALF_A]["file"], marks[HALF_B]["file"]} == {"claims.conll", "claims-2.conll"}
    assert (marks[HALF_A]["tag"], marks[HALF_B]["tag"], marks[ROUTE]["tag"]) == ("disputed", "suggestion", "disputed")
    assert any("claims.conll to claims-2.conll" in note for note in made.written.notes)


@pytest.mark.parametrize(
    ("flavour", "row", "head"),
    [
        ("conll2002", f"{FAMILY} B-NORP", 0),
        ("label-studio", f"{FAMILY} -X- _ B-NORP", 5),
        ("doccano", f"{FAMILY}\tB-NORP", 0),
    ],
)
def test_each_flavour_has_its_columns(nasty, tmp_path, flavour, row, head):
    _, out = export(nasty, tmp_path, flavour)
    rows = lines(out / "entities.conll")
    assert row in rows
    assert rows.count("-DOCSTART- -X- O") == head
    assert len({len(line.split("\t")) for line in rows if line}) == 1


def test_a_flavour_that_nobody_knows_is_refused(nasty, tmp_path):
    with pytest.raises(FactdeskError, match="no choice"):
        export(nasty, tmp_path, "pandas")


def test_the_sidecar_says_what_the_format_cannot_hold(nasty, tmp_path):
    _, out = export(nasty, tmp_path)
    about = json.loads((out / "about.json").read_text("utf-8"))
    assert about["positions"] == "tokens, end exclusive"
    assert any("refused" in loss for loss in about["cannot_hold"])
    assert "conll2002" in about["options"].values()
    assert set(about["files"]) >= {"entities.conll", "claims.conll", "tokens.jsonl", "texts.jsonl", "marks.jsonl"}


def test_wrong_tags_fail_the_check(nasty, tmp_path, monkeypatch):
    right = conll._tags

    def wrong(found, marks):
        return [tag.replace("B-", "I-") for tag in right(found, marks)]

    monkeypatch.setattr(conll, "_tags", wrong)
    with pytest.raises(ExportCheckError, match="goes on with what did not begin"):
        export(nasty, tmp_path)
    assert not (tmp_path / "conll").exists()


def test_marks_of_nothing_but_spaces_are_told(tmp_path):
    dataset = LooseDataset([document_of("One  two", [Span(3, 5)], [Span(3, 8)])], EXPORT)
    written = EXPORT.write(dataset, tmp_path, Steps(1))
    assert EXPORT.check(dataset, tmp_path).problems == ()
    assert written.notes == (
        "Tagged without the spaces at their edges: 1 mark; marks.jsonl has their own places.",
        "In marks.jsonl alone, because they hold only spaces: 1 mark.",
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(documents(), max_size=3), st.sampled_from(["conll2002", "label-studio", "doccano"]))
def test_any_text_with_any_marks_comes_back(tmp_path_factory, found, flavour):
    found = [
        document_of(each.text, [m.span for m in each.mentions], [c.claim.span for c in each.claims], id_=f"a{n}")
        for n, each in enumerate(found)
    ]
    dataset = LooseDataset(found, EXPORT, flavour=flavour)
    out = tmp_path_factory.mktemp("conll")
    EXPORT.write(dataset, out, Steps(9))
    assert EXPORT.check(dataset, out).problems == ()
