"""Commands about articles: in by file, drop or paste; their details; out of the case."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from factdesk.model.articles import ArticleMeta, NewArticle
from factdesk.model.changes import Changes
from factdesk.ops.articles import add_articles, correct_encoding, edit_article, remove_article
from factdesk.store.alike import known_articles
from factdesk.store.articles import article_names, article_text, get_article, original_bytes, original_hashes
from factdesk.store.touching import has_decisions
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.analysis import AnalysisControl
from factdesk_gui.control.intake import IntakeControl
from factdesk_gui.jobs import Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.prefs import Prefs
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk_gui.dialogs.import_dialog import Import


class ArticleControl(QObject):
    """Answers the commands about articles of one project.

    Signals:
        versions_given: files that seem to be corrected versions: a list of (article id, Reading).
    """

    versions_given = Signal(object)

    def __init__(
        self, workspace: Workspace, analysis: AnalysisControl, prefs: Prefs, jobs: Jobs, notices: NoticeBar
    ) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._session = workspace.session
        self._analysis = analysis
        self._prefs = prefs
        self._jobs = jobs
        self._notices = notices
        self.intake = IntakeControl(workspace, jobs, notices)
        self.intake.stored.connect(workspace.show_first_articles)
        self.intake.finished.connect(analysis.start)
        workspace.desk.empty.import_wanted.connect(self.ask_files)
        workspace.desk.empty.paste_wanted.connect(self.ask_paste)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {
            Command.IMPORT_FILES: self.ask_files,
            Command.IMPORT_FOLDER: self.ask_folder,
            Command.PASTE_ARTICLE: self.ask_paste,
            Command.EDIT_ARTICLE: self.ask_details,
            Command.REMOVE_ARTICLE: self.remove,
        }

    def ask_files(self) -> None:
        """Asks for files, then shows what would be imported."""
        from factdesk_gui.dialogs.files import ask_files
        from factdesk_gui.dialogs.import_dialog import file_filters

        ask_files(self._workspace.desk.window(), self._prefs.import_folder, file_filters(), self.ask_import)

    def ask_folder(self) -> None:
        """Asks for a folder, then shows what would be imported."""
        from factdesk_gui.dialogs.files import ask_folder

        ask_folder(
            self._workspace.desk.window(),
            "Choose a folder",
            self._prefs.import_folder,
            lambda folder: self.ask_import([folder]),
        )

    def ask_import(self, paths: Sequence[Path]) -> None:
        """Shows what would be imported from these files and folders."""
        if self._session.read_only:
            self._notices.tell(
                "Nothing was imported: the project is open for reading only.",
                "Open it for writing, or make another project.",
                Kind.WARNING,
            )
            return
        from factdesk_gui.dialogs.import_dialog import ImportDialog
        from factdesk_gui.dialogs.mapping_memory import remember_mapping, remembered_mappings

        self._prefs.import_folder = str(paths[0].parent)
        reader, case_id = self._session.reader, self._workspace.review.case_id
        dialog = ImportDialog(
            paths,
            known_articles(reader, case_id),
            self._jobs,
            self._workspace.desk.window(),
            hashes=original_hashes(reader, case_id),
            mappings=remembered_mappings(self._prefs),
        )
        dialog.mapping_named.connect(partial(remember_mapping, self._prefs))
        dialog.import_wanted.connect(self._import)
        dialog.open()

    def ask_paste(self) -> None:
        """Takes an article from the clipboard."""
        from factdesk_gui.dialogs.paste_dialog import PasteDialog

        dialog = PasteDialog(self._known(), parent=self._workspace.desk.window())
        dialog.article_given.connect(lambda article: self.add([article]))
        dialog.open()

    def add(self, articles: Sequence[NewArticle]) -> None:
        """Stores a few articles at once, shows them if nothing is shown, and has them pre-annotated."""
        case_id = self._workspace.review.case_id
        self._session.run(add_articles, case_id, list(articles), urgent=False, done=self._on_added)

    def ask_details(self) -> None:
        """Shows what is known about the article in front, for editing."""
        pane = self._workspace.desk.current_pane()
        if pane is None:
            return
        from factdesk_gui.dialogs.article_dialog import ArticleDialog

        reader, article_id = self._session.reader, pane.article_id
        article = get_article(reader, article_id)
        dialog = ArticleDialog(
            article,
            article_text(reader, article_id),
            original_bytes(reader, article_id) if article.source_name else None,
            self._workspace.desk.window(),
            is_decided=has_decisions(reader, article_id),
        )
        dialog.meta_given.connect(partial(self._edit, article_id))
        dialog.text_given.connect(partial(self._correct, article_id))
        dialog.open()

    def remove(self) -> None:
        """Takes the article in front out of the case; undo brings it back with all its marks."""
        pane = self._workspace.desk.current_pane()
        if pane is not None:
            self._session.run(remove_article, self._workspace.review.case_id, pane.article_id, done=self._on_removed)

    def needs_met(self) -> set[Need]:
        """Whether an article is in front, for enabling commands."""
        return {Need.ARTICLE} if self._workspace.desk.current_pane() is not None else set()

    def _known(self) -> dict[str, str]:
        return article_names(self._session.reader, self._workspace.review.case_id)

    def _import(self, wanted: "Import") -> None:
        if wanted.readings:
            self.intake.store(wanted.readings, wanted.troubles)
        if wanted.versions:
            self.versions_given.emit(wanted.versions)

    def _edit(self, article_id: str, meta: ArticleMeta) -> None:
        self._session.run(edit_article, article_id, meta)

    def _correct(self, article_id: str, new: NewArticle) -> None:
        self._session.run(correct_encoding, self._workspace.review.case_id, article_id, new, done=self._on_corrected)

    def _on_added(self, changes: Changes) -> None:
        self._notices.tell(f"{changes.title}.")
        self._workspace.show_first_articles()
        self._analysis.start()

    def _on_corrected(self, changes: Changes) -> None:
        if changes.created:
            self._workspace.desk.show_article(changes.created)
        self._analysis.start()

    def _on_removed(self, changes: Changes) -> None:
        self._notices.tell(f"{changes.title}: its marks stay in the file.", offer=Offer("Undo", self._session.undo))
