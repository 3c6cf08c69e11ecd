"""Reviews files before they become articles: what is in them, how they were read, what is known about them."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from factdesk.errors import FactdeskError
from factdesk.exchange.importers import importers
from factdesk.exchange.readings import Reading
from factdesk.model.articles import ArticleMeta
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs.article_fields import meta_problem
from factdesk_gui.dialogs.file_reading import FileReading
from factdesk_gui.dialogs.files import ask_files
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.import_detail import ImportDetail
from factdesk_gui.dialogs.import_rows import Column, ImportRows
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.jobs import Jobs

_SIZE = (1260, 640)
_WIDTHS = {
    Column.FILE: 150,
    Column.TITLE: 155,
    Column.PUBLISHER: 84,
    Column.DATE: 85,
    Column.ENCODING: 100,
    Column.LENGTH: 84,
}
_REFUSED_HEIGHT = 90


class ImportDialog(FrameDialog):
    """Reads files off the UI thread and shows them as they come.

    Signals:
        articles_given: a list of NewArticle, in the order of the table.
        versions_given: corrected versions: a list of (id of the article in the case, NewArticle).

    Args:
        paths: files and folders to begin with.
        known: the articles that the case already has, so that duplicates and newer texts of the same are told.
    """

    articles_given = Signal(object)
    versions_given = Signal(object)

    def __init__(self, paths: Iterable[Path], known: KnownArticles, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("Import articles", "", "Import", parent)
        self._folder = ""
        self.rows = ImportRows(known, self)
        self.rows.count_changed.connect(self._check)
        self.reading = FileReading(jobs, self)
        self.reading.read.connect(self._on_read)
        self.reading.refused.connect(self._on_refused)
        self.reading.reread.connect(self._on_reread)
        self.reading.progressed.connect(self._on_progress)
        self.reading.ended.connect(self._on_ended)
        self.detail = ImportDetail()
        self.detail.meta_edited.connect(self._on_meta_edited)
        self.detail.encoding_chosen.connect(self._on_encoding_chosen)
        self.detail.version_chosen.connect(self._on_version_chosen)
        self._build()
        self.fit(*_SIZE)
        self.table.setFocus()
        self.add_files(list(paths))

    def add_files(self, paths: list[Path]) -> None:
        """Reads more files."""
        if paths:
            self._folder = str(paths[0].parent)
            self._progress.setRange(0, 0)
            self._set_busy(is_busy=True)
            self.reading.start(paths)
        self._check()

    def done(self, result: int) -> None:
        """Gives the articles if it was agreed, and stops reading in any case."""
        self.reading.stop()
        if result == ImportDialog.DialogCode.Accepted:
            wanted, versions = self.rows.wanted(), self.rows.versions()
            if wanted:
                self.articles_given.emit(wanted)
            if versions:
                self.versions_given.emit(versions)
        super().done(result)

    # layout -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.table = self._make_table()
        self.refused_label = QLabel(visible=False)
        self.refused = QListWidget(visible=False, wordWrap=True)
        self.refused.setAccessibleName("Files that cannot be imported")
        self.refused.setMaximumHeight(_REFUSED_HEIGHT)
        self.refused.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((self.table, 1), (self.refused_label, 0), (self.refused, 0)):
            column.addWidget(widget, stretch)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(left)
        halves.addWidget(self.detail)
        halves.setSizes([_SIZE[0] * 70 // 100, _SIZE[0] * 30 // 100])
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(14)
        self.body.addWidget(halves, 1)
        self._progress = QProgressBar(textVisible=False, maximumWidth=180, maximumHeight=14)
        self._progress.setAccessibleName("Progress of reading")
        self._what = QLabel()
        self._stop = QPushButton("Stop reading", autoDefault=False)
        self._stop.setToolTip("What has been read stays")
        self._stop.clicked.connect(self.reading.stop)
        self._add = QPushButton("Add files…", autoDefault=False)
        self._add.clicked.connect(lambda: ask_files(self, self._folder, file_filters(), self.add_files))
        self.buttons.addButton(self._add, self.buttons.ButtonRole.ResetRole)
        for widget in (self._stop, self._progress, self._what):
            self.foot.addWidget(widget)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.rows)
        table.setAccessibleName("Files to import")
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for field, width in _WIDTHS.items():
            table.setColumnWidth(field, width)
        table.horizontalHeader().setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        return table

    # what happens -------------------------------------------------------------------------------------------------

    def _on_read(self, path: Path, reading: Reading) -> None:
        self.rows.add(path, reading)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _on_refused(self, path: Path, error: FactdeskError) -> None:
        self.refused.addItem(str(error) if path.name in error.message else f"{path.name}: {error}")
        count = self.refused.count()
        self.refused_label.setText(
            "This file cannot be imported:" if count == 1 else f"{count} files cannot be imported:"
        )
        self.refused_label.show()
        self.refused.show()

    def _on_reread(self, number: int, reading: Reading) -> None:
        self.rows.reread(number, reading)
        if number == self.table.currentIndex().row():
            self._on_row_chosen(self.table.currentIndex())

    def _on_row_chosen(self, now: QModelIndex) -> None:
        row = self.rows.row(now.row()) if now.isValid() else None
        self.detail.show_article(row.article if row else None, row.alternatives if row else ())
        self._show_version(now.row())

    def _on_meta_edited(self, meta: ArticleMeta) -> None:
        if self.table.currentIndex().isValid():
            self.rows.set_meta(self.table.currentIndex().row(), meta)
            self._show_version(self.table.currentIndex().row())

    def _on_version_chosen(self, is_version: bool) -> None:  # noqa: FBT001 - a slot gets its value by place
        if self.table.currentIndex().isValid():
            self.rows.set_version(self.table.currentIndex().row(), is_version=is_version)

    def _show_version(self, number: int) -> None:
        is_new = number >= 0 and not self.rows.row(number).same_as
        label = self.rows.version_label(number) if is_new else ""
        self.detail.show_version(label, is_version=bool(label) and self.rows.row(number).is_version)

    def _on_encoding_chosen(self, encoding: str) -> None:
        number = self.table.currentIndex().row()
        if number >= 0:
            self.reading.start_again(number, self.rows.row(number).path, encoding)

    def _on_progress(self, done: int, total: int, name: str) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._what.setText(f"Reading {done + 1} of {total}: {name}")

    def _on_ended(self) -> None:
        self._set_busy(is_busy=False)
        self._check()

    def _set_busy(self, *, is_busy: bool) -> None:
        for widget in (self._stop, self._progress, self._what):
            widget.setVisible(is_busy)

    def _check(self) -> None:
        """The agreeing button says how many; it waits until all is read and every date can be understood."""
        count, versions = len(self.rows.wanted()), len(self.rows.versions())
        words = counted(count, "article")
        self.accept_button.setText(f"Import {words}" if not versions else f"Import {words}, compare {versions}")
        problem = ""
        for row in self.rows.rows():
            if row.is_wanted and (found := meta_problem(row.article.meta)):
                problem = f"{row.path.name}: {found}"
                break
        self.say_problem(problem)
        if not problem:
            self.accept_button.setEnabled(bool(count + versions) and not self.reading.is_busy)


def file_filters() -> list[str]:
    """What a file chooser offers: every kind of file that can be imported."""
    kinds = [(each.title, sorted(suffix for suffix in each.suffixes if suffix)) for each in importers()]
    return [f"{title} ({' '.join(f'*{suffix}' for suffix in suffixes)})" for title, suffixes in kinds]
