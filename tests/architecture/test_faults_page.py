"""docs/faults.md: the tests that it names are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text("utf-8")


def test_every_line_names_tests_that_exist():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 30
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file() or f"def {name}(" not in (ROOT / file).read_text("utf-8")
    ]
    assert missing == []


def test_every_fault_has_a_test():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
    assert [row for row in rows if "| proven by |" not in row and "::test_" not in row] == []


def test_what_it_says_factdesk_says_is_said():
    sources = [*(ROOT / "core").rglob("*.py"), *(ROOT / "gui").rglob("*.py")]
    source = re.sub(r'"\s*\n\s*f?"', "", "\n".join(file.read_text("utf-8") for file in sources))
    said = [
        piece
        for line in PAGE.splitlines()
        if line.startswith("| ")
        for piece in re.findall("“(.+?)”", line.split("|")[2])
    ]
    pieces = [each.strip(" .,:;…()") for words in said for each in re.split(r"\b[A-Z]+\b|…|\(|: ", words)]
    assert len(pieces) > 20
    assert [piece for piece in pieces if piece not in source] == []
