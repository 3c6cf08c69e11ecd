"""Web addresses: which ones are complete, and showing one whole before it is opened in the browser."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.plain import PlainLabel

_SCHEMES = {"http", "https", "ftp", "file"}
_OPENED = {"http", "https"}


def is_web_address(words: str) -> bool:
    """Whether these words are one complete address."""
    address = QUrl(words, QUrl.ParsingMode.StrictMode)
    return address.isValid() and address.scheme().lower() in _SCHEMES and len(words.split()) == 1


class AddressDialog(FrameDialog):
    """Shows where a link leads; nothing is opened before the reviewer says so.

    Signals:
        open_wanted: the QUrl is to be opened in the browser.
    """

    open_wanted = Signal(object)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        url = QUrl(words)
        super().__init__(
            "Open a web address",
            "Your browser would ask this address for the page; whoever runs it can see that.",
            "Open in the browser",
            parent,
        )
        self._url = url
        host = PlainLabel(url.host() or "no host")
        font = host.font()
        font.setBold(True)
        host.setFont(font)
        shown = PlainLabel(words, wordWrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"Address: {words}")
        copy = QPushButton("Copy the address", autoDefault=False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(words))
        self.body.addWidget(host)
        self.body.addWidget(shown, 1)
        self.foot.addWidget(copy)
        self.setMinimumWidth(460)
        if url.scheme().lower() not in _OPENED:
            self.say_problem("Only addresses that begin with https:// or http:// are opened from here.")

    def accept(self) -> None:
        """Asks for the address to be opened, and closes; another address than one of the web is never opened."""
        if self._url.scheme().lower() not in _OPENED:
            return
        self.open_wanted.emit(self._url)
        super().accept()
