"""What a project demands of a verdict, and how it judges dates. Settings of a project, all off or mild by default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceGate:
    """What must be there before a claim may be marked. Unverified, and taking a verdict away, are always possible."""

    verified_origins: int = 0  # independent origins of evidence that supports a verified claim; 0: none demanded
    disputed_evidence: int = 0  # pieces of evidence against a disputed claim, or of its context
    need_quote: bool = False  # only evidence with a quotation counts, and there must be some
    need_note: bool = False  # the reviewer must have written a note

    def __post_init__(self) -> None:
        if self.verified_origins < 0 or self.disputed_evidence < 0:
            raise ValueError("a number of pieces is not negative")

    @property
    def is_on(self) -> bool:
        """Whether it demands anything."""
        return self != EvidenceGate()

    @property
    def rules(self) -> tuple[str, ...]:
        """What it demands, in words."""
        told = (
            (self.verified_origins, f"verified needs {self.verified_origins} independent {_origins(self)}"),
            (self.disputed_evidence, f"disputed needs {self.disputed_evidence} {_pieces(self)} of evidence"),
            (self.need_quote, "evidence needs a quotation"),
            (self.need_note, "a verdict needs a note"),
        )
        return tuple(words for is_demanded, words in told if is_demanded)


@dataclass(frozen=True, slots=True)
class TimeGuard:
    """How old evidence may be."""

    stale_days: int = 365  # outside sources published longer than this before the claim are stale; 0: never


def _origins(gate: EvidenceGate) -> str:
    return "origin" if gate.verified_origins == 1 else "origins"


def _pieces(gate: EvidenceGate) -> str:
    return "piece" if gate.disputed_evidence == 1 else "pieces"
