"""W3C Web Annotation: annotations in JSON-LD with the texts beside them, ours or other people's."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation.marking import Marking
from factdesk.exchange.annotation.web_marks import AnnotationMarks, Target, listed, targets_of
from factdesk.exchange.formats.web_annotation import SHA256
from factdesk.exchange.kinds.plain import decoded_text
from factdesk.exchange.readings import BadPart, Found, Importer, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta
from factdesk.model.ids import sha256
from factdesk.text.normalise import normalise

_LOOKS = re.compile(rb'ns/anno\.jsonld|"@?type"\s*:\s*\[?\s*"(?:oa:)?Annotation(?:Page|Collection)?"')
_META = (("dc:title", "title"), ("dc:publisher", "publisher"), ("dc:creator", "byline"), ("dc:date", "published_at"))


@dataclass(slots=True)
class _Source:
    """A text that annotations are about, as they name it."""

    target: Target
    file: SourceFile
    encoding: str
    marking: Marking


def looks_like_web_annotation(head: bytes) -> bool:
    """Whether it has the context or a type of the model."""
    return _LOOKS.search(head) is not None


def read_web_annotation(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """One article for each text, with all annotations on it."""
    try:
        root = json.loads(file.data)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(f"{file.quoted} is broken JSON ({error}).", "Export it again.") from error
    annotations = list(_annotations(root))
    sources, missing = _sources(file, annotations, options)
    if not sources:
        raise ImportRefusedError(
            f"{file.quoted} holds annotations, but none of the texts that they are about.",
            "Put each text beside it, under the name by which the annotations call it, and import it again.",
        )
    marks = AnnotationMarks({key: source.marking for key, source in sources.items()})
    for annotation in annotations:
        marks.take(annotation)
    marks.settle()
    for key, count in missing.items():
        yield BadPart(key, f"its text is not beside the file; annotations on it that were left out: {count:,}")
    for number, source in enumerate(sources.values(), 1):
        place = f"text {number}" if len(sources) > 1 else ""
        yield source.marking.reading(
            file, source.file.data, _meta(source.target), place, name=source.file.name, media_type="text/plain",
            encoding=source.encoding,
        )  # fmt: skip


def _sources(
    file: SourceFile, annotations: Sequence[Mapping[str, Any]], options: ReadOptions
) -> tuple[dict[str, _Source], Counter[str]]:
    """The texts by the keys of targets, and how many annotations are about each that is not there."""
    sources: dict[str, _Source] = {}
    missing: Counter[str] = Counter()
    for target in (target for annotation in annotations for target in targets_of(annotation)):
        if target.key in sources:
            continue
        found = None if target.key in missing else _source(file, target, options)
        if found is None:
            missing[target.key] += 1
        else:
            sources[target.key] = found
    return sources, missing


def _annotations(root: Any) -> Iterator[Mapping[str, Any]]:
    """Every annotation of a collection, a page, an array or a single one, however deep."""
    pending: deque[Any] = deque([root])
    while pending:
        each = pending.popleft()
        if isinstance(each, list):
            pending.extendleft(reversed(each))
        elif isinstance(each, dict):
            if "target" in each:
                yield each
            else:
                pending.extendleft(each[name] for name in ("@graph", "rows", "items", "first") if name in each)


def _source(file: SourceFile, target: Target, options: ReadOptions) -> _Source | None:
    """The text beside the file: the cached copy, else a file of the source's own name."""
    path = urlsplit(target.source).path if ":" in target.source else target.source
    for name in filter(None, (target.cached, path, unquote(path.rpartition("/")[2]))):
        beside = file.beside(name)
        if beside is None:
            continue
        decoded = decoded_text(beside, options)
        marking = Marking(decoded.text)
        told = target.state.get(SHA256)
        if isinstance(told, str) and told != sha256(normalise(decoded.text).encode()):
            marking.told.append(
                "The text is not the one that was annotated: its SHA-256 is another. Places were looked for anew."
            )
        return _Source(target, beside, decoded.encoding, marking)
    return None


def _meta(target: Target) -> ArticleMeta:
    about = target.about
    known = {ours: about[theirs] for theirs, ours in _META if isinstance(about.get(theirs), str)}
    language = next((each for each in listed(about.get("language")) if isinstance(each, str)), "")
    address = target.source if target.source.startswith(("http://", "https://")) else ""
    return ArticleMeta(url=address, language=language, **known)


IMPORTER = Importer(
    "web-annotation", "W3C Web Annotation", "application/ld+json", frozenset({".jsonld"}), read_web_annotation,
    looks_like_web_annotation,
)  # fmt: skip
