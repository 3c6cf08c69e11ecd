"""Asks what the columns of a table hold, and shows what would become of its rows."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from factdesk.errors import FactdeskError
from factdesk.exchange.tables.mapping import TableHead, guess_mapping, verdict_words
from factdesk.model.claims import Verdict
from factdesk.model.given import TableMapping
from factdesk_gui.dialogs.fields import Field, FieldKind, Form
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.mapped_row import check_rows, mapped_row
from factdesk_gui.dialogs.phrases import counted, shortened
from factdesk_gui.dialogs.text_preview import TextPreview
from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.theme import current

_PARTS = {
    "text": ("Te&xt", "The text of the article; the only column that is needed"),
    "title": ("&Title", "Its headline; without one the text is searched for it"),
    "publisher": ("&Publisher", "Newspaper, agency or site"),
    "byline": ("&Byline", "Who wrote it"),
    "url": ("&Address", "Where it was published"),
    "published_at": ("P&ublished", "The date of publication"),
    "language": ("&Language", "A code such as en or pt-BR; without one it is guessed"),
    "claim": ("&Claim", "Words of the text that are a claim; rows with the same text are one article"),
    "verdict": ("&Verdict", "What was found about the claim"),
}
_VERDICTS = (
    ("", "no verdict"),
    (Verdict.VERIFIED.value, "verified"),
    (Verdict.DISPUTED.value, "disputed"),
    (Verdict.UNVERIFIED.value, "unverified"),
)
_CELL = 200  # characters of a cell that the table shows
_COLUMN = 26, 12  # average characters: the widest and the narrowest column


class MappingDialog(FrameDialog):
    """Waits for the head of the table, which is read off the UI thread.

    Signals:
        mapping_given: the names of the columns, a TableMapping.
    """

    mapping_given = Signal(object, object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        explains = "Each row becomes an article. The guess can be corrected; it is remembered for tables like this one."
        super().__init__(f"Columns of “{shortened(name, 60)}”", explains, "Use these columns", parent)
        self.is_open = True
        self._head: TableHead | None = None
        self.table = QTableWidget()
        self.table.setAccessibleName("First rows")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAlternatingRowColors(True)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.currentCellChanged.connect(lambda *_: self._show_preview())
        self.form = Form(())
        self.words = Form(())
        self._words_label = PlainLabel("Words for the verdict, and what they mean here:", wordWrap=True, visible=False)
        self.state = PlainLabel("Reading the first rows…", wordWrap=True)
        self.state.setProperty("role", "soft")
        self.facts = PlainLabel(wordWrap=True)
        self.preview = TextPreview()
        self.preview.setPlaceholderText("The text of the row in hand")
        self._build()
        self.accept_button.setEnabled(False)
        self.fit(1080, 700)

    def show_head(self, head: TableHead, remembered: TableMapping | None = None) -> None:
        """Shows the first rows, and what was said before about these columns or seems likely."""
        self._head = head
        self._fill_form(head, remembered or guess_mapping(head) or TableMapping(""))
        self._fill_table(head)
        rows = "many rows" if head.row_count is None else counted(head.row_count, "row")
        self.state.setText(f"Sheet “{head.sheet}”, {rows}." if head.sheet else f"{rows[:1].upper()}{rows[1:]}.")
        self._on_edited()
        self.form.editor("text").setFocus()

    def show_error(self, error: FactdeskError) -> None:
        """The table cannot be read."""
        self.state.hide()
        self.say_problem(str(error))

    def mapping(self) -> TableMapping:
        """What was chosen."""
        chosen = {part: self.form.value(part) for part in _PARTS}
        words = tuple(self.words.values().items()) if chosen["verdict"] else ()
        return TableMapping(**chosen, verdict_words=words)

    def done(self, result: int) -> None:
        """Qt: what is still being read for it is not wanted any more."""
        self.is_open = False
        super().done(result)

    def accept(self) -> None:
        """Gives the mapping and closes."""
        if self._head is not None and self.accept_button.isEnabled():
            self.mapping_given.emit(self._head.columns, self.mapping())
            super().accept()

    # inside ---------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        choices = QWidget()
        self._choices = QVBoxLayout(choices)
        self._choices.setContentsMargins(0, 0, 6, 0)
        self._choices.setSpacing(8)
        for widget in (self.form, self._words_label, self.words):
            self._choices.addWidget(widget)
        self._choices.addStretch(1)
        left = QScrollArea(widgetResizable=True)
        left.setFrameShape(QFrame.Shape.NoFrame)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its boxes have it
        left.setWidget(choices)
        left.setMinimumWidth(240)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addWidget(self.preview, 1)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(left)
        below.addWidget(right)
        below.setSizes([380, 680])
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.table)
        halves.addWidget(below)
        halves.setSizes([200, 420])
        for splitter in (below, halves):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(14)
        self.body.addWidget(halves, 1)
        self.foot.addWidget(self.state)

    def _fill_table(self, head: TableHead) -> None:
        self.table.setColumnCount(len(head.columns))
        self.table.setRowCount(len(head.samples))
        self.table.setHorizontalHeaderLabels(list(head.columns))
        unit = self.table.fontMetrics().averageCharWidth()
        for number, name in enumerate(head.columns):
            cells = [shortened(sample[number], _CELL) for sample in head.samples]
            for row, cell in enumerate(cells):
                self.table.setItem(row, number, QTableWidgetItem(cell))
            longest = max(map(len, (name, *cells)))
            self.table.setColumnWidth(number, unit * (min(max(longest, _COLUMN[1]), _COLUMN[0]) + 3))
        if head.samples:
            self.table.selectRow(0)

    def _fill_form(self, head: TableHead, mapping: TableMapping) -> None:
        columns = tuple((name, name) for name in head.columns)
        fields = [
            Field(
                part, label, FieldKind.CHOICE, tip=tip, choices=(("", "Choose…" if part == "text" else "–"), *columns)
            )
            for part, (label, tip) in _PARTS.items()
        ]
        form = Form(fields)
        form.set_values({part: getattr(mapping, part) for part in _PARTS})
        form.edited.connect(self._on_edited)
        self._choices.replaceWidget(self.form, form)
        self.form.deleteLater()
        self.form = form
        self._fill_words(dict(mapping.verdict_words))

    def _fill_words(self, known: Mapping[str, str]) -> None:
        """A line for each word of the verdict's column, with what it was said or seems to mean."""
        head = self._head
        found = head.words.get(self.form.value("verdict"), ()) if head is not None else ()
        fields = [
            Field(word, shortened(word, 40).replace("&", "&&"), FieldKind.CHOICE, choices=_VERDICTS) for word in found
        ]
        words = Form(fields)
        words.set_values(dict(verdict_words(found)) | {word: known[word] for word in found if word in known})
        words.edited.connect(lambda _: self._show_preview())
        self._choices.replaceWidget(self.words, words)
        self.words.deleteLater()
        self.words = words
        self._words_label.setVisible(bool(found))

    def _on_edited(self, part: str = "") -> None:
        if part == "verdict":
            self._fill_words({})
        self._show_roles()
        self._show_preview()
        if self._head is not None:
            problem, blocks = check_rows(self._head, self.mapping())
            self.say_problem(problem, blocks=blocks)

    def _show_roles(self) -> None:
        """The head of the table says what each column is taken for."""
        head = self._head
        if head is None:
            return
        roles: dict[str, list[str]] = {}
        for part, (label, _) in _PARTS.items():
            roles.setdefault(self.form.value(part), []).append(label.replace("&", ""))
        for number, name in enumerate(head.columns):
            item = self.table.horizontalHeaderItem(number)
            taken = ", ".join(roles.get(name, ()))
            item.setText(f"{name}\n{taken or 'not used'}")
            item.setToolTip(plain_tip(item.text()))
            item.setForeground(current().text if taken else current().soft_text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _show_preview(self) -> None:
        if self._head is None or not self._head.samples:
            return
        row = mapped_row(self._head, self.mapping(), max(0, self.table.currentRow()))
        self.facts.setText("\n".join(row.facts))
        self.facts.setVisible(bool(row.facts))
        self.preview.show_text(row.text)
