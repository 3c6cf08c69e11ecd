"""doccano: JSON Lines (or an array) of texts with labelled spans, with or without relations."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factdesk.compare.anchors import is_cut
from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.annotation.marking import Marking, meta_of
from factdesk.exchange.formats.doccano import SUGGESTED
from factdesk.exchange.kinds.plain import decoded_text
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.model.given import GivenLink
from factdesk.model.spans import Span
from factdesk.text.units import Ruler, Unit, is_simple

_SPANS = re.compile(
    rb'"labels?"\s*:\s*\[\s*\[\s*\d+\s*,\s*\d+\s*,\s*"|"entities"\s*:\s*\[\s*\{[^{}]*"start_offset"'
    rb'|"unit"\s*:\s*"(?:UTF-16 units|graphemes)"'
)
_OBJECT = re.compile(rb"\s*(?:\[\s*)?\{")


@dataclass(frozen=True, slots=True)
class _Span:
    id: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One text of the file."""

    place: str
    text: str
    spans: tuple[_Span, ...]
    relations: tuple[tuple[str, str, str], ...]  # type, first, second
    record: Mapping[str, Any]
    data: bytes


def looks_like_doccano(head: bytes) -> bool:
    """Whether spans stand in it as doccano writes them."""
    start = head.removeprefix(b"\xef\xbb\xbf")
    return _OBJECT.match(start) is not None and _SPANS.search(start) is not None


