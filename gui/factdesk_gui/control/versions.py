"""Commands about corrected versions of an article: comparing, replacing, and what a person should look at then."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from factdesk.compare.text_diff import TextDiff
from factdesk.errors import FactdeskError
from factdesk.exchange.originals import Originals
from factdesk.exchange.readings import Reading
from factdesk.model.articles import NewArticle
from factdesk.model.changes import Changes
from factdesk.model.ids import article_id as id_of_text
from factdesk.model.versions import CarriedMark
from factdesk.ops.versions import replace_article
from factdesk.store.articles import article_text, get_article
from factdesk.store.connection import Reader
from factdesk.store.version_forecast import VersionForecast, forecast
from factdesk.store.versions import fuzzy_marks, is_newest, orphans_of, version_diff, versions_of
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.analysis import AnalysisControl
from factdesk_gui.control.carried import CarriedControl
from factdesk_gui.jobs import Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.prefs import Prefs
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk_gui.dialogs.history_dialog import HistoryDialog


class VersionControl(QObject):
    """Answers the commands about versions of articles of one project.

    Signals:
        separate_wanted: a NewArticle that is no version after all, to be added to the case.
    """

    separate_wanted = Signal(object)

    def __init__(
        self, workspace: Workspace, analysis: AnalysisControl, prefs: Prefs, jobs: Jobs, notices: NoticeBar
    ) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._session = workspace.session
        self._desk = workspace.desk
        self._analysis = analysis
        self._prefs = prefs
        self._jobs = jobs
        self._notices = notices
        self.carried = CarriedControl(workspace)
        self._waiting: list[tuple[str, Reading]] = []

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.NEW_VERSION: self.ask_file,
            Command.PASTE_VERSION: self.ask_paste,
            Command.SHOW_VERSIONS: self.show_versions,
            Command.CARRIED_MARKS: self.carried.open,
        }

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def ask_file(self) -> None:
        """Asks for the file with the corrected text of the article in front."""
        from factdesk_gui.dialogs.files import ask_file
        from factdesk_gui.dialogs.import_dialog import file_filters

        article_id = self._article()
        if article_id:
            folder, take = self._prefs.import_folder, partial(self.read, article_id)
            ask_file(self._desk.window(), "Choose the corrected text", folder, file_filters(), take)

    def read(self, article_id: str, path: Path) -> None:
        """Reads a file, then compares it with an article."""
        from factdesk_gui.dialogs.file_reading import read_one

        self._prefs.import_folder = str(path.parent)
        self._jobs.run(
            lambda job: _completed(read_one(path, lambda: job.cancelled)),
            partial(self.compare, article_id),
            self._notices.tell_error,
        )

    def ask_paste(self) -> None:
        """Takes the corrected text of the article in front from the clipboard."""
        from factdesk_gui.dialogs.paste_dialog import PasteDialog

        article_id = self._article()
        if article_id:
            dialog = PasteDialog({}, parent=self._desk.window(), title="Paste a corrected version", accept="Compare")
            dialog.article_given.connect(partial(self.compare, article_id))
            dialog.open()

    def compare_all(self, pairs: Sequence[tuple[str, Reading]]) -> None:
        """Shows one comparison after the other, for files that came with an import."""
        self._waiting += pairs
        self._compare_next()

    def compare(self, article_id: str, new: NewArticle, *, may_be_separate: bool = False) -> None:
        """Shows what changed; the comparison is worked out off the UI thread."""
        from factdesk_gui.dialogs.version_dialog import VersionDialog

        label = get_article(self._session.reader, article_id).name
        waiting = len(self._waiting)
        dialog = VersionDialog(label, new, self._desk.window(), may_be_separate=may_be_separate, waiting=waiting)
        dialog.rest_unwanted.connect(self._leave_rest)
        dialog.replace_wanted.connect(partial(self.replace, article_id))
        dialog.separate_wanted.connect(self.separate_wanted)
        dialog.finished.connect(lambda _: self._compare_next())
        project = self._session.project

        def work(_job: object) -> VersionForecast:
            reader = project.reader()
            try:
                return forecast(reader, article_id, new.text)
            finally:
                reader.close()

        job = self._jobs.run(work, None, self._notices.tell_error)
        job.done.connect(dialog.show_forecast)
        dialog.open()

    def replace(self, article_id: str, new: NewArticle) -> None:
        """Puts the corrected text in place, as one step; the old one stays readable."""
        newer = id_of_text(new.text)
        self._desk.twins |= {article_id: newer, newer: article_id}
        case = self._workspace.review.case_id
        self._session.run(replace_article, case, article_id, new, done=self._on_replaced)

    def show_versions(self) -> None:
        """Shows the earlier texts of the article in front."""
        from factdesk_gui.dialogs.history_dialog import HistoryDialog

        article_id = self._article()
        if not article_id:
            return
        reader = self._session.reader
        versions = versions_of(reader, article_id)
        label = get_article(reader, article_id).name
        if len(versions) < 2:
            self._notices.tell(
                f"“{label}” has no earlier version.", "Import a corrected version to get one.", Kind.HINT
            )
            return
        dialog = HistoryDialog(label, versions, self._desk.window())
        dialog.version_wanted.connect(lambda version: self._read_version(dialog, version, versions[-1].article_id))
        dialog.open()
        dialog.begin()

    def _read_version(self, dialog: "HistoryDialog", version: str, present: str) -> None:
        project = self._session.project

        def work(_job: object) -> tuple[str, str, str, TextDiff]:
            reader = project.reader()
            try:
                old, new = article_text(reader, version), article_text(reader, present)
                return version, old, new, version_diff(reader, version, present)
            finally:
                reader.close()

        job = self._jobs.run(work, None, self._notices.tell_error)
        job.done.connect(dialog.take)

    def _leave_rest(self) -> None:
        left = len(self._waiting)
        self._waiting.clear()
        self._notices.tell(f"{left:,} corrected versions were left alone.", "Import their files again to compare them.")

    def _compare_next(self) -> None:
        if self._waiting:
            article_id, reading = self._waiting.pop(0)
            self._jobs.run(
                lambda _job: _completed(reading),
                lambda new: self.compare(article_id, new, may_be_separate=True),
                self._on_unreadable,
            )

    def _on_unreadable(self, error: FactdeskError) -> None:
        self._notices.tell_error(error)
        self._compare_next()

    def _article(self) -> str:
        pane = self._desk.current_pane()
        return pane.article_id if pane is not None else ""

    def _on_replaced(self, changes: Changes) -> None:
        if changes.created:
            self._leave_old_claim()
            self._desk.show_article(changes.created)
        case = self._workspace.review.case_id

        def read(reader: Reader) -> list[CarriedMark]:
            return [*fuzzy_marks(reader, case), *orphans_of(reader, case)]

        def tell(marks: list[CarriedMark]) -> None:
            offer = Offer("Undo", self._session.undo)
            kind, hint = Kind.DONE, ""
            if marks:
                offer = Offer("Look at them", self.carried.open)
                kind, hint = Kind.HINT, f"{len(marks):,} of your marks changed or lost their words."
            self._notices.tell(f"{changes.title}.", hint, kind, offer)

        self._session.query("versions.carried", read, tell)
        self._analysis.start()

    def _leave_old_claim(self) -> None:
        """A suggestion that stayed with the old text is found anew in the new one; nobody should decide the old."""
        claim = self._desk.current_claim()
        if claim is not None and not is_newest(self._session.reader, claim.article_id):
            self._workspace.review.choose_claim("")


def _completed(reading: Reading) -> NewArticle:
    with Originals() as originals:
        return originals.completed(reading)
