"""Asks for evidence that is in no article of the case: a web address, a file or a note."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from factdesk.model.evidence import EvidenceKind, Stance
from factdesk_gui.dialogs.fields import Field, FieldKind, Form
from factdesk_gui.dialogs.files import ask_files
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.path_row import PathRow

_KINDS = ((EvidenceKind.URL, "Web address"), (EvidenceKind.FILE, "File"), (EvidenceKind.NOTE, "Note"))
_STANCES = (
    (Stance.SUPPORTS.value, "supports the claim"),
    (Stance.REFUTES.value, "refutes the claim"),
    (Stance.CONTEXT.value, "gives context"),
)
_FIELDS = (
    Field("stance", "&Stance", FieldKind.CHOICE, choices=_STANCES),
    Field("url", "&Address", placeholder="https://…"),
    Field("quote", "&Quote", FieldKind.TEXT, "What the source says, word by word"),
    Field("note", "&Note", FieldKind.TEXT, "Where in the source, how you got it, how far it can be trusted"),
)
_SCHEMES = {"http", "https", "ftp", "file"}


@dataclass(frozen=True, slots=True)
class OutsideSource:
    """Evidence from outside the case; a file is named by its path in `url`."""

    kind: EvidenceKind
    stance: Stance
    quote: str
    url: str
    note: str


class EvidenceDialog(FrameDialog):
    """Emits `source_given` with an OutsideSource.

    Args:
        claim: the text of the claim it is for.
        stance: the one chosen at first.
    """

    source_given = Signal(object)

    def __init__(self, claim: str = "", stance: Stance = Stance.SUPPORTS, parent: QWidget | None = None) -> None:
        super().__init__("Outside source", "", "Add evidence", parent)
        if claim:
            quoted = QLabel(f"“{claim if len(claim) < 240 else claim[:239] + '…'}”", wordWrap=True)
            quoted.setProperty("role", "soft")
            self.body.addWidget(quoted)
        self.body.addLayout(self._make_kinds())
        self.file = PathRow("File", lambda: ask_files(self, "", (), self._on_files))
        self.file.changed.connect(self._check)
        self.form = Form(_FIELDS)
        self.form.set_value("stance", stance.value)
        self.form.edited.connect(self._check)
        self.body.addWidget(self.file)
        self.body.addWidget(self.form)
        self.fit(560, 470)
        self.choose_kind(EvidenceKind.URL)
        self.form.editor("url").setFocus()

    def kind(self) -> EvidenceKind:
        """What sort of source it is."""
        return _KINDS[self._kinds.checkedId()][0]

    def choose_kind(self, kind: EvidenceKind) -> None:
        """Shows the fields that go with a sort of source."""
        self._kinds.button([key for key, _ in _KINDS].index(kind)).setChecked(True)
        self.file.setVisible(kind is EvidenceKind.FILE)
        self.form.show_field("url", visible=kind is EvidenceKind.URL)
        self.form.show_field("quote", visible=kind is not EvidenceKind.NOTE)
        self.form.rename_field("note", "&What you know" if kind is EvidenceKind.NOTE else "&Note")
        self._check()

    def source(self) -> OutsideSource:
        """What was filled in; fields that do not go with the kind are left out."""
        kind, values = self.kind(), self.form.values()
        url = {EvidenceKind.URL: values["url"], EvidenceKind.FILE: self.file.path()}.get(kind, "")
        quote = "" if kind is EvidenceKind.NOTE else values["quote"]
        return OutsideSource(kind, Stance(values["stance"]), quote, url, values["note"])

    def accept(self) -> None:
        """Gives the source and closes."""
        self.source_given.emit(self.source())
        super().accept()

    def _make_kinds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._kinds = QButtonGroup(self)
        for index, (kind, words) in enumerate(_KINDS):
            button = QPushButton(words, checkable=True, autoDefault=False)
            button.clicked.connect(lambda _on=False, one=kind: self.choose_kind(one))
            self._kinds.addButton(button, index)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _on_files(self, paths: list[Path]) -> None:
        if paths:
            self.file.set_path(paths[0])

    def _check(self) -> None:
        source = self.source()
        problem = ""
        if source.kind is EvidenceKind.URL and source.url:
            address = QUrl(source.url, QUrl.ParsingMode.StrictMode)
            if not address.isValid() or address.scheme().lower() not in _SCHEMES or len(source.url.split()) > 1:
                problem = "That is no complete web address; it begins with https:// or http://."
        self.say_problem(problem)
        if not problem:
            is_filled = bool(source.note if source.kind is EvidenceKind.NOTE else source.url)
            self.accept_button.setEnabled(is_filled)
