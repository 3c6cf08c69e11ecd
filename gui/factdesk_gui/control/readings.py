"""With what the machine read the articles; what reading them again changed."""

from PySide6.QtCore import QObject, QTimer

from factdesk.model.changes import Changes
from factdesk.store.connection import Reader
from factdesk.store.readings import ArticleReading, readings_of
from factdesk_gui.models.reading_words import reading_words, readings_summary
from factdesk_gui.workspace import Workspace

_SETTLE_MS = 300


class ReadingControl(QObject):
    """Shows in heads and in the progress panel what read each article."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
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

    def reload(self) -> None:
        """Asks with what the articles were read."""
        case = self._review.case_id

        def read(reader: Reader) -> list[ArticleReading]:
            return readings_of(reader, case)

        self._session.query("readings", read, self._take)

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
