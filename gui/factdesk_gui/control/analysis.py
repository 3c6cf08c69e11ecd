"""Commands about pre-annotation: the child process finds, the writer stores, the window stays free."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from factdesk.engine.protocol import LinksDone
from factdesk.errors import FactdeskError, NotFoundError, ProjectError
from factdesk.model.analysis import Analysis
from factdesk.model.changes import Changes
from factdesk.ops.cluster_suggestions import store_clusters
from factdesk.ops.origins import store_origins
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.store.articles import article_names, article_text, get_article, unanalysed_articles
from factdesk.store.cluster_plan import lacks_clusters, plan_clusters
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.analysis import PreAnnotator
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.prefs import Prefs
from factdesk_gui.workspace import Workspace

_LINKS_AT_ONCE = 200  # rows in one transaction, so that a decision never waits long


class AnalysisControl(QObject):
    """Runs pre-annotation for one project.

    Signals:
        working: what is done now (None when nothing), done, total.
    """

    working = Signal(object, int, int)

    def __init__(
        self, workspace: Workspace, prefs: Prefs, notices: NoticeBar, worker: Sequence[str] | None = None
    ) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._session = workspace.session
        self._prefs = prefs
        self._notices = notices
        self._case_id = ""
        self._read: set[str] = set()  # articles read since the project was opened; the last may still be on their way
        self._is_wanted_again = False  # more was asked for while a run was under way
        self.annotator = PreAnnotator(worker, self)
        self._workspace.review.case_chosen.connect(lambda _: self.start())
        self.annotator.progressed.connect(self._on_progress)
        self._stored: set[str] = set()  # articles that got to the disk since the last run was told of
        self._session.failed.connect(self._on_unsaved)
        self.annotator.article_done.connect(self._store)
        self.annotator.links_done.connect(self._store_links)
        self.annotator.ended.connect(self._on_ended)
        self.annotator.failed.connect(self._on_failed)
        self.annotator.crashed.connect(self._on_crashed)
        self.annotator.state_changed.connect(self._show_state)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.PRE_ANNOTATE: lambda: self.start(again=True),
            Command.STOP_PRE_ANNOTATION: self.stop,
        }

    def start(self, *, again: bool = False) -> None:
        """Reads the articles of the case that were not read yet; `again` reads all when there are none of these."""
        case_id = self._workspace.review.case_id
        if self._session.read_only or not case_id:
            return
        if self.annotator.is_running:
            self._is_wanted_again = True
            return
        reader = self._session.reader
        if lacks_clusters(reader, case_id):  # a project of the first release
            self._group(case_id)
        new = [one for one in unanalysed_articles(reader, case_id) if one not in self._read]
        if not new and not again:
            return
        everything = list(article_names(reader, case_id))
        wanted = new or everything
        if wanted:
            others = set(everything).difference(wanted)
            self._case_id = case_id
            self.annotator.model = self._prefs.model
            self.annotator.start(wanted, self._fetch, [one for one in everything if one in others])
        else:
            self._notices.tell("There is no article to read yet.", "Import some articles first.", Kind.HINT)

    def stop(self) -> None:
        """Stops; what is finished is kept."""
        self._is_wanted_again = False
        self.annotator.cancel()

    def shut_down(self) -> None:
        """The project is closing: the child ends at once, and nothing of it is stored any more."""
        self.annotator.blockSignals(True)  # noqa: FBT003 - Qt takes it by place
        self.annotator.close()
        self.working.emit(None, 0, 0)

    def needs_met(self) -> set[Need]:
        """Whether pre-annotation runs, for enabling commands."""
        return {Need.ANALYSING if self.annotator.is_running else Need.IDLE}

    def _fetch(self, article_id: str) -> tuple[str, str, str]:
        reader = self._session.reader
        article = get_article(reader, article_id)
        return article.meta.title or article.label, article_text(reader, article_id), article.meta.published_at or ""

    def _store(self, analysis: Analysis) -> None:
        self._read.add(analysis.article_id)
        self._session.run(store_analysis, analysis, done=lambda _: self._stored.add(analysis.article_id), urgent=False)

    def _on_unsaved(self, error: FactdeskError) -> None:
        """What cannot be stored now is read once more when there is room for it, and nothing more until then."""
        self._read.clear()
        if isinstance(error, ProjectError) and self.annotator.is_running:
            self.stop()

    def _store_links(self, found: LinksDone) -> None:
        wanted = [link for link in found.links if link.suggested]
        case_id = self._case_id
        self._session.run(store_origins, case_id, found.origins, urgent=False)
        starts = range(0, max(len(wanted), 1), _LINKS_AT_ONCE)
        for start in starts:
            batch = wanted[start : start + _LINKS_AT_ONCE]
            done = (lambda _: self._group(case_id)) if start == starts[-1] else None
            self._session.run(store_links, case_id, batch, replace=start == 0, done=done, urgent=False)

    def _group(self, case_id: str) -> None:
        """Makes clusters of the links; what takes long in it is worked out before the writer is asked."""
        self._session.query(
            "clusters from links",
            lambda reader: plan_clusters(reader, case_id),
            lambda plan: self._session.run(store_clusters, case_id, plan, urgent=False),
        )

    def _on_progress(self, done: int, total: int, title: str) -> None:
        self.working.emit(f"Pre-annotating {min(done + 1, total)} of {total}: {title}", done, total)

    def _show_state(self) -> None:
        if not self.annotator.is_running:
            self.working.emit(None, 0, 0)
        elif self.annotator.info is None:
            self.working.emit("Loading the language model…", 0, 0)

    def _on_ended(self, finished: int) -> None:
        if finished:  # told when all that was sent to the disk has got there, or has failed to
            self._session.run(_take_turn, done=self._tell_stored, urgent=False)
        if self._is_wanted_again:  # imported meanwhile, or another case was chosen
            self._is_wanted_again = False
            self.start()

    def _tell_stored(self, _changes: Changes) -> None:
        stored = len(self._stored)
        self._stored.clear()
        if stored:
            articles = "1 article" if stored == 1 else f"{stored} articles"
            self._notices.tell(f"{articles} pre-annotated. Suggestions are dashed until you accept or decide them.")

    def _on_failed(self, error: FactdeskError) -> None:
        if not isinstance(error, NotFoundError):
            self._notices.tell_error(error)

    def _on_crashed(self, error: FactdeskError) -> None:
        offer = Offer("Resume", self.annotator.resume) if self.annotator.left else None
        self._notices.tell(error.message, error.hint, Kind.WARNING, offer)


def _take_turn(_tx: object) -> Changes:
    """An operation that changes nothing: what was sent before it is done."""
    return Changes()
