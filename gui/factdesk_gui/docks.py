"""The docks around the reading panes: one table, one builder."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QWidget

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_SIDE = 300  # pixels at 1366 x 768; the panes get the rest


@dataclass(frozen=True, slots=True)
class DockSpec:
    """One dock: its name in the code and in saved layouts, its title and its side."""

    name: str
    title: str
    area: Qt.DockWidgetArea


DOCKS = (
    DockSpec("queue", "Queue", _LEFT),
    DockSpec("entities", "Entities", _LEFT),
    DockSpec("progress", "Progress", _LEFT),
    DockSpec("find", "Find", _LEFT),
    DockSpec("inspector", "Inspector", _RIGHT),
)


class Docks(QObject):
    """The docks of one main window; their widgets come and go with the project.

    Signals:
        changed: a dock was shown, hidden or brought to the front.
    """

    changed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._docks: dict[str, QDockWidget] = {}
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, window.tabPosition(_LEFT).North)
        window.setDockNestingEnabled(True)
        for spec in DOCKS:
            dock = QDockWidget(spec.title, window, objectName=f"dock-{spec.name}")
            dock.visibilityChanged.connect(self.changed)
            if spec.area is _LEFT:  # its tab is its title
                dock.setTitleBarWidget(QWidget(dock))
            window.addDockWidget(spec.area, dock)
            self._docks[spec.name] = dock
        for left, right in (("queue", "entities"), ("entities", "progress"), ("progress", "find")):
            window.tabifyDockWidget(self._docks[left], self._docks[right])
        self._docks["queue"].raise_()
        window.resizeDocks([self._docks["queue"], self._docks["inspector"]], [_SIDE, _SIDE], Qt.Orientation.Horizontal)

    def all(self) -> list[QDockWidget]:
        """The docks."""
        return list(self._docks.values())

    def fill(self, widgets: dict[str, QWidget]) -> None:
        """Puts a project's panels into their docks and shows them."""
        for name, widget in widgets.items():
            self._replace(self._docks[name], widget)

    def empty(self) -> None:
        """Takes the panels away; the project is closing."""
        for dock in self._docks.values():
            self._replace(dock, QLabel())

    def set_all_visible(self, *, visible: bool) -> None:
        """Shows or hides all docks at once: none is of use without a project."""
        for dock in self._docks.values():
            dock.setVisible(visible)
        if visible:
            self._docks["queue"].raise_()

    def toggle(self, name: str) -> None:
        """Shows a dock that is hidden or behind another, else hides it."""
        if self.is_in_front(name):
            self._docks[name].hide()
        else:
            self.show(name)

    def is_in_front(self, name: str) -> bool:
        """Whether a dock can be seen: shown, and not behind another tab."""
        dock = self._docks[name]
        return dock.isVisible() and not dock.visibleRegion().isEmpty()

    def show(self, name: str) -> None:
        """Brings a dock to the front."""
        self._docks[name].show()
        self._docks[name].raise_()

    @staticmethod
    def _replace(dock: QDockWidget, widget: QWidget) -> None:
        old = dock.widget()
        dock.setWidget(widget)
        if old is not None:
            old.deleteLater()
