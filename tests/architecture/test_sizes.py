"""One idea to a room: files, functions and classes stay small."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("core", "gui", "resources") for path in (ROOT / folder).rglob("*.py"))
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
METHODS_OF_A_CLASS = 20


def too_big(path: Path) -> list[str]:
    """What in this file is over its budget."""
    text = path.read_text("utf-8")
    found = []
    if (lines := text.count("\n")) > LINES_OF_A_FILE:
        found.append(f"{path.name}: {lines} lines (two ideas in one room?)")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                found.append(f"{path.name}: {node.name} has {lines} lines")
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)
            if methods > METHODS_OF_A_CLASS:
                found.append(f"{path.name}: {node.name} has {methods} methods")
    return found


def test_there_is_something_to_measure():
    assert len(SOURCES) > 40


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_keeps_its_budget(path):
    assert too_big(path) == []


def test_budget_notices_what_is_too_big(tmp_path):
    path = tmp_path / "big.py"
    methods = "\n".join(f"    def m{number}(self): pass" for number in range(METHODS_OF_A_CLASS + 1))
    body = "\n".join("    pass" for _ in range(LINES_OF_A_FILE))
    path.write_text(f"class Big:\n{methods}\n\ndef long():\n{body}\n")
    assert len(too_big(path)) == 3
