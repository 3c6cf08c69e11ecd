"""doccano: JSON Lines of texts with labelled spans, one file for each layer, or of whole cases with relations."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factdesk.exchange.annotation.mark_facts import article_head
from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, FormatOption, Group, Loss, Written
from factdesk.exchange.progress import Steps
from factdesk.exchange.reckoning import claims_in, mentions_in, suggested_mentions_in
from factdesk.model.claims import Claim, Status
from factdesk.model.spans import Span
from factdesk.text.clusters import pattern
from factdesk.text.units import Ruler, Unit, is_simple

UNITS = {"utf16": Unit.UTF16, "grapheme": Unit.GRAPHEMES}
ENTITIES, CLAIMS, RELATIONS = "entities.jsonl", "claims.jsonl", "relations.jsonl"
CLAIM, SUGGESTED = "claim", "suggested claim"
BETWEEN = "\n\n\n"  # articles of one case in one text

_OVERLAP = "Switch “Allow overlapping spans” on when the project is made"


@dataclass(frozen=True, slots=True)
class _Mark:
    id: str
    span: Span  # in the text of the record
    label: str


@dataclass(frozen=True, slots=True)
class _Text:
    """One line of a file."""

    file: str
    text: str
    marks: tuple[_Mark, ...]
    about: Mapping[str, Any]


def claim_label(claim: Claim) -> str:
    """The verdict where there is one, which “no verdict yet” is not."""
    return claim.verdict or (SUGGESTED if claim.status is Status.SUGGESTED else CLAIM)


def write_doccano(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the files of the chosen sort of project."""
    unit = UNITS[dataset.choice("unit")]
    written = odd = cut = 0
    lines: dict[str, list[str]] = {name: [] for name in _files(dataset)}
    for each in _texts(dataset, steps):
        ruler = Ruler(each.text, unit)
        odd += not is_simple(each.text)
        cut += sum(ruler.span(*ruler.measured(mark.span)) != mark.span for mark in each.marks)
        lines[each.file].append(json.dumps(_record(dataset, each, ruler, unit), ensure_ascii=False) + "\n")
        written += len(each.marks)
    for name, found in lines.items():
        out.joinpath(name).write_bytes("".join(found).encode())
    return Written(written, "spans", tuple(_notes(dataset, unit, odd, cut)))


def check_doccano(dataset: Dataset, out: Path) -> Checked:
    """Load every line by doccano's rules for spans, and cut the texts as doccano does."""
    unit = UNITS[dataset.choice("unit")]
    problems: list[str] = []
    count = kept = texts = 0
    files = {name: iter(out.joinpath(name).read_bytes().decode().split("\n")) for name in _files(dataset)}
    for expected in _texts(dataset, None):
        texts += 1
        record = json.loads(next(files[expected.file]))
        spans = record["label"] if "label" in record else record["entities"]
        found = [tuple(each) if isinstance(each, list) else _entity(each) for each in spans]
        place = f"{expected.file}, “{record['title'] or record['article']}”"
        if record["text"] != expected.text:
            problems.append(f"{place}: the text is not the article's")
        if any(not 0 <= start < end or not label for start, end, label in found):
            problems.append(f"{place}: a span has no start before its end, or no label")
        said = list(_sliced(record["text"], unit, [(start, end) for start, end, _ in found]))
        wanted = list(_whole(expected.text, unit, [mark.span for mark in expected.marks]))
        if said != wanted or [label for *_, label in found] != [mark.label for mark in expected.marks]:
            problems.append(f"{place}: a span does not say what the project's says")
        ids = {each["id"] for each in record.get("entities", [])}
        if any(not {each["from_id"], each["to_id"]} <= ids for each in record.get("relations", [])):
            problems.append(f"{place}: a relation names a span that is not there")
        count += len(found)
        kept += len(survivors(found))
    problems += [f"{name} has lines too much" for name, rest in files.items() if list(rest) != [""]]
    how = (
        f"Read again by the rules of doccano's import: {texts:,} texts, {count:,} spans, cut in {unit} and equal to those of the project. "
        f"{kept:,} of them stay where a project does not allow overlapping spans, {count:,} where it does."
    )
    return Checked(how, tuple(problems))


