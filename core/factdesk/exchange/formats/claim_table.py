"""The claims as a table for spreadsheets: CSV (RFC 4180), UTF-8 with a byte order mark, one row a claim."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from factdesk.compare.values import normal_form
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.export_format import ALL_FEATURES, Checked, ExportFormat, Feature, Group, Written
from factdesk.exchange.progress import Steps
from factdesk.model.articles import Article, Case
from factdesk.model.claims import Claim, Status
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.store.articles import get_article, list_articles
from factdesk.store.cases import list_cases
from factdesk.store.claims import claims_of_article
from factdesk.store.connection import Queryable
from factdesk.store.evidence import evidence_of
from factdesk.store.journal import Row

COLUMNS = (
    *("claim_id", "case", "article_id", "article", "publisher", "url", "published_at", "start", "end", "quote"),
    *("normalised", "kind", "score", "claimant", "status", "made_by", "repeat_of", "verdict", "reason", "note"),
    *("confidence", "reviewer", "decided_at", "linked", "conflicts", "evidence_count", "evidence", "text_sha256"),
    *("cluster", "normalised_claim", "relation", "inherited", "attribution", "values"),
)
"""The head of the table; docs/export-format.md tells what each column holds."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("''*[=+\\-@\t\r\n＝＋－＠]")
_PARTS = {EvidenceKind.URL: "url", EvidenceKind.FILE: "file", EvidenceKind.NOTE: "note"}


def guard(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return "'" + text if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """The text of a guarded cell."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write_claim_table(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write all claims of all cases, or those that people accepted, made or refused."""
    with out.open("wb") as file:
        return Written(_write(dataset.r, file, steps, decisions_only=dataset.options.decisions_only), "claims")


def check_claim_table(_dataset: Dataset, out: Path) -> Checked:
    """Read it with Python's csv module: as many cells in every row as in the head."""
    with out.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    problems = [f"row {number} has {len(row)} cells" for number, row in enumerate(rows, 2) if len(row) != len(head)]
    return Checked(f"Read again with a CSV reader: {len(rows):,} rows of {len(head)} columns.", tuple(problems))


def _write(r: Queryable, file: BinaryIO, steps: Steps, *, decisions_only: bool) -> int:
    articles = list(_articles(r))
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    clusters = _clusters(r)
    for article, cases in articles:
        for claim in claims_of_article(r, article.id, include_refused=True):
            if decisions_only and claim.status is Status.SUGGESTED:
                continue
            evidence = evidence_of(r, claim.id) if claim.evidence_count else []
            row = (*_values(r, claim, article, cases, evidence), *_across(claim, clusters.get(claim.id, [])))
            writer.writerow([_cell(value) for value in row])
            count += 1
        steps.step()
    text.detach()
    return count


def _articles(r: Queryable) -> Iterator[tuple[Article, str]]:
    """Each article once, in the order of the cases, with the names of all its cases."""
    cases: dict[str, list[Case]] = {}
    articles: dict[str, Article] = {}
    for case in list_cases(r):
        for article in list_articles(r, case.id):
            articles.setdefault(article.id, article)
            cases.setdefault(article.id, []).append(case)
    for article in articles.values():
        yield article, "; ".join(case.name for case in cases[article.id])


def _values(
    r: Queryable, claim: Claim, article: Article, cases: str, evidence: list[Evidence]
) -> tuple[str | int | float | None, ...]:
    judgement, meta = claim.judgement, article.meta
    return (
        *(claim.id, cases, article.id, meta.title, meta.publisher, meta.url, meta.published_at),
        *(claim.span.start, claim.span.end, claim.quote, claim.normalised, claim.kind, claim.score, claim.claimant),
        *(claim.status, claim.made_by, claim.repeat_of, judgement.verdict, judgement.reason, judgement.note),
        *(judgement.confidence, claim.decided_by, claim.decided_at, claim.linked, claim.conflicts, len(evidence)),
        *("\n".join(_summary(r, each) for each in evidence), article.text_sha256),
    )


def _clusters(r: Queryable) -> dict[str, list[Row]]:
    """The clusters that each claim is in, one for each of its cases at most."""
    found: dict[str, list[Row]] = {}
    for row in r.rows(
        "SELECT m.claim_id, m.cluster_id, m.relation, k.normalised FROM cluster_claims m "
        "JOIN clusters k ON k.id = m.cluster_id WHERE m.status <> 'refused' ORDER BY m.claim_id, k.made_at, k.id"
    ):
        found.setdefault(row["claim_id"], []).append(dict(row))
    return found


def _across(claim: Claim, clusters: list[Row]) -> tuple[str, ...]:
    """What a claim is in beside other sources, and what it says in parts."""
    inherited = "" if claim.verdict is None else "yes" if claim.inherited_from else "no"
    return (
        "; ".join(row["cluster_id"] for row in clusters),
        "\n".join(filter(None, (row["normalised"] for row in clusters))),
        "; ".join(row["relation"] for row in clusters),
        inherited,
        " ← ".join(voice.name for voice in claim.attribution),
        "; ".join(normal_form(value) for value in claim.values),
    )


def _summary(r: Queryable, evidence: Evidence) -> str:
    """One piece of evidence in a line: stance, where it is, quote, note."""
    if evidence.kind is EvidenceKind.PASSAGE and evidence.article_id and evidence.span:
        label = get_article(r, evidence.article_id).label
        where = f"{label} [{evidence.span.start}–{evidence.span.end}]"
    else:
        where = evidence.url or _PARTS.get(evidence.kind, evidence.kind.value)
    quote = f" “{evidence.quote}”" if evidence.quote else ""
    note = f" ({evidence.note})" if evidence.note else ""
    return " ".join(f"{evidence.stance}: {where}{quote}{note}".split())


def _cell(value: Any) -> Any:
    """Numbers as numbers, nothing as an empty cell, text so that it cannot become a formula."""
    if value is None:
        return ""
    return guard(str(value)) if isinstance(value, str) else value


EXPORT = ExportFormat(
    name="csv",
    title="Table of claims (CSV)",
    suffix=".csv",
    group=Group.TABLE,
    description="One row for each claim with its verdict and evidence; opens in a spreadsheet.",
    unit="code points",
    holds=ALL_FEATURES - {Feature.TEXTS, Feature.ORIGINALS, Feature.SENTENCES, Feature.MENTIONS, Feature.HISTORY,
                          Feature.ALL_REVIEWERS, Feature.ABSENCES, Feature.ORIGINS, Feature.FILES, Feature.VERSIONS},
    write=write_claim_table,
    check=check_claim_table,
)  # fmt: skip
