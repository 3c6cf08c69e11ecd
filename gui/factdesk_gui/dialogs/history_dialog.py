"""Earlier versions of an article, to be read and compared; nothing can be changed here."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from factdesk.compare.text_diff import TextDiff
from factdesk.model.versions import ArticleVersion
from factdesk_gui.dialogs.diff_bar import DiffBar
from factdesk_gui.dialogs.diff_view import DiffView, Layout
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import day_of, shortened
from factdesk_gui.plain import PlainLabel


class HistoryDialog(FrameDialog):
    """Shows one earlier version against the present one.

    Signals:
        version_wanted: id of an earlier version whose text and differences should be shown.

    Args:
        label: of the article.
        versions: all, oldest first; the last one is the present one.
    """

    version_wanted = Signal(str)

    def __init__(self, label: str, versions: Sequence[ArticleVersion], parent: QWidget | None = None) -> None:
        super().__init__(f"Versions of “{shortened(label, 60)}”", "", "", parent)
        self.diff = DiffView(("Earlier text", "Present text"))
        self.bar = DiffBar(self.diff, self, (Layout.OLD, Layout.BESIDE, Layout.IN_ONE))
        self.versions = QComboBox()
        self.versions.setAccessibleName("Version")
        for version in reversed(versions[:-1]):
            self.versions.addItem(version_words(version), version.article_id)
        self.versions.currentIndexChanged.connect(self._ask)
        row = QHBoxLayout()
        row.addWidget(PlainLabel("Earlier version"))
        row.addWidget(self.versions, 1)
        row.addWidget(PlainLabel(f"present version: {version_words(versions[-1])}"))
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.diff, 1)
        self.fit(1180, 720)

    def version(self) -> str:
        """Id of the version that is chosen."""
        return str(self.versions.currentData())

    def begin(self) -> None:
        """Asks for the first text."""
        self._ask()

    def take(self, found: tuple[str, str, str, TextDiff]) -> None:
        """Shows an old text, the present one and the difference, if it is still the version chosen (named first)."""
        version, old, new, diff = found
        if version == self.version():
            self.diff.show_texts(old, new, diff.pieces)
            self.bar.begin()

    def _ask(self) -> None:
        self.bar.where.setText("Comparing…")
        self.version_wanted.emit(self.version())


def version_words(version: ArticleVersion) -> str:
    """A version by its dates."""
    known = (
        ("published", version.published_at),
        ("captured", version.captured_at),
        ("imported", version.imported_at),
    )
    return ", ".join(f"{what} {day_of(when)}" for what, when in known if when)
