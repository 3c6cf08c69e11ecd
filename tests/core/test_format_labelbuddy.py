import hashlib
import json

import pytest

from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.formats.labelbuddy import EXPORT
from nasty_case import FAMILY, HALF_A, HALF_B, ROUTE, all_spans, nasty_case
from round_trips import exported


@pytest.fixture
def case(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def records(out):
    return [json.loads(line) for line in (out / "documents.jsonl").read_text(encoding="utf-8").split("\n") if line]


def test_every_annotation_stands_where_its_words_are(case, tmp_path):
    out = tmp_path / "lb"
    made = exported(case, "labelbuddy", out)
    assert made.checked.problems == ()
    labels = {each["name"] for each in json.loads((out / "labels.json").read_text(encoding="utf-8"))}
    said = set()
    for record in records(out):
        assert (
            hashlib.md5(record["text"].encode(), usedforsecurity=False).hexdigest() == record["utf8_text_md5_checksum"]
        )
        for each in record["annotations"]:
            assert each["label_name"] in labels
            said.add((record["text"][each["start_char"] : each["end_char"]], each["label_name"]))
    assert {(HALF_A, "disputed"), (HALF_B, "suggested claim"), (FAMILY, "NORP")} <= said
    assert made.written.count == len(all_spans(case.project))


def test_reasons_and_notes_stand_beside_the_annotation_and_titles_are_no_markup(case, tmp_path):
    out = tmp_path / "lb"
    exported(case, "labelbuddy", out, anonymous=True)
    first = records(out)[0]
    route = next(each for each in first["annotations"] if first["text"][each["start_char"] :].startswith(ROUTE))
    assert "reason: contradicted by evidence" in route["extra_data"]
    assert "decided by: reviewer 1" in route["extra_data"]
    assert "note: two\nlines\tand a tab | _ ->" in route["extra_data"]
    assert "<b>" not in first["display_title"]
    assert "<b>" in first["list_title"]
    milva = next(each for each in first["annotations"] if each["label_name"] == "PRODUCT")
    assert milva["extra_data"] == "Milva"


def test_positions_alone_tell_nothing_of_the_texts(case, tmp_path):
    out = tmp_path / "lb"
    made = exported(case, "labelbuddy", out, with_text=False)
    assert made.checked.problems == ()
    for record, text in zip(records(out), case.texts.values(), strict=True):
        assert not {"text", "display_title", "list_title"} & set(record)
        assert hashlib.md5(text.encode(), usedforsecurity=False).hexdigest() == record["utf8_text_md5_checksum"]
    assert "Tomas Brill" not in (out / "documents.jsonl").read_text()


def test_the_check_finds_a_moved_annotation(case, tmp_path):
    out = tmp_path / "lb"
    exported(case, "labelbuddy", out)
    found = records(out)
    found[0]["annotations"][0]["end_char"] += 1
    found[1]["text"] += " "
    (out / "documents.jsonl").write_text("".join(json.dumps(each) + "\n" for each in found))
    with case.project.reader() as reader, reader.snapshot() as r:
        problems = EXPORT.check(Dataset(r, ExportOptions(), EXPORT), out).problems
    assert len(problems) == 2
    assert "does not say what the project's says" in problems[0]
    assert "checksum" in problems[1]
