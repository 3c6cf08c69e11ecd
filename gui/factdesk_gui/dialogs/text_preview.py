"""The beginning of a text, to see whether it was read well."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from factdesk_gui.theme import reading_font

_SHOWN = 20_000  # characters; laying out more would only cost time


class TextPreview(QPlainTextEdit):
    """Read-only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName("Preview of the text")
        self.setFont(reading_font(points=11))

    def show_text(self, text: str) -> None:
        """Shows the first pages of a text."""
        more = "\n\n…" if len(text) > _SHOWN else ""
        self.setPlainText(text[:_SHOWN] + more)
