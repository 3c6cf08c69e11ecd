"""The docks around the reading panes: one table, one builder."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget

from factdesk_gui.plain import PlainLabel

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_LEAST = 300  # pixels: a dock narrower than this cuts words
_SHARES = {"queue": 0.165, "inspector": 0.18}  # of the window's width; the panes get the rest
_MOST = {"queue": 520, "inspector": 560}
_DOCKS_AT_MOST = 0.46  # of the window's width; a layout from a larger screen may ask for more


_SLACK = 20  # pixels
_PANES = 150  # pixels that the reading panes need at least
_HORIZONTAL = Qt.Orientation.Horizontal
_BOARD_SHARE = 0.4  # of the window's height
_BOARD_SHOWN_ABOVE = 900  # pixels of height: on a smaller window the texts come first, B brings the board


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
    DockSpec("board", "Board", _BOTTOM),  # below queue and panes: its columns need the width of both
)


def dock_widths(window: int) -> dict[str, int]:
    """How wide the two sides are in a window of this width, when nobody has dragged their edges."""
    return {name: min(max(_LEAST, round(window * share)), _MOST[name]) for name, share in _SHARES.items()}


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
        self._window = window
        self.keep_corners()
        for spec in DOCKS:
            dock = QDockWidget(spec.title, window, objectName=f"dock-{spec.name}")
            dock.visibilityChanged.connect(self.changed)
            if spec.area is not _RIGHT:  # its tab, or the line of its own filters, is its title
                dock.setTitleBarWidget(QWidget(dock))
            window.addDockWidget(spec.area, dock)
            self._docks[spec.name] = dock
        for left, right in (("queue", "entities"), ("entities", "progress"), ("progress", "find")):
            window.tabifyDockWidget(self._docks[left], self._docks[right])
        self._docks["queue"].raise_()
        self._docks["board"].topLevelChanged.connect(self._on_board_floats)
        self._window = window

    def all(self) -> list[QDockWidget]:
        """The docks."""
        return list(self._docks.values())

    def keep_corners(self) -> None:
        """Lets the inspector keep its height beside the board, whatever a layout of an older version said."""
        self._window.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)

    def fill(self, widgets: dict[str, QWidget]) -> None:
        """Puts a project's panels into their docks and shows them."""
        for name, widget in widgets.items():
            self._replace(self._docks[name], widget)

    def empty(self) -> None:
        """Takes the panels away; the project is closing."""
        for dock in self._docks.values():
            self._replace(dock, PlainLabel())

    def set_all_visible(self, *, visible: bool) -> None:
        """Shows or hides all docks at once: none is of use without a project."""
        for name, dock in self._docks.items():
            fits = name != "board" or self._window.height() > _BOARD_SHOWN_ABOVE
            dock.setVisible(visible and fits and not (name == "inspector" and self._is_narrow()))
        if visible:
            self._docks["queue"].raise_()
        for bar in self._window.findChildren(QTabBar):  # stays where nobody sees it, and Tab would come to it
            bar.setAccessibleName("Panels")
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if visible else Qt.FocusPolicy.NoFocus)

    def set_widths(self) -> None:
        """Gives both sides their share of the window, whatever its size is."""
        wanted = dock_widths(self._window.width())
        self._window.resizeDocks([self._docks[name] for name in wanted], list(wanted.values()), _HORIZONTAL)
        self._set_board_height()

    def make_fit(self) -> None:
        """Brings the docks back to their usual share if a restored layout leaves the panes too little."""
        if self._is_narrow() and self._docks["queue"].isVisible() and self._docks["inspector"].isVisible():
            self._docks["inspector"].hide()
        sides: dict[int, int] = {}  # docks behind each other share one left edge
        for name, dock in self._docks.items():
            if name != "board" and dock.isVisible() and not dock.isFloating():
                sides[dock.x()] = max(dock.width(), sides.get(dock.x(), 0))
        if sum(sides.values()) > max(_DOCKS_AT_MOST * self._window.width(), 2 * _LEAST + _SLACK):
            self.set_widths()

    def toggle(self, name: str) -> None:
        """Shows a dock that is hidden or behind another, else hides it."""
        if self.is_in_front(name):
            self._docks[name].hide()
        else:
            self.show(name)

    def hide(self, name: str) -> None:
        """Puts a dock away."""
        self._docks[name].hide()

    def toggle_floating(self, name: str) -> None:
        """Takes a dock out of the window, for a second screen, or back in."""
        self._docks[name].setFloating(not self._docks[name].isFloating())

    def is_in_front(self, name: str) -> bool:
        """Whether a dock can be seen: shown, and not behind another tab."""
        dock = self._docks[name]
        return dock.isVisible() and not dock.visibleRegion().isEmpty()

    def show(self, name: str) -> None:
        """Brings a dock to the front."""
        came = not self._docks[name].isVisible()
        if came and name != "board" and self._is_narrow():
            self._leave(_LEFT if name == "inspector" else _RIGHT)
        new = name == "board" and came and self._docks[name].height() < _LEAST // 2
        self._docks[name].show()
        self._docks[name].raise_()
        if new:
            self._set_board_height()
        elif came and name != "board":
            QTimer.singleShot(0, self, self.make_fit)  # once it has its width: a dock that comes back may take too much

    def _is_narrow(self) -> bool:
        """Whether the screen has no room for panes between both sides, as with large letters on a small one."""
        return self._window.screen().availableSize().width() < 2 * _LEAST + _PANES

    def _leave(self, side: Qt.DockWidgetArea) -> None:
        """Puts away what stands at one side; it comes back when it is asked for."""
        for spec in DOCKS:
            if spec.area is side and not self._docks[spec.name].isFloating():
                self._docks[spec.name].hide()

    def _set_board_height(self) -> None:
        height = round(self._window.height() * _BOARD_SHARE)
        self._window.resizeDocks([self._docks["board"]], [height], Qt.Orientation.Vertical)

    def _on_board_floats(self, floats: bool) -> None:  # noqa: FBT001 - the value of a Qt signal
        """A window of its own needs a title to be moved by; inside, its own line of filters is enough."""
        dock = self._docks["board"]
        dock.setTitleBarWidget(None if floats else QWidget(dock))

    @staticmethod
    def _replace(dock: QDockWidget, widget: QWidget) -> None:
        old = dock.widget()
        dock.setWidget(widget)
        if old is not None:
            old.deleteLater()
