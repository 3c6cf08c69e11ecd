"""brat: an annotation file with the text beside it, in a folder or an archive."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.annotation.marking import Marking, meta_of
from factdesk.exchange.annotation.standoff import Bound, Standoff, read_standoff
from factdesk.exchange.formats.brat import ARTICLES, CLAIM, PASSAGE, STANCES
from factdesk.exchange.kinds.plain import MEDIA_TYPE, decoded_text
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.given import GivenEvidence
from factdesk.model.spans import Span

_LINE = re.compile(
    rb"(?:\A|\n)(?:T\d+\t[^\s:]+ \d+ \d+(?:;\d+ \d+)*\t|R\d+\t\S+ \S+:[TE]\d+ \S+:[TE]\d+|E\d+\t\S+:T\d+)"
)
_STANCE_OF = {name: stance for stance, name in STANCES.items()}
_FIRST_BAD = 3


def looks_like_brat(head: bytes) -> bool:
    """Whether there is a line as brat writes them."""
    return _LINE.search(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_brat(file: SourceFile, options: ReadOptions) -> Iterator[Reading]:
    """The text beside the file, with its annotations."""
    stem = PurePosixPath(file.name).stem
    beside = file.beside(f"{stem}.txt")
    if beside is None:
        raise ImportRefusedError(
            f"{file.quoted} holds annotations of a text, “{stem}.txt”, which is not beside it.",
            "Put both files into one folder, or into one ZIP archive, and import that.",
        )
    decoded = decoded_text(beside, options)
    raw = decoded.text
    found = read_standoff(file.data.decode("utf-8-sig", "replace").split("\n"), raw)
    marking = Marking(raw)
    _take(marking, found)
    marking.told += _about_lines(found)
    reading = marking.reading(
        file,
        beside.data,
        _meta(file, f"{stem}.txt"),
        name=beside.name,
        media_type=MEDIA_TYPE,
        encoding=decoded.encoding,
        captured_at=beside.captured_at,
    )
    yield reading


def _take(marking: Marking, found: Standoff) -> None:
    passages: dict[str, Span] = {}
    keys: set[str] = set()
    names = {id_: name for group in found.same for id_ in group for name in [group[0]]}
    for id_, bound in found.bounds.items():
        span = marking.span(bound.span.start, bound.span.end)
        if span is None:
            continue
        attributes = found.attributes.get(id_, {})
        if bound.type == PASSAGE and any(first == id_ for _, first, _ in found.relations):
            passages[id_] = span
        elif bound.type == CLAIM or foreign_labels.is_claim_label(bound.type) or _verdict_word(attributes):
            keys.add(id_)
            _take_claim(marking, found, id_, span)
        else:
            entity = _name(marking, found.bounds.get(names.get(id_, "")))
            marking.mention(span, bound.type, entity, is_suggestion=_is_suggested(attributes))
    for kind, first, second in found.relations:
        if first in passages and second in keys:
            stance = _STANCE_OF.get(kind) or foreign_labels.stance_of(kind) or Stance.CONTEXT
            marking.evidence.append(GivenEvidence(second, EvidenceKind.PASSAGE, stance, span=passages[first]))


def _take_claim(marking: Marking, found: Standoff, id_: str, span: Span) -> None:
    attributes = found.attributes.get(id_, {})
    note = "\n".join(found.notes.get(id_, []))
    judgement = marking.verdict(_verdict_word(attributes), attributes.get("Reason", ""), note)
    is_suggestion = _is_suggested(attributes)
    marking.claim(span, id_, judgement, attributes.get("Kind", ""), is_suggestion=is_suggestion)


def _verdict_word(attributes: dict[str, str]) -> str:
    found = {name.casefold(): value for name, value in attributes.items()}
    return next((found[name] for name in ("verdict", "veracity", "factuality", "truth") if found.get(name)), "")


def _is_suggested(attributes: dict[str, str]) -> bool:
    return attributes.get("Status") == "suggested"


def _name(marking: Marking, bound: Bound | None) -> str:
    """What the first of several spellings says, for all of them."""
    return "" if bound is None else " ".join(each.of(marking.raw) for each in bound.fragments)


def _about_lines(found: Standoff) -> Iterator[str]:
    for number, reason in found.bad[:_FIRST_BAD]:
        yield f"Line {number} was left out: {reason}."
    if len(found.bad) > _FIRST_BAD:
        yield f"Further lines left out: {len(found.bad) - _FIRST_BAD:,}."
    if found.others:
        what = "1 event or reference was" if found.others == 1 else f"{found.others:,} events or references were"
        yield f"{what} left out: Factdesk has nothing like them."


def _meta(file: SourceFile, text_name: str) -> ArticleMeta | None:
    """What an export of ours says about the article."""
    about = file.beside(ARTICLES)
    if about is None:
        return None
    try:
        records = json.loads(about.data)
    except ValueError:
        return None
    known = [each for each in records if isinstance(each, dict)] if isinstance(records, list) else []
    return meta_of(next((each for each in known if each.get("file") == text_name), None))


IMPORTER = Importer("brat", "brat annotations", "text/x-brat", frozenset({".ann"}), read_brat, looks_like_brat)
