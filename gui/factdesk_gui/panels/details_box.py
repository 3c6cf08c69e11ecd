"""What a reviewer may correct about a claim: who says it, and what kind it is."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from factdesk.model.claims import Claim, ClaimKind
from factdesk.ops.claims import set_claimant
from factdesk_gui.panels.quiet import QuietComboBox
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.text_saver import Save, TextSaver
from factdesk_gui.session import Session


class DetailsBox(Section):
    """Claimant and kind.

    Signals:
        kind_chosen: a ClaimKind.
    """

    kind_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Details", "details", parent)
        self._claimant = QLineEdit(placeholderText="who says it")
        self._claimant.setAccessibleName("Claimant")
        self._claimant.setToolTip("Who makes the claim; empty for the article itself")
        self._kind = QuietComboBox()
        self._kind.setAccessibleName("Kind of claim")
        self._kind.setToolTip("What sort of statement it is")
        for kind in ClaimKind:
            self._kind.addItem(kind.value.capitalize(), kind)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Claimant", self._claimant)
        form.addRow("Kind", self._kind)
        self.body.addLayout(form)
        self._saver = TextSaver(self._claimant, session, set_claimant)
        self._kind.activated.connect(lambda index: self.kind_chosen.emit(self._kind.itemData(index)))

    def show_claim(self, claim: Claim, *, read_only: bool) -> None:
        """Shows a claim."""
        self._saver.show(claim.id, claim.claimant)
        with QSignalBlocker(self._kind):
            self._kind.setCurrentIndex(self._kind.findText(claim.kind.value.capitalize()))
        self._claimant.setReadOnly(read_only)
        self._kind.setEnabled(not read_only)

    def unsaved(self) -> list[tuple[Save, str, str]]:
        """What was typed and is not on disk."""
        return self._saver.unsaved()

    def flush(self) -> None:
        """Sends what was typed to the disk now."""
        self._saver.flush()
