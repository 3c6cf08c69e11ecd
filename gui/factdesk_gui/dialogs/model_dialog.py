"""Chooses the language model that suggests entities and claims."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from factdesk_gui.dialogs.files import ask_folder
from factdesk_gui.dialogs.frame import FrameDialog

_GROUP = "spacy_models"  # the entry point by which spaCy's pipelines make themselves known; some have none
_PACKAGE = re.compile(r"[a-z]{2,3}_(?:core|dep|ent|sent|pipeline)_\w+|spacy_\w+_pipeline")
BUNDLED = ""
_META = "meta.json"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A spaCy pipeline: what `spacy.load` takes, and words about it."""

    name: str
    words: str


def installed_models() -> list[InstalledModel]:
    """The pipelines of this Python, found without importing spaCy or any of them."""
    found = [InstalledModel(BUNDLED, "The best one that comes with Factdesk (English)")]
    if getattr(sys, "frozen", False):
        return found
    from importlib.metadata import distributions, entry_points  # noqa: PLC0415 - slow, and no window needs it to start

    versions = {entry.name: entry.dist.version if entry.dist else "" for entry in entry_points(group=_GROUP)}
    for package in distributions():
        name = (package.metadata["Name"] or "").replace("-", "_")
        if _PACKAGE.fullmatch(name):
            versions.setdefault(name, package.version)
    return found + [InstalledModel(name, f"{name} {versions[name]}".strip()) for name in sorted(versions)]


class ModelDialog(FrameDialog):
    """Emits `model_chosen`: the name or folder of a pipeline, "" for the bundled one."""

    model_chosen = Signal(str)

    def __init__(self, current: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            "Language model",
            "Any installed spaCy pipeline can suggest entities and claims. What is already in the project stays as it "
            "is; the new model is used from the next article on.",
            "Use this model",
            parent,
        )
        self.list = QListWidget()
        self.list.setAccessibleName("Models")
        self.list.setStyleSheet("QListWidget::item { padding: 5px; }")
        for model in installed_models():
            self._add(model)
        if current and self._row_of(current) < 0:
            self._add(InstalledModel(current, current))
        self.list.setCurrentRow(max(0, self._row_of(current)))
        self.list.itemActivated.connect(self.accept)
        browse = QPushButton("A model in a folder…", autoDefault=False)
        browse.clicked.connect(lambda: ask_folder(self, "Folder of a spaCy pipeline", "", self.add_folder))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(browse, 0, Qt.AlignmentFlag.AlignLeft)
        self.fit(560, 380)

    def model(self) -> str:
        """The chosen model."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def accept(self) -> None:
        """Gives the model and closes."""
        self.model_chosen.emit(self.model())
        super().accept()

    def add_folder(self, folder: Path) -> None:
        """Offers and chooses a pipeline that lies in a folder of its own."""
        if not (folder / _META).is_file():
            self.say_problem(
                f"{folder} is no spaCy pipeline: it has no {_META}. Choose the folder that holds config.cfg and {_META}.",
                blocks=False,
            )
            return
        self.say_problem("")
        if self._row_of(str(folder)) < 0:
            self._add(InstalledModel(str(folder), str(folder)))
        self.list.setCurrentRow(self._row_of(str(folder)))

    def _add(self, model: InstalledModel) -> None:
        item = QListWidgetItem(model.words, self.list)
        item.setData(Qt.ItemDataRole.UserRole, model.name)

    def _row_of(self, name: str) -> int:
        rows = range(self.list.count())
        return next((row for row in rows if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name), -1)
