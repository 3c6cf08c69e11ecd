"""Asks for what a new project needs: a file, the name of its first case and who is deciding."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from factdesk_gui.dialogs.fields import Field, Form
from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_new_file
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.path_row import PathRow

SUFFIX = ".factdesk"
_FIELDS = (
    Field("case", "&Case", placeholder="The event, such as “Flood in Mirow, May 2024”"),
    Field("reviewer", "Your &name", placeholder="Kept with each of your decisions"),
)


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project to be made."""

    path: Path
    case_name: str
    reviewer: str


def file_name(case_name: str) -> str:
    """A file name that every system takes, from the name of a case."""
    words = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", case_name).strip(" .")
    return f"{re.sub(r'[ ]+', ' ', words)[:60].strip(' .') or 'project'}{SUFFIX}"


class NewProjectDialog(FrameDialog):
    """Emits `project_wanted` with a NewProject; the file follows the case's name until it is chosen."""

    project_wanted = Signal(object)

    def __init__(self, folder: str = "", reviewer: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            "New project",
            "A project is one file on this computer. It holds the articles, your decisions and their history.",
            "Make project",
            parent,
        )
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        places = [Path(one) for one in (folder, documents) if one]
        self._folder = next((place for place in places if place.is_dir()), Path.home())
        self._is_chosen = False
        self.form = Form(_FIELDS)
        self.form.set_value("reviewer", reviewer)
        self.form.edited.connect(self._on_edited)
        self.file = PathRow("File", self._browse)
        self.file.changed.connect(self._check)
        self.form.add_row("&File", self.file)
        self.body.addWidget(self.form)
        self.setMinimumWidth(560)
        self._on_edited("case")
        self.form.editor("case").setFocus()

    def project(self) -> NewProject:
        """What is asked for."""
        path = _expanded(self.file.path())
        if path.name and path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        return NewProject(path, self.form.value("case"), self.form.value("reviewer"))

    def accept(self) -> None:
        """Gives the project and closes."""
        self.project_wanted.emit(self.project())
        super().accept()

    def _browse(self) -> None:
        ask_new_file(self, "New project", Path(self.file.path()), (PROJECT_FILTER,), self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self._is_chosen = True
        self.file.set_path(path)

    def _on_edited(self, key: str) -> None:
        if key == "case" and not self._is_chosen:
            self.file.set_path(self._folder / file_name(self.form.value("case")))
        self._check()

    def _check(self) -> None:
        problem = ""
        if self.file.path():
            wanted = self.project().path
            if not wanted.name:
                problem = "Give the file a name."
            elif wanted.exists():
                problem = f"{wanted.name} exists already in {wanted.parent}. Choose another name, or open it instead."
            elif not wanted.parent.is_dir():
                problem = f"There is no folder {wanted.parent}."
        self.say_problem(problem)
        if not problem:
            self.accept_button.setEnabled(
                bool(self.form.value("case") and self.form.value("reviewer") and self.file.path())
            )


def _expanded(typed: str) -> Path:
    """The path, with the home folder for ~ where there is one."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # ~ of somebody unknown
        return Path(typed)
