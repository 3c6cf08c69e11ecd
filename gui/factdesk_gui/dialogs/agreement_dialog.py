"""How far reviewers agree: alpha for all, kappa and a table for each two of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QPushButton, QTableView, QWidget

from factdesk.errors import FactdeskError
from factdesk_gui.dialogs.agreement_words import MEANING, all_marks_words, alpha_words, as_text, label_words, pair_words
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.models.agreement_figures import Agreement, ConfusionModel
from factdesk_gui.plain import PlainLabel

_BOTH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_ROW = 30  # pixels


class AgreementDialog(FrameDialog):
    """Shows what it is given; asks for figures when another case or kind is chosen.

    Signals:
        figures_wanted: id of the case, kind of claims ("" for all).
        settle_wanted: the disagreements should be shown.
    """

    figures_wanted = Signal(str, str)
    settle_wanted = Signal()

    def __init__(self, cases: Sequence[tuple[str, str]], case_id: str, parent: QWidget | None = None) -> None:
        super().__init__("Agreement of reviewers", "", "", parent)
        self._found: Agreement | None = None
        self._waits = False
        self.cases, self.kinds, self.pairs = QComboBox(), QComboBox(), QComboBox()
        for each, name in cases:
            self.cases.addItem(name, each)
        self.cases.setCurrentIndex(max(0, self.cases.findData(case_id)))
        self.kinds.addItem("All kinds of claims", "")
        self.alpha, self.pair, self.labels, self.marks = (self._words() for _ in range(4))
        self.sides = self._words()
        self.sides.setProperty("role", "soft")
        self.model = ConfusionModel(self)
        self.table = QTableView()
        self.meaning = self._words(MEANING)
        self.meaning.setProperty("role", "soft")
        self.copy = QPushButton("&Copy as text", autoDefault=False, enabled=False)
        self.settle = QPushButton("&Settle disagreements…", autoDefault=False)
        self._build()
        self.cases.currentIndexChanged.connect(self._on_case)
        self.kinds.currentIndexChanged.connect(self._ask)
        self.pairs.currentIndexChanged.connect(self._show_pair)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.settle.clicked.connect(self._on_settle)
        self._wait()
        self.fit(760, 600)

    def question(self) -> tuple[str, str]:
        """Case and kind that are chosen."""
        return str(self.cases.currentData() or ""), str(self.kinds.currentData() or "")

    def show_figures(self, found: Agreement) -> None:
        """Shows figures, if they are still what is asked for."""
        if (found.case_id, found.kind) != self.question():
            return
        self._found = found
        self._waits = False
        self.say_problem("")
        self._fill_kinds(found)
        self.alpha.setText(alpha_words(found))
        shown = self.pairs.currentText()
        self.pairs.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.pairs.clear()
        self.pairs.addItems([" and ".join(pair.reviewers) for pair in found.pairs])
        self.pairs.setCurrentIndex(max(0, self.pairs.findText(shown)) if found.pairs else -1)
        self.pairs.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.copy.setEnabled(True)
        self._show_pair()

    def show_step(self, done: int, total: int, what: str) -> None:
        """How far the figures are; they go on behind, and closing the window stops them."""
        if self._waits and total:
            self.alpha.setText(f"Working it out ({done} of {total}): {what}…")

    def show_trouble(self, error: FactdeskError) -> None:
        """Why there are no figures."""
        self._waits = False
        self.alpha.setText("The figures could not be worked out.")
        self.pair.clear()
        self.say_problem(str(error), blocks=False)

    def text(self) -> str:
        """All figures as text."""
        return as_text(self.cases.currentText(), self._found) if self._found is not None else ""

    def _build(self) -> None:
        which = QHBoxLayout()
        self._add_box(which, "&Case", self.cases, 3)
        self._add_box(which, "&Kind", self.kinds, 2)
        self._two = QWidget()
        two = QHBoxLayout(self._two)
        two.setContentsMargins(0, 4, 0, 0)
        self._add_box(two, "&Reviewers", self.pairs, 1)
        self._set_up_table()
        self.body.addLayout(which)
        for part in (self.alpha, self._two, self.pair, self.sides, self.table, self.labels, self.marks):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self.meaning)
        self.foot.addWidget(self.copy)
        self.foot.addWidget(self.settle)

    @staticmethod
    def _add_box(row: QHBoxLayout, words: str, box: QComboBox, share: int) -> None:
        label = PlainLabel(words)
        label.setBuddy(box)
        box.setAccessibleName(words.replace("&", ""))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        row.addWidget(label)
        row.addWidget(box, share)

    def _set_up_table(self) -> None:
        view = self.table
        view.setModel(self.model)
        view.setAccessibleName("How often one reviewer gave this verdict where the other gave that one")
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(True)
        view.setCornerButtonEnabled(False)
        for header in (view.horizontalHeader(), view.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(_ROW)
        view.setFixedHeight(5 * _ROW + 8)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all of it fits

    @staticmethod
    def _words(text: str = "") -> QLabel:
        label = PlainLabel(text, wordWrap=True)
        label.setTextInteractionFlags(_BOTH)
        return label

    def _fill_kinds(self, found: Agreement) -> None:
        """Kinds that two reviewers judged; the one that is chosen stays."""
        chosen = self.kinds.currentData()
        self.kinds.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        while self.kinds.count() > 1:
            self.kinds.removeItem(1)
        for kind, count in found.kinds.items():
            self.kinds.addItem(f"{kind} ({count:,})", kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))
        self.kinds.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _on_case(self) -> None:
        self.kinds.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.kinds.setCurrentIndex(0)
        self.kinds.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._ask()

    def _ask(self) -> None:
        self._wait()
        self.figures_wanted.emit(*self.question())

    def _wait(self) -> None:
        self._found = None
        self.copy.setEnabled(False)
        self.say_problem("")
        self._waits = True
        self.alpha.setText("Working it out…")
        for words in (self.pair, self.sides, self.labels, self.marks):
            words.clear()
        self.model.show_pair(None)

    def _show_pair(self) -> None:
        found, at = self._found, self.pairs.currentIndex()
        has_pair = found is not None and 0 <= at < len(found.pairs)
        for part in (self._two, self.sides, self.table, self.labels, self.marks):
            part.setVisible(has_pair)
        if found is None or not has_pair:
            self.model.show_pair(None)
            self.pair.setText("Figures need claims of this case that two reviewers judged; a merge brings them in.")
            self.labels.clear()
            self.marks.clear()
            return
        down, across = found.pairs[at].reviewers
        self.model.show_pair(found.pairs[at], found.people)
        self.sides.setText(f"{down} down, {across} across:")
        self.pair.setText(pair_words(found.pairs[at]))
        self.labels.setText(label_words(found.pairs[at]))
        self.marks.setText(all_marks_words(found, at))

    def _on_settle(self) -> None:
        self.accept()
        self.settle_wanted.emit()
