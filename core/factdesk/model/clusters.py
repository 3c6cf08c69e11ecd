"""Claims of several articles about the same fact, and articles that share their text."""

from dataclasses import dataclass
from enum import StrEnum

from factdesk.model.claims import Claim, Judgement, Relation, Status


@dataclass(frozen=True, slots=True)
class Member:
    """A claim in a cluster: how it stands to the cluster's lead, and who says that it belongs there."""

    id: str
    claim: Claim
    relation: Relation
    status: Status  # suggested: the machine put it here; refused ones are kept so that no later run brings them back
    score: float
    reason: str
    made_by: str  # "machine" or a reviewer's name

    @property
    def inherits(self) -> bool:
        """Whether the cluster's verdict holds for it: a person accepted it, and it does not contradict the lead."""
        return self.status is Status.ACCEPTED and self.relation is not Relation.CONFLICTS


@dataclass(frozen=True, slots=True)
class Cluster:
    """Claims that state the same fact, or contradict each other about it."""

    id: str
    case_id: str
    normalised: str  # one text that names the fact; "" until someone writes it: then the lead's quote serves
    lead: str  # id of the claim that the others are compared with
    judgement: Judgement
    decided_by: str
    decided_at: str
    made_by: str  # "machine" or a reviewer's name
    members: tuple[Member, ...] = ()  # in the order of the case's articles, then of the text; refused ones left out

    @property
    def has_conflict(self) -> bool:
        """Whether sources contradict each other here."""
        return any(member.relation is Relation.CONFLICTS for member in self.members)


class CellState(StrEnum):
    """What one source says about the fact of a row on the board."""

    STATES = "states"
    DIFFERS = "differs"
    CONFLICTS = "conflicts"
    QUOTES = "quotes"  # puts it into someone's mouth
    NOT_FOUND = "not found"  # by the machine
    NOT_MENTIONED = "not mentioned"  # confirmed by a person


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles of a case that share their text and count as one source."""

    id: str
    article_ids: tuple[str, ...]  # in case order; the first is the one the others are compared with
    shares: tuple[float, ...]  # for each article: the part of its words that it has in common with the others, 0..1
    made_by: str = "machine"
