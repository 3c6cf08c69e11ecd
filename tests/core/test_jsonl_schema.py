import json

import pytest
from jsonschema import Draft202012Validator

from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.records.importer import import_jsonl
from factdesk.exchange.records.schema import NAME, as_file, jsonl_schema
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk_resources import read_text
from nasty_case import all_spans, claim_facts, link_facts, mention_facts, nasty_case


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    bench = nasty_case(tmp_path_factory.mktemp("nasty"))
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(jsonl_schema())
    return Draft202012Validator(json.loads(read_text(NAME)))


def records_of(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_shipped_schema_is_that_of_the_records():
    assert read_text(NAME) == as_file(), (
        "make it anew: python -m factdesk.exchange.records.schema > resources/…/" + NAME
    )


@pytest.mark.parametrize("decisions_only", [False, True], ids=["everything", "decisions"])
def test_every_line_of_the_nasty_case_satisfies_the_schema(nasty, tmp_path, validator, decisions_only):
    out = tmp_path / "out.jsonl"
    export_project(nasty.project, "jsonl", out, ExportOptions(decisions_only=decisions_only))
    records = records_of(out)
    for record in records:
        assert [error.message for error in validator.iter_errors(record)] == []
    assert decisions_only or {record["type"] for record in records} >= {"claim", "evidence", "operation", "absence"}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("claim", {"verdict": "true"}),
        ("claim", {"start": -1}),
        ("claim", {"claimant_span": [1]}),
        ("claim", {"colour": "red"}),
        ("article", {"text_sha256": "x"}),
        ("evidence", {"stance": None}),
        ("end", {"records": "many"}),
        ("project", {"version": 1}),
    ],
)
def test_a_line_that_is_wrong_does_not(nasty, tmp_path, validator, kind, change):
    out = tmp_path / "out.jsonl"
    export_project(nasty.project, "jsonl", out)
    record = next(record for record in records_of(out) if record["type"] == kind)
    assert validator.is_valid(record)
    assert not validator.is_valid(record | change)
    for field in record:
        assert not validator.is_valid({name: value for name, value in record.items() if name != field})


def test_the_nasty_case_comes_back_byte_by_byte(nasty, tmp_path):
    out, again = tmp_path / "out.jsonl", tmp_path / "again.jsonl"
    export_project(nasty.project, "jsonl", out)
    with Project.create(tmp_path / "again.factdesk", reviewer="Ada") as project:
        assert import_jsonl(project, out).problems == []
        export_project(project, "jsonl", again)
        assert out.read_bytes() == again.read_bytes()
        for facts in (all_spans, claim_facts, mention_facts, link_facts):
            assert facts(project) == facts(nasty.project)
        with project.reader() as reader:
            assert check_project(reader) == []
