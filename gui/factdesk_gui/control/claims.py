"""Commands about claims: verdicts, reasons, evidence and links."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.claims import REASONS, Claim, Relation, Status, Verdict
from factdesk.model.evidence import Stance
from factdesk.ops.claims import accept_claims, add_claim, set_reason
from factdesk.ops.clusters import link_claims
from factdesk.ops.evidence import add_passage
from factdesk.store.articles import article_text
from factdesk.store.claims import get_claim
from factdesk.text.words import trim_span, whole_words
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.workspace import Workspace


class ClaimControl(QObject):
    """Answers the commands about the current claim."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._review = workspace.review
        self._queue = workspace.queue
        self._inspector = workspace.inspector
        self._desk = workspace.desk
        self._last_chosen: list[str] = []  # claims chosen before, newest last, one for each article
        self._review.claim_chosen.connect(self._remember)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.VERIFY: lambda: self.mark(Verdict.VERIFIED),
            Command.DISPUTE: lambda: self.mark(Verdict.DISPUTED),
            Command.UNVERIFY: lambda: self.mark(Verdict.UNVERIFIED),
            Command.CLEAR_VERDICT: lambda: self.mark(None),
            Command.VERIFY_HERE: lambda: self._inspector.judge(Verdict.VERIFIED, only_here=True),
            Command.DISPUTE_HERE: lambda: self._inspector.judge(Verdict.DISPUTED, only_here=True),
            Command.UNVERIFY_HERE: lambda: self._inspector.judge(Verdict.UNVERIFIED, only_here=True),
            Command.REASON_1: lambda: self.give_reason(0),
            Command.REASON_2: lambda: self.give_reason(1),
            Command.REASON_3: lambda: self.give_reason(2),
            Command.NEXT_CLAIM: self._queue.next_claim,
            Command.PREVIOUS_CLAIM: self._queue.previous_claim,
            Command.NEXT_UNDECIDED: self._queue.next_undecided,
            Command.FOCUS_NOTE: self._inspector.focus_note,
            Command.EVIDENCE_SUPPORTS: lambda: self.add_evidence(Stance.SUPPORTS),
            Command.EVIDENCE_REFUTES: lambda: self.add_evidence(Stance.REFUTES),
            Command.EVIDENCE_CONTEXT: lambda: self.add_evidence(Stance.CONTEXT),
            Command.NEW_CLAIM: self.new_claim,
            Command.ACCEPT_SHOWN: self.accept_shown,
            Command.NEXT_SOURCE: self.next_source,
            Command.PREVIOUS_SOURCE: lambda: self.next_source(-1),
            Command.LINK: self.link,
            **self._about_cluster(),
        }

    def _about_cluster(self) -> dict[Command, Callable[[], None]]:
        steps = self._inspector.steps
        return {
            Command.ACCEPT_LINKS: steps.accept_all,
            Command.UNLINK: steps.unlink,
            Command.CLAIM_LEAD: steps.make_lead,
            Command.CLAIM_SAME: lambda: steps.relate(Relation.SAME),
            Command.CLAIM_DIFFERS: lambda: steps.relate(Relation.DIFFERS),
            Command.CLAIM_CONFLICTS: lambda: steps.relate(Relation.CONFLICTS),
            Command.NORMALISE: self._inspector.focus_plain_words,
            Command.JUDGED_ELSEWHERE: self.ask_other_project,
        }

    def current(self) -> Claim | None:
        """The claim in the inspector; None also when undo took it away."""
        return self._find(self._review.claim_id) if self._review.claim_id else None

    def mark(self, verdict: Verdict | None) -> None:
        """Gives the current claim and its cluster a verdict, or takes it away."""
        self._inspector.judge(verdict)

    def give_reason(self, index: int) -> None:
        """The reason with this place in the verdict's list; the same once more takes it away."""
        claim = self.current()
        if claim is None or claim.verdict is None or index >= len(REASONS[claim.verdict]):
            return
        reason = REASONS[claim.verdict][index]
        self._session.run(set_reason, claim.id, None if claim.judgement.reason is reason else reason)

    def new_claim(self) -> None:
        """Makes the selection a claim and the current one."""
        passage = self._review.selection
        if passage is None:
            return
        text = article_text(self._session.reader, passage.article_id)
        span = trim_span(text, whole_words(text, passage.span))
        if span is not None:
            self._session.run(add_claim, passage.article_id, span, done=self._choose_created)

    def add_evidence(self, stance: Stance) -> None:
        """Makes the selection, in whichever pane, evidence for the current claim."""
        passage = self._review.selection
        if passage is not None and self._review.claim_id:
            self._session.run(add_passage, self._review.claim_id, passage.article_id, passage.span, stance)

    def next_source(self, step: int = 1) -> None:
        """Goes to the same claim in the next (+1) or previous (-1) article, round and back to where it began."""
        view = self._inspector.view
        found = view.beside(step) if view is not None else None
        if found is not None:
            self._review.choose_claim(found.id)

    def link(self) -> None:
        """Links the current claim with the one chosen last in another article."""
        if len(self._last_chosen) >= 2:
            newest, before = self._last_chosen[-1], self._last_chosen[-2]
            self._session.run(link_claims, self._review.case_id, newest, before, Relation.SAME)

    def ask_other_project(self) -> None:
        """Asks for a project file in which claims like this one may have been judged; it is only read."""
        view = self._inspector.view
        if view is None:
            return
        from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_file

        folder = str(self._session.project.path.parent)
        window = self._desk.window()
        ask_file(window, "Look in another project", folder, (PROJECT_FILTER,), self.look_in_project)

    def look_in_project(self, path: Path) -> None:
        """Shows what was judged in another project about claims like the current one."""
        view = self._inspector.view
        if view is not None:
            self._inspector.extras.look_in(path, view.claim.id)

    def accept_shown(self) -> None:
        """Accepts every suggestion that the queue shows, as one step."""
        self._queue.bulk.run(self._queue.visible_ids(), accept_claims)

    def checked(self) -> dict[Command, bool]:
        """The verdict of the current claim, as pressed buttons."""
        claim = self._inspector.claim
        verdict = claim.verdict if claim else None
        return {
            Command.VERIFY: verdict is Verdict.VERIFIED,
            Command.DISPUTE: verdict is Verdict.DISPUTED,
            Command.UNVERIFY: verdict is Verdict.UNVERIFIED,
        }

    def needs_met(self) -> set[Need]:
        """What is true about the current claim, for enabling commands."""
        view = self._inspector.view  # read once for every screen
        claim = view.claim if view is not None else None
        facts = {
            Need.SHOWN_SUGGESTIONS: len(self._queue.visible_ids()) > 0,
            Need.CLAIM: claim is not None,
            Need.MARK: claim is not None,
            Need.SUGGESTION: claim is not None and claim.status is Status.SUGGESTED,
            Need.VERDICT: claim is not None and claim.verdict is not None,
            Need.LINKED: view is not None and view.beside(1) is not None,
            Need.MEMBER: view is not None and bool(view.others),
            Need.SUGGESTED_LINKS: view is not None and bool(view.waiting),
            Need.PAIR: claim is not None and len(self._last_chosen) >= 2,
        }
        return {need for need, is_met in facts.items() if is_met}

    def _choose_created(self, changes: Changes) -> None:
        if changes.created:
            self._review.choose_claim(changes.created)

    def _remember(self, claim_id: str) -> None:
        claim = self.current() if claim_id else None
        if claim is None:
            return
        found = [self._find(known) for known in self._last_chosen]
        others = [other.id for other in found if other is not None and other.article_id != claim.article_id]
        self._last_chosen = [*others[-5:], claim.id]

    def _find(self, claim_id: str) -> Claim | None:
        try:
            return get_claim(self._session.reader, claim_id)
        except NotFoundError:  # taken back by undo, or its article was read anew
            return None
