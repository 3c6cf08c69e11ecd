"""Decided claims as fact-checking datasets want them: one text, one label of theirs, and the evidence that counts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factdesk.exchange.dataset import Dataset, Document, ExportClaim
from factdesk.exchange.export_format import FormatOption, Loss
from factdesk.exchange.reckoning import decided_in
from factdesk.model.claims import Claim, Judgement, Reason, Verdict
from factdesk.model.evidence import Evidence, Stance
from factdesk.store.evidence import evidence_for_cluster

Labels = Mapping[tuple[Verdict, Reason | None], str]
"""The label of a format for each verdict and reason; a pair without one is left out."""

REFUTED = "refuted"
DISPUTED = FormatOption(
    "disputed",
    "Disputed without a reason",
    (("leave out", "Leave these claims out"), (REFUTED, "Take them as refuted")),
    "A claim may be disputed because evidence contradicts it, because sources conflict or because context is missing. "
    "Without a reason nobody knows which.",
)
"""An option of formats that tell what is refuted from what is in conflict."""


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A decided claim."""

    document: Document
    each: ExportClaim
    label: str
    text: str  # in a reviewer's words where there are some, else its quote, in one line

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.each.claim


@dataclass(frozen=True, slots=True)
class Weighed:
    """A piece of evidence and what it does for one claim, which need not be the one it was added to."""

    evidence: Evidence
    stance: Stance


def one_line(text: str) -> str:
    """A text with every stretch of blanks and line ends as one space."""
    return " ".join(text.split())


def label_of(judgement: Judgement, labels: Labels, *, disputed_is: str = "") -> str:
    """The format's label for a verdict, "" when it has none; `disputed_is` is that for disputed without a reason."""
    if judgement.verdict is None:
        return ""
    if judgement.verdict is Verdict.DISPUTED and judgement.reason is None:
        return disputed_is
    return labels.get((judgement.verdict, judgement.reason), "")


def fact_checks(document: Document, labels: Labels, disputed_is: str = "") -> Iterator[FactCheck]:
    """The claims of an article that have a label, in text order."""
    for each in document.claims:
        label = label_of(each.claim.judgement, labels, disputed_is=disputed_is)
        if label:
            yield FactCheck(document, each, label, one_line(each.claim.normalised or each.claim.quote))


def left_out(dataset: Dataset, labels: Labels, disputed_is: str, name: str) -> list[Loss]:
    """What has no label of this format, told in advance."""
    decided = decided_in(dataset)
    undecided = len(dataset.claims) - len(decided)
    found: Counter[str] = Counter()
    for (verdict, reason), count in Counter(decided.values()).items():
        if not label_of(Judgement(verdict, reason), labels, disputed_is=disputed_is):
            found[f"{verdict}, {reason or 'no reason given'}"] += count
    losses = [
        Loss(f"{_claims(count)} with the verdict “{words}”", f"{name} has no label for it: left out.")
        for words, count in sorted(found.items())
    ]
    if undecided:
        losses.append(Loss(f"{_claims(undecided)} without a verdict", "Left out: no verdict is never a verdict."))
    return losses


def _claims(count: int) -> str:
    return f"{count:,} claim{'' if count == 1 else 's'}"


class Weighing:
    """Finds the evidence of claims, that of other claims about the same fact too where people put them together."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._case_of = {cluster.id: cluster.case_id for cluster in dataset.clusters}

    def evidence_of(self, each: ExportClaim) -> list[Weighed]:
        """Its own first, then that of its clusters; each piece once."""
        found = {evidence.id: Weighed(evidence, evidence.stance) for evidence in each.evidence}
        for case in sorted({self._case_of[cluster] for cluster, _ in each.clusters if cluster in self._case_of}):
            for other in evidence_for_cluster(self._dataset.r, case, each.claim.id):
                if other.is_settled:
                    found.setdefault(other.evidence.id, Weighed(other.evidence, other.stance))
        return list(found.values())
