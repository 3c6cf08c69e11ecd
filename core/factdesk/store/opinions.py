"""What each reviewer last said about a claim, read from the history: undone steps do not count."""

from collections import defaultdict
from dataclasses import dataclass

from factdesk.model.claims import Judgement
from factdesk.store.claims import judgement_of
from factdesk.store.connection import Queryable


@dataclass(frozen=True, slots=True)
class Opinion:
    """A reviewer's last verdict on a claim."""

    reviewer: str  # name
    judgement: Judgement
    decided_at: str


def opinions_in(r: Queryable, article_id: str) -> dict[str, list[Opinion]]:
    """The last verdicts on each claim of an article, one for each reviewer who has one, oldest first."""
    rows = r.rows(
        "SELECT d.claim_id, p.name AS reviewer, d.verdict, d.reason, d.note, d.confidence, d.decided_at "
        "FROM claims c JOIN decisions d ON d.claim_id = c.id JOIN reviewers p ON p.id = d.reviewer_id "
        "LEFT JOIN operations o ON o.seq = d.operation "
        "WHERE c.article_id = ? AND d.cause = 'do' AND (o.seq IS NULL OR o.state = 'done') ORDER BY d.number",
        (article_id,),
    )
    found: dict[str, dict[str, Opinion]] = defaultdict(dict)
    for row in rows:
        by_reviewer = found[row["claim_id"]]
        by_reviewer.pop(row["reviewer"], None)
        if row["verdict"] is not None:
            judgement = judgement_of(row["verdict"], row["reason"], row["note"], row["confidence"])
            by_reviewer[row["reviewer"]] = Opinion(row["reviewer"], judgement, row["decided_at"])
    return {claim: list(each.values()) for claim, each in found.items() if each}
