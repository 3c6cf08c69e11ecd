"""The bar above a comparison: from change to change, where one is, and how the texts are shown."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QWidget

from factdesk_gui.dialogs.diff_view import DiffView, Layout
from factdesk_gui.plain import PlainLabel, plain_tip

_KEYS = ("Shift+F8", "F8")
_WORDS = {Layout.BESIDE: "Side by side", Layout.IN_ONE: "In one text", Layout.OLD: "Old text alone"}


class DiffBar(QWidget):
    """Steers a DiffView inside a dialog; F8 and Shift+F8 do the same as the buttons.

    Args:
        diff: the comparison.
        dialog: where the keys hold.
        layouts: what can be chosen.
    """

    def __init__(self, diff: DiffView, dialog: QDialog, layouts: tuple[Layout, ...]) -> None:
        super().__init__(dialog)
        self._diff = diff
        self.where = PlainLabel()
        self.layouts = QComboBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for words, step, key in (("◀ Previous change", -1, _KEYS[0]), ("Next change ▶", 1, _KEYS[1])):
            button = QPushButton(words, autoDefault=False)
            button.clicked.connect(lambda _=False, step=step: diff.next_change(step))
            button.setToolTip(plain_tip(f"{words.strip('◀▶ ')} ({key})"))
            QShortcut(QKeySequence(key), dialog, lambda step=step: diff.next_change(step))
            row.addWidget(button)
        row.addWidget(self.where)
        row.addStretch(1)
        row.addWidget(self.layouts)
        self.layouts.setAccessibleName("How the texts are shown")
        for layout in layouts:
            self.layouts.addItem(_WORDS[layout], layout)
        self.layouts.currentIndexChanged.connect(lambda _: diff.set_layout(Layout(self.layouts.currentData())))
        diff.change_shown.connect(lambda number, total: self.where.setText(f"Change {number + 1:,} of {total:,}"))

    def begin(self) -> None:
        """Shows the first change of a new comparison."""
        self._diff.set_layout(Layout(self.layouts.currentData()))
        self.where.setText("No change")
        self._diff.next_change()
