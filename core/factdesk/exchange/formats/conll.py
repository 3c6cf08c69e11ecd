"""CoNLL: one token a line with a tag (IOB2), one file for each layer of marks that do not overlap; a folder.

All files have the same lines. `tokens.jsonl` tells where the tokens stand in the texts of `texts.jsonl`, and
`marks.jsonl` which tags belong to which mark, with all that is known of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from factdesk.exchange.annotation.mark_facts import Facts, article_facts, claim_facts, claim_label, mention_facts
from factdesk.exchange.annotation.tokens import Tokenised, tokenised
from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import ALL_FEATURES, Checked, ExportFormat, Feature, FormatOption, Group, Written
from factdesk.exchange.progress import Steps
from factdesk.model.spans import Span
from factdesk.ops.wording import counted

TEXTS, TOKENS, MARKS = "texts.jsonl", "tokens.jsonl", "marks.jsonl"
DOCUMENT = "-DOCSTART-"
_LAYERS = ("entities", "claims")
_PLAIN, _FOUR, _TAB = "conll2002", "label-studio", "doccano"
_ROW = {_PLAIN: "{} {}\n", _FOUR: "{} -X- _ {}\n", _TAB: "{}\t{}\n"}
_HEAD = {_PLAIN: "", _FOUR: f"{DOCUMENT} -X- O\n\n", _TAB: ""}


@dataclass(slots=True)
class Placed:
    """A mark with the layer it went to and its tokens, sentence by sentence."""

    label: str
    facts: Facts
    layer: int
    parts: list[tuple[int, range]]


@dataclass(slots=True)
class Counts:
    """What was written and what had to be changed."""

    marks: int = 0
    cut: int = 0
    parted: int = 0
    pieces: int = 0
    trimmed: int = 0
    blank: int = 0
    layers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_LAYERS, 1))

    def notes(self) -> tuple[str, ...]:
        """The changes, as sentences."""
        more = [f"{name}.conll to {file_name(name, number - 1)}" for name, number in self.layers.items() if number > 1]
        notes = {
            f"Cut where a mark begins or ends: {counted(range(self.cut), 'token')}.": self.cut,
            f"Tagged in {self.pieces:,} pieces, because they go over several sentences: "
            f"{counted(range(self.parted), 'mark')}; {MARKS} joins them.": self.parted,
            f"Tagged without the spaces at their edges: {counted(range(self.trimmed), 'mark')}; "
            f"{MARKS} has their own places.": self.trimmed,
            f"In {MARKS} alone, because they hold only spaces: {counted(range(self.blank), 'mark')}.": self.blank,
            f"Marks that overlap are in several files: {' and '.join(more)}.": len(more),
        }
        return tuple(note for note, number in notes.items() if number)


def file_name(name: str, layer: int) -> str:
    """The file of a layer: entities.conll, claims.conll, claims-2.conll."""
    return f"{name}.conll" if layer == 0 else f"{name}-{layer + 1}.conll"


def write_conll(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write all articles, first finding how many files overlapping marks need."""
    count = Counts()
    for document in dataset.documents():
        found = tokenised(document)
        for name, labelled in _marks(dataset, document).items():
            layers = 1 + max((mark.layer for mark in _placed(labelled, found)), default=0)
            count.layers[name] = max(count.layers[name], layers)
    names = [file_name(name, layer) for name, number in count.layers.items() for layer in range(number)]
    head, line = _HEAD[dataset.choice("flavour")], 1
    with ExitStack() as stack:
        files = {
            name: stack.enter_context((out / name).open("w", encoding="utf-8", newline=""))
            for name in (TEXTS, TOKENS, MARKS, *names)
        }
        for document in dataset.documents():
            for name in names:
                files[name].write(head)
            line = _write_article(dataset, document, files, line + head.count("\n"), count)
            steps.step()
    return Written(count.marks, "marks", count.notes())


def _write_article(dataset: Dataset, document: Document, files: Mapping[str, TextIO], line: int, count: Counts) -> int:
    """Write one article to all files; the number of the line after it."""
    found, row = tokenised(document), _ROW[dataset.choice("flavour")]
    count.cut += found.cut
    files[TEXTS].write(_line({**article_facts(document), "text": document.text}))
    for record, length in _token_records(document, found, line):
        files[TOKENS].write(_line(record))
        line += length
    for name, labelled in _marks(dataset, document).items():
        placed = _placed(labelled, found)
        for layer in range(count.layers[name]):
            tags = _tags(found, [mark for mark in placed if mark.layer == layer])
            files[file_name(name, layer)].writelines(_rows(document.text, found, tags, row))
        for mark in placed:
            files[MARKS].write(_line(_mark_record(document, name, mark)))
            _count(count, mark, found)
    return line


