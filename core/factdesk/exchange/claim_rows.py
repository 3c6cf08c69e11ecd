"""The claims as rows of a table, one a claim, and the evidence in a line: what every table of ours has in its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factdesk.compare.values import normal_form
from factdesk.exchange.dataset import Dataset, Document, ExportClaim
from factdesk.model.articles import Article
from factdesk.model.claims import Claim
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.model.values import Approximation
from factdesk.store.articles import get_article
from factdesk.store.evidence import evidence_of
from factdesk.store.opinions import Opinion

COLUMNS = (
    *("claim_id", "case", "article_id", "article", "publisher", "url", "published_at", "start", "end", "quote"),
    *("normalised", "kind", "score", "claimant", "status", "made_by", "repeat_of", "verdict", "reason", "note"),
    *("confidence", "reviewer", "decided_at", "linked", "conflicts", "evidence_count", "evidence", "text_sha256"),
    *("cluster", "normalised_claim", "relation", "inherited", "attribution", "values", "opinions"),
)
"""The head of the table; docs/export-format.md tells what each column holds."""

Cell = str | int | float | None

_PARTS = {EvidenceKind.URL: "url", EvidenceKind.FILE: "file", EvidenceKind.NOTE: "note"}


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim and its cells, in the order of `COLUMNS`."""

    claim: Claim
    cells: tuple[Cell, ...]


class ClaimTable:
    """Makes the rows of a dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._facts = {cluster.id: cluster.normalised for cluster in dataset.clusters if cluster.normalised}

    def rows(self, document: Document) -> Iterator[ClaimRow]:
        """All claims of an article in text order, those that were refused too."""
        dataset = self._dataset
        refused = [ExportClaim(claim, tuple(_evidence(dataset, claim))) for claim in document.refused]
        whole = sorted([*document.claims, *refused], key=lambda each: (each.claim.span.start, -each.claim.span.end))
        for each in whole:
            yield ClaimRow(each.claim, (*_own(dataset, document, each), *_across(dataset, each, self._facts)))


def evidence_place(dataset: Dataset, evidence: Evidence) -> str:
    """Where a piece of evidence is, in words: an article with the place in it, an address, a file."""
    if evidence.kind is EvidenceKind.PASSAGE and evidence.article_id and evidence.span:
        label = article_label(dataset, get_article(dataset.r, evidence.article_id))
        return f"{label} [{evidence.span.start}–{evidence.span.end}]"
    return evidence.url or _PARTS.get(evidence.kind, evidence.kind.value)


def article_label(dataset: Dataset, article: Article) -> str:
    """A short name of an article; its first words stand for one only where texts may be shown."""
    if dataset.options.with_text:
        return article.label
    return article.meta.publisher or article.meta.title or article.source_name or article.id[:9]


def shown_quote(dataset: Dataset, quote: str, *, is_of_article: bool = True) -> str:
    """A quote, or nothing where the texts of articles are left out."""
    return quote if dataset.options.with_text or not is_of_article else ""


def opinion_in_words(opinion: Opinion) -> str:
    """What a reviewer said last: “Ada: disputed (sources conflict)”."""
    reason = f" ({opinion.judgement.reason})" if opinion.judgement.reason else ""
    return f"{opinion.reviewer}: {opinion.judgement.verdict}{reason}"


def _evidence(dataset: Dataset, claim: Claim) -> list[Evidence]:
    return evidence_of(dataset.r, claim.id) if claim.evidence_count else []


def _own(dataset: Dataset, document: Document, each: ExportClaim) -> tuple[Cell, ...]:
    claim, article = each.claim, document.article
    judgement, meta = claim.judgement, article.meta
    return (
        *(claim.id, "; ".join(document.cases), article.id, meta.title, meta.publisher, meta.url, meta.published_at),
        *(claim.span.start, claim.span.end, shown_quote(dataset, claim.quote), claim.normalised, claim.kind.value),
        *(claim.score, claim.claimant, claim.status.value, claim.made_by, claim.repeat_of),
        *(judgement.verdict and judgement.verdict.value, judgement.reason and judgement.reason.value, judgement.note),
        *(judgement.confidence, claim.decided_by, claim.decided_at, claim.linked, claim.conflicts, len(each.evidence)),
        *("\n".join(_summary(dataset, one) for one in each.evidence), article.text_sha256),
    )


def _across(dataset: Dataset, each: ExportClaim, facts: Mapping[str, str]) -> tuple[Cell, ...]:
    """What a claim is in beside other sources, what it says in parts, and who thinks what of it."""
    claim = each.claim
    inherited = "" if claim.verdict is None else "yes" if claim.inherited_from else "no"
    written = (facts.get(cluster, "") for cluster, _ in each.clusters)
    return (
        "; ".join(cluster for cluster, _ in each.clusters),
        "\n".join(filter(None, written)),
        "; ".join(relation.value for _, relation in each.clusters),
        inherited,
        " ← ".join(voice.name for voice in claim.attribution),
        "; ".join(values_in_words(dataset, claim)),
        "; ".join(map(opinion_in_words, each.opinions)),
    )


def values_in_words(dataset: Dataset, claim: Claim) -> list[str]:
    """Numbers, dates and times of a claim in one form each; where texts are left out, not those that quote it."""
    kept = [v for v in claim.values if dataset.options.with_text or v.approximation is not Approximation.VAGUE]
    return [normal_form(value) for value in kept]


def _summary(dataset: Dataset, evidence: Evidence) -> str:
    """One piece of evidence in a line: stance, where it is, quote, note."""
    shown = shown_quote(dataset, evidence.quote, is_of_article=evidence.kind is EvidenceKind.PASSAGE)
    quote = f" “{shown}”" if shown else ""
    note = f" ({evidence.note})" if evidence.note else ""
    return " ".join(f"{evidence.stance}: {evidence_place(dataset, evidence)}{quote}{note}".split())
