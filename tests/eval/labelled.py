"""Our own small labelled set, in the forms of the shared ones.

An article is a file in own/: `name: value` lines, a blank line, then one sentence a line as `WORTH KEY| text`. WORTH is 0 to 2 (how
many of two readers would have it checked), KEY names the sentence for links.txt, `+` before the bar joins it to the one before without
a space. A blank line ends a paragraph. In the text `<LABEL|name>` and `<LABEL=canonical name|name>` are mentions, `{c1|...}` is what
somebody says and `{s1|...}` who says it.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OWN = Path(__file__).parent / "own"
_LINE = re.compile(r"([012])(?: (\w+))?(\+)?\| (.*)")
_MARK = re.compile(r"<([A-Z_]+)(?:=([^|<>]*))?\||\{([cs]\d)\||[>}]")


@dataclass
class _Article:
    """One article while its marks are taken out."""

    meta: dict[str, str]
    text: str = ""
    sentences: list[list[int]] = field(default_factory=list)
    keys: dict[str, list[int]] = field(default_factory=dict)
    entities: list[list[Any]] = field(default_factory=list)
    canonical: list[list[Any]] = field(default_factory=list)
    said: dict[str, list[int]] = field(default_factory=dict)

    def add(self, line: str) -> None:
        match = _LINE.fullmatch(line)
        assert match is not None, f"{self.meta['id']}: {line}"
        worth, key, joined, marked = match.groups()
        if self.text and not joined and not self.text.endswith("\n"):
            self.text += " "
        start = len(self.text)
        self._unmark(marked)
        self.sentences.append([start, len(self.text), int(worth)])
        if key:
            self.keys[key] = [start, len(self.text)]

    def _unmark(self, marked: str) -> None:
        at, open_marks = 0, []
        for match in _MARK.finditer(marked):
            self.text += marked[at : match.start()]
            at = match.end()
            if match.group() not in {">", "}"}:
                open_marks.append((match, len(self.text)))
                continue
            opened, start = open_marks.pop()
            label, name, role = opened.groups()
            if role:
                self.said[role] = [start, len(self.text)]
            else:
                self.entities.append([start, len(self.text), label])
                self.canonical.append([start, len(self.text), label, name or self.text[start:]])
        assert not open_marks, f"{self.meta['id']}: a mark is left open in {marked}"
        self.text += marked[at:]

    def row(self) -> dict[str, Any]:
        numbers = sorted(role[1:] for role in self.said if role[0] == "c")
        attributions = [{"source": [self.said["s" + n]] if "s" + n in self.said else [], "content": [self.said["c" + n]]} for n in numbers]  # fmt: skip
        return {
            "id": self.meta["id"], "case": "own", "published": self.meta["published"], "title": self.meta["title"], "text": self.text,
            "sentences": self.sentences, "entities": self.entities, "canonical": self.canonical, "attributions": attributions,
        }  # fmt: skip


def _read(path: Path) -> _Article:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    article = _Article(dict(line.split(": ", 1) for line in head.splitlines()))
    for line in body.rstrip("\n").split("\n"):
        if line:
            article.add(line)
        else:
            article.text += "\n"
    article.text += "\n"
    return article


def own_set() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The articles and the links between their sentences."""
    articles = {each.meta["id"]: each for each in map(_read, sorted(OWN.glob("*-*.txt")))}
    links = []
    for line in (OWN / "links.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            relation, *sides = line.split()
            a, b = ([name, *articles[name].keys[key]] for name, key in (side.split("#") for side in sides))
            links.append({"a": a, "b": b, "relation": relation})
    return [each.row() for each in articles.values()], links


def write_own(folder: Path) -> Path:
    """The set as files in the forms that `score.py` reads; gives the one with the articles."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, links = own_set()
    path = folder / "own.jsonl"
    for where, what in ((path, rows), (folder / "own.links.jsonl", links)):
        where.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in what), encoding="utf-8")
    return path
