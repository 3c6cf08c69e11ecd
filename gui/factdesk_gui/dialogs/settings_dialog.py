"""What this project demands of a verdict, and how it judges dates. Stays open beside the work."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSpinBox, QWidget

from factdesk.model.gate import EvidenceGate, TimeGuard
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.plain import PlainLabel, plain_tip

_READ_ONLY = "The project is open for reading only: these are the rules it was worked with."


class _Rule:
    """A rule with a number: off at 0; its number is remembered while it is switched off."""

    def __init__(self, words: tuple[str, str], most: int, usual: int, meaning: str) -> None:
        self.box = QCheckBox(words[0])
        self.box.setToolTip(plain_tip(meaning))
        self.number = QSpinBox(minimum=1, maximum=most, value=usual)
        self.number.setAccessibleName(" ".join(words))
        self.number.setToolTip(plain_tip(meaning))
        self.after = PlainLabel(words[1])
        self.box.toggled.connect(self.number.setEnabled)
        self.number.setEnabled(False)

    @property
    def value(self) -> int:
        """The number in force, 0 while the rule is off."""
        return self.number.value() if self.box.isChecked() else 0

    def show_value(self, value: int) -> None:
        """Shows another number."""
        for widget in (self.box, self.number):
            widget.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.box.setChecked(value > 0)
        self.number.setEnabled(value > 0 and self.box.isEnabled())
        if value > 0:
            self.number.setValue(value)
        for widget in (self.box, self.number):
            widget.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Places it in a row: rule, number, rest of the words."""
        grid.addWidget(self.box, row, 0)
        grid.addWidget(self.number, row, 1)
        grid.addWidget(self.after, row, 2)


class SettingsDialog(FrameDialog):
    """Each change holds at once and can be undone; the dialog can stay open.

    Signals:
        gate_given: an EvidenceGate.
        time_guard_given: a TimeGuard.

    Args:
        project: its name.
    """

    gate_given = Signal(object)
    time_guard_given = Signal(object)

    def __init__(self, project: str, parent: QWidget | None = None, *, writable: bool = True) -> None:
        explains = "These rules hold for everyone who works on the project. Each change is a step that undo takes back."
        super().__init__(f"Settings of {project}", explains if writable else _READ_ONLY, "", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.verified = _Rule(
            ("“Verified” needs at least", "independent sources that support it"), 20, 2,
            "Articles that share their text count as one source, and so do pages of one site",
        )  # fmt: skip
        self.disputed = _Rule(
            ("“Disputed” needs at least", "pieces of evidence against it or on its context"), 20, 1,
            "Evidence that refutes the claim or gives its context",
        )  # fmt: skip
        self.need_quote = QCheckBox("Only evidence with a quotation counts")
        self.need_note = QCheckBox("A verdict needs a note")
        self.stale = _Rule(
            ("Call evidence stale that is", "days older than the claim"), 36_500, 365,
            "Outside sources that were published so long before the claim are pointed out in the inspector",
        )  # fmt: skip
        self._rules = (self.verified, self.disputed, self.stale)
        self._build(writable=writable)
        for button in self.buttons.buttons():
            button.setAutoDefault(False)
        self.fit(600, 1)  # as high as it must be

    def gate(self) -> EvidenceGate:
        """The evidence gate as it is shown."""
        return EvidenceGate(
            verified_origins=self.verified.value,
            disputed_evidence=self.disputed.value,
            need_quote=self.need_quote.isChecked(),
            need_note=self.need_note.isChecked(),
        )

    def time_guard(self) -> TimeGuard:
        """The time guard as it is shown."""
        return TimeGuard(stale_days=self.stale.value)

    def show_settings(self, gate: EvidenceGate, guard: TimeGuard) -> None:
        """Shows what is in force; that is no change by a person."""
        self.verified.show_value(gate.verified_origins)
        self.disputed.show_value(gate.disputed_evidence)
        self.stale.show_value(guard.stale_days)
        for box, on in ((self.need_quote, gate.need_quote), (self.need_note, gate.need_note)):
            box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            box.setChecked(on)
            box.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _build(self, *, writable: bool) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._heading("Evidence gate", "What must be there before a verdict can be given"), 0, 0, 1, 3)
        self.verified.add_to(grid, 1)
        self.disputed.add_to(grid, 2)
        grid.addWidget(self.need_quote, 3, 0, 1, 3)
        grid.addWidget(self.need_note, 4, 0, 1, 3)
        grid.addWidget(self._heading("Time guard", "What the inspector warns of"), 5, 0, 1, 3)
        self.stale.add_to(grid, 6)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        boxes = (self.need_quote, self.need_note, *(rule.box for rule in self._rules))
        for box in boxes:
            box.setEnabled(writable)
            box.toggled.connect(self._on_time_guard if box is self.stale.box else self._on_gate)
        for rule in self._rules:
            rule.number.valueChanged.connect(self._on_time_guard if rule is self.stale else self._on_gate)
            rule.number.setKeyboardTracking(False)

    @staticmethod
    def _heading(words: str, meaning: str) -> QLabel:
        label = QLabel(f"<b>{words}</b> &nbsp;{meaning}", textFormat=Qt.TextFormat.RichText)  # our own words
        label.setContentsMargins(0, 8, 0, 0)
        return label

    def _on_gate(self) -> None:
        self.gate_given.emit(self.gate())

    def _on_time_guard(self) -> None:
        self.time_guard_given.emit(self.time_guard())
