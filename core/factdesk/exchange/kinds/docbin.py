"""spaCy's DocBin: each Doc as an article, its entities and spans as marks.

A `.spacy` file is zlib over msgpack. Neither runs code: srsly's msgpack knows plain values and numpy arrays of plain
numbers (objects, which would need pickle, numpy refuses to make from bytes), and spaCy reads `user_data` with it too.
What can happen is a file that unfolds without end, so it is unfolded here first and counted. Of `user_data` only our own
part is looked at, and every value in it is checked.
"""

import gc
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.annotation.mark_facts import SUGGESTION, UNDECIDED, given_claim, given_mention, take_labelled
from factdesk.exchange.annotation.marking import Marking, meta_of
from factdesk.exchange.formats.docbin import KEY, VERSION
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.model.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

MEDIA_TYPE = "application/x-spacy-docbin"
LARGEST = 300 * 1024 * 1024
"""Bytes that a file may unfold to."""

_STEP = 1 << 20
_PARTS = ("tokens", "spaces", "cats", "span_groups", "user_data", "flags")
_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, OverflowError, RecursionError)
_CLAIMS = "claims"


def looks_like_docbin(head: bytes) -> bool:
    """Whether it begins with a packed map that names its version and attributes."""
    try:
        begin = zlib.decompressobj().decompress(head, 256)
    except zlib.error:
        return False
    return b"\xa7version" in begin[:16] and b"\xa5attrs" in begin


def read_docbin(file: SourceFile, _options: ReadOptions) -> Iterator[Found]:
    """All Docs, one after the other; one that is broken is told."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    _check_size(file)
    try:
        packed, vocab = DocBin().from_bytes(file.data), Vocab()
    except _BROKEN as error:
        raise _refused(file, error) from error
    finally:
        gc.enable()  # srsly leaves it off when it fails
    if not packed.tokens:
        raise ImportRefusedError(f"{file.quoted} holds no document.", "There is nothing to import from it.")
    count = 0
    for number in range(len(packed.tokens)):
        place = f"document {number + 1}" if len(packed.tokens) > 1 else ""
        try:
            doc = _doc(packed, number, vocab)
            reading = _reading(file, doc, place)
        except ImportRefusedError:
            yield BadPart(place or "document 1", "its text has no word")
            continue
        except _BROKEN as error:
            yield BadPart(place or "document 1", f"it is damaged ({_reason(error)})")
            continue
        finally:
            gc.enable()
        count += 1
        yield reading
    if not count:
        raise ImportRefusedError(f"No document in {file.quoted} can be read.", "It may be damaged.")


def _check_size(file: SourceFile) -> None:
    unfolding, size, data = zlib.decompressobj(), 0, file.data
    try:
        while data and not unfolding.eof and size <= LARGEST:
            size += len(unfolding.decompress(data, _STEP))
            data = unfolding.unconsumed_tail
    except zlib.error as error:
        raise _refused(file, error) from error
    if size > LARGEST:
        raise ImportRefusedError(f"{file.quoted} unfolds to more than {LARGEST >> 20} MB.", "Split it.")
    if not unfolding.eof:
        raise ImportRefusedError(f"{file.quoted} is cut off.", "Copy it again.")


def _refused(file: SourceFile, error: Exception) -> ImportRefusedError:
    return ImportRefusedError(
        f"{file.quoted} is no spaCy DocBin that can be read ({_reason(error)}).", "Save it with spaCy 3."
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _doc(packed: "DocBin", number: int, vocab: "Vocab") -> "Doc":
    """One Doc of many, so that a broken one does not stop the others."""
    one = copy(packed)
    for part in _PARTS:
        setattr(one, part, getattr(packed, part)[number : number + 1])
    doc: Doc = next(iter(one.get_docs(vocab)))
    packed.strings = set()  # the vocabulary knows them now
    return doc


def _reading(file: SourceFile, doc: "Doc", place: str) -> Reading:
    marking = Marking(doc.text)
    facts = _own_facts(doc, marking)
    if facts is None and doc.has_unknown_spaces:
        marking.told.append("The file does not say where spaces are: its words were joined with one each.")
    for group, label, id_, place_ in _spans(doc):
        span = marking.span(*place_)
        if span is not None and not _take_own(marking, facts, group, label, id_):
            take_labelled(marking, label, span, among_claims=foreign_labels.is_claim_label(group))
    marking.mentions = list(dict.fromkeys(marking.mentions))  # an entity is often in a group too
    meta = meta_of(facts["article"]) if facts else None
    original = file.data if not place else _alone(doc)
    return marking.reading(file, original, meta, place, media_type=MEDIA_TYPE)


def _alone(doc: "Doc") -> bytes:
    """A file with this Doc only."""
    from spacy.tokens import DocBin

    return DocBin(store_user_data=True, docs=[doc]).to_bytes()


def _spans(doc: "Doc") -> Iterator[tuple[str, str, str, tuple[int, int]]]:
    """Group, label, id and place of every span; entities are the group "ents"."""
    for name, group in doc.spans.items():
        for number in range(len(group)):
            try:
                span = group[number]
            except (IndexError, ValueError):  # it lies outside the Doc
                yield str(name), "", "", (0, 0)
            else:
                yield str(name), span.label_, span.id_, _place(doc, span.start, span.end)
    for entity in doc.ents:
        yield "ents", entity.label_, entity.ent_id_, _place(doc, entity.start, entity.end)


def _place(doc: "Doc", start: int, end: int) -> tuple[int, int]:
    """Characters from one token to another; (0, 0), which is no place, for numbers that the Doc does not have."""
    if not 0 <= start < end <= len(doc):
        return 0, 0
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _own_facts(doc: "Doc", marking: Marking) -> Mapping[str, Any] | None:
    """What an export of ours says about this very text; None for anything else."""
    facts = doc.user_data.get(KEY)
    digest = hashlib.sha256(marking.text.encode()).hexdigest()
    is_ours = (
        isinstance(facts, dict)
        and facts.get("version") == VERSION
        and isinstance(facts.get("article"), dict)
        and facts["article"].get("text_sha256") == digest
    )
    return facts if is_ours else None


def _take_own(marking: Marking, facts: Mapping[str, Any] | None, group: str, label: str, id_: str) -> bool:
    """Take over a mark as our own data tells it; False when there are none, or the label was changed since."""
    told = (facts or {}).get("mentions" if group == "ents" else group)
    fact = told.get(id_) if isinstance(told, dict) else None
    if not isinstance(fact, dict):
        return False
    try:
        span = Span(fact["start"], fact["end"])
        if fact["quote"] != span.of(marking.text):
            return False
        if group != _CLAIMS:
            own = given_mention(fact, span)
            marking.mentions += [own] if label == own.label else []
            return label == own.label
        claim = given_claim(fact, span)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    verdict = claim.judgement.verdict
    expected = verdict.value if verdict else SUGGESTION if claim.is_suggestion else UNDECIDED
    marking.claims += [claim] if label == expected else []
    return label == expected


IMPORTER = Importer(
    "docbin", "spaCy DocBin", MEDIA_TYPE, frozenset({".spacy"}), read_docbin, looks_like_docbin
)  # fmt: skip
