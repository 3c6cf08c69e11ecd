"""Reviews files before they become articles: what is in them, how they were read, what is known about them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QWidget,
)

from factdesk.errors import FactdeskError
from factdesk.exchange.importers import importers
from factdesk.exchange.readings import Reading
from factdesk.exchange.tables.mapping import TableHead
from factdesk.model.articles import ArticleMeta
from factdesk.model.given import TableMapping
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs.file_reading import Batch, Columns, FileReading, Mappings, OneFile, Trouble, table_kind
from factdesk_gui.dialogs.files import ask_files, ask_folder
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.import_detail import ImportDetail
from factdesk_gui.dialogs.import_rows import ImportRows
from factdesk_gui.dialogs.import_table import ImportTable
from factdesk_gui.dialogs.known_line import KnownLine
from factdesk_gui.dialogs.mapping_dialog import MappingDialog
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.dialogs.trouble_list import TroubleList
from factdesk_gui.jobs import Jobs
from factdesk_gui.plain import PlainLabel

_SIZE = (1560, 860)
_SHARES = (70, 30)  # per cent of the width: table, details
_HEIGHTS = (72, 28)  # per cent of the height: both of these, what cannot be imported
_DETAIL = 300  # pixels that the details have at least


@dataclass(frozen=True, slots=True)
class Import:
    """What was agreed on: in the order of reading, with what was filled in."""

    readings: list[Reading]
    versions: list[tuple[str, Reading]] = field(default_factory=list)  # id of the article in the case, the newer text
    troubles: list[Trouble] = field(default_factory=list)  # what could not be read


class ImportDialog(FrameDialog):
    """Reads files off the UI thread and shows them as they come.

    Signals:
        import_wanted: an Import.
        mapping_named: names of columns and a TableMapping, worth remembering.

    Args:
        paths: files and folders to begin with.
        known: the articles that the case already has, so that duplicates and newer texts of the same are told.
        hashes: SHA-256 of files that it has, which are not read again.
        mappings: what the columns of tables hold, as it was said before.
    """

    import_wanted = Signal(object)
    mapping_named = Signal(object, object)

    def __init__(
        self,
        paths: Iterable[Path],
        known: KnownArticles,
        jobs: Jobs,
        parent: QWidget | None = None,
        *,
        hashes: Collection[str] = (),
        mappings: Mappings | None = None,
    ) -> None:
        super().__init__("Import articles", "", "Import", parent)
        self.setAcceptDrops(True)
        self._folder = ""
        self.known = KnownLine()
        self.known.read_wanted.connect(self._read_known)
        self._seen: set[tuple[Path | None, str]] = set()  # articles that are not to be listed a second time
        self.rows = ImportRows(known, self)
        self.rows.count_changed.connect(self._check)
        self.reading = FileReading(jobs, hashes, mappings, self)
        self.reading.found.connect(self._on_found)
        self.reading.reread.connect(self._on_reread)
        self.reading.progressed.connect(self._on_progress)
        self.reading.ended.connect(self._on_ended)
        self.detail = ImportDetail()
        self.detail.meta_edited.connect(self._on_meta_edited)
        self.detail.encoding_chosen.connect(self._on_encoding_chosen)
        self.detail.version_chosen.connect(lambda on: self.rows.set_version(self.table.key, is_version=on))
        self.detail.columns_wanted.connect(lambda: self.ask_columns(self.rows.list.get(self.table.key).file))
        self.table = ImportTable(self.rows)
        self.table.chosen.connect(self._on_chosen)
        self.troubles = TroubleList()
        self.troubles.columns_wanted.connect(self.ask_columns)
        self._build()
        self.fit(*_SIZE)
        self.table.view.setFocus()
        self.add_files(list(paths))

    def add_files(self, paths: list[Path]) -> None:
        """Reads more files and folders."""
        if paths:
            self._folder = str(paths[0].parent)
            self._progress.setRange(0, 0)
            self._set_busy(is_busy=True)
            self.reading.start(paths)
        self._check()

    def ask_columns(self, file: OneFile) -> None:
        """Asks what the columns of a table hold."""
        dialog = MappingDialog(file.name, self)
        dialog.mapping_given.connect(lambda columns, mapping: self._map(file, columns, mapping))

        def show(head: TableHead) -> None:
            if dialog.is_open:
                dialog.show_head(head, self.reading.mapping_of(head.columns))

        def fail(error: FactdeskError) -> None:
            if dialog.is_open:
                dialog.show_error(error)

        self.reading.ask_head(file, show, fail)
        dialog.open()

    def done(self, result: int) -> None:
        """Gives the articles if it was agreed, and stops reading in any case."""
        self.reading.stop()
        if result == ImportDialog.DialogCode.Accepted:
            rows = self.rows.list
            self.import_wanted.emit(Import(rows.wanted(), rows.versions(), self.troubles.model.troubles()))
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: more files can be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: reads them too."""
        event.acceptProposedAction()
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # layout -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        detail = QScrollArea(widgetResizable=True)
        detail.setFrameShape(QFrame.Shape.NoFrame)
        detail.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        detail.setWidget(self.detail)
        detail.setMinimumWidth(_DETAIL)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.table)
        halves.addWidget(detail)
        halves.setSizes([_SIZE[0] * share // 100 for share in _SHARES])
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.addWidget(halves)
        self._parts.addWidget(self.troubles)
        for splitter in (halves, self._parts):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(14)
        self.body.addWidget(self._parts, 1)
        self.body.addWidget(self.known)
        self._progress = QProgressBar(textVisible=False, maximumWidth=180, maximumHeight=14)
        self._progress.setAccessibleName("Progress of reading")
        self._what = PlainLabel()
        self._stop = QPushButton("Stop reading", autoDefault=False)
        self._stop.setToolTip("What has been read stays")
        self._stop.clicked.connect(self.reading.stop)
        add = QPushButton("Add", autoDefault=False)
        menu = QMenu(add)
        menu.addAction("Files…", lambda: ask_files(self, self._folder, file_filters(), self.add_files))
        menu.addAction(
            "Folder…",
            lambda: ask_folder(self, "Choose a folder", self._folder, lambda folder: self.add_files([folder])),
        )
        add.setMenu(menu)
        self.buttons.addButton(add, self.buttons.ButtonRole.ResetRole)
        for widget in (self._stop, self._progress, self._what):
            self.foot.addWidget(widget)

    # what is read ---------------------------------------------------------------------------------------------------

    def _on_found(self, batch: Batch) -> None:
        self.rows.add([each for each in batch.readings if (each.path, each.place) not in self._seen])
        is_first = not self.troubles.model.rowCount()
        self.troubles.add(batch.troubles)
        if is_first and batch.troubles:
            self._parts.setSizes([self._parts.height() * share // 100 for share in _HEIGHTS])
        self.known.add(batch.known)
        if self.table.key < 0 and self.rows.rowCount():
            self.table.view.selectRow(0)
            self.table.view.setFocus()

    def _on_reread(self, found: Sequence[tuple[OneFile, Batch]]) -> None:
        for file, batch in found:
            self.troubles.forget(file)
            self.troubles.add(batch.troubles)
            if batch.readings or not batch.troubles or any(each.needs_mapping for each in batch.troubles):
                self.rows.replace_file(file, batch.readings)
        self._on_chosen(self.table.key)

    def _read_known(self, paths: list[Path]) -> None:
        self._seen = {(row.path, row.reading.place) for row in self.rows.list.rows()}
        for path in paths:
            self.troubles.forget(path)
        self._set_busy(is_busy=True)
        self.reading.start(paths, known_too=True)
        self._check()

    def _on_progress(self, done: int, total: int, words: str) -> None:
        self._progress.setRange(0, total if total > 1 else 0)
        self._progress.setValue(done)
        self._what.setText(self._what.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, self.width() // 3))

    def _on_ended(self) -> None:
        self._seen.clear()
        self._set_busy(is_busy=False)
        if self.rows.sorted_by[0] >= 0:
            self.rows.sort(*self.rows.sorted_by)  # rows that came since
        self._check()

    def _set_busy(self, *, is_busy: bool) -> None:
        for widget in (self._stop, self._progress, self._what):
            widget.setVisible(is_busy)
        self.table.say_empty("Reading…" if is_busy else self._why_empty())

    def _why_empty(self) -> str:
        if self.troubles.model.rowCount():
            return "None of this can be imported. The list below says why."
        if len(self.known):
            return "All of this is in the case already."
        return "There is nothing to import yet. Drop files or folders here, or add some."

    # what is changed ------------------------------------------------------------------------------------------------

    def _on_chosen(self, key: int) -> None:
        row = self.rows.list.get(key) if key >= 0 else None
        self.detail.show_row(row, has_columns=row is not None and row.reading.kind == table_kind())
        self._show_version(key)

    def _on_meta_edited(self, meta: ArticleMeta) -> None:
        if self.table.key >= 0:
            self.rows.set_meta(self.table.key, meta)
            self._show_version(self.table.key)

    def _on_encoding_chosen(self, encoding: str) -> None:
        if self.table.key >= 0:
            self.reading.start_again([self.rows.list.get(self.table.key).file], encoding)
            self._check()

    def _map(self, file: OneFile, columns: Columns, mapping: TableMapping) -> None:
        self.mapping_named.emit(columns, mapping)
        tables = [row.file for row in self.rows.list.rows() if row.reading.kind == table_kind()]
        unclear = [each.file for each in self.troubles.model.troubles() if each.needs_mapping]
        self._set_busy(is_busy=True)
        self.reading.map_columns(columns, mapping, list(dict.fromkeys((file, *tables, *unclear))))
        self._check()

    def _show_version(self, key: int) -> None:
        label = self.rows.list.version_label(key) if key >= 0 else ""
        self.detail.show_version(label, is_version=bool(label) and self.rows.list.get(key).is_version)

    def _check(self) -> None:
        """The agreeing button says how many; it waits until all is read and every date can be understood."""
        count, versions, _ = self.rows.list.counts
        words = counted(count, "article")
        self.accept_button.setText(f"Import {words}" if not versions else f"Import {words}, compare {versions:,}")
        problem = self.rows.list.problem
        self.say_problem(problem)
        if not problem:
            self.accept_button.setEnabled(bool(count + versions) and not self.reading.is_busy)


def file_filters() -> list[str]:
    """What a file chooser offers: everything that can be imported, then each kind of it."""
    kinds = [(each.title, sorted(suffix for suffix in each.suffixes if suffix)) for each in importers()]
    kinds.append(("ZIP archives", [".zip"]))
    every = sorted({suffix for _, suffixes in kinds for suffix in suffixes})
    return [_filter("All files that can be imported", every), *(_filter(title, own) for title, own in kinds if own)]


def _filter(title: str, suffixes: Sequence[str]) -> str:
    return f"{title} ({' '.join(f'*{suffix}' for suffix in suffixes)})"
