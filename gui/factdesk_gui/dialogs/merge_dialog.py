"""What came in from other reviewers' files, what was left out, and what can be done next."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from factdesk.ops.merge_report import MergeReport, summary
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.plain import PlainLabel

_BOTH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_LISTED = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What merging some files led to.

    Attributes:
        reports: one for each file that could be read.
        failed: sentences about files that could not.
        disagreements: claims of the case on which reviewers disagree now.
        takeable: ids of claims whose verdict nobody here contradicts.
        backup: name of the backup made before.
    """

    reports: tuple[MergeReport, ...]
    failed: tuple[str, ...]
    disagreements: int
    takeable: tuple[str, ...]
    backup: str


class MergeDialog(FrameDialog):
    """Only tells, and offers two ways on.

    Signals:
        settle_wanted: the disagreements should be shown.
        take_over_wanted: tuple of ids of claims.
    """

    settle_wanted = Signal()
    take_over_wanted = Signal(object)

    def __init__(self, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__("What came in", "", "", parent)
        self._lines: list[str] = []
        self._takeable = outcome.takeable
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(4)
        for report in outcome.reports:
            self._part(report.file_name, report_lines(report))
        if outcome.failed:
            self._part("Could not be read", outcome.failed)
        self._part("Where you are now", standing_lines(outcome))
        self._column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
        self.copy = QPushButton("&Copy as text", autoDefault=False)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.foot.addWidget(self.copy)
        self.settle = QPushButton("&Settle disagreements…", autoDefault=False, visible=bool(outcome.disagreements))
        self.settle.clicked.connect(self._on_settle)
        number = counted(len(outcome.takeable), "verdict")
        self.take_over = QPushButton(f"&Take over {number}", autoDefault=False, visible=bool(outcome.takeable))
        self.take_over.setToolTip(
            "Only claims without a verdict here, on which the others agree; the verdicts keep the names of those who "
            "gave them. Undo takes it back."
        )
        self.take_over.clicked.connect(self._on_take_over)
        self.foot.addWidget(self.settle)
        self.foot.addWidget(self.take_over)
        self.fit(720, 460)

    def show_taken(self) -> None:
        """The verdicts are in force now."""
        self.take_over.setText("Taken over")

    def text(self) -> str:
        """All of it as text."""
        return "\n".join(self._lines)

    def _part(self, head: str, lines: Sequence[str]) -> None:
        title = PlainLabel(head, wordWrap=True)
        title.setStyleSheet("font-weight: 600;")
        marked = lines if len(lines) == 1 else [f"•  {line}" for line in lines]
        words = PlainLabel("\n".join(marked), wordWrap=True)
        words.setTextInteractionFlags(_BOTH)
        words.setAccessibleName(f"{head}: {' '.join(lines)}")
        self._column.addWidget(title)
        self._column.addWidget(words)
        self._column.addSpacing(8)
        self._lines += [head, *marked, ""]

    def _on_settle(self) -> None:
        self.accept()
        self.settle_wanted.emit()

    def _on_take_over(self) -> None:
        self.take_over.setEnabled(False)
        self.take_over_wanted.emit(self._takeable)


def report_lines(report: MergeReport) -> list[str]:
    """What became of one file."""
    lines = [summary(report)]
    known = sum(report.known.values())
    if known and report.added:
        lines.append(
            f"{counted(known, 'thing')} in it {'is' if known == 1 else 'are'} here already and stayed as here."
        )
    lines += report.remarks
    lines += [f"Left out: {problem}." for problem in report.problems[:_LISTED]]
    if len(report.problems) > _LISTED:
        lines.append(f"Left out: {len(report.problems) - _LISTED:,} more.")
    return lines


def standing_lines(outcome: Outcome) -> list[str]:
    """What is to be done now."""
    lines = []
    if outcome.disagreements:
        lines.append(f"Reviewers disagree on {counted(outcome.disagreements, 'claim')} of this case.")
    else:
        lines.append("No disagreement waits to be settled in this case.")
    if outcome.takeable:
        lines.append(
            f"{counted(len(outcome.takeable), 'claim')} without a verdict here got one from others, "
            "and nobody contradicts it. The verdict is kept beside the claim; taking it over puts it in force."
        )
    if outcome.backup:
        lines.append("The project as it was before is kept: File › Backups, “before merging”.")
    return lines
