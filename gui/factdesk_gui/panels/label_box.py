"""Chooses one sort of entity, of those that the case has."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from factdesk_gui.models.label_words import label_choice, label_word
from factdesk_gui.plain import plain_tip

_LETTERS = 9


class LabelBox(QComboBox):
    """Emits `label_chosen` with the label, "" for all."""

    label_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Sort of entity")
        self.setToolTip("Show only one sort of entity")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.addItem("All sorts", "")
        self.currentIndexChanged.connect(lambda _: self.label_chosen.emit(self.label()))

    def label(self) -> str:
        """The chosen label."""
        return str(self.currentData() or "")

    def set_labels(self, labels: Sequence[tuple[str, int]]) -> None:
        """Offers these labels with their numbers; a choice that is gone falls back to all."""
        chosen = self.label()
        with QSignalBlocker(self):
            self.clear()
            self.addItem("All sorts", "")
            for label, number in labels:
                self.addItem(f"{label_word(label)} ({number:,})", label)
                self.setItemData(self.count() - 1, plain_tip(label_choice(label)), Qt.ItemDataRole.ToolTipRole)
            self.setCurrentIndex(max(self.findData(chosen), 0))
        if self.label() != chosen:
            self.label_chosen.emit(self.label())
