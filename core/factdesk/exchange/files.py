"""From what a user chose or dropped to a list of files: folders opened, in the order that people count in."""

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

_DIGITS = re.compile(r"(\d+)")
_OURS = frozenset(  # in our export folders
    {
        *("about.json", "labeling_config.xml", "labels.json", "articles.json", "README.txt"),
        *("texts.jsonl", "tokens.jsonl", "marks.jsonl", "entities.json", "claim-layer.json", "TypeSystem.xml"),
    }
)
_OF_BRAT = frozenset({"annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf"})


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which “page 2” comes before “page 10”, whatever the case of letters."""
    parts = _DIGITS.split(text.casefold())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part)


def expand_paths(paths: Iterable[Path | str]) -> list[Path]:
    """The files named, with those inside named folders (hidden ones left out); each once, folders sorted naturally."""
    found: dict[Path, bool] = {}  # and whether it was named itself
    for path in map(Path, paths):
        if not path.is_dir():
            found[path] = True
            continue
        for file in _files_below(path):
            found.setdefault(file, False)
    left_out = companions([path.as_posix() for path in found])
    return [
        path
        for path, is_named in found.items()
        if path.as_posix() not in left_out or (is_named and path.suffix != ".txt")
    ]


def companions(names: Collection[str]) -> frozenset[str]:
    """Files that come in with others, or are no articles: the text of a brat file, texts of a web annotation, settings.

    Names are paths with slashes, of the files of one import or one archive.
    """
    paths = {name: PurePosixPath(name) for name in names}
    marked = {(path.parent, path.stem) for path in paths.values() if path.suffix == ".ann"}
    pages = {path.parent for path in paths.values() if path.suffix == ".jsonld"}
    described = {path.parent for path in paths.values() if path.name == "about.json"}
    return frozenset(
        name
        for name, path in paths.items()
        if (path.suffix == ".txt" and (path.parent, path.stem) in marked)
        or (path.suffix == ".txt" and path.parent.name == "texts" and path.parent.parent in pages)
        or path.name.endswith(".about.json")
        or (path.name in _OURS and path.parent in described)
        or (path.name in _OF_BRAT and marked)
    )


def _files_below(folder: Path) -> list[Path]:
    files: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(files, key=lambda file: tuple(map(natural_key, file.relative_to(folder).parts)))
