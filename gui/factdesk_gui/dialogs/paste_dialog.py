"""Takes an article from the clipboard or typed in."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from factdesk.errors import FactdeskError
from factdesk.exchange.importers import from_pasted
from factdesk.model.articles import NewArticle
from factdesk.model.ids import article_id
from factdesk_gui.dialogs.article_fields import ARTICLE_FIELDS, meta_of, meta_problem
from factdesk_gui.dialogs.fields import Form
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.theme import reading_font

_LOOK_AFTER_MS = 250
_PARAGRAPH = "\u2029"  # how Qt's documents end a paragraph


class PasteDialog(FrameDialog):
    """Emits `article_given` with a NewArticle; the title follows the text until it is edited.

    Args:
        known: labels of the articles that the case already has, by id.
        text: to begin with; None takes what the clipboard holds.
        title, accept: the heading, and the word on the button that agrees.
    """

    article_given = Signal(object)

    def __init__(
        self,
        known: Mapping[str, str],
        text: str | None = None,
        parent: QWidget | None = None,
        *,
        title: str = "Paste an article",
        accept: str = "Add article",
    ) -> None:
        super().__init__(title, "The text is kept exactly as it is.", accept, parent)
        self._known = dict(known)
        self._own_title = False
        self.area = QPlainTextEdit(placeholderText="Paste the text of the article here")
        self.area.setAccessibleName("Text of the article")
        self.area.setFont(reading_font(points=11))
        self.form = Form(ARTICLE_FIELDS)
        self.form.edited.connect(self._on_edited)
        self._look_timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._look_timer.timeout.connect(self._look)
        self.area.textChanged.connect(self._look_timer.start)
        side = QVBoxLayout()
        side.addWidget(self.form)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.area, 3)
        row.addLayout(side, 2)
        self.body.addLayout(row, 1)
        self.fit(980, 560)
        self.area.setPlainText(QGuiApplication.clipboard().text() if text is None else text)
        self.area.setFocus()
        self._look()

    def text(self) -> str:
        """The text; read in a way that keeps no-break spaces, which Qt's plain text loses."""
        return self.area.document().toRawText().replace(_PARAGRAPH, "\n")

    def article(self) -> NewArticle | None:
        """The article, or None while there is no text."""
        if not self.text().strip():
            return None
        new = from_pasted(self.text())
        return replace(new, meta=meta_of(self.form.values()))

    def accept(self) -> None:
        """Gives the article and closes."""
        self._look()
        if self.accept_button.isEnabled():
            self.article_given.emit(self.article())
            super().accept()

    def _on_edited(self, key: str) -> None:
        if key == "title":
            self._own_title = bool(self.form.value("title"))
        self._look()

    def _look(self) -> None:
        """Finds the headline, and tells when the text cannot become an article."""
        self._look_timer.stop()
        if not self.text().strip():
            self.say_problem("")
            self.accept_button.setEnabled(False)
            return
        try:
            new = from_pasted(self.text())
        except FactdeskError as error:
            self.say_problem(str(error))
            return
        if not self._own_title:
            self.form.set_value("title", new.meta.title)
        if not self.form.value("language"):
            self.form.set_value("language", new.meta.language)
        same = self._known.get(article_id(new.text))
        problem = f"The case already has this text: {same}." if same is not None else ""
        self.say_problem(problem or meta_problem(meta_of(self.form.values())))
