"""Label Studio: tasks with annotations (decisions) and predictions (suggestions), and the labelling configuration."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factdesk.exchange.annotation.labelling import (
    CLAIM,
    CLAIMS,
    CONFIDENCE,
    ENTITIES,
    ENTITY,
    KIND,
    NORMALISED,
    NOTE,
    REASON,
    REVIEWER,
    VERDICT,
    configuration,
    controls_of,
    faults_of,
    text_names,
)
from factdesk.exchange.annotation.mark_facts import article_head
from factdesk.exchange.dataset import Dataset, Document, ExportClaim, Whose
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, FormatOption, Group, Loss, Written
from factdesk.exchange.progress import Steps
from factdesk.model.claims import Claim, Judgement, Link, Status
from factdesk.model.mentions import LABELS, Mention
from factdesk.model.spans import Span

TASKS, CONFIGURATION = "tasks.json", "labeling_config.xml"
SUGGESTIONS = "Factdesk suggestions"

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Part:
    """An article in a task."""

    name: str  # of its text
    document: Document


def write_label_studio(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the tasks one after the other, and the configuration for them."""
    count = texts = 0
    labels: dict[str, None] = {}
    found: Counter[str] = Counter()
    with out.joinpath(TASKS).open("w", encoding="utf-8", newline="\n") as file:
        for number, parts in enumerate(_tasks(dataset)):
            task = _task(dataset, parts, found)
            file.write((",\n" if number else "[\n") + json.dumps(task, ensure_ascii=False))
            count, texts = count + 1, max(texts, len(parts))
            for part in parts:
                labels |= dict.fromkeys(mention.label for mention in part.document.mentions)
                steps.step()
        file.write("\n]\n" if count else "[]\n")
    known = [label for label in labels if label not in LABELS]
    several = _widest(dataset)
    out.joinpath(CONFIGURATION).write_text(configuration(several, known), encoding="utf-8")
    return Written(count, "tasks", tuple(_notes(dataset, found)))


def check_label_studio(dataset: Dataset, out: Path) -> Checked:
    """Hold every region against the configuration, the text and the project."""
    controls = controls_of(out.joinpath(CONFIGURATION).read_text(encoding="utf-8"))
    tasks = json.loads(out.joinpath(TASKS).read_text(encoding="utf-8"))
    problems: list[str] = []
    regions = 0
    expected = list(_tasks(dataset))
    if len(tasks) != len(expected):
        problems.append(f"there are {len(tasks)} tasks, and should be {len(expected)}")
    for number, (task, parts) in enumerate(zip(tasks, expected, strict=False), 1):
        data = task["data"]
        spans: set[tuple[str, str, int, int]] = set()
        for results in (each["result"] for each in (*task["annotations"], *task["predictions"])):
            problems += [f"task {number}: {fault}" for fault in faults_of(results, controls, data)]
            labels = [each for each in results if each["type"] == "labels"]
            spans |= {(each["from_name"], each["to_name"], *_place(each)) for each in labels}
            regions += len(labels)
        if spans != set(_wanted(parts)):
            problems.append(f"task {number} has other spans than the project")
        problems += [f"task {number}: {part.name} is not the article's text" for part in parts
                     if data[part.name] != part.document.text]  # fmt: skip
    how = (
        f"Read again: {len(tasks):,} tasks, {regions:,} regions. All names, labels and choices are in the configuration; places count "
        "code points and are those of the project, with the words that the texts have there."
    )
    return Checked(how, tuple(problems))


# tasks ----------------------------------------------------------------------------------------------------------------


def _tasks(dataset: Dataset) -> Iterator[list[_Part]]:
    if dataset.choice("task") == "article":
        for document in dataset.documents():
            yield [_Part("text", document)]
        return
    cases: dict[str, list[Document]] = {}
    for document in dataset.documents():
        cases.setdefault(document.cases[0], []).append(document)
    for documents in cases.values():
        yield [_Part(f"text{number}", document) for number, document in enumerate(documents, 1)]


def _widest(dataset: Dataset) -> int:
    """The most texts in a task; 0 where a task is an article."""
    if dataset.choice("task") == "article":
        return 0
    return max((len(parts) for parts in _tasks(dataset)), default=1)


