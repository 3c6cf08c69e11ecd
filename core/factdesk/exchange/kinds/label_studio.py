"""Label Studio: tasks as JSON, its full export and the short one (JSON-MIN), and tasks of ours with several articles."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation.label_results import TaskMarks, regions_of
from factdesk.exchange.annotation.marking import Marking, meta_of
from factdesk.exchange.kinds.plain import decoded_text
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.text.units import Ruler, Unit

_TASK = re.compile(rb'"(?:annotations|predictions|completions)"\s*:\s*\[\s*[\]{]')
_LABELS, _START = re.compile(rb'"labels"\s*:\s*\[\s*"'), re.compile(rb'"start"\s*:\s*\d')  # of the short export
_OPEN = re.compile(rb"\s*(?:\[\s*)?\{")
_META = ("title", "publisher", "byline", "url", "published_at", "language")


def looks_like_label_studio(head: bytes) -> bool:
    """Whether tasks stand in it, or the labels of the short export."""
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _OPEN.match(start) is None:
        return False
    is_task = _TASK.search(start) is not None and (b'"result"' in start or b'"data"' in start)
    return is_task or (_LABELS.search(start) is not None and _START.search(start) is not None)


def read_label_studio(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """One article for each text of each task."""
    text = decoded_text(file, options).text.removeprefix("\ufeff")
    try:
        tasks = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(f"{file.quoted} is broken JSON ({error}).", "Export it again.") from error
    tasks = tasks if isinstance(tasks, list) else [tasks]
    found = 0
    for number, task in enumerate(tasks, 1):
        place = f"task {number}"
        try:
            for reading in _readings(file, task, "" if len(tasks) == 1 else place):
                found += 1
                yield reading
        except (ImportRefusedError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            told = isinstance(error, (ImportRefusedError, ValueError))
            yield BadPart(place, str(error) if told else "its fields are not those of Label Studio")
    if not found:
        raise ImportRefusedError(f"{file.quoted} holds no text of Label Studio.", "Export the project as JSON again.")


def _readings(file: SourceFile, task: Any, place: str) -> Iterator[Reading]:
    data = task["data"] if isinstance(task.get("data"), dict) else task
    regions = regions_of(task)
    names = list(dict.fromkeys(region.text_name for region in regions if region.is_span))
    keys = {name: _key(data, name, [region for region in regions if region.text_name == name]) for name in names}
    texts = {**dict.fromkeys(keys.values()), **dict.fromkeys(_other_texts(data, has_marks=bool(keys)))}
    if not texts:
        raise ValueError("it has no text")
    markings = {key: Marking(data[key]) for key in texts}
    marks = TaskMarks(regions, {name: markings[key] for name, key in keys.items()})
    for name, key in keys.items():
        marks.rulers[name] = _ruler(markings[key], [region for region in regions if region.text_name == name])
    marks.take(data.get("links"))
    if marks.lost:
        what = "Labels of whole texts, of what is no plain text, or relations of no claims"
        next(iter(markings.values())).told.append(f"{what} were left out: {marks.lost:,}.")
    for number, (key, marking) in enumerate(markings.items(), 1):
        several = len(markings) > 1
        where = ", ".join(filter(None, (place, f"article {number}" if several else "")))
        whole = json.dumps(task, ensure_ascii=False).encode("utf-8", "surrogatepass") if place else file.data
        original = marking.raw.encode("utf-8", "surrogatepass") if several else whole
        yield marking.reading(file, original, meta_of(_about(data, key)), where)


def _key(data: Mapping[str, Any], name: str, regions: Sequence[Any]) -> str:
    """Which of the task's texts a tag of that name shows: its namesake, else the one that says what the regions say."""
    if isinstance(data.get(name), str):
        return name
    texts = [key for key, value in data.items() if isinstance(value, str) and value.strip()]
    if not texts:
        raise ValueError("it has no text")
    rulers = {key: Ruler(data[key], Unit.CODE_POINTS) for key in texts}
    hits = {key: sum(each.fits(data[key], rulers[key]) for each in regions) for key in texts}
    return max(texts, key=lambda key: (hits[key], key == "text", len(data[key])))


def _other_texts(data: Mapping[str, Any], *, has_marks: bool) -> list[str]:
    """Texts without marks: those of a task with several articles, or the only one."""
    numbered = [
        key for key in data if re.fullmatch(r"text\d+", key) and isinstance(data[key], str) and data[key].strip()
    ]
    if numbered or has_marks:
        return numbered
    texts = [key for key, value in data.items() if isinstance(value, str) and value.strip()]
    return ["text"] if "text" in texts else sorted(texts, key=lambda key: -len(data[key]))[:1]


def _ruler(marking: Marking, regions: Sequence[Any]) -> Ruler:
    """Label Studio counts code points; where the regions' words say otherwise, UTF-16 units."""
    spans = [each for each in regions if each.is_span and each.words]
    plain, wide = Ruler(marking.raw, Unit.CODE_POINTS), Ruler(marking.raw, Unit.UTF16)
    misses = sum(not each.fits(marking.raw, plain) for each in spans)
    if misses and sum(not each.fits(marking.raw, wide) for each in spans) < misses:
        marking.told.append("Its positions count UTF-16 units, as the words of the marks show.")
        return wide
    if misses:
        marking.told.append(f"{misses:,} marks say other words than the text has at their place; the place was taken.")
    return plain


def _about(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What the task says of one of its texts; of several, the fields have the text's number."""
    number = key.removeprefix("text") if key.startswith("text") else ""
    return {name: data.get(f"{name}{number}") for name in _META}


IMPORTER = Importer(
    "label-studio", "Label Studio", "application/json", frozenset({".json"}), read_label_studio, looks_like_label_studio
)
