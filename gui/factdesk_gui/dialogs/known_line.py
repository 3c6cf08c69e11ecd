"""Tells which of the files to import the case has already."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.plain import PlainLabel


class KnownLine(QWidget):
    """Shows itself when there are any.

    Signals:
        read_wanted: read them all the same: paths.
    """

    read_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[Path, int] = {}  # how many files of a path, of which an archive has several
        self.label = PlainLabel()
        self.button = QPushButton("Read them all the same", autoDefault=False)
        self.button.setToolTip("For files that are to be read in another encoding, or again with new marks")
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label)
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()

    def __len__(self) -> int:
        """How many files."""
        return sum(self._counts.values())

    def add(self, paths: Iterable[Path]) -> None:
        """One path for each file."""
        for path in paths:
            self._counts[path] = self._counts.get(path, 0) + 1
        verb = "is in this case already and was" if len(self) == 1 else "are in this case already and were"
        self.label.setText(f"{counted(len(self), 'file')} {verb} not read again.")
        self.setVisible(len(self) > 0)

    def _on_clicked(self) -> None:
        paths, self._counts = list(self._counts), {}
        self.hide()
        self.read_wanted.emit(paths)
