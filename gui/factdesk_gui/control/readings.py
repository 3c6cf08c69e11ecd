"""With what the machine read the articles; what reading them again changed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from factdesk.model.changes import Changes
from factdesk.model.spans import Span
from factdesk.store.analysis_runs import RunChanges
from factdesk.store.connection import Reader
from factdesk.store.reading_changes import reading_changes
from factdesk.store.readings import ArticleReading, readings_of
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.analysis import AnalysisControl
from factdesk_gui.models.reading_words import model_words, reading_words, readings_summary
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.workspace import Workspace

_SETTLE_MS = 300


class ReadingControl(QObject):
    """Shows in heads and in the progress panel what read each article, and tells what another reading changed."""

    def __init__(self, workspace: Workspace, analysis: AnalysisControl, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._notices = notices
        self._read: set[str] = set()  # articles that the run under way has read
        self._due: frozenset[str] = frozenset()  # articles to be told about once everything is on disk
        analysis.annotator.article_done.connect(lambda found: self._read.add(found.article_id))
        analysis.annotator.ended.connect(self._on_ended)
        workspace.session.saving.connect(lambda saving: None if saving else self._tell_due())
        self._session = workspace.session
        self._review = workspace.review
        self._desk = workspace.desk
        self._progress = workspace.progress
        self._words: dict[str, str] = {}
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        self._session.changed.connect(self._on_changed)
        self._review.case_chosen.connect(lambda _: self.reload())
        self._desk.panes_changed.connect(self._show)
        self.reload()

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.READ_CHANGES: self.show_changes}

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def show_changes(self) -> None:
        """Shows what the last reading changed, in the whole case."""
        case = self._review.case_id
        self._session.query("readings.changes", lambda reader: reading_changes(reader, case), self._open)

    def reload(self) -> None:
        """Asks with what the articles were read."""
        case = self._review.case_id

        def read(reader: Reader) -> list[ArticleReading]:
            return readings_of(reader, case)

        self._session.query("readings", read, self._take)

    def _open(self, changes: list[RunChanges]) -> None:
        from factdesk_gui.dialogs.changes_dialog import ChangesDialog

        dialog = ChangesDialog(changes, self._desk.window())
        dialog.place_wanted.connect(self._show_place)
        self.destroyed.connect(dialog.deleteLater)
        dialog.show()

    def _show_place(self, article_id: str, span: Span, claim_id: str) -> None:
        self._review.show_passage(article_id, span)
        if claim_id:
            self._review.choose_claim(claim_id)

    def _on_ended(self) -> None:
        self._due, self._read = self._due | self._read, set()
        if not self._session.pending:
            self._tell_due()

    def _tell_due(self) -> None:
        due, self._due = self._due, frozenset()
        case = self._review.case_id

        def tell(changes: list[RunChanges]) -> None:
            told = [run for run in changes if run.claims.new or run.claims.gone or run.claims.rescored or run.mentions]
            if told:
                from factdesk_gui.dialogs.changes_dialog import total_words

                words = f"Read again with {model_words(told[-1].after)}: {total_words(told)}; decisions untouched."
                self._notices.tell(words, kind=Kind.HINT, offer=Offer("Show", self.show_changes))

        if due:
            self._session.query("readings.told", lambda reader: reading_changes(reader, case, due), tell)

    def _take(self, readings: list[ArticleReading]) -> None:
        self._words = {reading.article_id: reading_words(reading) for reading in readings}
        self._progress.show_readings(self._words, readings_summary(readings))
        self._show()

    def _show(self) -> None:
        for pane in self._desk.panes():
            pane.head.show_reading(self._words.get(pane.article_id, ""))

    def _on_changed(self, changes: Changes) -> None:
        if changes.everything or changes.cases or changes.articles:
            self._settle.start()
