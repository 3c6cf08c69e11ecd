"""All controls of one open project, as one answer to the binder's questions."""

from collections.abc import Callable, Sequence
from itertools import chain

from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.agreement import AgreementControl
from factdesk_gui.control.analysis import AnalysisControl
from factdesk_gui.control.articles import ArticleControl
from factdesk_gui.control.board import BoardControl
from factdesk_gui.control.cases import CaseControl
from factdesk_gui.control.claims import ClaimControl
from factdesk_gui.control.entities import EntityControl
from factdesk_gui.control.evidence import EvidenceControl
from factdesk_gui.control.exports import ExportControl
from factdesk_gui.control.history import HistoryControl
from factdesk_gui.control.intake import IntakeControl
from factdesk_gui.control.marks import MarkControl
from factdesk_gui.control.origins import OriginControl
from factdesk_gui.control.readings import ReadingControl
from factdesk_gui.control.rescue import RescueControl
from factdesk_gui.control.reviewers import ReviewersControl
from factdesk_gui.control.second_review import SecondReviewControl
from factdesk_gui.control.settings import SettingsControl
from factdesk_gui.control.shares import ShareControl
from factdesk_gui.control.versions import VersionControl
from factdesk_gui.control.view import ViewControl
from factdesk_gui.docks import Docks
from factdesk_gui.jobs import Jobs
from factdesk_gui.notices import NoticeBar
from factdesk_gui.prefs import Prefs
from factdesk_gui.workspace import Workspace


class Controls:
    """Makes the controls and joins what they say."""

    def __init__(
        self,
        workspace: Workspace,
        docks: Docks,
        prefs: Prefs,
        jobs: Jobs,
        notices: NoticeBar,
        worker: Sequence[str] | None = None,
    ) -> None:
        self._workspace = workspace
        self.claims = ClaimControl(workspace)
        self.marks = MarkControl(workspace)
        self.view = ViewControl(workspace, docks, prefs)
        self.history = HistoryControl(workspace)
        self.analysis = AnalysisControl(workspace, prefs, notices, worker)
        self.articles = ArticleControl(workspace, self.analysis, prefs, jobs, notices)
        self.cases = CaseControl(workspace)
        self.board = BoardControl(workspace, docks, notices)
        self.entities = EntityControl(workspace, notices)
        self.evidence = EvidenceControl(workspace, jobs, notices)
        self.settings = SettingsControl(workspace)
        self.versions = VersionControl(workspace, self.analysis, prefs, jobs, notices)
        self.origins = OriginControl(workspace, notices)
        self.readings = ReadingControl(workspace, self.analysis, notices)
        self.versions.separate_wanted.connect(lambda article: self.articles.add([article]))
        self.articles.versions_given.connect(self.versions.compare_all)
        self.exports = ExportControl(workspace, prefs, jobs, notices)
        self.rescue = RescueControl(workspace, jobs, notices)
        self.shares = ShareControl(workspace, self.rescue, jobs, notices)
        self.second_review = SecondReviewControl(workspace, jobs, notices)
        self.agreement = AgreementControl(workspace, jobs, notices)
        self.reviewers = ReviewersControl(workspace, prefs, notices)
        self.second_review.settle_wanted.connect(self.agreement.settle)
        self._all = (
            self.claims,
            self.marks,
            self.view,
            self.history,
            self.analysis,
            self.articles,
            self.exports,
            self.cases,
            self.board,
            self.entities,
            self.evidence,
            self.settings,
            self.versions,
            self.origins,
            self.readings,
            self.second_review,
            self.agreement,
            self.reviewers,
        )

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command about the project does."""
        return dict(chain.from_iterable(control.handlers().items() for control in self._all))

    def workers(self) -> dict[str, AnalysisControl | ExportControl | IntakeControl | SecondReviewControl]:
        """Those who work behind, tell how far they are, and can be stopped."""
        return {
            "analysis": self.analysis,
            "export": self.exports,
            "import": self.articles.intake,
            "review": self.second_review,
        }

    def needs_met(self) -> set[Need]:
        """What is true now, for enabling commands."""
        session, review = self._workspace.session, self._workspace.review
        facts = {
            Need.PROJECT: True,
            Need.WRITABLE: not session.read_only,
            Need.CASE: bool(review.case_id),
            Need.SELECTION: review.selection is not None,
        }
        met = {need for need, is_met in facts.items() if is_met}
        return met.union(*(control.needs_met() for control in self._all))

    def checked(self) -> dict[Command, bool]:
        """Which checkable commands are on."""
        return self.view.checked() | self.claims.checked() | self.board.checked()
