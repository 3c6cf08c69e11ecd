"""Settling disagreements: their queue, and beside it what each reviewer said. Stays open beside the work."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListView, QSplitter, QWidget

from factdesk.model.claims import Verdict
from factdesk.store.disagreements import Disagreement
from factdesk.store.people import Person
from factdesk_gui import theme as themes
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.models.disagreements_model import ARTICLE_ROLE, DISAGREEMENT_ROLE, DisagreementsModel
from factdesk_gui.models.reviewer_colours import colours_of
from factdesk_gui.panels.badge import MARK, paint_mark
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.row_delegate import RowDelegate, draw_words, ink, line_of, tune_list
from factdesk_gui.panels.settle_detail import SettleDetail
from factdesk_gui.plain import PlainLabel

_EXPLAINS = (
    "Take one of the verdicts (keys 1, 2, …) or give another one. It is in force from then on and what every reviewer "
    "said is kept. Enter shows the claim in its article."
)
_NOTHING = "No claim of this case has verdicts of several reviewers that differ."
_DONE = "All disagreements of this case are settled."
_GAP = 6
_MOST_KEYS = 9

Index = QModelIndex | QPersistentModelIndex


class DisagreementDelegate(RowDelegate):
    """The words of a claim, below them its article and the verdicts."""

    lines = 2

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        """Paints both lines."""
        each = index.data(DISAGREEMENT_ROLE)
        if not isinstance(each, Disagreement):
            return
        theme = themes.current()
        words = f"✓ settled · {index.data()}" if each.settled is not None else str(index.data())
        draw_words(painter, line_of(rect, painter, 0), words, ink(selected=selected, soft=each.settled is not None))
        line = line_of(rect, painter, 1)
        for opinion in each.opinions:
            style = theme.verdict(str(opinion.judgement.verdict))
            box = QRect(line.left(), line.top(), MARK + 2, line.height())
            if selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.base)
                painter.drawEllipse(QPointF(box.center()) + QPointF(0.5, 0.5), MARK / 2 + 1, MARK / 2 + 1)
            paint_mark(painter, QPointF(box.center()), style, theme)
            line.setLeft(box.right() + 4)
            name = painter.fontMetrics().elidedText(opinion.reviewer, Qt.TextElideMode.ElideRight, 90)
            line.setLeft(line.left() + draw_words(painter, line, name, ink(selected=selected)) + 2 * _GAP)
        draw_words(painter, line, str(index.data(ARTICLE_ROLE)), ink(selected=selected, soft=True))


class SettleWindow(FrameDialog):
    """The queue of disagreements of the case.

    Signals:
        judgement_given: Disagreement, Judgement, name of the reviewer whose verdict it is ("" for another one).
        claim_wanted: id of a claim that should be shown in its article.
        undo_wanted, redo_wanted: of the project.
    """

    judgement_given = Signal(object, object, str)
    claim_wanted = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, writable: bool = True) -> None:
        super().__init__("Settle disagreements", _EXPLAINS, "", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._found: Sequence[Disagreement] = ()
        self._colours: Mapping[str, QColor] = {}
        self._people: Sequence[Person] = ()
        self._articles: Mapping[str, str] = {}
        self.model = DisagreementsModel(self)
        self.list = QListView()
        self.detail = SettleDetail(writable=writable)
        self.progress = PlainLabel()
        self.with_settled = QCheckBox("Show &settled ones")
        self._empty = EmptyNote(_NOTHING)
        self._halves = QSplitter()
        self._build()
        self._connect(writable=writable)

    def show_all(self, found: Sequence[Disagreement], people: Sequence[Person], articles: Mapping[str, str]) -> None:
        """Shows the disagreements of a case, settled ones too; goes on to the next when the current one was settled."""
        before, row = self.current(), self.list.currentIndex().row()
        self._found, self._people, self._articles = found, people, articles
        self._colours = colours_of(people, dark=themes.current().dark)
        self.say_problem("", blocks=False)
        settled = sum(each.settled is not None for each in found)
        self.progress.setText(f"{settled:,} of {len(found):,} settled" if found else "")
        wanted = [each for each in found if each.settled is None or self.with_settled.isChecked()]
        self.model.show_rows(wanted, articles)
        self._empty.say(_DONE if found else _NOTHING)
        self._empty.setVisible(not wanted)
        self._halves.setVisible(bool(wanted))
        if wanted:
            self._choose(self._row_after(before, row))

    def current(self) -> Disagreement | None:
        """The one that is chosen."""
        return self.model.at(self.list.currentIndex().row())

    def _row_after(self, before: Disagreement | None, row: int) -> int:
        if before is None:
            return self.model.next_open(0)
        at = self.model.row_of(before.claim.id)
        now = self.model.at(at)
        was_settled = now is not None and now.settled is not None and now.settled != before.settled
        return at if at >= 0 and not was_settled else self.model.next_open(max(0, min(row, self.model.rowCount() - 1)))

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        self._show_current()

    def _show_current(self) -> None:
        each = self.current()
        if each is not None:
            self.detail.show_disagreement(each, self.model.article_of(each), self._colours)

    def _build(self) -> None:
        tune_list(self.list, DisagreementDelegate(), "Disagreements")
        self.list.setModel(self.model)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self.list)
        self._halves.addWidget(self.detail)
        self._halves.setSizes([360, 540])
        head = QHBoxLayout()
        head.addWidget(self.progress)
        head.addStretch(1)
        head.addWidget(self.with_settled)
        self.body.addLayout(head)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._halves, 1)
        self.reject_button.setAutoDefault(False)  # Enter shows the claim
        self.reject_button.setDefault(False)
        self.fit(960, 640)
        self.list.setFocus()  # else Enter would close the window

    def _connect(self, *, writable: bool) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.list.activated.connect(lambda _: self._ask_claim())
        self.detail.judgement_given.connect(self.judgement_given)
        self.with_settled.toggled.connect(lambda _: self.show_all(self._found, self._people, self._articles))
        themes.themes().changed.connect(self._repaint)
        if writable:
            for number in range(_MOST_KEYS):
                QShortcut(QKeySequence(str(number + 1)), self, lambda number=number: self.detail.take(number))
            for key, verdict in (("V", Verdict.VERIFIED), ("D", Verdict.DISPUTED), ("U", Verdict.UNVERIFIED)):
                QShortcut(QKeySequence(key), self, lambda verdict=verdict: self.detail.choose(verdict))
            for keys in ("Ctrl+Return", "Ctrl+Enter"):
                QShortcut(QKeySequence(keys), self, self.detail.give.click)
            QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo_wanted.emit)
            QShortcut(QKeySequence(QKeySequence.StandardKey.Redo), self, self.redo_wanted.emit)

    def _ask_claim(self) -> None:
        each = self.current()
        if each is not None:
            self.claim_wanted.emit(each.claim.id)

    def _repaint(self) -> None:
        self._colours = colours_of(self._people, dark=themes.current().dark)
        each = self.current()
        if each is not None:
            self.detail.show_disagreement(each, self.model.article_of(each), self._colours, again=True)
