"""What the inspector shows of one claim at once: few rows, read on the window's own thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from factdesk.model.articles import Article
from factdesk.model.claims import Claim, Decision, Relation, Status
from factdesk.model.clusters import Cluster, Member
from factdesk.model.dating import FirstSeen
from factdesk.model.evidence import ClusterEvidence
from factdesk.store.articles import get_article
from factdesk.store.claims import get_claim, history_of
from factdesk.store.clusters import cluster_of, origins_of
from factdesk.store.connection import Queryable
from factdesk.store.evidence import evidence_for_cluster
from factdesk.store.first_seen import first_seen
from factdesk.store.people import Person, list_people


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim, its cluster and everything that hangs on both."""

    claim: Claim
    case_id: str
    cluster: Cluster | None = None  # None also for one without other members
    evidence: list[ClusterEvidence] = field(default_factory=list)  # of all claims of the cluster, the claim's own first
    articles: dict[str, Article] = field(default_factory=dict)
    history: list[Decision] = field(default_factory=list)
    first: FirstSeen | None = None
    origins: dict[str, str] = field(default_factory=dict)  # origin by article, where several articles share one
    people: Sequence[Person] = ()  # reviewers of the project, for their colours

    @property
    def own(self) -> Member | None:
        """The claim as a member of its cluster."""
        return next((one for one in self.members if one.claim.id == self.claim.id), None)

    @property
    def members(self) -> tuple[Member, ...]:
        """All members, the claim itself too."""
        return self.cluster.members if self.cluster is not None else ()

    @property
    def others(self) -> list[Member]:
        """The members but the claim."""
        return [member for member in self.members if member.claim.id != self.claim.id]

    @property
    def waiting(self) -> list[str]:
        """Ids of members that nobody accepted yet, the claim's own too; the lead is accepted with the first of them."""
        waiting = [member for member in self.members if member.status is Status.SUGGESTED]
        lead = self.cluster.lead if self.cluster is not None else ""
        besides = [member.id for member in waiting if member.claim.id != lead]
        return besides or [member.id for member in waiting]

    @property
    def is_lead(self) -> bool:
        """Whether the others are compared with this claim."""
        return self.cluster is not None and self.cluster.lead == self.claim.id

    @property
    def is_override(self) -> bool:
        """Whether it is judged otherwise than its cluster, which it does not contradict."""
        claim, shared = self.claim, self.cluster.judgement.verdict if self.cluster is not None else None
        has_own = claim.verdict is not None and claim.inherited_from is None
        return self.marks_cluster and has_own and shared is not None and shared is not claim.verdict

    @property
    def marks_cluster(self) -> bool:
        """Whether a verdict given here is meant for the whole cluster: not where this claim contradicts it."""
        return self.own is not None and self.own.relation is not Relation.CONFLICTS

    @property
    def reach(self) -> int:
        """How many sources such a verdict holds for: articles of one origin count once."""
        joined = [one.claim for one in self.others if one.inherits] if self.marks_cluster else []
        return len({self.source_of(claim.article_id) for claim in [*joined, self.claim]})

    def beside(self, step: int) -> Claim | None:
        """The claim of the next (+1) or previous (-1) article, round at the ends; None without another article.

        Where an article has several, a passage that conflicts comes before the others.
        """
        told: dict[str, list[Member]] = {}
        for member in self.members:
            told.setdefault(member.claim.article_id, []).append(member)
        articles = list(told)
        if len(articles) < 2 or self.claim.article_id not in told:
            return None
        there = told[articles[(articles.index(self.claim.article_id) + step) % len(articles)]]
        return next((one.claim for one in there if one.relation is Relation.CONFLICTS), there[0].claim)

    def source_of(self, article_id: str) -> str:
        """What an article counts as."""
        return self.origins.get(article_id, article_id)

    def label(self, article_id: str | None) -> str:
        """A short name of an article; "" when it is not known."""
        article = self.articles.get(article_id or "")
        return article.label if article is not None else ""


def load_view(r: Queryable, case_id: str, claim_id: str) -> ClaimView:
    """Reads it."""
    claim = get_claim(r, claim_id)
    cluster = cluster_of(r, case_id, claim_id)
    if cluster is not None and len(cluster.members) < 2:
        cluster = None
    members = [member.claim for member in cluster.members] if cluster is not None else [claim]
    evidence = evidence_for_cluster(r, case_id, claim_id)
    named = {one.article_id for one in members} | {
        piece.evidence.article_id for piece in evidence if piece.evidence.article_id
    }
    return ClaimView(
        claim,
        case_id,
        cluster,
        evidence,
        {id_: get_article(r, id_) for id_ in named},
        history_of(r, claim_id),
        first_seen(r, case_id, claim_id) if cluster is not None else None,
        {article: origin.id for origin in origins_of(r, case_id) for article in origin.article_ids},
        list_people(r),
    )
