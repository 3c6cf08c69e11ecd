"""What was decided about a similar claim before."""

from dataclasses import dataclass

from factdesk.model.claims import Judgement
from factdesk.model.evidence import ClusterEvidence


@dataclass(frozen=True, slots=True)
class Remembered:
    """A claim of another case (or another project) that resembles the one at hand, with its verdict."""

    claim_id: str
    quote: str
    normalised: str  # "" when nobody wrote one
    case_id: str
    case_name: str
    article: str  # label of its article
    published_at: str
    judgement: Judgement
    decided_by: str
    decided_at: str
    evidence: tuple[ClusterEvidence, ...]
    likeness: float  # 0 to 1
    project: str = ""  # name of the other project's file; "" for this one
