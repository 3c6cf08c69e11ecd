"""Asks in which format, what and where to export, and says beforehand what the format cannot hold."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from factdesk.errors import FactdeskError
from factdesk.exchange.export_format import ExportFormat, Group, Loss
from factdesk.exchange.formats_known import broken_formats, formats
from factdesk_gui.dialogs.export_forecast import Forecast
from factdesk_gui.dialogs.export_formats import FormatList
from factdesk_gui.dialogs.export_losses import LossesBox
from factdesk_gui.dialogs.export_options import OptionsForm
from factdesk_gui.dialogs.export_place import ExportPlace
from factdesk_gui.dialogs.export_subject import ClaimChoice, Export, Remembered, Subject
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.prefs import Prefs

_SIZE = QSize(960, 740)
_LIST_WIDTH = 300
_EXPORT = "Every mark leaves with its exact place; each file is loaded again to check it before it takes its name."
_DOSSIER = (
    "A report for people who never saw Factdesk: every claim with its verdict, passages, evidence and open points."
)


class ExportDialog(FrameDialog):
    """Emits `export_wanted` with an Export; remembers format, folder and choices.

    Args:
        forecast: tells what would be lost; the dialog closes it.
    """

    export_wanted = Signal(object)

    def __init__(self, subject: Subject, prefs: Prefs, forecast: Forecast, parent: QWidget | None = None) -> None:
        title, explains = ("Dossier", _DOSSIER) if subject.is_report else ("Export", _EXPORT)
        super().__init__(title, explains, "Write the dossier" if subject.is_report else "Export", parent)
        self._subject, self._prefs, self._forecast = subject, prefs, forecast
        self._formats = tuple(each for each in formats() if not subject.is_report or each.group is Group.REPORT)
        self._chosen: ExportFormat | None = None
        self._remembered = _load(prefs.export_choices)
        self.list = FormatList(self._formats)
        self.options = OptionsForm(subject, prefs.export_licence)
        self.losses = LossesBox()
        self.place = ExportPlace(subject.project, self._folder())
        self._about = PlainLabel(wordWrap=True)
        self._unit = PlainLabel(wordWrap=True)
        self._title = PlainLabel(wordWrap=True)
        self._build()
        self._connect()
        self._begin()

    def choose_format(self, name: str) -> None:
        """Goes to a format; its choices and the file's name follow."""
        self.list.choose(name)

    def add_claims(self, choice: ClaimChoice) -> None:
        """Offers some of the claims too, found out after the dialog was opened."""
        self.options.add_claims(choice)

    def export(self) -> Export | None:
        """What is asked for; None while there is no format."""
        if self._chosen is None:
            return None
        return Export(self._chosen.name, self.place.path(), self.options.options())

    def accept(self) -> None:
        """Gives the export and closes."""
        wanted = self.export()
        if wanted is None or not self.accept_button.isEnabled():
            return
        self._remember(wanted)
        self.export_wanted.emit(wanted)
        super().accept()

    def done(self, result: int) -> None:
        """Qt: however it ends, nothing is asked any more."""
        self._forecast.close()
        super().done(result)

    # inside -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title.setProperty("role", "heading")
        self._unit.setProperty("role", "soft")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 8, 0)
        column.setSpacing(10)
        for widget in (self._title, self._about, self._unit, self.losses, self.options):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(right)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        right.setAutoFillBackground(False)
        split = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        split.addWidget(self.list)
        split.addWidget(area)
        split.setSizes([_LIST_WIDTH, _SIZE.width() - _LIST_WIDTH])
        split.setStretchFactor(1, 1)
        self.body.addWidget(split, 1)
        self.body.addWidget(self.place)
        broken = broken_formats()
        if broken:
            quiet = PlainLabel(f"{counted(len(broken), 'format')} cannot be used.")
            quiet.setProperty("role", "soft")
            quiet.setToolTip(plain_tip("\n".join(broken)))
            quiet.setAccessibleDescription(" ".join(broken))
            self.foot.addWidget(quiet)
        self.fit(_SIZE.width(), _SIZE.height())

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_format)
        self.options.edited.connect(self._ask)
        self.place.changed.connect(self._check)
        self._forecast.told.connect(self._on_told)
        self._forecast.failed.connect(self._on_failed)

    def _begin(self) -> None:
        names = [each.name for each in self._formats]
        last = self._prefs.report_format if self._subject.is_report else self._prefs.export_format
        first = next((each.name for each in self._formats if each.suffix == ".html"), "")
        if names:
            wanted = (last, first if self._subject.is_report else "", names[0])
            self.list.choose(next(name for name in wanted if name in names))
        else:
            self._about.setText("There is no format for this.")
            self.losses.hide()
            self._check()
        self.list.list.setFocus()

    def _folder(self) -> Path:
        """The one used last, else the project's own; of a project in the program's own folder, the documents."""
        last = self._prefs.export_folder
        if last and Path(last).is_dir():
            return Path(last)
        beside = self._subject.project.parent
        places = QStandardPaths.StandardLocation
        if beside != Path(QStandardPaths.writableLocation(places.AppDataLocation)):
            return beside
        documents = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
        return documents if documents.is_dir() else Path.home()

    def _on_format(self, name: str) -> None:
        self._chosen = chosen = next(each for each in self._formats if each.name == name)
        self._title.setText(chosen.title)
        self._about.setText(chosen.description)
        shape = "A folder of files." if chosen.is_folder else f"One file, {chosen.suffix}."
        self._unit.setText(f"{shape} Positions are {chosen.unit}." if chosen.unit else shape)
        self.options.set_format(chosen, self._remembered.get(name, Remembered.first(chosen)))
        self.place.set_format(chosen, self._formats)
        self._check()
        self._ask()

    def _ask(self) -> None:
        wanted = self.export()
        if wanted is not None:
            self.losses.wait()
            self._forecast.ask(wanted.format, wanted.options)

    def _on_told(self, losses: Sequence[Loss]) -> None:
        self.losses.show_losses(losses)

    def _on_failed(self, error: FactdeskError) -> None:
        self.losses.show_error(error)

    def _check(self) -> None:
        problem = self.place.problem()
        self.say_problem(problem.text, blocks=problem.blocks)
        self.accept_button.setEnabled(not problem.blocks)

    def _remember(self, wanted: Export) -> None:
        prefs = self._prefs
        if self._subject.is_report:
            prefs.report_format = wanted.format
        else:
            prefs.export_format = wanted.format
        prefs.export_folder = str(wanted.path.parent)
        if wanted.options.licence:
            prefs.export_licence = wanted.options.licence
        self._remembered[wanted.format] = self.options.remembered()
        prefs.export_choices = json.dumps({name: asdict(each) for name, each in self._remembered.items()})


def _load(stored: str) -> dict[str, Remembered]:
    """What was remembered; people edit such files, so what does not fit is forgotten."""
    try:
        return {name: Remembered(**each) for name, each in json.loads(stored or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}
