"""Controls that leave the mouse wheel to the scroll area around them until they are used."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider


class QuietSlider(QSlider):
    """A slider that does not move when the page is scrolled over it."""

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
