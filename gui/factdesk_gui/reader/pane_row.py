"""Reading panes side by side, in splitters: one row, or two when one would be too tight."""

from math import ceil

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from factdesk_gui.reader.pane import ArticlePane

_HANDLE = 7
_TOO_TIGHT = 230  # pixels: panes narrower than this stand in two rows
_TOO_LOW = 420  # pixels: a desk lower than this keeps its panes in one row, if the screen is wide enough
_LEAST = 120  # pixels that a pane takes at least
_BESIDE = 300  # pixels of a dock beside the panes


class PaneRow(QWidget):
    """Holds the panes, equally wide until the reader drags a handle.

    Signals:
        rearranged: panes came, went or changed places.
    """

    rearranged = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._panes: list[ArticlePane] = []
        self._both = _splitter(Qt.Orientation.Vertical, self)
        self._rows = (
            _splitter(Qt.Orientation.Horizontal, self._both),
            _splitter(Qt.Orientation.Horizontal, self._both),
        )
        for row in self._rows:
            self._both.addWidget(row)
        self._rows[1].hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._both)
        self._arranging = QTimer(self, singleShot=True, interval=0)
        self._arranging.timeout.connect(self.even_out)

    def panes(self) -> list[ArticlePane]:
        """The panes from left to right, the upper row first."""
        return list(self._panes)

    def add(self, pane: ArticlePane) -> None:
        """Puts a pane at the right."""
        pane.dragged.connect(lambda at, pane=pane: self._on_dragged(pane, at))
        self._panes.append(pane)
        self.even_out()

    def remove(self, pane: ArticlePane) -> None:
        """Takes a pane away."""
        self._panes.remove(pane)
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()
        self.even_out()

    def move(self, pane: ArticlePane, to: int) -> None:
        """Moves a pane to another place among the others."""
        to = min(max(0, to), len(self._panes) - 1)
        at = self._panes.index(pane)
        if to == at:
            return
        sizes = self.sizes()
        sizes.insert(to, sizes.pop(at))
        self._panes.insert(to, self._panes.pop(at))
        self._arrange()
        self.set_sizes(sizes)
        self.rearranged.emit()

    def even_out(self) -> None:
        """Makes all panes equally wide."""
        self._arrange()
        for row in self._rows:
            if row.count():
                row.setSizes([max(1, self.width() // row.count())] * row.count())
        self._both.setSizes([1, 1])
        self.rearranged.emit()

    def sizes(self) -> list[int]:
        """Widths of the panes."""
        return [size for row in self._rows for size in row.sizes()]

    def set_sizes(self, sizes: list[int]) -> None:
        """Gives the panes these shares of the width."""
        if len(sizes) == len(self._panes) and all(size > 0 for size in sizes):
            above = self._rows[0].count()
            for row, its in zip(self._rows, (sizes[:above], sizes[above:]), strict=True):
                row.setSizes(its)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width may ask for one row more or less; not while Qt is still laying out."""
        super().resizeEvent(event)
        if self._columns() != max(1, self._rows[0].count()):
            self._arranging.start()

    def _columns(self) -> int:
        count = max(1, len(self._panes))
        tight = self.width() / count < _TOO_TIGHT
        beyond = count * _LEAST > self.screen().availableSize().width() - _BESIDE  # the window would leave the screen
        return ceil(count / 2) if tight and count > 2 and (beyond or self.height() >= _TOO_LOW) else count

    def _arrange(self) -> None:
        """Puts every pane where it belongs; the one with the keyboard keeps it."""
        focused = QApplication.focusWidget()
        columns = self._columns()
        for row, wanted in zip(self._rows, (self._panes[:columns], self._panes[columns:]), strict=True):
            for place, pane in enumerate(wanted):
                if row.indexOf(pane) != place:
                    row.insertWidget(place, pane)
                    pane.show()
            row.setVisible(bool(wanted))
        if focused is not None and self.isAncestorOf(focused) and QApplication.focusWidget() is not focused:
            focused.setFocus()

    def _on_dragged(self, pane: ArticlePane, at: QPoint) -> None:
        here = self._panes.index(pane)
        inside = self.mapFromGlobal(at)
        for number, other in enumerate(self._panes):
            frame = other.rect().translated(other.mapTo(self, QPoint()))
            if number == here or not frame.contains(inside):
                continue
            same_row = other.parent() is pane.parent()
            past = inside.x() > frame.center().x() if number > here else inside.x() < frame.center().x()
            if past or not same_row:
                self.move(pane, number)
            return


def _splitter(direction: Qt.Orientation, parent: QWidget) -> QSplitter:
    splitter = QSplitter(direction, parent)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(_HANDLE)
    return splitter
