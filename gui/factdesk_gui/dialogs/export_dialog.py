"""Asks how and where to export the dataset."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.formats_known import formats
from factdesk_gui.dialogs.fields import Form
from factdesk_gui.dialogs.files import ask_new_file
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.path_row import PathRow
from factdesk_gui.prefs import Prefs

_INDENT = 26


@dataclass(frozen=True, slots=True)
class Export:
    """An export to be written."""

    format: str
    path: Path
    options: ExportOptions


class ExportDialog(FrameDialog):
    """Emits `export_wanted` with an Export; remembers the format and the folder.

    Args:
        project: path of the project, whose name the file takes.
    """

    export_wanted = Signal(object)

    def __init__(self, project: Path, prefs: Prefs, parent: QWidget | None = None) -> None:
        super().__init__(
            "Export",
            "Every mark leaves with its exact place, its author and its time; suggestions are told from decisions.",
            "Export",
            parent,
        )
        self._project, self._prefs = project, prefs
        self._formats = formats()
        self._is_chosen = False
        self.body.addLayout(self._make_formats())
        self.decisions_only = QCheckBox("&Leave out suggestions that nobody has looked at")
        self.body.addWidget(self.decisions_only)
        self.file = PathRow("File", self._browse)
        self.file.changed.connect(self._check)
        place = Form(())
        place.add_row("&File", self.file)
        self.body.addWidget(place)
        self.body.addStretch(1)
        self.setMinimumWidth(600)
        names = [each.name for each in self._formats]
        self.choose_format(prefs.export_format if prefs.export_format in names else names[0])

    def choose_format(self, name: str) -> None:
        """Chooses a format; the file's name follows."""
        number = [each.name for each in self._formats].index(name)
        self._buttons.button(number).setChecked(True)
        suffix = self._formats[number].suffix
        path = Path(self.file.path()) if self._is_chosen else self._folder() / self._project.stem
        self.file.set_path(path.with_name(_stem(path, [each.suffix for each in self._formats]) + suffix))

    def export(self) -> Export:
        """What is asked for."""
        chosen = self._formats[self._buttons.checkedId()]
        options = ExportOptions(decisions_only=self.decisions_only.isChecked())
        return Export(chosen.name, Path(self.file.path()).expanduser(), options)

    def accept(self) -> None:
        """Gives the export and closes."""
        wanted = self.export()
        self._prefs.export_format = wanted.format
        self._prefs.export_folder = str(wanted.path.parent)
        self.export_wanted.emit(wanted)
        super().accept()

    def _folder(self) -> Path:
        """The one used last, else the project's own."""
        last = self._prefs.export_folder
        return Path(last) if last and Path(last).is_dir() else self._project.parent

    def _make_formats(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        self._buttons = QButtonGroup(self)
        for number, each in enumerate(self._formats):
            button = QRadioButton(each.title)
            button.setAccessibleDescription(each.description)
            button.clicked.connect(lambda _on=False, name=each.name: self.choose_format(name))
            self._buttons.addButton(button, number)
            explains = QLabel(each.description, wordWrap=True)
            explains.setProperty("role", "soft")
            explains.setContentsMargins(_INDENT, 0, 0, 8)
            column.addWidget(button)
            column.addWidget(explains)
        return column

    def _browse(self) -> None:
        chosen = self._formats[self._buttons.checkedId()]
        filters = (f"{chosen.title} (*{chosen.suffix})",)
        ask_new_file(self, "Export", Path(self.file.path()), filters, self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self._is_chosen = True
        self.file.set_path(path)

    def _check(self) -> None:
        path = Path(self.file.path()).expanduser()
        problem, blocks = "", True
        if not self.file.path():
            self.say_problem("")
            self.accept_button.setEnabled(False)
            return
        if not path.parent.is_dir():
            problem = f"There is no folder {path.parent}."
        elif path.is_dir():
            problem = f"{path} is a folder; give the file a name."
        elif path == self._project:
            problem = "That is the project itself."
        elif path.exists() and not self._is_chosen:
            problem, blocks = f"{path.name} exists already in {path.parent}; it will be replaced.", False
        self.say_problem(problem, blocks=blocks)


def _stem(path: Path, suffixes: list[str]) -> str:
    return path.stem if path.suffix in suffixes else path.name
