"""Asks for evidence that is in no article of the case: a web address, a file or a note; edits any evidence."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from factdesk.clock import utc_now
from factdesk.compare.dates import is_date
from factdesk.exchange.attachments import LARGEST
from factdesk.model.evidence import Evidence, EvidenceKind, Stance
from factdesk_gui.dialogs.addresses import is_web_address
from factdesk_gui.dialogs.fields import Field, FieldKind, Form
from factdesk_gui.dialogs.files import ask_file
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.path_row import PathRow
from factdesk_gui.dialogs.sizes import size_words
from factdesk_gui.plain import PlainLabel, plain_tip

_KINDS = ((EvidenceKind.URL, "Web address"), (EvidenceKind.FILE, "File"), (EvidenceKind.NOTE, "Note"))
_STANCES = (
    (Stance.SUPPORTS.value, "supports the claim"),
    (Stance.REFUTES.value, "refutes the claim"),
    (Stance.CONTEXT.value, "gives context"),
)
_FIELDS = (
    Field("stance", "&Stance", FieldKind.CHOICE, choices=_STANCES),
    Field("url", "&Address", placeholder="https://…"),
    Field("source", "S&ource", placeholder="Who says it: office, paper, person, data set"),
    Field("quote", "&Quote", FieldKind.TEXT, "What the source says, word by word"),
    Field("note", "&Note", FieldKind.TEXT, "Where in the source, how you got it, how far it can be trusted"),
    Field("published_at", "&Published", placeholder="2026-03-18, as precise as known", tip="When the source came out"),
    Field("captured_at", "&Captured", tip="When you saw or saved it; now, unless you say otherwise"),
)
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class OutsideSource:
    """Evidence as it was filled in; a file that is to be kept is named by its path."""

    kind: EvidenceKind
    stance: Stance
    quote: str
    url: str
    note: str
    source: str = ""
    published_at: str = ""
    captured_at: str = ""  # "" for now
    path: Path | None = None


class EvidenceDialog(FrameDialog):
    """Takes files and addresses by drop as well.

    Signals:
        source_given: an OutsideSource.
        copy_wanted: the attached file is to be saved somewhere else.

    Args:
        claim: the text of the claim it is for.
        stance: the one chosen at first.
        evidence: what is there already, to be edited; a passage keeps its quote.
    """

    source_given = Signal(object)
    copy_wanted = Signal()

    def __init__(
        self,
        claim: str = "",
        stance: Stance = Stance.SUPPORTS,
        parent: QWidget | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        title, accept = ("Outside source", "Add evidence") if evidence is None else ("Evidence", "Keep changes")
        super().__init__(title, "", accept, parent)
        self._evidence = evidence
        self._now = utc_now()[:16] + "Z"
        self.setAcceptDrops(True)
        if claim:
            quoted = PlainLabel(f"“{claim if len(claim) < _LONGEST else claim[: _LONGEST - 1] + '…'}”", wordWrap=True)
            quoted.setProperty("role", "soft")
            self.body.addWidget(quoted)
        self.body.addLayout(self._make_kinds())
        self.file = PathRow("File", lambda: ask_file(self, "Choose a file", "", (), self._take_file))
        self.file.changed.connect(self._check)
        self._kept = self._make_kept()
        self._size = PlainLabel()
        self._size.setProperty("role", "soft")
        self.form = Form(_FIELDS)
        self.form.set_values({"stance": stance.value, "captured_at": self._now})
        self.form.edited.connect(self._check)
        for widget in (self._kept, self.file, self._size, self.form):
            self.body.addWidget(widget)
        self.fit(600, 640)
        self.choose_kind(EvidenceKind.URL)
        if evidence is not None:
            self._show(evidence)
        self.form.editor("url" if self.kind() is EvidenceKind.URL else "note").setFocus()

    def kind(self) -> EvidenceKind:
        """What sort of source it is."""
        if self._evidence is not None and self._evidence.kind is EvidenceKind.PASSAGE:
            return EvidenceKind.PASSAGE
        return _KINDS[self._kinds.checkedId()][0]

    def choose_kind(self, kind: EvidenceKind) -> None:
        """Shows the fields that go with a sort of source."""
        if kind is not EvidenceKind.PASSAGE:
            self._kinds.button([key for key, _ in _KINDS].index(kind)).setChecked(True)
        is_file, is_passage = kind is EvidenceKind.FILE, kind is EvidenceKind.PASSAGE
        self.file.setVisible(is_file)
        self._size.setVisible(is_file)
        self._kept.setVisible(is_file and self._evidence is not None and self._evidence.file is not None)
        self.form.show_field("url", visible=kind in {EvidenceKind.URL, EvidenceKind.FILE})
        self.form.rename_field("url", "Found &at" if is_file else "&Address")
        self.form.show_field("quote", visible=kind not in {EvidenceKind.NOTE, EvidenceKind.PASSAGE})
        for key in ("source", "published_at", "captured_at"):
            self.form.show_field(key, visible=not is_passage)
        self.form.rename_field("note", "&What you know" if kind is EvidenceKind.NOTE else "&Note")
        self._check()

    def source(self) -> OutsideSource:
        """What was filled in; fields that do not go with the kind are left out."""
        kind, values = self.kind(), self.form.values()
        path = self.file.path() if kind is EvidenceKind.FILE else ""
        captured = values["captured_at"]
        return OutsideSource(
            kind,
            Stance(values["stance"]),
            "" if kind is EvidenceKind.NOTE else values["quote"],
            values["url"] if kind in {EvidenceKind.URL, EvidenceKind.FILE} else "",
            values["note"],
            values["source"],
            values["published_at"],
            "" if captured == self._now else captured,
            Path(path) if path else None,
        )

    def accept(self) -> None:
        """Gives the source and closes."""
        self.source_given.emit(self.source())
        super().accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files and addresses can be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: a file is to be kept, an address to be quoted."""
        if self.kind() is EvidenceKind.PASSAGE:
            return
        url = event.mimeData().urls()[0]
        event.acceptProposedAction()
        if url.isLocalFile():
            self._take_file(Path(url.toLocalFile()))
        else:
            self.choose_kind(EvidenceKind.URL)
            self.form.set_value("url", url.toString())
            self._check()

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

    def _make_kept(self) -> QWidget:
        kept = QWidget()
        row = QHBoxLayout(kept)
        row.setContentsMargins(0, 0, 0, 0)
        file = self._evidence.file if self._evidence is not None else None
        words = f"In the project: {file.name} ({size_words(file.size)})" if file is not None else ""
        label = PlainLabel(words, wordWrap=True)
        label.setToolTip(plain_tip(f"SHA-256 {file.sha256}" if file is not None else ""))
        copy = QPushButton("Save a copy…", autoDefault=False)
        copy.setToolTip("Writes the file to a place you choose; Factdesk itself never opens or runs it")
        copy.clicked.connect(self.copy_wanted)
        row.addWidget(label, 1)
        row.addWidget(copy)
        return kept

    def _show(self, evidence: Evidence) -> None:
        for button in self._kinds.buttons():
            button.setVisible(evidence.kind is not EvidenceKind.PASSAGE)
        self.form.set_values(
            {
                "stance": evidence.stance.value,
                "url": evidence.url,
                "source": evidence.source,
                "quote": evidence.quote,
                "note": evidence.note,
                "published_at": evidence.published_at,
                "captured_at": evidence.captured_at,
            }
        )
        if evidence.kind is EvidenceKind.PASSAGE:
            quoted = PlainLabel(f"“{evidence.quote}”", wordWrap=True)
            self.body.insertWidget(self.body.indexOf(self.form), quoted)
        self.choose_kind(evidence.kind)

    def _take_file(self, path: Path) -> None:
        self.choose_kind(EvidenceKind.FILE)
        self.file.set_path(path)

    def _check(self) -> None:
        source = self.source()
        problem = self._file_problem(source.path)
        if source.kind is EvidenceKind.URL and source.url and not is_web_address(source.url):
            problem = "That is no complete web address; it begins with https:// or http://."
        for date in (source.published_at, source.captured_at):
            if date and not is_date(date):
                problem = f"“{date}” is no date such as 2026, 2026-03, 2026-03-18 or 2026-03-18T09:30."
        self.say_problem(problem)
        if not problem:
            self.accept_button.setEnabled(self._is_filled(source))

    def _is_filled(self, source: OutsideSource) -> bool:
        match source.kind:
            case EvidenceKind.URL:
                return bool(source.url)
            case EvidenceKind.FILE:
                has_file = self._evidence is not None and self._evidence.file is not None
                return source.path is not None or has_file
            case EvidenceKind.NOTE:
                return bool(source.note)
        return True

    def _file_problem(self, path: Path | None) -> str:
        """What is wrong with the chosen file; its size is told beside."""
        self._size.setText("The file is kept inside the project; it can also be dropped here.")
        if path is None:
            return ""
        try:
            size = path.stat().st_size if path.is_file() else -1
        except OSError:
            size = -1
        if size < 0:
            return f"There is no file {path}."
        self._size.setText(f"{size_words(size)}, kept inside the project")
        if size > LARGEST:
            return f"{path.name} has {size_words(size)}; a file in the project may have {size_words(LARGEST)}."
        return ""
