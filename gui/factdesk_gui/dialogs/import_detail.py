"""One file of an import: how it is read, what is known about it, and how it begins."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from factdesk.model.articles import ArticleMeta
from factdesk_gui.dialogs.article_fields import ARTICLE_FIELDS, meta_of, values_of
from factdesk_gui.dialogs.encoding_box import EncodingBox
from factdesk_gui.dialogs.fields import Form
from factdesk_gui.dialogs.import_row import ImportRow
from factdesk_gui.dialogs.phrases import shortened
from factdesk_gui.dialogs.text_preview import TextPreview
from factdesk_gui.icons import pixmap
from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.theme import current

_SIGN = 16  # pixels
_WARNINGS = 4  # told in full; the tooltip has all


class ImportDetail(QWidget):
    """Shows an ImportRow.

    Signals:
        meta_edited: an ArticleMeta.
        encoding_chosen: the codec to read the file with.
        version_chosen: whether it is a corrected version of an article that the case has.
        columns_wanted: the columns of the table that it comes from are to be named.
    """

    meta_edited = Signal(object)
    encoding_chosen = Signal(str)
    version_chosen = Signal(bool)
    columns_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(ARTICLE_FIELDS)
        self.form.edited.connect(lambda: self.meta_edited.emit(self.meta()))
        self.encoding = EncodingBox()
        self.encoding.currentIndexChanged.connect(lambda: self.encoding_chosen.emit(self.encoding.encoding()))
        self.version = QCheckBox(visible=False)
        self.version.setToolTip("It has the same address or title. You see what changed before anything is replaced")
        self.version.clicked.connect(self.version_chosen)
        self.encoding.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.form.add_row("&Encoding", self.encoding)
        self.columns = QPushButton("Name the columns…", autoDefault=False)
        self.columns.setToolTip("Says which column of the table holds the text, the title and so on")
        self.columns.clicked.connect(self.columns_wanted)
        self.form.add_row("&Table", self.columns)
        self._sign = PlainLabel()
        self.warnings = PlainLabel(wordWrap=True)
        self.warnings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._warned = QWidget(visible=False)
        row = QHBoxLayout(self._warned)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.warnings, 1)
        self.preview = TextPreview()
        self.preview.setMinimumHeight(90)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(self.version)
        column.addWidget(self._warned)
        column.addWidget(self.form)
        column.addWidget(self.preview, 1)
        self.show_row(None)

    def meta(self) -> ArticleMeta:
        """What the form holds."""
        return meta_of(self.form.values())

    def show_row(self, row: ImportRow | None, *, has_columns: bool = False) -> None:
        """Shows another article, or none."""
        self.setEnabled(row is not None)
        self.form.set_values(values_of(row.article.meta if row else ArticleMeta()))
        encoding = row.encoding if row else ""
        self.encoding.show_encoding(encoding, row.reading.alternatives if row else ())
        self.form.show_row(self.encoding, visible=bool(encoding))
        self.form.show_row(self.columns, visible=has_columns)
        self.preview.show_text(row.article.text if row else "")
        self._warn(row.remarks if row else ())

    def _warn(self, remarks: Sequence[str]) -> None:
        shown = list(remarks[:_WARNINGS])
        if len(remarks) > _WARNINGS:
            shown.append(f"And {len(remarks) - _WARNINGS:,} more remarks.")
        self.warnings.setText("\n".join(shown))
        self.warnings.setToolTip(plain_tip("\n".join(remarks) if len(remarks) > _WARNINGS else ""))
        self._sign.setPixmap(pixmap("conflict", _SIGN, current().warning))
        self._warned.setVisible(bool(remarks))

    def show_version(self, label: str, *, is_version: bool) -> None:
        """Asks whether it is a corrected version of an article, "" for no such question."""
        self.version.setText(f"Corrected version of “{shortened(label, 44)}”".replace("&", "&&"))
        self.version.setChecked(is_version)
        self.version.setVisible(bool(label))
