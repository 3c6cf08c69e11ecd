"""CoNLL: one token a line, its tag in the last column, an empty line after each sentence.

Reads IOB1, IOB2, IOE, BIOES and BILOU alike: what begins a mark is a tag that cannot go on with the one before. Exports
of ours have the texts beside them and come back as they were; for all others the words are joined with blanks.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation.mark_facts import given_claim, given_mention, take_labelled
from factdesk.exchange.annotation.marking import Marking, meta_of
from factdesk.exchange.formats.conll import DOCUMENT, MARKS, TEXTS, TOKENS
from factdesk.exchange.kinds.plain import decoded_text
from factdesk.exchange.readings import BadPart, Found, Importer, ReadOptions, SourceFile
from factdesk.model.spans import Span

MEDIA_TYPE = "text/x-conll"
_TAG = re.compile(r"O|[BIESLUM]-\S.*")
_COLUMNS = re.compile(r"[ \t]+")
_MOST_BAD = 100
_LEAST = 5  # rows without any mark that are enough to tell the kind
_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError)

Row = tuple[str, str]  # form and tag
Piece = tuple[int, int, int, str]  # sentence, first and last token, all from 1, and type


@dataclass(slots=True)
class Block:
    """The lines of one document: its sentences, and the bytes it was read from."""

    sentences: list[list[Row]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def looks_like_conll(head: bytes) -> bool:
    """Whether (nearly) all lines end with a tag."""
    try:
        rows = (
            head.removeprefix(b"\xef\xbb\xbf")
            .decode("utf-8", "ignore")
            .splitlines()[: -1 if len(head) > 4000 else None]
        )
    except ValueError:
        return False
    filled = [row for row in rows if row.strip() and not row.startswith(("# ", "#\t", DOCUMENT))]
    tags = [row[1] for line in filled if (row := _row(line)) is not None]
    if not tags or len(tags) < 0.9 * len(filled):
        return False
    return any(tag != "O" for tag in tags) or len(tags) >= _LEAST or any(row.startswith(DOCUMENT) for row in rows)


def read_conll(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """Each document of the file with the marks of its tags."""
    decoded = decoded_text(file, options)
    lines = [line.removesuffix("\r") for line in decoded.text.removeprefix("\ufeff").split("\n")]
    beside = _Beside.of(file, lines)
    if beside is not None:
        yield from beside.readings()
        return
    blocks, bad = _blocks(lines)
    rows = sum(len(sentence) for block in blocks for sentence in block.sentences)
    if len(bad) > rows:
        raise ImportRefusedError(f"{file.quoted} is no CoNLL: hardly a line ends with a tag.", "Check what it is.")
    yield from bad[:_MOST_BAD]
    if len(bad) > _MOST_BAD:
        yield BadPart("the rest", f"{len(bad) - _MOST_BAD:,} more lines have no tag")
    for number, block in enumerate(blocks, 1):
        place = f"document {number}" if len(blocks) > 1 else ""
        marking = _joined(block)
        if file.beside(TOKENS) is not None:
            marking.told.append(f"The files beside it ({TEXTS}, {TOKENS}) do not belong to it.")
        marking.told.append("The file does not say where spaces are: its words were joined with one each.")
        original = file.data if not place else "\n".join(block.lines).encode(decoded.encoding, "replace")
        yield marking.reading(file, original, place=place, media_type=MEDIA_TYPE, encoding=decoded.encoding)


def _row(line: str) -> Row | None:
    """Form and tag of a line; None if it has no tag."""
    columns = line.split("\t") if "\t" in line else _COLUMNS.split(line.strip(" "))
    if len(columns) < 2 or not columns[0].strip() or not _TAG.fullmatch(columns[-1].strip()):
        return None
    return " ".join(columns[0].split()), columns[-1].strip()


def _blocks(lines: Sequence[str]) -> tuple[list[Block], list[BadPart]]:
    blocks, bad, sentence = [Block()], [], list[Row]()
    for number, line in enumerate(lines, 1):
        row = _row(line)
        if line.startswith(DOCUMENT):
            sentence = []
            blocks.append(Block())
        elif not line.strip():
            sentence = []
        elif row is not None:
            if not sentence:
                blocks[-1].sentences.append(sentence)
            sentence.append(row)
        elif not line.startswith("#"):
            bad.append(BadPart(f"line {number}", "it does not end with a tag"))
        blocks[-1].lines.append(line)
    return [block for block in blocks if block.sentences], bad


def _joined(block: Block) -> Marking:
    """The words joined with blanks, a line for each sentence, with their marks."""
    places: list[list[tuple[int, int]]] = []
    at = 0
    for sentence in block.sentences:
        places.append([])
        for form, _ in sentence:
            places[-1].append((at, at + len(form)))
            at += len(form) + 1
    marking = Marking("\n".join(" ".join(form for form, _ in sentence) for sentence in block.sentences))
    for number, sentence in enumerate(block.sentences, 1):
        for _, first, last, label in pieces_of(number, [tag for _, tag in sentence]):
            span = marking.span(places[number - 1][first - 1][0], places[number - 1][last - 1][1])
            if span is not None:
                take_labelled(marking, label, span)
    return marking


def pieces_of(sentence: int, tags: Sequence[str]) -> Iterator[Piece]:
    """The stretches that the tags of a sentence make, in any scheme."""
    start, kind, before = 0, "", "O"
    for number, tag in enumerate([*tags, "O"], 1):
        prefix, _, label = tag.partition("-")
        begins = tag != "O" and (prefix in "BSU" or before in "OESLU" or label != kind)
        if kind and (begins or tag == "O"):
            yield sentence, start, number - 1, kind
        if begins:
            start = number
        kind = label if tag != "O" else ""
        before = prefix


# -- our own, with their texts ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Beside:
    """The texts, tokens and marks that lie beside a file of ours, when they belong to its lines."""

    file: SourceFile
    lines: Sequence[str]
    texts: list[dict[str, Any]]
    sentences: dict[str, list[dict[str, Any]]]
    marks: dict[str, list[dict[str, Any]]]

    @classmethod
    def of(cls, file: SourceFile, lines: Sequence[str]) -> "_Beside | None":
        """None when they are not there, or tell of other lines."""
        try:
            texts = _records(file.beside(TEXTS))
            tokens, marks = _records(file.beside(TOKENS)), _records(file.beside(MARKS))
            found = cls(file, lines, texts, _by_article(tokens), _by_article(marks))
            return found if texts and found.fits() else None
        except _BROKEN:
            return None

    def fits(self) -> bool:
        """Whether every token of every text is what its line says, and no line is left."""
        told = sum(len(each["tokens"]) for text in self.texts for each in self.sentences.get(text["id"], []))
        there = sum(bool(line.strip()) and not line.startswith(DOCUMENT) for line in self.lines)
        return told == there and all(
            [text["text"][start:end] for start, end in sentence["tokens"]] == [form for form, _ in self.rows(sentence)]
            for text in self.texts
            for sentence in self.sentences.get(text["id"], [])
        )

    def rows(self, sentence: Mapping[str, Any]) -> list[Row]:
        """Form and tag of each token of a sentence."""
        first = sentence["line"] - 1
        found = [_row(line) for line in self.lines[first : first + len(sentence["tokens"])]]
        return [row or ("", "O") for row in found]

    def readings(self) -> Iterator[Found]:
        """Every text with the marks that the file still has."""
        for number, text in enumerate(self.texts, 1):
            place = f"document {number}" if len(self.texts) > 1 else ""
            marking = Marking(str(text["text"]))
            sentences = self.sentences.get(text["id"], [])
            self._take(marking, sentences, self.marks.get(text["id"], []))
            lines = [
                line for each in sentences for line in (*self.lines[each["line"] - 1 :][: len(each["tokens"])], "")
            ]
            original = self.file.data if not place else "\n".join(lines).encode()
            yield marking.reading(self.file, original, meta_of(text), place, media_type=MEDIA_TYPE)

    def _take(
        self, marking: Marking, sentences: Sequence[Mapping[str, Any]], marks: Sequence[Mapping[str, Any]]
    ) -> None:
        """Marks whose tags are all as they were come back with all that is known of them; the others by their labels."""
        places = {each["sentence"]: each["tokens"] for each in sentences}
        pieces = {
            piece for each in sentences for piece in pieces_of(each["sentence"], [tag for _, tag in self.rows(each)])
        }
        for mark in marks:
            try:
                own = {(*piece, mark["tag"]) for piece in mark["pieces"]} if mark["file"] == self.file.name else None
                span = Span(mark["start"], mark["end"])
                if own is None or not own <= pieces or mark["quote"] != span.of(marking.text):
                    continue
                if "verdict" in mark:
                    marking.claims.append(given_claim(mark, span))
                else:
                    marking.mentions.append(given_mention(mark, span))
            except _BROKEN:
                continue
            pieces -= own
        for sentence, first, last, label in sorted(pieces):
            found = marking.span(places[sentence][first - 1][0], places[sentence][last - 1][1])
            if found is not None:
                take_labelled(marking, label, found)


def _records(file: SourceFile | None) -> list[dict[str, Any]]:
    if file is None:
        return []
    found = [json.loads(line) for line in file.data.decode().split("\n") if line]
    return [each for each in found if isinstance(each, dict)]


def _by_article(records: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        found.setdefault(record["article"], []).append(record)
    return found


IMPORTER = Importer(
    "conll",
    "CoNLL",
    MEDIA_TYPE,
    frozenset({".conll", ".iob", ".iob2", ".bio", ".bioes"}),
    read_conll,
    looks_like_conll,
    has_encoding=True,
)
