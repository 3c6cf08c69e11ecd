"""FEVER: claims with labels and sentence numbers as evidence (JSON Lines), and the pages that these numbers are of."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, FormatOption, Group, Loss, Written
from factdesk.exchange.fact_checks import DISPUTED, REFUTED, FactCheck, Weighing, fact_checks, left_out, one_line
from factdesk.exchange.progress import Steps
from factdesk.exchange.reckoning import evidence_in
from factdesk.model.claims import Reason, Verdict
from factdesk.model.evidence import Evidence, Stance
from factdesk.model.spans import Span

CLAIMS = "claims.jsonl"
PAGES = "wiki-pages/wiki-001.jsonl"
PLACES = "places.jsonl"

SUPPORTS, REFUTES, NOT_ENOUGH = "SUPPORTS", "REFUTES", "NOT ENOUGH INFO"
LABELS = {
    (Verdict.VERIFIED, None): SUPPORTS,
    (Verdict.VERIFIED, Reason.CLEAR): SUPPORTS,
    (Verdict.VERIFIED, Reason.WITH_CAVEAT): SUPPORTS,
    (Verdict.DISPUTED, Reason.CONTRADICTED): REFUTES,
    (Verdict.UNVERIFIED, None): NOT_ENOUGH,
    (Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE): NOT_ENOUGH,
}
_WANTED = {SUPPORTS: Stance.SUPPORTS, REFUTES: Stance.REFUTES}
_KEEP = "keep"
_LARGEST_ID = 2**31  # FEVER's own loaders hold ids in 32 bits
_README = """# Claims in the format of FEVER

- `claims.jsonl`: one claim a line: `id`, `verifiable`, `label` (SUPPORTS, REFUTES, NOT ENOUGH INFO), `claim`, and `evidence`, a list of sets:
  one set is enough, and of a set all sentences are needed. A sentence is `[annotation id, evidence id, page, sentence number]`.
- `wiki-pages/wiki-001.jsonl`: the pages that the sentences are of: `id`, `text`, and `lines`, one sentence a line after its number and a tab. They are
  no pages of Wikipedia: an `article_…` is an article of the project; a `source_…` is the passage that a reviewer quoted from an outside source.
- `places.jsonl`: where each claim stands in its article: ids, `start` and `end` in code points of its stored text (end exclusive), `quote`. FEVER has no place for it.

Sentences have single spaces here; their own spacing is that of the articles.
"""


class _Ids:
    """Whole numbers that stay the same from export to export: of a text's hash, the next one where two would be equal."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}
        self._taken: set[int] = set()

    def of(self, name: str) -> int:
        """The number for a name."""
        if name not in self._given:
            number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % _LARGEST_ID
            while number in self._taken:
                number = (number + 1) % _LARGEST_ID
            self._taken.add(number)
            self._given[name] = number
        return self._given[name]


class _Pages:
    """The pages that evidence is on."""

    def __init__(self, dataset: Dataset) -> None:
        self._articles = {article.id: article for article in dataset.articles}
        self._dataset = dataset
        self._sentences: dict[str, list[Span]] = {}
        self.sources: dict[str, str] = {}  # page, its one sentence

    def sentences_of(self, document: Document) -> list[Span]:
        """The sentence table of an article."""
        from factdesk.exchange.annotation.tokens import sentence_spans

        found = sentence_spans(document.text, document.sentences)
        self._sentences[document.article.id] = found
        return found

    def sentences_at(self, evidence: Evidence) -> list[tuple[str, int]]:
        """Page and number of each sentence of a piece of evidence; none when it quotes nothing."""
        if evidence.article_id in self._articles and evidence.span is not None:
            table = self._sentences.get(evidence.article_id) or self._read(evidence.article_id)
            numbers = [number for number, span in enumerate(table) if span.overlaps(evidence.span)]
            return [(article_page(evidence.article_id), number) for number in numbers]
        quote = one_line(evidence.quote)
        if not quote:
            return []
        page = f"source_{evidence.id}"
        self.sources[page] = quote
        return [(page, 0)]

    def _read(self, article_id: str) -> list[Span]:
        return self.sentences_of(self._dataset.document(self._articles[article_id]))


def article_page(article_id: str) -> str:
    """The page that an article becomes."""
    return f"article_{article_id}"


