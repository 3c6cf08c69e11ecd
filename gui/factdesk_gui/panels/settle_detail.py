"""One disagreement: what each reviewer said, side by side, and the way to settle it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from factdesk.model.claims import REASONS, Judgement, Reason, Verdict
from factdesk.model.evidence import Evidence
from factdesk.store.disagreements import Disagreement
from factdesk.store.opinions import Opinion
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.flow_layout import FlowLayout
from factdesk_gui.panels.opinion_card import OpinionCard
from factdesk_gui.panels.tab_order import TabStop, put_after
from factdesk_gui.panels.verdict_button import VerdictChip
from factdesk_gui.panels.words import STANCE_GLYPHS, count, evidence_place, short_when, shorten
from factdesk_gui.plain import PlainLabel

_COLUMNS = 2
_LINES = 2
_EVIDENCE_LINES = 3
_MOST_EVIDENCE = 4
_QUOTED = 120
_KEYS = {Verdict.VERIFIED: "V", Verdict.DISPUTED: "D", Verdict.UNVERIFIED: "U"}


class SettleDetail(QWidget):
    """Shows one disagreement.

    Signals:
        judgement_given: Disagreement, Judgement, name of the reviewer whose verdict it is ("" for another one).
    """

    judgement_given = Signal(object, object, str)

    def __init__(self, *, writable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = writable
        self._shown: Disagreement | None = None
        self.quote = ClampLabel(6)
        self._place = ClampLabel(1, soft=True)
        self.state = ClampLabel(2, soft=True)
        self._cards = QGridLayout()
        self.takes: list[QPushButton] = []
        self._before = TabStop(self)
        self.verdicts = {
            verdict: VerdictChip(
                verdict.value, f"{verdict.value.capitalize()}  {key}", f"Neither of theirs: {verdict.value}"
            )
            for verdict, key in _KEYS.items()
        }
        self.reason = QComboBox()
        self.note = QPlainTextEdit(placeholderText="Why you decide so…", tabChangesFocus=True)
        self.give = QPushButton("Put this in force", autoDefault=False, enabled=False)
        self._build()

    def show_disagreement(
        self, each: Disagreement, article: str, colours: Mapping[str, QColor], *, again: bool = False
    ) -> None:
        """Shows another one; the same one keeps what was begun, unless `again`."""
        same = self._shown == each and not again
        self._shown = each
        self._place.set_text(" · ".join(part for part in (article, self._reach(each)) if part))
        self.quote.set_text(f"“{each.claim.quote}”")
        self.state.set_text(settled_words(each))
        self.state.setVisible(each.settled is not None)
        if same:
            return
        self._fill_cards(each, colours)
        for button in self.verdicts.values():
            button.setChecked(False)
        self.note.clear()
        self._offer_reasons()

    def take(self, number: int) -> None:
        """Takes the verdict of one reviewer, counted from 0."""
        if number < len(self.takes) and self.takes[number].isEnabled():
            self.takes[number].click()

    def choose(self, verdict: Verdict) -> None:
        """Chooses another verdict, which waits for its reason and note."""
        if self._writable:
            for other, button in self.verdicts.items():
                button.setChecked(other is verdict)
            self._offer_reasons()

    def verdict(self) -> Verdict | None:
        """The other verdict that is chosen."""
        return next((verdict for verdict, button in self.verdicts.items() if button.isChecked()), None)

    def _build(self) -> None:
        font = self.quote.font()
        font.setPointSizeF(font.pointSizeF() + 1)
        self.quote.setFont(font)
        self._cards.setSpacing(8)
        for at in range(_COLUMNS):
            self._cards.setColumnStretch(at, 1)
        page = QWidget()
        said = QVBoxLayout(page)
        said.setContentsMargins(4, 0, 8, 0)
        said.setSpacing(8)
        for part in (self.quote, self._place, self.state):
            said.addWidget(part)
        said.addLayout(self._cards)
        said.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(area, 1)
        self._build_other(column)
        self._offer_reasons()

    def _build_other(self, column: QVBoxLayout) -> None:
        """The place for a verdict that none of the reviewers gave, always in sight."""
        other = PlainLabel("Another verdict")
        other.setStyleSheet("font-weight: 600;")
        row = QWidget()
        chips = FlowLayout(row)
        for verdict, chip in self.verdicts.items():
            chip.setEnabled(self._writable)
            chip.clicked.connect(partial(self._on_chip, verdict))
            chips.addWidget(chip)
        self.reason.setAccessibleName("Reason")
        self.note.setAccessibleName("Note")
        self.note.setReadOnly(not self._writable)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * _LINES + 18)
        self.give.setToolTip("The verdict chosen above holds from now on (Ctrl+Enter); what reviewers said is kept")
        self.give.clicked.connect(self._on_give)
        foot = QHBoxLayout()
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.give)
        for part in (other, row, self.note):
            column.addWidget(part)
        column.addLayout(foot)

    def _fill_cards(self, each: Disagreement, colours: Mapping[str, QColor]) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.takes = []
        for at, opinion in enumerate(each.opinions):
            self._cards.addWidget(self._card(at, each, opinion, colours), at // _COLUMNS, at % _COLUMNS)
        put_after(self._before, self.takes)

    def _card(self, at: int, each: Disagreement, opinion: Opinion, colours: Mapping[str, QColor]) -> QFrame:
        frame = QFrame(objectName="opinion")
        frame.setStyleSheet("QFrame#opinion { border: 1px solid palette(mid); border-radius: 7px; }")
        card = OpinionCard()
        is_taken = each.settled is not None and each.settled.chosen == opinion.reviewer
        card.show_opinion(opinion, colours, "in force" if is_taken else "")
        take = QPushButton(f"Take {opinion.reviewer.replace('&', '&&')}'s  ({at + 1})", autoDefault=False)
        take.setAccessibleName(f"Take {opinion.reviewer}'s verdict: {opinion.judgement.verdict}")
        take.setToolTip("Verdict, reason and note hold from now on; what the others said is kept")
        take.setEnabled(self._writable)
        take.clicked.connect(lambda: self.judgement_given.emit(each, opinion.judgement, opinion.reviewer))
        self.takes.append(take)
        column = QVBoxLayout(frame)
        column.setContentsMargins(10, 9, 10, 9)
        column.addWidget(card)
        for words in evidence_words(each, opinion.reviewer):
            line = ClampLabel(_EVIDENCE_LINES, soft=True)
            line.set_text(words)
            column.addWidget(line)
        column.addStretch(1)
        column.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _on_chip(self, verdict: Verdict, checked: bool) -> None:  # noqa: FBT001 - the value of a Qt signal
        if checked:
            self.choose(verdict)
        else:
            self._offer_reasons()

    def _offer_reasons(self) -> None:
        verdict = self.verdict()
        self.reason.clear()
        self.reason.addItem("No reason", None)
        for reason in REASONS[verdict] if verdict else ():
            self.reason.addItem(reason.value, reason)
        self.reason.setEnabled(verdict is not None)
        self.give.setEnabled(verdict is not None)

    def _on_give(self) -> None:
        verdict = self.verdict()
        if self._shown is not None and verdict is not None:
            stored = self.reason.currentData()
            reason = Reason(stored) if stored else None
            self.judgement_given.emit(self._shown, Judgement(verdict, reason, self.note.toPlainText().strip()), "")

    @staticmethod
    def _reach(each: Disagreement) -> str:
        return f"and {count(len(each.others), 'more claim')} of the same fact" if each.others else ""


def evidence_words(each: Disagreement, reviewer: str) -> list[str]:
    """What a reviewer gave as evidence, a line for each piece, at most a few."""
    own = [one for one in each.evidence if one.made_by == reviewer]
    told = [_told(one) for one in own[:_MOST_EVIDENCE]]
    rest = len(own) - len(told)
    return [*told, f"and {count(rest, 'more piece')} of evidence"] if rest else told


def _told(evidence: Evidence) -> str:
    said = f"“{shorten(evidence.quote, _QUOTED)}”" if evidence.quote else shorten(evidence.note, _QUOTED)
    place = evidence_place(evidence, evidence.source)
    return f"{STANCE_GLYPHS[evidence.stance]} {evidence.stance.capitalize()}: {', '.join(filter(None, (said, place)))}"


def settled_words(each: Disagreement) -> str:
    """How it was settled, "" while it waits."""
    if each.settled is None:
        return ""
    how = f"{each.settled.chosen}'s verdict" if each.settled.chosen else "another verdict"
    return f"Settled by {each.settled.made_by}, {short_when(each.settled.made_at)}: {how} is in force."
