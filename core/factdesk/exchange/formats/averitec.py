"""AVeriTeC: real-world claims with questions, answers and a justification, as one JSON array."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from factdesk.compare.dates import moment
from factdesk.exchange import averitec_words as words
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, Group, Loss, Written
from factdesk.exchange.fact_checks import (
    DISPUTED,
    REFUTED,
    FactCheck,
    Weighed,
    Weighing,
    fact_checks,
    left_out,
    one_line,
)
from factdesk.exchange.progress import Steps
from factdesk.exchange.reckoning import decided_in, evidence_in
from factdesk.model.articles import Article
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.store.articles import get_article

KEYS = (
    *("claim", "required_reannotation", "label", "justification", "claim_date", "speaker", "original_claim_url"),
    *("cached_original_claim_url", "fact_checking_article", "reporting_source", "location_ISO_code", "claim_types"),
    *("fact_checking_strategies", "questions"),
)
_OR_NULL = ("claim_date", "speaker", "original_claim_url", "cached_original_claim_url", "fact_checking_article",
            "reporting_source", "location_ISO_code")  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
_ANSWER_KEYS = {"answer", "answer_type", "source_url", "source_medium"}
_MORE_ANSWER_KEYS = {"cached_source_url", "boolean_explanation"}


class _Writer:
    """Makes the records, and counts what a reader should know about them."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._weighing = Weighing(dataset)
        self._disputed = words.REFUTED if dataset.choice(DISPUTED.name) == REFUTED else ""
        self.told: Counter[str] = Counter()

    def records(self) -> Iterator[tuple[FactCheck | None, dict[str, Any]]]:
        """All claims in order; None in place of one after each article."""
        for document in self._dataset.documents():
            for check in fact_checks(document, words.LABELS, self._disputed):
                yield check, self._record(check)
            yield None, {}

    def _record(self, check: FactCheck) -> dict[str, Any]:
        claim, article = check.claim, check.document.article
        day = _DAY.fullmatch(article.meta.published_at)
        self.told["undated"] += not day
        weighed = self._weighing.evidence_of(check.each)
        questions = self._questions(weighed, article)
        self.told["unasked"] += not questions
        written = any(one.evidence.kind is not EvidenceKind.NOTE for one in weighed) and bool(questions)
        return {
            "claim": check.text,
            "required_reannotation": False,
            "label": check.label,
            "justification": claim.judgement.note,
            "claim_date": "-".join(reversed(day.groups())) if day else None,
            "speaker": claim.claimant or None,
            "original_claim_url": article.meta.url or None,
            "cached_original_claim_url": None,
            "fact_checking_article": None,
            "reporting_source": article.meta.publisher or None,
            "location_ISO_code": None,
            "claim_types": [words.TYPES[claim.kind]] if claim.kind in words.TYPES else [],
            "fact_checking_strategies": ["Written Evidence"] if written else [],
            "questions": questions,
        }

    def _questions(self, weighed: Iterable[Weighed], article: Article) -> list[dict[str, Any]]:
        """Answers to the same question stand together."""
        asked: dict[str, list[dict[str, Any]]] = {}
        published = moment(article.meta.published_at)
        for evidence in (one.evidence for one in weighed):
            url, media_type = self._source(evidence)
            answer = words.answer_of(evidence, url, words.medium_of(evidence, media_type))
            if answer is None:
                self.told["silent"] += 1
                continue
            question, said = words.asked_and_said(evidence)
            self.told["generated"] += not question
            self.told["notes"] += bool(evidence.quote and said.strip())
            asked.setdefault(question or f"What does {self._name(evidence)} say?", []).append(answer)
            when = moment(evidence.published_at)
            self.told["newer"] += bool(when and published and when.is_after(published))
        return [{"question": question, "answers": answers} for question, answers in asked.items()]

    def _source(self, evidence: Evidence) -> tuple[str, str]:
        if evidence.kind is EvidenceKind.PASSAGE and evidence.article_id:
            article = get_article(self._dataset.r, evidence.article_id)
            return article.meta.url, article.media_type
        if evidence.file:
            return "", evidence.file.media_type
        return evidence.url, ""

    def _name(self, evidence: Evidence) -> str:
        file = evidence.file.name if evidence.file else ""
        return one_line(evidence.source) or urlsplit(evidence.url).netloc or file or "the reviewer's note"


_TOLD = {
    "generated": "{n} made from the name of the source, “What does … say?”: a note that begins with a question is taken as it is.|question was|questions were",
    "newer": "{n} newer than the claim: whoever trains on it should know (temporal leakage).|piece of evidence is|pieces of evidence are",
    "undated": "{n} null: the day on which the article was published is not known.|date is|dates are",
    "unasked": "{n} no question, for there is no evidence that says anything.|claim has|claims have",
    "silent": "{n} left out: there is neither a quote nor a note.|piece of evidence is|pieces of evidence are",
    "notes": "{n} left out: there is a quote, and an answer holds one text.|note on evidence is|notes on evidence are",
}  # fmt: skip


def _sentences(told: Counter[str]) -> Iterator[str]:
    for name, template in _TOLD.items():
        sentence, one, several = template.split("|")
        if told[name]:
            yield sentence.replace("{n}", f"{told[name]:,} {one if told[name] == 1 else several}")


