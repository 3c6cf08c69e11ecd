"""WebAnno TSV 3.3: a folder with a file for each article, for INCEpTION and its older relatives."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from factdesk.exchange.annotation.tokens import Tokenised, tokenised
from factdesk.exchange.annotation.uima import (
    CLAIM,
    HOLDS,
    NAMED_ENTITY,
    claim_values,
    entity_values,
    file_names,
    lost_on_mentions,
    write_beside,
)
from factdesk.exchange.annotation.webanno import HEAD, LAYERS, Parsed, as_units, escape_text, escape_value, parse_tsv
from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import Checked, ExportFormat, Group, Loss, Written
from factdesk.exchange.progress import Steps
from factdesk.model.spans import Span
from factdesk.ops.wording import counted
from factdesk.text.offsets import Utf16Map


@dataclass(slots=True)
class Mark:
    """One annotation: its layer, the values of its features, its tokens, and its number where it needs one."""

    layer: str
    values: Mapping[str, Any]
    numbers: range
    number: int = 0


@dataclass(slots=True)
class Counts:
    """What was written and what had to be changed."""

    claims: int = 0
    cut: int = 0
    trimmed: int = 0
    blank: int = 0

    def notes(self) -> tuple[str, ...]:
        """The changes, as sentences."""
        notes = {
            f"Cut where a mark begins or ends: {counted(range(self.cut), 'token')}.": self.cut,
            f"Without the spaces at their edges: {counted(range(self.trimmed), 'mark')}.": self.trimmed,
            f"Left out, because they hold only spaces: {counted(range(self.blank), 'mark')}.": self.blank,
        }
        return tuple(note for note, number in notes.items() if number)


def write_webanno_tsv(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write every article."""
    count = Counts()
    for name, document in file_names(dataset, ".tsv"):
        found = tokenised(document)
        text = "".join(_lines(document, found, _marks(document, found, count)))
        (out / name).write_bytes(text.encode())
        count.cut += found.cut
        steps.step()
    write_beside(dataset, out, "The format is “WebAnno TSV v3.3”. Both layers must be there before.")
    return Written(count.claims, "claims", count.notes())


def _marks(document: Document, found: Tokenised, count: Counts) -> list[Mark]:
    """All annotations in text order, numbered where they have several tokens or share one."""
    marks = []
    for layer, span, values in _annotations(document):
        numbers = found.covering(span)
        if not numbers:
            count.blank += 1
            continue
        count.trimmed += not found.fits(span)
        count.claims += layer == CLAIM
        marks.append(Mark(layer, values, numbers))
    marks.sort(key=lambda mark: (mark.numbers.start, -len(mark.numbers)))
    shared = Counter((mark.layer, number) for mark in marks for number in mark.numbers)
    numbered = [m for m in marks if len(m.numbers) > 1 or shared[m.layer, m.numbers[0]] > 1]
    for number, mark in enumerate(numbered, 1):
        mark.number = number
    return marks


def _annotations(document: Document) -> Iterator[tuple[str, Span, Mapping[str, Any]]]:
    """Layer, place and features of every mark."""
    for mention in document.mentions:
        yield NAMED_ENTITY, mention.span, entity_values(mention)
    for each in document.claims:
        yield CLAIM, each.claim.span, claim_values(each)


def _lines(document: Document, found: Tokenised, marks: Sequence[Mark]) -> Iterator[str]:
    at: dict[tuple[str, int], list[Mark]] = {}
    for mark in marks:
        for number in mark.numbers:
            at.setdefault((mark.layer, number), []).append(mark)
    units = Utf16Map(document.text)
    yield HEAD
    number = 0
    for place, sentence in enumerate(found.sentences, 1):
        yield f"\n#Text={escape_text(sentence.span.of(document.text))}\n"
        for index, token in enumerate(sentence.tokens, 1):
            columns = [
                "|".join(_cell(mark, feature) for mark in at.get((layer, number), ())) or "_"
                for layer, features in LAYERS.items()
                for feature in features
            ]
            places = f"{units.to_utf16(token.start)}-{units.to_utf16(token.end)}"
            yield "\t".join([f"{place}-{index}", places, token.of(document.text), *columns]) + "\t\n"
            number += 1


def _cell(mark: Mark, feature: str) -> str:
    value = mark.values[feature]
    text = "*" if value is None else escape_value(str(value))
    return f"{text}[{mark.number}]" if mark.number else text


