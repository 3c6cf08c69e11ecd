"""Chooses how the bytes of a file are read."""

import codecs
from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from factdesk.text.charsets import ENCODINGS


def canonical(name: str) -> str:
    """The one name of a codec, whichever of its spellings is given."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name


_WORDS = {canonical(name): words for name, words in ENCODINGS.items()}


def encoding_words(name: str) -> str:
    """A short name for tables."""
    words = _WORDS.get(canonical(name), name)
    return words[words.index("(") + 1 : -1] if words.endswith(")") else words


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
        """The codec's canonical name."""
        return str(self.currentData() or "")

    def choose(self, name: str) -> None:
        """Chooses an encoding as a person would."""
        self.setCurrentIndex(self.findData(canonical(name)))

    def show_encoding(self, name: str, alternatives: Sequence[str] = ()) -> None:
        """Shows an encoding, the likely other ones below it; that is no choice by a person."""
        was_blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._fill([name, *alternatives] if name else ())
        self.choose(name)
        self.blockSignals(was_blocked)

    def _fill(self, likely: Sequence[str]) -> None:
        self.clear()
        for name in dict.fromkeys((*map(canonical, likely), *_WORDS)):
            self.addItem(_WORDS.get(name, name), name)
