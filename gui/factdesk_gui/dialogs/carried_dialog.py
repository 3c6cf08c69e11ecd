"""Marks that a corrected version changed a little or left behind: each is looked at by a person. Stays open."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from factdesk.model.claims import Anchor
from factdesk.model.versions import CarriedMark, MarkKind
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import counted, shortened
from factdesk_gui.plain import plain_tip

_NOUNS = {MarkKind.CLAIM: "Claim", MarkKind.MENTION: "Mention", MarkKind.EVIDENCE: "Evidence"}
_MARK = int(Qt.ItemDataRole.UserRole)


class CarriedDialog(FrameDialog):
    """Two sorts: changed a little, and left behind.

    Signals:
        show_wanted: a CarriedMark whose passage (or, left behind, old text) should be shown.
        settle_wanted: a CarriedMark that stands as it is.
        attach_wanted: a CarriedMark that belongs at the selection.
        drop_wanted: a CarriedMark that is to be put aside.
    """

    show_wanted = Signal(object)
    settle_wanted = Signal(object)
    attach_wanted = Signal(object)
    drop_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, writable: bool = True) -> None:
        explains = (
            "A corrected version changed the words of these marks, or no longer has them. Select the right words in "
            "the article to re-attach a mark; this list can stay open. What you leave here stays as it is."
        )
        super().__init__("Marks to look at", explains, "", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._writable = writable
        self._selected_in = ""  # id of the article in which words are selected
        self.list = QListWidget(wordWrap=True, alternatingRowColors=True)
        self.list.setAccessibleName("Marks to look at")
        self.list.setStyleSheet("QListWidget::item { padding: 6px; }")
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.list.itemClicked.connect(lambda _: self._emit(self.show_wanted))
        self.list.itemActivated.connect(lambda _: self._emit(self.show_wanted))
        self.settle = self._button("&It stands", "The changed words say the same", self.settle_wanted)
        self.attach = self._button(
            "&Re-attach to the selection", "The mark moves to the selected words", self.attach_wanted
        )
        self.drop = self._button(
            "&Put aside", "Refuses the mark, or takes the evidence away; undo brings it back", self.drop_wanted
        )
        self.body.addWidget(self.list, 1)
        row = QHBoxLayout()
        for button in (self.settle, self.attach, self.drop):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.fit(620, 520)
        self._enable()

    def show_marks(self, marks: Sequence[CarriedMark], articles: Mapping[str, str]) -> None:
        """Shows other marks; the row stays where it was as far as it can."""
        row = max(0, self.list.currentRow())
        self.list.clear()
        for mark in marks:
            item = QListWidgetItem(mark_words(mark, articles.get(mark.current_id, "")), self.list)
            item.setData(_MARK, mark)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        fuzzy = sum(mark.anchor is Anchor.FUZZY for mark in marks)
        left = len(marks) - fuzzy
        self.setWindowTitle(f"Marks to look at: {counted(fuzzy, 'changed', 'changed')}, {left:,} left behind")
        self._enable()

    def set_selection(self, article_id: str) -> None:
        """In which article words are selected; "" for none."""
        self._selected_in = article_id
        self._enable()

    def mark(self) -> CarriedMark | None:
        """The mark in hand."""
        item = self.list.currentItem()
        return item.data(_MARK) if item is not None else None

    def _button(self, words: str, meaning: str, signal: object) -> QPushButton:
        button = QPushButton(words, autoDefault=False)
        button.setToolTip(plain_tip(meaning))
        button.clicked.connect(lambda: self._emit(signal))
        return button

    def _emit(self, signal: object) -> None:
        mark = self.mark()
        if mark is not None:
            signal.emit(mark)  # type: ignore[attr-defined]  # a bound Signal

    def _enable(self) -> None:
        mark = self.mark()
        may = self._writable and mark is not None
        self.settle.setEnabled(may and mark is not None and mark.anchor is Anchor.FUZZY)
        self.attach.setEnabled(may and mark is not None and mark.current_id == self._selected_in)
        self.drop.setEnabled(may)


def mark_words(mark: CarriedMark, article: str) -> str:
    """A mark in the list, without colour."""
    head = f"{_NOUNS[mark.kind]} in {article or 'an article'}"
    if mark.anchor is Anchor.ORPHAN:
        return f"✗ {head}, left behind\nIts words are gone: “{shortened(mark.quote, 300)}”"
    return f"≈ {head}, changed\nwas “{shortened(mark.quote_before, 300)}”\nnow “{shortened(mark.quote, 300)}”"
