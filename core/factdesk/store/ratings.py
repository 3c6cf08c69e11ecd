"""What reviewers said, as figures of agreement need it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Row

from factdesk.model.claims import Verdict
from factdesk.model.spans import Span
from factdesk.store.connection import Queryable
from factdesk.store.opinions import opinions_of

LABELS = tuple(str(verdict) for verdict in Verdict)
"""The labels of a rating, in the order that tables show."""


@dataclass(frozen=True, slots=True)
class RatedClaim:
    """A claim with the verdict of each reviewer who judged it."""

    claim_id: str
    kind: str
    quote: str
    verdicts: dict[str, str]  # by reviewer's name


def rated_claims(r: Queryable, case_id: str) -> list[RatedClaim]:
    """The claims of a case that somebody judged, in the order of the texts."""
    articles = _articles(r, case_id)
    opinions = opinions_of(r, articles)
    found = []
    for row in r.rows(
        "SELECT c.id, c.kind, c.quote FROM case_articles ca JOIN claims c ON c.article_id = ca.article_id "
        "WHERE ca.case_id = ? AND c.status <> 'refused' ORDER BY ca.position, ca.article_id, c.start, c.id",
        (case_id,),
    ):
        said = {each.reviewer: str(each.judgement.verdict) for each in opinions.get(row["id"], [])}
        if said:
            found.append(RatedClaim(row["id"], row["kind"], row["quote"], said))
    return found


Marked = dict[str, dict[str, list[Span]]]
"""Spans by name of a reviewer, then by article."""


def marked_mentions(r: Queryable, case_id: str) -> Marked:
    """Spans that each reviewer marked as mentions by hand, since somebody else first got a copy.

    Mentions marked before that lie in the copies: nobody there could mark them a second time.
    """
    rows = r.rows(
        'SELECT p.name, m.article_id, m.start, m."end" FROM mentions m JOIN reviewers p ON p.id = m.made_by '
        "JOIN case_articles ca ON ca.article_id = m.article_id AND ca.case_id = ? WHERE m.status <> 'refused' "
        "AND m.made_at > coalesce((SELECT min(made_at) FROM handovers), '') "
        "ORDER BY p.name, ca.position, ca.article_id, m.start",
        (case_id,),
    )
    return _by_reviewer(rows)


def marked_spans(r: Queryable, case_id: str, kind: str = "") -> Marked:
    """Spans that each reviewer holds for claims (of one kind, or of all): made by them, accepted or judged."""
    rows = r.rows(
        "WITH said AS (SELECT d.claim_id, d.reviewer_id, d.status, d.decided_at, d.number FROM decisions d "
        "LEFT JOIN operations o ON o.seq = d.operation "
        "WHERE coalesce(o.name, '') NOT IN ('merging.take_over', 'adjudication.adjudicate') UNION ALL "
        "SELECT claim_id, reviewer_id, status, decided_at, place FROM opinions), "
        "last AS (SELECT claim_id, reviewer_id, status, row_number() OVER (PARTITION BY claim_id, reviewer_id "
        "ORDER BY decided_at DESC, number DESC) AS n FROM said WHERE status IS NOT NULL), "
        "kept AS (SELECT claim_id, reviewer_id FROM last WHERE n = 1 AND status = 'accepted' UNION "
        "SELECT c.id, c.made_by FROM claims c WHERE c.made_by IS NOT NULL AND c.status <> 'refused') "
        'SELECT p.name, c.article_id, c.start, c."end" FROM kept k JOIN claims c ON c.id = k.claim_id '
        "JOIN reviewers p ON p.id = k.reviewer_id "
        "JOIN case_articles ca ON ca.article_id = c.article_id AND ca.case_id = ?1 WHERE ?2 IN ('', c.kind) "
        "ORDER BY p.name, ca.position, ca.article_id, c.start",
        (case_id, kind),
    )
    return _by_reviewer(rows)


def _by_reviewer(rows: Iterable[Row]) -> Marked:
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for name, article, start, end in rows:
        found[name][article].append(Span(start, end))
    return {name: dict(articles) for name, articles in found.items()}


def decided_claims(r: Queryable, case_id: str) -> list[str]:
    """Ids of the claims of a case that have a verdict, in the order of the texts."""
    rows = r.rows(
        "SELECT c.id FROM case_articles ca JOIN claims c ON c.article_id = ca.article_id "
        "WHERE ca.case_id = ? AND c.verdict IS NOT NULL AND c.status <> 'refused' ORDER BY ca.position, ca.article_id, c.start, c.id",
        (case_id,),
    )
    return [row[0] for row in rows]


def _articles(r: Queryable, case_id: str) -> list[str]:
    return [row[0] for row in r.rows("SELECT article_id FROM case_articles WHERE case_id = ?", (case_id,))]
