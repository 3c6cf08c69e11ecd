"""Small buttons with one of our icons that follow the theme."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from factdesk_gui.icons import icon
from factdesk_gui.plain import plain_tip


class IconButton(QToolButton):
    """A tool button whose icon takes the palette's colours, also after a change of theme."""

    def __init__(self, name: str, meaning: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = name
        self._meaning = meaning
        self.setAutoRaise(True)
        self.setText(text)
        self.setAccessibleName(text.replace("&", "") or meaning)
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        self.set_key("")
        self.setIcon(icon(name))

    def set_key(self, key: str) -> None:
        """Names the key that does the same in the tooltip."""
        self.setToolTip(plain_tip(f"{self._meaning} ({key})" if key else self._meaning))

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the theme changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(icon(self._icon_name))


class MenuButton(QPushButton):
    """A button that opens a menu and says so by an arrow after its text."""

    def __init__(self, menu: QMenu, text: str = "", parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(text, parent)
        self._menu = menu
        if flat:
            self.setProperty("role", "flat")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the icon goes behind the words
        self.setIcon(icon("next"))
        self.clicked.connect(self._open)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the theme changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(icon("next"))

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
