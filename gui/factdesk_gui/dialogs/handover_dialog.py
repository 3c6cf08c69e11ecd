"""Asks for whom a blind copy is made, of which claims, and where it goes."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from factdesk_gui.dialogs.fields import Field, Form
from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_new_file
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.path_row import PathRow
from factdesk_gui.plain import PlainLabel

_EXPLAINS = (
    "Makes a copy of this project for somebody who shall judge the same claims without knowing what was decided here. "
    "When it comes back, “Merge a reviewer's file” brings in what they decided."
)
_HOLDS = (
    "In the copy: all cases and articles, entities and the claims chosen above.\n"
    "Not in the copy: verdicts, reasons, notes, evidence and attached files, what was accepted or refused, the history, "
    "and your sittings. They are removed from the file, not only hidden. Claims that people marked are in it: "
    "that somebody marked them can be seen."
)
_SUFFIX = ".factdesk"
_UNFIT = '/\\:*?"<>|'


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """Claims that can be handed over."""

    title: str
    claim_ids: frozenset[str]  # empty for all


@dataclass(frozen=True, slots=True)
class Handover:
    """What is wanted."""

    reviewer: str
    path: Path
    claim_ids: frozenset[str]


class HandoverDialog(FrameDialog):
    """Emits `handover_wanted` with a Handover.

    Args:
        project: path of the project.
        sender: name of the reviewer who hands over.
        known: names of all reviewers so far.
        claims: how many claims the project has.
    """

    handover_wanted = Signal(object)

    def __init__(
        self, project: Path, sender: str, known: Collection[str], claims: int, parent: QWidget | None = None
    ) -> None:
        super().__init__("Hand over to a second reviewer", _EXPLAINS, "Make the copy", parent)
        self._project = project
        self._sender = sender
        self._known = set(known)
        self._named = ""  # the path that was proposed last
        self.form = Form((Field("reviewer", "&Second reviewer", placeholder="Name or initials"),))
        self.place = PathRow("File of the copy", self._browse)
        self.form.add_row("&File", self.place)
        self.form.edited.connect(self._propose)
        self.place.changed.connect(self._check)
        self.body.addWidget(self.form)
        self._sets: list[tuple[QRadioButton, ClaimSet]] = []
        self._choices = QVBoxLayout()
        self._choices.setSpacing(4)
        label = PlainLabel("Which claims")
        label.setStyleSheet("font-weight: 600;")
        self._choices.addWidget(label)
        self.body.addLayout(self._choices)
        self.add_claims(ClaimSet(f"All {claims:,} of the project", frozenset()))
        self._sets[0][0].setChecked(True)
        holds = PlainLabel(_HOLDS, wordWrap=True)
        holds.setProperty("role", "soft")
        self.body.addWidget(holds)
        self.body.addStretch(1)
        self.fit(640, 440)
        self._check()
        self.form.editor("reviewer").setFocus()

    def add_claims(self, claims: ClaimSet) -> None:
        """Offers a choice of claims."""
        button = QRadioButton(claims.title)
        self._choices.addWidget(button)
        self._sets.append((button, claims))

    def choices(self) -> list[QRadioButton]:
        """The buttons for the sets of claims."""
        return [button for button, _ in self._sets]

    def wanted(self) -> Handover:
        """What is chosen now."""
        chosen = next(claims for button, claims in self._sets if button.isChecked())
        return Handover(self._reviewer(), self._target(), chosen.claim_ids)

    def accept(self) -> None:
        """Gives it and closes."""
        self.handover_wanted.emit(self.wanted())
        super().accept()

    def _reviewer(self) -> str:
        return " ".join(self.form.value("reviewer").split())

    def _target(self) -> Path:
        path = Path(self.place.path()).expanduser()
        if path.suffix != _SUFFIX:
            path = path.with_name(f"{path.name}{_SUFFIX}")
        return path if path.is_absolute() else self._project.parent / path

    def _propose(self) -> None:
        """A file beside the project, until somebody types another one."""
        if self.place.path() in {"", self._named}:
            name = "".join("-" if each in _UNFIT else each for each in self._reviewer())
            self._named = str(self._project.with_name(f"{self._project.stem} for {name}{_SUFFIX}")) if name else ""
            self.place.set_path(self._named)
        self._check()

    def _browse(self) -> None:
        start = self._target() if self.place.path() else self._project
        ask_new_file(self, "File of the copy", start, (PROJECT_FILTER,), self.place.set_path)

    def _check(self) -> None:
        name = self._reviewer()
        self.say_problem("")
        if name and name.casefold() == self._sender.casefold():
            self.say_problem(
                f"{name} is the name your own decisions carry: their verdicts could not be told apart.", blocks=True
            )
        elif name and self.place.path() and self._target().exists():
            self.say_problem("There is already a file of that name. Choose another one.")
        elif name and name in self._known:
            self.say_problem(f"{name} has worked on this project before and may know what was decided.", blocks=False)
        if not name or not self.place.path():
            self.accept_button.setEnabled(False)
