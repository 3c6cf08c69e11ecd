"""What Factdesk is, which version, and its licence."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QHBoxLayout, QWidget

from factdesk import __version__
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.icons import app_icon
from factdesk_gui.plain import PlainLabel

_ICON = 64
_PARTS = (("spacy", "spaCy"), ("sqlite-utils", "sqlite-utils"), ("charset-normalizer", "charset-normalizer"))


def _versions() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, and no window needs it to start

    found = [f"Qt {qVersion()} with PySide6"]
    for package, name in _PARTS:
        try:
            found.append(f"{name} {version(package)}")
        except PackageNotFoundError:  # a bundle keeps no metadata of its parts
            found.append(name)
    return ", ".join(found)


class AboutDialog(FrameDialog):
    """Can only be closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(f"Factdesk {__version__}", "A desktop bench for checking facts by hand.", "", parent)
        mark = PlainLabel()
        mark.setPixmap(app_icon().pixmap(_ICON, _ICON))
        words = PlainLabel(
            "Everything stays in one file on this computer; nothing is sent anywhere.\n\n"
            f"Made with {_versions()}.\n\nLicence: Apache 2.0.",
            wordWrap=True,
        )
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self.body.addLayout(row)
        self.setFixedWidth(500)