def _marks(dataset: Dataset, document: Document) -> dict[str, list[tuple[str, Facts]]]:
    return {
        "entities": [(mention.label, mention_facts(dataset, mention)) for mention in document.mentions],
        "claims": [(claim_label(each.claim), claim_facts(each)) for each in document.claims],
    }


def _placed(labelled: Sequence[tuple[str, Facts]], found: Tokenised) -> list[Placed]:
    """Each mark in the first layer where its tokens are free, the longest first; in text order."""
    spans = [Span(facts["start"], facts["end"]) for _, facts in labelled]
    numbers = [found.covering(span) for span in spans]
    layers = [0] * len(spans)
    taken: list[set[int]] = []
    for mark in sorted(range(len(spans)), key=lambda mark: (-len(numbers[mark]), numbers[mark].start)):
        while layers[mark] < len(taken) and not taken[layers[mark]].isdisjoint(numbers[mark]):
            layers[mark] += 1
        if layers[mark] == len(taken):
            taken.append(set())
        taken[layers[mark]].update(numbers[mark])
    return [
        Placed(_tag_name(label), facts, layer, found.parts(span))
        for (label, facts), layer, span in zip(labelled, layers, spans, strict=True)
    ]


def _tag_name(label: str) -> str:
    """A label as a tag may hold it: without spaces."""
    return "_".join(label.split()) or "_"


def _tags(found: Tokenised, marks: Sequence[Placed]) -> list[str]:
    """The tag of every token in one layer."""
    tags = ["O"] * len(found.tokens)
    for mark in marks:
        for sentence, numbers in mark.parts:
            for number in numbers:
                start = "B" if number == numbers[0] else "I"
                tags[found.firsts[sentence] + number] = f"{start}-{mark.label}"
    return tags


def _rows(text: str, found: Tokenised, tags: Sequence[str], row: str) -> Iterator[str]:
    tag = iter(tags)
    for sentence in found.sentences:
        for token in sentence.tokens:
            yield row.format(token.of(text), next(tag))
        yield "\n"


def _token_records(document: Document, found: Tokenised, line: int) -> Iterator[tuple[Facts, int]]:
    """A record for each sentence, and how many lines it has."""
    for number, sentence in enumerate(found.sentences, 1):
        places = [[token.start, token.end] for token in sentence.tokens]
        yield {"article": document.article.id, "sentence": number, "line": line, "tokens": places}, len(places) + 1
        line += len(places) + 1


def _mark_record(document: Document, name: str, mark: Placed) -> Facts:
    """A mark with its file and pieces: sentence, first and last token, all counted from 1."""
    return {
        "article": document.article.id,
        "file": file_name(name, mark.layer),
        "tag": mark.label,
        "pieces": [[sentence + 1, numbers[0] + 1, numbers[-1] + 1] for sentence, numbers in mark.parts],
        **mark.facts,
    }


def _count(count: Counts, mark: Placed, found: Tokenised) -> None:
    count.marks += 1
    count.blank += not mark.parts
    if mark.parts:
        count.trimmed += not found.fits(Span(mark.facts["start"], mark.facts["end"]))
    if len(mark.parts) > 1:
        count.parted += 1
        count.pieces += len(mark.parts)


def _line(record: Facts) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


# -- check ----------------------------------------------------------------------------------------------------------


def check_conll(dataset: Dataset, out: Path) -> Checked:
    """Read every file as a stranger would: valid IOB2, forms that are the texts at their places, every mark again."""
    texts = {record["id"]: record for record in _records(out / TEXTS)}
    sentences = list(_records(out / TOKENS))
    marks = list(_records(out / MARKS))
    problems: list[str] = []
    tagged = 0
    for path in sorted(out.glob("*.conll")):
        rows = path.read_text(encoding="utf-8").split("\n")
        found = list(_tagged_pieces(rows, sentences, texts, path.name, problems))
        wanted = [
            (mark["article"], *piece, mark["tag"])
            for mark in marks
            for piece in mark["pieces"]
            if mark["file"] == path.name
        ]
        if sorted(found) != sorted(wanted):
            problems.append(f"the tags in {path.name} are not those of the marks")
        tagged += len(found)
    problems += _mark_problems(dataset, texts, sentences, marks)
    lines = sum(len(sentence["tokens"]) for sentence in sentences)
    how = (
        f"Read again as IOB2: {lines:,} tokens are the text at their places, {tagged:,} tagged pieces make the "
        f"{len(marks):,} marks of the project, with their places and quotes."
    )
    return Checked(how, tuple(problems))


