import json

import pytest
import regex

from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import foresee
from factdesk.exchange.formats.doccano import EXPORT, survivors
from nasty_case import FAMILY, HALF_A, HALF_B, RENEE, nasty_case
from round_trips import exported


@pytest.fixture
def case(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def utf16(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def graphemes(text, start, end):
    return "".join(regex.findall(r"\X", text)[start:end])


def test_each_layer_is_a_file_whose_spans_count_utf16_units(case, tmp_path):
    out = tmp_path / "doccano"
    made = exported(case, "doccano", out)
    assert made.checked.problems == ()
    claims, entities = records(out / "claims.jsonl"), records(out / "entities.jsonl")
    assert [each["text"] for each in claims] == [each["text"] for each in entities] == list(case.texts.values())
    said = {(utf16(claims[0]["text"], start, end), label) for start, end, label in claims[0]["label"]}
    assert (HALF_A, "disputed") in said
    assert (HALF_B, "suggested claim") in said
    assert (f"{FAMILY} A family of three, led by {RENEE}, was rescued.", "verified") in said
    named = {(utf16(entities[0]["text"], start, end), label) for start, end, label in entities[0]["label"]}
    assert {("Milva", "PRODUCT"), (FAMILY, "NORP"), (RENEE, "PERSON"), ("Port\nOstrel", "GPE")} <= named


def test_every_line_meets_the_rules_of_the_import(case, tmp_path):
    out = tmp_path / "doccano"
    made = exported(case, "doccano", out)
    count = kept = 0
    for path in (out / "claims.jsonl", out / "entities.jsonl"):
        keys = {tuple(record) for record in records(path)}
        assert len(keys) == 1  # a missing key would come in as NaN
        for record in records(path):
            spans = [tuple(each) for each in record["label"]]
            assert all(isinstance(start, int) and 0 <= start < end and label for start, end, label in spans)
            count += len(spans)
            kept += len(survivors(spans))
    assert count == made.written.count == 38
    assert f"{kept:,} of them stay where a project does not allow overlapping spans" in made.checked.how
    assert kept < count


def test_graphemes_are_counted_where_the_project_counts_them(case, tmp_path):
    out = tmp_path / "doccano"
    made = exported(case, "doccano", out, choices={"unit": "grapheme"})
    record = records(out / "claims.jsonl")[0]
    said = {graphemes(record["text"], start, end) for start, end, _ in record["label"]}
    assert {HALF_A, HALF_B, f"{FAMILY} A family of three, led by {RENEE}, was rescued."} <= said
    assert any("box “Count grapheme clusters as one character” must be on" in note for note in made.written.notes)
    assert record["unit"] == "graphemes"


def test_relations_link_claims_in_the_joined_text_of_a_case(case, tmp_path):
    out = tmp_path / "doccano"
    made = exported(case, "doccano", out, choices={"project": "relations"})
    assert made.checked.problems == ()
    (record,) = records(out / "relations.jsonl")
    by_id = {each["id"]: each for each in record["entities"]}
    linked = set()
    for each in record["relations"]:
        ends = [by_id[each[name]] for name in ("from_id", "to_id")]
        said = frozenset(utf16(record["text"], end["start_offset"], end["end_offset"]) for end in ends)
        linked.add((each["type"], said))
    assert ("differs", frozenset({HALF_B, "260 passengers were aboard."})) in linked
    assert len(linked) == 4
    for part, text in zip(record["articles"], case.texts.values(), strict=True):
        assert record["text"][part["start"] : part["end"]] == text


def test_what_gets_lost_is_told_before(case):
    words = [loss.what for loss in foresee(case.project, "doccano")]
    assert {"4 links between claims", "6 notes"} <= {*words}
    assert any(word.endswith("overlapping spans") for word in words)
    with_relations = ExportOptions(choices={"project": "relations"})
    assert "4 links between claims" not in [loss.what for loss in foresee(case.project, "doccano", with_relations)]


def test_the_check_finds_a_moved_span(case, tmp_path):
    out = tmp_path / "doccano"
    exported(case, "doccano", out)
    path = out / "claims.jsonl"
    first, *rest = records(path)
    first["label"][0][0] += 1
    path.write_text("".join(json.dumps(each) + "\n" for each in (first, *rest)))
    with case.project.reader() as reader, reader.snapshot() as r:
        problems = EXPORT.check(Dataset(r, ExportOptions(), EXPORT), out).problems
    assert len(problems) == 1
    assert "does not say what the project's says" in problems[0]


def test_overlapping_spans_are_dropped_as_doccano_drops_them():
    assert survivors([(0, 9, "a"), (4, 6, "b"), (9, 12, "c")]) == [(0, 9, "a"), (9, 12, "c")]
