"""Reading panes side by side, in splitters: one row, or two when one would be too tight."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from factdesk_gui.reader.pane import ArticlePane


class PaneRow(QWidget):
    """Holds the panes, equally wide until the reader drags a handle.

    Signals:
        rearranged: panes came, went or changed places.
    """

    rearranged = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(7)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._splitter)

    def panes(self) -> list[ArticlePane]:
        """The panes from left to right."""
        widgets = (self._splitter.widget(i) for i in range(self._splitter.count()))
        return [widget for widget in widgets if isinstance(widget, ArticlePane)]

    def add(self, pane: ArticlePane) -> None:
        """Puts a pane at the right."""
        pane.dragged.connect(lambda at, pane=pane: self._on_dragged(pane, at))
        self._splitter.addWidget(pane)
        self.even_out()

    def remove(self, pane: ArticlePane) -> None:
        """Takes a pane away."""
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()
        self.even_out()

    def move(self, pane: ArticlePane, to: int) -> None:
        """Moves a pane to another place among the others."""
        to = min(max(0, to), self._splitter.count() - 1)
        sizes = self._splitter.sizes()
        at = self._splitter.indexOf(pane)
        if to == at:
            return
        sizes.insert(to, sizes.pop(at))
        self._splitter.insertWidget(to, pane)
        self._splitter.setSizes(sizes)
        self.rearranged.emit()

    def even_out(self) -> None:
        """Makes all panes equally wide."""
        count = self._splitter.count()
        if count:
            self._splitter.setSizes([max(1, self._splitter.width() // count)] * count)
        self.rearranged.emit()

    def sizes(self) -> list[int]:
        """Widths of the panes."""
        return self._splitter.sizes()

    def set_sizes(self, sizes: list[int]) -> None:
        """Gives the panes these shares of the width."""
        if len(sizes) == self._splitter.count() and all(size > 0 for size in sizes):
            self._splitter.setSizes(sizes)

    def _on_dragged(self, pane: ArticlePane, at: QPoint) -> None:
        x = self._splitter.mapFromGlobal(at).x()
        panes = self.panes()
        here = panes.index(pane)
        for number, other in enumerate(panes):
            middle = other.x() + other.width() / 2
            if (number < here and x < middle) or (number > here and x > middle):
                self.move(pane, number)
                return
