"""Chooses how the bytes of a file are read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from factdesk.text.charsets import ENCODINGS


class EncodingBox(QComboBox):
    """All usual encodings by their names in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Encoding")
        self.setToolTip("If letters look wrong in the preview, choose another encoding")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        self._fill(())

    def encoding(self) -> str:
        """The codec's name."""
        return str(self.currentData())

    def show_encoding(self, name: str, alternatives: Sequence[str] = ()) -> None:
        """Shows an encoding, the likely other ones below it; that is no choice by a person."""
        was_blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._fill([name, *alternatives] if name else ())
        self.setCurrentIndex(self.findData(name))
        self.blockSignals(was_blocked)

    def _fill(self, likely: Sequence[str]) -> None:
        self.clear()
        for name in dict.fromkeys((*likely, *ENCODINGS)):
            self.addItem(ENCODINGS.get(name, name), name)


def encoding_words(name: str) -> str:
    """A short name for tables."""
    words = ENCODINGS.get(name, name)
    return words[words.index("(") + 1 : -1] if words.endswith(")") else words
