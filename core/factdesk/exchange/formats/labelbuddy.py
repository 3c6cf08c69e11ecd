"""labelbuddy: documents with their annotations as JSON Lines, and the labels for them."""

import hashlib
import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factdesk.exchange.annotation.mark_facts import article_head
from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, Group, Loss, Written
from factdesk.exchange.formats.doccano import CLAIM, SUGGESTED, claim_label
from factdesk.exchange.progress import Steps
from factdesk.exchange.reckoning import suggested_mentions_in
from factdesk.model.claims import Claim, Verdict
from factdesk.model.mentions import LABELS

DOCUMENTS, LABELS_FILE = "documents.jsonl", "labels.json"
_COLOURS = {Verdict.VERIFIED: "#b7e4c7", Verdict.DISPUTED: "#ffb3b3", Verdict.UNVERIFIED: "#ffe8a3"}
_OTHER_CLAIMS, _MENTIONS = "#e0e0e0", "#cfe2ff"


def write_labelbuddy(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write a line for each article, and the labels."""
    count = 0
    labels: dict[str, None] = {}
    with out.joinpath(DOCUMENTS).open("w", encoding="utf-8", newline="\n") as file:
        for document in dataset.documents():
            record = _record(dataset, document)
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += len(record["annotations"])
            labels |= dict.fromkeys(each["label_name"] for each in record["annotations"])
            steps.step()
    text = json.dumps(_labels(labels), ensure_ascii=False, indent=2) + "\n"
    out.joinpath(LABELS_FILE).write_text(text, encoding="utf-8")
    return Written(count, "annotations")


def check_labelbuddy(dataset: Dataset, out: Path) -> Checked:
    """Read every line by labelbuddy's rules: the checksum, places in code points, one annotation of a label at a place."""
    labels = {each["name"] for each in json.loads(out.joinpath(LABELS_FILE).read_text(encoding="utf-8"))}
    problems: list[str] = []
    count = texts = 0
    with out.joinpath(DOCUMENTS).open(encoding="utf-8", newline="\n") as file:
        records = [json.loads(line) for line in file]
    documents = list(dataset.documents())
    if len(records) != len(documents):
        problems.append(f"there are {len(records)} documents, and should be {len(documents)}")
    for record, document in zip(records, documents, strict=False):
        texts += 1
        found = [(each["start_char"], each["end_char"], each["label_name"]) for each in record["annotations"]]
        count += len(found)
        name = f"“{record['metadata']['title'] or record['metadata']['article']}”"
        text = record.get("text", document.text)
        if hashlib.md5(text.encode(), usedforsecurity=False).hexdigest() != record["utf8_text_md5_checksum"]:
            problems.append(f"{name}: the checksum is not that of the text")
        if ("text" in record) != dataset.options.with_text:
            problems.append(f"{name}: its text should {'' if dataset.options.with_text else 'not '}be there")
        if len(set(found)) != len(found) or not {label for *_, label in found} <= labels:
            problems.append(f"{name}: an annotation is there twice, or its label is not in {LABELS_FILE}")
        said = sorted((label, start, text[start:end]) for start, end, label in found)
        wanted = [(each.label, each.span.start, each.quote) for each in document.mentions]
        wanted += [(claim_label(each.claim), each.claim.span.start, each.claim.quote) for each in document.claims]
        if said != sorted(wanted):
            problems.append(f"{name}: an annotation does not say what the project's says")
    how = (
        f"Read again by labelbuddy's rules: {texts:,} documents with their checksums, {count:,} annotations in code points, whose "
        "words are those of the project."
    )
    return Checked(how, tuple(problems))


def _record(dataset: Dataset, document: Document) -> dict[str, Any]:
    article, with_text = document.article, dataset.options.with_text
    annotations = [
        {
            "label_name": mention.label,
            "start_char": mention.span.start,
            "end_char": mention.span.end,
            "extra_data": dataset.entities[mention.entity_id].name if mention.entity_id and with_text else "",
        }
        for mention in document.mentions
    ]
    annotations += [
        {
            "label_name": claim_label(each.claim),
            "start_char": each.claim.span.start,
            "end_char": each.claim.span.end,
            "extra_data": "\n".join(_details(each.claim)),
        }
        for each in document.claims
    ]
    titles = {"display_title": html.escape(article.name), "list_title": " ".join(article.name.split())}
    return {
        "utf8_text_md5_checksum": hashlib.md5(document.text.encode(), usedforsecurity=False).hexdigest(),
        **(titles if with_text else {}),
        "metadata": {
            **article_head(article),
            "cases": list(document.cases),
        },
        "annotations": [{name: value for name, value in each.items() if value != ""} for each in annotations],
        **({"text": document.text} if with_text else {}),
    }


def _details(claim: Claim) -> Iterator[str]:
    """What labelbuddy shows beside an annotation as free text."""
    judgement = claim.judgement
    yield f"kind: {claim.kind}"
    if judgement.reason is not None:
        yield f"reason: {judgement.reason}"
    if judgement.confidence is not None:
        yield f"confidence: {judgement.confidence} %"
    if claim.decided_by:
        yield f"decided by: {claim.decided_by}, {claim.decided_at}"
    if claim.normalised:
        yield f"in plain words: {claim.normalised}"
    if judgement.note:
        yield f"note: {judgement.note}"


def _labels(used: dict[str, None]) -> list[dict[str, str]]:
    claims = {str(verdict): colour for verdict, colour in _COLOURS.items()} | dict.fromkeys(
        (CLAIM, SUGGESTED), _OTHER_CLAIMS
    )
    names = [*claims, *(label for label in (*LABELS, *used) if label not in claims)]
    return [{"name": name, "color": claims.get(name, _MENTIONS)} for name in dict.fromkeys(names)]


def _remarks(dataset: Dataset) -> list[Loss]:
    number = suggested_mentions_in(dataset)
    what = f"{number:,} suggested {'mention' if number == 1 else 'mentions'} as such"
    return [Loss(what, "They look like accepted ones.")] if number else []


EXPORT = ExportFormat(
    name="labelbuddy",
    title="labelbuddy",
    suffix="",
    group=Group.TOOL,
    description="Documents with annotations, and their labels, for labelbuddy; a claim's label is its verdict.",
    unit="code points",
    holds=frozenset({Feature.TEXTS, Feature.METADATA, Feature.MENTIONS, Feature.ENTITIES, Feature.CLAIMS, Feature.OVERLAPS,
                     Feature.KINDS, Feature.SUGGESTIONS, Feature.VERDICTS, Feature.REASONS, Feature.NOTES, Feature.CONFIDENCE,
                     Feature.REVIEWERS, Feature.NORMALISED}),
    write=write_labelbuddy,
    check=check_labelbuddy,
    remarks=_remarks,
    works_without_text=True,
    readme={"how_to_use": "Import labels.json as labels, then documents.jsonl as documents and annotations. Without texts it adds annotations to documents that labelbuddy has."},
)  # fmt: skip