def _disputed_is(dataset: Dataset) -> str:
    return REFUTES if dataset.choice(DISPUTED.name) == REFUTED else ""


def write_fever(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write claims, pages and places."""
    (out / PAGES).parent.mkdir()
    pages, weighing, ids = _Pages(dataset), Weighing(dataset), _Ids()
    claims = without = multiple = 0
    with _lines(out / CLAIMS) as claim_file, _lines(out / PAGES) as page_file, _lines(out / PLACES) as place_file:
        for document in dataset.documents():
            table = pages.sentences_of(document)
            sentences = [span.of(document.text) for span in table]
            _put(page_file, _page(article_page(document.article.id), document.text, sentences))
            for check in fact_checks(document, LABELS, _disputed_is(dataset)):
                record = _record(check, weighing, pages, ids)
                if not record["evidence"] and dataset.choice("without_evidence") != _KEEP:
                    without += 1
                    continue
                multiple += any(len(group) > 1 for group in record["evidence"])
                _put(claim_file, record)
                _put(place_file, _place(check, record["id"]))
                claims += 1
            steps.step()
        for page, sentence in pages.sources.items():
            _put(page_file, _page(page, sentence, [sentence]))
    (out / "README.md").write_text(_README, encoding="utf-8")
    return Written(claims, "claims", tuple(_notes(without, multiple, len(pages.sources))))


def _notes(without: int, multiple: int, sources: int) -> Iterator[str]:
    if without:
        yield f"{_count(without, 'claim')} left out: FEVER wants a sentence of evidence for SUPPORTS and REFUTES, and there is none."
    if multiple:
        yield f"The evidence of {_count(multiple, 'claim')} goes over several sentences: all of them are one set."
    if sources:
        yield f"{_count(sources, 'quote')} from outside became a page with that one sentence."


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _lines(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


def _put(file: TextIO, record: dict[str, Any]) -> None:
    file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _page(name: str, text: str, sentences: Iterable[str]) -> dict[str, Any]:
    lines = "\n".join(f"{number}\t{one_line(sentence)}" for number, sentence in enumerate(sentences))
    return {"id": name, "text": one_line(text), "lines": lines}


def _record(check: FactCheck, weighing: Weighing, pages: _Pages, ids: _Ids) -> dict[str, Any]:
    number = ids.of(f"claim {check.claim.id}")
    sets: list[list[list[Any]]] = []
    if check.label == NOT_ENOUGH:
        sets.append([[ids.of(f"annotation {check.claim.id}"), ids.of(f"evidence {check.claim.id}"), None, None]])
    else:
        for weighed in weighing.evidence_of(check.each):
            places = pages.sentences_at(weighed.evidence) if weighed.stance is _WANTED[check.label] else []
            annotation, evidence = ids.of(f"annotation {check.claim.id}"), ids.of(f"evidence {weighed.evidence.id}")
            sets += [[[annotation, evidence, page, sentence] for page, sentence in places]] if places else []
    return {
        "id": number,
        "verifiable": "NOT VERIFIABLE" if check.label == NOT_ENOUGH else "VERIFIABLE",
        "label": check.label,
        "claim": check.text,
        "evidence": sets,
    }


def _place(check: FactCheck, number: int) -> dict[str, Any]:
    claim = check.claim
    return {
        "id": number,
        "claim_id": claim.id,
        "page": article_page(claim.article_id),
        "article_id": claim.article_id,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "text_sha256": check.document.article.text_sha256,
    }


# check ----------------------------------------------------------------------------------------------------------


def fever_problems(claims: Iterable[dict[str, Any]], pages: dict[str, list[str]]) -> Iterator[str]:
    """What breaks FEVER's rules: keys, types, labels, evidence, and sentences that nobody can look up."""
    seen: set[int] = set()
    for line, record in enumerate(claims, 1):
        place = f"line {line} of {CLAIMS}"
        if list(record) != ["id", "verifiable", "label", "claim", "evidence"]:
            yield f"{place} has other fields"
            continue
        if type(record["id"]) is not int or record["id"] in seen or not 0 <= record["id"] < _LARGEST_ID:
            yield f"{place} has no id of its own in 32 bits"
        seen.add(record["id"])
        unknown = record["label"] == NOT_ENOUGH
        if record["label"] not in {SUPPORTS, REFUTES, NOT_ENOUGH}:
            yield f"{place} has the label {record['label']}"
        if record["verifiable"] != ("NOT VERIFIABLE" if unknown else "VERIFIABLE"):
            yield f"{place} is {record['verifiable']} with the label {record['label']}"
        if not record["claim"].strip() or re.search(r"[\n\t]", record["claim"]):
            yield f"{place} has no claim in one line"
        for sentence in (sentence for group in record["evidence"] for sentence in group):
            yield from (f"{place}: {problem}" for problem in _sentence_problems(sentence, pages, unknown=unknown))


def _sentence_problems(sentence: list[Any], pages: dict[str, list[str]], *, unknown: bool) -> Iterator[str]:
    if len(sentence) != 4 or not all(type(number) is int for number in sentence[:2]):
        yield "a sentence of evidence needs two ids, a page and a number"
        return
    page, number = sentence[2:]
    if unknown:
        if (page, number) != (None, None):
            yield "NOT ENOUGH INFO has no page"
    elif page not in pages or type(number) is not int or not 0 <= number < len(pages[page]) or not pages[page][number]:
        yield f"there is no sentence {number} on a page {page}"


def check_fever(dataset: Dataset, out: Path) -> Checked:
    """Read all files again by FEVER's rules, and compare pages, sentences and places with the project."""
    pages = {page["id"]: page["lines"].split("\n") for page in _read(out / PAGES)}
    problems: list[str] = []
    for name, lines in pages.items():
        parted = [line.split("\t") for line in lines if line]
        if [fields[0] for fields in parted] != [str(number) for number in range(len(parted))]:
            problems.append(f"the sentences of page {name} are not numbered from 0")
        pages[name] = [fields[1] for fields in parted]
    claims = list(_read(out / CLAIMS))
    problems += fever_problems(claims, pages)
    places = {place["claim_id"]: place for place in _read(out / PLACES)}
    problems += (
        [] if [c["id"] for c in claims] == [p["id"] for p in places.values()] else ["places are not those of claims"]
    )
    for document in dataset.documents():
        problems += _differences(document, pages, places)
    sentences = sum(map(len, pages.values()))
    how = (
        f"Read again by FEVER's rules: {len(claims):,} claims; every page and sentence of their evidence is among the {sentences:,} sentences "
        f"of {len(pages):,} pages, and every claim's place and quote is that of the project."
    )
    return Checked(how, (*problems,))


def _differences(document: Document, pages: dict[str, list[str]], places: dict[str, Any]) -> Iterator[str]:
    lines = pages.get(article_page(document.article.id), [])
    if "".join(document.text.split()) != "".join("".join(lines).split()):
        yield f"the page of article {document.article.id} has another text"
    for claim in (each.claim for each in document.claims):
        place = places.get(claim.id)
        found = (claim.span.start, claim.span.end, claim.span.of(document.text))
        if place and (place["start"], place["end"], place["quote"]) != found:
            yield f"claim {claim.id} is not at its place"


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def _remarks(dataset: Dataset) -> list[Loss]:
    losses = left_out(dataset, LABELS, _disputed_is(dataset), "FEVER")
    context = sum(one.stance is Stance.CONTEXT for one in evidence_in(dataset))
    if context:
        losses.append(
            Loss(f"{_count(context, 'piece')} of evidence for context", "FEVER has evidence for a label only.")
        )
    return losses


EXPORT = ExportFormat(
    name="fever",
    title="FEVER",
    suffix="",
    group=Group.FACT_CHECK,
    description="Claims labelled SUPPORTS, REFUTES or NOT ENOUGH INFO with sentences as evidence, and the pages these are on; for training and scoring.",
    unit="sentences",
    holds=frozenset({Feature.TEXTS, Feature.SENTENCES, Feature.CLAIMS, Feature.OVERLAPS, Feature.SUGGESTIONS, Feature.VERDICTS,
                     Feature.NORMALISED, Feature.PASSAGES, Feature.SOURCES}),
    write=write_fever,
    check=check_fever,
    options=(
        FormatOption(
            "without_evidence",
            "Verified or refuted without quoted evidence",
            (("leave out", "Leave these claims out"), (_KEEP, "Keep them, with an empty list")),
            "FEVER wants at least one sentence for SUPPORTS and REFUTES.",
        ),
        DISPUTED,
    ),
    remarks=_remarks,
)  # fmt: skip
