"""What can be done with the claim in the inspector: each step is one operation."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from factdesk.model.changes import Changes
from factdesk.model.claims import ClaimKind, Reason, Relation, Verdict
from factdesk.model.evidence import Stance
from factdesk.ops.claims import (
    accept_claims,
    mark_claim,
    refuse_claims,
    restore_claims,
    set_claim_kind,
    set_confidence,
    set_reason,
)
from factdesk.ops.clusters import (
    accept_members,
    mark_cluster,
    refuse_members,
    set_lead,
    set_relation,
    unlink_claim,
)
from factdesk.ops.evidence import add_passage, edit_evidence, remove_evidence
from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.review import Review
from factdesk_gui.session import Session


class InspectorSteps(QObject):
    """Does things with the claim that a view shows; nothing while it shows none."""

    def __init__(self, session: Session, review: Review, view: Callable[[], ClaimView | None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._view = view

    def judge(self, verdict: Verdict | None, *, only_here: bool = False) -> None:
        """Gives a verdict to the whole cluster, or to this claim alone; None takes its own away first."""
        if only_here:
            self._run(mark_claim, verdict)
        elif (view := self._view()) is not None:
            self._session.run(mark_cluster, view.case_id, view.claim.id, verdict)

    def give_reason(self, reason: Reason | None) -> None:
        """Says why."""
        self._run(set_reason, reason)

    def give_confidence(self, claim_id: str, confidence: int | None) -> None:
        """Says how sure one is, about a claim that may be left already."""
        self._session.run(set_confidence, claim_id, confidence)

    def set_kind(self, kind: ClaimKind) -> None:
        """Says what sort of statement it is."""
        self._run(set_claim_kind, kind)

    def accept(self) -> None:
        """Takes the suggestion over."""
        self._run_on_list(accept_claims)

    def refuse(self) -> None:
        """Puts the claim aside."""
        self._run_on_list(refuse_claims)

    def restore(self) -> None:
        """Brings it back."""
        self._run_on_list(restore_claims)

    def add_selection(self, stance: Stance) -> None:
        """Makes what is selected evidence."""
        passage = self._review.selection
        if passage is not None:
            self._run(add_passage, passage.article_id, passage.span, stance)

    def set_stance(self, evidence_id: str, stance: Stance) -> None:
        """Says what a piece of evidence does for its claim."""
        self._session.run(edit_evidence, evidence_id, stance=stance)

    def remove_evidence(self, evidence_id: str) -> None:
        """Takes a piece of evidence away."""
        self._session.run(remove_evidence, evidence_id)

    def accept_member(self, member_id: str) -> None:
        """Confirms that a claim belongs to the cluster."""
        self._session.run(accept_members, [member_id])

    def refuse_member(self, member_id: str) -> None:
        """Says that it does not."""
        self._session.run(refuse_members, [member_id])

    def accept_all(self) -> None:
        """Confirms everything that the machine put into the cluster, as one step."""
        view = self._view()
        if view is not None and view.waiting:
            self._session.run(accept_members, view.waiting)

    def unlink(self) -> None:
        """Takes the claim out of its cluster."""
        view = self._view()
        if view is not None and view.cluster is not None:
            self._session.run(unlink_claim, view.case_id, view.claim.id)

    def make_lead(self, claim_id: str = "") -> None:
        """Has the others compared with a claim of the cluster, by default the one shown."""
        view = self._view()
        if view is not None and view.cluster is not None:
            self._session.run(set_lead, view.cluster.id, claim_id or view.claim.id)

    def relate(self, relation: Relation, member_id: str = "") -> None:
        """Says how a member stands to the lead, by default the claim shown; the lead itself stands to nothing."""
        view = self._view()
        own = view.own if view is not None and not view.is_lead else None
        wanted = member_id or (own.id if own is not None else "")
        if wanted:
            self._session.run(set_relation, wanted, relation)

    def _run(self, operation: Callable[..., Changes], *values: Any) -> None:
        view = self._view()
        if view is not None:
            self._session.run(operation, view.claim.id, *values)

    def _run_on_list(self, operation: Callable[..., Changes]) -> None:
        view = self._view()
        if view is not None:
            self._session.run(operation, [view.claim.id])