def _rebuilt(text: str, found: Tokenised) -> str:
    """The text as INCEpTION makes it of the sentences: one line end after each, then blanks up to the next."""
    if not found.sentences:
        return ""
    spans = [sentence.span for sentence in found.sentences]
    units = Utf16Map(text)
    parts = [" " * spans[0].start]
    for span, following in pairwise([*spans, None]):
        gap = units.to_utf16(following.start) - units.to_utf16(span.end) if following and span else 1
        parts += [span.of(text) if span else "", ("\n" + " " * (gap - 1))[:gap]]
    return "".join(parts)


def remarks(dataset: Dataset) -> list[Loss]:
    """What is lost beside the usual."""
    because = "The format has one line end and blanks there; no position changes."
    return [*lost_on_mentions(dataset), Loss("Tabs, empty lines and other spaces between sentences", because)]


# -- check ----------------------------------------------------------------------------------------------------------


def check_webanno_tsv(dataset: Dataset, out: Path) -> Checked:
    """Read every file by the rules of INCEpTION's reader and compare it with the articles."""
    problems: list[str] = []
    files = marks = 0
    for name, document in file_names(dataset, ".tsv"):
        files += 1
        found = tokenised(document)
        try:
            parsed = parse_tsv((out / name).read_bytes().decode()) if found.sentences else Parsed()
        except ValueError as error:
            problems.append(f"{name}: {error}")
            continue
        marks += len(parsed.marks)
        problems += [f"{name}: {problem}" for problem in _problems(document, found, parsed)]
    how = (
        f"Read again by the rules of INCEpTION's reader: {files:,} files, {marks:,} annotations "
        "with the places, quotes and features of the project."
    )
    return Checked(how, tuple(problems))


def _problems(document: Document, found: Tokenised, parsed: Parsed) -> Iterator[str]:
    units = Utf16Map(document.text)
    rebuilt = _rebuilt(document.text, found)
    read = parsed.units
    if read != as_units(rebuilt):
        yield "the text is another one"
        return
    told = [[(start, end) for start, end, _ in sentence] for sentence in parsed.sentences]
    wanted = [
        [(units.to_utf16(token.start), units.to_utf16(token.end)) for token in sentence.tokens]
        for sentence in found.sentences
    ]
    if told != wanted:
        yield "a token is not at its place"
    for sentence in parsed.sentences:
        for start, end, form in sentence:
            if read[start:end] != as_units(form):
                yield f"the token {form!r} is not the text at {start}–{end}"
    yield from _mark_problems(document, found, parsed)


def _mark_problems(document: Document, found: Tokenised, parsed: Parsed) -> Iterator[str]:
    units = Utf16Map(document.text)

    def fact(layer: str, span: Span, values: Mapping[str, Any]) -> tuple[Any, ...]:
        numbers = found.covering(span)
        ends = found.tokens[numbers[0]].start, found.tokens[numbers[-1]].end
        told = {name: None if value is None else str(value) for name, value in values.items()}
        return layer, *map(units.to_utf16, ends), *(_line_ends(told[name]) for name in LAYERS[layer])

    wanted = Counter(
        fact(layer, span, values) for layer, span, values in _annotations(document) if found.covering(span)
    )
    known = Counter(
        (mark["layer"], mark["start"], mark["end"], *(mark[name] for name in LAYERS[mark["layer"]]))
        for mark in parsed.marks
    )
    for layer, start, end, *_ in wanted - known:
        yield f"{layer.rpartition('.')[2]} at {start}–{end} is not there"
    if known - wanted:
        yield "there is more in it than in the project"


def _line_ends(value: str | None) -> str | None:
    return value and value.replace("\r\n", "\n").replace("\r", "\n")


EXPORT = ExportFormat(
    name="webanno-tsv",
    title="WebAnno TSV 3.3",
    suffix="",
    group=Group.TOOL,
    description="For INCEpTION, which calls this format outdated: a .tsv file for each article. UIMA CAS XMI keeps more.",
    unit="UTF-16 units",
    holds=HOLDS,
    write=write_webanno_tsv,
    check=check_webanno_tsv,
    remarks=remarks,
    readme={"loading": f"Import claim-layer.json into INCEpTION first: without {CLAIM} it refuses the files."},
)
