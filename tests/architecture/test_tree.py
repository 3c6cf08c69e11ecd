"""What the tree must hold and must never hold."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BINARY = {".png", ".ico", ".gz", ".db", ".factdesk"}
# a machine's folder, wherever the path starts, and the addresses of package registries
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:root|work|farm|home/(?!reader\b)\w+|opt/(?!factdesk\b)\w+|tmp/(?:lab|spec|bash_jobs)\b)(?:/|\b)"
)
REGISTRY = re.compile(
    r"(?:index|registry|find-links)[-_ ]?(?:url)?\s*[=:]\s*\S*://|https?://\S*(?:/simple/?(?:[\"'\s)]|$)|pythonhosted|artifact)"
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b|raise NotImplemented" + r"Error")


def tracked() -> list[Path]:
    """The files that git keeps, or all that a release unpacked."""
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode == 0 and run.stdout:
        names = run.stdout.split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    hidden = {".git", ".venv", "build", "dist", "out"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not hidden & set(path.relative_to(ROOT).parts)]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Each place where the pattern stands."""
    found = []
    for path in paths:
        text = path.read_text("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found


TEXTS = [path for path in tracked() if path.suffix not in BINARY and path != Path(__file__)]


def test_no_machine_path_is_in_the_tree():
    assert lines_with(MACHINE, [path for path in TEXTS if path.suffix != ".txt"]) == []


def test_no_registry_address_is_in_the_tree():
    assert lines_with(REGISTRY, TEXTS) == []


@pytest.mark.parametrize("name", ["run", "test", "package"])
def test_requirements_are_pinned_hashed_and_without_address(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert "-e " not in text
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert len(entries) > 50
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_test_and_package_requirements_hold_the_pins_that_run_has():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z].*==[^ ]+", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))

    assert pins("run") <= pins("test")
    assert pins("run") <= pins("package")


def test_no_unfinished_mark_is_in_the_code():
    assert lines_with(UNFINISHED, [path for path in TEXTS if path.suffix in {".py", ".sh"}]) == []


def test_folders_beside_the_packages_are_no_packages():
    """`packaging/__init__.py` would hide the library of that name from everything run in the repository's root."""
    for folder in ("packaging", "core", "gui", "resources", "tests"):
        assert not (ROOT / folder / "__init__.py").exists()


def test_exceptions_to_the_checks_give_their_reason():
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?)\s*$")
    assert lines_with(bare, [path for path in TEXTS if path.suffix == ".py"]) == []


def test_no_test_is_skipped():
    skips = re.compile(r"pytest\.(?:skip|xfail|importor" + r"skip)\b|mark\.(?:skip|xfail|skipif)\b")
    assert lines_with(skips, [path for path in TEXTS if path.suffix == ".py"]) == []


def test_what_a_newcomer_looks_for_is_there():
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs/architecture.md", ".ci/run"):
        assert (ROOT / name).is_file(), name


def test_changelog_parses():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", text, re.MULTILINE)
    assert text.startswith("# Changelog\n")
    assert versions
    assert versions[0][0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) and day for number, day in versions[1:])
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(versions)
    groups = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert groups
    assert set(groups) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_binding_is_pinned_to_a_version_that_is_safe_on_the_oldest_python():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "PySide6-Essentials==6.11.3" in project["dependencies"]
    assert project["requires-python"] == ">=3.11"


def test_the_window_never_walks_the_chain_of_focus():
    """Each widget that it gives belongs to the one before it for Python, and counts as deleted together with that."""
    walks = re.compile(r"\.(?:next|previous)InFocusChain\(")
    assert lines_with(walks, [path for path in tracked() if path.suffix == ".py" and "gui" in path.parts]) == []
