"""What an export would hold, asked from the project file at once: a forecast must not read every article."""

import json
from collections.abc import Iterator

from factdesk.exchange.dataset import Dataset, Whose
from factdesk.model.claims import Reason, Verdict
from factdesk.model.evidence import Evidence
from factdesk.store.evidence import all_evidence

Edges = tuple[int, int]


def decided_in(dataset: Dataset) -> dict[str, tuple[Verdict, Reason | None]]:
    """Verdict and reason of each exported claim that has one, by the claim's id."""
    if dataset.options.whose not in {Whose.IN_FORCE, Whose.ALL}:  # whose verdict counts is told claim by claim
        claims = (each.claim for document in dataset.documents() for each in document.claims)
        return {claim.id: (claim.verdict, claim.judgement.reason) for claim in claims if claim.verdict is not None}
    rows = dataset.r.rows("SELECT id, verdict, reason FROM claims WHERE verdict IS NOT NULL")
    return {
        row["id"]: (Verdict(row["verdict"]), Reason(row["reason"]) if row["reason"] else None)
        for row in rows
        if row["id"] in dataset.claims
    }


def evidence_in(dataset: Dataset) -> Iterator[Evidence]:
    """The evidence of the exported claims."""
    return (each for each in all_evidence(dataset.r) if each.claim_id in dataset.claims)


def suggested_mentions_in(dataset: Dataset) -> int:
    """How many exported mentions nobody has looked at."""
    if dataset.options.decisions_only:
        return 0
    sql = "SELECT count(*) FROM mentions WHERE status = 'suggested' AND article_id IN (SELECT value FROM json_each(?))"
    return int(dataset.r.value(sql, (_articles(dataset),)) or 0)


def mentions_in(dataset: Dataset) -> dict[str, list[Edges]]:
    """The edges of the exported mentions of each article, in the order of `Document.mentions`."""
    kept = "= 'accepted'" if dataset.options.decisions_only else "<> 'refused'"
    rows = dataset.r.rows(
        f'SELECT article_id, start, "end" FROM mentions WHERE status {kept} '  # noqa: S608 - a constant
        'AND article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, start, "end" DESC',
        (_articles(dataset),),
    )
    found: dict[str, list[Edges]] = {}
    for article, start, end in map(tuple, rows):
        found.setdefault(article, []).append((start, end))
    return found


def claims_in(dataset: Dataset) -> dict[str, list[Edges]]:
    """The edges of the exported claims of each article, in the order of `Document.claims`."""
    rows = dataset.r.rows(
        "SELECT id, article_id, start, \"end\" FROM claims WHERE status <> 'refused' "
        'AND article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, start, "end" DESC',
        (_articles(dataset),),
    )
    found: dict[str, list[Edges]] = {}
    for claim, article, start, end in map(tuple, rows):
        if claim in dataset.claims:
            found.setdefault(article, []).append((start, end))
    return found


def _articles(dataset: Dataset) -> str:
    return json.dumps([article.id for article in dataset.articles])
