"""WebAnno TSV 3.3 as INCEpTION's reader understands it: its head, its escapes, and a reader just as strict.

The rules are those of the reader, which are stricter than the format's description: exactly two empty lines after the
head, one between sentences and none at the end; text between sentences becomes one line end and blanks; an annotation
goes on where its number comes again.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from factdesk.exchange.annotation.uima import CLAIM, CLAIM_FEATURES, NAMED_ENTITY

LAYERS: dict[str, tuple[str, ...]] = {NAMED_ENTITY: ("identifier", "value"), CLAIM: tuple(CLAIM_FEATURES)}
"""The layers and their features, in the order of the columns."""

HEAD = "".join(
    ["#FORMAT=WebAnno TSV 3.3\n", *(f"#T_SP={'|'.join((name, *of))}\n" for name, of in LAYERS.items()), "\n"]
)
_VALUE = {**{each: "\\" + each for each in "\\[]|_;*"}, "->": "\\->", "\t": "\\t", "\n": "\\n"}
_NAMED = {"\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b", "\\": "\\\\"}
_TEXT = {**{chr(code): "\\" + chr(code) for code in range(32) if not 7 < code < 14}, **_NAMED}
_ESCAPED_VALUE = {escaped: plain for plain, escaped in _VALUE.items()}
_ESCAPED_TEXT = {escaped: plain for plain, escaped in _TEXT.items()}


def escape_value(text: str) -> str:
    """A feature's value as a column holds it; other line ends would break the line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"->|[\\\[\]|_;*\t\n]", lambda match: _VALUE[match.group()], text)


def unescape_value(text: str) -> str:
    """The other way."""
    return re.sub(r"\\(?:->|[\\\[\]|_;*tn])", lambda match: _ESCAPED_VALUE[match.group()], text)


def escape_text(text: str) -> str:
    """A sentence as a #Text line holds it."""
    return re.sub(r"[\x00-\x0a\x0c-\x1f\\]", lambda match: _TEXT[match.group()], text)


def unescape_text(text: str) -> str:
    """The other way."""
    return re.sub(r"\\(?:[tnfrb\\]|[\x00-\x07\x0e-\x1f])", lambda match: _ESCAPED_TEXT[match.group()], text)


@dataclass(slots=True)
class Parsed:
    """What a file says: its text with one character for each UTF-16 unit, tokens by sentence, annotations."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    sentences: list[list[tuple[int, int, str]]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    known: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def units(self) -> str:
        """The text."""
        return "".join(self.parts)

    def add(self, part: str) -> None:
        """Put something at the end of the text."""
        self.parts.append(part)
        self.length += len(part)


def parse_tsv(content: str) -> Parsed:
    """What INCEpTION would read; raises ValueError where it would refuse a file or lose something."""
    lines = re.split(r"\r\n|\r|\n", content)
    if lines.pop() != "":
        raise ValueError("the last line has no end")
    head = HEAD.rstrip("\n").split("\n")
    if lines[: len(head) + 2] != [*head, "", ""]:
        raise ValueError("the head is not followed by exactly two empty lines")
    parsed, text = Parsed(), ""
    body = lines[len(head) + 2 :]
    if not body or not body[-1]:
        raise ValueError("there is an empty line at the end")
    sentence: list[tuple[int, int, str]] | None = None
    for number, line in enumerate(body, len(head) + 3):
        if not line:
            if sentence is None or not sentence:
                raise ValueError(f"line {number}: there are two empty lines")
            sentence = None
        elif line.startswith("#Text=") and not sentence:
            sentence = []
            text = unescape_text(line.removeprefix("#Text="))
        elif sentence is None:
            raise ValueError(f"line {number}: a sentence does not begin with its text")
        else:
            _read_token(parsed, sentence, line, text)
    return parsed


def _read_token(parsed: Parsed, sentence: list[tuple[int, int, str]], line: str, text: str) -> None:
    columns = [(layer, feature) for layer, features in LAYERS.items() for feature in features]
    name, places, form, *cells = line.split("\t")
    start, end = map(int, places.split("-"))
    if not sentence:
        _begin_sentence(parsed, start, text)
        parsed.sentences.append(sentence)
    sentence.append((start, end, form))
    if name != f"{len(parsed.sentences)}-{len(sentence)}" or len(cells) != len(columns) + 1:
        raise ValueError(f"“{line[:40]}” has a wrong number or not all columns")
    here: dict[str, list[dict[str, Any]]] = {layer: [] for layer in LAYERS}
    for (layer, feature), cell in zip(columns, cells, strict=False):
        for stacked, value in enumerate(re.split(r"(?<!\\)\|", cell) if cell != "_" else []):
            _read_value(parsed, here[layer], stacked, layer, feature, value, (start, end))


def _begin_sentence(parsed: Parsed, start: int, text: str) -> None:
    """Puts the sentence's text where its first token is; before it is the line end of the last one, and blanks."""
    if parsed.length > start:
        if parsed.length != start + 1:
            raise ValueError(f"a sentence begins at {start}, inside the one before")
        parsed.parts.pop()  # the line end of the one before
        parsed.length -= 1
    parsed.add(" " * (start - parsed.length))
    parsed.add(as_units(text))
    parsed.add("\n")


def _read_value(
    parsed: Parsed,
    here: list[dict[str, Any]],
    stacked: int,
    layer: str,
    feature: str,
    value: str,
    place: tuple[int, int],
) -> None:
    """One annotation of a cell: a known one goes on, a new one begins."""
    number = -1
    if value.endswith("]") and not value.endswith("\\]"):
        value, _, digits = value.rpartition("[")
        number = int(digits.rstrip("]"))
    elif re.search(r"(?<!\\)->\d+-\d+$", value):
        raise ValueError(f"“{value[:40]}” would be taken for a link")
    if stacked < len(here):
        mark = here[stacked]
    else:
        mark = parsed.known.get(number, {})
        if not mark:
            mark.update(layer=layer, start=place[0])
            parsed.marks.append(mark)
        mark["end"] = place[1]
        here.append(mark)
    if number != -1:
        parsed.known[number] = mark
    mark[feature] = None if value == "*" else unescape_value(value)


def as_units(text: str) -> str:
    """One character for each UTF-16 unit."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(low | high << 8) for low, high in zip(data[::2], data[1::2], strict=True))
