"""The list of formats for export: in groups, searched by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from factdesk.exchange.export_format import ExportFormat
from factdesk_gui.plain import PlainLabel, plain_tip

_NAME = Qt.ItemDataRole.UserRole
_SEARCHED = Qt.ItemDataRole.UserRole + 1
_TO_LIST = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class FormatList(QWidget):
    """A box to search in and the formats below their groups' names.

    Signals:
        chosen: the name of the format that was gone to.
    """

    chosen = Signal(str)

    def __init__(self, formats: Sequence[ExportFormat], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit(placeholderText="Search formats and programs", clearButtonEnabled=True)
        self.search.setAccessibleName("Search formats and programs")
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Formats")
        self.list.setStyleSheet("QListWidget::item { padding: 3px 4px; }")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._nothing = PlainLabel("No format answers to that.", visible=False, wordWrap=True)
        self._nothing.setProperty("role", "soft")
        self._fill(formats)
        self.list.currentItemChanged.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.search)

    def names(self) -> list[str]:
        """The names of the formats that the search leaves, from the top."""
        return [str(item.data(_NAME)) for item in self._items() if item.data(_NAME) and not item.isHidden()]

    def name(self) -> str:
        """The format gone to last, "" for none."""
        item = self.list.currentItem()
        return str(item.data(_NAME) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Goes to a format."""
        for item in self._items():
            if item.data(_NAME) == name:
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the arrow keys move in the list while one types in the search box."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.search and is_key and event.key() in _TO_LIST:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _fill(self, formats: Sequence[ExportFormat]) -> None:
        groups = list(dict.fromkeys(each.group for each in formats))
        for group in groups:
            if len(groups) > 1:
                head = QListWidgetItem(group.value, self.list)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                font = head.font()
                font.setBold(True)
                head.setFont(font)
            for each in (one for one in formats if one.group is group):
                item = QListWidgetItem(each.title, self.list)
                item.setData(_NAME, each.name)
                words = (each.title, each.name, each.suffix, each.description, group.value)
                item.setData(_SEARCHED, " ".join(words).casefold())
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.title}, {group.value}")
                item.setToolTip(plain_tip(each.description))

    def _on_search(self, query: str) -> None:
        words = query.casefold().split()
        head: QListWidgetItem | None = None
        for item in self._items():
            if not item.data(_NAME):
                head = item
                head.setHidden(True)
                continue
            answers = all(word in item.data(_SEARCHED) for word in words)
            item.setHidden(not answers)
            if answers and head is not None:
                head.setHidden(False)
        left = self.names()
        self._nothing.setVisible(not left)
        if left and self.name() not in left:
            self.choose(left[0])

    def _on_current(self) -> None:
        if self.name():
            self.chosen.emit(self.name())
