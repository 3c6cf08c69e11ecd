"""Pre-annotation of a file, as the command line does it."""

import json

import pytest
import spacy

from factdesk.engine.local import preannotate
from factdesk.errors import FactdeskError
from factdesk.nlp import pipeline

ROWS = [
    {
        "id": "one",
        "case": "ferry",
        "text": "🚢 The ferry Anna sank off Oberau on Monday, killing 14 people in Norway.\n",
    },
    {"id": "two", "case": "ferry", "text": "On Monday the ferry Anna sank off Oberau in Norway, killing 16 people.\n"},
    {
        "id": "three",
        "text": "Fish was cheap. It rained in Norway in 2019 for 40 days.",
        "sentences": [[0, 15, 0], [16, 56, 1]],
    },
]


@pytest.fixture
def by_rules(monkeypatch):
    monkeypatch.setattr(pipeline, "load", lambda _name: pipeline.equip(spacy.blank("en"), "blank"))


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_article_gets_a_line_in_order(by_rules, tmp_path):
    told = []
    count = preannotate(
        write(tmp_path / "in.jsonl", ROWS), tmp_path / "out.jsonl", progress=lambda *step: told.append(step)
    )
    out = read(tmp_path / "out.jsonl")
    assert count == 3
    assert [row["id"] for row in out] == ["one", "two", "three"]
    assert told[-1] == (3, 3)
    for row, result in zip(ROWS, out, strict=True):
        assert {row["text"][e["start"] : e["end"]] for e in result["entities"]} == {"Norway"}
        assert all(0 <= s["score"] <= 1 for s in result["sentences"])
        assert all(
            {"start", "end", "score", "speaker", "content", "source"} <= claim.keys() for claim in result["claims"]
        )


def test_given_sentences_are_scored_as_they_are(by_rules, tmp_path):
    preannotate(write(tmp_path / "in.jsonl", ROWS), tmp_path / "out.jsonl")
    scored = read(tmp_path / "out.jsonl")[2]["sentences"]
    assert [(s["start"], s["end"]) for s in scored] == [(0, 15), (16, 56)]
    assert scored[1]["score"] > scored[0]["score"]


def test_articles_of_one_case_are_linked_and_others_are_not(by_rules, tmp_path):
    preannotate(write(tmp_path / "in.jsonl", ROWS), tmp_path / "out.jsonl", tmp_path / "links.jsonl")
    links = read(tmp_path / "links.jsonl")
    assert {(link["a"]["id"], link["b"]["id"]) for link in links} == {("one", "two")}
    assert links[0]["relation"] in {"same", "differs", "conflicts"}
    side = links[0]["a"]
    assert (
        ROWS[0]["text"][side["start"] : side["end"]].startswith("The ferry")
        or "ferry" in ROWS[0]["text"][side["start"] : side["end"]]
    )


def test_the_same_file_gives_the_same_output(by_rules, tmp_path):
    source = write(tmp_path / "in.jsonl", ROWS)
    preannotate(source, tmp_path / "a.jsonl", tmp_path / "al.jsonl")
    preannotate(source, tmp_path / "b.jsonl", tmp_path / "bl.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert (tmp_path / "al.jsonl").read_bytes() == (tmp_path / "bl.jsonl").read_bytes()


@pytest.mark.parametrize(
    "line",
    ["nonsense", "[1]", '{"id": "x"}', '{"id": "x", "text": 3}', '{"id": "x", "text": "t", "sentences": [[5, 2]]}'],
)
def test_a_line_that_is_no_article_is_named(by_rules, tmp_path, line):
    (tmp_path / "in.jsonl").write_text(json.dumps(ROWS[0]) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(FactdeskError, match="Line 2"):
        preannotate(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FactdeskError) as told:
        preannotate(tmp_path / "none.jsonl", tmp_path / "out.jsonl")
    assert "none.jsonl" in told.value.message