def survivors(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans that doccano keeps in a project that does not allow overlapping ones."""
    kept: list[tuple[int, int, str]] = []
    last = -1
    for each in sorted(spans, key=lambda span: span[0]):
        if each[0] >= last:
            last = each[1]
            kept.append(each)
    return kept


def _files(dataset: Dataset) -> tuple[str, ...]:
    return (RELATIONS,) if dataset.choice("project") == "relations" else (ENTITIES, CLAIMS)


def _texts(dataset: Dataset, steps: Steps | None) -> Iterator[_Text]:
    cases: dict[str, list[Document]] = {}
    for document in dataset.documents():
        if dataset.choice("project") == "relations":
            cases.setdefault(document.cases[0], []).append(document)
        else:
            yield _Text(ENTITIES, document.text, _mentions(document, 0), article_head(document.article))
            yield _Text(CLAIMS, document.text, _claims(document, 0), article_head(document.article))
        if steps is not None:
            steps.step()
    for name, documents in cases.items():
        yield _joined(name, documents)


def _joined(case: str, documents: list[Document]) -> _Text:
    marks: list[_Mark] = []
    parts: list[dict[str, Any]] = []
    at = 0
    for document in documents:
        parts.append(article_head(document.article) | {"start": at, "end": at + len(document.text)})
        marks += _mentions(document, at) + _claims(document, at)
        at += len(document.text) + len(BETWEEN)
    about = {"article": "", "title": case, "articles": parts}
    return _Text(RELATIONS, BETWEEN.join(document.text for document in documents), tuple(marks), about)


def _mentions(document: Document, at: int) -> tuple[_Mark, ...]:
    return tuple(
        _Mark(each.id, Span(each.span.start + at, each.span.end + at), each.label) for each in document.mentions
    )


def _claims(document: Document, at: int) -> tuple[_Mark, ...]:
    return tuple(
        _Mark(each.claim.id, Span(each.claim.span.start + at, each.claim.span.end + at), claim_label(each.claim))
        for each in document.claims
    )


def _record(dataset: Dataset, each: _Text, ruler: Ruler, unit: Unit) -> dict[str, Any]:
    """One line; the long text comes last, so that the beginning tells what it is."""
    places = [(*ruler.measured(mark.span), mark.label) for mark in each.marks]
    if each.file != RELATIONS:
        return {"label": [list(place) for place in places], **each.about, "unit": unit, "text": each.text}
    numbers = {mark.id: number for number, mark in enumerate(each.marks)}
    entities = [
        {"id": number, "start_offset": start, "end_offset": end, "label": label}
        for number, (start, end, label) in enumerate(places)
    ]
    relations = [
        {"from_id": numbers[link.claim_a], "to_id": numbers[link.claim_b], "type": link.relation}
        for link in dataset.links
        if link.claim_a in numbers and link.claim_b in numbers
    ]
    numbered = [{"id": number, **relation} for number, relation in enumerate(relations)]
    return {"entities": entities, "relations": numbered, **each.about, "unit": unit, "text": each.text}


def _entity(each: Mapping[str, Any]) -> tuple[int, int, str]:
    return each["start_offset"], each["end_offset"], each["label"]


def _sliced(text: str, unit: Unit, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What doccano shows at each place."""
    if unit is Unit.GRAPHEMES:
        graphemes = pattern(r"\X").findall(text)
        yield from ("".join(graphemes[start:end]) for start, end in places)
        return
    units = text.encode("utf-16-le")
    yield from (units[2 * start : 2 * end].decode("utf-16-le", "replace") for start, end in places)


def _whole(text: str, unit: Unit, spans: Sequence[Span]) -> Iterator[str]:
    """The words of each span, with the whole of every visible character that it cuts where those are counted."""
    if unit is not Unit.GRAPHEMES:
        yield from (span.of(text) for span in spans)
        return
    edges = [0, *(match.end() for match in pattern(r"\X").finditer(text))]
    yield from (
        text[edges[bisect_right(edges, span.start) - 1] : edges[bisect_left(edges, span.end)]] for span in spans
    )


def _notes(dataset: Dataset, unit: Unit, odd: int, cut: int) -> Iterator[str]:
    yield f"{_OVERLAP}: otherwise doccano drops overlapping ones without a word."
    if odd:
        box = "must be on" if unit is Unit.GRAPHEMES else "must be off"
        yield (
            f"{odd:,} texts have emoji or characters made of several. Positions count {unit}: the project's box "
            f"“Count grapheme clusters as one character” {box}, or the spans move."
        )
    if cut:
        yield f"{cut:,} spans that cut a visible character were widened to the whole of it."
    if dataset.choice("project") == "relations":
        yield "All articles of a case stand in one text, three line ends between them; “articles” says where each one is."


def _remarks(dataset: Dataset) -> list[Loss]:
    found: list[Loss] = []
    mentions, claims = mentions_in(dataset), claims_in(dataset)
    layers = [*mentions.values(), *claims.values()]
    if dataset.choice("project") == "relations":  # both in one text
        layers = [mentions.get(article.id, []) + claims.get(article.id, []) for article in dataset.articles]
    lost = sum(len(spans) - len(survivors([(*span, "") for span in spans])) for spans in layers)
    suggested = suggested_mentions_in(dataset)
    if lost:
        what = f"{lost:,} overlapping {'span' if lost == 1 else 'spans'}"
        found.append(Loss(what, f"doccano drops them unless the project allows them. {_OVERLAP}."))
    if suggested:
        what = f"{suggested:,} suggested {'mention' if suggested == 1 else 'mentions'} as such"
        found.append(Loss(what, "They look like accepted ones."))
    if dataset.choice("project") != "relations" and dataset.links:
        number = len(dataset.links)
        what = f"{number:,} {'link' if number == 1 else 'links'} between claims"
        found.append(Loss(what, "A project with relations can hold them."))
    return found


EXPORT = ExportFormat(
    name="doccano",
    title="doccano",
    suffix="",
    group=Group.TOOL,
    description="JSON Lines for doccano projects of the kinds sequence labelling or relation extraction; a claim's label is its verdict.",
    unit="UTF-16 units or graphemes",
    holds=frozenset({Feature.TEXTS, Feature.METADATA, Feature.MENTIONS, Feature.CLAIMS, Feature.OVERLAPS, Feature.SUGGESTIONS,
                     Feature.VERDICTS, Feature.CONFLICTS}),
    write=write_doccano,
    check=check_doccano,
    remarks=_remarks,
    options=(
        FormatOption("unit", "Positions count", (("utf16", "UTF-16 units"), ("grapheme", "graphemes")),
                     "doccano counts UTF-16 units, unless “Count grapheme clusters as one character” is on in the project."),
        FormatOption("project", "Kind of project", (("spans", "sequence labelling"), ("relations", "relation extraction")),
                     "Sequence labelling gets one file for entities and one for claims. Relation extraction gets whole cases, with links."),
    ),
    readme={"how_to_use": "Make a project of the kind chosen, allow overlapping spans, and import the JSONL file of one layer."},
)  # fmt: skip
