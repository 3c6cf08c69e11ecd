"""File choosers that do not block the program: opened with `open()`, answering by a call."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from factdesk_gui.dialogs.frame import FRAME

PROJECT_FILTER = "Factdesk projects (*.factdesk)"
ALL_FILTER = "All files (*)"

Mode = QFileDialog.FileMode


def _chooser(parent: QWidget, title: str, folder: str, filters: Sequence[str]) -> QFileDialog:
    chooser = QFileDialog(parent, title)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if folder and Path(folder).is_dir():
        chooser.setDirectory(folder)
    chooser.setNameFilters(list(filters))
    return chooser


def _open(chooser: QFileDialog) -> QFileDialog:
    """Opens it no larger than the screen."""
    room = chooser.screen().availableSize() - FRAME
    chooser.resize(chooser.size().boundedTo(room))
    chooser.open()
    return chooser


def ask_project(parent: QWidget, folder: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Asks for an existing project."""
    return ask_file(parent, "Open project", folder, (PROJECT_FILTER,), chosen)


def ask_file(
    parent: QWidget, title: str, folder: str, filters: Sequence[str], chosen: Callable[[Path], object]
) -> QFileDialog:
    """Asks for one existing file."""
    chooser = _chooser(parent, title, folder, (*filters, ALL_FILTER))
    chooser.setFileMode(Mode.ExistingFile)
    chooser.fileSelected.connect(lambda path: chosen(Path(path)))
    return _open(chooser)


def ask_files(
    parent: QWidget,
    folder: str,
    filters: Sequence[str],
    chosen: Callable[[list[Path]], object],
    title: str = "Choose files",
) -> QFileDialog:
    """Asks for one or more existing files."""
    chooser = _chooser(parent, title, folder, (*filters, ALL_FILTER))
    chooser.setFileMode(Mode.ExistingFiles)
    chooser.filesSelected.connect(lambda paths: chosen([Path(path) for path in paths]))
    return _open(chooser)


def ask_folder(parent: QWidget, title: str, folder: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Asks for an existing folder."""
    chooser = _chooser(parent, title, folder, (ALL_FILTER,))
    chooser.setFileMode(Mode.Directory)
    chooser.setOption(QFileDialog.Option.ShowDirsOnly)
    chooser.fileSelected.connect(lambda path: chosen(Path(path)))
    return _open(chooser)


def ask_new_file(
    parent: QWidget, title: str, start: Path, filters: Sequence[str], chosen: Callable[[Path], object]
) -> QFileDialog:
    """Asks for the name of a file to write; the chooser itself asks before one is replaced."""
    chooser = _chooser(parent, title, str(start.parent), (*filters, ALL_FILTER))
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setFileMode(Mode.AnyFile)
    chooser.setDefaultSuffix(start.suffix.removeprefix("."))
    chooser.selectFile(start.name)
    chooser.fileSelected.connect(lambda path: chosen(Path(path)))
    return _open(chooser)
