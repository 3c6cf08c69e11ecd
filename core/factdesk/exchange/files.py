"""From what a user chose or dropped to a list of files: folders opened, in the order that people count in."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

_DIGITS = re.compile(r"(\d+)")


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which “page 2” comes before “page 10”, whatever the case of letters."""
    parts = _DIGITS.split(text.casefold())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part)


def expand_paths(paths: Iterable[Path | str]) -> list[Path]:
    """The files named, with those inside named folders (hidden ones left out); each once, folders sorted naturally."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        for file in _files_below(path) if path.is_dir() else [path]:
            found.setdefault(file, None)
    return list(found)


def _files_below(folder: Path) -> list[Path]:
    files: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(files, key=lambda file: tuple(map(natural_key, file.relative_to(folder).parts)))
