"""Commands about sources: which articles share their text and count as one, and which stand alone."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from factdesk.model.changes import Changes
from factdesk.model.clusters import Origin
from factdesk.ops.origins import join_origin, leave_origin
from factdesk.store.articles import article_names, first_articles
from factdesk.store.clusters import origins_of
from factdesk.store.connection import Reader
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.models.origin_words import origin_words
from factdesk_gui.notices import NoticeBar, Offer
from factdesk_gui.panels.words import for_menu
from factdesk_gui.workspace import Workspace

_MOST = 40  # articles in the menu


class OriginControl(QObject):
    """Answers the commands about the origin of the article in front."""

    def __init__(self, workspace: Workspace, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._review = workspace.review
        self._desk = workspace.desk
        self._notices = notices
        self._progress = workspace.progress
        self._origins: list[Origin] = []
        self._words: dict[str, str] = {}
        self._session.changed.connect(self._on_changed)
        self._review.case_chosen.connect(lambda _: self.reload())
        self._desk.panes_changed.connect(self._show)
        self.reload()

    def reload(self) -> None:
        """Asks which articles share their text."""
        case = self._review.case_id

        def read(reader: Reader) -> tuple[list[Origin], dict[str, str]]:
            origins = origins_of(reader, case)
            return origins, article_names(reader, case) if origins else {}

        self._session.query("origins", read, lambda found: self._take(*found))

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.SAME_SOURCE: self.ask_other, Command.OWN_SOURCE: self.stand_alone}

    def needs_met(self) -> set[Need]:
        """Whether the article in front shares its text with another one, for enabling commands."""
        article = self._article()
        met = {Need.SHARED_TEXT} if self._origin(article) is not None else set()
        if len(first_articles(self._session.reader, self._review.case_id, 2)) > 1:
            met.add(Need.OTHER_ARTICLES)
        return met

    def ask_other(self) -> None:
        """Offers the other articles of the case; the chosen one and the one in front count as one source then."""
        article = self._article()
        if not article:
            return
        group = self._group(self._origin(article), article)
        menu = QMenu(self._desk)
        menu.setAccessibleName("Same source as")
        for other, label in [pair for pair in self._names().items() if pair[0] not in group][:_MOST]:
            menu.addAction(for_menu(label, 60)).setData(other)
        menu.triggered.connect(lambda action: self.join(article, str(action.data())))
        menu.aboutToHide.connect(menu.deleteLater)
        pane = self._desk.current_pane()
        menu.popup(pane.head.mapToGlobal(pane.head.rect().bottomLeft()) if pane is not None else QCursor.pos())

    def join(self, article: str, other: str) -> None:
        """Makes two articles, and what each shares its text with, one source."""
        group = [*self._group(self._origin(other), other), *self._group(self._origin(article), article)]
        self._session.run(join_origin, self._review.case_id, list(dict.fromkeys(group)), done=self._tell)

    def stand_alone(self) -> None:
        """Makes the article in front a source of its own."""
        article = self._article()
        if article:
            self._session.run(leave_origin, self._review.case_id, article, done=self._tell)

    def _article(self) -> str:
        pane = self._desk.current_pane()
        return pane.article_id if pane is not None else ""

    def _origin(self, article: str) -> Origin | None:
        return next((origin for origin in self._origins if article in origin.article_ids), None)

    @staticmethod
    def _group(origin: Origin | None, article: str) -> tuple[str, ...]:
        return origin.article_ids if origin is not None else (article,)

    def _names(self) -> dict[str, str]:
        return article_names(self._session.reader, self._review.case_id)

    def _take(self, origins: list[Origin], names: dict[str, str]) -> None:
        self._origins = origins
        self._words = {
            article: origin_words(origin, article, names) for origin in origins for article in origin.article_ids
        }
        self._progress.show_origins(self._words)
        self._show()

    def _show(self) -> None:
        for pane in self._desk.panes():
            pane.head.show_origin(self._words.get(pane.article_id, ""))

    def _on_changed(self, changes: Changes) -> None:
        if changes.cases or changes.articles or changes.everything:
            self.reload()

    def _tell(self, changes: Changes) -> None:
        if changes.title:
            self._notices.tell(f"{changes.title}.", offer=Offer("Undo", self._session.undo))
