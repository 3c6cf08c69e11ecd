"""A short run of the fuzzer with files that are always the same; `./dev fuzz` goes on for longer."""

import random
import zipfile

import pytest

from fuzz_samples import packed
from fuzzing import Outcome, fuzz, spoiled


@pytest.mark.soak
def test_spoiled_files_of_every_kind_are_read_or_refused_by_name():
    outcome = fuzz(20, seed=20310503)
    assert outcome.faults == {}
    assert outcome.read + outcome.refused == outcome.executions > 0


def test_the_same_seed_spoils_in_the_same_way(tmp_path):
    data = packed({"mimetype": b"a/b", "content.xml": b"<a>12</a>" * 9})
    first, second = (spoiled(data, random.Random(7), b"other") for _ in range(2))
    assert first != data
    path = tmp_path / "a.zip"
    for seed in range(30):
        path.write_bytes(spoiled(data, random.Random(seed), b"other"))
        if zipfile.is_zipfile(path):
            break
    assert len(first) == len(second)


def test_a_fault_is_told_with_its_example():
    outcome = Outcome(faults={".pdf hang": "a.pdf: too long"})
    assert "FAULT .pdf hang: a.pdf: too long" in outcome.lines()
