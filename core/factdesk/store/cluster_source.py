"""What clusters are suggested from: the claims and links of a case, and the clusters that a person has a hand in."""

from dataclasses import dataclass, field
from typing import NamedTuple

from factdesk.store.connection import Queryable
from factdesk.store.touching import CLUSTER_TOUCHED, settled_claims


class Pair(NamedTuple):
    """A link between two claims of the case."""

    a: str
    b: str
    relation: str
    score: float
    reason: str
    status: str
    is_persons: bool


class Member(NamedTuple):
    """A stored place in a cluster."""

    id: str
    claim_id: str
    relation: str
    status: str
    score: float
    reason: str


@dataclass(slots=True)
class Known:
    """A stored cluster."""

    id: str
    lead: str
    is_touched: bool
    members: dict[str, Member] = field(default_factory=dict)  # by claim

    @property
    def standing(self) -> list[str]:
        """Its claims, refused ones left out."""
        return [claim for claim, member in self.members.items() if member.status != "refused"]


@dataclass(slots=True)
class Material:
    """All that a plan is made of; claims in the order of the case and the text."""

    case_id: str
    article_of: dict[str, str]
    copies: dict[str, str]  # a claim that repeats an earlier one of its article, and that one
    handmade: set[str]
    pairs: list[Pair]
    clusters: dict[str, Known]
    settled: set[str]  # claims whose place a person has chosen
    absences: set[tuple[str, str]]


def load_material(r: Queryable, case_id: str) -> Material:
    """Read it."""
    claims = r.lists(
        "id, article_id, repeat_of, made_by",
        "SELECT c.id, c.article_id, c.repeat_of, c.made_by FROM case_articles ca CROSS JOIN claims c "
        "ON c.article_id = ca.article_id AND c.status <> 'refused' WHERE ca.case_id = ? "
        'ORDER BY ca.position, ca.article_id, c.start, c."end" DESC, c.id',
        (case_id,),
    )
    article_of = {row[0]: row[1] for row in claims}
    pairs = r.lists(
        "claim_a, claim_b, relation, score, reason, status, is_persons",
        "SELECT l.claim_a, l.claim_b, l.relation, l.score, l.reason, l.status, l.made_by IS NOT NULL AS is_persons "
        "FROM case_articles ca CROSS JOIN claims c ON c.article_id = ca.article_id CROSS JOIN links l "
        "ON l.claim_a = c.id WHERE ca.case_id = ? ORDER BY l.id",
        (case_id,),
    )
    absences = r.rows(
        "SELECT a.cluster_id, a.article_id FROM absences a JOIN clusters k ON k.id = a.cluster_id WHERE k.case_id = ?",
        (case_id,),
    )
    return Material(
        case_id=case_id,
        article_of=article_of,
        copies={row[0]: row[2] for row in claims if row[2] in article_of and row[2] != row[0]},
        handmade={row[0] for row in claims if row[3] is not None},
        pairs=[Pair(*row) for row in pairs if row[0] in article_of and row[1] in article_of],
        clusters=_clusters(r, case_id),
        settled=settled_claims(r),
        absences={(row[0], row[1]) for row in absences},
    )


def _clusters(r: Queryable, case_id: str) -> dict[str, Known]:
    rows = r.lists(
        "id, lead, is_touched",
        f"SELECT k.id, k.lead, {CLUSTER_TOUCHED} AS is_touched FROM clusters k WHERE k.case_id = ? ORDER BY k.id",
        (case_id,),
    )
    clusters = {row[0]: Known(row[0], row[1], bool(row[2])) for row in rows}
    members = r.lists(
        "cluster_id, id, claim_id, relation, status, score, reason",
        "SELECT m.cluster_id, m.id, m.claim_id, m.relation, m.status, m.score, m.reason FROM clusters k "
        "CROSS JOIN cluster_claims m ON m.cluster_id = k.id WHERE k.case_id = ? ORDER BY m.cluster_id, m.id",
        (case_id,),
    )
    for cluster, *member in members:
        clusters[cluster].members[member[1]] = Member(*member)
    return clusters