def write_averitec(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write one object a claim."""
    writer, count = _Writer(dataset), 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for check, record in writer.records():
            if check is None:
                steps.step()
                continue
            file.write(",\n" if count else "\n")
            file.write(json.dumps(record, ensure_ascii=False, indent=1))
            count += 1
        file.write("\n]\n")
    return Written(count, "claims", tuple(_sentences(writer.told)))


# check ----------------------------------------------------------------------------------------------------------


def averitec_problems(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What breaks AVeriTeC's rules: keys, types, nulls, labels, dates."""
    for number, record in enumerate(records, 1):
        if tuple(record) != KEYS:
            yield f"claim {number} has other fields"
            continue
        yield from (f"claim {number}: {problem}" for problem in _problems_of(record))


def _problems_of(record: dict[str, Any]) -> Iterator[str]:
    if not isinstance(record["claim"], str) or not record["claim"].strip():
        yield "there is no claim"
    if record["label"] not in words.ALL_LABELS:
        yield f"the label {record['label']}"
    if record["required_reannotation"] not in (True, False) or not isinstance(record["justification"], str):
        yield "required_reannotation or justification is of another type"
    if any(not isinstance(record[key], str | None) or record[key] == "" for key in _OR_NULL):
        yield "what is not known must be null, and what is known a text"
    if record["claim_date"] is not None and not re.fullmatch(r"\d{2}-\d{2}-\d{4}", record["claim_date"]):
        yield f"the date {record['claim_date']}"
    yield from _question_problems(record["questions"])
    if not set(record["claim_types"]) <= set(words.ALL_TYPES):
        yield f"the type {record['claim_types']}"
    if not set(record["fact_checking_strategies"]) <= set(words.STRATEGIES):
        yield f"the strategy {record['fact_checking_strategies']}"


def _question_problems(questions: list[dict[str, Any]]) -> Iterator[str]:
    for asked in questions:
        if list(asked) != ["question", "answers"] or not asked["question"].strip() or not asked["answers"]:
            yield "a question needs words and answers"
            continue
        for answer in asked["answers"]:
            yield from _answer_problems(answer)


def _answer_problems(answer: dict[str, Any]) -> Iterator[str]:
    keys = set(answer)
    if not keys >= _ANSWER_KEYS or not keys <= _ANSWER_KEYS | _MORE_ANSWER_KEYS:
        yield f"an answer has the fields {', '.join(sorted(keys))}"
        return
    if any(not isinstance(value, str) for value in answer.values()) or not answer["answer"].strip():
        yield "an answer is no text"
    if answer["answer_type"] not in words.ANSWER_TYPES or answer["source_medium"] not in words.MEDIA:
        yield f"the answer type {answer['answer_type']} from {answer['source_medium']}"
    if (answer["answer_type"] == words.UNANSWERABLE) != (answer["answer"] == words.NO_ANSWER):
        yield "an answer that could not be found has another type"
    if ("boolean_explanation" in answer) != (answer["answer_type"] == words.BOOLEAN):
        yield "only yes and no have an explanation"


def check_averitec(dataset: Dataset, out: Path) -> Checked:
    """Read it again by AVeriTeC's rules; every claim, label and answer must be that of the project."""
    records = json.loads(out.read_bytes())
    problems = list(averitec_problems(records))
    expected = [(check, record) for check, record in _Writer(dataset).records() if check is not None]
    if [record for _, record in expected] != records:
        problems.append("the claims are not those of the project")
    for check, _ in expected:
        if check.claim.span.of(check.document.text) != check.claim.quote:
            problems.append(f"the quote of claim {check.claim.id} is not at its place")
    answers = sum(len(asked["answers"]) for record in records for asked in record["questions"])
    how = (
        f"Read again by AVeriTeC's rules: {len(records):,} claims with {answers:,} answers; fields, types, labels and dates are as in its own "
        "files, and every claim, label and answer is that of the project."
    )
    return Checked(how, tuple(problems))


def _remarks(dataset: Dataset) -> list[Loss]:
    disputed = words.REFUTED if dataset.choice(DISPUTED.name) == REFUTED else ""
    losses = left_out(dataset, words.LABELS, disputed, "AVeriTeC")
    claims = decided_in(dataset)
    evidence = [one for one in evidence_in(dataset) if one.claim_id in claims]
    if evidence:
        several = f"{len(evidence):,} piece{'' if len(evidence) == 1 else 's'}"
        losses.append(Loss(f"Stance and time of {several} of evidence", "AVeriTeC has questions and answers instead."))
        asked = sum(bool(words.asked_and_said(one)[0]) for one in evidence)
        if asked < len(evidence):
            count = len(evidence) - asked
            unwritten = "1 question" if count == 1 else f"{count:,} questions"
            why = "What is asked becomes “What does … say?” with the name of the source."
            losses.append(Loss(f"{unwritten} that nobody wrote", why))
    if claims:
        losses.append(Loss("Places of claims and evidence in articles", "AVeriTeC has texts only."))
    return losses


EXPORT = ExportFormat(
    name="averitec",
    title="AVeriTeC",
    suffix=".json",
    group=Group.FACT_CHECK,
    description="Claims with questions, answers, label and justification, as in the AVeriTeC data set; for training and evaluation.",
    unit="",
    holds=frozenset({Feature.CLAIMS, Feature.OVERLAPS, Feature.KINDS, Feature.SUGGESTIONS, Feature.VERDICTS, Feature.NOTES,
                     Feature.CLAIMANTS, Feature.NORMALISED, Feature.PASSAGES, Feature.SOURCES}),
    write=write_averitec,
    check=check_averitec,
    options=(DISPUTED,),
    remarks=_remarks,
)  # fmt: skip