def _task(dataset: Dataset, parts: list[_Part], found: Counter[str]) -> dict[str, Any]:
    claims = {whole.claim.id for part in parts for whole in part.document.claims}
    links = [link for link in dataset.links if link.claim_a in claims or link.claim_b in claims]
    annotations = [_annotation(dataset, parts, reviewer, links) for reviewer in _reviewers(dataset, parts)]
    predicted = _suggestions(dataset, parts, links)
    drawn = [{_ends(each) for each in results["result"] if each["type"] == "relation"}
             for results in (*annotations, *predicted)]  # fmt: skip
    found["links"] += sum(not any((link.claim_a, link.claim_b) in pairs for pairs in drawn) for link in links)
    return {  # the long texts come last, so that the beginning of a file tells what it is
        "annotations": [each for each in annotations if each["result"]],
        "predictions": predicted,
        "data": _data(dataset, parts, links),
    }


def _data(dataset: Dataset, parts: list[_Part], links: list[Link]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for part in parts:
        article, suffix = part.document.article, part.name.removeprefix("text")
        about = {**article_head(article), "title": article.meta.title or article.label}
        data |= {f"{name}{suffix}": value for name, value in about.items()} | {part.name: part.document.text}
    for name in text_names(_widest(dataset)):
        data.setdefault(name, "")
        data.setdefault(name.replace("text", "title"), "")
    data["case"] = parts[0].document.cases[0]
    data["links"] = [
        {"claim_a": link.claim_a, "claim_b": link.claim_b, "relation": link.relation, "status": link.status}
        for link in links
    ]
    return data


def _reviewers(dataset: Dataset, parts: list[_Part]) -> list[str]:
    """Whose annotations a task gets; "" for one that is nobody's in particular."""
    if dataset.options.whose is not Whose.ALL:
        return [""]
    opinions = (opinion for part in parts for whole in part.document.claims for opinion in whole.opinions)
    return list(dict.fromkeys(opinion.reviewer for opinion in opinions)) or [""]


def _annotation(dataset: Dataset, parts: list[_Part], reviewer: str, links: list[Link]) -> dict[str, Any]:
    results: list[Result] = []
    times: list[str] = []
    for part in parts:
        results += _mentions(dataset, part, Status.ACCEPTED)
        for whole in part.document.claims:
            if whole.claim.status is not Status.ACCEPTED:
                continue
            judgement, who, when = _judged(whole, reviewer)
            times.append(when)
            results += _claim(part.name, whole.claim, judgement, f"{who}, {when}" if when else "")
    if reviewer and results:
        value = {"text": [reviewer]}
        results.append(_result(f"by-{parts[0].document.article.id}", REVIEWER, parts[0].name, "textarea", value))
    results += _relations(results, links)
    last = max(times, default="")
    return {"result": results, "was_cancelled": False, "ground_truth": False} | ({"created_at": last} if last else {})


def _judged(whole: ExportClaim, reviewer: str) -> tuple[Judgement, str, str]:
    claim = whole.claim
    if not reviewer:
        return claim.judgement, claim.decided_by, claim.decided_at
    own = next((each for each in whole.opinions if each.reviewer == reviewer), None)
    return (own.judgement, own.reviewer, own.decided_at) if own else (Judgement(), "", "")


def _suggestions(dataset: Dataset, parts: list[_Part], links: list[Link]) -> list[dict[str, Any]]:
    results: list[Result] = []
    scores: list[float] = []
    for part in parts:
        results += _mentions(dataset, part, Status.SUGGESTED)
        for whole in part.document.claims:
            if whole.claim.status is Status.SUGGESTED:
                results += _claim(part.name, whole.claim, Judgement(), "")
                scores += [] if whole.claim.score is None else [whole.claim.score]
    if not results:
        return []
    results += _relations(results, links)
    score = {"score": round(sum(scores) / len(scores), 4)} if scores else {}
    return [{"model_version": SUGGESTIONS, "result": results} | score]


# regions --------------------------------------------------------------------------------------------------------------


def _mentions(dataset: Dataset, part: _Part, status: Status) -> Iterator[Result]:
    for mention in part.document.mentions:
        if mention.status is status:
            yield _region(part, mention, ENTITIES, mention.label)
            thing = dataset.entities.get(mention.entity_id or "")
            if thing is not None:
                value = _at(mention.span) | {"text": [thing.name]}
                yield _result(mention.id, ENTITY, part.name, "textarea", value)


def _region(part: _Part, mark: Mention, control: str, label: str) -> Result:
    value = _at(mark.span) | {"text": mark.quote, "labels": [label]}
    return _result(mark.id, control, part.name, "labels", value)


def _claim(text: str, claim: Claim, judgement: Judgement, signed: str) -> Iterator[Result]:
    region = _result(claim.id, CLAIMS, text, "labels", _at(claim.span) | {"text": claim.quote, "labels": [CLAIM]})
    more: Result = {} if claim.score is None else {"score": claim.score}
    yield region | more | ({"meta": {"text": [signed]}} if signed else {})
    choices = ((VERDICT, judgement.verdict), (REASON, judgement.reason), (KIND, claim.kind))
    for name, chosen in choices:
        if chosen is not None:
            value = _at(claim.span) | {"text": claim.quote, "choices": [str(chosen)]}
            yield _result(claim.id, name, text, "choices", value)
    for name, words in ((NOTE, judgement.note), (NORMALISED, claim.normalised)):
        if words:
            yield _result(claim.id, name, text, "textarea", _at(claim.span) | {"text": [words]})
    if judgement.confidence is not None:
        yield _result(claim.id, CONFIDENCE, text, "number", _at(claim.span) | {"number": judgement.confidence})


def _relations(results: list[Result], links: Iterable[Link]) -> list[Result]:
    here = {each["id"] for each in results}
    return [
        {
            "type": "relation",
            "from_id": link.claim_a,
            "to_id": link.claim_b,
            "direction": "bi",
            "labels": [link.relation],
        }
        for link in links
        if link.claim_a in here and link.claim_b in here
    ]


def _result(id_: str, control: str, text: str, kind: str, value: Mapping[str, Any]) -> Result:
    return {"id": id_, "from_name": control, "to_name": text, "type": kind, "origin": "manual", "value": dict(value)}


def _at(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}


def _place(result: Result) -> tuple[int, int]:
    return result["value"]["start"], result["value"]["end"]


def _ends(relation: Result) -> tuple[str, str]:
    return relation["from_id"], relation["to_id"]


def _wanted(parts: list[_Part]) -> Iterator[tuple[str, str, int, int]]:
    for part in parts:
        for mention in part.document.mentions:
            yield ENTITIES, part.name, mention.span.start, mention.span.end
        for whole in part.document.claims:
            yield CLAIMS, part.name, whole.claim.span.start, whole.claim.span.end


# words ----------------------------------------------------------------------------------------------------------------


def _notes(dataset: Dataset, found: Counter[str]) -> Iterator[str]:
    if dataset.options.whose is Whose.ALL:
        yield (
            "Annotations name no account of Label Studio, which would refuse unknown ones: they become those of whoever imports them, "
            "and the reviewer's name is a text in the annotation."
        )
    if found["links"] and dataset.choice("task") == "case":
        yield f"{found['links']:,} links are between a decision and a suggestion: they are in the task's data only, not drawn."


def _remarks(dataset: Dataset) -> list[Loss]:
    if dataset.choice("task") != "article" or not dataset.links:
        return []
    number = len(dataset.links)
    what = f"{number:,} {'link' if number == 1 else 'links'} between claims, on screen"
    return [Loss(what, "Each article is a task of its own; “whole case” shows them. They are in the task's data.")]


EXPORT = ExportFormat(
    name="label-studio",
    title="Label Studio",
    suffix="",
    group=Group.TOOL,
    description="Tasks for Label Studio with its labelling configuration: decisions are annotations, suggestions are predictions.",
    unit="code points",
    holds=frozenset({Feature.TEXTS, Feature.METADATA, Feature.MENTIONS, Feature.ENTITIES, Feature.CLAIMS, Feature.OVERLAPS,
                     Feature.KINDS, Feature.SUGGESTIONS, Feature.VERDICTS, Feature.REASONS, Feature.NOTES, Feature.CONFIDENCE,
                     Feature.REVIEWERS, Feature.ALL_REVIEWERS, Feature.NORMALISED, Feature.CONFLICTS}),
    write=write_label_studio,
    check=check_label_studio,
    remarks=_remarks,
    options=(
        FormatOption("task", "A task is", (("article", "one article"), ("case", "a whole case")),
                     "A whole case shows its articles below each other, with the links between their claims."),
    ),
    readme={
        "how_to_use": "Make a project, paste labeling_config.xml as its labelling interface (Code), then import tasks.json.",
    },
)  # fmt: skip
