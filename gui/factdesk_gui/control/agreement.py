"""Commands about what several reviewers said: how far they agree, settling where they do not, and one's own sittings."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from factdesk.clock import utc_now
from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Judgement
from factdesk.ops.adjudication import adjudicate
from factdesk.store.cases import list_cases
from factdesk.store.disagreements import Disagreement, disagreements
from factdesk.store.people import list_people, sittings_of
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import NoticeBar
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk.project import Project
    from factdesk.store.connection import Reader
    from factdesk_gui.dialogs.agreement_dialog import AgreementDialog
    from factdesk_gui.models.agreement_figures import Agreement
    from factdesk_gui.panels.settle_window import SettleWindow


_STEPS = 3


class AgreementControl(QObject):
    """Answers the commands about agreement, adjudication and sittings."""

    def __init__(self, workspace: Workspace, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._session = workspace.session
        self._review = workspace.review
        self._window = workspace.desk.window
        self._jobs = jobs
        self._notices = notices
        self._figures: AgreementDialog | None = None
        self._work: Job | None = None
        self._settling: SettleWindow | None = None
        self._session.changed.connect(self._on_changed)
        self._session.failed.connect(self._on_failed)
        self._review.case_chosen.connect(lambda _: self._list())

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.AGREEMENT: self.show_agreement,
            Command.SETTLE: self.settle,
            Command.MY_SESSIONS: self.show_sessions,
        }

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    # how far they agree -------------------------------------------------------------------------------------------

    def show_agreement(self) -> None:
        """Shows the figures of a case."""
        from factdesk_gui.dialogs.agreement_dialog import AgreementDialog

        cases = [(case.id, case.name) for case in list_cases(self._session.reader)]
        dialog = AgreementDialog(cases, self._review.case_id, self._window())
        dialog.figures_wanted.connect(self._work_out)
        dialog.settle_wanted.connect(self.settle)
        dialog.finished.connect(self._on_figures_closed)
        self._figures = dialog
        dialog.open()
        self._work_out(*dialog.question())

    def _work_out(self, case_id: str, kind: str) -> None:
        project = self._session.project

        def done(found: "Agreement") -> None:
            if self._figures is not None:
                self._figures.show_figures(found)

        def failed(error: FactdeskError) -> None:
            if self._figures is not None:
                self._figures.show_trouble(error)

        self._stop_work()
        self._work = self._jobs.run(lambda job: _agreement(project, case_id, kind, job), done, failed)
        if self._figures is not None:
            self._work.progressed.connect(self._figures.show_step)

    def _stop_work(self) -> None:
        """What was asked before is not wanted any more."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _on_figures_closed(self) -> None:
        self._stop_work()
        self._figures = None

    # settling -----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Shows the queue of disagreements beside the work."""
        from factdesk_gui.panels.settle_window import SettleWindow

        if self._settling is not None:
            self._settling.raise_()
            self._settling.activateWindow()
            return
        window = SettleWindow(self._window(), writable=not self._session.read_only)
        window.judgement_given.connect(self._put_in_force)
        window.claim_wanted.connect(self._review.choose_claim)
        window.undo_wanted.connect(self._session.undo)
        window.redo_wanted.connect(self._session.redo)
        window.finished.connect(self._on_settling_closed)
        self._settling = window
        self.destroyed.connect(window.deleteLater)
        self._list()
        window.show()

    def _list(self) -> None:
        if self._settling is not None:
            case = self._review.case_id
            self._session.query("disagreements", lambda reader: _disagreements(reader, case), self._on_listed)

    def _on_listed(self, found: dict[str, Any]) -> None:
        if self._settling is not None:
            self._settling.show_all(**found)

    def _put_in_force(self, each: Disagreement, judgement: Judgement, chosen: str) -> None:
        self._session.run(adjudicate, self._review.case_id, each.claim.id, judgement, chosen, each.others)

    def _on_settling_closed(self) -> None:
        self._settling = None

    def _on_changed(self, changes: Changes) -> None:
        if changes.claims or changes.clusters or changes.articles or changes.everything:
            self._list()

    def _on_failed(self, error: FactdeskError) -> None:
        if self._settling is not None:
            self._settling.say_problem(f"{error.message} {error.hint}".strip(), blocks=False)

    # sittings -----------------------------------------------------------------------------------------------------

    def show_sessions(self) -> None:
        """Shows the sittings of whoever decides here now, and of nobody else."""
        from factdesk_gui.dialogs.sessions_dialog import SessionsDialog

        project = self._session.project

        def show(found: list[Any]) -> None:
            SessionsDialog(project.reviewer_name, found, utc_now(), self._window()).open()

        me, present = project.reviewer_id, project.session_id
        self._session.query("sittings", lambda reader: sittings_of(reader, me, present), show)


def _disagreements(reader: "Reader", case_id: str) -> dict[str, Any]:
    from factdesk.store.articles import article_names

    return {
        "found": disagreements(reader, case_id, include_settled=True) if case_id else [],
        "people": list_people(reader),
        "articles": article_names(reader, case_id),
    }


def _agreement(project: "Project", case_id: str, kind: str, job: Job) -> "Agreement | None":
    """Works the figures out, with a reader of its own: the library for alpha takes a moment to load. None if stopped."""
    from factdesk.store.ratings import marked_mentions, marked_spans, rated_claims
    from factdesk_gui.models.agreement_figures import work_out

    with project.reader() as reader:
        job.report(1, _STEPS, "what each reviewer said")
        rated = rated_claims(reader, case_id)
        if job.cancelled:
            return None
        job.report(2, _STEPS, "what they marked")
        spans, mentions = marked_spans(reader, case_id, kind), marked_mentions(reader, case_id)
        people = list_people(reader)
    if job.cancelled:
        return None
    job.report(3, _STEPS, "how far they agree")
    return replace(work_out(case_id, kind, rated, spans, mentions), people=people)
