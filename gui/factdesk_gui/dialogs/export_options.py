"""What goes into an export: choices for all formats, and those that only the chosen one has."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSizePolicy, QWidget

from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.export_format import Choice, ExportFormat, Group
from factdesk_gui.dialogs.export_subject import ClaimChoice, Remembered, Subject
from factdesk_gui.plain import PlainLabel, plain_tip

_LICENCES = (
    ("CC0-1.0", "No rights kept"),
    ("CC-BY-4.0", "Credit the authors"),
    ("CC-BY-SA-4.0", "Credit the authors, share alike"),
    ("CC-BY-NC-4.0", "Credit the authors, not for trade"),
    ("CC-BY-NC-SA-4.0", "Credit the authors, not for trade, share alike"),
    ("CC-BY-NC-ND-4.0", "Credit the authors, not for trade, unchanged"),
    ("ODbL-1.0", "Open database licence: credit, share alike"),
    ("ODC-By-1.0", "Open data commons: credit"),
)
_WHOLE = "This format always holds the whole project and what everybody said, so that nothing is lost."
_WITHOUT_TEXT = "For texts that you may not pass on: whoever has them too can put every mark in its place."
_ANONYMOUS = "“reviewer 1” in place of a name. Names written in notes stay."


class OptionsForm(QWidget):
    """A form; `edited` comes with every change by a person."""

    edited = Signal()

    def __init__(self, subject: Subject, licence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject = subject
        self._format: ExportFormat | None = None
        self._own: dict[str, QComboBox] = {}
        self.rows = QFormLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setVerticalSpacing(8)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.whole = PlainLabel(_WHOLE, wordWrap=True)
        self.whole.setProperty("role", "soft")
        self.rows.addRow(self.whole)
        self.case = self._box("&Case")
        self.claims = self._box("Se&lection")
        self.whose = self._box("&Verdicts")
        self.decisions_only = self._check("Leave out &suggestions that nobody has looked at")
        self.anonymous = self._check("&Hide the names of reviewers", _ANONYMOUS)
        self.without_text = self._check("&Positions only, without the texts", _WITHOUT_TEXT)
        self.licence = self._make_licence(licence)
        self._fill()

    def set_format(self, chosen: ExportFormat, last: Remembered) -> None:
        """Shows what can be chosen for a format, as it was chosen last."""
        self._format = chosen
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        for box in self._own.values():
            self.rows.removeRow(box)
        self._own = {}
        for option in chosen.options:
            box = self._box(option.title, option.explains)
            for value, words in option.choices:
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(last.choices.get(option.name, ""))))
            self._own[option.name] = box
        self.decisions_only.setChecked(last.decisions_only)
        self.anonymous.setChecked(last.anonymous)
        self.without_text.setChecked(chosen.works_without_text and not last.with_text)
        if last.all_reviewers:
            self.whose.setCurrentIndex(1)
        elif self.whose.currentIndex() == 1:
            self.whose.setCurrentIndex(0)
        self._allow()
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def add_claims(self, choice: ClaimChoice) -> None:
        """Offers some of the claims, too."""
        if choice.claim_ids:
            self.claims.addItem(choice.title, choice.claim_ids)
            self.rows.setRowVisible(self.claims, self.claims.count() > 1)

    def options(self) -> ExportOptions:
        """What is chosen, as far as the format can honour it."""
        whose, reviewer = self.whose.currentData() if self._can(Choice.WHOSE) else (Whose.IN_FORCE, "")
        claims = self.claims.currentData() if self._can(Choice.CLAIMS) else None
        case_id = self.case.currentData() if self._can(Choice.CASE) and len(self._subject.cases) > 1 else ""
        return ExportOptions(
            decisions_only=self.decisions_only.isChecked() and self._can(Choice.SUGGESTIONS),
            whose=whose,
            reviewer=reviewer,
            anonymous=self.anonymous.isChecked() and self._can(Choice.ANONYMOUS),
            with_text=not (self.without_text.isChecked() and self.without_text.isEnabled()),
            case_id=self._subject.case_id if claims else case_id,
            claim_ids=claims or frozenset(),
            licence=self.licence.currentText().strip() if self._has_licence() else "",
            choices=self._choices(),
        )

    def remembered(self) -> Remembered:
        """What should be chosen next time for this format."""
        options = self.options()
        return Remembered(
            decisions_only=options.decisions_only,
            all_reviewers=options.whose is Whose.ALL,
            anonymous=options.anonymous,
            with_text=options.with_text,
            choices=options.choices,
        )

    def own(self, name: str) -> QComboBox:
        """The box of one of the format's own options."""
        return self._own[name]

    def _choices(self) -> Mapping[str, str]:
        return {name: str(box.currentData()) for name, box in self._own.items()}

    def _can(self, choice: Choice) -> bool:
        return self._format is not None and choice not in self._format.ignores

    def _has_licence(self) -> bool:
        return self._format is not None and self._format.group is not Group.REPORT and self._can(Choice.LICENCE)

    def _allow(self) -> None:
        """Switches off what the format cannot honour."""
        chosen = self._format
        if chosen is None:
            return
        has_selection = bool(self.claims.currentData())
        self.case.setEnabled(self._can(Choice.CASE) and not has_selection)
        self.claims.setEnabled(self._can(Choice.CLAIMS))
        self.whose.setEnabled(self._can(Choice.WHOSE))
        self.decisions_only.setEnabled(self._can(Choice.SUGGESTIONS))
        self.anonymous.setEnabled(self._can(Choice.ANONYMOUS))
        self.without_text.setEnabled(chosen.works_without_text)
        why = _WITHOUT_TEXT if chosen.works_without_text else "This format makes no sense without the texts."
        self.without_text.setToolTip(plain_tip(why))
        self.without_text.setAccessibleDescription(why)
        self.rows.setRowVisible(self.licence, self._has_licence())
        self.rows.setRowVisible(self.whole, bool({Choice.CASE, Choice.CLAIMS, Choice.WHOSE} & chosen.ignores))

    def _fill(self) -> None:
        subject = self._subject
        self.case.addItem("All cases", "")
        for case in subject.cases:
            self.case.addItem(case.name, case.id)
        self.claims.addItem("All claims", None)
        if subject.chosen is not None:
            self.add_claims(subject.chosen)
            self.claims.setCurrentIndex(1)
        self.whose.addItem("In force: the last one, or the agreed one", (Whose.IN_FORCE, ""))
        self.whose.addItem("In force, and each reviewer's own beside it", (Whose.ALL, ""))
        self.whose.addItem("Adjudicated: only where reviewers agree or it was settled", (Whose.ADJUDICATED, ""))
        for name in subject.reviewers:
            self.whose.addItem(f"Only those of {name}", (Whose.ONE, name))
        if subject.is_report:
            self.case.setCurrentIndex(max(0, self.case.findData(subject.case_id)))
        self.rows.setRowVisible(self.case, len(subject.cases) > 1)
        self.rows.setRowVisible(self.claims, self.claims.count() > 1)
        self.rows.setRowVisible(self.whose, len(subject.reviewers) > 1)

    def _box(self, label: str, explains: str = "") -> QComboBox:
        box = QComboBox(toolTip=plain_tip(explains))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setAccessibleName(label.replace("&", ""))
        box.setAccessibleDescription(explains)
        box.currentIndexChanged.connect(self._on_edited)
        words = PlainLabel(label, wordWrap=True)
        words.setBuddy(box)
        words.setToolTip(plain_tip(explains))
        self.rows.addRow(words, box)
        return box

    def _check(self, label: str, explains: str = "") -> QCheckBox:
        box = QCheckBox(label, toolTip=plain_tip(explains))
        box.setAccessibleDescription(explains)
        box.toggled.connect(self._on_edited)
        self.rows.addRow(box)
        return box

    def _make_licence(self, licence: str) -> QComboBox:
        box = self._box("Lice&nce", "Written into the export and beside it: what others may do with it")
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for name, meaning in _LICENCES:
            box.addItem(name)
            box.setItemData(box.count() - 1, plain_tip(meaning), Qt.ItemDataRole.ToolTipRole)
        line = box.lineEdit()
        if line is not None:
            line.setPlaceholderText("None stated; choose one or write it")
            line.setAccessibleName("Licence")
        box.setCurrentIndex(-1)
        box.setEditText(licence)
        return box

    def _on_edited(self) -> None:
        self._allow()
        self.edited.emit()
