"""A line for a path with a button that browses for it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget


class PathRow(QWidget):
    """Shows and takes a path.

    Args:
        name: for assistive tools.
        browse: called by the button; it is expected to call `set_path` some time.
    """

    changed = Signal()

    def __init__(self, name: str, browse: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setAccessibleName(name)
        self._line.textChanged.connect(self.changed)
        button = QPushButton("Browse…", autoDefault=False)
        button.clicked.connect(browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line, 1)
        row.addWidget(button)
        self.setFocusProxy(self._line)

    def rename(self, name: str) -> None:
        """Gives the line another name for assistive tools."""
        self._line.setAccessibleName(name)

    def path(self) -> str:
        """What the line holds."""
        return self._line.text().strip()

    def set_path(self, path: object) -> None:
        """Fills the line."""
        self._line.setText(str(path))
