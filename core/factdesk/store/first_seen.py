"""Where a fact was published first."""

from factdesk.compare.dates import Moment, moment
from factdesk.model.dating import FirstSeen
from factdesk.store.connection import Queryable

_SOURCES = """
SELECT c.id, c.article_id, coalesce(nullif(a.publisher, ''), nullif(a.title, ''), nullif(a.source_name, ''),
       substr(a.id, 1, 9)) AS label, a.published_at, s.accepted
FROM (SELECT :claim AS claim_id, 1 AS accepted
      UNION
      SELECT m.claim_id, m.status = 'accepted' FROM cluster_claims mine
      JOIN clusters k ON k.id = mine.cluster_id AND k.case_id = :case
      JOIN cluster_claims m ON m.cluster_id = k.id AND m.status <> 'refused' AND m.claim_id <> mine.claim_id
      WHERE mine.claim_id = :claim AND mine.status <> 'refused'
        AND (m.relation = 'conflicts') = (mine.relation = 'conflicts')) s
JOIN claims c ON c.id = s.claim_id AND c.status <> 'refused' JOIN articles a ON a.id = c.article_id
JOIN case_articles ca ON ca.article_id = a.id AND ca.case_id = :case
ORDER BY ca.position, ca.article_id, c.start
"""


def first_seen(r: Queryable, case_id: str, claim_id: str) -> FirstSeen | None:
    """The earliest published article of the case that states what this claim states; None if no date is known."""
    rows = r.rows(_SOURCES, {"case": case_id, "claim": claim_id})
    dated = [(known, row) for row in rows if (known := moment(row["published_at"])) is not None]
    if not dated:
        return None
    first, row = min(dated, key=lambda pair: (pair[0].first, pair[0].last))
    others = [(known, other) for known, other in dated if other["article_id"] != row["article_id"]]
    rivals = [other["label"] for known, other in others if not _is_certainly_before(first, known)]
    undated = len({other["article_id"] for other in rows if moment(other["published_at"]) is None})
    doubts = []
    if rivals:
        doubts.append(f"{' and '.join(dict.fromkeys(rivals))} may be as early")
    if undated:
        doubts.append(f"{undated} {'source has' if undated == 1 else 'sources have'} no date")
    if not row["accepted"]:
        doubts.append("nobody has confirmed yet that it states the same")
    return FirstSeen(row["id"], row["article_id"], row["label"], row["published_at"], not doubts, "; ".join(doubts))


def _is_certainly_before(one: Moment, other: Moment) -> bool:
    return other.is_after(one)
