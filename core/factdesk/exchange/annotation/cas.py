"""Articles as a UIMA CAS, made and read again with dkpro-cassis, which counts UTF-16 units as UIMA does."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factdesk.exchange.annotation.mark_facts import article_facts
from factdesk.exchange.annotation.tokens import tokenised
from factdesk.exchange.annotation.uima import (
    ARTICLE,
    ARTICLE_FIELD,
    CLAIM,
    CLAIM_FEATURES,
    NAMED_ENTITY,
    SENTENCE,
    TOKEN,
    claim_values,
    entity_values,
    range_of,
)
from factdesk.exchange.dataset import Document
from factdesk.ops.wording import counted

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not."""

_FIELDS = ("publisher", "byline", "published_at", "text_sha256", "origin")


def type_system() -> "TypeSystem":
    """The types of our articles: those of DKPro, and claims."""
    from cassis import TypeSystem

    types = TypeSystem()
    annotation, string = "uima.tcas.Annotation", "uima.cas.String"
    features = {
        SENTENCE: (annotation, {}),
        TOKEN: (annotation, {}),
        NAMED_ENTITY: (annotation, dict.fromkeys(("identifier", "value"), string)),
        ARTICLE: (
            "uima.tcas.DocumentAnnotation",
            dict.fromkeys(("documentTitle", "documentId", "documentUri"), string),
        ),
        ARTICLE_FIELD: (annotation, dict.fromkeys(("key", "value"), string)),
        CLAIM: (annotation, {name: range_of(name) for name in CLAIM_FEATURES}),
    }
    for name, (parent, fields) in features.items():
        made = types.create_type(name=name, supertypeName=parent)
        for field, kind in fields.items():
            types.create_feature(made, name=field, rangeType=kind)
    return types


@dataclass(slots=True)
class CasCounts:
    """What was written and what had to be changed."""

    claims: int = 0
    cut: int = 0
    replaced: int = 0


def cas_of(types: "TypeSystem", document: Document, count: CasCounts, *, for_xml: bool) -> "Cas":
    """An article as a CAS; for XML, characters that it cannot hold are replaced by as many spaces."""
    from cassis import Cas

    found = tokenised(document)
    count.claims += len(document.claims)
    count.cut += found.cut
    text = document.text
    if for_xml:
        text, replaced = ILLEGAL.subn(" ", text)
        count.replaced += replaced
    cas = Cas(typesystem=types)
    cas.sofa_string = text
    cas.sofa_mime = "text/plain"
    for name, start, end, values in _annotations(document, for_xml=for_xml):
        cas.add(types.get_type(name)(begin=start, end=end, **values))
    for name, spans in ((SENTENCE, (sentence.span for sentence in found.sentences)), (TOKEN, found.tokens)):
        made = types.get_type(name)
        cas.add_all([made(begin=span.start, end=span.end) for span in spans])
    return cas


def _annotations(document: Document, *, for_xml: bool) -> Iterator[tuple[str, int, int, dict[str, Any]]]:
    """Type, start, end and features of everything but sentences and tokens."""
    facts, length = article_facts(document), len(document.text)
    about = {"documentTitle": facts["title"], "documentId": facts["id"], "documentUri": facts["url"]}
    language = facts["language"] or "x-unspecified"
    yield ARTICLE, 0, length, _legal({**about, "language": language}, for_xml=for_xml)
    for key in _FIELDS:
        if facts[key]:
            yield ARTICLE_FIELD, 0, length, _legal({"key": key, "value": facts[key]}, for_xml=for_xml)
    for mention in document.mentions:
        values = _legal(entity_values(mention), for_xml=for_xml)
        yield NAMED_ENTITY, mention.span.start, mention.span.end, values
    for each in document.claims:
        yield CLAIM, each.claim.span.start, each.claim.span.end, _legal(claim_values(each), for_xml=for_xml)


def _legal(values: dict[str, Any], *, for_xml: bool) -> dict[str, Any]:
    """Features without characters that XML cannot hold, and None for what is empty."""
    found = {name: None if value == "" else value for name, value in values.items()}
    if for_xml:
        return {name: ILLEGAL.sub(" ", value) if isinstance(value, str) else value for name, value in found.items()}
    return found


def problems_of(cas: "Cas", document: Document, *, for_xml: bool) -> Iterator[str]:
    """What a CAS that was loaded again has other than the article: its text, places, quotes and features."""
    text = ILLEGAL.sub(" ", document.text) if for_xml else document.text
    if cas.sofa_string != text:
        yield "the text is another one"
        return
    found = tokenised(document)
    wanted = Counter(
        (name, start, end, text[start:end], tuple(sorted(map(repr, values.items()))))
        for name, start, end, values in _annotations(document, for_xml=for_xml)
    )
    known: Counter[Any] = Counter()
    features = {
        ARTICLE: ("documentTitle", "documentId", "documentUri", "language"),
        ARTICLE_FIELD: ("key", "value"),
        NAMED_ENTITY: ("identifier", "value"),
        CLAIM: tuple(CLAIM_FEATURES),
    }
    for name, fields in features.items():
        for each in cas.select(name):
            values = tuple(sorted(repr((field, each.get(field))) for field in fields))
            known[name, each.begin, each.end, each.get_covered_text(), values] += 1
    for name, start, end, quote, _ in wanted - known:
        yield f"{name.rpartition('.')[2]} {quote[:40]!r} at {start}–{end} is not there"
    if known - wanted:
        yield "there is more in it than in the project"
    for name, spans in ((SENTENCE, [each.span for each in found.sentences]), (TOKEN, list(found.tokens))):
        if [(each.begin, each.end) for each in cas.select(name)] != [(span.start, span.end) for span in spans]:
            yield f"a {name.rpartition('.')[2].lower()} is not at its place"


def notes_of(count: CasCounts) -> tuple[str, ...]:
    """What was changed on the way, as sentences."""
    notes = {
        f"Cut where a mark begins or ends: {counted(range(count.cut), 'token')}.": count.cut,
        f"Replaced by a space, because XML cannot hold it: {counted(range(count.replaced), 'character')}.": count.replaced,
    }
    return tuple(note for note, number in notes.items() if number)