def read_doccano(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """One article for each line, or for each part of a line that an export of ours joined."""
    found = list(_lines(file, decoded_text(file, options).text.removeprefix("\ufeff")))
    lines = [each for each in found if isinstance(each, _Line)]
    if not lines:
        raise ImportRefusedError(
            f"{file.quoted} holds no text with labels of doccano.", "Check that it is the right file."
        )
    unit, doubt = _unit_of(lines)
    for each in found:
        if isinstance(each, BadPart):
            yield each
            continue
        try:
            yield from _readings(file, each, unit, doubt, is_only=len(found) == 1)
        except ImportRefusedError as error:
            yield BadPart(each.place, error.message)


def _readings(file: SourceFile, line: _Line, unit: Unit, doubt: str, *, is_only: bool) -> Iterator[Reading]:
    parts = _parts(line)
    ruler = Ruler(line.text, unit)
    markings = [Marking(line.text[part.start : part.end]) for part, _ in parts]
    keys = _take(line, ruler, [part for part, _ in parts], markings)
    lost = 0
    for kind, first, second in line.relations:
        relation = foreign_labels.relation_of(kind)
        if relation is None or first not in keys or second not in keys or keys[first] == keys[second]:
            lost += 1
            continue
        key = f"{line.place} {{}}"
        markings[keys[first]].links.append(GivenLink(key.format(first), key.format(second), relation))
    if lost:
        markings[0].told.append(f"Relations that link no claims of two articles were left out: {lost:,}.")
    for number, ((_, record), marking) in enumerate(zip(parts, markings, strict=True), 1):
        is_whole = is_only and len(parts) == 1
        if doubt and not is_simple(marking.raw):
            marking.told.append(doubt)
        place = "" if is_whole else line.place if len(parts) == 1 else f"{line.place}, article {number}"
        original = (
            file.data if is_whole else line.data if len(parts) == 1 else marking.raw.encode("utf-8", "surrogatepass")
        )
        yield marking.reading(file, original, meta_of(record), place)


def _take(line: _Line, ruler: Ruler, parts: Sequence[Span], markings: Sequence[Marking]) -> dict[str, int]:
    """Every span into the part it lies in; gives the number of the part for each claim."""
    keys: dict[str, int] = {}
    for each in line.spans:
        place = ruler.span(each.start, each.end)
        inside = [number for number, part in enumerate(parts) if place is not None and part.contains(place)]
        if place is None or not inside:
            markings[0].span(-1, -1)  # counts it as lost
            continue
        number = inside[0]
        marking, at = markings[number], parts[number].start
        span = marking.span(place.start - at, place.end - at)
        if span is None:
            continue
        if _is_claim(each.label):
            keys[each.id] = number
            is_suggestion = each.label == SUGGESTED
            word = "" if foreign_labels.is_claim_label(each.label) or is_suggestion else each.label
            marking.claim(span, f"{line.place} {each.id}", marking.verdict(word), is_suggestion=is_suggestion)
        else:
            marking.mention(span, each.label)
    return keys


def _is_claim(label: str) -> bool:
    if foreign_labels.is_claim_label(label) or label == SUGGESTED:
        return True
    return foreign_labels.label_of(label) is None and foreign_labels.verdict_of(label) is not None


def _parts(line: _Line) -> list[tuple[Span, Mapping[str, Any]]]:
    """Where each article stands in the text, with what is known of it."""
    articles = line.record.get("articles")
    found: list[tuple[Span, Mapping[str, Any]]] = []
    for each in articles if isinstance(articles, list) else []:
        start, end = (each.get("start"), each.get("end")) if isinstance(each, dict) else (None, None)
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(line.text):
            found.append((Span(start, end), each))
    return found or [(Span(0, max(1, len(line.text))), line.record)]


def _unit_of(lines: Sequence[_Line]) -> tuple[Unit, str]:
    """What the positions count, and a sentence where that is not sure."""
    told = {line.record.get("unit") for line in lines}
    if len(told) == 1 and (known := next(iter(told))) in list(Unit):
        return Unit(known), ""
    odd = [line for line in lines if line.spans and not is_simple(line.text)]
    scores = {unit: sum(_fits(line, unit) for line in odd) for unit in (Unit.UTF16, Unit.GRAPHEMES, Unit.CODE_POINTS)}
    best = max(scores.values())
    if list(scores.values()).count(best) == 1 or not odd:
        return max(scores, key=lambda unit: scores[unit]), ""
    unit = next(unit for unit in scores if scores[unit] == best)
    return (
        unit,
        f"The text has emoji or characters made of several, and it is not sure what positions count: {unit} were taken. Check some marks.",
    )


def _fits(line: _Line, unit: Unit) -> int:
    """How many spans begin and end with whole words."""
    ruler = Ruler(line.text, unit)
    places = [ruler.span(each.start, each.end) for each in line.spans]
    return sum(
        place is not None and place.of(line.text).strip() == place.of(line.text) and not is_cut(line.text, place)
        for place in places
    )


# lines ----------------------------------------------------------------------------------------------------------------


def _lines(file: SourceFile, text: str) -> Iterator[_Line | BadPart]:
    if text.lstrip().startswith("["):
        try:
            records = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ImportRefusedError(f"{file.quoted} is broken JSON ({error}).", "Export it again.") from error
        for number, record in enumerate(records, 1):
            yield _line(
                record, f"text {number}", json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
            )
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield BadPart(f"line {number}", f"it is no JSON ({error})"[:200])
            continue
        yield _line(record, f"line {number}", line.encode("utf-8", "surrogatepass"))


def _line(record: Any, place: str, data: bytes) -> _Line | BadPart:
    if not isinstance(record, dict):
        return BadPart(place, "it is no object")
    text = next((record[name] for name in ("text", "data") if isinstance(record.get(name), str)), None)
    if not text:
        return BadPart(place, "it has no text")
    spans: list[_Span] = []
    labels: list[Any] = next(
        (record[name] for name in ("label", "labels", "entities") if isinstance(record.get(name), list)), []
    )
    for number, each in enumerate(labels):
        found = _span(each, number)
        if found is None:
            return BadPart(place, f"label {number + 1} has no start, end and name")
        spans.append(found)
    relations = record.get("relations")
    pairs = [each for each in relations if isinstance(each, dict)] if isinstance(relations, list) else []
    named = tuple((str(each.get("type", "")), str(each.get("from_id")), str(each.get("to_id"))) for each in pairs)
    return _Line(place, text, tuple(spans), named, record, data)


def _span(each: Any, number: int) -> _Span | None:
    if isinstance(each, dict):
        parts = (each.get("start_offset"), each.get("end_offset"), each.get("label"))
        name = str(each.get("id", number))
    elif isinstance(each, list) and len(each) == 3:
        parts, name = (each[0], each[1], each[2]), str(number)
    else:
        return None
    start, end, label = parts
    if isinstance(start, int) and isinstance(end, int) and isinstance(label, str):
        return _Span(name, start, end, label)
    return None


IMPORTER = Importer(
    "doccano", "doccano", "application/x-ndjson", frozenset({".jsonl", ".json"}), read_doccano, looks_like_doccano
)
