"""One file of an import: how it is read, what is known about it, and how it begins."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from factdesk.model.articles import ArticleMeta, NewArticle
from factdesk_gui.dialogs.article_fields import ARTICLE_FIELDS, meta_of, values_of
from factdesk_gui.dialogs.encoding_box import EncodingBox
from factdesk_gui.dialogs.fields import Form
from factdesk_gui.dialogs.phrases import shortened
from factdesk_gui.dialogs.text_preview import TextPreview


class ImportDetail(QWidget):
    """Shows a NewArticle.

    Signals:
        meta_edited: an ArticleMeta.
        encoding_chosen: the codec to read the file with.
        version_chosen: whether it is a corrected version of an article that the case has.
    """

    meta_edited = Signal(object)
    encoding_chosen = Signal(str)
    version_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(ARTICLE_FIELDS)
        self.form.edited.connect(lambda: self.meta_edited.emit(self.meta()))
        self.encoding = EncodingBox()
        self.encoding.currentIndexChanged.connect(lambda: self.encoding_chosen.emit(self.encoding.encoding()))
        self.version = QCheckBox(visible=False)
        self.version.setToolTip("It has the same address or title. You see what changed before anything is replaced")
        self.version.clicked.connect(self.version_chosen)
        self.preview = TextPreview()
        label = QLabel("&Encoding")
        label.setBuddy(self.encoding)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.encoding, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.version)
        column.addWidget(self.form)
        column.addLayout(row)
        column.addWidget(self.preview, 1)
        self.show_article(None)

    def meta(self) -> ArticleMeta:
        """What the form holds."""
        return meta_of(self.form.values())

    def show_article(self, article: NewArticle | None, alternatives: Sequence[str] = ()) -> None:
        """Shows another article, or none; alternatives are encodings worth trying."""
        self.setEnabled(article is not None)
        self.form.set_values(values_of(article.meta if article else ArticleMeta()))
        self.encoding.show_encoding(article.source.encoding if article else "", alternatives)
        self.preview.show_text(article.text if article else "")

    def show_version(self, label: str, *, is_version: bool) -> None:
        """Asks whether it is a corrected version of an article, "" for no such question."""
        self.version.setText(f"Corrected version of “{shortened(label, 44)}”".replace("&", "&&"))
        self.version.setChecked(is_version)
        self.version.setVisible(bool(label))
