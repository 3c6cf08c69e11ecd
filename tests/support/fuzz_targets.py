"""What guided fuzzing calls again and again: each target takes any bytes, and raises when something is wrong that must not be."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from factdesk.errors import FactdeskError


@dataclass(frozen=True, slots=True)
class Target:
    """A thing to try: what it does with some bytes, and bytes to begin with."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


GROUPS = {
    "fuzz_texts": ("text", "values", "dates"),
    "fuzz_files": ("messages", "html", "eml", "mbox", "mhtml", "rss", "atom", "md", "txt", "csv", "averitec", "label-studio-tasks",
                   "doccano-claims", "conll", "pdf", "docbin", "docx", "xlsx", "odt", "epub", "zip", "brat", "conll-folder",
                   "web-annotation"),
    "fuzz_projects": ("project-bytes", "project-values", "export"),
}  # fmt: skip
"""The modules that hold the targets: each loads only what its own need."""

ALONE = frozenset({*GROUPS["fuzz_texts"], "messages", "pdf"})
"""Targets that need no samples."""

NAMES = tuple(name for names in GROUPS.values() for name in names)


def target_of(name: str, folder: Path) -> Target:
    """A target by its name; `folder` holds what `make_samples` made, and may be written to."""
    group = next(group for group, names in GROUPS.items() if name in names)
    found: Target = import_module(group).target_of(name, folder)
    return found


def refused_well(error: FactdeskError, name: str) -> None:
    """A refusal names the file and says what to do."""
    assert name in error.message, f"a refusal without the file's name: {error.message}"
    assert error.hint, f"a refusal without a remedy: {error.message}"


def make_samples(folder: Path) -> None:
    """The valid files and the project that targets begin with; not for those of texts."""
    from full_case import make_full_case
    from fuzz_samples import samples

    shutil.rmtree(folder, ignore_errors=True)
    for each in ("made", "files"):
        folder.joinpath(each).mkdir(parents=True, exist_ok=True)
    files, _ = samples(folder / "made")
    for name, data in files.items():
        folder.joinpath("files", name).write_bytes(data)
    make_full_case(folder / "full.factdesk")
    shutil.rmtree(folder / "made")
