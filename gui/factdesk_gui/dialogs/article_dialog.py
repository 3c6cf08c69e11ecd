"""Edits what is known about a stored article, and corrects how its bytes are read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from factdesk.errors import FactdeskError
from factdesk.exchange.importers import importers
from factdesk.exchange.kinds.plain import IMPORTER as PLAIN_TEXT
from factdesk.exchange.readings import Reading, ReadOptions, SourceFile
from factdesk.model.articles import Article, NewArticle
from factdesk_gui.dialogs.article_fields import ARTICLE_FIELDS, meta_of, meta_problem, values_of
from factdesk_gui.dialogs.encoding_box import EncodingBox, canonical, encoding_words
from factdesk_gui.dialogs.fields import Form
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.text_preview import TextPreview
from factdesk_gui.plain import PlainLabel, plain_tip


class ArticleDialog(FrameDialog):
    """Shows one article.

    Signals:
        meta_given: an ArticleMeta, when what is known about it was changed.
        text_given: a NewArticle, when it shall be replaced by its text read with another encoding.

    Args:
        article: as stored.
        text: its stored text.
        original: its bytes as they came; None for those that cannot be read anew, such as pasted text.
        is_decided: something was decided in it, so its text must stay.
    """

    meta_given = Signal(object)
    text_given = Signal(object)

    def __init__(
        self,
        article: Article,
        text: str,
        original: bytes | None = None,
        parent: QWidget | None = None,
        *,
        is_decided: bool = False,
    ) -> None:
        super().__init__("Article details", "", "Keep changes", parent)
        self._article, self._text, self._original = article, text, original
        self._reread: NewArticle | None = None
        self._reading_problem = ""
        self.form = Form(ARTICLE_FIELDS)
        self.form.set_values(values_of(article.meta))
        self.form.edited.connect(self._check)
        self.encoding = EncodingBox()
        self.encoding.show_encoding(article.encoding)
        self.encoding.setEnabled(original is not None and not is_decided)
        self.encoding.currentIndexChanged.connect(self._read_again)
        if is_decided:
            self.encoding.setToolTip("Claims in it have verdicts: its text stays as it is")
        self.preview = TextPreview()
        self.preview.show_text(text)
        left = QVBoxLayout()
        left.addWidget(self.form)
        left.addLayout(self._make_facts())
        left.addStretch(1)
        right = QVBoxLayout()
        label = PlainLabel("&Encoding")
        label.setBuddy(self.encoding)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.encoding, 1)
        right.addLayout(row)
        right.addWidget(self.preview, 1)
        halves = QHBoxLayout()
        halves.setSpacing(20)
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        self.body.addLayout(halves, 1)
        self.fit(960, 540)
        self._check()

    def accept(self) -> None:
        """Gives what was changed and closes."""
        meta = meta_of(self.form.values())
        if self._reread is not None:
            self.text_given.emit(NewArticle(self._reread.text, meta, self._reread.source))
        elif meta != self._article.meta:
            self.meta_given.emit(meta)
        super().accept()

    def _make_facts(self) -> QFormLayout:
        """What cannot be edited."""
        article, facts = self._article, QFormLayout()
        facts.setVerticalSpacing(3)
        facts.setContentsMargins(0, 10, 0, 0)
        for label, value in (
            ("Source", article.source_name or "pasted text"),
            ("Length", f"{article.length:,} characters"),
            ("Imported", article.imported_at.replace("T", " ")[:16] + " UTC"),
            ("Captured", article.captured_at.replace("T", " ")[:16] + " UTC" if article.captured_at else ""),
            ("SHA-256", article.text_sha256[:16] + "…"),
        ):
            if value:
                words = PlainLabel(value)
                words.setProperty("role", "soft")
                words.setToolTip(plain_tip(article.text_sha256 if label == "SHA-256" else value))
                facts.addRow(label, words)
        return facts

    def _read_again(self) -> None:
        self._reread, self._reading_problem = None, ""
        encoding = self.encoding.encoding()
        text = self._text
        if self._original is not None and encoding != canonical(self._article.encoding):
            kind = next((each for each in importers() if each.media_type == self._article.media_type), PLAIN_TEXT)
            source = SourceFile(self._article.source_name, self._original, self._article.captured_at)
            try:
                found = next(kind.read(source, ReadOptions(encoding)))
                if isinstance(found, Reading):
                    self._reread = found.article
                    text = found.article.text
            except FactdeskError as error:
                self._reading_problem = str(error)
        self.preview.show_text(text)
        self._check()

    def _check(self) -> None:
        problem = self._reading_problem or meta_problem(meta_of(self.form.values()))
        self.say_problem(problem)
        if not problem and self._reread is not None:
            words = encoding_words(self.encoding.encoding())
            self.say_problem(f"The text is read anew as {words}; suggestions in it are made again.", blocks=False)
