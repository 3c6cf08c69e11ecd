"""The suggestions on our own labelled articles stay as good as they were; and the same text always gives the same suggestions."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from labelled import own_set, write_own
from run import TARGETS, flat, score_set, table

from factdesk.nlp import pipeline

TWICE = """
import sys
from factdesk.engine.local import preannotate
preannotate(sys.argv[1], sys.argv[2], sys.argv[3])
"""


@pytest.mark.model
def test_our_own_set_is_found_as_well_as_before(tmp_path):
    result = score_set(write_own(tmp_path), tmp_path, pipeline.load(), None)
    now = flat(result)
    below = {
        figure: (now[figure], floor)
        for (name, figure), (floor, _) in TARGETS.items()
        if name == "own" and now[figure] < float(floor)
    }
    assert below == {}, table({"own": result})
    assert "| kind | number |" in (tmp_path / "own.errors.md").read_text(encoding="utf-8")


@pytest.mark.model
def test_another_process_finds_the_same_to_the_byte(tmp_path):
    source = write_own(tmp_path)
    outcomes = []
    for seed in ("1", "777"):
        files = [tmp_path / f"{seed}.jsonl", tmp_path / f"{seed}.links.jsonl"]
        subprocess.run(
            [sys.executable, "-c", TWICE, source, *files], check=True, timeout=240, env=os.environ | {"PYTHONHASHSEED": seed}
        )  # fmt: skip
        outcomes.append([file.read_bytes() for file in files])
    assert outcomes[0] == outcomes[1]


def test_the_marks_of_the_set_lie_where_they_should():
    rows, links = own_set()
    assert len(rows) >= 5
    for row in rows:
        assert not set("<>{}|") & set(row["text"])
        for start, end, _ in row["entities"]:
            name = row["text"][start:end]
            assert name == name.strip()
            assert name
    assert {link["relation"] for link in links} == {"same", "differs", "conflicts"}