def _records(path: Path) -> Iterator[Facts]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def _tagged_pieces(
    rows: Sequence[str], sentences: Sequence[Facts], texts: Mapping[str, Facts], name: str, problems: list[str]
) -> Iterator[tuple[Any, ...]]:
    """Article, sentence, first and last token and type of every stretch of tags."""
    for sentence in sentences:
        text, first = texts[sentence["article"]]["text"], sentence["line"] - 1
        block = rows[first : first + len(sentence["tokens"]) + 1]
        if len(block) != len(sentence["tokens"]) + 1 or block[-1]:
            problems.append(f"{name}: line {first + len(block)} does not end a sentence")
            return
        start, kind = 0, ""
        for number, (row, (begin, end)) in enumerate(
            zip([*block[:-1], " O"], [*sentence["tokens"], (0, 0)], strict=True), 1
        ):
            form, *_, tag = row.split("\t") if "\t" in row else row.split(" ")
            if form != text[begin:end]:
                problems.append(f"{name}: line {first + number} is not the text at its place")
            prefix, _, label = tag.partition("-")
            if prefix == "I" and label == kind:
                continue
            if kind:
                yield sentence["article"], sentence["sentence"], start, number - 1, kind
            if prefix == "I":
                problems.append(f"{name}: line {first + number} goes on with what did not begin")
            start, kind = number, label


def _mark_problems(
    dataset: Dataset, texts: Mapping[str, Facts], sentences: Sequence[Facts], marks: Sequence[Facts]
) -> Iterator[str]:
    tokens = {(each["article"], each["sentence"]): each["tokens"] for each in sentences}
    told = {(mark["article"], mark["id"]): mark for mark in marks}
    count = 0
    for document in dataset.documents():
        id_ = document.article.id
        if id_ not in texts or texts[id_]["text"] != document.text:
            yield f"{document.article.label}: the text is another one"
            continue
        for labelled in _marks(dataset, document).values():
            for label, facts in labelled:
                count += 1
                mark = told.get((id_, facts["id"]), {})
                solid = [
                    at
                    for sentence, first, last in mark.get("pieces", ())
                    for start, end in tokens[id_, sentence][first - 1 : last]
                    for at in range(start, end)
                ]
                quote = [at for at in range(facts["start"], facts["end"]) if not document.text[at].isspace()]
                if solid != quote or {key: mark.get(key) for key in facts} != facts or mark["tag"] != _tag_name(label):
                    yield f"{document.article.label}: the mark {facts['quote']!r} is not at its place"
    if count != len(marks):
        yield f"{len(marks)} of {count} marks are there"


EXPORT = ExportFormat(
    name="conll",
    title="CoNLL (IOB2)",
    suffix="",
    group=Group.TOOL,
    description="One token a line with a tag: entities.conll and claims.conll, with the places of all tokens beside them.",
    unit="tokens",
    holds=ALL_FEATURES
    - {Feature.ORIGINALS, Feature.SENTENCES, Feature.REFUSED, Feature.HISTORY, Feature.CONFLICTS, Feature.ABSENCES,
       Feature.PASSAGES, Feature.SOURCES, Feature.FILES, Feature.VERSIONS},
    write=write_conll,
    check=check_conll,
    options=(
        FormatOption(
            "flavour",
            "Columns",
            (
                (_PLAIN, "two, with one blank: INCEpTION and CoNLL 2002"),
                (_FOUR, "four, with a line before each document: Label Studio and CoNLL 2003"),
                (_TAB, "two, with a tab: doccano"),
            ),
        ),
    ),
    readme={
        "tags": f"A claim's tag is its verdict, “claim” without one, “suggestion” if nobody looked at it; {MARKS} has the rest.",
        "tokens": f"{TOKENS}: for each sentence its first line in every .conll file, and start and end of each token in the "
        f"text of {TEXTS}, in code points, end exclusive.",
    },
)  # fmt: skip
