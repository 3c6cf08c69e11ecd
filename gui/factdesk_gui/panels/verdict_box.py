"""The decision: three verdicts, their reasons, and how sure the reviewer is."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from factdesk.model.claims import REASONS, Claim, Reason, Verdict
from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.flow_layout import FlowLayout
from factdesk_gui.panels.icon_button import IconButton
from factdesk_gui.panels.quiet import QuietSlider
from factdesk_gui.panels.verdict_button import VerdictButton
from factdesk_gui.panels.verdict_hints import ContradictionList, MissingList
from factdesk_gui.panels.verdict_words import receipt, scope
from factdesk_gui.plain import PlainLabel, plain_tip

_PAUSE_MS = 350
_MIDDLE = 50


class ConfidenceRow(QWidget):
    """How sure the reviewer is; *not set* is a state of its own.

    Signals:
        chosen: a percentage, or None.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: int | None = None
        self._slider = QuietSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setSingleStep(5)
        self._slider.setPageStep(10)
        self._slider.setAccessibleName("Confidence")
        self._slider.setToolTip("How sure you are, 0 to 100 %; arrow keys move it by 5")
        self._label = PlainLabel()
        self._clear = IconButton("close", "Confidence not set")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        name = PlainLabel("Confidence")
        name.setBuddy(self._slider)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(name)
        box.addWidget(self._slider, 1)
        box.addWidget(self._label)
        box.addWidget(self._clear)
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance("not set") + 2)
        self._slider.valueChanged.connect(self._on_moved)
        self._slider.actionTriggered.connect(lambda _: self._on_moved())
        self._slider.sliderReleased.connect(self._on_moved)
        self._clear.clicked.connect(self._on_cleared)
        self._shown: int | None = None
        self.show_value(None)

    def show_value(self, value: int | None) -> None:
        """Shows a stored value, unless another is on its way."""
        if self._pause.isActive():
            return
        self._value = self._shown = value
        with QSignalBlocker(self._slider):
            self._slider.setValue(_MIDDLE if value is None else value)
        self._say()

    def flush(self) -> None:
        """Tells what was chosen without waiting for the pause."""
        self._pause.stop()
        if self._value != self._shown:
            self._shown = self._value
            self.chosen.emit(self._value)

    def _on_moved(self) -> None:
        self._value = self._slider.sliderPosition()
        self._say()
        self._pause.start()

    def _on_cleared(self) -> None:
        self._value = None
        self._say()
        self.flush()

    def _say(self) -> None:
        words = "not set" if self._value is None else f"{self._value} %"
        self._label.setText(words)
        self._label.setProperty("role", "soft" if self._value is None else "")
        self._label.style().polish(self._label)
        self._slider.setAccessibleDescription(words)
        self._slider.hollow = self._value is None
        self._slider.update()
        self._clear.setEnabled(self._value is not None)


class VerdictBox(QWidget):
    """Verdict, reason, confidence of the claim shown, and for how many sources they hold.

    Signals:
        verdict_chosen: a Verdict, or None to take it away.
        only_here_chosen: the same, for this article alone.
        reason_chosen: a Reason, or None.
        confidence_chosen: claim id and a percentage or None; it may come after another claim is shown.
        claim_wanted: id of a claim whose verdict contradicts this one's.
    """

    verdict_chosen = Signal(object)
    only_here_chosen = Signal(object)
    reason_chosen = Signal(object)
    confidence_chosen = Signal(str, object)
    claim_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim: Claim | None = None
        self._can_spread = False  # the verdict is the claim's own so far, and could hold for its cluster
        self._buttons = {verdict: VerdictButton(verdict.value) for verdict in Verdict}
        self._clear = IconButton("clear", "Clear the verdict")
        self._reasons = {reason: QPushButton(reason.value, checkable=True) for reason in Reason}
        self._reason_row = QWidget()
        self._receipt = ClampLabel(4, soft=True)
        self.missing = MissingList()
        self.contradictions = ContradictionList()
        self._confidence = ConfidenceRow()
        self._build()

    def show_view(self, view: ClaimView, *, read_only: bool) -> None:
        """Shows the decision about a claim."""
        claim = view.claim
        if self._claim is not None and claim.id != self._claim.id:
            self._confidence.flush()
        self._claim = claim
        self._can_spread = view.marks_cluster and claim.inherited_from is None
        for verdict, button in self._buttons.items():
            button.setChecked(claim.verdict is verdict)
            button.setEnabled(not read_only)
            button.set_scope(scope(view))
        fitting = REASONS[claim.verdict] if claim.verdict else ()
        for reason, chip in self._reasons.items():
            chip.setVisible(reason in fitting)
            chip.setChecked(reason is claim.judgement.reason)
            chip.setEnabled(not read_only)
        self._reason_row.setVisible(bool(fitting))
        words = receipt(view)
        self._receipt.set_text(words)
        self._receipt.setVisible(bool(words))
        self._clear.setEnabled(claim.verdict is not None and not read_only)
        self._confidence.show_value(claim.judgement.confidence)
        self._confidence.setEnabled(not read_only)
        self._confidence.setVisible(claim.verdict is not None or claim.judgement.confidence is not None)

    def flush(self) -> None:
        """Tells what was chosen but waits for a pause."""
        self._confidence.flush()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Shows the keys of the three verdicts and of "clear"."""
        for verdict, button in self._buttons.items():
            button.set_key(keys.get(verdict.value, ""))
        self._clear.set_key(keys.get("clear", ""))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for verdict, button in self._buttons.items():
            row.addWidget(button)
            button.clicked.connect(lambda _=False, verdict=verdict: self._on_verdict(verdict))
            button.only_here_wanted.connect(partial(self.only_here_chosen.emit, verdict))
        row.addWidget(self._clear)
        flow = FlowLayout(self._reason_row)
        for reason, chip in self._reasons.items():
            chip.setToolTip(plain_tip(f"Reason: {reason.value}; press again to take it away"))
            chip.setAccessibleName(f"Reason: {reason.value}")
            chip.clicked.connect(lambda checked, reason=reason: self.reason_chosen.emit(reason if checked else None))
            flow.addWidget(chip)
        self._clear.clicked.connect(lambda: self.verdict_chosen.emit(None))
        self._confidence.chosen.connect(self._on_confidence)
        self.contradictions.claim_wanted.connect(self.claim_wanted)
        self.set_keys({})
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addLayout(row)
        for part in (self._receipt, self.missing, self.contradictions, self._reason_row, self._confidence):
            box.addWidget(part)

    def _on_verdict(self, verdict: Verdict) -> None:
        shown = self._claim.verdict if self._claim is not None else None
        for other, button in self._buttons.items():
            button.setChecked(other is verdict)
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.only_here_chosen.emit(verdict)
        elif shown is not verdict or self._can_spread:
            self.verdict_chosen.emit(verdict)

    def _on_confidence(self, value: int | None) -> None:
        if self._claim is not None:
            self.confidence_chosen.emit(self._claim.id, value)
