"""Where an export goes: a line for its file or folder that follows the format, and what is wrong with it."""

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from factdesk.errors import FactdeskError
from factdesk.exchange.export_format import ExportFormat
from factdesk.exchange.exporters import check_target
from factdesk.exchange.sidecar import is_our_folder
from factdesk_gui.dialogs.export_subject import name_for
from factdesk_gui.dialogs.files import ask_folder, ask_new_file
from factdesk_gui.dialogs.path_row import PathRow
from factdesk_gui.plain import PlainLabel


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a place, or what a person should know before it is used."""

    text: str = ""
    blocks: bool = False


class ExportPlace(QWidget):
    """A line with a button; `changed` comes with every change.

    Args:
        project: whose name the export takes, and which it must not replace.
        folder: where it is suggested.
    """

    changed = Signal()

    def __init__(self, project: Path, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._folder = project, folder
        self._format: ExportFormat | None = None
        self._formats: tuple[ExportFormat, ...] = ()
        self._suggested = ""
        self._agreed = ""  # to replace this one was agreed to in the chooser
        self.row = PathRow("File", self._browse)
        self.label = PlainLabel()
        self.label.setBuddy(self.row)
        self.row.changed.connect(self.changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label)
        line.addWidget(self.row, 1)

    def set_format(self, chosen: ExportFormat, known: tuple[ExportFormat, ...]) -> None:
        """The name's ending becomes the format's; a name that a person gave keeps its stem."""
        self._format, self._formats = chosen, known
        self.label.setText("F&older of files" if chosen.is_folder else "&File")
        self.row.rename("Folder of files" if chosen.is_folder else "File")
        if self.row.path() and self.row.path() != self._suggested:
            path = Path(self.row.path())
            self.row.set_path(path.with_name(_stem(path, known) + chosen.suffix))
            return
        self._suggested = str(self._folder / name_for(self._project.stem, chosen))
        self.row.set_path(self._suggested)

    def path(self) -> Path:
        """The place; the ending of the format is put behind a name that has none."""
        path = Path(self.row.path()).expanduser()
        suffix = self._format.suffix if self._format is not None else ""
        is_bare = bool(suffix and path.name) and not path.suffix and not path.is_dir()
        return path.with_name(path.name + suffix) if is_bare else path

    def take(self, path: Path) -> None:
        """A place chosen in a file chooser, which has asked about replacing."""
        self._agreed = str(path)
        self.row.set_path(path)

    def problem(self) -> Problem:
        """What is wrong, or what will be replaced."""
        path, chosen = self.path(), self._format
        if chosen is None or not self.row.path():
            return Problem("", blocks=True)
        if path == self._project:
            return Problem("That is the project itself.", blocks=True)
        if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
            return Problem(f"The folder {path.parent} cannot be written to.", blocks=True)
        try:
            check_target(path, chosen)
        except FactdeskError as error:
            return Problem(f"{error.message} {error.hint}", blocks=True)
        if str(path) == self._agreed or not path.exists() or (path.is_dir() and not any(path.iterdir())):
            return Problem()
        what = "The older export " if chosen.is_folder else ""
        return Problem(f"{what}{path.name} exists already in {path.parent}; it will be replaced.")

    def _browse(self) -> None:
        chosen = self._format
        if chosen is None:
            return
        if chosen.is_folder:
            ask_folder(self.window(), "Where the folder goes", str(self.path().parent), self._on_folder)
        else:
            ask_new_file(self.window(), "Export", self.path(), (f"{chosen.title} (*{chosen.suffix})",), self.take)

    def _on_folder(self, folder: Path) -> None:
        """An older export of ours is meant itself; in any other folder a new one is made."""
        self.row.set_path(folder if is_our_folder(folder) else folder / self.path().name)


def _stem(path: Path, formats: tuple[ExportFormat, ...]) -> str:
    suffixes = {each.suffix for each in formats if each.suffix}
    return path.stem if path.suffix in suffixes else path.name
