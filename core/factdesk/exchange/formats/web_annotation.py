"""W3C Web Annotation: one collection in JSON-LD whose targets quote and count, with copies of the texts they are about."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from factdesk import __version__
from factdesk.exchange.dataset import Dataset, Document, ExportClaim, Whose
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, Group, Loss, Written
from factdesk.exchange.progress import Steps
from factdesk.exchange.reckoning import evidence_in
from factdesk.model.claims import Claim, Judgement, Status
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.model.spans import Span
from factdesk.text.clusters import cluster_end, cluster_start

PAGE, TEXTS = "annotations.jsonld", "texts"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VERDICT, REASON, CONFIDENCE, KIND, STATUS = "verdict", "reason", "confidence", "kind", "status"
NOTE, NORMALISED, LABEL, ENTITY, RELATION, STANCE = "note", "in plain words", "label", "entity", "relation", "stance"
CLAIM = "claim"
ARTICLE, SHA256 = "schema:identifier", "schema:sha256"
_AROUND = 32  # code points of context on each side of a quotation, about
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")

Json = dict[str, Any]


def write_web_annotation(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the collection, and the texts unless only positions are wanted."""
    if dataset.options.with_text:
        out.joinpath(TEXTS).mkdir()
    items: list[Json] = []
    documents = {document.article.id: document for document in dataset.documents()}
    for document in documents.values():
        if dataset.options.with_text:
            out.joinpath(_cached(document)).write_bytes(document.text.encode())
        items += _Maker(dataset, document, documents).annotations()
        steps.step()
    items += _links(dataset, documents)
    collection = {
        "@context": CONTEXT,
        "id": "urn:factdesk:annotations",
        "type": "AnnotationCollection",
        "label": "; ".join(case.name for case in dataset.cases),
        **({"rights": dataset.options.licence} if _is_address(dataset.options.licence) else {}),
        "generator": {"id": "urn:factdesk", "type": "Software", "name": f"Factdesk {__version__}"},
        "total": len(items),
        "first": {"id": "urn:factdesk:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
        "last": "urn:factdesk:annotations:1",
    }
    text = json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
    out.joinpath(PAGE).write_text(text, encoding="utf-8", newline="\n")
    return Written(len(items), "annotations")


def check_web_annotation(dataset: Dataset, out: Path) -> Checked:
    """Resolve every selector against the text: the quotation, what is around it, and the place must agree."""
    collection = json.loads(out.joinpath(PAGE).read_text(encoding="utf-8"))
    items = collection["first"]["items"]
    texts = {document.article.id: document for document in dataset.documents()}
    problems: list[str] = []
    found: Counter[tuple[str, str, int, int]] = Counter()
    selectors = 0
    for item in items:
        for part in _specific(item):
            document = texts.get(part["source"][ARTICLE])
            if document is None:
                problems.append(f"{item['id']} is about {part['source']['id']}, which is not exported")
                continue
            selectors += 1
            problems += [f"{item['id']}: {fault}" for fault in _faults(dataset, out, document, part)]
        if isinstance(item["target"], dict):
            place = _position(item["target"]["selector"])
            found[item["id"].split(":")[2], item["target"]["source"][ARTICLE], place["start"], place["end"]] += 1
    wanted = {("mention", each, mark.span.start, mark.span.end) for each in texts for mark in texts[each].mentions}
    wanted |= {
        ("claim", each, one.claim.span.start, one.claim.span.end) for each in texts for one in texts[each].claims
    }
    if {key for key in found if key[0] in {"claim", "mention"}} != wanted:
        problems.append("the annotations have other spans than the project")
    if len({item["id"] for item in items}) != len(items) or collection["total"] != len(items):
        problems.append("an id is there twice, or the number of annotations is wrong")
    sure = "quotations, their surroundings and places agree with the texts" if dataset.options.with_text else (
        "places are those of the project; there are no quotations"
    )  # fmt: skip
    return Checked(
        f"Read again: {len(items):,} annotations, {selectors:,} selectors resolved; {sure}.", tuple(problems)
    )


class _Maker:
    """The annotations of one article."""

    def __init__(self, dataset: Dataset, document: Document, documents: Mapping[str, Document]) -> None:
        self._dataset = dataset
        self._document = document
        self._documents = documents

    def annotations(self) -> Iterator[Json]:
        """Mentions, claims with the verdicts on them, and their evidence."""
        for mention in self._document.mentions:
            thing = self._dataset.entities.get(mention.entity_id or "")
            bodies = [_body(LABEL, mention.label, "tagging"), *_status(mention.status)]
            if thing is not None and self._dataset.options.with_text:
                bodies.append(_body(ENTITY, thing.name, "identifying"))
            target = target_of(self._dataset, self._document, mention.span)
            yield _annotation("mention", mention.id, "tagging", bodies, target, self._made_by(mention.made_by))
        for whole in self._document.claims:
            yield from self._of_claim(whole)

    def _of_claim(self, whole: ExportClaim) -> Iterator[Json]:
        claim = whole.claim
        target = target_of(self._dataset, self._document, claim.span)
        signed = _by(claim.decided_by, claim.decided_at) or self._made_by(claim.made_by)
        bodies = [_body("", CLAIM, "tagging"), _body(KIND, claim.kind, "classifying"), *_status(claim.status)]
        if claim.normalised:
            bodies.append(_body(NORMALISED, claim.normalised, "describing"))
        motivation = "highlighting" if claim.verdict is None else "assessing"
        yield _annotation("claim", claim.id, motivation, [*bodies, *_judged(claim.judgement)], target, signed)
        number = 0
        for opinion in whole.opinions if self._dataset.options.whose is Whose.ALL else ():
            if (opinion.reviewer, opinion.judgement.verdict) == (claim.decided_by, claim.verdict):
                continue
            number += 1
            signed = _by(opinion.reviewer, opinion.decided_at)
            bodies = [_body("", CLAIM, "tagging"), *_judged(opinion.judgement)]
            yield _annotation("claim", f"{claim.id}:{number}", "assessing", bodies, target, signed)
        for evidence in whole.evidence:
            yield from self._of_evidence(claim, evidence, target)

    def _of_evidence(self, claim: Claim, evidence: Evidence, target: Json) -> Iterator[Json]:
        resource = self._resource(evidence)
        if resource is None:
            return
        bodies = [resource, _body(STANCE, evidence.stance, "classifying")]
        if evidence.note and evidence.kind is not EvidenceKind.NOTE:
            bodies.append(_body(NOTE, evidence.note, "commenting"))
        signed = _by(evidence.made_by, evidence.captured_at)
        target = target | {"id": f"urn:factdesk:claim:{claim.id}"}
        yield _annotation("evidence", evidence.id, "linking", bodies, target, signed)

    def _resource(self, evidence: Evidence) -> Json | None:
        known = {"dc:publisher": evidence.source, "dc:date": evidence.published_at}
        about = {name: value for name, value in known.items() if value}
        if evidence.kind is EvidenceKind.PASSAGE:
            document = self._documents.get(evidence.article_id or "")
            if document is None or evidence.span is None:
                return None
            return target_of(self._dataset, document, evidence.span) | {"purpose": "linking"}
        if _is_address(evidence.url):
            quote = {"selector": {"type": "TextQuoteSelector", "exact": evidence.quote}} if evidence.quote else {}
            return {"type": "SpecificResource", "source": evidence.url, "purpose": "linking"} | quote | about
        if evidence.file is not None:
            name = {"label": evidence.file.name, "format": evidence.file.media_type}
            return {"id": f"urn:sha256:{evidence.file.sha256}", "type": "Text"} | name | about
        words = "\n".join(filter(None, (evidence.quote, evidence.url, evidence.note)))
        return _body("evidence", words, "describing") | about

    def _made_by(self, name: str) -> Json:
        return {"creator": {"type": "Software", "name": "Factdesk"}} if name == "machine" else _by(name, "")


def target_of(dataset: Dataset, document: Document, span: Span) -> Json:
    """A stretch of an article, with the copy of the text in which it stands there."""
    selector = selectors_of(document.text, span, with_text=dataset.options.with_text)
    state: Json = {"type": "TimeState", SHA256: document.article.text_sha256}
    if _MOMENT.fullmatch(document.article.captured_at):
        state["sourceDate"] = document.article.captured_at
    if dataset.options.with_text:
        state["cached"] = _cached(document)
    return {
        "type": "SpecificResource",
        "source": _source(document),
        "selector": selector,
        "state": state,
    }


def selectors_of(text: str, span: Span, *, with_text: bool = True) -> list[Json]:
    """The place, and the quotation with what stands around it; no visible character is cut there."""
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    if not with_text:
        return [position]
    before = cluster_start(text, max(0, span.start - _AROUND))
    after = cluster_end(text, min(len(text), span.end + _AROUND))
    quote = {"exact": span.of(text), "prefix": text[before : span.start], "suffix": text[span.end : after]}
    return [{"type": "TextQuoteSelector", **quote}, position]


def _links(dataset: Dataset, documents: Mapping[str, Document]) -> Iterator[Json]:
    spans = {each.claim.id: each.claim.span for document in documents.values() for each in document.claims}
    for link in dataset.links:
        targets = [
            target_of(dataset, documents[dataset.claims[claim]], spans[claim]) | {"id": f"urn:factdesk:claim:{claim}"}
            for claim in (link.claim_a, link.claim_b)
        ]
        bodies = [_body(RELATION, link.relation, "linking"), *_status(link.status)]
        yield _annotation("link", link.id, "linking", bodies, targets, {})


def _annotation(kind: str, id_: str, motivation: str, bodies: Sequence[Json], target: object, signed: Json) -> Json:
    head = {"id": f"urn:factdesk:{kind}:{id_}", "type": "Annotation", "motivation": motivation}
    return head | signed | {"body": list(bodies), "target": target}


def _body(label: str, value: str, purpose: str) -> Json:
    body = {"type": "TextualBody", "value": str(value), "format": "text/plain", "purpose": purpose}
    return body | ({"label": label} if label else {})


def _judged(judgement: Judgement) -> Iterator[Json]:
    if judgement.verdict is not None:
        yield _body(VERDICT, judgement.verdict, "assessing")
    if judgement.reason is not None:
        yield _body(REASON, judgement.reason, "assessing")
    if judgement.confidence is not None:
        yield _body(CONFIDENCE, f"{judgement.confidence} %", "assessing")
    if judgement.note:
        yield _body(NOTE, judgement.note, "commenting")


def _status(status: Status) -> list[Json]:
    return [_body(STATUS, status, "classifying")] if status is Status.SUGGESTED else []


def _by(name: str, when: str) -> Json:
    who = {"creator": {"type": "Person", "name": name}} if name else {}
    return who | ({"created": when} if name and _MOMENT.fullmatch(when) else {})


def _source(document: Document) -> Json:
    article = document.article
    meta = article.meta
    address = meta.url if _is_address(meta.url) else f"urn:factdesk:article:{article.id}"
    known = {"language": meta.language, "dc:title": meta.title, "dc:publisher": meta.publisher, "dc:creator": meta.byline,
             "dc:date": meta.published_at}  # fmt: skip
    return {"id": address, "type": "Text", ARTICLE: article.id} | {
        name: value for name, value in known.items() if value
    }


def _cached(document: Document) -> str:
    return f"{TEXTS}/{document.article.id}.txt"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not re.search(r"\s", text)


# the check ------------------------------------------------------------------------------------------------------------


def _specific(item: Json) -> Iterator[Json]:
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    for part in (*targets, *item["body"]):
        if part["type"] == "SpecificResource" and isinstance(part["source"], dict):
            yield part


def _position(selectors: Sequence[Json]) -> Json:
    return next(each for each in selectors if each["type"] == "TextPositionSelector")


def _faults(dataset: Dataset, out: Path, document: Document, part: Json) -> Iterator[str]:
    place = _position(part["selector"])
    start, end = place["start"], place["end"]
    quotes = [each for each in part["selector"] if each["type"] == "TextQuoteSelector"]
    if bool(quotes) != dataset.options.with_text:
        yield "it should have a quotation" if dataset.options.with_text else "it should have no quotation"
    if not quotes:
        return
    text = out.joinpath(part["state"]["cached"]).read_bytes().decode()
    if text != document.text:
        yield "the copy of the text is not the article's"
    quote = quotes[0]
    before, after = text[:start], text[end:]
    if (
        text[start:end] != quote["exact"]
        or not before.endswith(quote["prefix"])
        or not after.startswith(quote["suffix"])
    ):
        yield "the quotation is not at its place"
    if any(cluster_start(text, edge) != edge for edge in (start - len(quote["prefix"]), end + len(quote["suffix"]))):
        yield "what stands around the quotation cuts a visible character"


def _remarks(dataset: Dataset) -> list[Loss]:
    here = {article.id for article in dataset.articles}
    lost = sum(
        evidence.kind is EvidenceKind.PASSAGE and evidence.article_id not in here for evidence in evidence_in(dataset)
    )
    what = f"{lost:,} {'passage' if lost == 1 else 'passages'} as evidence"
    return [Loss(what, "Their articles are not exported.")] if lost else []


EXPORT = ExportFormat(
    name="web-annotation",
    title="W3C Web Annotation (JSON-LD)",
    suffix="",
    group=Group.TOOL,
    description="Annotations in the web's own format, with quotations, places and copies of the texts; for archives and web tools.",
    unit="code points",
    holds=frozenset({Feature.TEXTS, Feature.METADATA, Feature.MENTIONS, Feature.ENTITIES, Feature.CLAIMS, Feature.OVERLAPS,
                     Feature.KINDS, Feature.SUGGESTIONS, Feature.VERDICTS, Feature.REASONS, Feature.NOTES, Feature.CONFIDENCE,
                     Feature.REVIEWERS, Feature.ALL_REVIEWERS, Feature.NORMALISED, Feature.CONFLICTS, Feature.PASSAGES,
                     Feature.SOURCES}),
    write=write_web_annotation,
    check=check_web_annotation,
    remarks=_remarks,
    works_without_text=True,
    readme={
        "quotations": "Quotations and copies of texts may need the publishers' permission; “positions only” leaves both out.",
    },
)  # fmt: skip
