"""All that is ever opened outside of Factdesk. Attached files and other people's files are never among it.

The desktop opens whatever it is given, programs too. So addresses are opened only as web addresses, and of files only a
folder, or a page that we have just written ourselves.
"""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_PAGES = frozenset({".html"})


def open_address(address: QUrl) -> bool:
    """Asks the browser to open a web address; anything else is left alone."""
    return address.scheme() in {"http", "https"} and bool(address.host()) and QDesktopServices.openUrl(address)


def show_folder(path: Path) -> bool:
    """Shows a folder, or the one that a file lies in."""
    folder = path if path.is_dir() else path.parent
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def show_page(path: Path) -> bool:
    """Shows a page that was exported just now in the browser; of any other file its folder."""
    if path.suffix.lower() not in _PAGES or not path.is_file():
        return show_folder(path)
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
