"""Controls that leave the mouse wheel to the scroll area around them until they are used."""

from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QStyleOptionSlider


class QuietSlider(QSlider):
    """A slider that does not move when the page is scrolled over it.

    Attributes:
        hollow: whether its track is painted empty, because no value was chosen yet.
    """

    hollow = False

    def initStyleOption(self, option: QStyleOptionSlider) -> None:
        """Qt: what the style is to paint."""
        super().initStyleOption(option)
        if self.hollow:
            palette = QPalette(option.palette)
            for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent):
                palette.setColor(role, palette.color(QPalette.ColorRole.Base))
            option.palette = palette

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: only for the one in use."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class QuietComboBox(QComboBox):
    """A combo box that does not change when the page is scrolled over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: only for the one in use."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
